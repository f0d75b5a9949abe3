"""Moderators: who is one, and what their commands show."""

from __future__ import annotations

from typing import Any

import pytest

from kzbot.channel.identity import BOT_ROLE, GUILD, MEMBER, MODERATOR, MODERATOR_ROLE
from kzbot.channel.server import LocalChannel
from kzbot.index.rows import RejectionRow
from kzbot.operations.status import CorpusStatus

pytestmark = pytest.mark.usefixtures("judged")

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
        "1 article without a publication date**\n- **five**",
    ):
        assert said in seen.text
    assert "have changed since" in seen.text and "**bad.yaml, line 3**" in seen.text


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
