"""The articles of one file of a corpus folder, whatever its kind: a text, a page, a PDF, or many in JSON Lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kzbot.corpus import yaml_tree
from kzbot.corpus.article import Article, FileState, Rejection
from kzbot.corpus.folder import companion_of
from kzbot.corpus.folders import Folders
from kzbot.corpus.foreign.described import document_of, merged
from kzbot.corpus.foreign.extras import needs_extra
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.corpus.front_matter import Parts
from kzbot.corpus.json_lines import SUFFIX, article_file, raw_lines, read_line
from kzbot.corpus.problem import Problem
from kzbot.corpus.reader import (
    article_of,
    bytes_of,
    contradictions,
    metadata_of,
    no_title,
    opened,
    read_article,
    unreadable,
)


def read_articles(
    folder: Path, state: FileState, foreign: ForeignReader, *, max_bytes: int
) -> Iterator[Article | Rejection]:
    """The articles in `state.file` below `folder`, and every reason that was found why one is not taken.

    A Rejection names the file that is to be mended, the text or NAME.yaml beside it, and a line of it where there is one.
    A .jsonl holds an article a line; it is read line by line, and `max_bytes` bounds each. Every other file holds one
    article or has rejections, never both. Raises nothing for what is in the files or whether they can be read.
    """
    if PurePosixPath(state.file).suffix.lower() == SUFFIX:
        yield from _read_lines(folder, state.file, max_bytes)
        return
    if needs_extra(state.file):
        article, rejected = _read_page(folder, state, foreign, max_bytes)
    else:
        article, rejected = read_article(folder, state, max_bytes=max_bytes)
    yield from rejected
    if article is not None:
        yield article


def read_in(
    folders: Folders, state: FileState, foreign: ForeignReader, *, max_bytes: int
) -> Iterator[Article | Rejection]:
    """The same for a file of either of two folders; an article's id does not tell in which of them it lies."""
    folder, file = folders.place(state.file)
    head = state.file.removesuffix(file)
    for one in read_articles(folder, replace(state, file=file), foreign, max_bytes=max_bytes):
        yield replace(one, file=head + one.file)


def _read_page(
    folder: Path, state: FileState, foreign: ForeignReader, max_bytes: int
) -> tuple[Article | None, tuple[Rejection, ...]]:
    """A page or PDF, read in the child; NAME.yaml beside it goes before what it says of itself."""
    try:
        (document,) = foreign.read(state.file, bytes_of(folder, state.file, max_bytes)).documents
    except Problem as problem:
        return None, (Rejection(state.file, problem.reason, problem.line),)
    parts, companion = Parts(None, document.text, 0), companion_of(state.file)
    known, _ = metadata_of(folder, state, parts)
    if isinstance(known, list):
        return None, _rejected(companion, known)
    try:
        document = merged(document, known[0])
    except Problem as problem:
        return None, (Rejection(companion, problem.reason, yaml_tree.line_of(known[1], ("skip",))),)
    wrong = contradictions(known, parts, document.title)
    if wrong:
        return None, _rejected(companion, wrong)
    if document.title is None:
        return None, (Rejection(state.file, no_title(state.file)),)
    return article_of(document, state.file), ()


def _read_lines(folder: Path, file: str, max_bytes: int) -> Iterator[Article | Rejection]:
    """The articles of a .jsonl, one by one."""
    seen: dict[str, int] = {}
    number = 0
    try:
        with opened(folder, file) as stream:
            for number, raw in raw_lines(stream, max_bytes):
                yield _article_of_line(file, number, raw, max_bytes, seen)
    except Problem as problem:
        yield Rejection(file, problem.reason)
    except OSError as error:
        yield Rejection(file, unreadable(error).reason)
    else:
        if not number:
            yield Rejection(file, "it holds no line; write one article a line, or take the file out.")


def _article_of_line(
    file: str, number: int, raw: bytes | None, max_bytes: int, seen: dict[str, int]
) -> Article | Rejection:
    """The article of line `number`; `seen` are the lines of ids that came before it, and gets this one's."""
    try:
        line = read_line(raw, max_bytes)
        assert line.id is not None
        if line.id in seen:
            raise Problem(f"its id is that of line {seen[line.id]} already; give it another.")
        wrong = contradictions((line, None), Parts(None, line.text, 0))
        if wrong:
            raise Problem(" ".join(problem.reason for problem in wrong))
    except Problem as problem:
        return Rejection(file, problem.reason, number)
    seen[line.id] = number
    article = article_of(document_of(line, line.text, title=line.title, skip=line.skip), file)
    return replace(article, file=article_file(file, line.id))


def _rejected(file: str, problems: Sequence[Problem]) -> tuple[Rejection, ...]:
    return tuple(Rejection(file, problem.reason, problem.line) for problem in problems)
