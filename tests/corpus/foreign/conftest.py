"""Pages and PDFs made for one test, and one child that reads them for a whole module."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from kzbot.corpus.foreign.found import Document
from kzbot.corpus.foreign.limits import Limits
from kzbot.corpus.foreign.reader import ForeignReader

BODY = (
    "The ministers met in the capital on Friday and signed a plan for the coming year, as the two sides had agreed.",
    "“No ship may leave,” the captain of the port said — and none did, though the weather was fair by then.",
    "It was the third meeting of its kind, and the last that the older of the two men was to attend in person.",
)


@pytest.fixture(scope="module")
def foreign() -> Iterator[ForeignReader]:
    """Reads foreign files; short of time and memory, so that a bomb is known quickly."""
    with ForeignReader(Limits(memory=400 << 20, seconds=2, wait=20), most=100_000) as reader:
        yield reader


@pytest.fixture(scope="module")
def one(foreign: ForeignReader) -> Callable[..., Document]:
    """The one document in a file."""

    def read(name: str, data: bytes | str, **given: Any) -> Document:
        found = foreign.read(name, data.encode() if isinstance(data, str) else data, **given)
        (document,) = found.documents
        return document

    return read


def page(head: str = "", body: str = "", *, paragraphs: Sequence[str] = BODY, html: str = '<html lang="en">') -> str:
    """An HTML page with an article, a menu, readers' comments and a foot."""
    text = "".join(f"<p>{one}</p>\n" for one in paragraphs)
    return f"""<!doctype html>{html}<head>{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World news</a></li></ul></nav>
<div id="cookies">We use cookies to make this site better. <button>Accept all</button></div>
<article><h1>Storm closes the harbour</h1>{body}{text}</article>
<div id="comments"><h3>Comments</h3><p>What a silly article this is, said a reader who did not like it at all.</p></div>
<footer>© 2012 The Harbour Herald. All rights reserved. <a href="/contact">Contact us</a></footer></body></html>"""


@pytest.fixture(scope="session")
def make_page() -> Callable[..., str]:
    return page


def pdf(pages: Sequence[Sequence[str]], info: str = "", *, catalog: str = "", packed: bytes | None = None) -> bytes:
    """A PDF whose pages hold these lines in Helvetica; `packed` is a compressed stream in place of the first page's own."""
    objects: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{4 + 2 * at} 0 R' for at in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, lines in enumerate(pages):
        shown = b"\n".join(
            b"BT /F1 10 Tf 1 0 0 1 50 %d Tm (%s) Tj ET" % (780 - 14 * number, _escaped(line))
            for number, line in enumerate(lines)
        )
        data = packed if packed is not None and at == 0 else zlib.compress(shown)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (5 + 2 * at)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data))
    objects.append(f"<< {info} >>".encode())
    return assembled(objects)


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def assembled(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects: the first is its catalog, the last its information."""
    data, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    data += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, size - 1, start)
    return bytes(data)


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    return pdf
