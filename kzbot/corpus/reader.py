"""One article file with its metadata, read into an Article, or the reasons why not."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

from kzbot.corpus import metadata as keys
from kzbot.corpus import yaml_tree
from kzbot.corpus.article import Article, Correction, FileState, Rejection
from kzbot.corpus.decoding import decode
from kzbot.corpus.folder import companion_of, inside, path_id
from kzbot.corpus.folders import Folders
from kzbot.corpus.front_matter import Parts, take_apart
from kzbot.corpus.metadata import Metadata
from kzbot.corpus.problem import Problem, shown
from kzbot.corpus.readers import reader_of

_Known = tuple[Metadata, yaml_tree.Node | None]


def read_article(folder: Path, state: FileState, *, max_bytes: int) -> tuple[Article | None, tuple[Rejection, ...]]:
    """The article in `state.file` below `folder`, or None with every reason that was found, never both.

    A Rejection names the file that is to be mended: the text, or NAME.yaml beside it. Metadata stands in one place:
    a text with front matter and a NAME.yaml is rejected, for nobody could say which of the two holds. Raises nothing
    for what is in the files or whether they can be read.
    """
    try:
        parts = _text(folder, state.file, max_bytes)
        known, described_in = _metadata(folder, state, parts)
    except Problem as problem:
        return None, (Rejection(state.file, problem.reason, problem.line),)
    if isinstance(known, list):
        return None, tuple(Rejection(described_in, problem.reason, problem.line) for problem in known)
    wrong = _contradictions(known, parts)
    if wrong:
        return None, tuple(Rejection(described_in, problem.reason, problem.line) for problem in wrong)
    return _article(state.file, known[0], parts)


def read_in(folders: Folders, state: FileState, *, max_bytes: int) -> tuple[Article | None, tuple[Rejection, ...]]:
    """The same for a file of either of two folders; the article's id does not tell in which of them it lies."""
    folder, file = folders.place(state.file)
    head = state.file.removesuffix(file)
    article, reasons = read_article(folder, replace(state, file=file), max_bytes=max_bytes)
    named = replace(article, file=state.file) if article else None
    return named, tuple(replace(one, file=head + one.file) for one in reasons)


def _text(folder: Path, file: str, max_bytes: int) -> Parts:
    parts = take_apart(decode(_bytes(folder, file, max_bytes)))
    if not any(character.isalnum() for character in parts.body):
        after = " after its metadata" if parts.metadata is not None else ""
        raise Problem(f"it holds no text{after}; add the article, or take the file out.")
    return parts


def _metadata(folder: Path, state: FileState, parts: Parts) -> tuple[_Known | list[Problem], str]:
    """The metadata, or what is wrong with it, and the file that it stands in."""
    companion = companion_of(state.file)
    if state.companion_size is None:
        return keys.read_metadata(parts.metadata or "", first_line=2), state.file
    if parts.metadata is not None:
        name = PurePosixPath(companion).name
        raise Problem(f"it has front matter and {name} beside it as well; keep one of the two.", 1)
    try:
        written = decode(_bytes(folder, companion, 4 * keys.MAX_CHARACTERS))
    except Problem as problem:
        return [problem], companion
    return keys.read_metadata(written), companion


def _bytes(folder: Path, file: str, most: int) -> bytes:
    real = inside(folder, file)
    if real is None or not real.is_file():
        raise Problem("it is gone, or a link that leads out of the corpus folder; put the file itself here.")
    try:
        with real.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise Problem(f"it cannot be read ({error.strerror}); give kzbot the right to read it.") from None
    if len(data) > most:
        raise Problem(f"it is over the limit of {most:,} bytes; divide it, or raise corpus.max_file_bytes.")
    return data


def _contradictions(known: _Known, parts: Parts) -> list[Problem]:
    """Lines to skip that the text has not, and corrections of words that stand nowhere in it."""
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
        if correction.words not in words_of_text and correction.words not in (found.title or ""):
            where = yaml_tree.line_of(tree, ("dates", number, "words"))
            reason = f"dates: {shown(correction.words)} does not stand in the text; copy the words as they are printed."
            wrong.append(Problem(reason, where))
    return wrong


def _article(file: str, found: Metadata, parts: Parts) -> tuple[Article | None, tuple[Rejection, ...]]:
    reader = reader_of(PurePosixPath(file).suffix.lower())
    title = found.title or reader.title(parts.body)
    if title is None:
        return None, (Rejection(file, _no_title(file, parts)),)
    skip = frozenset(line - parts.lines_before for line in found.skip)
    credits = frozenset(name for name in (found.publisher, found.author) if name)
    article = Article(
        id=found.id or path_id(file),
        file=file,
        text=parts.body,
        title=title,
        title_basis=found.basis_of_title,
        url=found.url,
        archived_url=found.archived_url,
        publisher=found.publisher,
        author=found.author,
        published=found.published,
        published_basis=found.basis,
        published_ground=found.published_ground,
        language=found.language or "en",
        corrections=tuple(Correction(one.words, one.edtf) for one in found.dates),
        blocks=reader.blocks(parts.body, title, skip, credits),
    )
    return article, ()


def _no_title(file: str, parts: Parts) -> str:
    if parts.metadata is not None:
        return "no title: add a line title: ... to the front matter."
    return f"no title: add a line title: ... to {PurePosixPath(companion_of(file)).name} beside it."
