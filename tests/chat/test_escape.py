"""Foreign text is shown to the letter and never comes alive."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kzbot.chat.escape import bold_spans, escape, inline, plain, quote, unescape
from kzbot.chat.fit import weigh
from kzbot.chat.text_pages import text_pages

PIECES = ["https://", "<@1>", "<#1>", "<t:1:R>", "</a:1>", "<:e:1>", "<a:e:1>", "<id:customize>", "@everyone", "@here"]
LINES = [
    ":smile:",
    "[a](https://b)",
    "\n# ",
    "\n-# ",
    "\n> ",
    "\n>>> ",
    "\n- ",
    "\n  * ",
    "\n1. ",
    "\n12) ",
    "```\n",
    "||",
    "**",
]
NASTY = st.sampled_from([*"\\`*_~|[]()<>@#:-+.!/&\n\t 1a9é水🎖\u202e\u200b\u2028", *PIECES, *LINES])
TEXT = st.lists(NASTY | st.text(max_size=5), max_size=40).map("".join)
SPANS = st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=6)

ALIVE = re.compile(
    r"""(?<!\\)(?:\\\\)*(?:
        [`*_~|\[\]<>@\#]            # emphasis, code, spoiler, link, mention, timestamp, command, emoji, heading, quote
      | :(?=//|[^\s:]+:)            # a URL's scheme, an emoji by name
    )""",
    re.VERBOSE,
)
LIST = re.compile(r"(?m)^[\s\u200b-\u200f\u202a-\u202e]*(?:[-+*]|\d+[.)])(?=\s|$)")


def dead(markdown: str) -> bool:
    """Nothing in it that Discord's grammar would take for more than a character."""
    return ALIVE.search(markdown) is None and LIST.search(markdown) is None


@given(TEXT)
@example("\\[a](https://b)")
@example("1\\. x")
@example("  \u200b- x")
def test_escaped_text_is_dead_and_comes_back_to_the_letter(text: str) -> None:
    escaped = escape(text)
    assert dead(escaped)
    assert unescape(escaped) == text


def unquoted(markdown: str) -> str:
    lines = markdown.split("\n")
    assert all(line.startswith("> ") for line in lines)
    return "\n".join(line[2:] for line in lines)


def unbolded(markdown: str) -> tuple[str, str]:
    """The text without its bold marks, and the bold parts joined; the marks must pair on each line."""
    out, bold, inside = "", "", False
    at = 0
    while at < len(markdown):
        if markdown[at] == "\\" and at + 1 < len(markdown):
            out += markdown[at : at + 2]
            bold += markdown[at : at + 2] if inside else ""
            at += 2
        elif markdown.startswith("**", at):
            assert not markdown.startswith("****", at)
            inside = not inside
            at += 2
        else:
            assert not (inside and markdown[at] == "\n")
            out += markdown[at]
            bold += markdown[at] if inside else ""
            at += 1
    assert not inside
    return out, bold


@given(TEXT, SPANS)
@example("ab cd ef", [(0, 5), (3, 8), (2, 2)])
@example("one\ntwo", [(0, 7)])
@example("a*b", [(1, 2)])
def test_a_quoted_excerpt_is_verbatim_and_its_matches_are_bold(text: str, spans: list[tuple[int, int]]) -> None:
    shown = quote(text, spans)
    body, bold = unbolded(unquoted(shown.markdown))
    assert shown.complete
    assert dead(body) and unescape(body) == text
    assert unescape(bold) == "".join(text[start:end] for start, end in bold_spans(text, spans))


@given(TEXT, SPANS, st.integers(20, 200))
def test_a_cut_excerpt_is_a_beginning_of_the_text_and_fits(text: str, spans: list[tuple[int, int]], limit: int) -> None:
    shown = quote(text, spans, limit)
    assert weigh(shown.markdown) <= max(limit, 20)
    if not shown.complete:
        assert shown.markdown.endswith(" …")
        body, _ = unbolded(unquoted(shown.markdown.removesuffix(" …")))
        assert text.startswith(unescape(body))


def test_a_word_longer_than_any_is_cut_and_not_left_out() -> None:
    text = "/search query: " + "a" * 300
    for shown in (plain(text, 60), unescape(inline(text, 60))):
        assert shown.startswith("/search query: aaaaaaaaaaaaaaaaaaaa") and shown.endswith("a…"), shown
    assert plain("one two three four", 12) == "one two…"


def test_an_excerpt_is_cut_at_a_word() -> None:
    assert quote("one two three four five six", limit=18).markdown == "> one two three …"


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("peace support", [(0, 5), (6, 13)], "> **peace** **support**"),
        ("peace support", [(0, 6), (6, 13)], "> **peace support**"),
        ("peace support", [(3, 3), (9, 4)], "> peace support"),
        ("peace", [(-4, 99)], "> **peace**"),
        ("2 * 3\n- x", [(2, 3)], "> 2 **\\*** 3\n> \\- x"),
    ],
)
def test_highlights_that_overlap_touch_or_are_empty(text: str, spans: list[tuple[int, int]], shown: str) -> None:
    assert quote(text, spans).markdown == shown


@given(TEXT, st.integers(1, 80))
def test_inline_text_is_one_dead_line_without_direction_marks(text: str, limit: int) -> None:
    shown = inline(text, limit)
    assert weigh(shown) <= limit
    assert dead(shown) and "\n" not in shown and "\u202e" not in shown
    assert len(plain(text, limit)) <= limit


@example("[a](https://b)" * 3 + "0" * 8 + "\u0820" + "0)" + "\\" * 14 + "https://```\n", 40)
@given(TEXT, st.integers(30, 300))
def test_pages_of_a_text_join_to_the_text_and_fit(text: str, limit: int) -> None:
    pages = text_pages(text, limit)
    assert "".join(text[start:end] for start, end in pages) == text
    assert all(weigh(escape(text[start:end])) <= limit for start, end in pages)
