"""An HTML page: the article's own words, a paragraph a line, and what the page says of it. Runs in the child only."""

import re
from collections.abc import Iterator
from configparser import ConfigParser
from copy import deepcopy
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction
from trafilatura.settings import DEFAULT_CONFIG, Extractor
from trafilatura.settings import Document as Extracted

from kzbot.corpus.foreign.found import Document
from kzbot.corpus.foreign.html_encoding import decode_page
from kzbot.corpus.foreign.page import describe
from kzbot.corpus.lines import ends_sentence, letters_and_digits
from kzbot.corpus.problem import Problem

_SHORT = 200
_LONGEST_CELL = 80
_LINES = frozenset(
    {"p", "head", "item", "row", "quote", "code", "fw", "ab", "summary", "div", "list", "table", "details"}
)
_MANY_BREAKS = re.compile(r"\n{3,}")
_BLANKS = str.maketrans("\r\n\t", "   ", "\u00ad\u200b\ufeff")
_NO_TEXT = "no article was found on the page; save the article's text in a .txt file."


def read_html(data: bytes, charset: str | None = None, address: str | None = None) -> Document:
    """The article of a page that came from `address`, whose server named `charset`, where these are known. Raises Problem."""
    tree = _tree(decode_page(data, charset))
    text = "\n\n".join(_article(tree))
    if not any(character.isalnum() for character in text):
        raise Problem(_NO_TEXT)
    if "\ufffd" in text:
        raise Problem("some of its letters are broken (its encoding is not what it says); save the page as UTF-8.")
    found = describe(tree, text, address)
    if letters_and_digits(text) == letters_and_digits(found.title or ""):
        raise Problem(_NO_TEXT)
    return found


def _tree(page: str) -> Any:
    if not page.strip():
        raise Problem("it is empty; save the page anew.")
    clean = "".join(" " if _is_control(character) else character for character in page)
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise Problem(_NO_TEXT) from None
    if any("xcessive depth" in error.message or "huge" in error.message.lower() for error in parser.error_log):
        raise Problem("it is nested too deeply; save the article's text in a .txt file.")
    return tree


def _is_control(character: str) -> bool:
    return (character < " " and character not in "\t\n\r\f") or character in "\x7f\ufffe\uffff"


def _article(tree: Any) -> list[str]:
    """The paragraphs of the article: cautiously first, and where little is found so, less cautiously.

    trafilatura's rescue of pages that give little text, which takes all of the page, is kept out of both.
    """
    cautious = _paragraphs(tree, precision=True)
    if sum(map(len, cautious)) >= _SHORT:
        return cautious
    return max(cautious, _paragraphs(tree, precision=False), key=lambda found: sum(map(len, found)))


def _paragraphs(tree: Any, *, precision: bool) -> list[str]:
    config: ConfigParser = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "0"
    options = Extractor(config=config, comments=False, links=True, precision=precision, fast=not precision)
    found = bare_extraction(deepcopy(tree), options=options)
    return [line for line in _lines(found.body) if line] if isinstance(found, Extracted) else []


def _lines(body: Any) -> Iterator[str]:
    """The text of trafilatura's tree: each paragraph, heading, list item and row of a table is a line.

    A line or cell that is all link and no sentence leads elsewhere, and is left out.
    """
    line, links = _Line(), 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _LINES:
            yield line.taken(heading=element.tag == "head" and event == "end")
        if event == "start":
            links += element.tag == "ref"
            if element.tag == "cell":
                line.begin_cell()
            line.add("\n" if element.tag == "lb" else "", False)
            line.add(_blank(element.text), links > 0)
            continue
        links -= element.tag == "ref"
        if element is not body:
            line.add(_blank(element.tail), links > 0)
    yield line.taken(heading=False)


class _Line:
    """A line under way: its cells (one, but in tables), and of each its parts and whether all its words are a link's."""

    def __init__(self) -> None:
        self._cells: list[tuple[list[str], list[bool]]] = []
        self.begin_cell()

    def begin_cell(self) -> None:
        self._cells.append(([], []))

    def add(self, text: str, linked: bool) -> None:
        parts, links = self._cells[-1]
        parts.append(text)
        links.append(linked or not any(character.isalnum() for character in text))

    def taken(self, *, heading: bool) -> str:
        """What was collected, runs of white space as one blank, line breaks kept; the next line begins empty.

        Short cells of a row stand in one line, parted by tabs; those of a table that only lays out a page do not.
        """
        found = []
        for parts, links in self._cells:
            rows = [" ".join(row.split()) for row in "".join(parts).split("\n")]
            text = _MANY_BREAKS.sub("\n\n", "\n".join(rows)).strip("\n")
            if text and (heading or not all(links) or ends_sentence(text)):
                found.append(text)
        self._cells = []
        self.begin_cell()
        laid_out = any("\n" in text or len(text) > _LONGEST_CELL for text in found)
        return ("\n\n" if laid_out else "\t").join(found)


def _blank(text: str | None) -> str:
    """Line ends of the source are blanks, as a browser shows them; marks of where a word may be broken are nothing."""
    return (text or "").translate(_BLANKS)
