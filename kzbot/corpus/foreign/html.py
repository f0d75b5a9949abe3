"""An HTML page: the article's own words, a paragraph a line, and what the page says of it. Runs in the child only."""

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
from kzbot.corpus.problem import Problem

_SHORT = 200
_LINES = frozenset(
    {"p", "head", "item", "row", "quote", "code", "fw", "ab", "summary", "div", "list", "table", "details"}
)
_BLANKS = str.maketrans("\r\n\t", "   ")
_NO_TEXT = "no article was found on the page; save the article's text in a .txt file."


def read_html(data: bytes, charset: str | None = None, address: str | None = None) -> Document:
    """The article of a page that came from `address`, whose server named `charset`, where these are known. Raises Problem."""
    tree = _tree(decode_page(data, charset))
    text = "\n\n".join(_article(tree))
    if not any(character.isalnum() for character in text):
        raise Problem(_NO_TEXT)
    if "\ufffd" in text:
        raise Problem("some of its letters are broken (its encoding is not what it says); save the page as UTF-8.")
    return describe(tree, text, address)


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
    options = Extractor(config=config, comments=False, precision=precision, fast=not precision)
    found = bare_extraction(deepcopy(tree), options=options)
    return [line for line in _lines(found.body) if line] if isinstance(found, Extracted) else []


def _lines(body: Any) -> Iterator[str]:
    """The text of trafilatura's tree: each paragraph, heading, list item and row of a table is a line, cells part by a tab."""
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag in _LINES:
                yield _joined(parts)
            elif element.tag == "lb":
                parts.append("\n")
            elif element.tag == "cell" and parts:
                parts.append("\t")
            parts.append(_blank(element.text))
            continue
        if element.tag in _LINES:
            yield _joined(parts)
        if element is not body:
            parts.append(_blank(element.tail))
    yield _joined(parts)


def _blank(text: str | None) -> str:
    """Line ends of the source are blanks, as a browser shows them."""
    return (text or "").translate(_BLANKS)


def _joined(parts: list[str]) -> str:
    """What was collected, runs of white space as one blank, line breaks kept; `parts` is empty afterwards."""
    lines = [
        "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip() for line in "".join(parts).split("\n")
    ]
    parts.clear()
    return "\n".join(line for line in lines if line)
