"""Moderators: who is one, and what their commands show."""

from __future__ import annotations

from typing import Any

import pytest
from kzbot.operations.reload import ReloadReport

from kzbot.channel.identity import BOT_ROLE, GUILD, MEMBER, MODERATOR, MODERATOR_ROLE
from kzbot.channel.server import LocalChannel
from kzbot.corpus.article import Rejection
from kzbot.index.rows import RejectionRow
from kzbot.index.sources import BuildSummary, Progress
from kzbot.operations.status import CorpusStatus

pytestmark = pytest.mark.usefixtures("judged")

SUMMARY = BuildSummary(
    "20261122T000000Z-22222222",
    True,
    6,
    added=("new_*one*",),
    changed=(),
    removed=("old",),
    unchanged=5,
    rejected=(Rejection("bad.yaml", "it is no YAML: `:`", 3),),
    duplicates=(Rejection("twice.txt", "it repeats the text of first.txt"),),
    seconds=0.4,
)
STATUS = CorpusStatus(
    generation="20261121T000000Z-11111111",
    created="2026-11-21T20:00:00Z",
    folder="/srv/made_up",
    articles=5,
    passages=1234,
    dated=56,
    names=7,
    years="1997-2013",
    rejected=(RejectionRow("bad.yaml", 3, "it is no YAML"),),
    undated=("five",),
    unlinked=(),
    kept=("a", "b"),
    waiting=None,
    changed=True,
)


async def test_a_moderator_reloads_and_sees_what_changed_and_what_was_rejected(
    channel: LocalChannel, start: Any, look: Any
) -> None:
    asked: list[bool] = []

    async def reload(*, force: bool, progress: Any) -> ReloadReport:
        asked.append(force)
        progress(Progress("read", 1, 6))
        return ReloadReport("applied", SUMMARY.generation, SUMMARY)

    services = await start({}, reload=reload)
    reply = await channel.command("corpus reload", {"force": True}, by=MODERATOR)
    assert reply.type == 5
    seen = look((await reply.filled()).message)
    assert seen.private and asked == [True]
    assert "1 added: new\\_\\*one\\*" in seen.text and "0 changed" in seen.text and "1 removed: old" in seen.text
    assert "2 files rejected" in seen.text and "**bad.yaml, line 3**: it is no YAML\\: \\`\\:\\`" in seen.text
    assert "**twice.txt**: it repeats" in seen.text
    assert services.shelf.id == SUMMARY.generation
    row = await services.log.query(seen.row)
    assert row is not None and (row.command, row.status, row.private) == ("corpus reload", "answered", True)


async def test_a_reload_that_waits_says_why(channel: LocalChannel, start: Any, look: Any) -> None:
    async def reload(*, force: bool, progress: Any) -> ReloadReport:
        values = {"count": 3, "before": 5}
        return ReloadReport("waiting", STATUS.generation, SUMMARY, "operations.reload.too_many_removed", values)

    services = await start({}, reload=reload)
    reply = await (await channel.command("corpus reload", {}, by=MODERATOR)).filled()
    assert "3 of 5 articles" in look(reply.message).text
    assert services.shelf.id == STATUS.generation


async def test_a_reload_that_breaks_down_is_told_and_logged(
    channel: LocalChannel, bot: Any, look: Any, caplog: pytest.LogCaptureFixture
) -> None:
    reply = await (await channel.command("corpus reload", {}, by=MODERATOR)).filled()
    seen = look(reply.message)
    rows, _ = await bot.log.recent(1)
    assert "cannot be \\*reloaded\\*" in seen.text and rows[0].status == "failed"


async def test_the_status_names_what_is_wrong(channel: LocalChannel, start: Any, look: Any) -> None:
    async def status() -> CorpusStatus:
        return STATUS

    await start({}, status=status)
    seen = look((await channel.command("corpus status", {}, by=MODERATOR)).message)
    assert seen.private
    for said in (
        "5 articles from /srv/made\\_up",
        "1,234 passages, 56 dated",
        "1 article without a publication date\\: five",
    ):
        assert said.replace("\\:", ":") in seen.text
    assert "Files have changed since" in seen.text and "**bad.yaml, line 3**" in seen.text


@pytest.mark.parametrize(
    ("environ", "admitted"),
    [
        ({}, True),
        ({"KZBOT_DISCORD__MODERATOR_PERMISSION": "administrator"}, False),
        (
            {
                "KZBOT_DISCORD__MODERATOR_PERMISSION": "administrator",
                "KZBOT_DISCORD__MODERATOR_ROLE": str(MODERATOR_ROLE),
            },
            True,
        ),
        (
            {"KZBOT_DISCORD__MODERATOR_PERMISSION": "administrator", "KZBOT_DISCORD__MODERATOR_ROLE": str(BOT_ROLE)},
            False,
        ),
        ({"KZBOT_DISCORD__HOME_SERVER": str(GUILD)}, True),
        ({"KZBOT_DISCORD__HOME_SERVER": str(GUILD + 1)}, False),
    ],
)
async def test_a_moderator_is_made_by_role_or_permission_of_the_home_server(
    channel: LocalChannel, start: Any, look: Any, environ: dict[str, str], admitted: bool
) -> None:
    await start(environ)
    seen = look((await channel.command("log questions", {}, by=MODERATOR)).message)
    assert ("Latest questions" in seen.text) is admitted
    assert "Latest questions" not in look((await channel.command("log questions", {}, by=MEMBER)).message).text
