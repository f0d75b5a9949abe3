"""The log where Discord ids are kept as a keyed hash, or not at all: reviewed, told, and deleted."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kzbot.channel.identity import (
    MEMBER,
    MODERATOR,
    STRANGER,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
MINE, IN_DIRECT, THEIRS = "zqxobsidian", "zqxdirect", "zqxstranger"


@pytest.mark.parametrize("mode", ["hashed", "none"])
async def test_where_ids_are_not_kept(
    articles: Path, make_whole: Any, log_desk: ModuleType, look: Any, settled: Any, tmp_path: Path, mode: str
) -> None:
    shutil.copytree(articles, tmp_path / "articles")
    whole = make_whole(tmp_path / "articles", tmp_path / "data")
    whole.environ["KZBOT_LOG__USER_IDS"] = mode
    desk = log_desk.Desk(whole, look, settled)
    await whole.channel.start()
    try:
        await whole.start()
        await desk.some_ask()
        wished = {row[0] for row in desk.rows("SELECT user FROM wishes")}
        assert wished == {MEMBER.id}, "nobody can be told else"
        assert (await desk.terminal("backup")).returncode == 0
        listed = await desk.moderate("log unanswered")
        assert "asked 3 times" in listed.text
        await desk.press(await desk.group(listed, "adler"), "Tell 1 asker")
        card = await desk.group(await desk.moderate("log unanswered"), "adler")
        await desk.submit(await desk.press(card, "Add spelling"), {"other": "Steppe Eagle"})
        await desk.until(lambda: bool(desk.direct(MEMBER, "This can be answered now")), "nobody told the member")
        await desk.until(
            lambda: desk.rows("SELECT 1 FROM wishes WHERE user > 0") == [], "the id goes when they were told"
        )
        for row in desk.whole.log():
            assert row["user"] is None if mode == "none" else row["user"] < 0
        direct = desk.rows("SELECT DISTINCT channel FROM queries WHERE server IS NULL AND channel IS NOT NULL")
        assert direct == [(0,)], "the channel of direct messages is one person's"
        seen = await desk.moderate("log questions", user=MEMBER.id)
        assert ("does not keep who asked" if mode == "none" else "asked by person ") in seen.text
        assert f"<@{MEMBER.id}>" not in seen.text
        asked = await desk.ask("privacy delete")
        assert "1 wish to be told" in asked.text, "of which a backup may hold the id"
        done = await desk.press(asked, "Delete for good", MEMBER)
        assert "Not a byte" in done.text
        assert bool(desk.holding(MINE, IN_DIRECT)) == (mode == "none"), (
            "of what is kept of nobody nobody can tell whose it is"
        )
        assert desk.holding(THEIRS)
        assert desk.holding(*(one.id for one in (MEMBER, MODERATOR, STRANGER))) == []
    finally:
        await whole.close()
