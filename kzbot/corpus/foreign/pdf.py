"""A PDF: its text page by page, put back into paragraphs, and the title that it declares. Runs in the child only.

A PDF's dates are those of the file, not of what is printed in it, and are not taken; nor is its author, who is often the
owner of the machine that made it, unless the name is printed too.
"""

import io
import logging
import re

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from kzbot.corpus.article import TitleBasis
from kzbot.corpus.foreign.found import Document
from kzbot.corpus.foreign.page import checked
from kzbot.corpus.foreign.pdf_lines import paragraphs, without_running_lines
from kzbot.corpus.lines import letters_and_digits
from kzbot.corpus.problem import Problem

_MOST_PAGES = 1_000
_FILE_NAME = re.compile(r"^microsoft |^untitled|^(?:layout|slide|page) ?\d+$|\.[a-z]{2,5}\d?$", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=[-_]|$)")
_TO_TEXT = "save the article's text in a .txt file."


def read_pdf(data: bytes) -> Document:
    """The text of a PDF. Raises Problem where it is encrypted, scanned, broken, or too long."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Problem("it is locked with a password; give one that opens without.")
        if len(reader.pages) > _MOST_PAGES:
            raise Problem(f"it has over {_MOST_PAGES:,} pages; give the article alone.")
        pages = [page.extract_text().split("\n") for page in reader.pages]
        title, author, language = _said(reader)
    except DependencyError:
        raise Problem(f"it is encrypted in a way that is not read; give one that is not, or {_TO_TEXT}") from None
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, ArithmeticError) as error:
        raise Problem(f"it is no PDF that can be read ({_short(error)}); save it anew, or {_TO_TEXT}") from None
    return _document(pages, title, author, language)


def _said(reader: PdfReader) -> tuple[str | None, str | None, str | None]:
    """Title, author and language that the file declares."""
    about, language = reader.metadata, reader.root_object.get("/Lang")
    code = str(language) if language else None
    return (None, None, code) if about is None else (about.title, about.author, code)


def _document(pages: list[list[str]], title: str | None, author: str | None, language: str | None) -> Document:
    text = "\n\n".join(paragraphs(without_running_lines(pages)))
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    if not any(character.isalnum() for character in text):
        raise Problem(f"it holds pictures of text and no text (a scan); {_TO_TEXT}")
    letters = letters_and_digits(text)
    good, basis = _title(title, letters)
    code = _LANGUAGE.match(language or "")
    return Document(
        text=text,
        title=good,
        title_basis=basis,
        author=_printed(checked("author", author), letters),
        language=code[0].lower() if code else None,
    )


def _title(given: str | None, letters: str) -> tuple[str | None, TitleBasis]:
    """The title that the file declares: as stated where it is printed, else as made up; none where it is a file's name."""
    title = checked("title", given)
    if title is None or _FILE_NAME.search(title):
        return None, "stated"
    return title, "stated" if _printed(title, letters) else "inferred"


def _printed(words: str | None, letters: str) -> str | None:
    known = letters_and_digits(words or "")
    return words if known and known in letters else None


def _short(error: Exception) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return said if len(said) <= 80 else f"{said[:79]}…"
