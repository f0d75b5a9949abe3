"""Finds page furniture among the pieces of a text. What furniture looks like is said in `furniture_rules.py`.

A line is furniture when a rule says so, never because it is short: a plain sentence, a quotation, a subheading or an
entry of a list stays article text. Before the first and after the last running text more rules hold than within it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from kzbot.corpus import furniture_rules as rules
from kzbot.corpus import furniture_words as known_words
from kzbot.corpus.furniture_rules import Rule, Zone
from kzbot.corpus.lines import (
    Piece,
    begins_quoted,
    count_words,
    ends_sentence,
    is_prose,
    is_sentence,
    letters_and_digits,
)

_LONGEST = 700
_SHORT_LINE = 8
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)[*_`]+|[*_`]+(?!\w)")
_SEPARATORS = re.compile(r"\s*[|•·›»>→]\s*|\s+[/–—-]\s+|\s*[,;/]\s*|\s{2,}|\t")
_MENU_SEPARATORS = re.compile(r"\s*[|•·›»→]\s*")
_MENU_ITEMS = 3
_LABEL_EDGES = " \t:;.,…!?»«›>+|•·-–—()[]{}\u00a0"
_CHRONOLOGY = 3
_MENU = 4
_UPPER = 12
_MENU_WORDS = 3
_LISTED_WORDS = 25
_STAMP_RULES = frozenset({"date and time", "dateline alone"})


def furniture(pieces: Sequence[Piece], title: str, credits: Collection[str]) -> list[Piece]:
    """`pieces` with the role of every piece of furniture set so; none is added, dropped or moved.

    `credits`: names of publisher and author, furniture where a line before or after the running text holds nothing else.
    """
    result = [_judged(piece, "body", credits) for piece in pieces]
    first, last = _running_text(result)
    if last < 0:
        return [_label_alone(piece) for piece in result]
    chronology = _is_chronology(pieces)
    for position, piece in enumerate(result):
        zone: Zone = "head" if position < first else "foot" if position > last else "upper"
        if (zone == "upper" and position >= _UPPER) or piece.role in ("heading", "furniture"):
            continue
        rule = matching(_words(piece), zone)
        if rule is not None and rule.name in _STAMP_RULES and chronology:
            continue
        result[position] = _judged(piece, zone, credits)
    result = _above_title(result, first, title)
    result = _belonging(result, first, last)
    return _menus(result, first, last)


def _is_chronology(pieces: Sequence[Piece]) -> bool:
    """Whether dates stand alone on so many lines that they must be headings of a chronology."""
    dated = [
        piece for piece in pieces if any(map(str.isdigit, piece.words)) and count_words(piece.words) <= _SHORT_LINE
    ]
    stamps = 0
    for piece in dated:
        rule = matching(piece.words, "head")
        stamps += rule is not None and rule.name in _STAMP_RULES
    return stamps >= _CHRONOLOGY


def matching(line: str, zone: Zone) -> Rule | None:
    """The rule that makes furniture of `line` in `zone`, or None; `labels` speaks for single words and their lists."""
    bare = _bare(line)
    if not bare or begins_quoted(bare):
        return None
    sentence, words = is_sentence(bare), count_words(bare)
    for rule in rules.RULES:
        if (
            zone in rule.where
            and words <= rule.words
            and (rule.sentences or not sentence)
            and rule.pattern.fullmatch(bare)
        ):
            return rule
    return None


def labels(line: str, zone: Zone) -> bool:
    """Whether `line` holds nothing but labels of a page: one, several between separators, or a row of buttons."""
    bare = _bare(line)
    if not bare:
        return False
    known = known_words.LABELS if zone in ("upper", "body") else known_words.LABELS | known_words.EDGE_LABELS
    if _label(bare) in known:
        return True
    parts = [_label(part) for part in _SEPARATORS.split(line.strip()) if _label(part)]
    if len(parts) > 1 and all(part in known_words.LABELS or part in known_words.EDGE_LABELS for part in parts):
        return True
    items = [_label(item) for item in _MENU_SEPARATORS.split(bare) if _label(item)]
    if (
        zone in ("head", "foot")
        and len(items) >= _MENU_ITEMS
        and all(count_words(item) <= _MENU_WORDS for item in items)
    ):
        return 2 * sum(item in known for item in items) >= len(items)
    words = [_label(word) for word in bare.split() if _label(word)]
    return len(words) > 1 and all(word in known_words.BUTTONS for word in words)


def without_markdown(text: str) -> str:
    """`text` as a reader of rendered Markdown sees it: links by their words, emphasis off; pictures stay as they are."""
    return _EMPHASIS.sub("", _LINK.sub(lambda link: link[1] if link[1] else link[0], text))


def _bare(line: str) -> str:
    """`line` without Markdown, white space folded; empty where it is longer than any furniture."""
    if len(line) > _LONGEST:
        return ""
    return " ".join(without_markdown(line).split())


def _judged(piece: Piece, zone: Zone, credits: Collection[str]) -> Piece:
    if piece.role in ("heading", "furniture"):
        return piece
    words = _words(piece)
    if matching(words, zone) or labels(piece.words, zone):
        return replace(piece, role="furniture")
    if zone in ("head", "foot") and letters_and_digits(piece.words) in {letters_and_digits(name) for name in credits}:
        return replace(piece, role="furniture")
    return piece


def _label_alone(piece: Piece) -> Piece:
    """A piece of a page without running text: labels are furniture wherever they stand."""
    named = piece.role not in ("heading", "furniture") and labels(piece.words, "head")
    return replace(piece, role="furniture") if named else piece


def _words(piece: Piece) -> str:
    """The words of a piece, with the sign before them that tells a caption from a list."""
    return f"{piece.marked} {piece.words}" if piece.marked in (">", "»", "►") else piece.words


def _running_text(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Positions of the first and last piece of running text; (0, -1) where there is none."""
    running = [n for n, piece in enumerate(pieces) if piece.role in ("text", "item") and is_prose(piece.words)]
    return (running[0], running[-1]) if running else (0, -1)


def _above_title(pieces: Sequence[Piece], first: int, title: str) -> list[Piece]:
    """Short lines above the printed title are the page's header, unless they are sentences or quotations."""
    wanted = letters_and_digits(title)
    place = next(
        (n for n, piece in enumerate(pieces[:first]) if piece.role == "heading" and _same(piece.words, wanted)), 0
    )
    return [
        replace(piece, role="furniture")
        if n < place and piece.role == "text" and count_words(piece.words) <= _SHORT_LINE + 4
        and not is_sentence(piece.words) and not begins_quoted(piece.words)
        else piece
        for n, piece in enumerate(pieces)
    ]  # fmt: skip


def _same(words: str, wanted: str) -> bool:
    return bool(wanted) and letters_and_digits(words).startswith(wanted)


def _belonging(pieces: Sequence[Piece], first: int, last: int) -> list[Piece]:
    """The line right below a byline, and the links below a label such as "Related articles"."""
    result = list(pieces)
    listing = False
    for position, piece in enumerate(pieces):
        above = pieces[position - 1] if position else None
        if piece.role == "furniture":
            rule = matching(piece.words, "foot" if position > last else "body")
            listing = (listing and not any(map(str.isalnum, piece.words))) or bool(rule and rule.opens_list)
            continue
        if listing and _listed(piece, outside=position > last):
            result[position] = replace(piece, role="furniture")
            continue
        listing = False
        if above is not None and position < max(first, _UPPER) and _credit_line(above, piece):
            result[position] = replace(piece, role="furniture")
    return result


def _listed(piece: Piece, *, outside: bool) -> bool:
    """Whether a piece may be a link in a list of links: short, no sentence, after the text or with a bullet."""
    if piece.role == "heading" or not (outside or piece.role == "item"):
        return False
    return count_words(piece.words) <= _LISTED_WORDS and not ends_sentence(piece.words)


def _credit_line(above: Piece, piece: Piece) -> bool:
    rule = matching(above.words, "head") if above.role == "furniture" else None
    near = piece.line == above.last_line + 1 and piece.role == "text"
    short = count_words(piece.words) <= _SHORT_LINE and not ends_sentence(piece.words)
    return bool(rule and rule.next_line) and near and short


def _menus(pieces: Sequence[Piece], first: int, last: int) -> list[Piece]:
    """Four or more very short lines in a row, outside the running text, of which a third are known labels: a menu."""
    result = list(pieces)
    run: list[int] = []
    for position in range(len(pieces) + 1):
        if position < len(pieces) and not first <= position <= last and _menu_like(pieces[position]):
            run.append(position)
            continue
        known = [n for n in run if labels(pieces[n].words, "head")]
        if len(run) >= _MENU and 3 * len(known) >= len(run):
            for n in run:
                result[n] = replace(result[n], role="furniture")
        run = []
    return result


def _menu_like(piece: Piece) -> bool:
    words = count_words(piece.words)
    return piece.role != "heading" and words <= _MENU_WORDS and not ends_sentence(piece.words)


def _label(words: str) -> str:
    return words.strip(_LABEL_EDGES).casefold()
