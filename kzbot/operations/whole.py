"""Work that is never left half done."""

import asyncio
import logging
from typing import Any, TypeVar

from kzbot.errors import KzbotError

_LOGGER = logging.getLogger(__name__)
_Result = TypeVar("_Result")


async def finished(task: asyncio.Task[_Result]) -> _Result:
    """The task's result; the task goes on to its end, and is waited for, also where the caller is cancelled.

    What it fails with then is logged, for nobody else is there to be told.
    """
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(_tell)  # whoever waits below may be cancelled once more
        await asyncio.wait([task])
        raise


def _tell(task: asyncio.Task[Any]) -> None:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, KzbotError):
        _LOGGER.warning("%s", error)
    elif error is not None:
        _LOGGER.error("Work that nobody waited for any more failed", exc_info=error)
