"""What an article, a name or a question holds is shown, and never obeyed by the terminal."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from kzbot.answers.model import (
    Answer,
    DatedMark,
    Evidence,
    MatchedThrough,
    PassageState,
    Profile,
    Question,
    Receipt,
    SourceCard,
)
from kzbot.cli.show import print_answer
from kzbot.cli.terminal import one_line, safe
from kzbot.language.dates.mark import DateMark
from kzbot.phrases import DEFAULT_FOLDER, Phrases

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
ESCAPES = (
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\ \x1b[2J\x9b31m \u202egpj.exe\u2066 [bold]x[/bold] :smile:"
)
EXCERPT = "Troops of two countries met at the range."


def _item(**values: object) -> Evidence:
    usual: dict[str, object] = {
        "excerpt": EXCERPT,
        "start": 100,
        "end": 100 + len(EXCERPT),
        "article": "one",
        "file": "one.txt",
        "title": "Troops meet",
        "title_basis": "stated",
        "publisher": "The Gazette",
        "url": "https://example.org/one",
        "link": "https://example.org/one#:~:text=Troops%20of",
        "published": "2013-11",
        "published_basis": "inferred",
        "address": "one#12345678",
        "highlights": ((110, 119), (90, 106), (0, 0)),
    }
    return Evidence(**{**usual, **values})  # type: ignore[arg-type]


def _answer(items: Sequence[Evidence], command: str = "search", **values: object) -> Answer:
    usual: dict[str, object] = {
        "options": {"query": "troops"},
        "status": "answered",
        "message": "answers.search.answered",
        "values": {"count": len(items), "asked": "troops"},
        "generation": "20261121T203301Z-1a2b3c4d",
        "articles": 5,
        "items": tuple(items),
        "total": len(items),
    }
    return Answer(command=command, **{**usual, **values})  # type: ignore[arg-type]


def _printed(answer: Answer, *, terminal: bool, limit: int = 0) -> str:
    stream = io.StringIO()
    out = Console(
        file=stream, force_terminal=terminal, color_system="truecolor" if terminal else None, width=200,
        markup=False, highlight=False, emoji=False,
    )  # fmt: skip
    print_answer(out, PHRASES, answer, limit)
    return stream.getvalue()


@given(st.text())
@example(ESCAPES)
def test_no_control_character_is_left_and_offsets_stay(text: str) -> None:
    shown = safe(text)
    assert len(shown) == len(text)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in shown)
    assert "\n" not in one_line(text)
    if text.isascii() and text.isprintable():
        assert shown == text


@given(st.text(max_size=80) | st.just(ESCAPES))
def test_hostile_text_in_every_place_prints_no_control_character(text: str) -> None:
    item = _item(excerpt=text, end=100 + len(text), title=text, publisher=text, link=text, url=text, address=text)
    receipt = Receipt("g", 5, text, {}, (text,), (text,))
    answer = _answer(
        [item],
        values={"count": 1, "asked": text},
        missing=(text,),
        choices=(text,),
        matched_through=(MatchedThrough(text, text, "spelling"),),
        receipt=receipt,
        suggestion=Question("search", {"query": text}),
    )
    printed = _printed(answer, terminal=False)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in printed)
    assert "\u202e" not in printed


def test_markup_and_emoji_codes_stay_as_they_are_written() -> None:
    text = "[bold]Not bold[/bold] :smile: [link=https://evil.example]x[/link]"
    assert text in _printed(_answer([_item(excerpt=text, end=100 + len(text), highlights=())]), terminal=False)


def test_a_terminal_gets_marked_words_and_a_hyperlink_under_the_readable_address() -> None:
    printed = _printed(_answer([_item()]), terminal=True)
    assert "\x1b[1;7m" in printed
    assert "https://example.org/one#:~:text=Troops%20of\x1b\\" in printed
    assert printed.count("https://example.org/one\x1b") == 1


def test_the_marked_words_are_those_of_the_highlights() -> None:
    excerpt = "abcdef"
    printed = _printed(_answer([_item(excerpt=excerpt, end=106, highlights=((102, 104),))]), terminal=True)
    assert "ab\x1b[1;7mcd\x1b[0mef" in printed


def test_only_web_addresses_become_links() -> None:
    for link in ("javascript:alert(1)", "file:///etc/passwd", "https://example.org/a b", "\x1b]8;;x"):
        printed = _printed(_answer([_item(link=link)]), terminal=True)
        assert "\x1b]8;" not in printed


def test_a_pipe_gets_the_whole_link_and_no_colour() -> None:
    printed = _printed(_answer([_item()]), terminal=False)
    assert "\x1b" not in printed
    assert "https://example.org/one#:~:text=Troops%20of\n" in printed


def test_neighbours_with_one_excerpt_stand_once_under_both_dates() -> None:
    def dated(year: int) -> Evidence:
        mark = DateMark(str(year), str(year), None, None, str(year), 1, 5, "stated")
        return _item(date=str(year), dates=(DatedMark(mark, "possible"),))

    printed = _printed(_answer([dated(1997), dated(1998)], "timeline"), terminal=False)
    assert printed.count(EXCERPT) == 1
    assert "1997  (stated; may lie outside of the days asked for)" in printed
    assert "1998  (stated" in printed


def test_statements_without_a_date_stand_last_and_count_against_the_limit() -> None:
    answer = _answer([_item()], "timeline", undated=(_item(excerpt="No day is known."),))
    assert "1 statement without a date of its own" in _printed(answer, terminal=False)
    cut = _printed(answer, terminal=False, limit=1)
    assert "No day is known." not in cut
    assert "1 more; --limit 0 prints all." in cut


def test_one_day_of_all_mentions_is_said_once() -> None:
    def said(last: str) -> str:
        profile = Profile("Steppe Eagle", "exercise", first="1997-09", last=last)
        values = {"name": "Steppe Eagle", "count": 1}
        made = _answer([_item()], "exercise", profile=profile, message="answers.exercise.answered", values=values)
        return _printed(made, terminal=False)

    assert "Dated mentions: September 1997\n" in said("1997-09")
    assert "Dated mentions: September 1997 to 2004\n" in said("2004")


def test_a_source_says_its_title_once_and_its_days_in_words() -> None:
    card = SourceCard(EXCERPT, None, "A. Writer", None, "2026-11-21T21:50:09Z")
    values = {"title": "Troops meet"}
    made = _answer([_item()], "source", source=card, message="answers.source.article", values=values)
    printed = _printed(made, terminal=False)
    assert printed.count("Troops meet") == 1
    assert "In this corpus since 21 November 2026\n" in printed
    assert EXCERPT in printed


def test_a_question_that_was_refused_says_nothing_of_a_filter() -> None:
    made = _answer(
        [], "timeline", status="bad_request", message="answers.bad_request.reversed",
        values={"from": "2013", "to": "1997"}, read_as={"from": "2013", "to": "1997"},
        suggestion=Question("timeline", {"from": "1997", "to": "2013"}),
    )  # fmt: skip
    printed = _printed(made, terminal=False)
    assert "Ask instead: /timeline from: 1997 to: 2013\n" in printed
    assert "Filtered" not in printed


def test_other_spellings_are_one_line_and_what_is_said_already_is_not_repeated() -> None:
    through = [MatchedThrough("a380", used, "variant") for used in ("A380", "Airbus A380", "Airbus 380", "A380s")]
    guessed = MatchedThrough("arbus", "airbus", "spelling")
    printed = _printed(
        _answer(
            [_item()], values={"count": 1, "asked": "x", "topic": "Airbus A380"}, matched_through=(guessed, *through)
        ),
        terminal=False,
    )
    assert "Matched through Airbus A380, Airbus 380, A380s.\n" in printed
    assert printed.count("Read “") == 1 and "Read “arbus” as airbus." in printed


def test_of_a_reworded_passage_what_differs_is_marked_in_both_wordings_and_said() -> None:
    state = PassageState(
        "changed", "About 400 men came.", "About 500 men came.", "g1", "2026-11-20T08:00:00Z", "one", "Troops meet",
        old_marks=((6, 9),), new_marks=((6, 9),),
    )  # fmt: skip
    source = SourceCard("About 500 men came.", "https://archive.example/one", None, None, None)
    values = {"title": "Troops meet", "day": "2026-11-20"}
    made = _answer([_item()], "source", message="answers.source.changed", values=values, source=source, passage=state)
    shown = _printed(made, terminal=True)
    assert "\x1b[1;7m400\x1b[0m" in shown and "\x1b[1;7m500\x1b[0m" in shown
    piped = _printed(made, terminal=False)
    assert "Instead of “400” now “500”" in piped and "20 November 2026, generation g1" in piped
    added = replace(state, old="About men came.", old_marks=())
    assert "Added: “500”" in _printed(replace(made, passage=added), terminal=False)
    hostile = replace(state, old=ESCAPES, title=ESCAPES, article=ESCAPES, generation=ESCAPES)
    printed = _printed(replace(made, passage=hostile), terminal=False)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in printed) and "\u202e" not in printed


def test_where_the_page_has_no_address_the_archived_copy_is_said_to_be_one() -> None:
    archived = "https://archive.example/one#:~:text=Troops%20of"
    printed = _printed(_answer([_item(url=None, link=None, archived=archived)]), terminal=False)
    assert f"the archived copy:\n{archived}\n" in printed
