"""YAML as a small tree of mappings, lists and written words, each with its line; nothing is interpreted.

YAML 1.1 reads `2012-09-01` as a day, `1997` as a number and `no` as false. Here every scalar keeps the letters it was
written with, so that a date keeps its precision. The tree is built from parser events, not by composing nodes: deep
nesting is refused while it is read, and cannot exhaust a stack. Anchors, aliases and tags are refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from kzbot.corpus.problem import Problem, shown

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 8

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MENDS = {
    "mapping values are not allowed": "put a value that holds a colon in quotation marks",
    "could not find expected ':'": "write every line as key: value, and put long values in quotation marks",
    "cannot start any token": "indent with blanks, not tabs, and put a value that begins with a sign in quotation marks",
    "unexpected end of stream": "close the quotation mark",
    "while parsing a block mapping": "give all keys the same indent, and close what is quoted",
    "unknown escape": "use single quotation marks around a value that holds a backslash",
}


@dataclass(slots=True)
class Scalar:
    """Written words; `text` is None for an unquoted null, `~` or nothing at all."""

    text: str | None
    line: int


@dataclass(slots=True)
class Sequence:
    """A list; `flow` tells the form in square brackets."""

    line: int
    flow: bool
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their values, in order, none twice; `lines` holds the line of each key."""

    line: int
    entries: dict[str, "Node"] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping

_Event = Any  # types-PyYAML knows the events only as untyped attributes
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_tree(text: str, first_line: int = 1, limit: int = MAX_CHARACTERS) -> Node | None:
    """The one document in `text` as a tree, None where it holds none; lines are counted from `first_line`.

    Raises Problem on what is not YAML, a key given twice, anchors, aliases, tags, a second document, more than `limit`
    characters or more than eight levels.
    """
    if len(text) > limit:
        raise Problem(f"it is over {limit:,} characters, too long for what it is; shorten it.", first_line)
    strange = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if strange is not None:
        line = first_line + text.count("\n", 0, strange.start())
        raise Problem("it holds a character that YAML does not allow; take it out.", line)
    try:
        return _build(_events(text), first_line)
    except yaml.MarkedYAMLError as error:
        at_end = "end of stream" in str(error.problem)
        mark = (at_end and error.context_mark) or error.problem_mark or error.context_mark
        raise Problem(_sentence(error), first_line + mark.line if mark else None) from None
    except yaml.YAMLError:
        raise Problem("it is not valid YAML; write every line as key: value.", first_line) from None


def plain(node: Node | None) -> object:
    """The tree as str, None, list and dict, for validation."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node is None else node.text


def line_of(node: Node | None, path: tuple[int | str, ...]) -> int | None:
    """The line of what stands at `path`, or of the last step of it that exists."""
    line = None if node is None else node.line
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            line, node = node.lines[step], node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line = node.line
        else:
            break
    return line


def _events(text: str) -> Iterator[_Event]:
    return iter(yaml.parse(text, Loader=_LOADER))


def _build(events: Iterator[_Event], first_line: int) -> Node | None:
    builder = _Builder(first_line)
    for event in events:
        builder.take(event)
    return builder.root


class _Builder:
    """Puts events together; `_stack` holds the open lists and mappings, `_keys` the key each mapping waits with."""

    def __init__(self, first_line: int) -> None:
        self.root: Node | None = None
        self._first_line = first_line
        self._stack: list[Sequence | Mapping] = []
        self._keys: list[tuple[str, int] | None] = []
        self._documents = 0

    def take(self, event: _Event) -> None:
        line = self._first_line + event.start_mark.line
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise Problem("a second document starts here; keep one and take the line --- out.", line)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._stack.pop()
            self._keys.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, line)

    def _node(self, event: _Event, line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise Problem("anchors and aliases (& and *) are not read; write the value out, or put it in quotes.", line)
        if event.tag not in (None, "!"):
            raise Problem("tags (!) are not read; write the plain value, or put it in quotation marks.", line)
        if isinstance(event, yaml.ScalarEvent):
            unquoted = event.style in (None, "")
            self._place(Scalar(None if unquoted and event.value in _NULLS else event.value, line), line)
            return
        opened: Sequence | Mapping
        opened = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Sequence(line, bool(event.flow_style))
        self._place(opened, line)
        self._stack.append(opened)
        self._keys.append(None)
        if len(self._stack) > MAX_DEPTH:
            raise Problem("it is nested too deeply; close the brackets, or put the value in quotation marks.", line)

    def _place(self, node: Node, line: int) -> None:
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        waiting = self._keys[-1]
        if waiting is None:
            self._keys[-1] = self._key(parent, node, line)
            return
        key, key_line = waiting
        parent.entries[key], parent.lines[key] = node, key_line
        self._keys[-1] = None

    def _key(self, parent: Mapping, node: Node, line: int) -> tuple[str, int]:
        if not isinstance(node, Scalar) or node.text is None:
            raise Problem("a key must be one word; put a value in brackets or braces in quotation marks.", line)
        if node.text in parent.entries:
            first = parent.lines[node.text]
            raise Problem(f"the key {shown(node.text)} is given twice (first on line {first}); keep one.", line)
        return node.text, line


def _sentence(error: yaml.MarkedYAMLError) -> str:
    what = " ".join(part for part in (error.context, error.problem) if part)
    mend = next((mend for sign, mend in _MENDS.items() if sign in what), "put the value in quotation marks")
    return f"it is not valid YAML ({error.problem or error.context or 'it cannot be read'}); {mend}."
