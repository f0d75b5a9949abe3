"""An address that was noted down tells what became of its passage: over states of a corpus that were really built."""

import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, PassageState, Question, Window
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.output.contract import as_json
from kzbot.phrases import Phrases

TODAY = date(2026, 11, 21)
OPENING = "The governor of Lindmark opened the harbour of Port Arden on Tuesday."
COST = "About 400 workers built the new pier in nine months, at a cost of $1.5 million."
FERRY = "The first ferry to Osby island leaves the harbour every morning at seven."
FISH = "Fishermen complained that the new pier keeps the herring away from the bay."
ENDING = "The old lighthouse is to be sold to the highest bidder next spring."
SAME = "Nobody asked."
HARBOUR = (OPENING, COST, FERRY, FISH, ENDING)
OTHER = ("A museum of whaling was opened in the town of Grimstad.", "It shows forty harpoons and a boat of skin.")


class History:
    """A corpus that changes, state by state."""

    def __init__(self, folder: Path) -> None:
        self.articles = folder / "articles"
        self.articles.mkdir(parents=True)
        self.names = folder / "names.yaml"
        self.names.write_text("kinds: {}\nnames: []\n", encoding="utf-8")
        self.store = GenerationStore(folder / "data")
        self._times = count(1_700_000_000)
        self._open: Generation | None = None

    def write(self, name: str, *paragraphs: str, **metadata: str) -> None:
        given = {"title": f"A {name.partition('.')[0]}", **metadata}
        head = "".join(f'{key}: "{value}"\n' for key, value in given.items())
        file = self.articles / name
        file.write_text(f"---\n{head}---\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
        time = next(self._times)
        os.utime(file, (time, time))

    def remove(self, name: str) -> None:
        (self.articles / name).unlink()

    async def take(self) -> str:
        """The next state, from the files as they are."""
        before = self.store.newest()
        with self.store.lock():
            made = build(
                Sources(self.articles, self.names), self.store.folder, self.store.path(before) if before else None
            )
            self.store.apply(made.generation)
        await self.serve(made.generation)
        return made.generation

    async def serve(self, generation: str) -> None:
        self.store.apply(generation)
        await self.close()
        self._open = await Generation.open(self.store.path(generation))

    async def ask(self, what: str) -> Answer:
        assert self._open is not None
        return await answer(Question("source", {"what": what}), self._open, Window(), TODAY)

    async def address(self, words: str) -> str:
        assert self._open is not None
        found = await answer(Question("search", {"query": f'"{words}"'}), self._open, Window(), TODAY)
        return next(item.address for item in found.items if words in item.excerpt)

    async def state(self, address: str) -> PassageState:
        found = await self.ask(address)
        assert found.passage is not None, found.message
        return found.passage

    async def close(self) -> None:
        if self._open is not None:
            await self._open.close()
            self._open = None


@pytest.fixture
async def history(tmp_path: Path) -> AsyncIterator[History]:
    """A first state: `harbour` and `museum`."""
    made = History(tmp_path)
    made.write(
        "harbour.txt", *HARBOUR, title="A harbour", url="https://news.example/harbour", publisher="The Arden Post"
    )
    made.write("museum.txt", *OTHER, title="A museum")
    await made.take()
    yield made
    await made.close()


async def test_a_passage_that_was_pushed_down_by_others_is_unchanged(history: History) -> None:
    address = await history.address("complained")
    history.write("harbour.txt", "It rained all of that day in the town.", *HARBOUR, title="A port")
    await history.take()
    found = await history.ask(address)
    assert found.passage is not None
    assert (found.passage.state, found.passage.old, found.passage.new) == ("unchanged", FISH, FISH)
    assert [item.excerpt for item in found.items] == [FISH]


async def test_of_a_reworded_passage_both_wordings_are_told_and_what_differs(
    history: History, contract: Callable[[Answer], list[str]], phrases: Phrases
) -> None:
    address = await history.address("400 workers")
    new = COST.replace("400", "500").replace("nine", "eleven")
    history.write("harbour.txt", OPENING, new, FERRY, FISH, ENDING)
    await history.take()
    found = await history.ask(address)
    passage = found.passage
    assert passage is not None
    assert (passage.state, passage.old, passage.new) == ("changed", COST, new)
    assert [COST[start:end] for start, end in passage.old_marks] == ["400", "nine"]
    assert [new[start:end] for start, end in passage.new_marks] == ["500", "eleven"]
    (item,) = found.items
    assert item.excerpt == new and item.address != address
    assert found.source is not None
    assert [found.source.text[start:end] for start, end in item.highlights] == ["500", "eleven"]
    assert contract(found) == []
    assert as_json(found, phrases)["passage"] == {"state": "changed", "old": COST, "new": new}


async def test_a_point_in_a_number_is_a_change_though_the_address_is_the_same(history: History) -> None:
    address = await history.address("400 workers")
    new = COST.replace("$1.5 million", "$15 million")
    history.write("harbour.txt", OPENING, new, FERRY, FISH, ENDING)
    await history.take()
    assert await history.address("400 workers") == address
    passage = await history.state(address)
    assert (passage.state, passage.old, passage.new) == ("changed", COST, new)
    history.write("harbour.txt", OPENING, COST.replace("pier", "“pier”"), FERRY.replace(" ", "\n", 1), FISH, ENDING)


async def test_typographic_quotes_and_line_breaks_change_nothing(history: History) -> None:
    said = 'He said: "The pier - all of it - was paid for by the town itself."'
    history.write("said.txt", said, title="Said")
    await history.take()
    address = await history.address("was paid for")
    new = "He said: “The pier – all of it –\nwas paid for by the town itself.”"
    history.write("said.txt", new, title="Said")
    await history.take()
    passage = await history.state(address)
    assert (passage.state, passage.new) == ("unchanged", new)


async def test_a_passage_that_others_overtook_has_moved_and_they_have_not(history: History) -> None:
    addresses = {text: await history.address(text[:27].rpartition(" ")[0]) for text in HARBOUR}
    history.write("harbour.txt", ENDING, OPENING, COST, FERRY, FISH)
    await history.take()
    states = {text: (await history.state(address)).state for text, address in addresses.items()}
    assert states == {**dict.fromkeys(HARBOUR, "unchanged"), ENDING: "moved"}


async def test_a_renamed_article_takes_its_passages_with_it(
    history: History, contract: Callable[[Answer], list[str]]
) -> None:
    address = await history.address("400 workers")
    history.remove("harbour.txt")
    history.write("arden-2004.txt", *HARBOUR, title="A harbour")
    await history.take()
    found = await history.ask(address)
    assert found.passage is not None
    assert (found.passage.state, found.passage.article) == ("moved", "harbour")
    assert [(item.excerpt, item.article) for item in found.items] == [(COST, "arden-2004")]
    assert contract(found) == []


@pytest.mark.parametrize("url", [{"url": "https://news.example/harbour"}, {}])
async def test_an_article_that_was_renamed_and_edited_is_known_again(history: History, url: dict[str, str]) -> None:
    kept, reworded = await history.address("leaves the harbour"), await history.address("400 workers")
    history.remove("harbour.txt")
    new = COST.replace("400", "some 450")
    history.write("arden.txt", OPENING, new, FERRY, FISH, "Nothing is known of the lighthouse.", title="X", **url)
    await history.take()
    assert (await history.state(kept)).state == "moved"
    passage = await history.state(reworded)
    assert (passage.state, passage.old, passage.new) == ("changed", COST, new)


async def test_a_passage_taken_into_another_article_has_moved_there(history: History) -> None:
    address = await history.address("complained")
    history.write("harbour.txt", OPENING, COST, FERRY, ENDING)
    history.write("fish.txt", "Of fishermen in the bay there is more to tell.", FISH, title="Fish")
    await history.take()
    found = await history.ask(address)
    assert found.passage is not None and found.passage.state == "moved"
    assert [(item.article, item.excerpt) for item in found.items] == [("fish", FISH)]


async def test_what_another_source_said_all_along_is_not_where_a_passage_moved(history: History) -> None:
    history.write("agency.txt", "The agency reports as well.", FISH, title="Agency")
    await history.take()
    history.write("harbour.txt", OPENING, COST, FERRY, ENDING, title="A harbour")
    address = f"harbour#{(await history.address('complained')).rpartition('#')[2]}"
    await history.take()
    assert (await history.state(address)).state == "withdrawn"


async def test_a_withdrawn_passage_is_told_as_it_was_and_is_no_evidence(
    history: History, contract: Callable[[Answer], list[str]]
) -> None:
    address = await history.address("complained")
    first = history.store.applied()
    history.write("harbour.txt", OPENING, COST, FERRY, ENDING, title="A harbour")
    await history.take()
    await history.take()
    found = await history.ask(address)
    assert found.passage is not None and found.source is not None
    assert (found.passage.state, found.passage.old, found.passage.new) == ("withdrawn", FISH, None)
    assert found.passage.generation == first
    assert (found.items, found.source.text.count("complained")) == ((), 0)
    assert contract(found) == []


async def test_a_sentence_on_something_else_in_its_place_is_no_rewording_of_it(history: History) -> None:
    address = await history.address("complained")
    history.write("harbour.txt", OPENING, COST, FERRY, "The mayor hopes for many guests in the summer.", ENDING)
    await history.take()
    assert (await history.state(address)).state == "withdrawn"


async def test_of_an_article_that_is_gone_the_wording_stays_while_a_kept_state_has_it(
    history: History, contract: Callable[[Answer], list[str]]
) -> None:
    address = await history.address("400 workers")
    history.remove("harbour.txt")
    await history.take()
    found = await history.ask(address)
    assert found.status == "not_found" and found.receipt is not None and found.passage is not None
    assert (found.passage.state, found.passage.old, found.passage.title) == ("withdrawn", COST, "A harbour")
    assert contract(found) == []
    for number in range(5):
        history.write("more.txt", f"Number {number} of the museum was sold to a collector in Bergen.")
        await history.take()
    history.store.prune()
    found = await history.ask(address)
    assert (found.status, found.passage) == ("not_found", None)
    assert found.values["count"] == 4
    assert contract(found) == []


async def test_after_a_roll_back_the_older_wording_is_the_one_of_now(history: History) -> None:
    first, old = history.store.applied(), await history.address("400 workers")
    new = COST.replace("400", "500")
    history.write("harbour.txt", OPENING, new, FERRY, FISH, ENDING)
    await history.take()
    address = await history.address("500 workers")
    assert first is not None
    await history.serve(first)
    passage = await history.state(address)
    assert (passage.state, passage.old, passage.new) == ("changed", new, COST)
    assert (await history.state(old)).state == "unchanged"


async def test_a_passage_that_another_version_cuts_otherwise_is_unchanged(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.write("two.txt", "They met in Arden to speak of trade. They left it again before the evening came.")
    monkeypatch.setattr("kzbot.index.building.cutting.SHORT", 40)
    await history.take()
    address = await history.address("speak of trade")
    monkeypatch.undo()
    history.write("two.txt", "They met in Arden to speak of trade. They left it again before the evening came.", "")
    monkeypatch.setattr("kzbot.index.building.build.rules_version", lambda: "another")
    await history.take()
    found = await history.ask(address)
    assert found.passage is not None
    assert found.passage.state == "unchanged"
    assert [item.excerpt[:12] for item in found.items] == ["They met in ", "They left it"]


async def test_two_that_read_the_same_are_told_apart_by_their_places(history: History) -> None:
    history.write("same.txt", SAME, OPENING, "She went home.", COST, SAME, ENDING)
    await history.take()
    second = await history.address(SAME)
    history.write("same.txt", SAME, OPENING, "She went home.", COST, ENDING)
    await history.take()
    second = f"same#{second.rpartition('#')[2].partition('-')[0]}-2"
    assert (await history.state(second)).state == "moved"


async def test_an_older_state_of_another_version_is_passed_over_or_read_as_far_as_it_can_be(history: History) -> None:
    address, first = await history.address("complained"), history.store.applied()
    history.write("harbour.txt", OPENING, COST, FERRY, ENDING)
    await history.take()
    assert first is not None
    with closing(sqlite3.connect(history.store.path(first))) as connection, connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema'")
    assert (await history.state(address)).old == FISH
    history.store.path(first).write_bytes(b"no database at all")
    found = await history.ask(address)
    assert (found.status, found.passage) == ("not_found", None)


@pytest.mark.parametrize(
    "what",
    [
        "harbour#00000000",
        "harbour#00000000-2",
        "#" * 5000,
        "a" * 5990 + "#12345678",
        "x\0y#12345678",
        "%' OR 1=1 --#12345678",
        "harbour#１２３４５６７８",
        "\u202eharbour#12345678\n",
        "#",
        "#12345678",
    ],
)
async def test_what_is_no_address_here_is_not_found_and_no_error(
    history: History, what: str, contract: Callable[[Answer], list[str]]
) -> None:
    found = await history.ask(what)
    assert (found.status, found.passage, found.items) == ("not_found", None, ())
    assert contract(found) == []
