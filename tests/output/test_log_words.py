"""Everything that can be done has words of its own, and so has what a list is narrowed by."""

from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest

from kzbot.output.log_words import Shown, action_words, deed_details, deed_words, filter_words
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.erasing.scope import Kind
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import TERMINAL, Action, DeedRow, OverlayKind

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
ACTIONS: tuple[Action, ...] = get_args(Action)


def deed(action: Any, **details: Any) -> DeedRow:
    return DeedRow(at=datetime(2026, 11, 22, tzinfo=UTC), actor=TERMINAL, action=action, details=details, number=1)


@pytest.mark.parametrize("action", [action for action in ACTIONS if action != "lay"])
def test_whatever_can_be_done_is_told_in_words(action: Action) -> None:
    assert PHRASES.has(f"output.deeds.action.{action.replace(' ', '_')}"), (
        f"add words for {action} to output.deeds.action"
    )
    assert PHRASES.has(f"output.deeds.name.{action.replace(' ', '_')}"), f"add a name for {action} to output.deeds.name"
    assert deed_words(PHRASES, deed(action)), "also a deed without details can be told"
    assert action_words(PHRASES, action) != action


@pytest.mark.parametrize("kind", get_args(OverlayKind))
def test_whatever_is_laid_over_the_corpus_is_told_in_words(kind: OverlayKind) -> None:
    assert PHRASES.has(f"output.deeds.action.lay_{kind}"), f"add words for {kind} to output.deeds.action"
    said = deed_words(PHRASES, deed("lay", kind=kind, article="a", words="w", edtf="1997", name="n"))
    assert said != "lay" and "?" not in said
    assert "means no date" in deed_words(PHRASES, deed("lay", kind="date", article="a", words="w"))


@pytest.mark.parametrize("kind", get_args(Kind))
def test_whatever_is_erased_is_told_in_words(kind: str) -> None:
    said = deed_words(PHRASES, deed("erase", kind=kind))
    assert said.startswith("erased for good: ") and not said.endswith(f": {kind}")


def test_an_action_of_another_version_is_shown_as_it_is_and_all_that_is_kept_of_it_escaped() -> None:
    loud = Shown(text=str.upper)
    assert deed_words(PHRASES, deed("dance"), loud) == "DANCE"
    details = deed_details(PHRASES, deed("import", ids=["one", "two"], odd={"a": ["b"]}), loud)
    assert details == ["articles: ONE, TWO", "ODD: A: B"]
    shown = Shown(user=lambda user: f"@{user}", channel=lambda channel: f"#{channel}")
    options = {"user": "5", "channel": "7", "search": "two words"}
    assert deed_details(PHRASES, deed("look", options=options), shown) == [
        "with: search: two words, user: @5, channel: #7"
    ]


def test_filters_are_told_with_days_in_words_and_nothing_where_there_is_none() -> None:
    assert filter_words(PHRASES, Filters()) == []
    everything = Filters(
        since=date(2026, 11, 1), until=date(2026, 11, 2), commands=("who",), statuses=("not_found",), users=(5, -5),
        channel=7, search="two words",
    )  # fmt: skip
    assert filter_words(PHRASES, everything) == [
        "from 1 November 2026", "until 2 November 2026", "command who", "status not found", "asked by 5", "in 7",
        "with “two words”",
    ]  # fmt: skip
