"""From an answer to the view that shows it."""

from collections.abc import Sequence
from dataclasses import replace

from discord import ui

from kzbot.answers.commands import known_command
from kzbot.chat.asked import Asked
from kzbot.chat.cards import lists, profile
from kzbot.chat.cards.buttons import button, jumping, taking_away, turning
from kzbot.chat.cards.check import check_card
from kzbot.chat.cards.foot import foot
from kzbot.chat.cards.frame import Card, Labels, Row, build
from kzbot.chat.cards.otherwise import ambiguous_card, bad_request_card, not_found_card
from kzbot.chat.cards.rated import rating_row
from kzbot.chat.cards.source import archived, source_card
from kzbot.chat.doubtable import can_be_doubted
from kzbot.chat.handle import DOUBT, PAGE, SHOW, TEXT, Part
from kzbot.chat.paging import known_part, page_jumps
from kzbot.phrases import Phrases

_OTHERWISE = {"not_found": not_found_card, "ambiguous": ambiguous_card, "bad_request": bad_request_card}


def render(phrases: Phrases, asked: Asked) -> ui.LayoutView:
    """The card of an answer's page; needs a running event loop."""
    return build(card_of(phrases, asked), labels(phrases))


def labels(phrases: Phrases) -> Labels:
    """The words on the buttons of entries."""
    keys = ("chat.item.read", "chat.item.whole", "chat.item.open", "chat.source.archived")
    return Labels(*map(phrases.say, keys))


def card_of(phrases: Phrases, asked: Asked) -> Card:
    """The card with foot and buttons; a page beyond the last shows the last."""
    otherwise = None if asked.answer.checks else _OTHERWISE.get(asked.answer.status)
    if otherwise is not None:
        card = otherwise(phrases, asked)
        rows = _rows(card.rows, _showing(phrases, asked), rating_row(phrases, asked))
        return replace(card, foot=foot(phrases, asked, 1), rows=rows)
    asked = replace(asked, part=known_part(asked.answer, asked.part))
    pages = page_count(phrases, asked)
    if asked.part is not Part.OVERVIEW:
        asked = replace(asked, page=min(max(asked.page, 0), pages - 1))
    card = _card(phrases, asked)
    row, select = _ways(phrases, asked, pages)
    ways = (*row, *_reading(phrases, asked), *_showing(phrases, asked), *_doubting(phrases, asked, card))
    rows = _rows((ways,), select, _taking(phrases, asked), rating_row(phrases, asked))
    return replace(card, foot=foot(phrases, asked, pages), rows=rows)


def page_count(phrases: Phrases, asked: Asked) -> int:
    """How many pages the answer has."""
    if known_command(asked.answer.command).profile:
        return profile.pages(phrases, asked)
    return 1 if asked.answer.command == "source" else lists.pages(asked)


def _card(phrases: Phrases, asked: Asked) -> Card:
    if known_command(asked.answer.command).profile:
        return profile.profile_card(phrases, asked)
    if asked.answer.command == "check":
        return check_card(phrases, asked)
    return source_card(phrases, asked) if asked.answer.command == "source" else lists.list_card(phrases, asked)


def _ways(phrases: Phrases, asked: Asked, pages: int) -> tuple[Row, Row]:
    """The buttons that turn pages, and the select of pages."""
    if asked.answer.command in ("source", "check") or known_command(asked.answer.command).profile:
        turn = turning(phrases, asked.handle, PAGE, asked.page, pages)
        return turn, jumping(phrases, asked.handle, page_jumps(pages))
    return lists.list_rows(phrases, asked)


def _reading(phrases: Phrases, asked: Asked) -> Row:
    """For an article: its whole text, and its archived copy."""
    if asked.answer.source is None:
        return ()
    row: list[ui.Item[ui.LayoutView]] = [button(phrases.say("chat.source.text"), asked.handle.to(TEXT), primary=True)]
    address = archived(asked)
    if address:
        row.append(ui.Button(label=phrases.say("chat.source.archived"), url=address))
    return tuple(row)


def _taking(phrases: Phrases, asked: Asked) -> Row:
    """For a timeline with anything on it."""
    if asked.answer.command != "timeline" or not asked.answer.total:
        return ()
    page = asked.page if asked.part is Part.LIST else 0
    return taking_away(phrases, asked.handle, page, public=not asked.private)


def _showing(phrases: Phrases, asked: Asked) -> Row:
    if not (asked.private and asked.in_server):
        return ()
    return (button(phrases.say("chat.show"), asked.handle.to(SHOW, asked.page, asked.part)),)


def _doubting(phrases: Phrases, asked: Asked, card: Card) -> Row:
    """Where dates or names are shown, the way to say that one is wrong."""
    if not any(map(can_be_doubted, card.entries)):
        return ()
    return (button(phrases.say("chat.doubt.button"), asked.handle.to(DOUBT, asked.page, asked.part)),)


def _rows(rows: Sequence[Row], *more: Row) -> tuple[Row, ...]:
    return tuple(row for row in (*rows, *more) if row)
