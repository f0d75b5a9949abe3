"""Rows of what can be pressed; each remembers its state in its custom_id, and kzbot/chat/presses acts on it."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from kzbot.chat.cards.frame import Row
from kzbot.chat.escape import plain
from kzbot.chat.fit import CHOICE, CHOICES, LABEL
from kzbot.chat.forms import FORMS
from kzbot.chat.handle import CHOICE as CHOICE_KIND
from kzbot.chat.handle import CHOICES as CHOICES_KIND
from kzbot.chat.handle import JUMP, PAGE, TAKE, Handle, Part
from kzbot.chat.paging import Jump
from kzbot.output.chart import span_words
from kzbot.phrases import Phrases

_IN_A_ROW = 5


def button(label: str, handle: Handle, *, disabled: bool = False, primary: bool = False) -> ui.Button[Any]:
    """A button; its label is cut to what Discord takes."""
    style = discord.ButtonStyle.primary if primary else discord.ButtonStyle.secondary
    return ui.Button(label=plain(label, LABEL) or "?", custom_id=str(handle), style=style, disabled=disabled)


def turning(phrases: Phrases, handle: Handle, kind: str, page: int, pages: int) -> Row:
    """Previous and Next, or nothing where there is one page."""
    if pages <= 1:
        return ()
    return (
        button(phrases.say("chat.page.previous"), handle.to(kind, max(page - 1, 0), handle.number), disabled=page <= 0),
        button(
            phrases.say("chat.page.next"),
            handle.to(kind, min(page + 1, pages - 1), handle.number),
            disabled=page >= pages - 1,
        ),
    )


def going(phrases: Phrases, handle: Handle, key: str, part: Part, page: int = 0, *, primary: bool = False) -> Row:
    """A button that leads to a page of a part of the same answer; `key` is the phrase on it."""
    return (button(phrases.say(key), handle.to(PAGE, page, part), primary=primary),)


def jumping(
    phrases: Phrases, handle: Handle, jumps: Sequence[Jump], *, key: str = "chat.page.jump", articles: bool = False
) -> Row:
    """A select of pages by year or number, or nothing where there is nowhere to go; `key` is the phrase on it.

    `articles`: what is counted are articles, not statements.
    """
    if len(jumps) < 2:
        return ()
    counted = "chat.page.articles" if articles else "chat.page.statements"
    options = [
        discord.SelectOption(
            label=plain(jump.label if isinstance(jump.label, str) else span_words(phrases, jump.label), CHOICE),
            value=f"{at}:{jump.page}:{int(jump.part)}",
            description=None if jump.count is None else phrases.say(counted, count=jump.count),
        )
        for at, jump in enumerate(jumps[:CHOICES])
    ]
    return (ui.Select(custom_id=str(handle.to(JUMP)), placeholder=phrases.say(key), options=options),)


def choosing(phrases: Phrases, handle: Handle, choices: Sequence[str]) -> Row:
    """A button for each of a few choices, a select for more; Discord takes 25 of them."""
    if len(choices) <= _IN_A_ROW:
        return tuple(button(choice, handle.to(CHOICE_KIND, 0, at)) for at, choice in enumerate(choices))
    options = [
        discord.SelectOption(label=plain(choice, CHOICE) or "?", value=str(at))
        for at, choice in enumerate(choices[:CHOICES])
    ]
    return (ui.Select(custom_id=str(handle.to(CHOICES_KIND)), placeholder=phrases.say("chat.choose"), options=options),)


def taking_away(phrases: Phrases, handle: Handle, page: int, *, public: bool) -> Row:
    """A select of the forms in which the list can be taken away; pictures begin with the page that is shown."""
    options = [
        discord.SelectOption(
            label=phrases.say(f"chat.take.{form}"), value=form, description=phrases.say(f"chat.take.about_{form}")
        )
        for form in FORMS
    ]
    custom_id = str(handle.to(TAKE, page, int(public)))
    return (ui.Select(custom_id=custom_id, placeholder=phrases.say("chat.take.placeholder"), options=options),)
