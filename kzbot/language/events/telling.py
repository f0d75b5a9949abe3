"""What a statement tells: its telling words, the names in it, its figures, and how it is turned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kzbot.language.events.figures import Figure, figures
from kzbot.language.events.statement import Named, Statement
from kzbot.language.events.weights import Weights, key_of, opens, titled
from kzbot.language.events.words import AXES, DENIALS, TITLES
from kzbot.language.sentences import split
from kzbot.language.spans import Span
from kzbot.language.words import STOP_WORDS, Token

_JOINS = frozenset((" ", "\u00a0", "-", "–", ". ", " of ", "\n"))


@dataclass(frozen=True, slots=True)
class Telling:
    """One statement as it is compared.

    `features`: stems, entries of the name book (`@id`) and figures (`#kind value`). `acts`: the stems that are no part
    of a name. `names`: each name's words. `figures`: each as (kind, unit, value). `poles`: of opposites, by axis.
    `denials`: stems that turn the statement round. `order`: acts, last words of names (marked) and "by", as they follow
    each other.
    """

    features: frozenset[str]
    acts: frozenset[str]
    names: frozenset[frozenset[str]]
    figures: frozenset[tuple[str, str, str]]
    poles: tuple[tuple[int, frozenset[int]], ...]
    denials: frozenset[str]
    order: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentence that a statement's date stands in: its words, without those of dates and of figures."""

    text: str
    start: int
    words: tuple[Token, ...]
    figures: tuple[Figure, ...]
    named: tuple[Named, ...]


def read(statement: Statement, cut: Sequence[Token]) -> Reading:
    """The statement's own sentence; `cut` are the words of all of its text."""
    text, span = statement.text, _sentence(statement)
    inside = [token for token in cut if span.start <= token.start and token.end <= span.end]
    numbers = [one for one in figures(text, inside) if not _within(one.start, one.end, statement.dates)]
    numbers = [one for one in numbers if span.start <= one.start < span.end]
    taken = (*statement.dates, *(Span(one.start, one.end) for one in numbers))
    words = tuple(token for token in inside if not _within(token.start, token.end, taken))
    named = tuple(one for one in statement.names if span.start <= one.start < span.end)
    return Reading(text, span.start, words, tuple(numbers), named)


def telling(reading: Reading, weights: Weights) -> Telling:
    """What a statement tells; names are the words that are written as names in the corpus that `weights` counted."""
    named = [one for one in reading.named if not one.reference]
    covered = [Span(one.start, one.end) for one in named]
    words = [word for word in reading.words if not _within(word.start, word.end, covered)]
    runs = _runs(reading, words, weights)
    groups = [
        kept for run in runs if (kept := [one.word for one in run if one.word not in TITLES and len(one.word) > 1])
    ]
    used = frozenset(key_of(word.word) for word in words)
    stems = frozenset(key_of(word.word) for word in words if word.word not in STOP_WORDS)
    return Telling(
        features=stems
        | {f"@{one.name}" for one in reading.named}
        | {f"#{one.kind} {one.value}" for one in reading.figures},
        acts=stems - {key_of(word) for group in groups for word in group if len(group) > 1 or weights.is_known(word)},
        names=frozenset(frozenset(map(key_of, group)) for group in groups)
        | {frozenset((f"@{one.name}",)) for one in named},
        figures=frozenset((one.kind, one.unit, one.value) for one in reading.figures),
        poles=_poles(used),
        denials=used & DENIALS,
        order=_order(words, runs, named),
    )


def _sentence(statement: Statement) -> Span:
    whole = Span(0, len(statement.text))
    if statement.mark is None:
        return whole
    sentences = split(statement.text, *whole)
    return next((one for one in sentences if one.start <= statement.mark.start < one.end), whole)


def _within(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(one.start < end and start < one.end for one in spans)


def _runs(reading: Reading, words: Sequence[Token], weights: Weights) -> list[list[Token]]:
    """Runs of words that are one name."""
    text = reading.text
    capitals = [word for word in words if not text[word.start].islower()]
    in_title = titled(len(capitals), len(words))
    runs: list[list[Token]] = []
    last: Token | None = None
    for word in capitals:
        opening = opens(text, reading.start, word.start)
        if not text[word.start].isupper() or not weights.is_name(word.word, opening=opening, in_title=in_title):
            continue
        if last is not None and text[last.end : word.start] in _JOINS:
            runs[-1].append(word)
        else:
            runs.append([word])
        last = word
    return runs


def _order(
    words: Sequence[Token], runs: Sequence[Sequence[Token]], named: Iterable[Named]
) -> tuple[tuple[str, bool], ...]:
    inside = {word.start for run in runs for word in run}
    places = [(run[-1].start, key_of(run[-1].word), True) for run in runs]
    places += [(one.start, f"@{one.name}", True) for one in named]
    places += [
        (word.start, key_of(word.word), False)
        for word in words
        if word.start not in inside and (word.word == "by" or word.word not in STOP_WORDS)
    ]
    return tuple((word, is_name) for _, word, is_name in sorted(places))


def _poles(used: frozenset[str]) -> tuple[tuple[int, frozenset[int]], ...]:
    found = ((axis, frozenset(at for at, pole in enumerate(poles) if pole & used)) for axis, poles in enumerate(AXES))
    return tuple((axis, poles) for axis, poles in found if poles)
