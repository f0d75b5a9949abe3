"""What a person says of an article in a form: read like the metadata of a file, and refused in the same sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kzbot.corpus.foreign.found import Document
from kzbot.corpus.metadata import Metadata, check_metadata
from kzbot.corpus.problem import Problem, shown
from kzbot.language.dates.typed import read_typed

_KEYS = (
    "id",
    "title",
    "url",
    "archived_url",
    "publisher",
    "author",
    "published",
    "published_basis",
    "published_ground",
    "language",
)
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}", re.ASCII)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ONE_DAY, _OTHER_DAY = date(1999, 3, 3), date(2024, 10, 29)
"""Words that mean the same, whichever of these days it is, tell a date without doubt."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a person typed; a field is empty where they typed nothing.

    `ground`: what the date is inferred from; empty where the article prints it.
    """

    title: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""
    ground: str = ""


def form_of(known: Metadata) -> Form:
    """The form as it opens: what is known already."""
    inferred = known.published_ground if known.basis == "inferred" else None
    return Form(known.title or "", known.url or "", known.publisher or "", known.published or "", inferred or "")


def fill_in(form: Form, known: Metadata, *, printed: str) -> tuple[Metadata, list[Problem]]:
    """What is known with the form's fields in place of those that it has, and everything that is wrong with the form; a field
    with which something is wrong stays as it was known.

    A date that was not changed keeps its ground. One that was typed counts as stated, with the ground `printed`, unless
    the form says what it is inferred from: then it is inferred.
    """
    wrong = list[Problem]()
    values = written(known)
    if form.title.strip() != (known.title or ""):
        values = _taken({**values, "title": form.title, "title_basis": None}, values, wrong)
    for key in ("url", "publisher"):
        values = _taken({**values, key: getattr(form, key)}, values, wrong)
    if (form.published.strip(), form.ground.strip()) != (form_of(known).published, form_of(known).ground):
        try:
            values = _taken({**values, **_dated(form, known, printed)}, values, wrong)
        except Problem as problem:
            wrong.append(problem)
    found = read_written(values)
    assert isinstance(found, Metadata)
    if not form.title.strip():
        wrong.insert(0, Problem("title is missing; give the article's title."))
    return found, wrong


def read_written(values: Mapping[str, Any]) -> Metadata | list[Problem]:
    """The metadata in written words (the reverse of `written`), or everything that is wrong with it."""
    return check_metadata(Metadata, dict(values))


def written(known: Metadata) -> dict[str, Any]:
    """Metadata as its file would have it: words, lists of words, null; what is not known is left out."""
    values: dict[str, Any] = {key: given for key in _KEYS if (given := getattr(known, key)) is not None}
    if known.basis_of_title == "inferred":
        values["title_basis"] = "inferred"
    if known.skip:
        values["skip"] = [str(line) for line in known.skip]
    if known.dates:
        values["dates"] = [{"words": one.words, "edtf": one.edtf} for one in known.dates]
    return values


def metadata_of(document: Document) -> Metadata:
    """What a foreign file says of its article; a value that no metadata could have counts as not said."""
    values: dict[str, Any] = {
        key: given for key in _KEYS if key != "published_basis" and (given := getattr(document, key)) is not None
    }
    values = {key: given for key, given in values.items() if not isinstance(read_written({key: given}), list)}
    if "published" in values and document.published_basis != "unknown":
        values["published_basis"] = document.published_basis
    if "title" in values and document.title_basis == "inferred":
        values["title_basis"] = "inferred"
    if document.skip:
        values["skip"] = [str(line) for line in document.skip]
    if document.corrections:
        values["dates"] = [{"words": one.words, "edtf": one.edtf} for one in document.corrections]
    found = read_written(values)
    return Metadata() if isinstance(found, list) else found


def _taken(changed: dict[str, Any], before: dict[str, Any], wrong: list[Problem]) -> dict[str, Any]:
    """The changed values without empty ones; those before where they cannot be taken, for reasons that are added to `wrong`."""
    values = {key: value for key, value in changed.items() if value is not None and value != ""}
    found = read_written(values)
    if isinstance(found, Metadata):
        return values
    wrong += found
    return before


def _dated(form: Form, known: Metadata, printed: str) -> dict[str, Any]:
    """The values of the date that was typed. Raises Problem."""
    ground, typed = form.ground.strip(), form.published.strip()
    if typed:
        basis = "inferred" if ground else "stated"
        return {"published": _read(typed), "published_basis": basis, "published_ground": ground or printed}
    kept = known.published_ground if known.published is None else None
    return {"published": None, "published_basis": None, "published_ground": ground or kept}


def _read(typed: str) -> str:
    """The date in EDTF. Raises Problem where it cannot be read without doubt."""
    found = read_written({"published": typed})
    if isinstance(found, Metadata):
        assert found.published is not None
        return found.published
    numbers = _NUMBERS.fullmatch(typed)
    if numbers and max(int(numbers[1]), int(numbers[2])) <= 12 and numbers[1] != numbers[2]:
        raise Problem(
            f"published is {shown(typed)}, of which either number may be the month; write it as 2013-11-14 or 14 November 2013."
        )
    read = read_typed(typed, _ONE_DAY) if _YEAR.search(typed) else None
    if read is None or read != read_typed(typed, _OTHER_DAY) or read.earliest is None or read.latest is None:
        raise found[0]
    return read.edtf
