"""What a correction came to: what it says, which past questions answer differently now, and the way back."""

from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Card, Row, Tone
from kzbot.chat.cards.words import date_words
from kzbot.chat.escape import inline
from kzbot.chat.handle import UNDO, Handle
from kzbot.operations.corrections.correcting import Corrected
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.rows import OverlayRow

WORDS = 110
_ARTICLE = 120


def made_card(
    phrases: Phrases, done: Corrected, said: list[str], answers: list[str], handle: Handle, further: Row = ()
) -> Card:
    """`said`: what is corrected, in lines; `answers`: what becomes of past questions (both markdown); `further`: what can be
    pressed beside Undo."""
    say = phrases.say
    key = f"undo_{done.kind}" if done.undone else done.kind
    lines = [f"## {say(f'chat.corrections.made.{key}')}", *said]
    if done.outcome is not None and done.outcome.reason:
        lines.append(inline(say(done.outcome.reason, **done.outcome.values), 400))
    if done.kind == "waits":
        lines.append(say("chat.corrections.waits"))
    lines += answers
    row: Row = further
    if done.overlay is not None and not done.undone:
        row += (button(say("chat.corrections.undo_this"), handle.to(UNDO, 0, done.overlay.number)),)
    tone = Tone.EVIDENCE if done.kind == "applied" else Tone.PARTIAL if done.kind == "waits" else Tone.NOTHING
    foot = [say("chat.foot.number", number=handle.row)]
    if done.overlay is not None:
        foot.insert(0, say("chat.corrections.number", number=done.overlay.number))
    return Card("\n".join(lines), tone, foot=(" · ".join(foot),), rows=(row,) if row else ())


def overlay_line(phrases: Phrases, one: OverlayRow, about: str) -> str:
    """What a correction says; `about`: the article's title, or the name, where it is known."""
    words = inline(one.words or "", WORDS)
    if one.kind == "spelling":
        name = inline(about or one.name or "", WORDS)
        return phrases.say("chat.corrections.spelling", words=words, name=name)
    where = inline(about or one.article or "", _ARTICLE)
    if one.edtf is None:
        return phrases.say("chat.corrections.no_date", words=words, article=where)
    return phrases.say(
        "chat.corrections.date", words=words, article=where, date=date_words(phrases, one.edtf), edtf=inline(one.edtf)
    )
