"""What a person reads of what is kept about them, by the settings that hold; needs a running event loop."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Row, Tone, framed, notice
from kzbot.chat.fit import LABEL
from kzbot.chat.handle import DELETE_MINE, EXPORT_MINE, FORGET, Handle
from kzbot.operations.privacy.export import Exported
from kzbot.operations.privacy.holdings import Holdings
from kzbot.phrases import Phrases
from kzbot.querylog.erasing.scope import Erased
from kzbot.querylog.personal import Held
from kzbot.settings import Settings

MINUTES = 15
"""For so long the button that deletes works."""
_HELD = ("questions", "ratings", "wishes", "wishes_done", "doubts", "deeds")


def held_view(
    phrases: Phrases, settings: Settings, held: Holdings, handle: Handle, *, local: bool, home: bool
) -> ui.LayoutView:
    """What is kept, and all that is to be known of it. `local`: no Discord is asked; `home`: it is known who moderates."""
    lines = [f"## {phrases.say('chat.privacy.heading')}", *_held_lines(phrases, held)]
    lines += _about(phrases, settings, held, local=local, home=home)
    say = phrases.say
    row: Row = (
        button(say("chat.privacy.export"), handle.to(EXPORT_MINE)),
        button(say("chat.privacy.delete"), handle.to(DELETE_MINE)),
    )
    return notice("\n".join(lines), Tone.EVIDENCE, (row,))


def _held_lines(phrases: Phrases, held: Holdings) -> list[str]:
    say = phrases.say
    lines = []
    if held.nothing:
        lines.append(say("chat.privacy.nothing"))
    elif _only_asked(held):
        lines.append(say("chat.privacy.only_this"))
    else:
        for name in _HELD:
            one: Held = getattr(held, name)
            if one.count:
                where = _where(phrases, held) if name == "questions" else ""
                lines.append(f"- {say(f'chat.privacy.count.{name}', count=one.count)}{where}{_when(phrases, one)}")
        if held.files:
            lines.append(f"- {say('chat.privacy.count.files', count=held.files)}")
    if held.deletions:
        lines.append(say("chat.privacy.count.deletions", count=len(held.deletions)))
    return lines


def _only_asked(held: Holdings) -> bool:
    """Whether there is one question and nothing else: the one that is being answered is in the log already."""
    others = (getattr(held, name).count for name in _HELD if name != "questions")
    return held.questions.count == 1 and not any(others) and not held.files


def _when(phrases: Phrases, held: Held) -> str:
    if held.first is None or held.last is None:
        return ""
    key = "on_day" if held.first.date() == held.last.date() else "from_to"
    said = phrases.say(f"chat.privacy.{key}", first=_day(held.first), last=_day(held.last))
    return f" {said}"


def _where(phrases: Phrases, held: Holdings) -> str:
    said = []
    if held.servers:
        said.append(phrases.say("chat.privacy.places", count=held.servers))
    if held.direct:
        said.append(phrases.say("chat.privacy.direct", count=held.direct))
    return "".join(f", {one}" for one in said)


def _day(moment: datetime) -> str:
    """In the reader's own time and words."""
    return f"<t:{int(moment.timestamp())}:D>"


def _about(phrases: Phrases, settings: Settings, held: Holdings, *, local: bool, home: bool) -> list[str]:
    say, log = phrases.say, settings.log
    leaves = ("local" if local else "discord") + ("_fetch" if settings.corpus.fetch else "")
    how_long = [say("chat.privacy.how_long.questions", count=log.days)]
    if log.server_days:
        how_long.append(say("chat.privacy.how_long.server", count=log.server_days))
    else:
        how_long.append(say("chat.privacy.how_long.server_now"))
    if held.doubts.count:
        how_long.append(say("chat.privacy.how_long.doubts"))
    if held.deeds.count:
        how_long.append(say("chat.privacy.how_long.audit", count=log.audit_days))
    if held.files:
        how_long.append(say("chat.privacy.how_long.files"))
    how_long.append(say("chat.privacy.how_long.backups"))
    parts = {
        "who": f"{say(f'chat.privacy.who.{log.user_ids}')} {say('chat.privacy.who.nothing_else')}",
        "why": say("chat.privacy.why.said"),
        "how_long": " ".join(how_long),
        "sees": say(f"chat.privacy.sees.{'home' if home else 'operator'}"),
        "leaves": say(f"chat.privacy.leaves.{leaves}"),
    }
    return [f"**{say(f'chat.privacy.{name}.heading')}** {said}" for name, said in parts.items()]


def deleting_view(
    phrases: Phrases, settings: Settings, erased: Erased, held: Holdings, handle: Handle, *, local: bool
) -> ui.LayoutView:
    """What would go and what stays, and the button that deletes; only a notice where there is nothing.

    `local`: the messages, too, are the bot's to delete.
    """
    say = phrases.say
    going = gone_lines(phrases, erased, held)
    if not going:
        said = [say("chat.privacy.deleting.nothing")]
        if settings.log.user_ids == "none":
            said.append(say("chat.privacy.who.none"))
        return notice("\n".join(said), Tone.NOTHING)
    if local:
        going.append(f"- {say('chat.privacy.deleting.local')}")
    stays = [] if local else [say("chat.privacy.deleting.discord")]
    stays.append(say("chat.privacy.deleting.others"))
    if held.deeds.count:
        stays.append(say("chat.privacy.deleting.deeds", count=settings.log.audit_days))
    if settings.log.user_ids == "none":
        stays.append(say("chat.privacy.deleting.none"))
    stays.append(say("chat.privacy.deleting.noted"))
    lines = [f"## {say('chat.privacy.deleting.heading')}", say("chat.privacy.deleting.goes"), *going]
    lines += [say("chat.privacy.deleting.stays"), *(f"- {one}" for one in stays)]
    lines.append(f"-# {say('chat.privacy.deleting.minutes', count=MINUTES)}")
    danger: ui.Button[Any] = ui.Button(
        label=say("chat.privacy.deleting.button")[:LABEL],
        custom_id=str(handle.to(FORGET)),
        style=discord.ButtonStyle.danger,
    )
    return notice("\n".join(lines), Tone.TROUBLE, ((danger,),))


def deleted_view(phrases: Phrases, erased: Erased, held: Holdings, *, local: bool) -> ui.LayoutView:
    """What went; `held` is what there was."""
    say = phrases.say
    gone = gone_lines(phrases, erased, held)
    if not gone:
        return notice(say("chat.privacy.deleted.nothing"), Tone.NOTHING)
    lines = [f"## {say('chat.privacy.deleted.heading')}", *gone]
    lines.append(say("chat.privacy.deleted.said"))
    if not local:
        lines.append(say("chat.privacy.deleted.cards"))
    return notice("\n".join(lines), Tone.EVIDENCE)


def gone_lines(phrases: Phrases, erased: Erased, held: Holdings) -> list[str]:
    """Counts of what goes, or went, as a list."""
    rows = {**erased.rows, "files": held.files}
    known = ("queries", "ratings", "wishes", "reports", "audit", "files")
    said = [phrases.say(f"chat.privacy.deleted.rows.{name}", count=rows[name]) for name in known if rows.get(name)]
    if held.named:
        said.append(phrases.say("chat.privacy.deleted.named"))
    return [f"- {one}" for one in said]


def exported_view(
    phrases: Phrases, exported: Exported, files: Sequence[tuple[str, bytes]], part: int, parts: int
) -> tuple[ui.LayoutView, list[discord.File]]:
    """One message with files of an export, the `part`th of `parts`."""
    say = phrases.say
    sent = [discord.File(io.BytesIO(data), name) for name, data in files]
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=Tone.EVIDENCE.value)
    container.add_item(ui.TextDisplay(f"### {say('chat.privacy.exported.heading')}"))
    for file in sent:
        container.add_item(ui.File(file))
    small = [say("chat.privacy.exported.rows", count=exported.rows)]
    if parts > 1:
        small.append(say("chat.privacy.exported.parts", part=part, parts=parts))
    container.add_item(ui.TextDisplay(f"-# {' · '.join(small)}"))
    return framed(container), sent
