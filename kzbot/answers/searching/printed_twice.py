"""The same wire text in several articles: found among what a search ranks, so that it is shown once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kzbot.answers.model import Evidence
from kzbot.answers.searching.ranking import Ranked
from kzbot.language.same_text import Wording, same_text, wording


@dataclass(frozen=True, slots=True)
class Text:
    """Passages that print one text, the best ranked first; `event` is what they share, None where there is but one."""

    passages: tuple[Ranked, ...]
    event: str | None = None


def letters_of(address: str) -> str:
    """The part of an address that tells the letters and digits of a passage, whichever article it stands in."""
    return address.rpartition("#")[2].partition("-")[0]


def texts(ranked: Sequence[Ranked]) -> list[Text]:
    """The passages, those of one text together in the place of the first of them."""
    found: list[list[Ranked]] = []
    by_letters: dict[str, list[Ranked]] = {}
    by_figures: dict[tuple[str, ...], list[tuple[Wording, list[Ranked]]]] = {}
    for one in ranked:
        letters = letters_of(one.passage.address)
        held = by_letters.get(letters)
        if held is None:
            own = wording(one.passage.text)
            alike = by_figures.setdefault(own.figures, [])
            held = next((group for other, group in alike if same_text(other, own)), None)
            if held is None:
                held = []
                found.append(held)
                alike.append((own, held))
            by_letters[letters] = held
        held.append(one)
    return [Text(tuple(group), letters_of(group[0].passage.address) if len(group) > 1 else None) for group in found]


def elsewhere(item: Evidence) -> Iterator[tuple[Evidence, bool]]:
    """In which other articles an item's text stands, each once, and whether to the letter."""
    known = {item.article}
    for other in item.others:
        if other.article not in known:
            known.add(other.article)
            yield other, letters_of(other.address) == letters_of(item.address)


def together(items: Sequence[Evidence]) -> Evidence:
    """The first of the items of one text, with the others beside it."""
    return replace(items[0], others=tuple(items[1:]))
