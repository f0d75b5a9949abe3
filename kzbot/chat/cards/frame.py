"""The frame of every card: heading, entries, foot and buttons in one container, within Discord's limits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import discord
from discord import ui

from kzbot.answers.model import Evidence
from kzbot.chat.escape import plain, quote, unescape
from kzbot.chat.fit import CARD, COMPONENTS, LABEL, URL, share, weigh

Row = tuple[ui.Item[Any], ...]
_SMALL = "-# "
_IN_A_ROW = 5
_EXCERPT = 120.0
"""What every excerpt gets at least."""
_JOINTS = 4.0
"""Weight of the line breaks that join head, excerpt and foot of an entry."""


class Tone(Enum):
    """The colour at a card's edge."""

    EVIDENCE = 0x2E7D6B
    PARTIAL = 0xB7791F
    NOTHING = 0x6B7280
    TROUBLE = 0xB3413A


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a card: `head` and the lines of `small` are markdown; `excerpt` is verbatim and escaped here.

    `highlights` are offsets into the excerpt. `link` is where "Read" leads (`archived`: to an archived copy, for want of
    another, and the button says so); where there is none and the excerpt had to
    be cut, `whole` is the custom_id of a button that shows all of it. `opens`: the custom_id of a button that unfolds what
    the entry only names. `follows`: it belongs to the entry before. `later`: the excerpt is cut at its beginning too.
    `item`: the evidence that it shows, whose dates and names can be doubted.
    """

    head: str
    excerpt: str = ""
    highlights: tuple[tuple[int, int], ...] = ()
    small: tuple[str, ...] = ()
    link: str | None = None
    whole: str | None = None
    follows: bool = False
    later: bool = False
    opens: str | None = None
    archived: bool = False
    item: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The words on an entry's buttons."""

    read: str
    whole: str
    open: str = ""
    archived: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """All that one message shows; `top`, `foot` are markdown, `rows` are rows of buttons or one select each. `joined`,
    `headed`: for want of room the foot stands in the last entry's own text, the top in the first one's."""

    top: str
    tone: Tone = Tone.EVIDENCE
    entries: tuple[Entry, ...] = ()
    foot: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    joined: bool = False
    headed: bool = False


def build(card: Card, labels: Labels) -> ui.LayoutView:
    """A view of the card that Discord accepts; excerpts too long for it are cut at a word.

    The view is stopped before it is sent: what is pressed comes back through the presses, which are known by the form
    of their custom_id, so a card works as long as its message stands. Needs a running event loop.
    """
    card = _fitted(_squeezed(card))
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=card.tone.value)
    if not card.headed:
        container.add_item(ui.TextDisplay(card.top))
    foot = _foot(card)
    spaced = _size(card, separators=True) <= COMPONENTS
    for at, (entry, limit) in enumerate(zip(card.entries, _limits(card), strict=True), start=1):
        if spaced and not entry.follows:
            container.add_item(ui.Separator(spacing=discord.SeparatorSpacing.small))
        above = card.top if card.headed and at == 1 else ""
        below = foot if card.joined and at == len(card.entries) else ""
        container.add_item(_shown(entry, limit, labels, above, below))
    if foot and not card.joined:
        if spaced:
            container.add_item(ui.Separator(spacing=discord.SeparatorSpacing.small))
        container.add_item(ui.TextDisplay(foot))
    for row in card.rows:
        container.add_item(ui.ActionRow(*row))
    return framed(container)


def framed(container: "ui.Container[ui.LayoutView]") -> ui.LayoutView:
    """A view of this container alone, stopped before it is sent; see `build`."""
    view = ui.LayoutView(timeout=None)
    view.stop()
    view.add_item(container)
    return view


def notice(text: str, tone: Tone = Tone.NOTHING, rows: Sequence[Row] = ()) -> ui.LayoutView:
    """A card of one text (markdown)."""
    return build(Card(text, tone, rows=tuple(rows)), Labels("", ""))


def _size(card: Card, *, separators: bool) -> int:
    entries = sum(
        1 + (2 if entry.link or entry.whole or entry.opens else 0) + (separators and not entry.follows)
        for entry in card.entries
    )
    rows = sum(1 + len(row) for row in card.rows)
    return 1 + (not card.headed) + entries + rows + (1 + separators if card.foot and not card.joined else 0)


def _squeezed(card: Card) -> Card:
    """The card with as many components as Discord takes, and all that it says: an entry that only unfolds something becomes a
    button beside the last ones, the foot stands below the last entry's own lines, the top above the first one's."""
    for squeeze in (_unfolding, _joining, _heading):
        if _size(card, separators=False) > COMPONENTS:
            card = squeeze(card)
    return card


def _unfolding(card: Card) -> Card:
    entry = card.entries[-1] if card.entries else None
    last = card.rows[-1] if card.rows else ()
    if entry is None or not entry.opens or entry.excerpt or len(last) >= _IN_A_ROW or not _buttons(last):
        return card
    label = plain(unescape(entry.head), LABEL)
    opening: ui.Button[Any] = ui.Button(label=label, custom_id=entry.opens)
    return replace(card, entries=card.entries[:-1], rows=(*card.rows[:-1], (*last, opening)))


def _joining(card: Card) -> Card:
    return replace(card, joined=bool(card.entries))


def _heading(card: Card) -> Card:
    return replace(card, headed=bool(card.entries))


def _buttons(row: Row) -> bool:
    return all(isinstance(one, ui.Button) for one in row)


def _foot(card: Card) -> str:
    return "\n".join(_SMALL + line for line in card.foot)


def _fitted(card: Card) -> Card:
    """The card with fewer small lines, then fewer lines on top, where they would leave no room for the excerpts."""
    room = CARD - len(card.entries) * _EXCERPT
    for keep in (3, 2, 1):
        if _fixed(card) <= room:
            return card
        card = replace(card, entries=tuple(replace(entry, small=entry.small[-keep:]) for entry in card.entries))
    lines = card.top.split("\n")
    while len(lines) > 1 and _fixed(card) > room:
        lines.pop()
        card = replace(card, top="\n".join([*lines, "…"]))
    return card


def _fixed(card: Card) -> float:
    """The weight of everything but the excerpts."""
    weight = weigh(card.top) + sum(weigh(_SMALL + line) + 1 for line in card.foot)
    for entry in card.entries:
        weight += weigh(entry.head) + _JOINTS + sum(weigh(_SMALL + line) + 1 for line in entry.small)
    return weight


def _limits(card: Card) -> list[float]:
    """What each entry's excerpt may weigh."""
    needs = [
        weigh(quote(entry.excerpt, entry.highlights, later=entry.later).markdown) if entry.excerpt else 0.0
        for entry in card.entries
    ]
    return share(needs, CARD - _fixed(card))


def _shown(entry: Entry, limit: float, labels: Labels, above: str = "", below: str = "") -> ui.Item[ui.LayoutView]:
    shown = quote(entry.excerpt, entry.highlights, limit, later=entry.later) if entry.excerpt else None
    lines = [above, entry.head, *([shown.markdown] if shown else []), *(_SMALL + line for line in entry.small), below]
    text = "\n".join(line for line in lines if line)
    accessory: ui.Button[ui.LayoutView] | None = None
    if entry.opens:
        accessory = ui.Button(label=labels.open[:LABEL], custom_id=entry.opens)
    elif usable(entry.link):
        accessory = ui.Button(label=(labels.archived if entry.archived else labels.read)[:LABEL], url=entry.link)
    elif entry.whole and shown and not shown.complete:
        accessory = ui.Button(label=labels.whole[:LABEL], custom_id=entry.whole)
    if accessory is None:
        return ui.TextDisplay(text)
    return ui.Section(text, accessory=accessory)


def usable(link: str | None) -> bool:
    """Whether a link can stand on a button."""
    return link is not None and len(link) <= URL and link.startswith(("https://", "http://"))
