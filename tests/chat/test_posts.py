"""What the bot posts by itself: plans of a watched folder, reports with a way back, the digest of what is new."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import (
    ELSEWHERE,
    GUILD,
    HOME,
    MEMBER,
    MODERATOR,
    MODERATORS,
    MODERATORS_CHANNEL,
    NEWS,
    NEWS_CHANNEL,
    OTHER_CHANNEL,
    Place,
    direct_with,
)
from kzbot.channel.server import LocalChannel
from kzbot.chat.client import ChatClient
from kzbot.chat.news import News
from kzbot.operations.watching import Watch, _identity, watched

pytestmark = pytest.mark.usefixtures("judged")
SET = {
    "KZBOT_DISCORD__HOME_SERVER": str(GUILD),
    "KZBOT_DISCORD__MODERATORS_CHANNEL": str(MODERATORS_CHANNEL),
    "KZBOT_DISCORD__DIGEST_CHANNEL": str(NEWS_CHANNEL),
}


@pytest.fixture
async def kept(start: Any, kept_corpus: Any) -> AsyncIterator[Any]:
    async with kept_corpus(start, SET) as opened:
        await take_over(opened)
        yield opened


async def take_over(kept: Any) -> None:
    """The copy of the corpus is what is served, so that nothing is left to plan."""
    outcome = await kept.keeper.plan()
    if outcome.kind != "unchanged":
        outcome = await kept.keeper.apply(outcome.plan.candidate, moderator())
        assert outcome.kind == "applied"


def moderator() -> Any:
    from kzbot.querylog.ledger.rows import Actor  # noqa: PLC0415

    return Actor(place="discord", user=MODERATOR.id)


@contextlib.asynccontextmanager
async def watching(kept: Any, said: list[str] | None = None) -> AsyncIterator[None]:
    told = (lambda key, **values: said.append(key)) if said is not None else (lambda key, **values: None)
    places = watched(kept.folder, kept.folder.parent / "names.yaml", None)
    task = asyncio.create_task(Watch(kept.keeper, places, told, quiet=0.3, again=0.4).run())
    await asyncio.sleep(0)  # a change that comes before the watch stands is noticed, too
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(channel: LocalChannel, look: Any, place: Place, fits: Callable[[list[Any]], bool]) -> list[Any]:
    """What stands in a channel, once it is so."""
    async with asyncio.timeout(60):
        while True:
            seen = [look(one.body) for one in channel.messages.in_place(place) if one.viewer is None]
            if fits(seen):
                return seen
            await asyncio.sleep(0.05)


async def heard(met: Callable[[], object]) -> None:
    """Waits until something is said."""
    async with asyncio.timeout(60):
        while not met():  # noqa: ASYNC110 - what is said is kept as it comes
            await asyncio.sleep(0.02)


async def test_a_change_in_a_watched_folder_is_posted_applied_and_told(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    async with watching(kept):
        kept.add(9, "The airship landed in town9 on 9 May 2012.\n")
        (first,) = await until(channel, look, MODERATORS, lambda seen: len(seen) == 1)
        assert first.text.startswith("## Plan of a reload") and "1 added" in first.text and not first.private
        kept.add(10, "The airship left town10 on 10 May 2012.\n")
        old, new = await until(channel, look, MODERATORS, lambda seen: len(seen) == 2 and not seen[0].labels)
        assert "replaced by a newer one" in old.text and "2 added" in new.text
    told = look((await channel.press(new.id, new.button("Apply"), by=MODERATOR)).message)
    assert told.id == new.id and told.text.startswith("## Applied") and f"By <@{MODERATOR.id}>" in told.text
    assert told.labels == ["Roll back"]
    (digest,) = await until(channel, look, NEWS, lambda seen: len(seen) == 1)
    assert "airship landed in town9" in digest.text.replace("**", "") and "town10" in digest.text
    assert "town8" not in digest.text
    row = await kept.services.log.query(digest.row)
    assert row is not None and row.user is None and row.command == "new digest" and not row.private
    figures = await kept.services.log.statistics()
    assert (figures.questions, figures.most_asked, figures.nameless) == (0, (), 0), "nobody asked anything"
    assert "Useful" not in digest.labels, "what nobody asked is nobody's question to be answered better"
    doubted = await channel.press(digest.id, digest.button("Wrong date or name?"))
    assert "9 May 2012" in str(doubted.modal), "its buttons work as those of any answer"
    assert await kept.services.log.ledger.post("digest", kept.services.shelf.id) is not None


async def test_a_list_of_a_posted_plan_is_read_in_private(channel: LocalChannel, kept: Any, look: Any) -> None:
    async with watching(kept):
        kept.add(9)
        (card,) = await until(channel, look, MODERATORS, lambda seen: len(seen) == 1)
    copy = look((await channel.choose(card.id, card.selects[0]["custom_id"], ["7"], by=MODERATOR)).message)
    assert copy.private and copy.id != card.id and "Articles added" in copy.text
    done = look((await channel.press(copy.id, copy.button("Apply"), by=MODERATOR)).message)
    assert done.id == copy.id and done.text.startswith("## Applied")
    (after,) = await until(channel, look, MODERATORS, lambda seen: seen[0].labels == ["Roll back"])
    assert f"By <@{MODERATOR.id}>" in after.text
    back = look((await channel.press(after.id, after.button("Roll back"), by=MODERATOR)).message)
    assert back.text.startswith("## Rolled back")
    told = look((await channel.press(done.id, done.button("Roll back"), by=MODERATOR)).message)
    assert told.private and "Another state has been applied since" in told.text


async def test_who_is_no_moderator_presses_a_posted_card_in_vain(channel: LocalChannel, kept: Any, look: Any) -> None:
    async with watching(kept):
        kept.add(9)
        (card,) = await until(channel, look, MODERATORS, lambda seen: len(seen) == 1)
    body = {"components": channel.messages.get(card.id).body["components"], "flags": 1 << 15}
    for place, person in ((HOME, MEMBER), (direct_with(MODERATOR), MODERATOR)):
        copy = channel.messages.add(body, place=place)
        for label in card.labels:
            told = look((await channel.press(copy.id, card.button(label), by=person)).message)
            assert told.private and ("Only moderators" in told.text or "home server only" in told.text)
    assert await kept.keeper.waiting() is not None


async def test_additions_apply_themselves_and_are_reported_with_a_way_back(
    channel: LocalChannel, start: Any, kept_corpus: Any, look: Any
) -> None:
    async with kept_corpus(start, SET, auto_apply="additions") as kept:
        await take_over(kept)
        before = kept.services.shelf.id
        async with watching(kept):
            kept.add(9)
            (card,) = await until(channel, look, MODERATORS, lambda seen: len(seen) == 1)
            assert card.text.startswith("## Applied") and "the bot itself" in card.text and "1 added" in card.text
            assert kept.services.shelf.id != before
            back = look((await channel.press(card.id, card.button("Roll back"), by=MODERATOR)).message)
            assert back.text.startswith("## Rolled back") and kept.services.shelf.id == before
        seen = await look.settled(await channel.command("corpus reload", {}, by=MODERATOR))
        assert seen.text.startswith("## Plan of a reload"), "what somebody rolled back does not apply itself again"


async def test_a_moderators_own_reload_is_applied_and_reported_where_it_only_adds(
    channel: LocalChannel, start: Any, kept_corpus: Any, look: Any
) -> None:
    async with kept_corpus(start, SET, auto_apply="additions") as kept:
        await take_over(kept)
        kept.add(9)
        seen = await look.settled(await channel.command("corpus reload", {}, by=MODERATOR))
        assert seen.text.startswith("## Applied") and seen.labels == ["Roll back"]
        (card,) = await until(channel, look, MODERATORS, lambda seen: len(seen) == 1)
        assert f"By <@{MODERATOR.id}>" in card.text and card.labels == ["Roll back"]


async def test_a_folder_that_goes_and_comes_back_is_said_and_planned(
    channel: LocalChannel, kept: Any, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    looked: list[Path] = []

    def identity(folder: Path) -> Any:
        looked.append(folder)
        return _identity(folder)

    monkeypatch.setattr("kzbot.operations.watching._identity", identity)
    away = kept.folder.parent / "away"
    async with watching(kept, said):
        await heard(lambda: looked.count(kept.folder) > 1)  # before the watch stands, and when it has reported once
        kept.folder.rename(away)
        (card,) = await until(channel, look, MODERATORS, lambda seen: len(seen) == 1)
        assert "The folder of articles is missing: 8 of 8 articles would go" in card.text
        await heard(lambda: said)  # nobody says which of the two comes first
        away.rename(kept.folder)
        (card,) = await until(channel, look, MODERATORS, lambda seen: bool(seen) and not seen[0].labels)
        assert "buttons do nothing any more" in card.text
        await heard(lambda: len(said) == 2)
    assert said == ["operations.watch.gone", "operations.watch.back"]


async def test_a_channel_that_cannot_be_posted_in_is_said_once(
    channel: LocalChannel, kept: Any, look: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def said() -> list[str]:
        return [one.getMessage() for one in caplog.records if one.name.startswith("kzbot.chat")]

    channel.gateway.rights[MODERATORS_CHANNEL] = 0
    with caplog.at_level(logging.WARNING, "kzbot.chat"):
        for number in (9, 10):
            kept.add(number)
            outcome = await kept.keeper.plan()
            kept.keeper.tell(outcome, bot(), "watch")
            await heard(lambda: said())
        await asyncio.sleep(0.3)  # the second is not said
    assert (
        len(said()) == 1 and "discord.moderators_channel" in said()[0] and "let the bot see that channel" in said()[0]
    )
    assert await kept.keeper.waiting() is not None


def bot() -> Any:
    from kzbot.querylog.ledger.rows import BOT  # noqa: PLC0415

    return BOT


async def test_a_digest_that_is_owed_is_posted_when_the_bot_is_back_and_never_twice(
    channel: LocalChannel, start: Any, kept_corpus: Any, look: Any
) -> None:
    async with kept_corpus(start, {**SET, "KZBOT_DISCORD__DIGEST_CHANNEL": "null"}) as kept:
        await take_over(kept)
        kept.add(9, "The airship landed in town9 on 9 May 2012.\n")
        await take_over(kept)
        settings = kept.services.settings
        named = settings.discord.model_copy(update={"digest_channel": NEWS_CHANNEL})
        services = replace(kept.services, settings=settings.model_copy(update={"discord": named}))
        for _ in range(2):
            client = ChatClient(services, lambda _: None, sync_always=True, news=News())
            running = asyncio.create_task(client.start("made.up.token"))
            await client.entered.wait()
            (digest,) = await until(channel, look, NEWS, lambda seen: len(seen) == 1)
            assert "airship landed in town9" in digest.text.replace("**", "")
            await asyncio.sleep(0.3)
            await client.close()
            await asyncio.gather(running, return_exceptions=True)
        assert len(channel.messages.in_place(NEWS)) == 1


async def test_a_change_while_a_build_runs_and_one_of_the_name_book_are_planned(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    async with watching(kept):
        with kept.store.lock(), kept.store.building():
            kept.add(9)
            await asyncio.sleep(1.0)
            assert channel.messages.in_place(MODERATORS) == []
        (card,) = await until(channel, look, MODERATORS, lambda seen: len(seen) == 1)
        assert "1 added" in card.text
        names = kept.folder.parent / "names.yaml"
        names.write_text(names.read_text("utf-8") + "  - {kind: exercise, name: Harbour Days}\n", encoding="utf-8")
        await until(channel, look, MODERATORS, lambda seen: len(seen) == 2 and not seen[0].labels)


async def test_nothing_is_posted_in_another_server(
    channel: LocalChannel, start: Any, kept_corpus: Any, caplog: pytest.LogCaptureFixture
) -> None:
    away = {
        "KZBOT_DISCORD__MODERATORS_CHANNEL": str(OTHER_CHANNEL),
        "KZBOT_DISCORD__DIGEST_CHANNEL": str(OTHER_CHANNEL),
    }
    await channel.join(ELSEWHERE)
    async with kept_corpus(start, {**SET, **away}) as kept:
        with caplog.at_level(logging.WARNING, "kzbot.chat"):
            await take_over(kept)
            kept.add(9)
            kept.keeper.tell(await kept.keeper.plan(), bot(), "watch")
            await take_over(kept)
            await heard(lambda: [one for one in caplog.records if "not in the home server" in one.getMessage()])
            await asyncio.sleep(0.3)
    assert channel.messages.in_place(ELSEWHERE) == []
