"""What a person typed for a name, taken apart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kzbot.language.folding import fold_names
from kzbot.language.names.people_words import PRONE_TO_BE_WORDS, without_titles
from kzbot.language.names.plain import plain
from kzbot.language.names.spelling_rules import expand_carons, key_of, without_year

LONGEST = 200
_EDGES = " \"'.,;:!?()[]"
_MOST_WORDS = 12


@dataclass(frozen=True)
class AskedName:
    """One reading of what was typed: `folded`, its plain `text`, and the `edition` that was cut off behind it (EDTF)."""

    typed: str
    folded: str
    edition: str | None = None

    @cached_property
    def text(self) -> str:
        """The plain text."""
        return plain(self.folded)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The plain words; none where they are too many for a name."""
        words = tuple(self.text.split())
        return words if len(words) <= _MOST_WORDS else ()

    @cached_property
    def key(self) -> str:
        """The key of the text."""
        return key_of(self.text)

    @cached_property
    def foreign(self) -> bool:
        """Whether it is in another script than Latin."""
        return any(character.isalpha() and not character.isascii() for character in self.text)

    @cached_property
    def personal(self) -> tuple[tuple[str, ...], ...]:
        """The words as a person's name may be written: titles off, "Surname, First" turned round; as typed comes first."""
        found = [self.words]
        before, comma, after = self.folded.partition(",")
        if comma and "," not in after:
            first, last = plain(after).split(), plain(before).split()
            stripped = without_titles([*first, "x"])
            found.append(tuple(last) if stripped == ("x",) else (*stripped[:-1], *last))
        found += [without_titles(words) for words in list(found)]
        return tuple(words for words in dict.fromkeys(found) if words and len(words) <= _MOST_WORDS)

    @cached_property
    def is_word(self) -> bool:
        """Whether it is rather an ordinary word than the surname that is spelled so."""
        return self.text in PRONE_TO_BE_WORDS and self.typed.strip().islower()

    def bare(self, nouns: Iterable[str]) -> Iterator[str]:
        """The text as it is, without an article or the word of a kind around it."""
        found = {self.text: None}
        for text in list(found):
            found[text.removeprefix("the ")] = None
        for text in list(found):
            for noun in nouns:
                found[text.removesuffix(f" {noun}").removeprefix(f"{noun} ")] = None
        return (text for text in found if text)


def readings_of(typed: str) -> list[AskedName]:
    """As it was typed, and without the year or the "'s" behind it."""
    typed = typed[:LONGEST]
    folded = _folded(typed)
    shorter, year = without_year(folded)
    found = [AskedName(typed, folded), *([AskedName(typed, shorter, year)] if year else [])]
    owner = folded.removesuffix("'s")
    return found if owner == folded else [*found, AskedName(typed, owner)]


def with_carons(asked: AskedName) -> AskedName | None:
    """The same with marked letters written out as the sounds that they are; None where there are none."""
    folded = _folded(expand_carons(asked.typed))
    return AskedName(asked.typed, folded, asked.edition) if folded != _folded(asked.typed) else None


def _folded(typed: str) -> str:
    return " ".join(fold_names(typed).text.strip(_EDGES).split())
