"""The name book's file, config/names.yaml, read strictly: what it may hold is described at its top."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kzbot.corpus import yaml_tree
from kzbot.corpus.decoding import decode
from kzbot.corpus.explain import problems
from kzbot.corpus.problem import Problem, either, shown, unknown_key
from kzbot.errors import NameBookError
from kzbot.language.names.book import Kind, Name, NameBook

MAX_BYTES = 50_000_000

RESERVED = frozenset(("timeline", "source", "search", "who", "check", "new", "help", "corpus", "log", "privacy"))
"""Commands that the bot has already, so that no profile command can have their names."""
MOST_PROFILES = 50
"""Discord takes 100 commands of one application."""

_PROFILE = re.compile(r"[\w-]{1,32}")
_KEYS = ("kinds", "names")
_KIND_NAME = re.compile(r"[^\W\d_]+")
_NOT_IN_ID = re.compile(r"[\W_]+")

_Model = TypeVar("_Model", bound=BaseModel)


def _text(value: object) -> object:
    if isinstance(value, str):
        words = " ".join(value.split())
        if not any(character.isalnum() for character in words):
            raise ValueError("is empty; write a name, or take the line out.")
        return words
    if value is None:
        raise ValueError("is empty; write a name, or put a word such as null or ~ in quotation marks.")
    return value


def _list(value: object) -> object:
    return () if value is None else tuple(value) if isinstance(value, list) else value


def _flag(value: object) -> object:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise ValueError(f"is {shown(str(value))}; it must be true or false.")


def _profile(value: object) -> object:
    """A name that Discord takes for a command (its documentation, "Application Command Naming")."""
    name = str(value) if isinstance(value, str | int) else ""
    if not _PROFILE.fullmatch(name) or name != name.lower():
        raise ValueError(f"is {shown(str(value))}; a command is one word in lower case, at most 32 characters.")
    if name in RESERVED:
        raise ValueError(f"is {shown(name)}, which is a command already; choose another word.")
    return name


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Kind(_Strict):
    nouns: Texts = ()
    profile: Annotated[str, BeforeValidator(_profile)] | None = None


class _Entry(_Strict):
    kind: Text
    name: Text
    variants: Texts = ()
    adjectives: Texts = ()
    related: Texts = ()
    exact_case: Annotated[bool, BeforeValidator(_flag)] = False


def read_name_book(path: Path) -> NameBook:
    """Kinds and names of the file, in its order.

    Raises NameBookError, one sentence with file, line and mend, at the first thing that is wrong: bad YAML, an unknown
    key or kind, a name without letters, two entries of one id, a spelling that two entries of one kind share, a related
    id that does not exist.
    """
    try:
        return _book(_tree(path))
    except Problem as problem:
        line = f", line {problem.line}" if problem.line else ""
        raise NameBookError(f"{path}{line}: {problem.reason}") from None


def name_id(kind: str, name: str) -> str:
    """The id of an entry: "kind:name" in lower case, a hyphen for every run of what is not a letter or a digit."""
    return f"{kind.casefold()}:{_NOT_IN_ID.sub('-', name.casefold()).strip('-')}"


def _tree(path: Path) -> yaml_tree.Mapping:
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise Problem(f"the name book cannot be read ({error.strerror}); mend corpus.names in the settings.") from None
    if len(data) > MAX_BYTES:
        raise Problem(f"the name book is over {MAX_BYTES:,} bytes; shorten it.")
    tree = yaml_tree.read_tree(decode(data), limit=MAX_BYTES)
    if tree is None or (isinstance(tree, yaml_tree.Scalar) and tree.text is None):
        return yaml_tree.Mapping(1)
    if not isinstance(tree, yaml_tree.Mapping):
        raise Problem("the name book must begin with the keys kinds: and names:.", tree.line)
    for key in tree.entries:
        if key not in _KEYS:
            raise Problem(unknown_key(key, _KEYS), tree.lines[key])
    return tree


def _book(tree: yaml_tree.Mapping) -> NameBook:
    kinds = tuple(_kinds(tree.entries.get("kinds")))
    entries = list(_entries(tree.entries.get("names"), [kind.name for kind in kinds]))
    _refuse_doubles(entries)
    known = {name.id for name, _ in entries}
    for name, node in entries:
        for number, related in enumerate(name.related):
            if related not in known:
                line = yaml_tree.line_of(node, ("related", number))
                raise Problem(f"the related id {shown(related)} is no entry's; {_nearest_id(related, known)}", line)
            if related == name.id:
                raise Problem(
                    f"{shown(related)} is related to itself; take it out.", yaml_tree.line_of(node, ("related",))
                )
    return NameBook(kinds, tuple(name for name, _ in entries))


def _kinds(node: yaml_tree.Node | None) -> Iterator[Kind]:
    if node is None or (isinstance(node, yaml_tree.Scalar) and node.text is None):
        return
    if not isinstance(node, yaml_tree.Mapping):
        raise Problem("kinds must be keys with values, such as person: {}.", node.line)
    profiles: set[str] = set()
    for name, value in node.entries.items():
        if not _KIND_NAME.fullmatch(name) or name != name.lower():
            raise Problem(f"the kind {shown(name)} must be one word in lower case.", node.lines[name])
        given = {} if isinstance(value, yaml_tree.Scalar) and value.text is None else yaml_tree.plain(value)
        found = _checked(_Kind, given, value)
        if found.profile is not None:
            profiles.add(found.profile)
        if len(profiles) > MOST_PROFILES:
            raise Problem(f"there are over {MOST_PROFILES} profiles; let kinds share some.", node.lines[name])
        yield Kind(name, found.nouns, found.profile)


def _entries(node: yaml_tree.Node | None, kinds: list[str]) -> Iterator[tuple[Name, yaml_tree.Node]]:
    if node is None or (isinstance(node, yaml_tree.Scalar) and node.text is None):
        return
    if not isinstance(node, yaml_tree.Sequence):
        raise Problem("names must be a list of entries that begin with a hyphen, such as - kind: person.", node.line)
    for item in node.items:
        found = _checked(_Entry, yaml_tree.plain(item), item)
        if found.kind not in kinds:
            allowed = either(kinds) if kinds else "one of kinds, which is empty"
            line = yaml_tree.line_of(item, ("kind",))
            raise Problem(f"the kind {shown(found.kind)} is not among kinds; it must be {allowed}.", line)
        own = name_id(found.kind, found.name)
        yield (
            Name(own, found.kind, found.name, found.variants, found.adjectives, found.related, found.exact_case),
            item,
        )


def _checked(model: type[_Model], given: object, node: yaml_tree.Node) -> _Model:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise problems(error, node, model)[0] from None


def _refuse_doubles(entries: list[tuple[Name, yaml_tree.Node]]) -> None:
    ids: dict[str, int | None] = {}
    spellings: dict[tuple[str, str], tuple[str, int | None]] = {}
    for name, node in entries:
        line = yaml_tree.line_of(node, ("name",))
        if name.id in ids:
            raise Problem(f"{shown(name.id)} is an entry already, on line {ids[name.id]}; put the two together.", line)
        ids[name.id] = line
        for spelling, where in _spellings(name, node):
            key = (name.kind, spelling.casefold())
            if key in spellings:
                owner, first = spellings[key]
                raise Problem(
                    f"the spelling {shown(spelling)} is given already, on line {first} for {shown(owner)}; keep one.",
                    where,
                )
            spellings[key] = (name.canonical, where)


def _spellings(name: Name, node: yaml_tree.Node) -> Iterator[tuple[str, int | None]]:
    yield name.canonical, yaml_tree.line_of(node, ("name",))
    for number, variant in enumerate(name.variants):
        yield variant, yaml_tree.line_of(node, ("variants", number))


def _nearest_id(wanted: str, known: set[str]) -> str:
    near = get_close_matches(wanted, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else "it must be kind:name of an entry, as in person:jane-doe."
