"""The lists of a plan in lines: articles, files, names, dated statements and answers, all escaped."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from kzbot.chat.cards.words import date_words
from kzbot.chat.escape import inline
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.planning.plan import (
        AnswerChange,
        ChangedArticle,
        Duplicate,
        Plan,
        PlannedArticle,
        PlannedName,
        PlannedStatement,
    )

SECTIONS = (
    "lost",
    "failing",
    "gained",
    "changed_answers",
    "removed",
    "changed",
    "added",
    "rejected",
    "duplicates",
    "vanished_names",
    "new_names",
    "statements_lost",
    "statements_gained",
)
"""In the order in which they are offered: what answers lose first. Cards that were sent hold their places, from 1 on."""

_TITLE = 110
_ID = 60
_SHORT = 50
_WORDS = 120
_EXCERPT = 220
_REASON = 300
_QUESTION = 150
_RUNS = 4
"""Changes shown of an article on a card."""
_EXCERPTS = 3
"""Excerpts shown of an answer that would be another."""


def section_lines(phrases: Phrases, plan: "Plan", section: str, most: int | None = None) -> list[str]:
    """The lines of one of the lists, or the first of them."""
    answers: Mapping[str, Callable[[], Sequence[AnswerChange]]] = {
        "lost": lambda: plan.answers_with("lost"),
        "gained": lambda: plan.answers_with("gained"),
        "changed_answers": lambda: plan.answers_with("changed"),
        "failing": lambda: plan.failing,
    }
    if section in answers:
        same = set(plan.failing) - set(plan.answers) if section == "failing" else set()
        return [answer_line(phrases, one, same=one in same) for one in answers[section]()[:most]]
    lines: Mapping[str, Callable[[], Iterable[str]]] = {
        "added": lambda: (article_line(phrases, one) for one in plan.added),
        "removed": lambda: (article_line(phrases, one) for one in plan.removed),
        "changed": lambda: (_changed(phrases, one) for one in plan.changed),
        "rejected": lambda: (rejected_line(phrases, one) for one in plan.rejected),
        "duplicates": lambda: (_duplicate(phrases, one) for one in plan.duplicates),
        "new_names": lambda: (_name(phrases, one) for one in plan.new_names),
        "vanished_names": lambda: (_name(phrases, one) for one in plan.vanished_names),
        "statements_gained": lambda: (_statement(phrases, one) for one in plan.statements_gained),
        "statements_lost": lambda: (_statement(phrases, one) for one in plan.statements_lost),
    }
    return list(islice(lines[section](), most))


def section_count(plan: "Plan", section: str) -> int:
    """How long a list is in all, also where the plan holds its beginning only."""
    changes: Mapping[str, str] = {"lost": "lost", "gained": "gained", "changed_answers": "changed"}
    if section in changes:
        return sum(one.change == changes[section] for one in plan.answers)
    return plan.count(section)


def answer_line(phrases: Phrases, one: "AnswerChange", excerpts: int = _EXCERPTS, *, same: bool = False) -> str:
    """A question, how often it was asked, its answer before and after, and excerpts of one of the two only.

    `same`: the answer is as it was, and listed because it should be another.
    """
    say = phrases.say
    facts = []
    if one.golden:
        facts.append(say("chat.plan.golden"))
    if one.asked:
        facts.append(say("chat.plan.asked", count=one.asked))
    change = _answer(phrases, one.after, one.items_after) if same else _becomes(phrases, one)
    if one.expected and one.expected != one.after:
        change = say("chat.plan.expected", change=change, expected=_status(phrases, one.expected))
    lines = [f"- **{inline(one.question, _QUESTION)}** · {' · '.join([*facts, change])}"]
    otherwise = tuple(text for text in one.lost if text in one.gained)
    told = {
        "goes": tuple(text for text in one.lost if text not in otherwise),
        "comes": tuple(text for text in one.gained if text not in otherwise),
        "otherwise": otherwise,
    }
    for key, held in told.items():
        lines += [f"  - {say(f'chat.plan.{key}', excerpt=inline(text, _EXCERPT))}" for text in held[:excerpts]]
    return "\n".join(lines)


def _becomes(phrases: Phrases, one: "AnswerChange") -> str:
    """The answer before and after, in as few words as tell the two apart."""
    say = phrases.say
    if one.before != one.after:
        before, after = _answer(phrases, one.before, one.items_before), _answer(phrases, one.after, one.items_after)
        return say("chat.plan.becomes", before=before, after=after)
    if one.items_before != one.items_after:
        before, after = phrases.number(one.items_before), phrases.number(one.items_after)
        return say("chat.plan.items_become", before=before, after=after)
    return say("chat.plan.not_all", items=_answer(phrases, "" if one.items_after else one.after, one.items_after))


def _answer(phrases: Phrases, status: str, items: int) -> str:
    """The status and how many items, as far as there are any; without a status only the items."""
    said = [_status(phrases, status)] if status else []
    return ", ".join([*said, phrases.say("chat.foot.items", count=items)] if items else said)


def _status(phrases: Phrases, status: str) -> str:
    key = f"chat.log.status.{status}"
    return phrases.say(key) if phrases.has(key) else inline(status, _SHORT)


def article_line(phrases: Phrases, one: "PlannedArticle") -> str:
    """An article that comes or goes: its title, where and when it was published, its id."""
    facts = [inline(one.publisher, _SHORT)] if one.publisher else []
    if one.published:
        facts.append(phrases.say("chat.published.stated", date=date_words(phrases, one.published)))
    if one.title != one.id:
        facts.append(inline(one.id, _ID))
    line = f"- **{inline(one.title, _TITLE)}**"
    return f"{line} · {' · '.join(facts)}" if facts else line


def _changed(phrases: Phrases, one: "ChangedArticle") -> str:
    """An article with its metadata and its words before and after."""
    say = phrases.say
    lines = [f"- **{inline(one.title, _TITLE)}** · {inline(one.id, _ID)}"]
    for key, before, after in one.metadata:
        values = {"key": inline(key, _SHORT), "before": _or_none(phrases, before), "after": _or_none(phrases, after)}
        lines.append(f"  - {say('chat.plan.metadata', **values)}")
    for change in one.words[:_RUNS]:
        shown = {
            "around": inline(change.around, _WORDS),
            "before": inline(change.before, _WORDS),
            "after": inline(change.after, _WORDS),
        }
        key = "replaced" if change.before and change.after else "left_out" if change.before else "put_in"
        lines.append(f"  - {say(f'chat.plan.words.{key}', **shown).lstrip()}")
    if one.runs < 0:
        lines.append(f"  - {say('chat.plan.too_long')}")
    elif not one.metadata and not one.words:
        lines.append(f"  - {say('chat.plan.white_space')}")
    more = max(one.runs, len(one.words)) - len(one.words[:_RUNS])
    if more > 0:
        lines.append(f"  - {say('chat.plan.more_runs', count=more)}")
    return "\n".join(lines)


def _or_none(phrases: Phrases, value: str | None) -> str:
    return inline(value, _WORDS) if value else phrases.say("chat.plan.none")


class Rejected(Protocol):
    """A file that was not taken, and why."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int | None: ...
    @property
    def reason(self) -> str: ...


def rejected_line(phrases: Phrases, one: Rejected) -> str:
    """A file that was not taken, its line where there is one, and the reason."""
    where = inline(one.file, _TITLE)
    if one.line is not None:
        where = phrases.say("chat.corpus.file_line", file=where, line=one.line)
    return f"- **{where}**: {inline(one.reason, _REASON)}"


def _duplicate(phrases: Phrases, one: "Duplicate") -> str:
    file, reason = inline(one.file, _TITLE), inline(one.reason, _REASON)
    if not one.of:
        return f"- **{file}**: {reason}"
    return f"- {phrases.say('chat.plan.duplicate', file=file, of=inline(one.of, _TITLE), reason=reason)}"


def _name(phrases: Phrases, one: "PlannedName") -> str:
    facts = [inline(one.kind, _SHORT)] if one.kind else []
    facts.append(phrases.say("chat.plan.mentions", count=one.mentions))
    if not one.listed:
        facts.append(phrases.say("chat.plan.unlisted"))
    return f"- **{inline(one.name, _TITLE)}** · {' · '.join(facts)}"


def _statement(phrases: Phrases, one: "PlannedStatement") -> str:
    return f"- **{date_words(phrases, one.date)}** · {inline(one.article, _ID)}: {inline(one.excerpt, _EXCERPT)}"
