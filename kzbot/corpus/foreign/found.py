"""What was found in a foreign file: its articles, with what the file itself says of them, and nothing invented."""

import json
from dataclasses import asdict, dataclass
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from kzbot.corpus.article import Correction, PublishedBasis, TitleBasis

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Document:
    """One article of a foreign file: `text` is its words to the letter, a paragraph a line, or lines as they were.

    Everything else is None where the file does not say it. `published` is EDTF; `published_basis` is `stated` only where
    the file states it as the date of publication, and `published_ground` says where. `skip`: lines of `text`, from 1, that
    are no article text. `line`: of a .jsonl, from 1.
    """

    text: str
    title: str | None = None
    title_basis: TitleBasis = "stated"
    url: str | None = None
    archived_url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: PublishedBasis = "unknown"
    published_ground: str | None = None
    language: str | None = None
    id: str | None = None
    line: int | None = None
    skip: tuple[int, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a line of one (from 1), that was not taken: `reason` is a sentence that says what to do."""

    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of one file, in its order, and the lines of a .jsonl that were not taken."""

    documents: tuple[Document, ...]
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child says to one file: what it found, or why nothing; and whether it is still fit to read another."""

    __pydantic_config__ = _STRICT

    found: Found | None = None
    refused: Annotated[tuple[Refusal, ...], Field(max_length=1)] = ()
    sound: bool = True


_ANSWER = TypeAdapter(Answer)


def to_json(answer: Answer) -> bytes:
    """One line of JSON in ASCII, without its line end."""
    return json.dumps(asdict(answer), ensure_ascii=True, separators=(",", ":")).encode()


def from_json(line: bytes) -> Answer | None:
    """The reverse of `to_json`, None where `line` is not that: the child may have been taken over by what it read."""
    try:
        return _ANSWER.validate_json(line)
    except (ValidationError, ValueError):
        return None
