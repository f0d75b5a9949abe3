"""Words that a stemmer brings together though they mean other things: "based" is no base, and news need not be new."""

from collections.abc import Mapping
from functools import cache

from kzbot.language.words import stem

# Sides that do not speak of one another, a line a stem.
_APART = """
base bases | based
new newer newest newly | news
airline airlines | airliner airliners
engine engines | engineer engineers engineered engineering
organ organs | organise organize organised organized organising organizing organisation organization organisations organizations
import imports imported importing importer importers | important importance importantly
general generals generally | generate generates generated generating generation generations generator generators
universe universal universally | university universities
office offices | officer officers
custom customs customary | customer customers
author authors | authority authorities authorise authorize authorised authorized
several | severe severely severity
emerge emerges emerged emerging emergence | emergency emergencies
state states | stated stating
intern interns interned | internal internally
person persons personal personally | personality personalities
community communities | commune communes communism
major majors | majority majorities
minor minors | minority minorities
conserve conserves conserved conservation | conservative conservatives
execute executes executed executing execution executions | executive executives
public publicly | publication publications
capital capitals | capitalise capitalize capitalism capitalist
human humans | humane
secure secures secured securing securely | securities
past | paste pasted
international internationally | internationals
numerous | numerical numeric
"""


@cache
def _sides() -> Mapping[str, tuple[str, int]]:
    """For each word listed, its stem and its side."""
    found = {}
    for line in _APART.strip().splitlines():
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                found[word] = (stem(word), side)
    return found


def is_apart(asked: str, found: str) -> bool:
    """Whether two words (folded) of one stem speak of other things; for words that are not listed never."""
    one, other = _sides().get(asked), _sides().get(found)
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


def may_be_apart(asked: str) -> bool:
    """Whether another word of the same stem speaks of other things than this one."""
    return asked in _sides()
