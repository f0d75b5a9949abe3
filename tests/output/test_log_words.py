"""Everything that can be done has words of its own, and so has what a list is narrowed by."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest

from kzbot.output.log_words import Shown, action_words, deed_details, deed_words, filter_words, names_of
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.erasing.scope import Kind
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import TERMINAL, Action, DeedRow, OverlayKind
from kzbot.querylog.noted import noted_options

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


def test_what_came_of_a_command_that_was_not_done_is_said() -> None:
    made = [deed_words(PHRASES, deed("look", command="log purge", **more)) for more in ({}, {"result": "refused"}, {"result": "failed"}, {"result": "odd"})]  # fmt: skip
    assert made == ["used /log purge", "used /log purge, which was refused", "used /log purge, which broke down", "used /log purge"]  # fmt: skip


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


def test_what_an_export_was_narrowed_by_is_told_in_words_and_people_and_channels_as_they_are_shown() -> None:
    filters = Filters(
        since=date(2026, 11, 1), until=date(2026, 11, 2), commands=("check",), statuses=("not_found",), users=(5, -5),
        channel=7, search="two words",
    )  # fmt: skip
    options = noted_options(filters, "kept")
    assert "two words" not in str(options), "a deed outlives the questions"
    shown = Shown(user=lambda user: f"@{user}", channel=lambda channel: f"#{channel}")
    said = "from 1 November 2026, until 2 November 2026, command check quote, status not found, asked by @{}, in #7"
    (line,) = deed_details(PHRASES, deed("export", options=options), shown)
    assert line == f"with: {said.format(5)}, with certain words"
    assert "5" not in {noted_options(filters, kept).get("user") for kept in ("hashed", "none")}
    hashed = deed("export", options=noted_options(filters, "hashed"))
    assert said.format(-5) in deed_details(PHRASES, hashed, shown)[0]
    assert deed_details(PHRASES, deed("export", options=noted_options(Filters(), "kept"))) == []


@pytest.mark.parametrize(
    "options", [{"since": "some day"}, {"status": "fine"}, {"user": "me"}, {"user": None}, {"more": 1}]
)
def test_what_a_program_of_another_version_kept_of_an_export_is_shown_as_it_is(options: dict[str, Any]) -> None:
    ((name, value),) = options.items()
    assert deed_details(PHRASES, deed("export", options=options)) == [f"with: {name}: {value}"]
    assert deed_details(PHRASES, deed("export", options=["asked by 5", "in 7"])) == ["with: asked by 5, in 7"]


def test_a_name_is_told_as_people_call_it_and_its_id_among_the_details() -> None:
    loud = Shown(text=str.upper, names={"exercise:se": "Steppe Eagle"})
    one, other = (deed("lay", kind="spelling", name=name, words="w") for name in ("exercise:se", "exercise:gone"))
    assert names_of([one, other, deed("look")]) == {"exercise:se", "exercise:gone"}
    assert deed_words(PHRASES, one, loud).endswith("to the name STEPPE EAGLE")
    assert deed_words(PHRASES, other, loud).endswith("to the name EXERCISE:GONE")
    assert "name: STEPPE EAGLE (EXERCISE:SE)" in deed_details(PHRASES, one, loud)
    assert "name: EXERCISE:GONE" in deed_details(PHRASES, other, loud)


@pytest.mark.parametrize(
    ("action", "details", "said"),
    [
        ("report open", {}, "doubt 1"),
        ("report dismissed", {}, "doubt 1"),
        ("lay", {"kind": "spelling"}, "correction 1"),
        ("lay", {"kind": "withdrawal"}, "removal 1"),
        ("lift", {}, "correction or removal 1"),
        ("lift", {"kind": "date"}, "correction 1"),
        ("look", {}, "question 1"),
        ("import", {}, "question 1"),
        ("apply", {}, "state 1 of the history"),
        ("review tell", {}, "review 1"),
        ("review undone", {}, "review 1"),
        ("erase", {}, "erasure 1"),
        ("dance", {}, "number: 1"),
    ],
)
def test_a_number_says_of_what_it_is_the_number(action: str, details: dict[str, Any], said: str) -> None:
    assert said in deed_details(PHRASES, replace(deed(action, **details), about=1))


def test_every_number_of_a_deed_of_today_is_named() -> None:
    assert [action for action in ACTIONS if "number: 1" in deed_details(PHRASES, replace(deed(action), about=1))] == [
        "export", "cancel", "tell", "restore",
    ], "those are about no row"  # fmt: skip


def test_a_server_is_shown_as_whoever_shows_it_knows_it() -> None:
    shown = Shown(server=lambda server: f"Team of {server}")
    look = deed("look", command="log purge", options={"server": "7", "before": "2026"})
    assert deed_words(PHRASES, look, shown) == "used /log purge before: 2026 server: Team of 7"
    assert "with: before: 2026, server: Team of 7" in deed_details(PHRASES, look, shown)
    assert filter_words(PHRASES, Filters(server=7), shown) == ["in the server Team of 7"]


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
