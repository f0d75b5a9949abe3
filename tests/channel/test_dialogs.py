"""Dialogs: what may be opened, what may be sent back, and what the bot can answer."""

from __future__ import annotations

from typing import Any

import pytest

from kzbot.channel.dialogs import FormError, check_modal
from kzbot.channel.identity import MODERATOR, MODERATORS
from kzbot.channel.refusal import Refusal
from kzbot.channel.server import LocalChannel
from kzbot.errors import ChannelError

GOOD = {"kind": ["news"]}


async def test_a_form_goes_back_with_what_it_was_opened_with_and_what_was_filled_in(channel: LocalChannel) -> None:
    opened = await channel.command("form", where=MODERATORS, by=MODERATOR)
    assert opened.modal is not None
    values = {"words": "first line\nsecond line", "kind": ["report"], "marks": ["old", "doubtful"]}
    reply = await channel.submit(opened.modal, values, by=MODERATOR)
    assert reply.message is not None
    given = ["Steppe Eagle begins", "first line\nsecond line", ["report"], ["old", "doubtful"]]
    assert reply.message["content"] == f"Described: {given}"
    assert reply.message["channel_id"] == str(MODERATORS.channel)


async def test_a_form_behind_a_button_changes_its_message(channel: LocalChannel) -> None:
    shown = await channel.command("desk")
    opened = await channel.press(shown.message_id, "t:fill")
    assert opened.type == 9
    reply = await channel.submit(opened.id, GOOD)
    assert (reply.type, reply.message_id) == (7, shown.message_id)
    assert "Described: ['Steppe Eagle begins', '', ['news'], []]" in str(reply.message)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({**GOOD, "name": ""}, "name", "required"),
        ({**GOOD, "name": "x" * 31}, "name", "30 characters at most; it has 31"),
        ({**GOOD, "words": "short"}, "words", "10 characters at least; it has 5"),
        ({}, "kind", "required"),
        ({"kind": []}, "kind", "required"),
        ({"kind": ["novel"]}, "kind", "not among the choices"),
        ({"kind": ["news", "report"]}, "kind", "Choose 1"),
        ({**GOOD, "marks": ["old", "short", "doubtful"]}, "marks", "Choose 1 to 2"),
    ],
)
async def test_what_discord_would_not_send_is_told_at_its_field(
    channel: LocalChannel, values: dict[str, Any], field: str, words: str
) -> None:
    opened = await channel.command("form")
    assert opened.modal is not None
    with pytest.raises(FormError) as refused:
        await channel.submit(opened.modal, values)
    assert list(refused.value.faults) == [field] and words in refused.value.faults[field]
    assert (await channel.submit(opened.modal, GOOD)).message is not None


async def test_a_dialog_belongs_to_the_person_for_whom_it_was_opened(channel: LocalChannel) -> None:
    opened = await channel.command("form")
    assert opened.modal is not None
    for dialog in (opened.modal, opened.id, "never opened"):
        with pytest.raises(ChannelError, match="not open"):
            await channel.submit(dialog, GOOD, by=MODERATOR)
    with pytest.raises(ChannelError, match="no field colour"):
        await channel.submit(opened.modal, {"colour": "red"})


def text(**more: Any) -> dict[str, Any]:
    return {"type": 4, "custom_id": "a", "style": 1, **more}


def select(**more: Any) -> dict[str, Any]:
    offered = [{"label": name, "value": name} for name in ("a", "b")]
    return {"type": 3, "custom_id": "a", "options": offered, **more}


def label(component: Any, **more: Any) -> dict[str, Any]:
    return {"type": 18, "label": "A", "component": component, **more}


@pytest.mark.parametrize(
    ("components", "path"),
    [
        ([], "components"),
        ([label(text(custom_id=str(n))) for n in range(6)], "components"),
        ([label(text()), label(text())], "components"),
        ([text()], "components.0.type"),
        ([label(None)], "components.0.component"),
        ([label(text(), label="")], "components.0.label"),
        ([label(text(), label="x" * 46)], "components.0.label"),
        ([label(text(), description="x" * 101)], "components.0.description"),
        ([label(text(value="x" * 11, max_length=10))], "components.0.component.value"),
        ([label(text(min_length=5, max_length=4))], "components.0.component.max_length"),
        ([label(text(max_length=4001))], "components.0.component.max_length"),
        ([label(text(placeholder="x" * 101))], "components.0.component.placeholder"),
        ([label(text(style=3))], "components.0.component.style"),
        ([label(select(options=[]))], "components.0.component.options"),
        ([label(select(max_values=3))], "components.0.component.max_values"),
        ([label(select(disabled=True))], "components.0.component.disabled"),
        ([{"type": 10, "content": " "}], "components.0.content"),
        ([{"type": 1, "components": [text()]}], "components.0.components.0.label"),
        ([{"type": 1, "components": [select()]}], "components.0.components"),
    ],
)
def test_a_dialog_that_discord_would_not_open_is_refused_where_the_fault_stands(
    components: list[dict[str, Any]], path: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check_modal({"title": "T", "custom_id": "c", "components": components})
    level = refused.value.body["errors"]["data"]
    for step in path.split("."):
        level = level[step]
    assert level["_errors"]


def test_a_row_with_a_text_input_still_opens() -> None:
    check_modal({"title": "T", "custom_id": "c", "components": [{"type": 1, "components": [text(label="Old form")]}]})
