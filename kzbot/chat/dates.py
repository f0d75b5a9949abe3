"""What Discord says of the time: the date of each of its answers over HTTP."""

from collections.abc import Callable
from typing import Any

import aiohttp


def dates(dated: Callable[[str], None]) -> aiohttp.TraceConfig:
    """Has `dated` told them, as discord.py takes it."""

    async def ended(session: aiohttp.ClientSession, context: Any, ended: aiohttp.TraceRequestEndParams) -> None:
        if (date := ended.response.headers.get("Date")) is not None:
            dated(date)

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace
