"""Names as they are compared: folded words with one blank between them, and nothing else."""

import re
from collections.abc import Sequence

from kzbot.language.folding import fold_names

_SIGNS = {ord(sign): " " for sign in '".,:;!?()[]{}/\\|*#+=<>~^%$@…·•„“”«»\t\n\r'}
_SIGNS |= {ord("'"): None, ord("&"): " and "}  # type: ignore[dict-item]
_BETWEEN = "\0"
_CUT = re.compile(r"\bco (?=oper|ordin)")


def plain(text: str) -> str:
    """`text` folded, without signs: dashes, stops and commas are blanks, apostrophes nothing, "&" is "and", "co-operation" one word."""
    words = " ".join(fold_names(text).text.translate(_SIGNS).split())
    return _CUT.sub("co", words) if "co o" in words else words


def plain_all(texts: Sequence[str]) -> list[str]:
    """`plain` of many texts, those in ASCII at once."""
    found = [""] * len(texts)
    ascii_at = [at for at, text in enumerate(texts) if text.isascii() and _BETWEEN not in text]
    folded = fold_names(_BETWEEN.join(texts[at] for at in ascii_at)).text.translate(_SIGNS).split(_BETWEEN)
    for at, words in zip(ascii_at, folded, strict=False):
        found[at] = " ".join(words.split())
        if "co o" in found[at]:
            found[at] = _CUT.sub("co", found[at])
    for at, text in enumerate(texts):
        if not found[at]:
            found[at] = plain(text)
    return found
