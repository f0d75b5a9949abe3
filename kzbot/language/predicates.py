"""What English sentences say is done, and in which tense: the groups of words around finite verbs.

Written by eye, from forms alone: enough to tell what has just happened from what is, was or will be.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from kzbot.language.dates.lexicon import words_of
from kzbot.language.irregular_verbs import VERBS
from kzbot.language.quotations import within
from kzbot.language.spans import Span

Kind = Literal["perfect", "said", "past", "state", "present", "pluperfect", "modal", "participle"]
"""`perfect`: has done; `said`: a verb of saying, in any tense; `state`: was so, has been so or has been doing; `participle`:
done, without an auxiliary of its own."""


class Predicate(NamedTuple):
    """A verb with its auxiliaries: offsets in code points, end exclusive."""

    start: int
    end: int
    kind: Kind


class _Word(NamedTuple):
    start: int
    end: int
    written: str
    low: str


_WORD = re.compile(r"[^\W\d_][\w’']*(?:-[\w’']+)*|[,;:()–—]|--|\d[\w.,]*")
_BETWEEN = frozenset(
    words_of("also now just not already so far since still never ever all both yet again recently once then only long")
)
_MODAL = frozenset(words_of("will would could may might can cannot should must shall won't can't won’t can’t"))
_SAYS = frozenset(
    words_of(
        "said says say stated states told tells announced announces announce confirmed confirms confirm added adds reported "
        "reports replied replies commented comments claimed claims claim warned warns denied denies deny declared declares "
        "noted notes insisted insists revealed reveals admitted admits explained explains argued argues stressed stresses "
        "acknowledged acknowledges urged urges pledged pledges vowed vows"
    )
)
_ALSO_NOUNS = frozenset(words_of("states reports comments claims notes say claim reveals"))
_PRONOUNS = frozenset(words_of("he she it they who we i you officials"))
_NO_PAST = frozenset(
    words_of(
        "need needed speed indeed hundred united allied based so-called related aged skilled limited used red bed feed seed reed armed "
        "combined detailed estimated unmanned proposed planned"
    )
)
_ALSO_BASE = frozenset(words_of("come run become put set cut hit let cost shut spread quit read beat"))
_SETS_OFF = frozenset(words_of("a an the its their his her our of with and or this that these those no"))
_HAVE, _HAD = frozenset(words_of("has have 've ’ve")), frozenset(words_of("had 'd ’d"))
_IS, _WAS = frozenset(words_of("is are am 're ’re isn't aren't")), frozenset(words_of("was were wasn't weren't"))
_PARTICIPLES = frozenset(
    form
    for line in VERBS.strip().splitlines()
    for family in line.split(";")
    for form in family.split()[2:]
    if not form.endswith("ing")
)
_ONLY_PARTICIPLES = frozenset(
    words_of(
        "been done gone seen taken given known begun spoken written driven fallen grown shown chosen thrown forgotten eaten sung "
        "flown frozen stolen withdrawn undertaken overtaken arisen borne hidden ridden shaken swum torn woken drunk rung blown "
        "broken drawn risen sworn worn sunk shrunk"
    )
)
_LEADS_UP = re.compile(
    r"\b(?:when|while|after|as|if|although|though|because|since|before|once|until|whereas)\b", re.IGNORECASE
)
_LONGEST = 160
"""Words of a sentence that are looked at: what comes later does not tell of what it is about."""


_LONGEST_ASIDE = 8


def predicates(text: str, start: int, end: int, quotations: Sequence[Span] = ()) -> list[Predicate]:
    """The predicates of the sentence `text[start:end]` in order, those inside `quotations` left out."""
    found_words: Iterator[re.Match[str]] = _WORD.finditer(text, start, end)
    if quotations:
        found_words = (match for match in found_words if not within(quotations, match.start()))
    words = [
        _Word(match.start(), match.end(), match[0], match[0].lower().replace("’", "'"))
        for match in islice(found_words, _LONGEST)
    ]
    found: list[Predicate] = []
    at = 0
    while at < len(words):
        kind, behind = _read(words, at)
        if kind is not None:
            found.append(Predicate(words[at].start, words[behind - 1].end, kind))
        at = max(behind, at + 1)
    return found


def main_predicates(text: str, span: Span, found: Sequence[Predicate]) -> list[Predicate]:
    """Those of `found` that do not belong to a clause which leads up to the sentence ("When asked ..., he replied")."""
    told = [one for one in found if one.kind != "participle"]
    if told and _LEADS_UP.search(text, span.start, told[0].start):
        comma = text.find(",", told[0].end, span.end)
        behind = [one for one in told if one.start > comma] if comma >= 0 else []
        return behind or told
    return told


def _read(words: Sequence[_Word], at: int) -> tuple[Kind | None, int]:
    """The predicate that begins at this word, if any, and the word behind it."""
    low = words[at].low
    if low in _HAVE or low in _HAD:
        behind = _over(words, _behind_aside(words, at + 1))
        if behind < len(words) and (_is_participle(words[behind].low) or words[behind].low == "been"):
            end = _rest(words, behind + 1)
            if (
                low in _HAVE
                and words[behind].low == "been"
                and not any(_is_participle(word.low) for word in words[behind + 1 : end])
            ):
                return "state", end
            return ("perfect" if low in _HAVE else "pluperfect"), end
        return ("present" if low in _HAVE else "past"), at + 1
    if low in _MODAL:
        return "modal", min(_rest(words, _over(words, at + 1)) + 1, len(words))
    if low in _IS or low in _WAS:
        behind = _rest(words, _over(words, at + 1))
        done = any(_is_participle(word.low) for word in words[at + 1 : behind])
        return ("present" if low in _IS else "past" if done else "state"), behind
    if low in _SAYS and _is_verb_of_saying(words, at):
        return "said", at + 1
    if is_past(low):
        return _past(words, at), at + 1
    return None, at + 1


def _over(words: Sequence[_Word], at: int) -> int:
    """The first word from `at` on that is no adverb."""
    while at < len(words) and (words[at].low in _BETWEEN or words[at].low.endswith("ly")):
        at += 1
    return at


def _behind_aside(words: Sequence[_Word], at: int) -> int:
    """Behind words between commas ("had, at one point, set")."""
    if at < len(words) and words[at].low == ",":
        for behind in range(at + 1, min(at + _LONGEST_ASIDE, len(words))):
            if words[behind].low == ",":
                return behind + 1
    return at


def _rest(words: Sequence[_Word], at: int) -> int:
    """Behind what else belongs to the verb: been, being, a participle."""
    at = _over(words, at)
    while at < len(words) and (
        words[at].low in ("been", "being", "be", "have")
        or (_is_participle(words[at].low) and words[at].low not in _SAYS)
    ):
        at += 1
    return at


def _is_participle(low: str) -> bool:
    return (
        low in _PARTICIPLES
        or low in _ALSO_BASE
        or (low.endswith("ed") and len(low) > 3 and low not in _NO_PAST and "-" not in low)
    )


def is_past(low: str) -> bool:
    """Whether a word in lower case may be a past tense by its form."""
    if low.endswith("ed"):
        return len(low) > 3 and low not in _NO_PAST and "-" not in low
    return low in _PARTICIPLES and low not in _ONLY_PARTICIPLES and low not in _ALSO_BASE


def _past(words: Sequence[_Word], at: int) -> Kind:
    before = words[at - 1].low if at else ""
    after = words[at + 1].low if at + 1 < len(words) else ""
    return "participle" if after == "by" or before in _SETS_OFF or words[at].written[0].isupper() else "past"


def _is_verb_of_saying(words: Sequence[_Word], at: int) -> bool:
    """Not "an added cost"; "the United States", "their claims": a noun's form is a verb behind a name or a pronoun only."""
    before = words[at - 1] if at else None
    if words[at].low not in _ALSO_NOUNS:
        return before is None or before.low not in _SETS_OFF or before.low in ("and", "or")
    if before is None or words[at].written[0].isupper() or before.low in ("united", "member"):
        return False
    return before.written[0].isupper() or before.low in _PRONOUNS or before.low in _BETWEEN
