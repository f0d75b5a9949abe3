"""What a question says to leave out: "-word", '-"a phrase"', with a minus that stands apart and touches what follows."""

import re
from collections.abc import Callable
from typing import NamedTuple

from kzbot.language.spans import Span

# Only behind white space and right before a letter or a quotation mark: "A380-800", "F-16", "1997 - 1998" and "at -5
# degrees" leave nothing out. A figure is left out in quotation marks: -"2012".
_MINUS = re.compile(r'(?:(?<=\s)|\A)[-−](?=[^\W\d_]|["“”«„][^\W_])')
_QUOTED = re.compile(r'["“”«„]([^"“”«»„]{1,200})["“”»]')
_QUOTES = '"“”«»„'
_WORD = re.compile(r"[^\W_](?:[^\s,;:!?\"“”«»„()]*[^\W_])?")


class LeftOut(NamedTuple):
    """What is left out: `span` in the question, minus and quotation marks included; `words` as they stand; `quoted`."""

    span: Span
    words: str
    quoted: bool


def left_out(text: str, name_at: Callable[[str], int] = lambda rest: 0) -> tuple[str, list[LeftOut]]:
    """`text` with what it leaves out blotted out, in the same places; and that, in order.

    `name_at` tells how many characters at the beginning of a text are a name of several words, 0 where none is.
    """
    found: list[LeftOut] = []
    quotations = [Span(*match.span()) for match in _QUOTED.finditer(text) if not _is_behind_minus(text, match.start())]
    for minus in _MINUS.finditer(text):
        start = minus.end()
        if (found and start < found[-1].span.end) or any(one.start < start < one.end for one in quotations):
            continue
        phrase = _QUOTED.match(text, start) if text[start] in _QUOTES else None
        if phrase is not None:
            found.append(LeftOut(Span(minus.start(), phrase.end()), phrase[1].strip(), quoted=True))
            continue
        word = _WORD.match(text, start + (text[start] in _QUOTES))
        if word is not None:
            end = max(word.end(), start + name_at(text[start:]))
            found.append(LeftOut(Span(minus.start(), end), text[word.start() : end], quoted=False))
    for one in reversed(found):
        text = text[: one.span.start] + " " * (one.span.end - one.span.start) + text[one.span.end :]
    return text, found


def _is_behind_minus(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] in "-−" and (at == 1 or text[at - 2].isspace())
