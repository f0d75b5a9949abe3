"""The fields of the forms in which moderators correct a date or give a name a spelling, and what becomes of them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import discord
from discord import ui

from kzbot.answers.corrections.checking import LONGEST
from kzbot.chat.correcting import correct_date, correct_name
from kzbot.chat.desk import Desk
from kzbot.chat.escape import plain
from kzbot.chat.fit import CHOICE
from kzbot.chat.presses.guarded import Spoken
from kzbot.phrases import Phrases
from kzbot.querylog.review.rows import Group

Fields = list[ui.Item[ui.Modal]]


class Known(Protocol):
    """A name of the name book."""

    @property
    def id(self) -> str: ...
    @property
    def canonical(self) -> str: ...
    @property
    def kind(self) -> str: ...


def date_fields(phrases: Phrases, words: str, means: str | None, article: str | None = None) -> Fields:
    """The words as the article prints them, and what they mean; `article`: the form asks for it, too. Needs a running event loop."""
    say = phrases.say
    fields = [] if article is None else [ui.Label(text=say("chat.doubts.article"), component=_text("article", article))]
    placeholder = plain(say("chat.doubts.means_placeholder"), CHOICE)
    return [
        *fields,
        ui.Label(
            text=say("chat.doubts.words"), description=say("chat.doubts.words_about"), component=_text("words", words)
        ),
        ui.Label(
            text=say("chat.doubts.meaning"),
            description=say("chat.doubts.meaning_about"),
            component=_text("means", means or "", placeholder=placeholder),
        ),
    ]


def spelling_fields(
    phrases: Phrases, near: Sequence[Known], spelling: str, about: str, *, chosen: str = "", other: str = ""
) -> Fields:
    """A select of these names, if there are any, room for another one, and the spelling, which `about` explains.

    `chosen`, `other`: what was given before. Needs a running event loop.
    """
    say = phrases.say
    options = [
        discord.SelectOption(
            label=plain(one.canonical, CHOICE),
            value=one.id,
            description=plain(one.kind, CHOICE),
            default=one.id == chosen,
        )
        for one in near
        if len(one.id) <= CHOICE
    ]
    written = _text("other", other, required=not options)
    if options:
        select: ui.Select[ui.Modal] = ui.Select(custom_id="name", options=options, min_values=0, required=False)
        names: Fields = [
            ui.Label(text=say("chat.doubts.name"), description=say("chat.doubts.name_about"), component=select),
            ui.Label(text=say("chat.doubts.other"), component=written),
        ]
    else:
        names = [ui.Label(text=say("chat.doubts.name"), component=written)]
    return [
        *names,
        ui.Label(text=say("chat.doubts.spelling"), description=about, component=_text("spelling", spelling)),
    ]


def _text(name: str, value: str, *, required: bool = True, placeholder: str | None = None) -> "ui.TextInput[ui.Modal]":
    return ui.TextInput(
        custom_id=name,
        default=value[:LONGEST] or None,
        max_length=LONGEST,
        required=required,
        placeholder=placeholder,
    )


async def take_date(
    interaction: Spoken, desk: Desk, article: str, values: Mapping[str, Sequence[str]], report: int | None
) -> None:
    """Corrects a date as a form says; `article`: where the form does not ask for it; `report`: the doubt that it answers."""
    given = _given(values)
    words, means = given.get("words", ""), given.get("means", "")
    await correct_date(interaction, desk, given.get("article", article), words, means, report)


async def take_spelling(
    interaction: Spoken,
    desk: Desk,
    values: Mapping[str, Sequence[str]],
    report: int | None = None,
    group: Group | None = None,
) -> None:
    """Gives a name a spelling as a form says; `report`: the doubt that it answers; `group`: the questions that it mends."""
    given = _given(values)
    chosen, other = given.get("name", ""), given.get("other", "").strip()
    await correct_name(interaction, desk, chosen, given.get("spelling", ""), report, other=other, group=group)


def _given(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {key: (some[0] if some else "") for key, some in values.items()}
