"""Work that is never left half done."""

import asyncio
from typing import TypeVar

_Result = TypeVar("_Result")


async def finished(task: asyncio.Task[_Result]) -> _Result:
    """The task's result; the task goes on to its end, and is waited for, also where the caller is cancelled."""
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
