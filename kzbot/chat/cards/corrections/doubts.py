"""The moderators' list of doubts: each with its passage, how it is read now, what was said, and what can be done."""

from collections.abc import Sequence

from discord import ui

from kzbot.answers.model import DatedMark, Evidence, Question, Window
from kzbot.chat.cards.buttons import button, turning
from kzbot.chat.cards.entries import way_to
from kzbot.chat.cards.frame import Card, Entry, Row, Tone, build
from kzbot.chat.cards.render import labels
from kzbot.chat.cards.words import date_words, ground, title
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
        entry, row = await _doubt(desk, handle, report, page)
        entries.append(entry)
        if row:
            steps.append(row)
    counts = [say(f"chat.doubts.{one}", count=(await ledger.reports(one, 0))[1]) for one in STATES]
    lines = [f"## {say(f'chat.doubts.heading_{state}')}", *done]
    if not rows:
        lines.append(say("chat.doubts.none"))
    turn = turning(desk.services.phrases, handle, DOUBTS, page, pages)
    foot = " · ".join(
        [say("chat.foot.page", page=page + 1, pages=pages), *counts, say("chat.foot.number", number=handle.row)]
    )
    card = Card("\n".join(lines), Tone.EVIDENCE, tuple(entries), (foot,), tuple(row for row in (*steps, turn) if row))
    return build(card, labels(desk.services.phrases))


async def doubt_view(desk: Desk, handle: Handle, report: ReportRow) -> ui.LayoutView:
    """One doubt alone, as it is posted where moderators are told of it."""
    say = desk.services.phrases.say
    entry, row = await _doubt(desk, handle, report, 0)
    lines = [f"## {say('chat.doubts.new' if report.state == 'open' else f'chat.doubts.heading_{report.state}')}"]
    card = Card("\n".join(lines), Tone.PARTIAL, (entry,), (), (row,) if row else ())
    return build(card, labels(desk.services.phrases))


async def _doubt(desk: Desk, handle: Handle, report: ReportRow, page: int) -> tuple[Entry, Row]:
    phrases, say = desk.services.phrases, desk.services.phrases.say
    item = await passage_of(desk, report)
    laid = await desk.services.log.ledger.overlay_for(report.number) if report.state == "mended" else None
    read = await _read_as(desk, report, item)
    head = say(f"chat.doubts.head_{report.kind}", number=report.number, words=_named(phrases, report))
    small = [read, *([inline(say("chat.doubts.said", said=report.said), _SAID)] if report.said else [])]
    small.append(" · ".join(_facts(phrases, report)))
    if item is not None:
        small.append(title(phrases, item))
    if report.state != "open":
        small.append(_closed(phrases, report, laid))
    link, archived = way_to(item) if item is not None else (None, False)
    at = report.excerpt.find(report.words) if report.words else -1
    marks = ((at, at + len(report.words)),) if at >= 0 else ()
    entry = Entry(f"**{head}**", report.excerpt, marks, tuple(small), link, archived=archived)
    return entry, _steps(phrases, handle, report, page, laid)


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
    """The date that the words are read as; an article's own date is doubted without words."""
    for one in item.dates:
        if not report.words and one.mark.basis == "published":
            return one
        if report.words and " ".join((one.mark.words or "").split()) == report.words:
            return one
    return None


def _named(phrases: Phrases, report: ReportRow) -> str:
    return f"“{inline(report.words, _WORDS)}”" if report.words else phrases.say("chat.doubts.own_date")


def _facts(phrases: Phrases, report: ReportRow) -> list[str]:
    """Who said it (named without a ping), when, under which question."""
    facts = [who(phrases, report.user), f"<t:{int(report.at.timestamp())}:f>"]
    if report.query is not None:
        facts.append(phrases.say("chat.foot.number", number=report.query))
    return facts


def who(phrases: Phrases, user: int | None) -> str:
    """A mention, which pings nobody here; who is not known is said to be nobody."""
    return f"<@{user}>" if user is not None else phrases.say("chat.log.nobody")


def _closed(phrases: Phrases, report: ReportRow, laid: OverlayRow | None) -> str:
    when = f"<t:{int(report.closed_at.timestamp())}:f>" if report.closed_at else ""
    said = phrases.say(f"chat.doubts.closed_{report.state}", who=who(phrases, report.closed_by), when=when)
    if laid is not None and laid.kind == "date":
        meaning = date_words(phrases, laid.edtf) if laid.edtf else phrases.say("answers.corrections.no_date")
        return f"{said} · {phrases.say('chat.doubts.means', words=inline(laid.words or '', _WORDS), date=meaning)}"
    return said


def _steps(phrases: Phrases, handle: Handle, report: ReportRow, page: int, laid: OverlayRow | None) -> Row:
    """What can be done with a doubt; an article's own date is mended in its metadata."""
    say, number = phrases.say, report.number
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
