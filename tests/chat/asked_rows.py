"""Questions that stand in a log before anybody looks at it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kzbot.channel.identity import HOME, MEMBER, NEWS
from kzbot.chat.services import Services
from kzbot.querylog.rows import QueryRecord

LEFT = 123_456_789_012_345_678
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKED = QueryRecord(
    asked_at=datetime(2026, 11, 21, 9, tzinfo=UTC),
    user=MEMBER.id,
    channel=HOME.channel,
    server=HOME.guild,
    command="search",
    options={"query": "steppe"},
    status="answered",
    items=3,
    took_ms=4.5,
    generation="g",
    private=False,
)


async def keep(bot: Services, **values: Any) -> int:
    return await bot.log.record(replace(ASKED, **values))


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"^\*\*(\d+)\.\*\*", text, re.MULTILINE)]


async def some(bot: Services) -> None:
    """Six questions that differ."""
    await keep(bot, asked_at=datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC))
    await keep(bot, asked_at=datetime(2026, 11, 1, tzinfo=UTC), command="exercise", options={"name": "KADEX"})
    await keep(bot, status="not_found", items=0, options={"query": "camels **and** [boats](https://evil.test)"})
    await keep(bot, user=LEFT, channel=NEWS.channel)
    await keep(bot, server=None, command="corpus reload", options={}, private=True)
    await keep(bot, user=None, command="check", options={"quote": "x"}, status="failed")
