"""Names as they are compared: folded words with one blank between them, and nothing else."""

import re
from collections.abc import Sequence

from kzbot.language.folding import names_folded

_SIGNS = {ord(sign): " " for sign in '".,:;!?()[]{}/\\|*#+=<>~^%$@…·•„“”«»\t\n\r'}
_SIGNS |= {ord("'"): None, ord("&"): " and "}  # type: ignore[dict-item]
_BETWEEN = "\0"
_CUT = re.compile(r"\bco (?=oper|ordin)")


def plain(text: str) -> str:
    """`text` folded, without signs: dashes, stops and commas are blanks, apostrophes nothing, "&" is "and", "co-operation" one
    word."""
    words = " ".join(names_folded(text).translate(_SIGNS).split())
    return _CUT.sub("co", words) if "co o" in words else words


def plain_all(texts: Sequence[str]) -> list[str]:
    """`plain` of many texts, which takes less time at once."""
    whole = names_folded(_BETWEEN.join(texts)).translate(_SIGNS).split(_BETWEEN)
    if len(whole) != len(texts):
        return [plain(text) for text in texts]
    found = [" ".join(words.split()) for words in whole]
    return [_CUT.sub("co", words) if "co o" in words else words for words in found]
