"""Foreign text as Discord markdown that shows exactly that text, and nothing that is alive.

Discord reads a backslash before any character that is neither a letter, a digit nor white space as "this character
itself". All that is added here are such backslashes, line prefixes of a block quote, and bold marks, so that taking
them away again gives the text back to the letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kzbot.chat.fit import weigh

ALWAYS = frozenset("\\`*_~|[]<>@#:")
"""Emphasis, code, spoilers, links, mentions, timestamps, commands, emoji, headings, quotes, and the colon of a URL."""

CUT = " …"
LEAD = "… "
_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_BOLD = "**"
_QUOTE = "> "
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_JOINING = ("Mn", "Me", "Mc")
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """Markdown of a text, and whether it shows all of it."""

    markdown: str
    complete: bool


def pieces(text: str) -> list[str]:
    """Each character of `text` as markdown, one piece a character; their join is the escaped text."""
    made: list[str] = []
    at_start, counting = True, False
    for character in text:
        escaped = character in ALWAYS
        if at_start and character in "-+":
            escaped = True
        if counting and character in ".)":
            escaped = True
        made.append("\\" + character if escaped else character)
        counting = character.isdigit() and (at_start or counting)
        if character in _BREAKS:
            at_start, counting = True, False
        elif at_start and not _is_indentation(character):
            at_start = False
    return made


def _is_indentation(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


def escape(text: str) -> str:
    """Markdown that shows `text` to the letter; `unescape` gives it back."""
    return "".join(pieces(text))


def unescape(markdown: str) -> str:
    """What Discord shows of escaped text."""
    return _ESCAPED.sub(r"\1", markdown)


def plain(text: str, limit: int | None = None) -> str:
    """`text` on one line without control and direction characters, cut at a word to `limit` characters."""
    kept = "".join(character if _is_shown(character) else " " for character in text)
    line = " ".join(kept.split())
    if limit is None or len(line) <= limit:
        return line
    return line[: _cut(line, limit - 1)].rstrip() + "…" if limit > 1 else line[:limit]


def _is_shown(character: str) -> bool:
    if character in "\u200c\u200d":
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")


def inline(text: str, limit: float | None = None) -> str:
    """`plain(text)` as markdown, for titles, names and whatever a person typed; never for evidence.

    `limit` is a weight as `fit.weigh` counts it, of all that is shown.
    """
    line = plain(text)
    made = pieces(line)
    if limit is None or sum(map(weigh, made)) <= limit:
        return "".join(made)
    used, count = weigh("…"), 0
    for piece in made:
        used += weigh(piece)
        if used > limit:
            break
        count += 1
    return "".join(made[: _cut(line, count)]).rstrip() + "…" if count else ""


def quote(
    text: str, highlights: Iterable[Sequence[int]] = (), limit: float | None = None, *, later: bool = False
) -> Shown:
    """`text` as a block quote, `highlights` in bold; with `limit` cut at a word, and then followed by " …".

    `later`: it is the later part of a text, and "… " stands before it.

    Highlights are offsets into `text`, end exclusive; they may overlap, be empty or reach over its ends. `limit` is a
    weight as `fit.weigh` counts it, and includes all that is added.
    """
    made = pieces(text)
    spans = bold_spans(text, highlights)
    lead = LEAD if later else ""
    whole = _assemble(made, spans, len(made), lead)
    if limit is None or weigh(whole) <= limit:
        return Shown(whole, not later)
    end = _fitting(text, made, spans, limit - weigh(lead + CUT))
    return Shown(_assemble(made, spans, end, lead) + CUT, False)


def bold_spans(text: str, highlights: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    """Highlights clipped to `text`, split at line breaks, without outer white space, merged where they touch."""
    marked = [False] * len(text)
    for start, end in highlights:
        for at in range(max(0, start), min(len(text), end)):
            marked[at] = text[at] not in _BREAKS
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        if not marked[at]:
            at += 1
            continue
        start = at
        while at < len(text) and marked[at]:
            at += 1
        inside = text[start:at]
        start += len(inside) - len(inside.lstrip())
        end = start + len(inside.strip())
        if start < end:
            spans.append((start, end))
    return spans


def _assemble(made: Sequence[str], spans: Iterable[tuple[int, int]], end: int, lead: str) -> str:
    out = list(made[:end])
    for start, stop in spans:
        if start < min(stop, end):
            out[start] = _BOLD + out[start]
            out[min(stop, end) - 1] += _BOLD
    return _QUOTE + lead + "".join(out).replace("\n", "\n" + _QUOTE)


def _fitting(text: str, made: Sequence[str], spans: Sequence[tuple[int, int]], limit: float) -> int:
    """How many characters fit: the end of the last whole word, of the last whole character where one word is too long."""
    extra = {start for start, _ in spans}
    used, count = weigh(_QUOTE), 0
    for at, piece in enumerate(made):
        used += weigh(piece) + (2 * len(_BOLD) if at in extra else 0) + (len(_QUOTE) if piece == "\n" else 0)
        if used > limit:
            break
        count = at + 1
    return _word_end(text, count)


def _cut(text: str, count: int) -> int:
    """`_word_end`, or the last whole character where that would take away more than a word ever is long."""
    end = _word_end(text, count)
    return end if count - end <= _LONGEST_WORD else _character_end(text, count)


def _word_end(text: str, count: int) -> int:
    """The end of the last whole word in the first `count` characters, else the last whole character."""
    if count >= len(text):
        return len(text)
    end = count
    while end > 0 and not text[end].isspace():
        end -= 1
    if not text[:end].strip():
        end = _character_end(text, count)
    return len(text[:end].rstrip()) or end


def _character_end(text: str, count: int) -> int:
    """The end of the last whole character in the first `count` code points, of one at least."""
    end = max(count, 1)
    while end > 1 and unicodedata.category(text[end]) in _JOINING:
        end -= 1
    return end
