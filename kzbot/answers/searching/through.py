"""Through which spellings an answer was found: what its evidence writes otherwise than the question does."""

from collections.abc import Iterable, Sequence

from kzbot.answers.model import MatchedThrough
from kzbot.answers.searching.concepts import Asked
from kzbot.index import passages
from kzbot.index.generation import Generation
from kzbot.index.rows import FormRow
from kzbot.index.scope import Scope
from kzbot.index.spellings import spellings
from kzbot.language.folding import fold_names
from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.spelling_rules import without_year

MOST = 5
"""So many spellings are told, the most used first."""


async def through(
    generation: Generation,
    asked: str,
    scope: Scope,
    guessed: Sequence[MatchedThrough] = (),
    *,
    by_article: bool = False,
) -> tuple[MatchedThrough, ...]:
    """The spellings of the names of `scope` that its passages write and `asked` does not, behind those `guessed`.

    The whole list counts and not the page that is shown, so that every page says the same.
    """
    return spelled_otherwise(asked, await spellings(generation, scope, by_article=by_article), guessed)


async def through_passages(generation: Generation, asked: Asked, numbers: Iterable[int]) -> tuple[MatchedThrough, ...]:
    """The same for the names of a question in words, from what these passages mention; at most five in all."""
    names = [concept for concept in asked.concepts if concept.kind == "name" and concept.names]
    mentions = await passages.mentions_of(generation, numbers) if names else {}
    told: list[MatchedThrough] = []
    for concept in names:
        own = [one for some in mentions.values() for one in some if one.name in concept.names]
        guessed = [one for one in asked.matched_through if one.asked == concept.asked and one.how != "variant"]
        told += spelled_otherwise(concept.asked, [FormRow(one.words, one.by, 1) for one in own], guessed)
    known = {concept.asked for concept in names}
    others = [one for one in asked.matched_through if one.asked not in known]
    return (*others, *told[: max(0, MOST - len(others))])


def spelled_otherwise(
    asked: str, forms: Iterable[FormRow], guessed: Sequence[MatchedThrough] = ()
) -> tuple[MatchedThrough, ...]:
    """What these forms say in another spelling than `asked`, or than it was read as.

    Case, accents, a year behind it, a possessive, a plural, and a longer form that holds the asked words are no other
    spelling. Adjectives and references ("American", "the exercise") are told only where there is nothing else.
    """
    found = list(forms)
    told = [one.used for one in guessed]
    own, read = [_plain(asked)], [_plain(one) for one in told]
    names = [row for row in found if row.by not in ("adjective", "reference")]
    others: dict[str, tuple[str, int]] = {}
    for row in names or found:
        form = " ".join(without_year(" ".join(row.form.split()))[0].split())
        plain = _plain(form)
        if plain:
            first, mentions = others.get(plain.replace(" ", ""), (_shown(form), 0))
            others[plain.replace(" ", "")] = (first, mentions + row.mentions)
    spelled: list[MatchedThrough] = []
    for form, _ in sorted(others.values(), key=lambda one: (-one[1], one[0])):
        plain = _plain(form)
        if not any(_is_same(one, plain) for one in (*own, *read)) and not any(_is_same(plain, one) for one in read):
            own.append(plain)
            spelled.append(MatchedThrough(asked, form, "variant"))
    return (*guessed, *spelled[: max(0, MOST - len(guessed))])


def _plain(form: str) -> str:
    """A form as it is compared: folded, without a year behind it, in the singular."""
    words = key_of(without_year(fold_names(form.strip(" \"'“”‘’«».,;:!?()")).text.strip())[0]).split()
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def _is_same(asked: str, form: str) -> bool:
    return f" {asked} " in f" {form} " or asked.replace(" ", "") == form.replace(" ", "")


def _shown(form: str) -> str:
    return form.strip(" \"'“”‘’«»")
