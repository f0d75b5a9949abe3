"""Phase one: finds the words that speak of time and reads them, without looking outside of the phrase."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from kzbot.language.dates.lexer import Lexed, lex
from kzbot.language.dates.meaning import Reading, Undated
from kzbot.language.dates.repeats import repeated, with_repeated
from kzbot.language.dates.rules.rule import Found, Rule
from kzbot.language.dates.rules.rulebook import RULES
from kzbot.language.dates.runs import kept_places, outside, unread
from kzbot.language.dates.triggers import lowered, scan, stretches, vague_readings
from kzbot.language.spans import Span

_FEW = 64
"""Stretches from which on it is worth asking which of them repeat another."""
_Candidate = tuple[int, int, int, "Found | Reading", "Rule | None"]


def read(text: str, spans: Sequence[Span] | None = None) -> list[Reading]:
    """Readings in order, none overlapping another; with `spans`, only those that lie within one of them.

    Of an unbroken run of time words only the beginning is read: see `runs`.
    """
    low = lowered(text)
    places, vague = scan(low)
    left_out = unread(low, sorted((*places, *(start for start, _ in vague))) if vague else places)
    around = stretches(text, kept_places(places, left_out) if left_out else places)
    return _read(text, low, around, vague, left_out, spans)


def read_everywhere(text: str, spans: Sequence[Span] | None = None) -> list[Reading]:
    """The same as `read` by the plain way, every rule over the whole text: what `read` is held against."""
    low = lowered(text)
    places, vague = scan(low)
    left_out = unread(low, sorted((*places, *(start for start, _ in vague))))
    return _read(text, low, [(0, len(text))], vague, left_out, spans)


def _read(
    text: str,
    low: str,
    around: list[tuple[int, int]],
    found_vague: list[tuple[int, int]],
    left_out: list[tuple[int, int]],
    spans: Sequence[Span] | None,
) -> list[Reading]:
    if left_out:
        around = outside(around, left_out)
        starts = [start for start, _ in left_out]
        found_vague = [one for one in found_vague if not _is_inside(one, left_out, starts)]
    if spans is not None:
        spans = sorted(spans)
        around = _within(around, spans)
        starts = [span.start for span in spans]
        found_vague = [one for one in found_vague if _is_inside(one, spans, starts)]
    once, again = repeated(text, around) if len(around) > _FEW else (around, [])
    vague = vague_readings(low, found_vague)
    candidates: list[_Candidate] = [(r.start, -r.end, len(RULES), r, None) for r in vague]
    if once:
        _find(lex(text, once), candidates)
    candidates.sort(key=itemgetter(0, 1, 2))
    readings = _choose(candidates)
    return with_repeated(readings, once, again) if again else readings


def _within(around: list[tuple[int, int]], spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches cut to the spans, both in order."""
    cut: list[tuple[int, int]] = []
    first = 0
    for span in spans:
        while first < len(around) and around[first][1] <= span.start:
            first += 1
        at = first
        while at < len(around) and around[at][0] < span.end:
            cut.append((max(around[at][0], span.start), min(around[at][1], span.end)))
            at += 1
    return cut


def _is_inside(one: tuple[int, int], spans: Sequence[tuple[int, int]], starts: list[int]) -> bool:
    place = bisect_right(starts, one[0]) - 1
    return place >= 0 and one[1] <= spans[place][1]


def _find(lexed: Lexed, candidates: list[_Candidate]) -> None:
    kinds, tokens, text = lexed
    present = set(kinds)
    for order, rule in enumerate(RULES):
        if present.isdisjoint(rule.needs):
            continue
        for match in rule.pattern.finditer(kinds):
            first, behind = match.span()
            candidates.append((tokens[first][0], -tokens[behind - 1][1], order, Found(match, tokens, text), rule))


def _choose(candidates: list[_Candidate]) -> list[Reading]:
    chosen: list[Reading] = []
    behind = 0
    for start, _, _, found, rule in candidates:
        if start < behind:
            continue
        if rule is None:
            readings: tuple[Reading, ...] = (found,) if isinstance(found, Reading) else ()
        else:
            readings = rule.read(found) if isinstance(found, Found) else ()
        if not readings or readings[0].start < behind:
            continue
        behind = readings[-1].end
        chosen.extend(readings)
    return [reading for reading in chosen if reading.meaning != Undated("")]
