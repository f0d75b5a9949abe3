"""A plan as plain text for people, in one place: the terminal prints it, and the chat sends it as a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from kzbot.corpus.article import Rejection
from kzbot.operations.planning.plan import (
    AnswerChange,
    Change,
    ChangedArticle,
    Plan,
    PlannedArticle,
    PlannedName,
    PlannedStatement,
)
from kzbot.phrases import Phrases

_KEPT = "\u200c\u200d"
"""Joiners that words of some scripts need."""
_CHANGES: tuple[Change, ...] = ("lost", "changed", "gained")
_Row = TypeVar("_Row")


def plan_text(plan: Plan, phrases: Phrases) -> str:
    """The whole plan, as far as it is kept: lines of text, of which none holds anything but what can be seen."""
    return "\n".join(plan_lines(plan, phrases)) + "\n"


def plan_lines(plan: Plan, phrases: Phrases, most: int | None = None) -> list[str]:
    """The lines of a plan; of each list at most `most` rows."""
    return list(_Text(plan, phrases, most).lines())


def seen(text: str) -> str:
    """Foreign text on one line, without what is obeyed instead of shown."""
    return " ".join("".join(c if c.isprintable() or c in _KEPT else " " for c in text).split())


class _Text:
    def __init__(self, plan: Plan, phrases: Phrases, most: int | None) -> None:
        self._plan, self._phrases, self._most = plan, phrases, most

    def _words(self, key: str, **values: object) -> str:
        return self._phrases.say(f"operations.plan.text.{key}", **values)

    def lines(self) -> Iterator[str]:
        plan = self._plan
        yield from self._head()
        yield from self._list("added", plan.added, self._article)
        yield from self._list("changed", plan.changed, self._changed)
        yield from self._list("removed", plan.removed, self._article)
        yield from self._rejected()
        yield from self._list(
            "duplicates",
            plan.duplicates,
            lambda one: [self._words("duplicate", file=seen(one.file), of=seen(one.of), reason=seen(one.reason))],
        )
        if plan.compared != "nothing":  # else all of them are new
            yield from self._noticed()

    def _noticed(self) -> Iterator[str]:
        plan = self._plan
        yield from self._list("new_names", plan.new_names, self._name)
        yield from self._list("vanished_names", plan.vanished_names, self._name)
        yield from self._list("statements_lost", plan.statements_lost, self._statement)
        yield from self._list("statements_gained", plan.statements_gained, self._statement)
        yield from self._answers()

    def _head(self) -> Iterator[str]:
        plan = self._plan
        when = plan.made[:16].replace("T", " ")
        yield self._words("made" if plan.base else "made_first", when=when, candidate=plan.candidate, base=plan.base)
        yield self._words("articles", before=self._phrases.number(plan.before), count=plan.after)
        if plan.danger is not None:
            yield self._phrases.say(f"operations.plan.danger.{plan.danger}", typed=plan.confirmation)
        if plan.compared != "whole":
            yield self._phrases.say(f"operations.plan.compared.{plan.compared}")
        if plan.reanalysed:
            yield self._words("reanalysed")
        if plan.golden_fault is not None:
            yield self._words("golden_fault", reason=seen(plan.golden_fault))
        if not any(plan.count(name) for name in plan.counted if name not in ("rejected", "duplicates")):
            yield self._words("nothing")

    def _list(
        self,
        name: str,
        rows: Sequence[_Row],
        row: Callable[[_Row], Iterable[str]],
    ) -> Iterator[str]:
        count = self._plan.count(name)
        if not count:
            return
        yield ""
        yield self._phrases.say(f"operations.plan.text.list.{name}", count=count)
        shown = rows if self._most is None else rows[: self._most]
        for one in shown:
            yield from (f"  {line}" for line in row(one))
        if count > len(shown):
            yield f"  {self._words('more', count=count - len(shown))}"

    def _article(self, one: PlannedArticle) -> list[str]:
        about = [seen(one.publisher)] if one.publisher else []
        about.append(self._phrases.date(one.published) if one.published else self._words("undated"))
        return [self._words("article", title=seen(one.title), about=", ".join(about), id=seen(one.id))]

    def _changed(self, one: ChangedArticle) -> Iterator[str]:
        yield self._words("title", title=seen(one.title), id=seen(one.id))
        for key, before, after in one.metadata:
            was, now = (self._words("empty") if value is None else seen(value) for value in (before, after))
            yield "  " + self._words("metadata", name=seen(key), before=was, after=now)
        for run in one.words:
            how = "words" if run.before and run.after else "words_in" if run.after else "words_out"
            around = self._words("around", words=seen(run.around)) if run.around else ""
            yield "  " + self._words(how, around=around, before=seen(run.before), after=seen(run.after))
        if one.runs > len(one.words):
            yield "  " + self._words("more_places", count=one.runs - len(one.words))
        elif one.runs < 0:
            yield "  " + self._words("not_compared")
        elif not one.runs and not one.metadata:
            yield "  " + self._words("white_space")

    def _rejected(self) -> Iterator[str]:
        newly = set(self._plan.newly_rejected)

        def row(one: Rejection) -> list[str]:
            file = seen(one.file)
            where = file if one.line is None else self._words("file_line", file=file, line=one.line)
            return [self._words("new_reason" if one.file in newly else "reason", where=where, reason=seen(one.reason))]

        yield from self._list("rejected", self._plan.rejected, row)

    def _name(self, one: PlannedName) -> list[str]:
        kind = seen(one.kind) if one.kind else self._words("unknown_kind")
        mentions = self._words("mentions", count=one.mentions)
        return [
            self._words("name" if one.listed else "name_unlisted", name=seen(one.name), kind=kind, mentions=mentions)
        ]

    def _statement(self, one: PlannedStatement) -> list[str]:
        date, excerpt = self._phrases.date(one.date), seen(one.excerpt)
        return [self._words("statement", date=date, excerpt=excerpt, article=seen(one.article))]

    def _answers(self) -> Iterator[str]:
        plan = self._plan
        yield ""
        yield self._words("asked", asked=self._phrases.number(plan.asked), golden=self._phrases.number(plan.golden))
        left = plan.totals.get("questions", 0) - plan.asked - plan.golden
        if left > 0:
            yield self._words("not_asked", count=left)
        for change in _CHANGES:
            rows = plan.answers_with(change)
            if rows:
                yield ""
                yield self._phrases.say(f"operations.plan.text.list.answers_{change}", count=len(rows))
                shown = rows if self._most is None else rows[: self._most]
                for one in shown:
                    yield from (f"  {line}" for line in self._answer(one))
                if len(rows) > len(shown):
                    yield f"  {self._words('more', count=len(rows) - len(shown))}"
        if not plan.answers and plan.asked + plan.golden:
            yield self._words("answers_same")
        yield from self._list("failing", plan.failing, self._failing)

    def _answer(self, one: AnswerChange) -> Iterator[str]:
        often = self._words("golden") if one.golden else self._words("often", count=one.asked)
        before, after = self._said(one, one.before, one.items_before), self._said(one, one.after, one.items_after)
        key = "question" if before != after else "not_all"
        yield self._words(key, question=seen(one.question), often=often, before=before, after=after, items=after)
        yield from (f"  - {seen(words)}" for words in one.lost if words not in one.gained)
        yield from (f"  + {seen(words)}" for words in one.gained if words not in one.lost)
        yield from (f"  ~ {self._words('otherwise', words=seen(words))}" for words in one.lost if words in one.gained)

    def _said(self, one: AnswerChange, status: str, items: int) -> str:
        """Status and items of an answer, without what is the same before and after."""
        count = self._words("items", count=items)
        if one.before == one.after and (one.items_before or one.items_after):
            return count
        return self._words("answer", status=self._status(status), items=count) if items else self._status(status)

    def _failing(self, one: AnswerChange) -> list[str]:
        return [
            self._words(
                "fails",
                question=seen(one.question),
                status=self._status(one.after),
                expected=self._status(one.expected or ""),
            )
        ]

    def _status(self, status: str) -> str:
        return self._phrases.say(f"operations.plan.status.{status}")
