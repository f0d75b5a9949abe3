"""Metrics of a run, where the settings name a port for them."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kzbot.errors import SettingsError
from kzbot.index.store import GenerationStore
from kzbot.operations.backups import Backups
from kzbot.operations.shelf import Shelf
from kzbot.settings import Settings

if TYPE_CHECKING:
    from kzbot.chat.services import Services

_LOGGER = logging.getLogger("kzbot.run")
_PACKAGE = "prometheus_client"


def check_metrics(settings: Settings) -> None:
    """SettingsError where metrics are wanted and their package is not installed."""
    if settings.metrics.port is not None and find_spec(_PACKAGE) is None:
        raise SettingsError(
            "metrics.port is set, but metrics need an optional package that is not installed; "
            "run .venv/bin/pip install -e '.[metrics]', or set metrics.port to null."
        )


@asynccontextmanager
async def metered(services: "Services", shelf: Shelf, store: GenerationStore) -> AsyncIterator["Services"]:
    """The same services, counted and served at metrics.port; where that is null, or taken, as they are."""
    port = services.settings.metrics.port
    if port is None:
        yield services
        return
    from kzbot.operations.metrics.figures import Figures  # noqa: PLC0415 - only where the settings say so
    from kzbot.operations.metrics.looking import look  # noqa: PLC0415
    from kzbot.operations.metrics.server import MetricsPage  # noqa: PLC0415

    figures = Figures()
    page = MetricsPage(figures.registry, port)
    try:
        page.start()
    except OSError as error:
        _LOGGER.warning(
            "metrics.port %s cannot be used (%s); the bot goes on without metrics. Set another port, or null.",
            port,
            error.strerror or error,
        )
        yield services
        return
    services.keeper.watch(figures.planned)
    backups = Backups(services.settings.data.folder)
    looking = asyncio.create_task(look(figures, services.log, shelf, store, backups), name="metrics")
    looking.add_done_callback(_tell_failure)
    try:
        yield replace(services, counts=figures)
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await looking
        await asyncio.to_thread(page.close)


def _tell_failure(looking: "asyncio.Task[None]") -> None:
    if not looking.cancelled() and (error := looking.exception()) is not None:
        _LOGGER.error("Some metrics are not brought up to date any more", exc_info=error)
