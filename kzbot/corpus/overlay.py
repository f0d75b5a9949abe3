"""What moderators laid over the corpus: corrections, spellings and withdrawals that no file of theirs holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from kzbot.corpus.article import Correction


@dataclass(frozen=True, slots=True)
class Overlay:
    """`withdrawn`: ids of articles that are not taken though their files are there. `dates`: corrections by article id, as
    `dates:` in the metadata would give them; they win over those of the file. `spellings`: further spellings by the id of a
    name of the book.
    """

    withdrawn: frozenset[str] = frozenset()
    dates: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        withdrawn: Iterable[str] = (),
        dates: Iterable[tuple[str, str, str | None]] = (),
        spellings: Iterable[tuple[str, str]] = (),
    ) -> Self:
        """From rows: ids; (article, words, EDTF or None), of which a later one on the same words wins; (name, spelling)."""
        by_article: dict[str, dict[str, Correction]] = {}
        for article, words, edtf in dates:
            by_article.setdefault(article, {})[words] = Correction(words, edtf)
        by_name: dict[str, dict[str, None]] = {}
        for name, spelling in spellings:
            by_name.setdefault(name, {})[spelling] = None
        return cls(
            frozenset(withdrawn),
            {article: tuple(by_words.values()) for article, by_words in sorted(by_article.items())},
            {name: tuple(given) for name, given in sorted(by_name.items())},
        )

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values, always in the same order."""
        return {
            "withdrawn": sorted(self.withdrawn),
            "dates": [[article, one.words, one.edtf] for article, some in self.dates.items() for one in some],
            "spellings": [[name, one] for name, some in self.spellings.items() for one in some],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`."""
        return cls.of(value["withdrawn"], map(tuple, value["dates"]), map(tuple, value["spellings"]))
