"""What moderators laid over the corpus, as far as it holds: which of it bears on which article, and what is idle."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

from kzbot.corpus.article import Article, Correction
from kzbot.corpus.overlay import Overlay
from kzbot.index.hashes import hash_of
from kzbot.index.rows import IdleRow
from kzbot.language.dates import edtf
from kzbot.language.names.book import Name, NameBook
from kzbot.language.names.presence import Presence, telling_forms

_NO_NAME = "the name book has no such name now."


@dataclass(frozen=True, slots=True)
class Bearing:
    """What bears on one article: corrections of dates whose words stand in it, and the further spellings of names that may be
    found otherwise in it for them (the name's id, then its spellings)."""

    dates: tuple[Correction, ...] = ()
    spellings: tuple[tuple[str, ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values; nothing for what bears nothing."""
        dates = [[one.words, one.edtf] for one in self.dates]
        return {
            key: value for key, value in (("dates", dates), ("spellings", list(map(list, self.spellings)))) if value
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`."""
        dates = (Correction(*one) for one in value.get("dates", ()))
        return cls(tuple(dates), tuple(tuple(one) for one in value.get("spellings", ())))

    def put_right(self, article: Article) -> Article:
        """The article with these corrections; on the same words they win over its own."""
        if not self.dates:
            return article
        words = {_plain(one.words) for one in self.dates}
        own = tuple(one for one in article.corrections if _plain(one.words) not in words)
        return replace(article, corrections=(*self.dates, *own))


@dataclass(frozen=True)
class Laid:
    """An overlay held against a name book: `book` has the further spellings in it, `spellings` are those that it took, by
    name, `telling` the forms without which they make no difference in a text; `idle` are those that it could not take."""

    overlay: Overlay
    book: NameBook
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    telling: Mapping[str, Collection[str]] = field(default_factory=dict)
    idle: tuple[IdleRow, ...] = ()

    @cached_property
    def spelled(self) -> str:
        """The hash of the spellings that were taken."""
        return hash_of(sorted(self.spellings.items()))

    def on(self, id_: str, title: str, text: str) -> tuple[Bearing, tuple[IdleRow, ...]]:
        """What bears on an article that reads so, and what is idle of that which is meant for it."""
        dates, idle = self._dates(id_, title, text)
        return Bearing(dates, self._spellings(title, text)), idle

    def _spellings(self, title: str, text: str) -> tuple[tuple[str, ...], ...]:
        if not self.spellings:
            return ()
        return tuple((name, *self.spellings[name]) for name in sorted(self._presence.names_in((title, text))))

    def _dates(self, id_: str, title: str, text: str) -> tuple[tuple[Correction, ...], tuple[IdleRow, ...]]:
        taken: dict[str, Correction] = {}
        idle = []
        given = self.overlay.dates.get(id_, ())
        places = (_plain(text), _plain(title)) if given else ()
        for one in given:
            reason = _idle_date(one, places)
            if reason is None:
                taken[_plain(one.words)] = one
            else:
                idle.append(IdleRow("date", id_, one.words, reason))
        return tuple(taken.values()), tuple(idle)

    def idle_ids(self, there: Iterable[str]) -> list[IdleRow]:
        """What is laid over articles of which none has the id; `there`: the ids of all, those withdrawn included."""
        known = frozenset(there)
        reason = "there is no article of this id now."
        gone = [IdleRow("withdrawal", id_, None, reason) for id_ in self.overlay.withdrawn - known]
        return gone + [
            IdleRow("date", id_, one.words, reason)
            for id_, some in self.overlay.dates.items()
            if id_ not in known
            for one in some
        ]

    @cached_property
    def _presence(self) -> Presence:
        return Presence(self.telling)


def lay_over(book: NameBook, overlay: Overlay) -> Laid:
    """The overlay held against the name book as its file has it."""
    if not overlay.spellings:
        return Laid(overlay, book)
    names = {name.id: name for name in book.names}
    owners = {(name.kind, form.casefold()): name for name in book.names for form in (name.canonical, *name.variants)}
    taken: dict[str, tuple[str, ...]] = {}
    idle: list[IdleRow] = []
    for id_, given in sorted(overlay.spellings.items()):
        for written in given:
            spelling = _plain(written)
            reason = _idle_spelling(names[id_], spelling, owners) if id_ in names else _NO_NAME
            if reason is not None:
                idle.append(IdleRow("spelling", id_, written, reason))
                continue
            owners[names[id_].kind, spelling.casefold()] = names[id_]
            taken[id_] = (*taken.get(id_, ()), spelling)
    spelled = {id_: replace(names[id_], variants=(*names[id_].variants, *some)) for id_, some in taken.items()}
    telling = {id_: telling_forms(names[id_], name, book.kinds) for id_, name in spelled.items()}
    laid = NameBook(book.kinds, tuple(spelled.get(name.id, name) for name in book.names))
    return Laid(overlay, laid, taken, telling, tuple(idle))


def _idle_spelling(name: Name, spelling: str, owners: Mapping[tuple[str, str], Name]) -> str | None:
    """Why a further spelling is not taken, or None."""
    if not spelling.isprintable() or not any(character.isalnum() for character in spelling):
        return "it is no spelling: it has no letter or digit, or characters that cannot be seen."
    owner = owners.get((name.kind, spelling.casefold()))
    if owner is None:
        return None
    if owner.id == name.id:
        return "the name book has this spelling now."
    return f"the name book has this spelling for {owner.canonical}."


def _idle_date(correction: Correction, places: Sequence[str]) -> str | None:
    """Why a correction of a date does not hold for an article that reads so, or None."""
    words = _plain(correction.words)
    if not words or not any(words in place for place in places):
        return "these words do not stand in the article now."
    try:
        if correction.edtf is not None:
            edtf.bounds(correction.edtf)
    except ValueError:
        return "what they are said to mean is no date."
    return None


def _plain(words: str) -> str:
    return " ".join(words.split())
