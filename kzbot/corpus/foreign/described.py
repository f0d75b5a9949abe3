"""Documents that metadata describes: alone, or in place of what a page says of itself."""

from dataclasses import replace

from kzbot.corpus.article import Correction
from kzbot.corpus.foreign.found import Document
from kzbot.corpus.metadata import Metadata
from kzbot.corpus.problem import Problem


def document_of(
    known: Metadata, text: str, *, title: str | None, line: int | None = None, skip: tuple[int, ...] = ()
) -> Document:
    """A document that is described by metadata alone."""
    return Document(
        text=text,
        title=title,
        title_basis=known.basis_of_title,
        url=known.url,
        archived_url=known.archived_url,
        publisher=known.publisher,
        author=known.author,
        published=known.published,
        published_basis=known.basis,
        published_ground=known.published_ground,
        language=known.language,
        id=known.id,
        line=line,
        skip=skip,
        corrections=tuple(Correction(one.words, one.edtf) for one in known.dates),
    )


def merged(document: Document, known: Metadata) -> Document:
    """The document with what `known` gives in place of what it said itself. Raises Problem where `known` names lines.

    Title and date go over with their grounds: where `known` gives one, what the page says of it counts no more.
    """
    if known.skip:
        raise Problem("skip counts the lines of a text, which an HTML page or a PDF does not have; take it out.")
    plain = {
        key: value
        for key in ("id", "url", "archived_url", "publisher", "author", "language")
        if (value := getattr(known, key)) is not None
    }
    document = replace(document, corrections=tuple(Correction(one.words, one.edtf) for one in known.dates), **plain)
    if known.title is not None:
        document = replace(document, title=known.title, title_basis=known.basis_of_title)
    elif known.title_basis is not None:
        document = replace(document, title_basis=known.title_basis)
    if known.published is None and known.published_basis is None and known.published_ground is None:
        return document
    if known.published is None and known.published_basis is None:
        return replace(document, published_ground=known.published_ground)
    return replace(
        document,
        published=known.published,
        published_basis=known.basis,
        published_ground=known.published_ground,
    )
