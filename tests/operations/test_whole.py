"""Work goes on to its end where nobody waits for it any more, and how it fails then is in the program's log once."""

import asyncio
import gc
from collections.abc import Callable

import pytest

from kzbot.errors import QueryLogError
from kzbot.operations.whole import finished


async def cancelled_while(fails: Callable[[], None], times: int) -> bool:
    """Whether the work came to its end although its caller was cancelled."""
    begun, gate = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await gate.wait()
        fails()

    working = asyncio.create_task(work())
    caller = asyncio.create_task(finished(working))
    await begun.wait()
    for _ in range(times):
        caller.cancel()
        await asyncio.sleep(0.005)
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await asyncio.wait([working])
    ended = not working.cancelled()
    del working, caller
    await asyncio.sleep(0.01)
    gc.collect()
    return ended


def breaks_off() -> None:
    raise QueryLogError("It was interrupted; the next start ends it.")


def breaks_down() -> None:
    raise RuntimeError("unforeseen")


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    ("fails", "told"), [(lambda: None, []), (breaks_off, ["It was interrupted; the next start ends it."])]
)
async def test_it_goes_on_and_what_stopped_it_is_a_sentence(
    fails: Callable[[], None], told: list[str], times: int, caplog: pytest.LogCaptureFixture
) -> None:
    assert await cancelled_while(fails, times)
    assert [one.getMessage() for one in caplog.records] == told
    assert all(one.exc_info is None for one in caplog.records)


async def test_what_was_not_foreseen_is_told_with_where_it_happened(caplog: pytest.LogCaptureFixture) -> None:
    assert await cancelled_while(breaks_down, 2)
    (record,) = caplog.records
    assert record.exc_info is not None and isinstance(record.exc_info[1], RuntimeError)
