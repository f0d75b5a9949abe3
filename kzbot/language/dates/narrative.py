"""The year that a narrative is in: what a month or day without a year takes before the publication's year."""

import re
from dataclasses import dataclass

from kzbot.language.dates.alternatives import last_word
from kzbot.language.dates.lexicon import words_of
from kzbot.language.dates.meaning import Calendar, Part, Reading, Shift
from kzbot.language.dates.tense import Tense
from kzbot.language.sentences import split

_FAR = 700
"""Code points behind which a date no longer sets the year."""
_BACK = 4
"""Dates to look back over; those that are mere background are passed over."""
_BETWEEN = 3
"""Sentences without a date that a narrative may go on for."""
_LEFT, _RIGHT = 110, 90
_CLAUSE = 160
_ABBREVIATION = 8
_DAY = re.compile(r"\d{4}-(\d\d)(?:-(\d\d))?")
_STARTS = re.compile(
    r"(?:\A|\n|[.!?:;][\"'”’)\]]*\s)[\s\"“‘•*–—-]*"
    r"(?:(?:then|but|and|so|later|early|late|mid|back|around|about|by|in|on|at|of|the|end|beginning|middle|during|throughout|it was"
    r"|as early as|as late as)[\s,-]+)*\Z",
    re.IGNORECASE,
)
_COMPARING = (
    "since", "until", "till", "before", "prior to", "after", "from", "between", "than", "through", "to", "with", "like", "unlike",
    "versus", "vs", "vs.", "and", "or", "&",
)  # fmt: skip
_WITH_A_COMPARISON = ("the", "early", "late", "mid", "beginning", "end", "in", "of")
_COMPARES = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_COMPARING, key=len, reverse=True)))})"
    rf"(?:\s+(?:{'|'.join(_WITH_A_COMPARISON)}))*[\s-]*\Z",
    re.IGNORECASE,
)
_MAY_COMPARE = frozenset((*_COMPARING, *_WITH_A_COMPARISON))
_ASIDE = re.compile(
    r"[,–—]\s*(?:(?:who|which|whose|where|when)\b|(?:first|originally|formerly|previously|once)?\s*"
    r"(?:[a-z]{2,}ed|born|built|begun|bought|sold|made|held|set|won|led|known)\b)[^,;–—()]*\Z"
)
_ORIGIN = re.compile(
    r"(?<!\w)(?:founded|established|formed|created|incorporated|born|built)(?:\s[^,.;]*)?\s(?:in|on)\s+\Z"
)
_ASIDE_ENDS = re.compile(r"[^.;,]{0,60}[,–—]")
_FRAMES_A_YEAR = re.compile(
    r"(?:\A|[\s\"“(])(?:in|by|during|throughout|of|early|late|mid|for|year|was)[\s-]+\Z", re.IGNORECASE
)
_OPEN_YEAR = re.compile(r"\s*(?:[:–—,\n-]|\Z)")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_NOW = frozenset(
    words_of(
        "will won't won’t shall is are has have say says plan plans expect expects hope hopes now today yesterday tomorrow tonight "
        "recently currently upcoming ago isn't aren't isn’t aren’t they'll we'll it'll he'll she'll they’ll we’ll it’ll he’ll she’ll"
    )
)
_POINTING = frozenset(words_of("this last next current coming"))
_THIS_TIME = re.compile(
    r"(?<!\w)(?:this|last|next|current|coming) (?:year|month|week|spring|summer|autumn|fall|winter)(?!\w)"
)
_THEN = frozenset(words_of("was were had would"))
_ENDS = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"“‘(]?[A-ZÀ-ÞА-Я])|\n\s*\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|St|No))\Z"
)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|[.!?:][\"'”’)\]]*[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Setting:
    """The year a narrative is in. `by`: the date that says so, as a TIMEX3 value.

    `firm`: it opens its sentence, or the narrative has gone on in it already; otherwise only a date far from the publication
    takes the year. `going`: a date before this one took it already. `said`: a verb that reports stands beside the date.
    `ahead`: what was then to come. `place`: month and day of `by`, where it has a month.
    """

    year: int
    by: str
    firm: bool
    going: bool
    said: bool
    ahead: bool
    place: tuple[int, int] | None


@dataclass(slots=True)
class _Told:
    reading: Reading
    value: str
    by: str | None
    firm: bool | None = None
    background: bool = False


class Narrative:
    """The dates of one text as they come, with what each says of the year that follows."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._told: list[_Told] = []
        self._judged: dict[tuple[object, ...], tuple[bool, bool]] = {}
        self._reached: dict[tuple[object, ...], Setting | None] = {}

    def take(self, reading: Reading, value: str, by: str | None) -> None:
        """Remembers a date; `by`: what supplied the rest of it, as `Resolved` has it."""
        if not (reading.edition or reading.loose) and len(value) > 3 and (value[:4].isdecimal() and value.isascii()):
            self._told.append(_Told(reading, value, by))

    def setting(self, reading: Reading, tense: Tense, year: int | None) -> Setting | None:
        """The year before `reading` that it may belong to; None where there is none, or where it is `year` in any case."""
        if not self._told or not lacks_year(reading):
            return None
        for told in self._told[: -_BACK - 1 : -1]:
            if int(told.value[:4]) == year or reading.start - told.reading.end > _FAR:
                return None
            if told.by == "published":
                return None
            self._judge(told)
            if told.background:
                continue
            return self._known_reach(told, reading, tense)
        return None

    def _known_reach(self, told: _Told, reading: Reading, tense: Tense) -> Setting | None:
        """What `_reaches` says; the same words between the same dates are asked once."""
        start, end, behind = reading.start, reading.end, told.reading.end
        begin = max(min(behind, start - _CLAUSE) - _ABBREVIATION, 0)
        key = (self._text[begin : end + _CLAUSE + 1], end - start, start - behind, told.value, told.by,
               bool(told.firm), told.reading.modifier, tense)  # fmt: skip
        if key not in self._reached:
            self._reached[key] = self._reaches(told, reading, tense)
        return self._reached[key]

    def _judge(self, told: _Told) -> None:
        """Whether a date is said in passing, and whether it opens its sentence."""
        if told.firm is not None:
            return
        if told.by is not None:
            told.firm = True
            return
        start, end = told.reading.start, told.reading.end
        left = self._text[max(start - _LEFT, 0) : start]
        right = self._text[end : end + _RIGHT]
        key = (left, right, end - start, min(start, _LEFT + 1), len(told.value), told.reading.joined)
        judged = self._judged.get(key)
        if judged is None:
            opens = _STARTS.search(left)
            told.firm = opens is not None and (opens.start() > 0 or start <= _LEFT or left[0] in "\n.!?")
            judged = self._judged[key] = (told.firm, _in_passing(left, right, told))
        told.firm, told.background = judged

    def _reaches(self, told: _Told, reading: Reading, tense: Tense) -> Setting | None:
        """Whether the narrative goes on from one date to the next one."""
        text, start = self._text, told.reading.end
        ahead = tense in ("planned", "future")
        if self._of_now(reading, ahead):
            return None
        gap = text[start : reading.start]
        breaks = len(_PARAGRAPH.findall(gap))
        sentences = len(split(text, start, min(reading.start + 2, len(text)))) - 1
        firm = bool(told.firm)
        if breaks > 1:
            return None
        if breaks and sentences > 1 and told.by is None and len(told.value) < 7:
            return None
        if breaks:
            firm = firm and told.by is not None
        if sentences > 1 and (not firm or sentences > _BETWEEN + 1 or _is_now(gap)):
            return None
        if told.reading.modifier == "about":
            return None
        day = _DAY.match(told.value)
        place = (int(day[1]), int(day[2] or 1)) if day else None
        return Setting(int(told.value[:4]), told.value, firm, told.by is not None, tense == "said", ahead, place)

    def _of_now(self, reading: Reading, ahead: bool) -> bool:
        """Whether the sentence of a date speaks of the publication's own time; what lies `ahead` must have lain ahead then."""
        text = self._text
        low = max(reading.start - _CLAUSE, 0)
        for match in _ENDS.finditer(text, low, reading.start):
            if match[0][0] == "\n" or not _ABBREVIATED.search(
                text, max(match.start() - _ABBREVIATION, 0), match.start()
            ):
                low = match.end()
        high = min(reading.end + _CLAUSE, len(text))
        for match in _ENDS.finditer(text, reading.end, high):
            if match[0][0] == "\n" or not _ABBREVIATED.search(
                text, max(match.start() - _ABBREVIATION, 0), match.start()
            ):
                high = match.start()
                break
        return _is_now(f"{text[low : reading.start]}\0{text[reading.end : high]}", ahead)


def _is_now(text: str, ahead: bool = False) -> bool:
    """Whether words outside of quotation marks speak of the present, or of what is to come."""
    low = _QUOTED.sub("", text).lower()
    words = set(_WORD.findall(low))
    if not words.isdisjoint(_NOW) or (not words.isdisjoint(_POINTING) and _THIS_TIME.search(low)):
        return True
    return ahead and words.isdisjoint(_THEN)


def lacks_year(reading: Reading) -> bool:
    """Whether the words leave the year open: a month, a day of a month, a season, the end of the year."""
    meaning = reading.meaning
    if isinstance(meaning, Calendar):
        return meaning.year is None and meaning.which is None and meaning.year_shift is None
    if isinstance(meaning, Part):
        return meaning.number < 30 and meaning.year is None and meaning.which is None and meaning.year_shift is None
    return isinstance(meaning, Shift) and meaning.base == "narrative"


def _in_passing(left: str, right: str, told: _Told) -> bool:
    if told.reading.joined or left.rfind("(") > left.rfind(")"):
        return True
    last = last_word(left)
    if last in _MAY_COMPARE and not (told.firm and len(told.value) > 4) and _COMPARES.search(left):
        return True
    if _ASIDE_ENDS.match(right) and _ASIDE.search(left):
        return True
    if last in ("in", "on") and _ORIGIN.search(left):
        return True
    if len(told.value) > 4 or told.reading.end - told.reading.start > 4:
        return False
    if right[:1] in "'’-" and right[:1]:
        return True
    return not (_FRAMES_A_YEAR.search(left) or (told.firm and _OPEN_YEAR.match(right)))
