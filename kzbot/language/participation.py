"""Who takes part, and in what capacity, as far as one sentence says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kzbot.language import participation_words as words
from kzbot.language.names.book import Mention
from kzbot.language.sentences import split
from kzbot.language.spans import Span

_LEAD = re.compile(words.LEAD, re.IGNORECASE)
_TRAIL = re.compile(words.TRAIL, re.IGNORECASE)
_JOINED = re.compile(words.JOINED)
_ACTIVE = re.compile(words.ACTIVE, re.IGNORECASE)
_ALONE = re.compile(words.ALONE, re.IGNORECASE)
_TRIGGER = re.compile(words.TRIGGER, re.IGNORECASE)
_NEGATION = re.compile(words.NEGATION, re.IGNORECASE)
_NEGATED_BEFORE = re.compile(words.NEGATED_BEFORE, re.IGNORECASE)
_GOVERNED = re.compile(words.GOVERNED, re.IGNORECASE)
_FILLER = re.compile(words.FILLER, re.IGNORECASE)
_CAPACITY = re.compile(rf"\b{words.PHRASE}\b", re.IGNORECASE)
_TAIL = re.compile(rf"(?:['’]s?)?[\"'”’»]?(?:\s|\([^()]*\)|\b{words.AUXILIARY}\b|\d++)*+", re.IGNORECASE)
_ASIDE = re.compile(r"\s*,[^,;]{1,90},(?=\s)")
_EXCEPTED = re.compile(r"\s*,?\s*(?:but\s+not|except(?:\s+for)?|unlike|excluding|without)\b[^,;]*,", re.IGNORECASE)
_ALLOWED_PARTS = re.compile(
    r"\b(?:as\s+(?:a\s+)?part\s+of|(?:with)?in\s+the\s+framework\s+of|such\s+[\w\s]{0,40}?as)\b", re.I
)
_ELSEWHERE = re.compile(
    r"[;:]|\b(?:of|on|for|about|at|from|by|to|before|after|while|but|who|whose|said|says|than|against|near|during|when|where|"
    r"without|not|ahead|following|with|until|instead|in)\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(r";|\b(?:while|but|whereas|said|says|unlike)\b", re.IGNORECASE)
_OPENS_WITH = re.compile(r"\s*(?:in|at|during)\s+(?:the\s+)?[\w\s]{0,30}[\"'“‘«]?$", re.IGNORECASE)
_LINKED = re.compile(r"\b(?:in\s+which|where|with|saw|at\s+which)\b[^;]*$", re.IGNORECASE)
_COMPANY = re.compile(
    r"[\"'”’»]?(?:\s+exercises?)?\s*,?\s*(?:(?:together\s+|along\s+)?with|alongside)\s+(?:the\s+|[\d,]++\s+)*"
)
_ABOUT = re.compile(
    r"\b(?:on|about|of|for|before|after|regarding|concerning|ahead\s+of)\s+(?:the\s+)?(?:\w+\s+)?[\"'“‘«]?$",
    re.IGNORECASE,
)
_FILLER_BEHIND = re.compile(
    r"(?:\s|\b(?:the|its|about|some|over|more|than|both|nearly|almost|hundreds|of)\b|[\d,.]++)*$"
)
_HELD_WITH = re.compile(words.HELD_WITH, re.IGNORECASE)
_INCLUDING = re.compile(r"[\"'”’»]?(?:\s+exercises?)?,?\s+including\s+(?:the\s+)?", re.IGNORECASE)
_WHITE = re.compile(r"\s+")
_NEGATION_NEAR = 20


@dataclass(frozen=True, slots=True)
class Participation:
    """A name that takes part; `capacity` in the article's own words ("units", "representatives"), None if not said."""

    mention: Mention
    capacity: str | None


@dataclass(frozen=True, slots=True)
class _Group:
    """Names in one list; `start` with what leads it ("troops from"), `end` with what trails it ("servicemen")."""

    members: tuple[Participation, ...]
    start: int
    end: int
    led: bool


def participants(
    text: str, sentence: Span, subject: Sequence[Span], candidates: Sequence[Mention]
) -> list[Participation]:
    """Those of `candidates` of whom the sentence says that they take part in `subject`, in order, each mention once.

    `sentence` may hold several sentences; each must name the subject itself (`subject`: its mentions, by offsets). A
    place, a negation or another event makes no participant; a plan does. `capacity` is a stretch of the text, white space
    as blanks.
    """
    found: dict[tuple[str, int], Participation] = {}
    for span in split(text, sentence.start, sentence.end):
        own = [place for place in subject if span.start <= place.start and place.end <= span.end]
        mentions = [m for m in candidates if span.start <= m.start and m.end <= span.end and not _inside(m, own)]
        if not own or not mentions:
            continue
        groups = _groups(text, span, mentions)
        for group in _taking_part(text, span, own, groups):
            for member in group.members:
                key = (member.mention.name, member.mention.start)
                if key not in found or found[key].capacity is None:
                    found[key] = member
    return sorted(found.values(), key=lambda one: (one.mention.start, one.mention.end))


def _inside(mention: Mention, subject: Sequence[Span]) -> bool:
    return any(place.start < mention.end and mention.start < place.end for place in subject)


def _groups(text: str, span: Span, mentions: Sequence[Mention]) -> list[_Group]:
    """The lists of names in a sentence, each with its capacities."""
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    places: list[list[Mention]] = []
    for mention in ordered:
        if places and mention.start < places[-1][0].end:
            if (mention.start, mention.end) == (places[-1][0].start, places[-1][0].end):
                places[-1].append(mention)
            continue
        places.append([mention])
    runs: list[list[list[Mention]]] = []
    for place in places:
        if runs and _JOINED.fullmatch(text[runs[-1][-1][0].end : place[0].start]):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [_group(text, span, run) for run in runs]


def _group(text: str, span: Span, run: Sequence[Sequence[Mention]]) -> _Group:
    """One list: a lead counts for all names up to the next lead, a trail for the names before it that have no lead."""
    start = run[0][0].start
    led = False
    capacity: str | None = None
    members: list[Participation] = []
    waiting: list[Mention] = []
    end = run[-1][0].end
    left = span.start
    for place in run:
        lead = _LEAD.search(text[left : place[0].start])
        if lead:
            capacity = _WHITE.sub(" ", lead["capacity"])
            if place is run[0]:
                start, led = left + lead.start(), True
        trail = _TRAIL.match(text, place[0].end, span.end)
        waiting += place
        if trail and capacity is None:
            members += [Participation(mention, _WHITE.sub(" ", trail["capacity"])) for mention in waiting]
            waiting = []
        if trail and place is run[-1]:
            end = trail.end()
        if capacity is not None:
            members += [Participation(mention, capacity) for mention in waiting]
            waiting = []
        left = place[0].end
    members += [Participation(mention, None) for mention in waiting]
    return _Group(tuple(members), start, end, led)


def _taking_part(text: str, span: Span, subject: Sequence[Span], groups: Sequence[_Group]) -> Iterator[_Group]:
    usable = [group for group in groups if not _NEGATED_BEFORE.search(text[span.start : group.start])]
    yield from _acting(text, span, subject, usable)
    yield from _alone(text, span, subject, usable)
    yield from _announced(text, span, subject, usable)
    yield from _possessing(text, subject, usable)
    yield from _accompanying(text, span, subject, usable)


def _acting(text: str, span: Span, subject: Sequence[Span], groups: Sequence[_Group]) -> Iterator[_Group]:
    """ "A, B and C took part in E", "A hosted E", "A sent troops to E"."""
    for verb in _ACTIVE.finditer(text, span.start, span.end):
        objects = [place for place in subject if _is_object(text, verb.end(), place)]
        sent = _CAPACITY.search(verb["sent"]) if verb["sent"] else None
        if not objects or (verb["sent"] and not sent):
            continue
        before = [group for group in groups if group.end <= verb.start()]
        acting = next((group for group in reversed(before) if _leads_to(text, group, verb.start(), span)), None)
        if acting is not None:
            yield _with_capacity(acting, sent[0]) if sent else acting
            yield from _companions(text, objects[-1].end, groups)
        if verb["beside"] and not _NEGATION.search(text[max(span.start, verb.start() - _NEGATION_NEAR) : verb.start()]):
            yield from (g for g in groups if verb.start("beside") <= g.start and g.end <= verb.end("beside"))


def _companions(text: str, end: int, groups: Sequence[_Group]) -> Iterator[_Group]:
    """ "... E with B", "... E alongside soldiers from B"."""
    for group in groups:
        between = text[end : group.start] if group.start > end else ""
        if _COMPANY.fullmatch(between):
            yield group


def _is_object(text: str, end: int, place: Span) -> bool:
    """Whether the verb that ends at `end` has the subject at `place` as its object, alone or in a list."""
    if not 0 <= place.start - end <= 160:
        return False
    return not _ELSEWHERE.search(_ALLOWED_PARTS.sub(" ", text[end : place.start]))


def _leads_to(text: str, group: _Group, verb: int, span: Span) -> bool:
    """Whether the group is who acts in the verb: not a place, with nothing but auxiliaries between them."""
    if not group.led and _GOVERNED.search(text[span.start : group.start]):
        return False
    tail = _EXCEPTED.sub(" ", text[group.end : verb], count=1)
    tail = _ASIDE.sub(" ", tail, count=1).lstrip().removeprefix(",")
    return bool(_TAIL.fullmatch(tail)) and not _NEGATION.search(tail)


def _alone(text: str, span: Span, subject: Sequence[Span], groups: Sequence[_Group]) -> Iterator[_Group]:
    """ "E, in which A took part", "E was held, with A and B taking part", "In E, troops from A participated"."""
    for verb in _ALONE.finditer(text, span.start, span.end):
        for group in groups:
            before = [place for place in subject if place.end <= group.start]
            tail = text[group.end : verb.start()]
            if not before or group.end > verb.start() or _NEGATION.search(tail) or not _TAIL.fullmatch(tail):
                continue
            between = text[before[-1].end : group.start]
            opens = _OPENS_WITH.fullmatch(text[span.start : before[0].start])
            if _LINKED.search(between) or (opens and not _BROKEN.search(between) and not _GOVERNED.search(between)):
                yield group


def _announced(text: str, span: Span, subject: Sequence[Span], groups: Sequence[_Group]) -> Iterator[_Group]:
    """ "E was held with the participation of A", "E brought together soldiers from A and B"."""
    for trigger in _TRIGGER.finditer(text, span.start, span.end):
        if _NEGATION.search(text[max(span.start, trigger.start() - _NEGATION_NEAR) : trigger.start()]):
            continue
        following = [group for group in groups if group.start >= trigger.end()]
        if not following or not _FILLER.fullmatch(text, trigger.end(), following[0].start):
            continue
        group = following[0]
        if _is_attribute(text, group, span) or not _speaks_of(text, span, subject, trigger, group):
            continue
        yield group


def _speaks_of(text: str, span: Span, subject: Sequence[Span], trigger: re.Match[str], group: _Group) -> bool:
    """Whether a trigger speaks of the subject: named before it in the same clause, or in what is taken part in."""
    word = trigger[0].casefold()
    if word.startswith(("participation", "involvement")):
        after = re.compile(r"[\"'”’»]?\s+(?:in|at)\s+(?:[\w-]+\s+){0,4}[\"'“‘«]?")
        if any(after.fullmatch(text, group.end, place.start) for place in subject):
            return True
        if not re.search(r"\bwith\s+(?:the\s+)?(?:\w+\s+)?$|\bsaw\s+(?:the\s+)?$", text[span.start : trigger.start()]):
            return False
    if any(trigger.start() <= place.start and place.end <= trigger.end() for place in subject):
        return True
    before = [place for place in _topics(text, span, subject) if place.end <= trigger.start()]
    if not before or _BROKEN.search(text[before[-1].end : trigger.start()]):
        return False
    if word.startswith(("includ", "saw", "unit", "dr", "gather")):
        return group.led or any(member.capacity for member in group.members)
    return True


def _topics(text: str, span: Span, subject: Sequence[Span]) -> list[Span]:
    """The places where the subject is what is spoken of, not what something else is about ("talks on E")."""
    return [place for place in subject if not _ABOUT.search(text[span.start : place.start])]


def _is_attribute(text: str, group: _Group, span: Span) -> bool:
    """Whether the last name only qualifies another noun ("NATO member states", "U.S. Secretary of Defence")."""
    following = re.match(r"['’]?s?\s+([^\W\d_][\w-]*)", text[group.end : span.end])
    if following is None or text[group.end : group.end + 1] in ",.;":
        return False
    word = following[1]
    if re.fullmatch(
        rf"(?:{words.AUXILIARY}|and|or|as|in|on|at|from|with|during|under|near|after|before|by|alongside|it|they|it|when|"
        r"while|but|took|take|taking|participat\w+|train\w*|last|annually|every|of|where|via|through|held|there|plus|along)",
        word,
        re.IGNORECASE,
    ):
        return False
    return not word.endswith(("ly", "ing", "ed"))


def _possessing(text: str, subject: Sequence[Span], groups: Sequence[_Group]) -> Iterator[_Group]:
    """ "Kazakhstan's participation in E"."""
    pattern = re.compile(
        r"(?:['’]s?|\s)\s*(?:[a-z]+\s+)?(?:participation|involvement)\s+(?:in|at)\s+(?:[\w-]+\s+){0,4}[\"'“‘«]?"
    )
    for group in groups:
        if any(pattern.fullmatch(text, group.end, place.start) for place in subject):
            yield group


def _accompanying(text: str, span: Span, subject: Sequence[Span], groups: Sequence[_Group]) -> Iterator[_Group]:
    """ "E took place in May with troops from A", "Observers from 15 countries attended E, including A"."""
    for group in groups:
        before = [place for place in _topics(text, span, subject) if place.end <= group.start]
        if not before:
            continue
        lead = _FILLER_BEHIND.search(text[before[-1].end : group.start])
        between = text[before[-1].end : group.start - (len(lead[0]) if lead else 0)].rstrip()
        if group.led or any(member.capacity for member in group.members):
            if _HELD_WITH.search(between) and not _BROKEN.search(between):
                yield group
        elif _INCLUDING.fullmatch(text, before[-1].end, group.start):
            verbs = _ACTIVE.finditer(text, span.start, before[-1].start)
            if any(_is_object(text, verb.end(), before[-1]) for verb in verbs):
                yield group


def _with_capacity(group: _Group, capacity: str) -> _Group:
    """The group in the capacity of what it sent."""
    members = tuple(Participation(member.mention, capacity) for member in group.members)
    return _Group(members, group.start, group.end, group.led)
