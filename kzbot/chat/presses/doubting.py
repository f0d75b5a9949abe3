"""“Wrong date or name?” under an answer: a form with what the card shows, and then the moderators' list."""

import asyncio
from collections.abc import Mapping, Sequence

import discord
from discord import ui

from kzbot.answers.model import Option
from kzbot.chat.asking import asker_of
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.render import card_of
from kzbot.chat.cards.words import date_words
from kzbot.chat.desk import Desk
from kzbot.chat.doubt_posts import post_doubt
from kzbot.chat.doubtable import Doubtable, addresses_of, dates_of, names_of
from kzbot.chat.escape import inline, plain
from kzbot.chat.fit import CHOICE
from kzbot.chat.handle import DOUBT, Handle, Part, template
from kzbot.chat.presses.guarded import Press, Spoken, tell, tell_changed
from kzbot.chat.presses.modals import Form, modal
from kzbot.chat.replies import send
from kzbot.operations.corrections.doubting import MOST_OPEN, Doubted
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.rows import Report
from kzbot.querylog.rows import QueryRow

SAID = 300
"""Characters that can be said beside a doubt."""
_IN_TIME = 2.2
"""Seconds in which the form must be ready: it has to be the first answer to the press, within three."""
_BEFORE = 30


class Doubt(Press, template=template(DOUBT)):
    """Opens the form; `page` and `number` are those of the card (its page and its part)."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        try:
            async with asyncio.timeout(_IN_TIME):
                found = await _doubtable(desk, handle, row)
        except TimeoutError:
            await tell(interaction, desk, "chat.doubt.late")
            return
        if found is None:
            await tell_changed(interaction, desk, handle)
            return
        dates, names = found
        if not dates and not names:
            await tell(interaction, desk, "chat.doubt.nothing")
            return
        say = desk.services.phrases.say
        fields = [
            _field(desk.services.phrases, kind, some, alone=not (dates and names))
            for kind, some in (("date", dates), ("name", names))
            if some
        ]
        said: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id="said",
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=SAID,
            placeholder=plain(say("chat.doubt.placeholder"), CHOICE),
        )
        right: ui.Label[ui.Modal] = ui.Label(text=say("chat.doubt.right"), component=said)
        await interaction.response.send_modal(modal(say("chat.doubt.button"), handle, [*fields, right]))


class DoubtForm(Form):
    """Takes the form: what was chosen in it goes onto the list."""

    kind = DOUBT

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        found = await _doubtable(desk, handle, row)
        if found is None:
            await tell_changed(interaction, desk, handle)
            return
        chosen = [
            some[int(value)]
            for kind, some in zip(("date", "name"), found, strict=True)
            for value in values.get(kind, ())
            if value.isdecimal() and int(value) < len(some)
        ]
        said = " ".join("".join(values.get("said", ())).encode("utf-8", "replace").decode().split())[:SAID]
        if not chosen:
            key = "chat.doubt.none_chosen_said" if said else "chat.doubt.none_chosen"
            kept = desk.services.phrases.say(key, said=inline(said, SAID))
            await send(interaction, notice(kept, Tone.NOTHING), private=True)
            return
        taken = [(one, await _taken(interaction, desk, row, one, said)) for one in chosen]
        lines = [_told(desk.services.phrases, one, done) for one, done in taken]
        await send(interaction, notice("\n".join(lines), Tone.NOTHING), private=True)
        for _, done in taken:
            if done.kind == "taken" and done.number is not None:
                await post_doubt(interaction, desk, done.number)


async def _doubtable(desk: Desk, handle: Handle, row: QueryRow) -> tuple[list[Doubtable], list[Doubtable]] | None:
    """The dates and names of the card's page; None where the state that it was answered from is no longer kept."""
    asked = await desk.reopen(row, handle.page, Part.of(handle.number))
    if asked is None or row.generation is None:
        return None
    entries = card_of(desk.services.phrases, asked).entries
    async with desk.services.shelf.kept(row.generation) as generation:
        if generation is None:
            return None
        standing = await desk.services.standing(generation, addresses_of(entries))
    return dates_of(entries), names_of(entries, standing)


def _field(phrases: Phrases, kind: str, some: Sequence[Doubtable], *, alone: bool) -> "ui.Label[ui.Modal]":
    """A select of dates or names; the only one must be used."""
    options = [
        discord.SelectOption(label=_label(phrases, one), value=str(at), description=_around(one) or None)
        for at, one in enumerate(some)
    ]
    select: ui.Select[ui.Modal] = ui.Select(
        custom_id=kind,
        options=options,
        placeholder=plain(phrases.say(f"chat.doubt.choose_{kind}"), CHOICE),
        min_values=1 if alone else 0,
        required=alone,
    )
    return ui.Label(text=phrases.say(f"chat.doubt.wrong_{kind}"), component=select)


def _label(phrases: Phrases, one: Doubtable) -> str:
    """The words and what they are read as."""
    if one.mark is not None:
        date = _plain_date(phrases, one)
        key = "own" if not one.words else "read_as"
        return plain(phrases.say(f"chat.doubt.{key}", words=one.words, read=date), CHOICE)
    if one.name is None:
        return plain(phrases.say("chat.doubt.unlisted", words=one.words), CHOICE)
    if one.name == one.words:
        return plain(one.words, CHOICE)
    return plain(phrases.say("chat.doubt.read_as", words=one.words, read=one.name), CHOICE)


def _plain_date(phrases: Phrases, one: Doubtable) -> str:
    assert one.mark is not None
    try:
        return phrases.date(one.mark.mark.edtf, one.mark.mark.modifier)
    except ValueError:
        return one.mark.mark.edtf


def _around(one: Doubtable) -> str:
    """The excerpt around the words; for an article's own date its title."""
    if not one.words:
        return plain(one.item.title, CHOICE)
    text = plain(one.item.excerpt)
    at = text.find(plain(one.words))
    start = text.rfind(" ", 0, max(at - _BEFORE, 0)) + 1 if at > _BEFORE else 0
    return plain(f"{'… ' if start else ''}{text[start:]}", CHOICE)


async def _taken(interaction: Spoken, desk: Desk, row: QueryRow, one: Doubtable, said: str) -> Doubted:
    """Puts one doubt onto the list and into the log."""
    report = Report(
        at=desk.services.clock(),
        user=interaction.user.id,
        query=row.number,
        generation=row.generation,
        kind=one.kind,
        article=one.item.article,
        address=one.item.address,
        excerpt=one.item.excerpt,
        words=one.words,
        said=said,
    )
    done = await desk.doubters.take(report)
    options: dict[str, Option] = {"kind": one.kind, "words": one.words, "address": one.item.address}
    if said:
        options["said"] = said
    denied = done.kind == "too_many"
    await desk.note(asker_of(interaction), "doubt", options, "denied" if denied else "answered")
    return done


def _told(phrases: Phrases, one: Doubtable, done: Doubted) -> str:
    what = inline(one.words, CHOICE)
    if one.mark is not None and not one.words:
        what = date_words(phrases, one.mark.mark.edtf, one.mark.mark.modifier)
    return phrases.say(f"chat.doubt.{done.kind}", what=what, number=done.number or 0, most=MOST_OPEN)
