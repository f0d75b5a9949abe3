"""Which characters the shipped fonts have, and how others are written with them."""

import re
import unicodedata

from anyascii import anyascii

RANGES = (
    "\u0020-\u007e\u00a0-\u024f\u0259\u02bb\u02bc\u02c6-\u02dd\u0300-\u0377\u037a-\u037f\u0384-\u038a\u038c"
    "\u038e-\u03a1\u03a3-\u03e1\u03f0-\u052f\u1e00-\u1eff\u2002-\u200a\u2010-\u2027\u202f-\u203e\u2044\u2070\u2071"
    "\u2074-\u208e\u2090-\u2094\u20a0-\u20bf\u2100-\u215f\u2184\u2189\ufffd"
)
_OUTSIDE = re.compile(f"[^{re.escape(RANGES).replace(chr(92) + '-', '-')}]+")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def writable(text: str) -> str:
    """`text` on one line, in characters that the fonts have: other letters are given as Latin ones, other signs go."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    seen = "".join(letter for letter in composed if unicodedata.category(letter) not in _UNSEEN)
    return " ".join(_OUTSIDE.sub(lambda found: _latin(found[0]), seen).split())


def _latin(letters: str) -> str:
    return anyascii("".join(letter for letter in letters if unicodedata.category(letter)[0] != "S"))
