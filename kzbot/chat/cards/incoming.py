"""The card of `/corpus add`: what was sent, what was found in it, what is missing, and what can be done with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import discord
from discord import ui

from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Card, Entry, Labels, Row, Tone, build
from kzbot.chat.cards.words import date_words
from kzbot.chat.escape import inline, plain
from kzbot.chat.fit import CHOICE, weigh
from kzbot.chat.handle import ADD, DROP, FILL, LEAVE, Handle, handle_for
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.importing.batch import Batch, Piece, Sent, Twin
    from kzbot.operations.importing.importer import Added

COMMAND = "corpus add"
NAME = 80
_VALUE = 200
_REASON = 400
_FIRST = 4
_ENTRIES = 3000.0
"""Weight of all entries of a card, with what their excerpts get at least."""
_OTHERS = 220.0
"""What of an entry is left for its excerpt and its small print."""


def batch_handle(batch: "Batch") -> Handle:
    """The handle of the buttons of a batch, whose key is its row in the log."""
    return handle_for(int(batch.key), COMMAND, None)


def incoming_view(phrases: Phrases, batch: "Batch") -> ui.LayoutView:
    """The card, within a running event loop."""
    say, handle = phrases.say, batch_handle(batch)
    lines = [f"## {say('chat.incoming.heading')}", _summary(phrases, batch)]
    room = _ENTRIES / max(len(batch.sent), 1)
    entries = tuple(_entry(phrases, handle, number, sent, room) for number, sent in enumerate(batch.sent))
    until = int(batch.at.timestamp()) + 24 * 3600
    kept = [say("chat.incoming.kept", until=f"<t:{until}:f>")] if batch.addable or batch.missing else []
    foot = " · ".join([*kept, say("chat.foot.number", number=batch.key)])
    tone = Tone.EVIDENCE if batch.ready else Tone.PARTIAL if batch.addable else Tone.NOTHING
    rows = tuple(row for row in (_buttons(phrases, handle, batch), _leaving(phrases, handle, batch)) if row)
    return build(Card("\n".join(lines), tone, entries, (foot,), rows), Labels("", "", open=say("chat.incoming.fill")))


def added_lines(phrases: Phrases, added: "Added") -> list[str]:
    """What was added, and what was not and why, in markdown."""
    say = phrases.say
    lines = [f"## {say('chat.incoming.heading_added' if added.written else 'chat.incoming.heading_none')}"]
    if added.written:
        lines.append(say("chat.incoming.added", count=len(added.written)))
    lines += [f"- **{inline(one.title, _VALUE)}** ({inline(one.id, NAME)})" for one in added.written[:_FIRST]]
    lines += _more(phrases, len(added.written))
    if added.left:
        lines.append(say("chat.incoming.left", count=len(added.left)))
        lines += [f"- **{inline(one.title, NAME)}**: {inline(one.reason, _VALUE)}" for one in added.left[:_FIRST]]
        lines += _more(phrases, len(added.left))
    if added.failed is not None:
        lines.append(say("chat.incoming.failed", reason=inline(added.failed, _REASON)))
    return lines


def _summary(phrases: Phrases, batch: "Batch") -> str:
    """In a sentence: how many articles can be added, and what must be done first."""
    if missing := batch.missing:
        lacking = [(at, one) for at, one in enumerate(batch.sent, 1) if any(one is each for each in missing)]
        names = [phrases.say("chat.incoming.sent", number=at, name=plain(one.name, 40)) for at, one in lacking]
        return phrases.say("chat.incoming.missing", names=inline(", ".join(names), _REASON))
    if addable := batch.addable:
        return phrases.say("chat.incoming.ready", count=len(addable))
    return phrases.say("chat.incoming.nothing")


def _entry(phrases: Phrases, handle: Handle, number: int, sent: "Sent", room: float) -> Entry:
    """One thing that was sent; what of it does not fit into the room for it is left out, the least needed first."""
    name = phrases.say("chat.incoming.sent", number=number + 1, name=inline(sent.name, NAME))
    head = [f"### {name}"]
    if sent.reason is not None:
        reason = inline(sent.reason, _REASON)
        if sent.line is not None:
            reason = phrases.say("chat.incoming.at_line", line=sent.line, reason=reason)
        return Entry("\n".join([*head, phrases.say("chat.incoming.not_taken", reason=reason)]))
    if sent.out:
        return Entry("\n".join([*head, phrases.say("chat.incoming.out")]))
    if len(sent.pieces) != 1 or sent.refused:
        return Entry(_within([*head, *_many(phrases, sent)], room))
    piece = sent.pieces[0]
    if piece.twin is not None and not piece.can_be_added:
        return Entry("\n".join([*head, _twin(phrases, piece.twin)]))
    return Entry(
        _within([*head, *_facts(phrases, sent, piece)], room - _OTHERS),
        piece.opening,
        small=_about(phrases, piece),
        opens=str(handle.to(FILL, 0, number)),
    )


def _other_host(url: str, given: str) -> str:
    """The host of `url`, where something was fetched from an address (`given`) of another one; else nothing."""
    if not given.lower().startswith(("http://", "https://")):
        return ""
    hosts = [(urlsplit(one).hostname or "").removeprefix("www.") for one in (url, given)]
    return hosts[0] if len(set(hosts)) == 2 else ""


def _facts(phrases: Phrases, sent: "Sent", piece: "Piece") -> list[str]:
    """What is known of the one article, and what is missing or was typed in vain."""
    say, known = phrases.say, piece.known
    lines = [f"**{inline(known.title, 160)}**" if known.title else f"**{say('chat.incoming.no_title')}**"]
    lines += [say("chat.incoming.fault", reason=inline(fault, _VALUE)) for fault in piece.faults]
    if piece.twin is not None:
        lines.append(_twin(phrases, piece.twin))
    lines += _own_words(phrases, [piece])
    if known.url and (host := _other_host(known.url, sent.name)):
        lines.append(say("chat.incoming.elsewhere", host=inline(host, NAME)))
    lines.append(_published(phrases, piece))
    lines.append(say("chat.incoming.publisher", publisher=inline(known.publisher, 100)) if known.publisher else "")
    lines.append(say("chat.incoming.url", url=inline(known.url, _VALUE)) if known.url else say("chat.incoming.no_url"))
    return [line for line in lines if line]


def _within(lines: list[str], room: float) -> str:
    """The first lines that fit into the room, a mark where more were left out."""
    kept, used = list[str](), 0.0
    for line in lines:
        used += weigh(line) + 1
        if used > room:
            kept.append("…")
            break
        kept.append(line)
    return "\n".join(kept)


def _own_words(phrases: Phrases, pieces: Sequence["Piece"]) -> list[str]:
    """What the metadata that was sent with articles does beyond the form: nobody should add that unseen."""
    say, lines = phrases.say, list[str]()
    ids = [str(piece.values["id"]) for piece in pieces if "id" in piece.values]
    if len(pieces) == 1 and ids:
        lines.append(say("chat.incoming.id", id=inline(ids[0], NAME)))
    dates = [one for piece in pieces for one in piece.values.get("dates", ())]
    if dates:
        shown = [
            say(
                "chat.incoming.read_as",
                words=inline(str(one["words"]), 40),
                date=date_words(phrases, one["edtf"]) if one["edtf"] else say("chat.incoming.no_date"),
            )
            for one in dates[:2]
        ]
        more = ", …" if len(dates) > len(shown) else ""
        lines.append(say("chat.incoming.dates", count=len(dates), dates=", ".join(shown) + more))
    skipped = sum(len(piece.values.get("skip", ())) for piece in pieces)
    return [*lines, say("chat.incoming.skip", count=skipped)] if skipped else lines


def _published(phrases: Phrases, piece: "Piece") -> str:
    known = piece.known
    if known.published is None:
        said = phrases.say("chat.incoming.undated")
    else:
        said = phrases.say(f"chat.incoming.{known.basis}", date=date_words(phrases, known.published))
    ground = inline(known.published_ground, 120) if known.published_ground else ""
    return phrases.say("chat.incoming.grounded", said=said, ground=ground) if ground else said


def _about(phrases: Phrases, piece: "Piece") -> tuple[str, ...]:
    return (phrases.say("chat.incoming.characters", number=phrases.number(piece.characters), count=piece.characters),)


def _many(phrases: Phrases, sent: "Sent") -> list[str]:
    """What is said of a file of many articles: how many, the first titles, the lines that were not taken."""
    say, addable = phrases.say, sent.addable
    lines = [say("chat.incoming.articles", count=len(addable))]
    lines += [f"- {inline(piece.known.title or '', _VALUE)}" for piece in addable[:_FIRST]]
    lines += _more(phrases, len(addable))
    lines += _own_words(phrases, addable)
    twins = [piece for piece in sent.pieces if not piece.can_be_added]
    if twins:
        lines.append(say("chat.incoming.known", count=len(twins)))
        lines += [
            f"- {inline(piece.known.title or '', 100)}: {_twin(phrases, piece.twin)}"
            for piece in twins[:_FIRST]
            if piece.twin
        ]
        lines += _more(phrases, len(twins))
    if sent.refused:
        lines.append(say("chat.incoming.refused", count=len(sent.refused)))
        for one in sent.refused[:_FIRST]:
            reason = inline(one.reason, _REASON)
            lines.append(f"- {say('chat.incoming.at_line', line=one.line, reason=reason) if one.line else reason}")
        lines += _more(phrases, len(sent.refused))
    return lines


def _more(phrases: Phrases, count: int) -> list[str]:
    return [f"- {phrases.say('chat.incoming.more', count=count - _FIRST)}"] if count > _FIRST else []


def _twin(phrases: Phrases, twin: "Twin") -> str:
    """In which article of the corpus it is already."""
    if not twin.id:
        return phrases.say("chat.incoming.twin.sent")
    key = "waits" if twin.withdrawn else twin.kind
    return phrases.say(f"chat.incoming.twin.{key}", title=inline(twin.title, 100), id=inline(twin.id, NAME))


def _buttons(phrases: Phrases, handle: Handle, batch: "Batch") -> Row:
    """Add, as soon as nothing is missing, and Cancel."""
    say = phrases.say
    add = button(say("chat.incoming.add"), handle.to(ADD), primary=True, disabled=not batch.ready)
    drop = button(say("chat.incoming.cancel"), handle.to(DROP))
    return (add, drop) if batch.addable or any(sent.out for sent in batch.sent) else (drop,)


def _leaving(phrases: Phrases, handle: Handle, batch: "Batch") -> Row:
    """A select to leave something out, or to take it in again, where there is more than one thing."""
    usable = [(number, sent) for number, sent in enumerate(batch.sent) if sent.out or sent.addable]
    if len(usable) < 2 and not any(sent.out for _, sent in usable):
        return ()
    options = [discord.SelectOption(label=_label(phrases, number, sent), value=str(number)) for number, sent in usable]
    placeholder = phrases.say("chat.incoming.leave")
    return (ui.Select(custom_id=str(handle.to(LEAVE)), placeholder=placeholder, options=options),)


def _label(phrases: Phrases, number: int, sent: "Sent") -> str:
    key = "chat.incoming.take_in" if sent.out else "chat.incoming.leave_one"
    return plain(phrases.say(key, number=number + 1, name=plain(sent.name, 60)), CHOICE)
