"""What the cards say of a group of alike questions, as markdown: how often, what comes nearest now, what was made of it."""

from datetime import datetime

from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.chat.cards.foot import listed
from kzbot.chat.cards.people import who
from kzbot.chat.escape import inline
from kzbot.operations.nearest import Nearest
from kzbot.phrases import Phrases
from kzbot.querylog.review.rows import Group, ReviewRow, WishState
from kzbot.querylog.rows import UNDATED, QueryRow

QUESTION = 150
_NEAR = 240
_TITLE = 100
_REMARK = 120
_WISHES: tuple[tuple[WishState, str], ...] = (
    ("open", "wishes"),
    ("told", "told"),
    ("failed", "failed"),
    ("telling", "telling"),
)
_MADE = {"source": "source_noted", "tell": "armed", "dismissed": "dismissed", "spelling": "spelled"}


def asked_words(row: QueryRow, limit: int = QUESTION) -> str:
    """A question as it was typed."""
    return inline(typed(Question(row.command, row.options)), limit)


def when(moment: datetime, style: str = "f") -> str:
    """A moment in the reader's own time."""
    return "?" if moment == UNDATED else f"<t:{int(moment.timestamp())}:{style}>"


def group_lines(phrases: Phrases, group: Group) -> list[str]:
    """How often in vain, by how many, last when; how; who wishes to be told."""
    say = phrases.say
    facts = [say("chat.unanswered.times", count=group.in_vain)]
    if group.people:
        facts.append(say("chat.unanswered.people", count=group.people))
    facts.append(say("chat.unanswered.last", when=when(group.latest.asked_at)))
    counts = {**group.statuses, **({"not_useful": group.not_useful} if group.not_useful else {})}
    how = [
        say("chat.unanswered.status", status=say(f"chat.unanswered.want.{status}"), count=phrases.number(count))
        for status, count in counts.items()
    ]
    how += [
        say(f"chat.unanswered.{key}", count=group.wishes[state]) for state, key in _WISHES if group.wishes.get(state)
    ]
    return [" · ".join(facts), " · ".join(how)]


def near_line(phrases: Phrases, group: Group, found: Nearest) -> str:
    """What the corpus answers now, and what comes nearest."""
    say, near = phrases.say, listed(found.near, _NEAR)
    if found.status is None:
        return say("chat.unanswered.now_unknown")
    if found.status == "answered" and not group.unanswered:
        return say("chat.unanswered.now_as_ever")
    if found.status == "partial":
        said = [say("chat.unanswered.now_partial")]
        if found.missing:
            said.append(say("chat.unanswered.missing", missing=listed(found.missing)))
        if found.title:
            said.append(say("chat.unanswered.best", title=inline(found.title, _TITLE)))
        return " · ".join(said)
    if found.status == "not_found" and not found.near:
        return say("chat.unanswered.now_nothing_near")
    return say(f"chat.unanswered.now_{found.status}", near=near)


def review_line(phrases: Phrases, group: Group, review: ReviewRow) -> str:
    """What a moderator made of it, who, and when; and whether it is done."""
    key, told = _MADE[review.kind], group.told_at
    if review.kind == "tell" and group.tried is not None:
        key = f"armed_{group.tried}"
    if review.kind == "source" and not review.remark:
        key = "source_noted_bare"
    said = inline(review.remark, _REMARK)
    doer = phrases.say("cli.actor.terminal") if review.actor.place == "terminal" else who(phrases, review.actor.user)
    return phrases.say(
        f"chat.unanswered.{key}", remark=said, who=doer, when=when(review.at), told=when(told) if told else "?"
    )


def review_lines(phrases: Phrases, group: Group) -> list[str]:
    """The latest review of each kind that holds; a dismissal of questions that were asked in vain again holds no more."""
    found = {one.kind: one for one in reversed(group.reviews)}
    return [review_line(phrases, group, one) for one in found.values() if group.closed or one.kind != "dismissed"]
