"""Bytes of an HTML page as text, by the rules of browsers where they hold, and by what the bytes are where they do not.

Order: a byte order mark; UTF-8, if the bytes are (a page that was saved anew keeps its old declaration); what the server
or the page declares (WHATWG Encoding Standard, https://encoding.spec.whatwg.org/#names-and-labels, for how labels are
meant); a careful guess. Runs in the child only.
"""

import codecs
import re

from kzbot.corpus.problem import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{2,40})""", re.I
)
_HEAD = 4096
_MEANT = {
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_OF_PAGES = (
    *(f"cp125{number}" for number in range(9)),
    "koi8_r",
    "koi8_u",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
)
_NOT_OF_TEXT = frozenset({"utf-7", "utf-16", "utf-32", "idna", "punycode", "unicode-escape", "raw-unicode-escape"})
_FEW_BROKEN = 0.1
_MOST_CHAOS = 0.1


def decode_page(data: bytes, charset: str | None = None) -> str:
    """`data` as text; `charset` is what the server said. U+FFFD stands where a UTF-8 page has a broken byte.

    Raises Problem where the encoding cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for label in (charset, _declared(data)):
        known = _known(label)
        if known is None or known == "utf-8":
            continue
        try:
            return data.decode(known)
        except UnicodeDecodeError:
            continue
    broken = data.decode("utf-8", "replace")
    beyond = sum(character > "\x7f" for character in broken)
    return broken if broken.count("\ufffd") <= _FEW_BROKEN * beyond + 1 else _guessed(data)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, _HEAD)
    return found[1].decode("ascii", "replace") if found else None


def _known(label: str | None) -> str | None:
    """The codec that a label means, None where there is none for text."""
    try:
        info = codecs.lookup((label or "").strip().lower())
        b"".decode(info.name)  # refuses what is no encoding of text, such as base64
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if info.name.partition("-le")[0] in _NOT_OF_TEXT else _MEANT.get(info.name, info.name)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - comes with the optional extra

    best = from_bytes(data, cp_isolation=list(_OF_PAGES)).best()
    if best is None or best.chaos > _MOST_CHAOS or not best.coherence:
        raise Problem("its encoding cannot be told; save the page as UTF-8.")
    return str(best)
