"""Names of the texts as entries for config/names.yaml."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import yaml

from kzbot.answers.profiles.unlisted import Unlisted
from kzbot.corpus.names_file import name_id
from kzbot.index.rows import NameRow
from kzbot.language.names.book import Kind
from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.carried.tables import COMMON, DIRECTIONS
from kzbot.phrases import Phrases

_UNKNOWN = "kind"


def entries(
    phrases: Phrases, found: Iterable[Unlisted], kinds: Sequence[Kind], names: Mapping[str, NameRow]
) -> Iterator[str]:
    """Lines to be put at the end of `names:`; an entry whose kind the book does not have is commented out.

    What a book with these `names` would refuse is left out: ids and spellings that it has already.
    """
    ids = set(names)
    spelled = {(name.kind, form.casefold()) for name in names.values() for form in (name.canonical, *name.variants)}
    known = [kind.name for kind in kinds]
    explained = False
    for one in found:
        kind = one.kind if one.kind in known else None
        own = kind or _UNKNOWN
        if name_id(own, one.name) in ids or (own, one.name.casefold()) in spelled:
            continue
        ids.add(name_id(own, one.name))
        yield f"  # {_about(phrases, one)}"
        if kind is None and not explained:
            yield f"  # {phrases.say('cli.names.choose_kind', kinds=', '.join(known))}"
            explained = True
        for line in _dumped(_entry(one, kind, spelled, own)):
            yield f"  {'# ' if kind is None else ''}{line}"


def _about(phrases: Phrases, one: Unlisted) -> str:
    parts = [
        phrases.say("cli.names.mentions", count=one.mentions),
        phrases.say("cli.names.articles", count=one.articles),
    ]
    parts += [one.years] if one.years else []
    parts += [said_ground(phrases, one)]
    if one.like:
        parts.append(phrases.say("cli.names.like", names=", ".join(one.like)))
    return " ".join(", ".join(parts).split())


def said_ground(phrases: Phrases, one: Unlisted) -> str:
    """What it is, and on what ground that is guessed."""
    if one.kind is None or one.ground is None:
        return phrases.say("cli.names.unknown")
    return phrases.say("cli.names.guess", kind=one.kind, ground=phrases.say(f"cli.names.ground.{one.ground}"))


def _entry(one: Unlisted, kind: str | None, spelled: set[tuple[str, str]], own: str) -> dict[str, object]:
    entry: dict[str, object] = {"kind": kind, "name": one.name}
    spelled.add((own, one.name.casefold()))
    keys, last = {key_of(one.name)}, key_of(one.name).rsplit(maxsplit=1)[-1]
    for form in one.forms:
        key = key_of(form)
        if (own, form.casefold()) in spelled or _is_plain(key, keys) or _says_little(key):
            continue
        keys.add(key)
        spelled.add((own, form.casefold()))
        listed = entry.setdefault("adjectives" if key == last else "variants", [])
        assert isinstance(listed, list)
        listed.append(form)
    return entry


def _is_plain(key: str, known: set[str]) -> bool:
    """Whether a form is a known one, its plural, or a known one with a word before it."""
    return bool({key, key.removesuffix("s"), key.removesuffix("es")} & known) or key.endswith(
        tuple(f" {one}" for one in known)
    )


def _says_little(key: str) -> bool:
    """Whether a form is too general to stand in a book: figures, or common nouns alone ("Air Force")."""
    words = key.split()
    return not any(c.isalpha() for c in key) or all(word in COMMON or word in DIRECTIONS for word in words)


def _dumped(entry: Mapping[str, object]) -> list[str]:
    text = yaml.safe_dump([dict(entry)], allow_unicode=True, sort_keys=False, width=1_000_000)
    return text.replace("kind: null", "kind:").rstrip("\n").split("\n")
