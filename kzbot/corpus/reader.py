"""One text file with its metadata, read into an Article, or the reasons why not; and what all readers of a folder share."""

from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kzbot.corpus import metadata as keys
from kzbot.corpus import yaml_tree
from kzbot.corpus.article import Article, FileState, Rejection
from kzbot.corpus.decoding import decode
from kzbot.corpus.folder import companion_of, inside, path_id
from kzbot.corpus.foreign.described import document_of
from kzbot.corpus.foreign.found import Document
from kzbot.corpus.front_matter import Parts, take_apart
from kzbot.corpus.metadata import Metadata
from kzbot.corpus.problem import Problem, shown
from kzbot.corpus.readers import reader_of

Known = tuple[Metadata, yaml_tree.Node | None]
"""What metadata says, and its tree, which knows the lines."""


def read_article(folder: Path, state: FileState, *, max_bytes: int) -> tuple[Article | None, tuple[Rejection, ...]]:
    """The article in `state.file` below `folder`, or None with every reason that was found, never both.

    A Rejection names the file that is to be mended: the text, or NAME.yaml beside it. Metadata stands in one place:
    a text with front matter and a NAME.yaml is rejected, for nobody could say which of the two holds. Raises nothing
    for what is in the files or whether they can be read.
    """
    try:
        parts = _text(folder, state.file, max_bytes)
        known, described_in = metadata_of(folder, state, parts)
    except Problem as problem:
        return None, (Rejection(state.file, problem.reason, problem.line),)
    if isinstance(known, list):
        return None, tuple(Rejection(described_in, problem.reason, problem.line) for problem in known)
    wrong = contradictions(known, parts)
    if wrong:
        return None, tuple(Rejection(described_in, problem.reason, problem.line) for problem in wrong)
    return _article(state.file, known[0], parts)


def _text(folder: Path, file: str, max_bytes: int) -> Parts:
    parts = take_apart(decode(bytes_of(folder, file, max_bytes)))
    if not any(character.isalnum() for character in parts.body):
        after = " after its metadata" if parts.metadata is not None else ""
        raise Problem(f"it holds no text{after}; add the article, or take the file out.")
    return parts


def metadata_of(folder: Path, state: FileState, parts: Parts) -> tuple[Known | list[Problem], str]:
    """The metadata, or what is wrong with it, and the file that it stands in."""
    companion = companion_of(state.file)
    if state.companion_size is None:
        return keys.read_metadata(parts.metadata or "", first_line=2), state.file
    if parts.metadata is not None:
        name = PurePosixPath(companion).name
        raise Problem(f"it has front matter and {name} beside it as well; keep one of the two.", 1)
    try:
        written = decode(bytes_of(folder, companion, 4 * keys.MAX_CHARACTERS))
    except Problem as problem:
        return [problem], companion
    return keys.read_metadata(written), companion


def bytes_of(folder: Path, file: str, most: int) -> bytes:
    """What is in `file`. Raises Problem where it leads out of the folder, cannot be read, or is over `most` bytes."""
    with opened(folder, file) as stream:
        try:
            data = stream.read(most + 1)
        except OSError as error:
            raise unreadable(error) from None
    if len(data) > most:
        raise Problem(f"it is over the limit of {most:,} bytes; divide it, or raise corpus.max_file_bytes.")
    return data


def opened(folder: Path, file: str) -> BinaryIO:
    """`file`, open for reading. Raises Problem where it leads out of the folder or cannot be opened."""
    real = inside(folder, file)
    if real is None or not real.is_file():
        raise Problem("it is gone, or a link that leads out of the corpus folder; put the file itself here.")
    try:
        return real.open("rb")
    except OSError as error:
        raise unreadable(error) from None


def unreadable(error: OSError) -> Problem:
    """A file that the system does not give out."""
    return Problem(f"it cannot be read ({error.strerror}); give kzbot the right to read it.")


def contradictions(known: Known, parts: Parts, title: str | None = None) -> list[Problem]:
    """Lines to skip that the text has not, and corrections of words that stand nowhere in it or in `title`."""
    found, tree = known
    wrong = []
    last = parts.lines_before + parts.body.count("\n") + 1
    for number, line in enumerate(found.skip):
        where = yaml_tree.line_of(tree, ("skip", number))
        if line > last:
            wrong.append(Problem(f"skip names line {line}, but the text ends on line {last}; mend the number.", where))
        elif line <= parts.lines_before:
            first = parts.lines_before + 1
            wrong.append(
                Problem(
                    f"skip names line {line}, but the article's text begins on line {first}; mend the number.", where
                )
            )
    words_of_text = " ".join(parts.body.split()) if found.dates else ""
    for number, correction in enumerate(found.dates):
        if correction.words not in words_of_text and correction.words not in (title or found.title or ""):
            where = yaml_tree.line_of(tree, ("dates", number, "words"))
            reason = f"dates: {shown(correction.words)} does not stand in the text; copy the words as they are printed."
            wrong.append(Problem(reason, where))
    return wrong


def article_of(document: Document, file: str) -> Article:
    """The article that `document`, which has a title, makes when it lies in `file`."""
    assert document.title is not None
    credits = frozenset(name for name in (document.publisher, document.author) if name)
    reader = reader_of(PurePosixPath(file).suffix.lower())
    return Article(
        id=document.id or path_id(file),
        file=file,
        text=document.text,
        title=document.title,
        title_basis=document.title_basis,
        url=document.url,
        archived_url=document.archived_url,
        publisher=document.publisher,
        author=document.author,
        published=document.published,
        published_basis=document.published_basis,
        published_ground=document.published_ground,
        language=document.language or "en",
        corrections=document.corrections,
        blocks=reader.blocks(document.text, document.title, frozenset(document.skip), credits),
    )


def _article(file: str, found: Metadata, parts: Parts) -> tuple[Article | None, tuple[Rejection, ...]]:
    title = found.title or reader_of(PurePosixPath(file).suffix.lower()).title(parts.body)
    if title is None:
        in_front = parts.metadata is not None
        return None, (
            Rejection(file, "no title: add a line title: ... to the front matter." if in_front else no_title(file)),
        )
    skip = tuple(line - parts.lines_before for line in found.skip)
    return article_of(document_of(found, parts.body, title=title, skip=skip), file), ()


def no_title(file: str) -> str:
    """Why a file without a title is not taken."""
    return f"no title: add a line title: ... to {PurePosixPath(companion_of(file)).name} beside it."
