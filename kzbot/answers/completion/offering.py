"""Names to offer while a person types: of the book and of the texts, best guesses first, with what each is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kzbot.answers.model import Choice
from kzbot.answers.naming.carried import alike
from kzbot.answers.profiles.unlisted import years_of
from kzbot.index import carried
from kzbot.index.generation import Generation
from kzbot.index.rows import RootRow
from kzbot.language.folding import fold_names
from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.slips import slips
from kzbot.language.names.spelling_rules import key_of as sound_of
from kzbot.phrases import Phrases

MOST, LONGEST = 25, 100
FEW = 3
"""With fewer names that begin so, names that are spelled nearly so are offered, too."""
_OF_ONE_KIND = 6
"""So many names of one kind are offered first where nothing is typed yet."""
_HALVES = (
    (re.compile(r"ens(e?)$"), r"enc\1"),
    (re.compile(r"enc(e?)$"), r"ens\1"),
    (re.compile(r"iz"), "is"),
    (re.compile(r"is(?=[aei]|$)"), "iz"),
    (re.compile(r"ou(r?)"), r"o\1"),
    (re.compile(r"or(?=[a-z]?$)"), "our"),
    (re.compile(r"tr(e?)$"), "te"),
    (re.compile(r"ter?$"), "tr"),
    (re.compile(r"amme?$"), "am"),
)
"""Ends of a half-typed word in British and in American spelling."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A name with what is known of it; `kind` None where the texts do not tell."""

    name: str
    kind: str | None
    mentions: int
    years: str | None

    def choice(self, phrases: Phrases, before: str = "") -> Choice:
        """The name with what it is beside it; `before` was typed before it and stays."""
        key = "name" if self.kind else "carried"
        said = f"answers.complete.{key}_dated" if self.years else f"answers.complete.{key}"
        about = phrases.say(said, kind=self.kind or "", count=self.mentions, years=self.years or "")
        value = f"{before}{self.name}"
        room = LONGEST - len(about) - 3
        return Choice(f"{shortened(value, room)} ({about})", _begun(value))


async def offers(generation: Generation, typed: str, kinds: Sequence[str] | None, *, near: bool = True) -> list[Offer]:
    """At most 25 names that `typed` may be the beginning of, of these kinds only, if given: first names that begin so, of
    the book before those of the texts, then `near` ones. Where nothing is typed, the most mentioned of every kind."""
    if not typed:
        only = None if kinds is None else tuple(kinds)
        return await generation.once(("offered at first", only), partial(_at_first, generation, only))
    found = list(_of_book(generation, typed, kinds))
    begin = [one for one in found if _begins(one, typed)]
    texts = await carried.starting(generation, _beginnings(typed), MOST, kinds)
    offered = [offer for _, offer in begin] + [_of_texts(row) for row in texts]
    if near and len(offered) < FEW:
        offered += [offer for name, offer in found if (name, offer) not in begin]
        offered += [offer for half in _halves(typed) for _, offer in _of_book(generation, half, kinds)]
    if near and len(offered) < FEW:
        offered += await _near(generation, typed, kinds)
    return _each_once(offered)[:MOST]


def shortened(text: str, room: int) -> str:
    """The text, cut where it is longer than the room for it."""
    return text if len(text) <= room else text[: max(1, room - 2)].rstrip() + " …"


def _begun(value: str) -> str:
    """A value that Discord takes: a name that is too long is asked for by its first words."""
    if len(value) <= LONGEST:
        return value
    return value[:LONGEST].rsplit(" ", 1)[0].rstrip() or value[:LONGEST]


async def _at_first(generation: Generation, kinds: Sequence[str] | None) -> list[Offer]:
    book = [name for name in generation.names.values() if name.mentions and (kinds is None or name.kind in kinds)]
    known = [Offer(name.canonical, name.kind, name.mentions, years_of(name.first, name.last)) for name in book]
    texts = [_of_texts(row) for row in await carried.most_mentioned(generation, 4 * MOST, kinds)]
    ranked = _each_once(sorted([*known, *texts], key=lambda one: (-one.mentions, one.name)))
    taken: Counter[str | None] = Counter()
    first, later = list[Offer](), list[Offer]()
    for one in ranked:
        taken[one.kind] += 1
        (first if taken[one.kind] <= _OF_ONE_KIND else later).append(one)
    return [*first, *later][:MOST]


def _of_book(
    generation: Generation, typed: str, kinds: Sequence[str] | None
) -> Iterator[tuple[tuple[str, ...], Offer]]:
    """Names of the book that may be meant, each with all its spellings."""
    for one in generation.lookup.complete(typed, MOST, kinds):
        name = generation.names.get(one.id)
        if name is not None and name.mentions:
            offer = Offer(name.canonical, name.kind, name.mentions, years_of(name.first, name.last))
            yield (name.canonical, *name.variants), offer


def _begins(one: tuple[tuple[str, ...], Offer], typed: str) -> bool:
    """Whether a word of a spelling begins so, with all that follows it."""
    wanted = [f" {fold_names(typed).text.strip()}", f" {sound_of(typed)}"]
    return any(
        wanted[0] in f" {fold_names(form).text}" or (len(wanted[1]) > FEW and wanted[1] in f" {sound_of(form)}")
        for form in one[0]
    )


def _of_texts(row: RootRow) -> Offer:
    return Offer(row.canonical, row.kind, row.mentions, years_of(row.first, row.last))


def _beginnings(typed: str) -> list[str]:
    """The keys that a form may begin with: as typed, and with the last word in the other English spelling."""
    return [key_of(typed), *(key_of(half) for half in _halves(typed))]


def _halves(typed: str) -> list[str]:
    head, last = typed.rpartition(" ")[::2] if " " in typed else ("", typed)
    plain = last.casefold()
    if len(plain) <= FEW or not plain.isalpha():
        return []
    others = dict.fromkeys(pattern.sub(other, plain) for pattern, other in _HALVES)
    return [f"{head} {other}".strip() for other in others if other != plain]


async def _near(generation: Generation, typed: str, kinds: Sequence[str] | None) -> list[Offer]:
    """Names of the texts that are a slip of the hand away from a whole name."""
    sound = sound_of(typed)
    if len(sound) <= FEW:
        return []
    words = sound.split()
    near = [one for one in await alike(generation, sound) if slips(words, one.split()) is not None]
    rows = [row for other in near[:MOST] for row in await carried.sounding(generation, other)]
    known = await carried.roots(generation, (row.root for row in rows))
    found = sorted(known.values(), key=lambda row: (-row.mentions, row.root))
    return [_of_texts(row) for row in found if kinds is None or row.kind in kinds]


def _each_once(offered: Iterable[Offer]) -> list[Offer]:
    found: dict[str, Offer] = {}
    for one in offered:
        found.setdefault(key_of(one.name), one)
    return list(found.values())
