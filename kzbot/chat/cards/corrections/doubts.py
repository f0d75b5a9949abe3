"""The moderators' list of doubts: each with its passage, how it is read now, what was said, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from discord import ui

from kzbot.answers.model import DatedMark, Evidence, Question, Window
from kzbot.chat.cards.buttons import button, turning
from kzbot.chat.cards.entries import way_to
from kzbot.chat.cards.frame import Card, Entry, Row, Tone, build
from kzbot.chat.cards.people import who
from kzbot.chat.cards.render import labels
from kzbot.chat.cards.words import date_words, ground, published, title
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.handle import CORRECT, DISMISS, DOUBTS, REOPEN, UNDO, Handle
from kzbot.chat.paging import pages_for
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.rows import OverlayRow, ReportRow, ReportState

PER_PAGE = 3
STATES: tuple[ReportState, ...] = ("open", "mended", "dismissed")
_WORDS = 100
_SAID = 330


@dataclass(frozen=True, slots=True)
class Known:
    """A doubt with its passage as the corpus has it now (None: no more), how its words are `read` now (markdown), and the
    correction that answers it."""

    report: ReportRow
    item: Evidence | None
    read: str
    laid: OverlayRow | None


async def doubts_view(
    desk: Desk, handle: Handle, state: ReportState, page: int, done: Sequence[str] = (), back: Row = ()
) -> ui.LayoutView:
    """A page of the doubts in a state, the last page where there is no such; `done` (markdown) stands above, `back` is a way
    to take it back."""
    say, ledger = desk.services.phrases.say, desk.services.log.ledger
    rows, total = await ledger.reports(state, PER_PAGE, page * PER_PAGE)
    pages = max(1, pages_for(total, PER_PAGE))
    if page >= pages:
        page = pages - 1
        rows, total = await ledger.reports(state, PER_PAGE, page * PER_PAGE)
    entries, steps = [], [*([back] if back else [])]
    for report in rows:
        known = await known_of(desk, report)
        entries.append(_entry(desk.services.phrases, known))
        steps.append(_steps(desk.services.phrases, handle, known, page))
    counts = {one: (await ledger.reports(one, 0))[1] for one in STATES}
    lines = [f"## {say(f'chat.doubts.heading_{state}')}", *done]
    if not rows:
        lines.append(say("chat.doubts.none"))
    turn = turning(desk.services.phrases, handle, DOUBTS, page, pages)
    counted = [say(f"chat.doubts.{one}", count=count) for one, count in counts.items()] if any(counts.values()) else []
    if total:
        counted = [say("chat.foot.page", page=page + 1, pages=pages), *counted]
    foot = " · ".join([*counted, say("chat.foot.number", number=handle.row)])
    card = Card("\n".join(lines), Tone.EVIDENCE, tuple(entries), (foot,), tuple(row for row in (*steps, turn) if row))
    return build(card, labels(desk.services.phrases))


def doubt_view(phrases: Phrases, handle: Handle, known: Known) -> ui.LayoutView:
    """One doubt alone, as it is posted where moderators are told of it. Needs a running event loop."""
    state = known.report.state
    heading = phrases.say("chat.doubts.new" if state == "open" else f"chat.doubts.one_{state}")
    row = _steps(phrases, handle, known, 0)
    card = Card(f"## {heading}", Tone.PARTIAL, (_entry(phrases, known),), (), (row,) if row else ())
    return build(card, labels(phrases))


async def known_of(desk: Desk, report: ReportRow) -> Known:
    """What is to be known of a doubt to show it."""
    item = await passage_of(desk, report)
    laid = await desk.services.log.ledger.overlay_for(report.number) if report.state == "mended" else None
    return Known(report, item, await _read_as(desk, report, item), laid)


def _entry(phrases: Phrases, known: Known) -> Entry:
    say, report, item = phrases.say, known.report, known.item
    head = say(f"chat.doubts.head_{report.kind}", number=report.number, words=_named(phrases, report))
    small = [known.read]
    if report.said:
        small.append(say("chat.doubts.said", said=inline(report.said, _SAID)))
    small.append(" · ".join(_facts(phrases, report)))
    if item is not None:
        small.append(title(phrases, item))
        if not report.words:
            small.append(say("chat.doubts.in_metadata", file=inline(item.file, _WORDS)))
    if report.state != "open":
        small.append(_closed(phrases, report, known.laid))
    link, archived = way_to(item) if item is not None else (None, False)
    at = report.excerpt.find(report.words) if report.words else -1
    marks = ((at, at + len(report.words)),) if at >= 0 else ()
    return Entry(f"**{head}**", report.excerpt, marks, tuple(small), link, archived=archived)


async def passage_of(desk: Desk, report: ReportRow) -> Evidence | None:
    """The passage as the corpus has it now; None where it is there no more."""
    services = desk.services
    async with services.shelf.current() as generation:
        question = Question("source", {"what": report.address})
        answer = await services.answer(question, generation, Window(0, 1), services.clock().date())
    item = next(iter(answer.items), None)
    return None if answer.status != "answered" or (answer.passage and answer.passage.new is None) else item


async def _read_as(desk: Desk, report: ReportRow, item: Evidence | None) -> str:
    """How the words are read now, and on what ground."""
    phrases, say = desk.services.phrases, desk.services.phrases.say
    if item is None:
        return say("chat.doubts.gone")
    if report.kind == "date" and not report.words:  # its passage has that date only where a list is made of it
        return say("chat.doubts.read_own", published=published(phrases, item.published, item.published_basis))
    if report.kind == "date":
        found = _mark_of(report, item)
        if found is None:
            return say("chat.doubts.no_date")
        date = date_words(phrases, found.mark.edtf, found.mark.modifier)
        return say("chat.doubts.read_date", date=date, ground=ground(phrases, found, item))
    async with desk.services.shelf.current() as generation:
        standing = (await desk.services.standing(generation, [item.address])).get(item.address, ())
    names = dict.fromkeys(one.name for one in standing if one.words == report.words)
    if not names:
        return say("chat.doubts.no_name")
    known = ", ".join(inline(name, _WORDS) for name in names if name)
    return say("chat.doubts.read_name", name=known) if known else say("chat.doubts.unlisted")


def _mark_of(report: ReportRow, item: Evidence) -> DatedMark | None:
    """The date that the words are read as."""
    return next((one for one in item.dates if " ".join((one.mark.words or "").split()) == report.words), None)


def _named(phrases: Phrases, report: ReportRow) -> str:
    return f"“{inline(report.words, _WORDS)}”" if report.words else phrases.say("chat.doubts.own_date")


def _facts(phrases: Phrases, report: ReportRow) -> list[str]:
    """Who said it (named without a ping), when, under which question."""
    facts = [who(phrases, report.user), f"<t:{int(report.at.timestamp())}:f>"]
    if report.query is not None:
        facts.append(phrases.say("chat.foot.number", number=report.query))
    return facts


def _closed(phrases: Phrases, report: ReportRow, laid: OverlayRow | None) -> str:
    when = f"<t:{int(report.closed_at.timestamp())}:f>" if report.closed_at else ""
    said = phrases.say(f"chat.doubts.closed_{report.state}", who=who(phrases, report.closed_by), when=when)
    if laid is not None and laid.kind == "date":
        meaning = date_words(phrases, laid.edtf) if laid.edtf else phrases.say("answers.corrections.no_date")
        return f"{said} · {phrases.say('chat.doubts.means', words=inline(laid.words or '', _WORDS), date=meaning)}"
    return said


def _steps(phrases: Phrases, handle: Handle, known: Known, page: int) -> Row:
    """What can be done with a doubt; an article's own date is mended in its metadata."""
    say, report, laid = phrases.say, known.report, known.laid
    number = report.number
    if report.state == "mended":
        return (
            (button(say("chat.corrections.undo", number=number), handle.to(UNDO, page, laid.number)),) if laid else ()
        )
    if report.state == "dismissed":
        return (button(say("chat.doubts.reopen", number=number), handle.to(REOPEN, page, number)),)
    dismiss = button(say("chat.doubts.dismiss", number=number), handle.to(DISMISS, page, number))
    if not report.words:
        return (dismiss,)
    return (button(say("chat.doubts.correct", number=number), handle.to(CORRECT, page, number), primary=True), dismiss)
