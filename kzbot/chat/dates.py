"""What Discord says of the time: the date of each of its answers over HTTP."""

from collections.abc import Callable
from typing import Any

import aiohttp


def dates(dated: Callable[[str], None]) -> aiohttp.TraceConfig:
    """Has `dated` told them, as discord.py takes it; not that of an answer that a cache kept, which may be old."""

    async def ended(session: aiohttp.ClientSession, context: Any, ended: aiohttp.TraceRequestEndParams) -> None:
        headers = ended.response.headers
        if (date := headers.get("Date")) is not None and "Age" not in headers:
            dated(date)

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace
