"""One group of `/log unanswered`: its latest questions, and what can be done with it in one step."""

from discord import ui

from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Card, Entry, Labels, Row, Tone, build
from kzbot.chat.cards.people import who
from kzbot.chat.cards.unanswered.groups import DISMISSED, TOLD, now_of
from kzbot.chat.cards.unanswered.words import asked_words, group_lines, near_line, review_lines, when
from kzbot.chat.desk import Desk
from kzbot.chat.handle import MARK, SOURCE, SPELL, UNANSWERED, UNDO, UNMARK, Handle
from kzbot.phrases import Phrases
from kzbot.querylog.review.rows import Group
from kzbot.querylog.rows import QueryRow

LATEST = 5


async def group_view(desk: Desk, handle: Handle, group: Group) -> ui.LayoutView:
    """The card of a group; the handle's page is that of the list that leads back."""
    phrases, say = desk.services.phrases, desk.services.phrases.say
    latest = await desk.services.log.review.questions(group.alike, LATEST)
    (now,) = await now_of(desk, [group.latest])
    lines = [f"## {say('chat.unanswered.group')}", f"**{asked_words(group.latest)}**"]
    lines += [*group_lines(phrases, group), near_line(phrases, group, now), *review_lines(phrases, group)]
    questions = "\n".join([say("chat.unanswered.latest"), *(_line(phrases, row) for row in latest)])
    rows = tuple(row for row in (_steps(phrases, handle, group), _undoing(phrases, handle, group)) if row)
    foot = say("chat.foot.number", number=handle.row)
    tone = Tone.EVIDENCE if now.status == "answered" and group.unanswered else Tone.PARTIAL
    return build(Card("\n".join(lines), tone, (Entry(questions),), (foot,), rows), Labels("", ""))


def _line(phrases: Phrases, row: QueryRow) -> str:
    status = phrases.say(f"chat.log.status.{row.status}")
    return phrases.say(
        "chat.unanswered.line",
        question=asked_words(row),
        who=who(phrases, row.user),
        when=when(row.asked_at),
        status=status,
        number=row.number,
    )


def _steps(phrases: Phrases, handle: Handle, group: Group) -> Row:
    """The steps; what was taken can be taken back in its place."""
    say, page, number = phrases.say, handle.page, group.latest.number
    armed, dismissed, wishes = group.review("tell"), group.review("dismissed"), group.wishes.get("open", 0)
    if armed is not None:
        tell = button(say("chat.unanswered.untell"), handle.to(UNMARK, page, armed.number))
    else:
        told = handle.to(MARK, 2 * page + TOLD, number)
        label = say("chat.unanswered.tell", count=wishes) if wishes else say("chat.unanswered.tell_nobody")
        tell = button(label, told, disabled=not wishes)
    if group.closed and dismissed is not None:
        dismiss = button(say("chat.unanswered.undismiss"), handle.to(UNMARK, page, dismissed.number))
    else:
        dismiss = button(say("chat.unanswered.dismiss"), handle.to(MARK, 2 * page + DISMISSED, number))
    return (
        button(say("chat.unanswered.spell"), handle.to(SPELL, page, number), primary=True),
        button(say("chat.unanswered.note_source"), handle.to(SOURCE, page, number)),
        tell,
        dismiss,
        button(say("chat.unanswered.back"), handle.to(UNANSWERED, page)),
    )


def telling(phrases: Phrases, group: Group, handle: Handle) -> Row:
    """The button that has the askers told, where somebody wishes it and no moderator asked for it yet."""
    wishes = group.wishes.get("open", 0)
    if not wishes or group.review("tell") is not None:
        return ()
    told = handle.to(MARK, TOLD, group.latest.number)
    return (button(phrases.say("chat.unanswered.tell", count=wishes), told, primary=True),)


def _undoing(phrases: Phrases, handle: Handle, group: Group) -> Row:
    source, spelling = group.review("source"), group.review("spelling")
    row: Row = ()
    if source is not None:
        row += (button(phrases.say("chat.unanswered.unsource"), handle.to(UNMARK, handle.page, source.number)),)
    if spelling is not None and spelling.overlay is not None:
        row += (button(phrases.say("chat.unanswered.unspell"), handle.to(UNDO, 0, spelling.overlay)),)
    return row
