"""Bytes of a file as text: UTF-8 or a plain reason why not."""

import codecs

from kzbot.corpus.problem import Problem

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b")
_FEW = 8
_MOST_CONTROLS = 0.02


def decode(data: bytes) -> str:
    """`data` as text: a byte order mark dropped, line ends as \\n, otherwise untouched.

    Raises Problem, with the line where there is one, on what is not UTF-8, on NUL bytes and on other binary data.
    """
    if data.startswith(_UTF16):
        raise Problem("it is UTF-16, which is not read; save it as UTF-8.")
    data = data.removeprefix(codecs.BOM_UTF8)
    nul = data.find(b"\0")
    if nul >= 0:
        raise Problem(
            "it holds a NUL byte, so it is not a text file; export it as plain text in UTF-8.", _line(data, nul)
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
        raise Problem(f"it is not UTF-8 at line {line}; save it as UTF-8.", line) from None
    if sum(data.count(bytes([code])) for code in _CONTROLS) > max(_FEW, _MOST_CONTROLS * len(data)):
        raise Problem("it is full of control characters, so it is not a text file; export it as plain text in UTF-8.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(data: bytes, position: int) -> int:
    """The line of a byte, counted as it will be once line ends are \\n."""
    return data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
