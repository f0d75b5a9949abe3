"""The card of `/check quote`: for each quotation the verdict, the message's words, and the source's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kzbot.answers.model import Answer, Check, Difference, Evidence
from kzbot.chat.asked import Asked
from kzbot.chat.cards.entries import way_to
from kzbot.chat.cards.foot import listed
from kzbot.chat.cards.frame import Card, Entry, Tone
from kzbot.chat.cards.words import origin
from kzbot.chat.escape import inline
from kzbot.chat.fit import CARD, weigh
from kzbot.chat.handle import WHOLE
from kzbot.chat.paging import checks_on
from kzbot.phrases import Phrases

_AS_QUOTED = ("exact", "exact_but_typography")
_TONES = {"answered": Tone.EVIDENCE, "partial": Tone.PARTIAL}
_NAMED = 90
_WORDS = 60
_SHARE = 0.35
"""Of a card, what the lines that name differences may take, and each of the two texts, shared by the quotations on it."""
_BEFORE = 120
"""Characters shown before the first difference of a long text."""

Spans = tuple[tuple[int, int], ...]


def check_card(phrases: Phrases, asked: Asked) -> Card:
    """A page of the quotations; the caller adds foot and buttons."""
    answer, on_page = asked.answer, checks_on(asked.per_page)
    first = asked.page * on_page
    shown = answer.checks[first : first + on_page]
    room = CARD * _SHARE / max(len(shown), 1)
    entries = [
        entry for at, check in enumerate(shown, start=first) for entry in _entries(phrases, asked, check, at, room)
    ]
    top = [f"## {phrases.say('chat.heading.check')}", f"**{_summary(phrases, answer.checks)}**"]
    if _is_whole(answer):
        top.append(phrases.say("chat.check.whole"))
    return Card("\n".join(top), _TONES.get(answer.status, Tone.NOTHING), tuple(entries))


def _summary(phrases: Phrases, checks: Sequence[Check]) -> str:
    good = sum(check.verdict in _AS_QUOTED for check in checks)
    if good == len(checks):
        return phrases.say("chat.check.all", count=good)
    if all(check.verdict == "other_article" for check in checks):
        return phrases.say("chat.check.elsewhere", count=len(checks))
    if good == 0:
        return phrases.say("chat.check.none", count=len(checks))
    return phrases.say("chat.check.some", count=good, total=len(checks))


def _is_whole(answer: Answer) -> bool:
    """Whether a text that was not found as it is was one quotation, marks or not: then it may not have been meant so."""
    first = answer.checks[0]
    return first.quotation == str(answer.options.get("quote")).strip() and first.verdict not in _AS_QUOTED


def _entries(phrases: Phrases, asked: Asked, check: Check, at: int, room: float) -> list[Entry]:
    """The quotation as it is in the message, and the source's words where they are others."""
    head = f"**{at + 1}. {phrases.say(f'chat.check.verdict.{check.verdict}')}**"
    found = check.evidence
    if found is None:
        said = phrases.say("chat.check.nowhere", count=asked.answer.articles)
        return [Entry(_lines(head, phrases.say("chat.check.quoted")), check.quotation, small=(said,))]
    whole = str(asked.handle.to(WHOLE, 0, 2 * at))
    link, archived = way_to(found)
    small = (*_also(phrases, check, found), origin(phrases, found, with_title=True))
    if found.excerpt == check.quotation:
        head = _lines(head, *_named(phrases, check), phrases.say("chat.check.same"))
        return [Entry(head, found.excerpt, small=small, link=link, whole=whole, archived=archived)]
    theirs, source = _marked(check.difference)
    quoted = _shown(check.quotation, theirs, room)
    printed = _shown(found.excerpt, source, room)
    heads = _lines(
        *_differences(phrases, check.difference, room), *_named(phrases, check), phrases.say("chat.check.source")
    )
    return [
        Entry(_lines(head, phrases.say("chat.check.quoted")), quoted.text, quoted.marks, later=quoted.later),
        Entry(
            heads,
            printed.text,
            printed.marks or _highlights(found),
            small,
            link,
            whole,
            follows=True,
            archived=archived,
            later=printed.later,
        ),
    ]


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _named(phrases: Phrases, check: Check) -> list[str]:
    """For a quotation from another article: which one was named."""
    if check.verdict != "other_article" or not check.named:
        return []
    return [phrases.say("chat.check.named", named=listed(check.named, _NAMED))]


def _also(phrases: Phrases, check: Check, found: Evidence) -> list[str]:
    """Which other articles hold the same words."""
    more = check.holders - 1
    if more <= 0 or not found.others:
        return []
    titles = listed([other.title for other in found.others], _NAMED)
    return [phrases.say("chat.check.also", count=more, titles=titles)]


def _marked(difference: Iterable[Difference]) -> tuple[Spans, Spans]:
    """Where the message's words and the source's differ, as offsets into each."""
    theirs, source = list[tuple[int, int]](), list[tuple[int, int]]()
    here = there = 0
    for run in difference:
        if run.op != "same":
            theirs.append((here, here + len(run.theirs)))
            source.append((there, there + len(run.source)))
        here, there = here + len(run.theirs), there + len(run.source)
    return tuple(theirs), tuple(source)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A text from where it is shown, with its marks; `later` where that is not its beginning."""

    text: str
    marks: Spans
    later: bool = False


def _shown(text: str, marks: Spans, room: float) -> _Shown:
    """The text; where it is too long for its room, from a few words before the first of its marks."""
    first = marks[0][0] if marks else 0
    if first <= _BEFORE or weigh(text) <= room:
        return _Shown(text, marks)
    start = first - _BEFORE
    start = next((at for at in range(start, first) if text[at - 1].isspace()), start)
    return _Shown(text[start:], tuple((one - start, other - start) for one, other in marks), later=True)


def _highlights(found: Evidence) -> Spans:
    """The words that were quoted, where the excerpt has more than them."""
    marks = tuple((start - found.start, end - found.start) for start, end in found.highlights)
    return () if (0, len(found.excerpt)) in marks else marks


def _differences(phrases: Phrases, difference: Sequence[Difference], room: float) -> list[str]:
    """The differences in words, one a line, as many as there is room for."""
    runs = [run for run in difference if run.op != "same"]
    lines = list[str]()
    for at, run in enumerate(runs):
        theirs, source = inline(run.theirs, _WORDS), inline(run.source, _WORDS)
        line = f"- {phrases.say(f'chat.check.difference.{run.op}', theirs=theirs, source=source)}"
        room -= weigh(line) + 1
        if room < 0 and at:
            return [*lines, f"- {phrases.say('chat.check.more_differences', count=len(runs) - at)}"]
        lines.append(line)
    return lines
