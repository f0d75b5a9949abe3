"""What sort of thing a name names, as its article tells: "Ryanair, an airline", "the A380 is an aircraft"."""

import re
from functools import lru_cache

from kzbot.language.names.carried.keys import is_designator
from kzbot.language.names.carried.tables import COMMON, LEGAL
from kzbot.language.words import STOP_WORDS

_SORTS = (
    "aircraft airplane airplanes aeroplane aeroplanes plane planes jet jets airliner airliners jetliner jetliners superjumbo"
    " superjumbos jumbo",
    "airline airlines carrier carriers",
    "manufacturer manufacturers maker makers planemaker airframer automaker carmaker builder producer",
    "helicopter helicopters",
    "ship ships vessel vessels boat boats ferry ferries submarine submarines warship warships",
    "car cars vehicle vehicles sedan automobile automobiles truck trucks",
    "phone phones smartphone smartphones handset handsets device devices tablet tablets laptop laptops computer computers",
    "rocket rockets launcher launchers missile missiles",
    "spacecraft probe probes satellite satellites shuttle",
    "software browser application applications app apps",
    "bank banks lender lenders",
    "agency agencies watchdog regulator regulators",
    "newspaper newspapers magazine magazines broadcaster broadcasters",
    "university universities",
    "airport airports",
    "stadium stadiums",
    "ministry",
    "department",
    "commission",
    "committee",
    "consortium",
    "union unions",
    "retailer retailers",
    "exchange",
    "company companies firm firms corporation corporations",
)
SORT_OF = {noun: number for number, nouns in enumerate(_SORTS) for noun in nouns.split()}
"""The nouns that may stand for a name, and which of them are the same sort of thing."""

COMPANY = SORT_OF["company"]
COMPANIES = frozenset(
    SORT_OF[noun] for noun in ("company", "airline", "manufacturer", "bank", "newspaper", "consortium", "retailer")
)
"""The sorts of thing that are companies too."""

THINGS = frozenset(
    SORT_OF[noun] for noun in ("aircraft", "helicopter", "ship", "car", "phone", "rocket", "spacecraft", "software")
)
"""The sorts of thing that are made, and often named with a figure."""

_OWN_WORDS = {
    "airlines": "airline",
    "airways": "airline",
    "airline": "airline",
    "bank": "bank",
    "agency": "agency",
    "university": "university",
    "airport": "airport",
    "ministry": "ministry",
    "department": "department",
    "commission": "commission",
    "committee": "committee",
    "company": "company",
    "corporation": "company",
    "group": "company",
    **dict.fromkeys(LEGAL, "company"),
}
_NOUNS = "|".join(sorted(SORT_OF, key=len, reverse=True))
_HEAD = re.compile(
    rf"\b({_NOUNS})(?=$|\s(?:that|which|whose|in|of|from|with|based|to|and|for|by|on|at|made|built|owned|designed|operated|"
    r"developed|currently|ever|\w+ing)\b)"
)
_BEFORE = re.compile(rf"\b({_NOUNS}),?\s(?:``|[\"“'‘])?$")
_IS = re.compile(
    r"(?:''|[\"”’'])?(?:\)?,\s(?:an?|the|[\w-]+['’]s)\s|\s(?:is|was|are|were)\s(?:an?|the|[\w-]+['’]s|now the)\s)(?=([^.,;:]{3,90}))"
)
_BEHIND = re.compile(rf"\s((?:[a-z-]+\s){{0,2}})({_NOUNS})\b")
_LOOK = 30


def sorts_told(text: str, start: int, end: int, name: str) -> set[int]:
    """The sorts of thing that the words around `text[start:end]`, a mention of `name`, say that it is."""
    told = set()
    before = _BEFORE.search(text[max(0, start - _LOOK) : start])
    if before and (SORT_OF[before[1]] not in THINGS or is_numbered(name)):
        told.add(SORT_OF[before[1]])
    described = _IS.match(text, end)
    noun = _HEAD.search(described[1]) if described else None
    if noun:
        told.add(SORT_OF[noun[1]])
    behind = _BEHIND.match(text, end) if is_numbered(name) else None
    if behind and not any(word in STOP_WORDS or word.endswith(("s", "ed")) for word in behind[1].split()):
        told.add(SORT_OF[behind[2]])
    return told


@lru_cache(maxsize=65536)
def is_numbered(name: str) -> bool:
    """Whether a figure tells it from others of its sort ("A380", "Boeing 787"; not "Flight 447", "Terminal 3")."""
    words = name.casefold().split()
    return any(is_designator(word) and (not at or words[at - 1] not in COMMON) for at, word in enumerate(words))


@lru_cache(maxsize=65536)
def own_sort(name: str) -> frozenset[int]:
    """The sort of thing that the last word of a name says that it is ("Singapore Airlines")."""
    noun = _OWN_WORDS.get(name.rsplit(maxsplit=1)[-1].replace(".", "").casefold())
    return frozenset({SORT_OF[noun]} if noun else ())
