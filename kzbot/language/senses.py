"""Words that say the same in other words: a verb and its noun ("deliver", "delivery"), and everyday synonyms of news.

Only what a stemmer does not bring together stands here, and only what means the same almost everywhere: a passage in these
words answers the question, though one in the asker's own words answers it better.
"""

from collections.abc import Mapping
from functools import cache

from kzbot.language.irregular_verbs import forms_by_word
from kzbot.language.words import stem

# A verb and its nouns: a family a phrase, ended by a semicolon.
ACTS = """
deliver delivery; sell sale; fly flight; arrive arrival; depart departure; agree agreement; choose choice; lose loss
grow growth; succeed success; fail failure; retire retirement; pay payment; ship shipment; move movement; argue argument
produce production; reduce reduction; introduce introduction; explode explosion; decide decision; divide division
expand expansion; extend extension; invade invasion; conclude conclusion; collide collision; permit permission
admit admission; suspend suspension; describe description; destroy destruction; analyse analyze analysis
compare comparison; solve solution; apply application; vary variation; qualify qualification; modify modification
prove proof; weigh weight; strong strength; safe safety; able ability; marry marriage; threaten threat; speak speech
deploy deployment; withdraw withdrawal; recognise recognize recognition; intervene intervention; retain retention
acquire acquisition; inquire enquire inquiry enquiry; respond response; defend defence defense; offend offence offense
discover discovery; recover recovery; inject injection; seize seizure; close closure; expose exposure
press pressure; sign signature; bury burial; try trial; deny denial; approve approval; survive survival; rehearse rehearsal
complain complaint; restrain restraint; constrain constraint; pursue pursuit; receive receipt; conceive conception
perceive perception; deceive deception; assume assumption; consume consumption; resume resumption; absorb absorption
convert conversion; revise revision; supervise supervision; provide provision; confuse confusion
include inclusion; exclude exclusion; intrude intrusion; erode erosion; persuade persuasion; ascend ascent; descend descent
"""
# Everyday words for one thing; a family a phrase.
SYNONYMS = """
aircraft plane airplane aeroplane jet airliner; ceo/chief executive; buy purchase acquire; begin start commence
employee worker staff; die dies died dying death dead kill; jail prison; price cost worth; firm company; soldier troop; annual yearly
last final; biggest largest; injure wound; crash accident; film movie; car automobile; build construct manufacture
help assist aid; agreement deal contract; weapon arms; layoff/job cut; delay postpone; cancel scrap; attorney lawyer
physician doctor; quit resign; fire sack dismiss; earthquake quake; cooperation collaboration; maiden first
usd dollar; percent percentage; superjumbo/super jumbo; put off/postpone/delay
go wrong/problem/fault/glitch/malfunction; go down/crash; call off/cancel; lay off/layoff; turn down/reject; give up/abandon
set up/establish; carry out/conduct; take over/takeover; problem fault defect glitch malfunction; receive deliver; accommodate seat carry fit
buyer purchaser customer; lawmaker legislator; call name rename dub; illness disease sickness; shrink contract
rise increase grow; fall drop decline plunge; supply provide; owner holder; pick choose select; react respond; stake share
criticise criticize/critic; assemble/put together; pact agreement; aid help assistance; finish complete; dealer dealership
succeed/take over from; head boss chief/chief executive/ceo; ban suspend; successor replacement; lawsuit suit/court case
late/behind schedule/delay; attendee participant; discontinue/stop making/stop producing
"""


@cache
def _families() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """For every stem, the sequences of words that say the same."""
    verbs = forms_by_word()
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for listed in (ACTS, SYNONYMS):
        for family in listed.replace("\n", ";").split(";"):
            members = [tuple(words) for words in _members(family)]
            if not members:
                continue
            forms = [(form,) for member in members if len(member) == 1 for form in verbs.get(member[0], member)]
            every = dict.fromkeys([*forms, *(member for member in members if len(member) > 1)])
            for sequence in every:
                if len(sequence) == 1:
                    found.setdefault(stem(sequence[0]), {}).update(every)
    return {key: tuple(sequences) for key, sequences in found.items()}


def _members(family: str) -> list[list[str]]:
    """The members of a family; with strokes between them, a member may be several words."""
    if "/" in family:
        return [member.split() for member in family.strip().split("/")]
    return [[word] for word in family.split()]


def same_sense(word: str) -> tuple[tuple[str, ...], ...]:
    """The sequences of words that say the same as `word` (folded), without those that have its own stem; else nothing."""
    own = stem(word)
    return tuple(one for one in _families().get(own, ()) if len(one) > 1 or stem(one[0]) != own)


@cache
def _phrases() -> Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """For several words that are a member of a family, the other members."""
    found = {}
    for family in SYNONYMS.replace("\n", ";").split(";"):
        members = [tuple(words) for words in _members(family)]
        for member in members:
            if len(member) > 1:
                found[tuple(map(stem, member))] = tuple(other for other in members if other != member)
    return found


def same_sense_of(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The sequences of words that say the same as these several words: "CEO" for "chief executive"; else nothing."""
    first = forms_by_word().get(words[0], words)[0]
    return _phrases().get((stem(first), *map(stem, words[1:])), ())
