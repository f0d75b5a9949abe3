"""What is known about an article: the keys of its metadata, checked one by one.

The same keys stand in NAME.yaml beside NAME.txt or NAME.md, or between two lines `---` at the head of the text itself
(front matter). Lines in `skip` are those of the text file as an editor numbers them, from 1, front matter included.
"""

import re
import unicodedata
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kzbot.corpus import yaml_tree
from kzbot.corpus.article import PublishedBasis, TitleBasis
from kzbot.corpus.explain import problems
from kzbot.corpus.problem import Problem, shown
from kzbot.language.dates import edtf

MAX_CHARACTERS = 65_536
MAX_LINE = 2_000

_FORMS = "write a date such as 2013-11-14, 2013-11, 2013, 2003/2004 or [2009-06-24..2011-01-31] (EDTF)"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_BARE_INTERVAL = re.compile(r"\d[^/\s]*\.\.[^/\s]*\d")
_DAY_AND_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\d{2}.*", re.ASCII)


def _one_line(value: object) -> object:
    """Text with runs of white space as one blank; nothing and blanks are None."""
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    if len(text) > MAX_LINE:
        raise ValueError(f"is over {MAX_LINE:,} characters; shorten it.")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        raise ValueError("holds control characters; take them out.")
    return text or None


def _title(value: object) -> object:
    text = _one_line(value)
    if isinstance(text, str) and not any(character.isalnum() for character in text):
        raise ValueError("has no letter or digit; give the article's title.")
    return text


def _address(value: object) -> object:
    text = _one_line(value)
    if not isinstance(text, str):
        return text
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        good = False
    if not good:
        raise ValueError(
            f"is {shown(text)}; give a whole address that begins with http:// or https://, or take it out."
        )
    if "@" in parts.netloc or "\\" in text or any(unicodedata.category(character) == "Cf" for character in text):
        raise ValueError(
            f"is {shown(text)}, which may be taken for another host's;"
            " give it without a name before @, backslashes and invisible characters."
        )
    return text


def _date(value: object) -> object:
    """EDTF as written. Brackets without quotes arrive as a list of one: `[2009-06-24..2011-01-31]`."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) and ".." in value[0]:
        value = f"[{value[0]}]"
    text = _one_line(value)
    if not isinstance(text, str):
        return text
    try:
        edtf.bounds(text)
    except ValueError:
        raise ValueError(f"is {shown(text)}, which is not a date here; {_mend(text)}.") from None
    return text


def _mend(text: str) -> str:
    timed = _DAY_AND_TIME.fullmatch(text)
    if timed:
        return f"give the day alone: {timed[1]}"
    if _BARE_INTERVAL.fullmatch(text):
        return f"put some day within in brackets: [{text}]"
    return _FORMS


def _language(value: object) -> object:
    text = _one_line(value)
    if isinstance(text, str) and not _LANGUAGE.fullmatch(text):
        raise ValueError(f"is {shown(text)}; give a language code such as en, ru or kk.")
    return text


def _line_number(value: object) -> object:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and 0 < len(value) < 10 and int(value) > 0:
        return int(value)
    raise ValueError("must be a line number from 1, such as [1, 4] for two lines.")


def _items(value: object) -> object:
    return () if value is None else tuple(value) if isinstance(value, list) else value


Line = Annotated[str | None, BeforeValidator(_one_line)]
Address = Annotated[str | None, BeforeValidator(_address)]
Date = Annotated[str | None, BeforeValidator(_date)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class DateCorrection(_Strict):
    """These `words` of the article mean `edtf`, or no date where it is null."""

    words: Annotated[str, BeforeValidator(_one_line)]
    edtf: Date


class Metadata(_Strict):
    """The keys of an article's metadata. `published_basis` is None only before it is worked out in `basis`."""

    id: Line = None
    title: Annotated[str | None, BeforeValidator(_title)] = None
    url: Address = None
    archived_url: Address = None
    publisher: Line = None
    author: Line = None
    published: Date = None
    published_basis: PublishedBasis | None = None
    published_ground: Line = None
    title_basis: Literal["stated", "inferred"] | None = None
    language: Annotated[str | None, BeforeValidator(_language)] = None
    skip: Annotated[tuple[Annotated[int, BeforeValidator(_line_number)], ...], BeforeValidator(_items)] = ()
    dates: Annotated[tuple[DateCorrection, ...], BeforeValidator(_items), Field(max_length=1_000)] = ()

    @property
    def basis(self) -> PublishedBasis:
        """A date that is given without a basis counts as stated; none given is unknown."""
        return self.published_basis or ("unknown" if self.published is None else "stated")

    @property
    def basis_of_title(self) -> TitleBasis:
        """A title counts as printed in its source unless the metadata says that it was inferred."""
        return self.title_basis or "stated"


Keys = TypeVar("Keys", bound=Metadata)


def read_metadata(text: str, first_line: int = 1) -> tuple[Metadata, yaml_tree.Node | None] | list[Problem]:
    """The metadata written in `text` with its tree (for lines), or everything that is wrong with it, in order of lines.

    `first_line` is the line of the file that `text` begins on. Raises nothing.
    """
    try:
        tree = yaml_tree.read_tree(text, first_line, MAX_CHARACTERS)
    except Problem as problem:
        return [problem]
    if tree is None or (isinstance(tree, yaml_tree.Scalar) and tree.text is None):
        return Metadata(), None
    if not isinstance(tree, yaml_tree.Mapping):
        return [Problem("the metadata must be lines such as title: ..., one key a line.", tree.line)]
    found = check_metadata(Metadata, yaml_tree.plain(tree), tree)
    return found if isinstance(found, list) else (found, tree)


def check_metadata(model: type[Keys], values: object, tree: yaml_tree.Node | None = None) -> Keys | list[Problem]:
    """The metadata of these keys and written words (or null, lists, mappings), or everything that is wrong with it.

    `model` is Metadata or what adds keys to it; `tree` knows the lines of the values, where they have any.
    """
    try:
        found = model.model_validate(values)
    except ValidationError as error:
        return problems(error, tree, model)
    unfit = _unfit_basis(found)
    return found if unfit is None else [Problem(unfit, yaml_tree.line_of(tree, ("published_basis",)))]


def _unfit_basis(found: Metadata) -> str | None:
    """Why the basis that is given cannot be that of the date, or None."""
    if found.published is None and found.published_basis in ("stated", "inferred"):
        return f"published_basis is {found.published_basis}, but there is no date; add published."
    if found.published is not None and found.published_basis == "unknown":
        return "published_basis is unknown, but published gives a date; say stated or inferred."
    return None
