"""The card of `/source`, and the pages of an article's text or of a long passage."""

from collections.abc import Sequence

from kzbot.answers.model import Evidence
from kzbot.chat.asked import Asked
from kzbot.chat.cards.buttons import turning
from kzbot.chat.cards.entries import opening_entry
from kzbot.chat.cards.frame import Card, Row, usable
from kzbot.chat.cards.message import sentence
from kzbot.chat.cards.words import date_words, published, title
from kzbot.chat.escape import escape, inline, plain, unescape
from kzbot.chat.handle import Handle
from kzbot.phrases import Phrases

_LINE = 300

Cut = tuple[int, int]


def source_card(phrases: Phrases, asked: Asked) -> Card:
    """What is known of the article, and its first excerpt; the caller adds foot and buttons."""
    answer = asked.answer
    if not answer.items:
        return Card("\n".join([f"## {phrases.say('chat.heading.source')}", sentence(phrases, answer)]))
    item = answer.items[0]
    said = sentence(phrases, answer)
    lines = [f"## {title(phrases, item)}", *([said] if unescape(said) != plain(item.title) else [])]
    if answer.passage is not None:
        lines.append(phrases.say(f"chat.source.passage.{answer.passage}"))
    lines += _facts(phrases, asked, item)
    return Card("\n".join(lines), entries=(opening_entry(phrases, asked, item),))


def _facts(phrases: Phrases, asked: Asked, item: Evidence) -> list[str]:
    source = asked.answer.source
    lines = []
    if item.publisher:
        lines.append(phrases.say("chat.source.publisher", publisher=inline(item.publisher, _LINE)))
    if source is not None and source.author:
        lines.append(phrases.say("chat.source.author", author=inline(source.author, _LINE)))
    when = published(phrases, item.published, item.published_basis)
    lines.append(when[:1].upper() + when[1:])
    if source is not None and source.published_ground:
        lines.append(phrases.say("chat.source.ground", ground=inline(source.published_ground, _LINE)))
    if source is not None and source.first_seen:
        lines.append(phrases.say("chat.source.first_seen", day=date_words(phrases, source.first_seen[:10])))
    lines.append(phrases.say("chat.source.file", file=inline(item.file, 150), id=inline(item.article, 150)))
    if not item.url:
        lines.append(phrases.say("chat.source.no_link"))
    return lines


def archived(asked: Asked) -> str | None:
    """The archived copy's address, where it can stand on a button."""
    source = asked.answer.source
    return source.archived_url if source is not None and usable(source.archived_url) else None


def text_card(phrases: Phrases, handle: Handle, title_line: str, text: str, cuts: Sequence[Cut], page: int) -> Card:
    """A page of a text, to the letter, cut where `cuts` say; `title_line` is markdown.

    `handle` is that of Previous and Next.
    """
    page = min(max(page, 0), len(cuts) - 1)
    start, end = cuts[page]
    rows: tuple[Row, ...] = ()
    if len(cuts) > 1:
        rows = (turning(phrases, handle, handle.kind, page, len(cuts)),)
    top = f"## {title_line}\n{escape(text[start:end]).strip()}"
    return Card(top, foot=(phrases.say("chat.foot.page", page=page + 1, pages=len(cuts)),), rows=rows)
