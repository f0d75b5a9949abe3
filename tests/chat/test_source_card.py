"""The card of a passage whose address was given: what became of it, in words, both wordings, and where it can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from kzbot.answers.model import Answer, Evidence, PassageState, Receipt, SourceCard
from kzbot.chat.asked import Asked
from kzbot.chat.cards.render import render
from kzbot.chat.escape import unescape
from kzbot.chat.handle import handle_for
from kzbot.phrases import DEFAULT_FOLDER, Phrases

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
OLD = "About 400 *workers* built the new pier for @everyone."
NEW = "About 500 *workers* built the new pier for @everyone."
ADDRESS = "harbour#12345678"
THEN = PassageState(
    "changed", OLD, NEW, "20261120T080000Z-11111111", "2026-11-20T08:00:00Z", "harbour", "A <#1> harbour", "The Post",
    old_marks=((6, 9),), new_marks=((6, 9),),
)  # fmt: skip
ARCHIVE = "https://archive.example/2004/harbour"
Show = Callable[[Answer], Any]


@pytest.fixture
def show(look: type[Any]) -> Show:
    def card(answer: Answer) -> Any:
        asked = Asked(handle_for(7, "source", answer.generation), answer, 4)
        view: Any = render(PHRASES, asked)
        return look({"id": "1", "flags": 1 << 15, "components": view.to_components()})

    return card


@pytest.fixture
def item(made: ModuleType) -> Evidence:
    found: Evidence = made.evidence(
        0, NEW, article="harbour", title="A harbour", title_basis="stated", highlights=((16, 19),)
    )
    return replace(found, archived=f"{ARCHIVE}#:~:text=About%20500")


def answer(items: tuple[Evidence, ...], passage: PassageState, **more: Any) -> Answer:
    values = {"title": "A harbour", "then": "A harbour", "day": "2026-11-20", "asked": ADDRESS}
    made = Answer(
        "source", {"what": ADDRESS}, "answered", f"answers.source.{passage.state}", "g", 5, values, items, len(items),
        source=SourceCard("The whole text.", ARCHIVE, None, None, None), passage=passage,
    )  # fmt: skip
    return replace(made, **more)


async def test_both_wordings_stand_one_below_the_other_with_what_differs_in_bold(show: Show, item: Evidence) -> None:
    card = show(answer((item,), THEN))
    texts = [text for text in card.texts if "workers" in text]
    assert ["**400**" in text for text in texts] == [True, False]
    assert ["**500**" in text for text in texts] == [False, True]
    assert "20 November 2026" in texts[0] and "It reads now" in texts[1]
    assert all(r"\*workers\*" in text and r"\@everyone" in text for text in texts)
    assert "**Changed**" in card.text
    assert item.link in card.links and item.archived in card.links


async def test_a_withdrawn_passage_is_shown_as_it_read_with_the_way_to_the_text_of_its_article(show: Show) -> None:
    gone = replace(THEN, state="withdrawn", new=None, old_marks=(), new_marks=())
    card = show(answer((), gone))
    assert OLD in unescape(card.text) and "20 November 2026" in card.text
    assert "Full text" in card.labels and card.links == [ARCHIVE]


async def test_of_an_article_that_is_gone_the_wording_and_its_title_stand_under_not_found(show: Show) -> None:
    gone = replace(THEN, state="withdrawn", new=None, old_marks=(), new_marks=())
    receipt = Receipt("g", 5, "1997-2013", {}, (), ("Another harbour",))
    card = show(answer((), gone, status="not_found", message="answers.source.gone", source=None, receipt=receipt))
    assert OLD in unescape(card.text)
    assert r"A \<\#1\> harbour" in card.text and "Another harbour" in card.text


async def test_a_passage_that_moved_tells_where_it_stood(show: Show, item: Evidence) -> None:
    moved = replace(THEN, state="moved", old=NEW, article="pier", title="A pier", old_marks=(), new_marks=())
    card = show(answer((item,), moved, message="answers.source.moved_elsewhere"))
    assert "It stood in A pier (id: pier)" in card.text
    assert card.text.count("500") == 1


async def test_where_the_page_has_no_address_the_link_leads_to_the_archived_copy_and_says_so(
    show: Show, item: Evidence
) -> None:
    card = show(answer((replace(item, url=None, link=None),), replace(THEN, state="unchanged", old=NEW)))
    assert card.links == [item.archived]
    assert "Archived copy" in card.labels and "Read" not in card.labels
    assert "the link leads to the archived copy" in card.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/x", "https://e.org/" + "x" * 600])
async def test_an_archived_address_that_cannot_stand_on_a_button_does_not(
    show: Show, item: Evidence, address: str
) -> None:
    made = answer((replace(item, archived=None),), replace(THEN, state="unchanged", old=NEW))
    source = SourceCard("x", address, None, None, None)
    assert show(replace(made, source=source)).links == [item.link]
