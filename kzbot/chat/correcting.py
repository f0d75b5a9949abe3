"""Corrections by moderators in the chat: checked, laid, built, shown; and taken back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from discord import ui

from kzbot.answers.corrections.checking import date_change
from kzbot.answers.model import Option
from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.corrections.made import made_card, overlay_line
from kzbot.chat.cards.frame import Labels, Row, build
from kzbot.chat.cards.plans.plan import plan_view
from kzbot.chat.cards.plans.sections import answer_line
from kzbot.chat.cards.unanswered.group import telling
from kzbot.chat.cards.words import date_words
from kzbot.chat.desk import Desk
from kzbot.chat.doubt_posts import refresh_doubt
from kzbot.chat.handle import RETRY, Handle, handle_for
from kzbot.chat.moderation import actor_of, moderate
from kzbot.chat.presses.guarded import Spoken
from kzbot.chat.progress import Progress
from kzbot.errors import QuestionError
from kzbot.operations.corrections.correcting import Corrected
from kzbot.operations.corrections.spelling import spelling_record
from kzbot.operations.reviewing import note_spelling
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.rows import OverlayRecord
from kzbot.querylog.review.rows import Group
from kzbot.querylog.rows import storable

if TYPE_CHECKING:  # a start does not wait for the rooms that build
    from kzbot.operations.planning.plan import Plan

Told = Callable[[Any], None]
Further = Callable[[Handle], Row]
DATE, NAME, UNDONE = "corpus correct date", "corpus correct name", "corpus corrections undo"
_ANSWERS = 10
_BEFORE = 5


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it; `about` is the title of the article or the name, `notes` (markdown) what else is to be said, `further`
    what can be pressed next once it is applied."""

    done: Corrected
    about: str = ""
    notes: tuple[str, ...] = ()
    further: "Further | None" = None


async def correct_date(
    interaction: Spoken, desk: Desk, article: str, words: str, means: str, report: int | None = None
) -> None:
    """Corrects what words of an article mean, for a moderator; `report`: the doubt that it answers."""
    phrases = desk.services.phrases
    article, words, means = map(storable, (article, words, means))

    async def work(progress: Told) -> Made:
        async with desk.services.shelf.current() as generation:
            no_date = phrases.say("answers.corrections.no_date")
            change = await date_change(generation, article, words, means, no_date)
        record = OverlayRecord(
            at=desk.services.clock(),
            actor=actor_of(interaction),
            kind="date",
            article=change.article,
            words=change.words,
            edtf=change.edtf,
            report=report,
        )
        before = [date_words(phrases, one.edtf, one.modifier) for one in change.before]
        was = ", ".join(dict.fromkeys(before[:_BEFORE])) or phrases.say("answers.corrections.no_date")
        notes = [phrases.say("chat.corrections.before", date=was)]
        if change.count > 1:
            notes.append(phrases.say("chat.corrections.times", count=change.count))
        return Made(await desk.corrector.lay(record, progress=progress), change.title, tuple(notes))

    options = _options({"article": article, "words": words, "means": means}, report)
    await _moderated(interaction, desk, DATE, options, work)
    await refresh_doubt(interaction, desk, report)


async def correct_name(
    interaction: Spoken,
    desk: Desk,
    name: str,
    spelling: str,
    report: int | None = None,
    *,
    other: str = "",
    group: Group | None = None,
) -> None:
    """Gives a name of the book a further spelling, for a moderator; `report`: the doubt that it answers.

    The name is `name` or `other`, not both. `group`: the questions that the spelling is to mend, which is noted with them.
    """
    name, spelling, other = storable(name), storable(spelling), storable(other)

    async def work(progress: Told) -> Made:
        log, actor, now = desk.services.log, actor_of(interaction), desk.services.clock
        meant = _one_name(name, other)
        async with desk.services.shelf.current() as generation:
            record, canonical = await spelling_record(log.ledger, generation, meant, spelling, actor, now(), report)
        done = await desk.corrector.lay(record, progress=progress)
        if group is None:
            return Made(done, canonical)
        if done.overlay is not None:
            await note_spelling(log.review, group, spelling, done.overlay.number, actor, now())
        return Made(done, canonical, further=partial(telling, desk.services.phrases, group))

    given = {"name": name or other, "other": other if name else "", "spelling": spelling}
    options = _options({option: words for option, words in given.items() if words}, report)
    question = group.latest.number if group is not None else 0
    await _moderated(interaction, desk, NAME, options, work, question)
    await refresh_doubt(interaction, desk, report)


def _one_name(name: str, other: str) -> str:
    """The one that is given; QuestionError where none or both are."""
    if bool(name) == bool(other):
        raise QuestionError(f"chat.doubts.name_{'twice' if name else 'missing'}")
    return name or other


async def undo(interaction: Spoken, desk: Desk, number: int) -> None:
    """Takes a correction back, for a moderator."""

    async def work(progress: Told) -> Made:
        return Made(await desk.corrector.undo(number, actor_of(interaction), progress=progress))

    await _moderated(interaction, desk, UNDONE, {"number": number}, work)
    found = await desk.services.log.ledger.overlay(number)
    await refresh_doubt(interaction, desk, found.report if found is not None else None)


def _options(given: Mapping[str, Option], report: int | None) -> dict[str, Option]:
    """What is logged."""
    return {**given} if report is None else {**given, "doubt": report}


async def _moderated(
    interaction: Spoken,
    desk: Desk,
    command: str,
    options: Mapping[str, Option],
    work: Callable[[Told], Awaitable[Made]],
    question: int = 0,
) -> None:
    """`question`: one of those that the correction is to mend."""

    def again(number: int) -> Row:
        handle = handle_for(number, command, None).to(RETRY, 0, question)
        return (button(desk.services.phrases.say("chat.corrections.try_again"), handle, primary=True),)

    async def show(made: Made, number: int) -> ui.LayoutView:
        return await _shown(desk, command, made, number, again)

    async def told() -> Made:
        progress = Progress(interaction, desk.services.phrases)
        try:
            return await work(progress.told)
        finally:
            await progress.end()

    await moderate(
        interaction, desk, command, options, told, show, slow=True, about=_candidate, noted=True, again=again
    )


def _waiting(made: Made) -> "Plan | None":
    """The plan that holds the correction with other changes, and waits."""
    if made.done.kind != "waits" or made.done.outcome is None:
        return None
    return made.done.outcome.plan


def _candidate(made: Made) -> str | None:
    plan = _waiting(made)
    return plan.candidate if plan is not None else None


async def _shown(desk: Desk, command: str, made: Made, number: int, again: Callable[[int], Row]) -> ui.LayoutView:
    """What came of it; a plan that waits is shown with what can be done with it, and what was not done with how to try it again."""
    phrases, done = desk.services.phrases, made.done
    said = []
    if done.overlay is not None:
        said = [overlay_line(phrases, done.overlay, made.about or await _about(desk, done)), *made.notes]
    plan, handle = _waiting(made), handle_for(number, command, _candidate(made))
    if plan is not None:
        return plan_view(phrases, plan, handle, lead="\n".join([*said, phrases.say("chat.corrections.waits")]))
    answers = _answers(phrases, done) if done.kind == "applied" else []
    further = made.further(handle) if made.further is not None and done.kind == "applied" else ()
    if done.kind in ("refused", "nothing") and not done.undone:
        further = again(number)
    return build(made_card(phrases, done, said, answers, handle, further), Labels("", ""))


def _answers(phrases: Phrases, done: Corrected) -> list[str]:
    """Which past questions answer differently now."""
    plan = done.outcome.plan if done.outcome is not None else None
    if plan is None:
        return []
    asked = plan.asked + plan.golden
    if not plan.answers:
        return [phrases.say("chat.corrections.same_answers", count=asked)] if asked else []
    total = plan.count("answers")
    lines = [phrases.say("chat.corrections.answers", count=total, asked=asked)]
    lines += [answer_line(phrases, one, 0) for one in plan.answers[:_ANSWERS]]
    if total > _ANSWERS:
        lines.append(phrases.say("chat.exercise.more", count=total - _ANSWERS))
    return lines


async def _about(desk: Desk, done: Corrected) -> str:
    from kzbot.operations.corrections.taking_over import held  # noqa: PLC0415 - a start does not wait for YAML

    assert done.overlay is not None
    async with desk.services.shelf.current() as generation:
        found = await held(generation, [done.overlay])
    return found[0].about or ""
