"""The card of `/source`, what became of a passage, and the pages of an article's text or of a long passage."""

from collections.abc import Sequence
from dataclasses import replace

from kzbot.answers.model import Answer, Evidence
from kzbot.chat.asked import Asked
from kzbot.chat.cards.buttons import turning
from kzbot.chat.cards.entries import opening_entry
from kzbot.chat.cards.frame import Card, Entry, Row, Tone, usable
from kzbot.chat.cards.message import sentence
from kzbot.chat.cards.words import TITLE, date_words, published, title
from kzbot.chat.escape import escape, inline, plain, unescape
from kzbot.chat.handle import Handle
from kzbot.phrases import Phrases

_LINE = 300
_PASSAGES = 4
"""So many passages are shown where what was one is cut into several."""

Cut = tuple[int, int]


def source_card(phrases: Phrases, asked: Asked) -> Card:
    """What is known of the article, and its first excerpt, or what became of the passage whose address was given; the
    caller adds foot and buttons."""
    answer = asked.answer
    item = next(iter(answer.items), None)
    said = sentence(phrases, answer)
    lines = [f"## {text_heading(phrases, answer)}"]
    if answer.passage is not None:
        lines.append(phrases.say(f"chat.source.passage.{answer.passage.state}"))
    if item is None or unescape(said) != plain(item.title):
        lines.append(said)
    lines += stood(phrases, answer)
    if item is not None:
        lines += _facts(phrases, asked, item)
    tone = Tone.PARTIAL if answer.passage is not None and answer.passage.state != "unchanged" else Tone.EVIDENCE
    return Card("\n".join(lines), tone, (*then_entries(phrases, answer), *_now_entries(phrases, asked)))


def text_heading(phrases: Phrases, answer: Answer) -> str:
    """The title of the article, escaped."""
    if answer.items:
        return title(phrases, answer.items[0])
    return inline(str(answer.values.get("title", "")), TITLE) or phrases.say("chat.heading.source")


def stood(phrases: Phrases, answer: Answer) -> list[str]:
    """Where a passage stood whose article is another now, or is gone."""
    then = answer.passage
    if then is None or then.article is None or any(item.article == then.article for item in answer.items):
        return []
    if then.state == "withdrawn" and answer.source is not None:
        return []
    where = inline(then.title or then.article, TITLE)
    return [phrases.say("chat.source.stood", title=where, id=inline(then.article, 150))]


def then_entries(phrases: Phrases, answer: Answer) -> tuple[Entry, ...]:
    """The wording of before, where it is another or is gone, with what differs in bold."""
    then = answer.passage
    if then is None or then.old is None or then.state in ("unchanged", "moved"):
        return ()
    day = date_words(phrases, (then.created or "")[:10])
    head = phrases.say("chat.source.then", day=day, generation=inline(then.generation or "", 60))
    small = (inline(then.publisher, _LINE),) if then.publisher and then.state == "withdrawn" else ()
    return (Entry(f"**{head}**", then.old, then.old_marks, small),)


def _now_entries(phrases: Phrases, asked: Asked) -> tuple[Entry, ...]:
    made = [opening_entry(phrases, asked, item, at) for at, item in enumerate(asked.answer.items[:_PASSAGES])]
    then = asked.answer.passage
    if made and then is not None and then.state == "changed":
        made[0] = replace(made[0], head=f"**{phrases.say('chat.source.now')}**\n{made[0].head}")
    return tuple(made)


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
        lines.append(phrases.say("chat.source.archive_only" if usable(item.archived) else "chat.source.no_link"))
    return lines


def archived(asked: Asked) -> str | None:
    """The archived copy, opened at the excerpt, where it can stand on a button; None where an entry leads there already."""
    source, item = asked.answer.source, next(iter(asked.answer.items), None)
    if source is None or (item is not None and not usable(item.link) and usable(item.archived)):
        return None
    address = item.archived if item is not None and usable(item.archived) else source.archived_url
    return address if usable(address) else None


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
