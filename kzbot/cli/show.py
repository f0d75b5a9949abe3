"""An answer for people at a terminal: title, dates, excerpts with the matched words marked, links, and the foot."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from kzbot.answers.commands import command_named
from kzbot.answers.model import Answer, Check, DatedMark, Evidence, PassageState, Question
from kzbot.answers.question import typed
from kzbot.answers.searching.printed_twice import elsewhere
from kzbot.answers.timelines.overview import spans
from kzbot.answers.timelines.tellings import disputed, folded
from kzbot.cli.arrived_lines import arrived_lines
from kzbot.cli.profile_lines import profile_lines
from kzbot.cli.quoted import VERDICT_STYLES, beside
from kzbot.cli.terminal import one_line, safe
from kzbot.output.chart import chart
from kzbot.phrases import Phrases

_INDENT = 2
_READ = tuple(
    (name, f"cli.answer.{key}") for name, key in (("topic", "in"), ("from", "from"), ("to", "to"), ("since", "since"))
)
_FAINT = Style(dim=True)
_HEAD = Style(bold=True)
_MARKED = Style(bold=True, reverse=True)


def print_answer(out: Console, phrases: Phrases, answer: Answer, limit: int) -> None:
    """Prints an answer; `limit` excerpts at most, 0 for all. Nothing of an article can steer the terminal."""
    _Page(out, phrases, folded(answer), limit).print()


class _Page:
    """One answer on its way to a terminal or a pipe."""

    def __init__(self, out: Console, phrases: Phrases, answer: Answer, limit: int) -> None:
        self._out = out
        self._say = phrases.say
        self._phrases = phrases
        self._answer = answer
        self._limit = limit or len(answer.items) + len(answer.undated)

    def print(self) -> None:
        """Prints all of it, from the heading to the foot."""
        answer = self._answer
        self._line(one_line(self._say(answer.message, **self._phrases.dated(answer.values))), _HEAD)
        self._hints()
        if answer.profile is not None:
            for line in profile_lines(self._phrases, answer.profile, self._date):
                self._line(line)
        if answer.passage is not None:
            self._passage(answer.passage)
        if answer.source is not None:
            self._source()
        elif answer.checks:
            self._checked(answer.checks)
        elif answer.command == "search":
            self._ranked(answer.items[: self._limit])
        elif answer.command == "new":
            self._arrived(answer.items[: self._limit])
        else:
            self._overview()
            self._dated(answer.items[: self._limit])
        self._undated(answer.undated[: max(0, self._limit - len(answer.items))])
        hidden = answer.listed + len(answer.undated) - self._limit
        if hidden > 0:
            self._blank()
            self._line(self._say("cli.answer.hidden", count=hidden), _FAINT)
        self._foot()

    def _hints(self) -> None:
        answer = self._answer
        for one in answer.guessed:
            self._line(self._say("cli.answer.through", asked=one_line(one.asked), used=one_line(one.used)), _FAINT)
        if answer.also_sought:
            self._line(self._say("cli.answer.also_sought", names=self._listed(answer.also_sought)), _FAINT)
        if answer.missing:
            self._line(self._say("cli.answer.missing", words=self._listed(answer.missing)))
        for choice in answer.choices:
            self._line(self._say("cli.answer.choice", choice=one_line(choice)))
        if answer.suggestion is not None:
            self._suggest(answer.suggestion)
        receipt = answer.receipt
        if receipt is None:
            return
        years = receipt.years or self._say("cli.answer.no_years")
        self._line(self._say("cli.answer.tried", count=receipt.articles, years=one_line(years)))
        if receipt.spellings:
            self._line(self._say("cli.answer.spellings", spellings=self._listed(receipt.spellings)))
        if receipt.nearest:
            self._line(self._say("cli.answer.nearest", names=self._listed(receipt.nearest)))

    def _suggest(self, question: Question) -> None:
        self._line(self._say("cli.answer.suggestion", question=one_line(typed(question))))

    def _passage(self, passage: PassageState) -> None:
        """What became of a passage: the wordings one below the other, what differs marked and said."""
        self._line(self._say(f"cli.answer.passage.{passage.state}"), _HEAD)
        withdrawn_here = passage.state == "withdrawn" and self._answer.source is not None
        if passage.article and not withdrawn_here and all(one.article != passage.article for one in self._answer.items):
            then = one_line(passage.title or passage.article)
            self._line(self._say("cli.answer.stood", title=then, id=one_line(passage.article)))
        if passage.state in ("changed", "withdrawn") and passage.old is not None:
            day, state = self._date((passage.created or "")[:10]), one_line(passage.generation or "")
            self._line(self._say("cli.answer.then", day=day, generation=state))
            self._excerpt(passage.old, 0, passage.old_marks)
        if passage.new is not None:
            if passage.state == "changed":
                self._line(self._say("cli.answer.now"))
            self._excerpt(passage.new, 0, passage.new_marks)
        self._differences(passage)

    def _differences(self, passage: PassageState) -> None:
        """What differs, in words: a pipe shows no marks."""
        sides = ((passage.old or "", passage.old_marks), (passage.new or "", passage.new_marks))
        old, new = (one_line(" … ".join(text[start:end] for start, end in marks)) for text, marks in sides)
        if old and new:
            self._line(self._say("cli.answer.differs", old=old, new=new), _FAINT)
        elif old or new:
            self._line(self._say("cli.answer.added" if new else "cli.answer.left_out", words=old or new), _FAINT)

    def _source(self) -> None:
        card, items = self._answer.source, self._answer.items
        assert card is not None
        for item in items:
            self._origin(item, with_title=item.title_basis != "stated")
        seen = self._date(card.first_seen[:10]) if card.first_seen else None
        facts = (
            (card.author, "cli.answer.author"),
            (card.published_ground, "cli.answer.published_ground"),
            (seen, "cli.answer.first_seen"),
        )
        for value, key in facts:
            if value:
                self._line(self._say(key, value=one_line(value)))
        if card.archived_url and (not items or any(item.link for item in items)):
            archived = next((item.archived for item in items if item.archived), card.archived_url)
            self._target(archived, card.archived_url, "cli.answer.archived")
        self._blank()
        marks = [mark for item in items if item.where == "text" for mark in item.highlights]
        if self._answer.passage is not None and not marks:
            marks = [(item.start, item.end) for item in items if item.where == "text"]
        self._excerpt(card.text.rstrip("\n"), 0, marks, indent=0)

    def _ranked(self, items: Sequence[Evidence]) -> None:
        for number, item in enumerate(items, self._answer.offset + 1):
            self._blank()
            self._line(self._say("cli.answer.numbered", number=number, title=self._title(item)), _HEAD)
            for dated in item.dates[:3]:
                self._dated_line(item, dated, Style())
            self._evidence(item, with_title=False)
            for other, to_the_letter in elsewhere(item):
                self._line(self._say("cli.answer.also_in" if to_the_letter else "cli.answer.also_nearly"), _FAINT)
                if not to_the_letter:
                    self._excerpt(other.excerpt, other.start, other.highlights)
                self._origin(other)

    def _checked(self, checks: Sequence[Check]) -> None:
        for number, check in enumerate(checks, 1):
            self._blank()
            verdict = self._say(f"cli.answer.check.{check.verdict}")
            self._line(self._say("cli.answer.numbered", number=number, title=verdict), VERDICT_STYLES[check.verdict])
            if check.difference:
                shown = beside(check.difference, coloured=self._out.is_terminal)
                self._out.print(Padding(shown, (0, 0, 0, _INDENT)) if self._out.is_terminal else shown, soft_wrap=True)
            else:
                self._excerpt(check.quotation, 0, ())
            self._held(check)

    def _held(self, check: Check) -> None:
        """Where a quotation stands, and who else has it."""
        item = check.evidence
        if check.named:
            self._line(self._say("cli.answer.check.named", names=self._listed(check.named)), _FAINT)
        if item is None:
            return
        if check.verdict != "exact" and item.excerpt != check.quotation:
            self._line(self._say("cli.answer.check.source"), _FAINT)
            self._excerpt(item.excerpt, item.start, ())
        for dated in item.dates[:3]:
            self._dated_line(item, dated, Style())
        self._origin(item)
        for other in item.others:
            self._line(
                self._say("cli.answer.check.also", title=self._title(other), address=one_line(other.address)), _FAINT
            )

    def _overview(self) -> None:
        """How many entries a year or a decade has, above a timeline without a topic or with many entries."""
        overview = self._answer.overview
        told = spans(overview.years) if overview is not None and overview.leads else ()
        bars = chart(self._phrases, told) if len(told) > 1 else []
        if bars:
            self._blank()
        for line in bars:
            self._line(f"{' ' * _INDENT}{line}")

    def _dated(self, items: Sequence[Evidence]) -> None:
        """Neighbours with the same excerpt stand under their dates once; the other tellings of an event come below it."""
        for _, neighbours in groupby(items, key=lambda item: (item.article, item.where, item.start, item.end)):
            self._blank()
            same = list(neighbours)
            for item in same:
                if item.date is not None and item.dates:
                    self._dated_line(item, item.dates[0], _HEAD)
                else:
                    self._line(self._say("cli.answer.no_date"), _HEAD)
                others = [self._date(one.mark.edtf, one.mark.modifier) for one in disputed(item)]
                if others:
                    self._line(self._say("cli.answer.disputed", dates=", ".join(others)))
            self._evidence(same[0])
            for other in {other.address: other for item in same for other in item.others}.values():
                self._line(self._say("cli.answer.telling"), _FAINT)
                self._dated_line(other, other.dates[0], Style())
                self._evidence(other)

    def _arrived(self, items: Sequence[Evidence]) -> None:
        """Each article under its title, with when it arrived and its new names."""
        for article, its in groupby(items, key=lambda item: item.article):
            self._blank()
            for line, style in zip(arrived_lines(self._phrases, self._answer, article), (_HEAD, None), strict=False):
                self._line(line, style)
            self._dated(list(its))

    def _undated(self, items: Sequence[Evidence]) -> None:
        if not items:
            return
        self._blank()
        self._line(self._say("cli.answer.undated", count=len(self._answer.undated)), _HEAD)
        for item in items:
            self._blank()
            self._evidence(item)

    def _dated_line(self, item: Evidence, dated: DatedMark, style: Style) -> None:
        mark = dated.mark
        line = Text(self._date(mark.edtf, mark.modifier), style)
        notes = [one_line(self._phrases.ground(mark, item.published, dated.corrected))]
        if mark.planned:
            notes.append(self._say("cli.answer.planned"))
        if dated.fit == "possible":
            notes.append(self._say("cli.answer.possible"))
        line.append(f"  ({'; '.join(notes)})", _FAINT)
        self._out.print(line)

    def _evidence(self, item: Evidence, *, with_title: bool = True) -> None:
        self._excerpt(item.excerpt, item.start, item.highlights)
        self._origin(item, with_title=with_title)

    def _excerpt(self, text: str, start: int, highlights: Sequence[tuple[int, int]], indent: int = _INDENT) -> None:
        if not self._out.is_terminal:
            self._out.file.write(f"{safe(text)}\n")  # rich would turn tabs into blanks
            return
        shown = Text(safe(text))
        for first, last in highlights:
            shown.stylize(_MARKED, max(first - start, 0), max(last - start, 0))
        self._out.print(Padding(shown, (0, 0, 0, indent)))

    def _origin(self, item: Evidence, *, with_title: bool = True) -> None:
        parts = [self._title(item) if with_title else "", one_line(item.publisher or ""), self._published(item)]
        if item.where == "title":
            parts.append(self._say("cli.answer.heading"))
        if item.fit == "possible":
            parts.append(self._say("cli.answer.possible"))
        self._line(" · ".join(part for part in parts if part), _FAINT)
        self._link(item)
        self._line(self._say("cli.answer.address", address=one_line(item.address)), _FAINT)

    def _link(self, item: Evidence) -> None:
        """The link to the excerpt, or to the archived copy of an article that has no other address."""
        if item.link is None and item.archived is not None:
            self._line(self._say("cli.answer.archive_only"), _FAINT)
        self._target(item.link or item.archived or "", item.url or "")

    def _target(self, link: str, address: str, key: str = "cli.answer.link") -> None:
        """A terminal gets a hyperlink that opens at the excerpt under the readable address; a pipe gets it in full."""
        target = one_line(link)
        if not target.startswith(("http://", "https://")) or " " in target:
            return
        if self._out.is_terminal:
            said = self._say(key, value=one_line(address) or target)
            self._out.print(Text(said, Style(link=target, underline=True)), soft_wrap=True)
        else:
            self._line(self._say(key, value=target))

    def _title(self, item: Evidence) -> str:
        title = one_line(item.title)
        return title if item.title_basis == "stated" else self._say("cli.answer.title_inferred", title=title)

    def _published(self, item: Evidence) -> str:
        if item.published is None:
            return self._say("cli.answer.unpublished")
        date = self._date(item.published)
        return date if item.published_basis == "stated" else self._say("cli.answer.published_inferred", date=date)

    def _foot(self) -> None:
        answer = self._answer
        read = [
            self._say(key, date=self._date(answer.read_as[name]))
            for name, key in _READ
            if name in answer.read_as and answer.status != "bad_request"
        ]
        if read or answer.status in ("answered", "partial"):
            self._blank()
        if read:
            spec = command_named(answer.command)
            held = "article" if answer.options.get("articles") is True else (spec and spec.filters) or "statement"
            self._line(self._say(f"cli.answer.filter_{held}", range=", ".join(read)), _FAINT)
        if answer.publishers:
            self._line(self._say("cli.answer.publishers", publishers=self._listed(answer.publishers)), _FAINT)
        if answer.without:
            self._line(self._say("cli.answer.without", words=self._listed(answer.without)), _FAINT)
        said = self._say("cli.answer.foot", count=answer.articles, generation=one_line(answer.generation))
        self._line(said, _FAINT)

    def _date(self, edtf: str, modifier: str | None = None) -> str:
        try:
            return self._phrases.date(edtf, modifier)
        except ValueError:
            return one_line(edtf)

    def _listed(self, values: Sequence[str]) -> str:
        return ", ".join(one_line(value) for value in values)

    def _line(self, text: str, style: Style | None = None) -> None:
        self._out.print(Text(text, style or Style()))

    def _blank(self) -> None:
        self._out.print()
