"""The card of a profile: its facts with the numbers of their excerpts, then the mentions."""

from collections.abc import Callable

from kzbot.answers.model import Answer, Profile
from kzbot.chat.asked import Asked
from kzbot.chat.cards.entries import dated_entries
from kzbot.chat.cards.exercise import exercise_lines
from kzbot.chat.cards.frame import Card, Tone
from kzbot.chat.cards.message import missing_lines, sentence
from kzbot.chat.cards.who import who_lines
from kzbot.chat.escape import inline
from kzbot.chat.fit import weigh
from kzbot.chat.paging import MOST_ALONE, pages_for
from kzbot.phrases import Phrases

_BESIDE = 1100.0
"""Facts of at most this weight stand above the first mentions; more have pages of their own."""
_ALONE = 2600.0
_NAME = 80
_LINES: dict[str, Callable[[Phrases, Profile], list[str]]] = {"who": who_lines}


def profile_card(phrases: Phrases, asked: Asked) -> Card:
    """A page of the profile or of the mentions; the caller adds foot and buttons."""
    answer, per_page = asked.answer, asked.per_page
    chunks, alone = _plan(phrases, answer)
    tone = Tone.PARTIAL if answer.status == "partial" else Tone.EVIDENCE
    heading = f"## {inline(answer.profile.name if answer.profile else answer.command, _NAME)}"
    if asked.page < alone:
        return Card("\n".join([heading, *chunks[asked.page]]), tone)
    at = (asked.page - alone) * per_page
    top = [heading, *(chunks[0] if asked.page == 0 else ())]
    first = at - answer.offset
    return Card("\n".join(top), tone, dated_entries(phrases, asked, answer.items[first : first + per_page], at + 1))


def pages(phrases: Phrases, asked: Asked) -> int:
    """How many pages the profile and all mentions fill."""
    return max(1, _plan(phrases, asked.answer)[1] + pages_for(asked.answer.total, asked.per_page))


def _plan(phrases: Phrases, answer: Answer) -> tuple[list[list[str]], int]:
    """The profile's lines in chunks, and how many of them have pages of their own."""
    lines = [sentence(phrases, answer), *missing_lines(phrases, answer)]
    if answer.profile is not None:
        lines += _LINES.get(answer.command, exercise_lines)(phrases, answer.profile)
    if sum(weigh(line) + 1 for line in lines) <= _BESIDE:
        return [lines], 0
    chunks: list[list[str]] = [[]]
    used = 0.0
    for at, line in enumerate(lines):
        if chunks[-1] and used + weigh(line) + 1 > _ALONE:
            if len(chunks) == MOST_ALONE:
                chunks[-1].append(phrases.say("chat.exercise.more", count=len(lines) - at))
                break
            chunks.append([])
            used = 0.0
        chunks[-1].append(line)
        used += weigh(line) + 1
    return chunks, len(chunks)
