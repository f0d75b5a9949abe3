"""What a plan tells: articles with their words, names, dated statements, and answers that would be others."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.answers.dispatch import WAYS
from kzbot.corpus.overlay import Overlay
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.planning import make
from kzbot.operations.planning.files import read_plan, write_plan
from kzbot.operations.planning.plan import (
    AnswerChange,
    ChangedArticle,
    Duplicate,
    Plan,
    PlannedArticle,
    PlannedName,
    PlannedStatement,
    WordChange,
)
from kzbot.operations.planning.text import plan_lines, plan_text
from kzbot.operations.taking_in import take_in
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import QueryRecord, QueryStatus

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
GENERATION = "20261121T203301Z-1a2b3c4d"
NAMES = """
kinds: {country: {}, exercise: {nouns: [exercise], profile: exercise}}
names:
  - {kind: country, name: Norway}
  - {kind: exercise, name: Polar Bear}
"""
Ask = Callable[..., Any]


class Place:
    """A folder of articles that is changed, and its keeper."""

    def __init__(self, folder: Path, store: GenerationStore, log: QueryLog) -> None:
        self.folder, self.store, self._log = folder / "articles", store, log
        self.names, self.golden = folder / "names.yaml", folder / "golden.yaml"
        self.names.write_text(NAMES, encoding="utf-8")
        self.folder.mkdir()
        self.overlay = Overlay()
        self.keeper = Keeper(self.sources, store, log.ledger, frequent=log.frequent, golden=self.golden)

    def sources(self) -> Sources:
        return Sources(self.folder, self.names, overlay=self.overlay)

    def write(self, name: str, text: str, **metadata: str) -> None:
        head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in {"title": name, **metadata}.items())
        (self.folder / f"{name}.md").write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")

    def remove(self, name: str) -> None:
        (self.folder / f"{name}.md").unlink()

    async def serve(self) -> None:
        await take_in(self.sources(), self.store)

    async def plan(self) -> Plan:
        outcome = await self.keeper.plan()
        assert outcome.plan is not None
        assert read_plan(self.store, outcome.plan.candidate) == outcome.plan
        return outcome.plan

    async def asked(
        self, command: str, options: Mapping[str, str], status: QueryStatus = "answered", **more: Any
    ) -> None:
        values: dict[str, Any] = {"asked_at": datetime.now(UTC), "generation": GENERATION, **more}
        await self._log.record(
            QueryRecord(
                user=1,
                channel=2,
                server=3,
                command=command,
                options=options,
                status=status,
                items=1,
                took_ms=1.0,
                private=False,
                **values,
            )
        )


@pytest.fixture
async def place(tmp_path: Path, store: GenerationStore, log: QueryLog, built_here: None) -> Place:
    made = Place(tmp_path, store, log)
    made.write(
        "bear",
        "The exercise Polar Bear began in Norway on 3 May 2012. It was cold there, and the soldiers of both countries wore two coats each.",
        publisher="The Post",
    )
    made.write("ship", "A ship left Port Royal on 7 June 2013. Captain Ann Weltin spoke to nobody.")
    made.write(
        "mill", "The mill burned in 1999. Nobody was hurt. The miller left the valley for good.", published="2001-05"
    )
    for number in range(20):
        made.write(f"other{number}", f"Chapter {number} of the book number{number} tells of rain number{number}.")
    await made.serve()
    return made


async def test_articles_come_and_go_with_title_publisher_and_date(place: Place) -> None:
    place.write("fresh", "Rain fell upon the hills.", title="Fresh", publisher="The Wire", published="2011-05")
    place.remove("mill")
    plan = await place.plan()
    assert plan.added == (PlannedArticle("fresh", "Fresh", "The Wire", "2011-05"),)
    assert plan.removed == (PlannedArticle("mill", "mill", None, "2001-05"),)
    assert (plan.changed, plan.danger, plan.compared) == ((), None, "whole")


async def test_a_changed_article_tells_its_words_and_what_its_metadata_say_now(place: Place) -> None:
    place.write(
        "mill", "The mill burned in 2000. Nobody was hurt. The miller left the valley for good.", published="2001"
    )
    place.write("ship", "A ship left Port Royal on 7 June 2013. Captain Ann Weltin spoke to nobody.", publisher="P")
    place.write(
        "bear",
        "The exercise Polar Bear began in Norway on  3 May 2012. It was cold there, and the soldiers of both countries wore two coats each.",
        publisher="The Post",
    )
    bear, mill, ship = (await place.plan()).changed
    assert bear == ChangedArticle("bear", "bear")
    assert mill.metadata == (("published", "2001-05", "2001"),)
    assert mill.words == (WordChange("1999.", "2000.", "The mill burned in"),) and mill.runs == 1
    assert ship.metadata == (("publisher", None, "P"),) and ship.runs == 0


async def test_a_correction_of_a_date_is_a_change_of_its_article_and_of_its_statements(place: Place) -> None:
    place.overlay = Overlay.of(dates=[("mill", "1999", "1998")])
    plan = await place.plan()
    ((changed,), gained, lost) = (plan.changed, plan.statements_gained, plan.statements_lost)
    assert (changed.id, changed.metadata) == ("mill", (("dates", None, "“1999”: 1998"),))
    assert [(one.article, one.date) for one in gained] == [("mill", "1998")]
    assert [(one.article, one.date, one.excerpt) for one in lost] == [
        ("mill", "1999", "The mill burned in 1999. Nobody was hurt.")
    ]


async def test_names_and_statements_are_gained_and_lost_and_what_only_moved_is_neither(place: Place) -> None:
    place.write(
        "bear",
        "It was cold there, and the soldiers of both countries wore two coats each. The exercise Polar Bear began in Norway on 3 May 2012.",
        publisher="The Post",
    )
    place.remove("ship")
    place.write("fresh", "Port Lincoln was founded in 1890. Port Lincoln grew. Norway was far away.")
    plan = await place.plan()
    assert PlannedName("Port Lincoln", None, 2, False) in plan.new_names
    assert {one.name for one in plan.vanished_names} >= {"Port Royal"}
    assert "Norway" not in {one.name for one in (*plan.new_names, *plan.vanished_names)}
    assert [(one.article, one.date) for one in plan.statements_gained] == [("fresh", "1890")]
    assert [(one.article, one.date) for one in plan.statements_lost] == [("ship", "2013-06-07")]


async def test_a_name_that_the_book_lists_now_is_not_new(place: Place) -> None:
    place.names.write_text(NAMES + "  - {kind: country, name: Port Royal}\n", encoding="utf-8")
    plan = await place.plan()
    assert plan.reanalysed and (plan.new_names, plan.vanished_names) == ((), ())
    place.names.write_text(NAMES.replace("Norway", "Sweden"), encoding="utf-8")
    plan = await place.plan()
    assert "Norway" not in {one.name for one in (*plan.new_names, *plan.vanished_names)}


async def test_duplicates_name_the_article_and_only_new_rejections_are_new(place: Place) -> None:
    (place.folder / "old.xyz").write_bytes(b"?")
    await place.serve()
    place.write("twin", "The mill burned in 1999. Nobody was hurt. The miller left the valley for good.")
    (place.folder / "bad.md").write_text("No title.", encoding="utf-8")
    plan = await place.plan()
    assert [(one.file, one.of) for one in plan.duplicates] == [("twin.md", "mill.md")]
    assert plan.newly_rejected == ("bad.md", "twin.md")
    assert {one.file for one in plan.rejected} == {"bad.md", "old.xyz"}
    assert not plan.only_adds


async def test_answers_that_would_be_lost_gained_or_changed_are_told(place: Place) -> None:
    await place.asked("timeline", {"topic": "Port Royal"})
    for _ in range(3):
        await place.asked("search", {"query": "mill"})
    await place.asked("search", {"query": "lighthouse"}, "not_found")
    await place.asked("who", {"name": "Norway"})
    await place.asked("exercise", {"name": "Polar Bear"})
    await place.asked("search", {"query": "denied"}, "denied", generation=None)
    await place.asked("search", {"query": "old"}, asked_at=datetime.now(UTC) - timedelta(days=40))
    place.golden.write_text(
        'questions:\n  - {question: "/search query: mill", expect: not_found}\n  - "/timeline from: 2013"\n  - "/nothing"\n',
        encoding="utf-8",
    )
    place.remove("ship")
    place.write("mill", "The mill burned down in 1999. Nobody was hurt. The miller left the valley for good.")
    place.write("fresh", "The lighthouse was lit in 1890.")
    plan = await place.plan()
    assert (plan.asked, plan.golden, plan.totals["questions"]) == (5, 3, 8)
    told = {(one.question, one.golden): one for one in plan.answers}
    lost = told["/timeline topic: Port Royal", False]
    assert (lost.change, lost.before, lost.after, lost.items_before, lost.items_after) == (
        "lost",
        "answered",
        "not_found",
        1,
        0,
    )
    assert lost.lost == ("A ship left Port Royal on 7 June 2013.",)
    assert told["/search query: lighthouse", False].change == "gained"
    changed = told["/search query: mill", False]
    assert (changed.change, changed.asked) == ("changed", 3)
    assert "The mill burned in 1999." in changed.lost[0] and "The mill burned down in 1999." in changed.gained[0]
    assert told["/timeline from: 2013", True].change == "lost"
    assert ("/who name: Norway", False) not in told and ("/exercise name: Polar Bear", False) not in told
    assert [(one.question, one.after, one.expected) for one in plan.failing] == [
        ("/search query: mill", "answered", "not_found")
    ]
    assert [one.change for one in plan.answers][:2] == ["changed", "lost"], "golden ones come first"


async def test_what_changes_in_an_answer_is_told_though_it_is_folded_away_or_only_its_date_is_another(
    place: Place,
) -> None:
    told = "The fishermen of the valley left Norway on 3 May 2012 in their boats."
    few, many = (f"The fjords of Norway are known to {who} for their beauty." for who in ("travellers", "everybody"))
    await place.asked("timeline", {"topic": "Norway"})
    place.write("fjord", f"{told}\n\n{few}")
    await place.serve()
    place.write("fjord", f"{told}\n\n{many}")
    (one,) = (await place.plan()).answers
    assert (one.change, one.before, one.items_before, one.items_after) == ("changed", "answered", 3, 3)
    assert (one.lost, one.gained) == ((few,), (many,))
    place.write("fjord", f"{told}\n\n{few}")
    place.overlay = Overlay.of(dates=[("fjord", "3 May 2012", "2012-05-04")])
    said = plan_text(await place.plan(), PHRASES)
    assert "/timeline topic: Norway (asked once): 3 items, not all as before" in said
    assert f"  ~ {told} (with another date or from another article)" in said


async def test_a_statement_that_came_beside_undated_ones_is_told(place: Place) -> None:
    await place.asked("timeline", {"topic": "Norway"})
    place.write("quiet", "Norway has many bears, and all of them are white in the long winter of the north.")
    await place.serve()
    place.write("fresh", "Norway was far away on 5 May 1890.")
    place.write("still", "Norway has many ships, and none of them is white in the long winter of the north.")
    (one,) = (await place.plan()).answers
    assert (one.change, one.items_after - one.items_before, one.lost) == ("changed", 2, ())
    assert {words[:19] for words in one.gained} == {"Norway was far away", "Norway has many shi"}


async def test_a_question_that_breaks_down_is_told_and_the_plan_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = WAYS["search"]

    async def broken(question: Any, generation: Any, window: Any, today: Any) -> Any:
        if generation.id != place.store.applied():
            raise ZeroDivisionError
        return await search(question, generation, window, today)

    monkeypatch.setitem(WAYS, "search", broken)
    await place.asked("search", {"query": "mill"})
    place.write("fresh", "The lighthouse was lit in 1890.")
    plan = await place.plan()
    ((one,), asked) = (plan.answers, plan.asked)
    assert (one.change, one.before, one.after, asked) == ("lost", "answered", "failed", 1)
    assert not plan.only_adds


async def test_questions_that_would_take_too_long_are_counted_and_stop_what_applies_itself(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "ASKING_SECONDS", -1.0)
    await place.asked("search", {"query": "mill"})
    place.write("fresh", "The lighthouse was lit in 1890.")
    plan = await place.plan()
    assert (plan.asked, plan.totals["questions"], plan.only_adds) == (0, 1, False)
    assert "1 question was not asked" in plan_text(plan, PHRASES)


async def test_long_lists_are_cut_and_counted(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "MOST", 3)
    for number in range(7):
        place.write(f"fresh{number}", f"Hill number{number} was climbed in 19{number}1.")
    plan = await place.plan()
    assert len(plan.added) == len(plan.statements_gained) == 3
    assert plan.count("added") == plan.count("statements_gained") == 7
    assert "7 articles added:" in plan_text(plan, PHRASES) and "and 4 more" in plan_text(plan, PHRASES)


async def test_the_words_of_texts_that_are_too_long_together_are_not_compared(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "_WORDS", 10)
    place.write("mill", "The mill burned in 2000. Nobody was hurt.", published="2001-05")
    plan = await place.plan()
    assert (plan.changed[0].words, plan.changed[0].runs) == ((), -1)
    assert "not compared" in plan_text(plan, PHRASES)


FOREIGN = st.text(max_size=30)
ROWS: dict[str, st.SearchStrategy[Any]] = {
    "added": st.builds(PlannedArticle, FOREIGN, FOREIGN, FOREIGN | st.none(), st.just("2011-05") | st.none()),
    "changed": st.builds(
        ChangedArticle,
        FOREIGN,
        FOREIGN,
        st.tuples(st.tuples(FOREIGN, FOREIGN | st.none(), FOREIGN | st.none())),
        st.tuples(st.builds(WordChange, FOREIGN, FOREIGN, FOREIGN)),
        st.integers(-1, 5),
    ),
    "duplicates": st.builds(Duplicate, FOREIGN, FOREIGN, FOREIGN),
    "new_names": st.builds(PlannedName, FOREIGN, FOREIGN | st.none(), st.integers(0, 9), st.booleans()),
    "statements_lost": st.builds(PlannedStatement, FOREIGN, st.just("1999"), FOREIGN, FOREIGN),
    "answers": st.builds(
        AnswerChange,
        FOREIGN,
        st.sampled_from(["lost", "gained", "changed"]),
        st.integers(0, 9),
        st.booleans(),
        st.just("answered"),
        st.just("failed"),
        st.integers(0, 9),
        st.integers(0, 9),
        st.tuples(FOREIGN),
    ),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.fixed_dictionaries({name: st.lists(rows, max_size=2).map(tuple) for name, rows in ROWS.items()}))
def test_foreign_words_in_a_plan_are_kept_and_shown_on_lines_of_their_own(
    store: GenerationStore, lists: dict[str, Any]
) -> None:
    plan = replace(Plan(GENERATION, None, "2026-11-21T20:33:01Z", 0, 1), **lists)
    store.folder.mkdir(parents=True, exist_ok=True)
    write_plan(store, plan)
    assert read_plan(store, GENERATION) == plan
    lines = plan_lines(plan, PHRASES)
    assert all(character.isprintable() or character in "\u200c\u200d" for line in lines for character in line)
    assert len(plan_text(plan, PHRASES).split("\n")) == len(lines) + 1
