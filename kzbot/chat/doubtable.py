"""What can be doubted on a card: the dates and names of the excerpts that it shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kzbot.answers.corrections.standing import NameStanding
from kzbot.answers.model import DatedMark, Evidence
from kzbot.chat.cards.frame import Entry
from kzbot.chat.fit import CHOICES
from kzbot.querylog.ledger.rows import ReportKind


@dataclass(frozen=True, slots=True)
class Doubtable:
    """Words of an excerpt (`item`) and what they are read as: a date (`mark`) or a name (`name`, None where the name book
    does not list it). `words` are on one line, and empty for the article's own date."""

    kind: ReportKind
    item: Evidence
    words: str
    mark: DatedMark | None = None
    name: str | None = None


def can_be_doubted(entry: Entry) -> bool:
    """Whether an entry shows a date or a name."""
    return entry.item is not None and bool(entry.item.dates or entry.item.names)


def dates_of(entries: Iterable[Entry]) -> list[Doubtable]:
    """The dates that the entries show, each once, as many as a select holds; those of the articles themselves last."""
    own: dict[tuple[str, str, str], Doubtable] = {}
    published: dict[str, Doubtable] = {}
    for item in _items(entries):
        for one in item.dates:
            words = " ".join((one.mark.words or "").split())
            if one.mark.basis == "published":
                published.setdefault(item.article, Doubtable("date", item, "", one))
            elif words:
                own.setdefault((item.address, words, one.mark.edtf), Doubtable("date", item, words, one))
    return [*own.values(), *published.values()][:CHOICES]


def names_of(entries: Iterable[Entry], standing: Mapping[str, Sequence[NameStanding]]) -> list[Doubtable]:
    """The names that stand in the excerpts that the entries show, each once a reading; those of the name book first."""
    found = [
        Doubtable("name", item, one.words, None, one.name)
        for item in _items(entries)
        for one in standing.get(item.address, ())
    ]
    once: dict[tuple[str, str | None], Doubtable] = {}
    for one in sorted(found, key=lambda one: one.name is None):
        once.setdefault((one.words, one.name), one)
    return list(once.values())[:CHOICES]


def addresses_of(entries: Iterable[Entry]) -> list[str]:
    """The addresses of the passages that the entries show."""
    return [item.address for item in _items(entries)]


def _items(entries: Iterable[Entry]) -> list[Evidence]:
    return [entry.item for entry in entries if entry.item is not None]
