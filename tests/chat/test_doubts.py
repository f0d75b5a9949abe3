"""Doubts under an answer, on the moderators' list, and in their channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
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
    Person,
    Place,
    direct_with,
)
from kzbot.channel.server import LocalChannel
from kzbot.chat.asked import Asked
from kzbot.chat.cards.render import render
from kzbot.chat.escape import unescape
from kzbot.chat.handle import handle_for
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import BOT

pytestmark = pytest.mark.usefixtures("judged")
BUTTON = "Wrong date or name?"


@pytest.fixture
async def kept(start: Any, kept_corpus: Any) -> AsyncIterator[Any]:
    environ = {
        "KZBOT_DISCORD__HOME_SERVER": str(GUILD),
        "KZBOT_DISCORD__MODERATORS_CHANNEL": str(MODERATORS_CHANNEL),
    }
    async with kept_corpus(start, environ) as opened:
        yield opened


def options(modal: Any, field: str) -> dict[str, str]:
    """What a select of a form offers: values by labels."""
    found = [one["component"] for one in modal["components"] if one["component"]["custom_id"] == field]
    return {option["label"]: option["value"] for one in found for option in one["options"]}


async def opened(channel: LocalChannel, look: Any, command: str = "timeline", **given: Any) -> tuple[Any, Any]:
    """A card and the form under it."""
    given = given or {"to": "2010-03-04"}
    seen = look((await channel.command(command, given)).message)
    reply = await channel.press(seen.id, seen.button(BUTTON))
    assert reply.modal is not None
    return seen, reply.modal


async def doubt(channel: LocalChannel, look: Any, at: int = 0, said: str = "") -> Any:
    """Doubts the date at this place of a timeline."""
    _, modal = await opened(channel, look)
    value = list(options(modal, "date").values())[at]
    return look((await channel.submit(modal, {"date": [value], "said": said})).message)


async def listed(channel: LocalChannel, look: Any, **given: str) -> Any:
    return look((await channel.command("corpus doubts", given, by=MODERATOR)).message)


def posted(channel: LocalChannel, look: Any) -> list[Any]:
    """What stands in the moderators' channel."""
    return [look(one.body) for one in channel.messages.in_place(MODERATORS)]


async def test_the_form_offers_what_the_card_shows(channel: LocalChannel, kept: Any, look: Any) -> None:
    seen, modal = await opened(channel, look)
    assert [one["label"] for one in modal["components"]] == ["Wrong date?", "What is right?"]
    dates = options(modal, "date")
    assert next(iter(dates)) == "“1 March 2010” → 1 March 2010" and len(dates) == 4
    assert seen.selects and BUTTON in seen.labels and options(modal, "name") == {}
    _, articles = await opened(channel, look, "timeline", articles=True, to="2011-03")
    assert any(label.startswith("The article's own date: ") for label in options(articles, "date"))
    _, source = await opened(channel, look, "source", what="Report number 3")
    assert "“3 March 2010” → 3 March 2010" in options(source, "date")


async def test_an_articles_own_date_that_is_doubted_is_told_as_it_is_read(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    _, modal = await opened(channel, look, "timeline", articles=True, to="2011-02")
    dates = options(modal, "date")
    label = next(one for one in dates if one.startswith("The article's own date: "))
    await channel.submit(modal, {"date": [dates[label]], "said": "It came later"})
    said = (await listed(channel, look)).text
    assert f"read as: published {label.partition(': ')[2]}" in said and "no date" not in said
    assert "as published; mend it there" in said


async def test_a_form_in_which_nothing_is_chosen_sends_nothing(channel: LocalChannel, kept: Any, look: Any) -> None:
    kept.add(9, "Zeppelin Days began on 9 January 2010.\n")
    planned = await kept.keeper.plan()
    await kept.keeper.apply(planned.plan.candidate, BOT)
    _, modal = await opened(channel, look, "timeline", to="2010-01")
    assert list(options(modal, "name")) == ["Zeppelin Days"]
    told = look((await channel.submit(modal, {"said": "all of it"})).message)
    assert told.private and "Nothing was sent; this is what you wrote: all of it" in told.text
    assert (await kept.services.log.ledger.reports(None, 1))[1] == 0


async def test_a_doubt_keeps_the_passage_and_what_was_said_and_is_in_the_log(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    said = "It was <@1> @everyone **2 March** \ud800"
    told = await doubt(channel, look, said=said)
    assert told.private and told.text.startswith("Thank you.") and "number 1" in told.text
    ((report,), _) = await kept.services.log.ledger.reports("open", 5)
    assert report.excerpt.startswith("The ministers met at the harbour") and report.article == "a01"
    assert report.said == "It was <@1> @everyone **2 March** ?" and report.generation == kept.services.shelf.id
    (row, *_), _ = await kept.services.log.recent(1, 0, Filters(users=(MEMBER.id,)))  # posts have rows, too
    assert (row.command, row.options["words"], row.user) == ("doubt", "1 March 2010", MEMBER.id)
    shown = await listed(channel, look)
    assert unescape(shown.text).count("said: “It was <@1> @everyone **2 March** ?”") == 1
    assert "<@1>" not in shown.text and "read as: 1 March 2010 · date: stated" in shown.text


async def test_so_many_doubts_of_one_person_wait_at_a_time(
    channel: LocalChannel, kept: Any, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzbot.operations.corrections.doubting.MOST_OPEN", 2)
    for at in (0, 1):
        assert "Thank you" in (await doubt(channel, look, at)).text
    assert "already, as number 2" in (await doubt(channel, look, 1)).text
    told = await doubt(channel, look, 2)
    assert "was not taken" in told.text
    (row, *_), _ = await kept.services.log.recent(1, 0, Filters(users=(MEMBER.id,)))  # posts have rows, too
    assert row.status == "denied" and (await kept.services.log.ledger.reports("open", 9))[1] == 2


async def test_the_list_is_paged_and_a_doubt_is_dismissed_and_waits_again(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    for at in range(4):
        await doubt(channel, look, at)
    seen = await listed(channel, look)
    assert "page 1 of 2 · 4 wait · 0 mended · 0 dismissed" in seen.text and "**3. Wrong date?" in seen.text
    seen = look((await channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message)
    assert "**4. Wrong date?" in seen.text and "page 2 of 2" in seen.text
    gone = look((await channel.press(seen.id, seen.button("Dismiss 4"), by=MODERATOR)).message)
    assert "Number 4 is dismissed." in gone.text and "page 1 of 1 · 3 wait · 0 mended · 1 dismissed" in gone.text
    closed = await listed(channel, look, state="dismissed")
    assert "**4. Wrong date?" in closed.text and f"dismissed by <@{MODERATOR.id}>" in closed.text
    assert closed.labels == ["Read", "Reopen 4"]
    back = look((await channel.press(gone.id, gone.button("Reopen 4"), by=MODERATOR)).message)
    assert "4 wait" in back.text
    deeds, _ = await kept.services.log.ledger.deeds(9)
    assert [(one.action, one.about, one.actor.user) for one in deeds if one.action.startswith("report")] == [
        ("report open", 4, MODERATOR.id), ("report dismissed", 4, MODERATOR.id),
    ]  # fmt: skip


async def test_a_doubt_is_posted_where_moderators_are_told_and_stays_as_it_is_on_the_list(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    await doubt(channel, look, said="no")
    async with asyncio.timeout(60):
        while not posted(channel, look):  # noqa: ASYNC110 - the thanks come first
            await asyncio.sleep(0.01)
    (card,) = posted(channel, look)
    assert card.text.startswith("## A reader doubts this\n**1. Wrong date? “1 March 2010”**")
    assert card.labels == ["Read", "Correct 1", "Dismiss 1"]
    seen = await listed(channel, look)
    await channel.press(seen.id, seen.button("Dismiss 1"), by=MODERATOR)
    async with asyncio.timeout(60):
        while posted(channel, look)[0].text == card.text:  # noqa: ASYNC110 - the list comes first
            await asyncio.sleep(0.01)
    (card,) = posted(channel, look)
    assert card.text.startswith("## A reader doubted this: dismissed") and card.labels == ["Read", "Reopen 1"]
    again = look((await channel.press(card.id, card.button("Reopen 1"), by=MODERATOR)).message)
    assert again.id == card.id and again.labels == ["Read", "Correct 1", "Dismiss 1"]


@pytest.mark.parametrize(
    ("by", "place", "says"),
    [
        (MEMBER, HOME, "Only moderators can do that"),
        (MODERATOR, ELSEWHERE, "work in the home server only"),
        (MODERATOR, direct_with(MODERATOR), "work in the home server only"),
    ],
)
async def test_what_moderators_do_with_doubts_and_corrections_is_refused_to_all_others(
    channel: LocalChannel, kept: Any, look: Any, settled: Any, by: Person, place: Place, says: str
) -> None:
    await channel.join(ELSEWHERE)
    ledger = kept.services.log.ledger
    for at in range(4):
        await doubt(channel, look, at)
    first = await listed(channel, look)
    await channel.press(first.id, first.button("Dismiss 1"), by=MODERATOR)
    given = {"article": "a02", "words": "2 March 2010", "means": "2011"}
    await settled(await channel.command("corpus correct date", given, by=MODERATOR))
    cards = [await listed(channel, look), await listed(channel, look, state="dismissed")]
    cards.append(look((await channel.command("corpus corrections", {}, by=MODERATOR)).message))
    for seen in cards:
        copy = channel.messages.add(
            {"components": channel.messages.get(seen.id).body["components"], "flags": 1 << 15}, place=place
        )
        for button in seen.buttons:
            if button.get("url"):
                continue
            told = look((await channel.press(copy.id, button["custom_id"], by=by)).message)
            assert told.private and says in told.text, button["label"]
            row = await kept.services.log.query(told.row)
            assert row is not None and (row.status, row.user) == ("denied", by.id)
    name = {"name": "Zeppelin Days", "spelling": "Zeppelintage"}
    for command, options_ in (
        ("corpus doubts", {}), ("corpus corrections", {}), ("corpus correct date", given), ("corpus correct name", name),
    ):  # fmt: skip
        told = await settled(await channel.command(command, options_, by=by, where=place))
        row = await kept.services.log.query(told.row)
        assert told.private and says in told.text
        assert row is not None and (row.status, row.command) == ("denied", command)
    for command, option in (("corpus correct date", "article"), ("corpus correct name", "name")):
        assert await channel.autocomplete(command, option, "", by=by, where=place) == []
    assert (await ledger.reports("dismissed", 5))[1] == 1 and len(await ledger.holding()) == 1


async def test_a_form_that_a_moderator_opened_is_not_sent_in_by_another(
    channel: LocalChannel, kept: Any, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who opened it may be no moderator any more when it is sent in."""
    await doubt(channel, look)
    seen = await listed(channel, look)
    reply = await channel.press(seen.id, seen.button("Correct 1"), by=MODERATOR)
    assert reply.modal is not None
    monkeypatch.setattr("kzbot.chat.moderation.is_moderator", lambda *_: False)
    told = look((await channel.submit(reply.modal, {"means": "2011"}, by=MODERATOR)).message)
    assert "Only moderators can do that" in told.text and await kept.services.log.ledger.holding() == []


async def test_the_button_fits_on_the_fullest_card(channel: LocalChannel, kept: Any, made: Any) -> None:
    """Nine entries with a button each, five buttons and two selects below them: all that Discord takes, and no more."""
    items = tuple(made.evidence(number, link=f"https://example.org/{number}") for number in range(60))
    given = made.answered(
        made.Question("timeline", {"topic": "x"}),
        made.Made("20261121T000000Z-11111111"),
        items,
        made.Window(0, 8),
        undated=items[:8],
        undated_total=20,
        overview=made.Overview(made.years_of(items), leads=True),
        message="answers.search.answered",
    )
    view = render(made.phrases(), Asked(handle_for(1, "timeline", "g"), given, 8, private=True, in_server=True))
    shown = list(view.walk_children())
    assert BUTTON in [getattr(one, "label", None) for one in shown] and len(shown) == 40
