"""A text as its words and marks, with what typography alone decides evened out.

What is evened out: white space and line ends of every kind, bullets and other signs at the beginning of a line, the kinds
of dashes, of quotation marks and of apostrophes, the ellipsis as one sign or as dots, soft hyphens and other invisible
characters, ligatures, composed and decomposed accents, and the signs of Markdown. All else counts: words, the case of their
letters, numbers, and every other mark, also whether there is a quotation mark or a dash at all.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

DOTS = "…"
QUOTE = '"'
_SOFT = "\u00ad"
_BY_KIND = {
    "'": "‘’‛ʼʹ′´＇",
    '"': "“”„‟«»‹›‚″〝〞〟「」『』＂",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d",
    " ": "•‣◦▪▫●○■□∙➢➤*_`\\",
    _SOFT: "\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff",
    "\n": "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029",
}
_EVEN = {sign: kind for kind, signs in _BY_KIND.items() for sign in signs}
_UNLIKE = _EVEN.keys()
_ODD_BLANK = re.compile(r"[^\S \n\t]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Scripts that are written without blanks: each character is a word of its own.
_SINGLE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    r"(?m:^)[ \t\u00ad]*(?:[-+>#·]+[ \t]+)+"  # signs at the beginning of a line
    r"|!?\[(?=[^\[\]\n]{0,300}\]\([^()\s]{0,500}\))|\]\([^()\s]{0,500}\)|~~|\|\||·"  # Markdown around words
    rf"|([{_SINGLE}]"
    rf"|[^\W_{_SINGLE}](?:[^\W_{_SINGLE}]+|[\u0300-\u036f\u00ad]|['·](?=[^\W_])|(?<=\d)[.:](?=\d)|(?<=\d),(?=\d{{1,3}}(?!\d)))*"
    r"|\.(?:[^\S\n]?\.){2,}|…|-+|['\"]+|[^\s\w\u00ad])"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The words and marks of a text in order: `keys` as they are compared, with their offsets into the text, end exclusive."""

    text: str = field(repr=False)
    keys: Sequence[str]
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)

    def places(self, keys: Sequence[str], start: int = 0) -> list[int]:
        """Where these keys stand one behind the other, from the key at `start` on: the number of their first."""
        if not keys:
            return []
        first, count = keys[0], len(keys)
        found = []
        try:
            at = start
            while True:
                at = self.keys.index(first, at)
                if self.keys[at : at + count] == keys:
                    found.append(at)
                at += 1
        except ValueError:
            return found

    def slice(self, first: int, last: int) -> str:
        """The text from the key `first` to before the key `last`, to the letter."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


def read(text: str, start: int = 0, end: int | None = None) -> Reading:
    """The words and marks of `text[start:end]`, offsets into `text`; time and space linear in the length."""
    return read_even(text, even(text), start, len(text) if end is None else end)


def read_even(text: str, evened: str, start: int, end: int) -> Reading:
    """As `read`, of a text that was made even before."""
    keys, starts, ends = [], [], []
    for match in _TOKEN.finditer(evened, start, end):
        first, last = match.span(1)
        if first < 0:
            continue
        key = match[1]
        keys.append(key if key.isascii() and key.isalnum() else _key(key))
        starts.append(first)
        ends.append(last)
    return Reading(text, keys, starts, ends)


def is_word(key: str) -> bool:
    """Whether a key is a word or a number and no mark."""
    return key[0].isalnum()


def even(text: str) -> str:
    """The text with signs that differ in kind only as one of them; offsets stay."""
    if text.isascii():
        for sign in "*_`\\\r\v\f":
            text = text.replace(sign, _EVEN[sign])
        return text
    for sign in set(text) & _UNLIKE:
        text = text.replace(sign, _EVEN[sign])
    return _ODD_BLANK.sub(" ", text)


def _key(token: str) -> str:
    first = token[0]
    if first == "-":
        return "-"
    if first in "'\"":
        return QUOTE
    if first == "." and len(token) > 1:
        return DOTS
    if token.isascii():
        return token
    key = unicodedata.normalize("NFC", token.replace(_SOFT, ""))
    for ligature, letters in _LIGATURES.items():
        key = key.replace(ligature, letters)
    return key or token
