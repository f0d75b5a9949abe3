"""A large corpus from its first plan to the last correction, by a moderator, while a member goes on asking.

KZBOT_SCALE says how many articles it has (200); KZBOT_FIGURES names a file that gets what each step cost: seconds, how long
the bot's event loop was held at most (measured in its own process), and how long the member waited. The articles are made of
the collections for development, and six of our own say what the plan is to find.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import re
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from kzbot.channel.identity import (
    MEMBER,
    MODERATOR,
    MODERATORS,
    MODERATORS_CHANNEL,
    NEWS,
    NEWS_CHANNEL,
)
from kzbot.chat.escape import unescape

pytestmark = pytest.mark.asyncio(loop_scope="module")
SCALE = int(os.environ.get("KZBOT_SCALE", "200"))
PATIENCE = 60.0 + SCALE / 60
HERE = Path(__file__).parent
ACCORD = "The Zorbax accord was signed by both ministers on 3 May 2012 in the harbour of Tolva."
BATTALION = "The Quuxan battalion trained for the first time on 4 June 2011 near Tolva."
TRAINED = "The Quuxan battalion trained for the second time on 9 August 2013 near Tolva."
FERRY = "The Wobbelin ferry sailed again on 7 July 2014 with sixty passengers."
GOLDEN = 'questions:\n  - {question: "/search query: Quuxan battalion", expect: answered}\n'
QUESTIONS = (
    ("search", {"query": "zorbax"}),
    ("search", {"query": "quuxan battalion"}),
    ("search", {"query": "wobbelin"}),
    ("timeline", {"topic": "Airbus"}),
)
TURNING = ("From the beginning", "Next")


def article(title: str, words: str, **more: str) -> str:
    metadata = {"title": title, "url": f"https://example.org/{title.split(maxsplit=1)[0].lower()}", **more}
    head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in metadata.items())
    return f"---\n{head}---\n{words}\n"


OWN = {
    "own-accord.md": article("Zorbax accord", ACCORD, published="2012-05-04"),
    "own-battalion.md": article("Quuxan battalion", BATTALION, published="2013-08-10"),
    "own-bare.md": article("Number *one* of `two`", "Nobody says when the Vrell committee met.", url=""),
}
THEN = {
    "own-battalion.md": article("Quuxan battalion", f"{BATTALION} {TRAINED}", published="2013-08-10"),
    "own-bare.md": OWN["own-bare.md"],
    "own-ferry.md": article("Wobbelin ferry", FERRY, published="2014-07-08"),
    "own-broken.md": "---\ntitle: [\n---\nWords that nobody reads.\n",
    "own-twin.md": article("Once more", BATTALION + " " + TRAINED),
}


def lay(folder: Path, files: dict[str, str]) -> None:
    """Makes the folder hold these files; those that are the same are not touched."""
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        if file.name not in files:
            file.unlink()
    for name, text in files.items():
        file = folder / name
        if not file.is_file() or file.read_text("utf-8") != text:
            file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def states(recombined: Any) -> tuple[Any, Any]:
    """The corpus before, and what a change makes of it."""
    before = recombined.recombined(SCALE)
    few = max(3, SCALE // 60)
    return before, recombined.changed(before, added=few, changed=few, removed=few)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory, states: Any) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "articles"
    lay(folder, {**states[0].files(), **OWN})
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story(
    articles: Path, make_whole: Any, look: Any, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Any]:
    """A bot over the corpus, in whose channel the tests of this module go on from one another."""
    spec = importlib.util.spec_from_file_location("story", HERE / "story.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    place = tmp_path_factory.mktemp("data")
    (place / "golden.yaml").write_text(GOLDEN, encoding="utf-8")
    whole = make_whole(articles, place / "data")
    whole.script, whole.patience = HERE / "watched_bot.py", PATIENCE + SCALE / 30
    whole.environ = {
        "KZBOT_TEST_HELD": str(place / "held"),
        "KZBOT_CORPUS__GOLDEN": str(place / "golden.yaml"),
        "KZBOT_DISCORD__MODERATORS_CHANNEL": str(MODERATORS_CHANNEL),
        "KZBOT_DISCORD__DIGEST_CHANNEL": str(NEWS_CHANNEL),
    }
    told = module.Story(whole, look, place / "held", PATIENCE)
    await whole.channel.start()
    try:
        async with told.phase("first index and start"):
            await whole.start()
        yield told
    finally:
        figures = os.environ.get("KZBOT_FIGURES")
        told.tell(Path(figures) if figures else None)
        await whole.close()
        assert not [line for line in whole.bot.complained if "Traceback" in line], whole.bot.complained


def table(story: Any, name: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{story.whole.data / 'kzbot.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY number")]


def generations(story: Any, rows: list[int]) -> set[str]:
    """The states that these answers in the log were made from."""
    return {row["generation"] for row in story.whole.log() if row["number"] in rows}


async def found(story: Any, query: str, words: str) -> bool:
    return words in unescape((await story.ask("search", query=query)).text).replace("**", "")


async def test_a_plan_tells_all_while_a_member_is_answered_from_the_old_state(story: Any, states: Any) -> None:
    for name, options in (QUESTIONS[0], *QUESTIONS):
        story.timeline = await story.ask(name, **options)
    old = story.whole.log()[-1]["generation"]
    change = states[1]
    lay(story.whole.articles, {**change.after.files(), **THEN})
    async with story.phase("plan"), story.member_asks(*QUESTIONS) as rows:
        card = await story.command("corpus reload")
    said = unescape(card.text)
    counted = f"{len(change.added) + 1} added · {len(change.changed) + 1} changed · {len(change.removed) + 1} removed"
    assert card.private and said.startswith("## Plan of a reload") and counted in said, said
    assert rows and generations(story, rows) == {old}
    listed: dict[str, str] = {}
    async with story.phase("every list of the plan"):
        async for label, page in story.pages(card, 2):
            assert len(page.text.split("\n")) > 2, page.text
            listed[label] = listed.get(label, "") + unescape(page.text).replace("**", "")
    for label, words in (
        ("Answers lost", "/search query: zorbax · asked"),
        ("Answers lost", f"no longer: {ACCORD}"),
        ("Answers gained", "/search query: wobbelin · asked"),
        ("Answers gained", f"new: {FERRY}"),
        ("Answers changed", "/search query: Quuxan battalion · golden question"),
        ("Files rejected", "own-broken.md, line 3"),
        ("Duplicates", "own-twin.md repeats"),
        ("Articles removed", " · "),
        ("Dated statements lost", " 201"),
    ):
        assert words in listed[label], listed[label]
    assert set(listed) >= {"Articles added", "Articles changed", "Dated statements gained", "Overview"}
    taken = await story.press(card, "As a file")
    assert taken.private
    story.plan = card
    assert await found(story, "zorbax", ACCORD) and not await found(story, "wobbelin", FERRY)


async def test_a_plan_that_is_no_longer_true_is_shown_anew_and_then_applied(story: Any, states: Any) -> None:
    old = story.whole.log()[-1]["generation"]
    (story.whole.articles / "own-late.md").write_text(article("Late", "The Narvex deal came late."), encoding="utf-8")
    async with story.phase("plan made anew"), story.member_asks(*QUESTIONS) as rows:
        anew = await story.press(story.plan, "Apply")
    assert anew.id == story.plan.id and "nothing was applied" in anew.text, anew.text
    assert f"{len(states[1].added) + 2} added" in anew.text
    assert generations(story, rows) == {old} and not await found(story, "narvex", "Narvex deal")
    async with story.phase("apply"), story.member_asks(*QUESTIONS) as rows:
        done = await story.press(anew, "Apply")
        assert done.text.startswith("## Applied"), done.text
        now = table(story, "history")[-1]["generation"]
        assert now != old
    assert generations(story, rows) <= {old, now}
    assert not await found(story, "zorbax", ACCORD) and await found(story, "wobbelin", FERRY)
    digest = unescape((await story.posted("Wobbelin ferry", NEWS)).text)
    assert "Report" not in digest and "arrived" in digest
    story.applied, story.old, story.now = done, old, now


async def test_an_answer_from_before_is_turned_in_the_state_that_it_came_from(story: Any) -> None:
    before = story.timeline
    turned = await story.press(before, next(one for one in before.labels if one in TURNING), by=MEMBER)
    assert turned.id == before.id and turned.row == before.row
    row = next(one for one in story.whole.log() if one["number"] == before.row)
    assert row["generation"] == story.old
    assert "Wobbelin ferry" in unescape((await story.ask("new")).text)


async def test_it_is_rolled_back_and_applied_again(story: Any) -> None:
    history = await story.command("corpus history")
    assert f"<@{MODERATOR.id}>" in history.text and "served now" in history.text
    async with story.phase("roll back"), story.member_asks(*QUESTIONS) as rows:
        back = await story.press(story.applied, "Roll back")
    assert back.text.startswith("## Rolled back") and generations(story, rows) <= {story.old, story.now}
    assert await found(story, "zorbax", ACCORD) and not await found(story, "wobbelin", FERRY)
    asked = await story.choose(await story.command("corpus history"), story.now)
    assert asked.text.startswith("## Go back?") and "These would come back" in asked.text
    async with story.phase("apply again"):
        again = await story.press(back, "Apply again")
    assert again.text.startswith("## Rolled back") and await found(story, "wobbelin", FERRY)
    overtaken = await story.press(asked, "Go back to it")
    assert overtaken.text
    assert [row["way"] for row in table(story, "history")][-2:] == ["rollback", "rollback"]


async def test_what_is_dangerous_is_applied_only_with_its_number_typed(story: Any) -> None:
    kept = {file.name: file.read_text("utf-8") for file in story.whole.articles.iterdir()}
    gone = sorted(name for name in kept if name[:5].isdigit())[: SCALE // 2]
    lay(story.whole.articles, {name: text for name, text in kept.items() if name not in gone})
    async with story.phase("plan of half the articles gone"), story.member_asks(*QUESTIONS):
        card = await story.command("corpus reload")
    counted = re.search(r"More than a tenth of the articles would go: ([\d,]+) of", card.text)
    assert counted is not None, card.text
    wrong = await story.form(card, "Apply", {"typed": "7"})
    assert "so nothing was changed" in wrong.text and await found(story, "wobbelin", FERRY)
    assert table(story, "history")[-1]["generation"] == story.now
    async with story.phase("apply half the articles gone"):
        done = await story.form(card, "Apply", {"typed": counted[1]})
    assert done.text.startswith("## Applied") and f"{counted[1]} removed" in done.text
    async with story.phase("roll back to all"):
        back = await story.press(done, "Roll back")
    assert back.text.startswith("## Rolled back")
    lay(story.whole.articles, kept)
    nothing = await story.command("corpus reload")
    assert nothing.text.startswith("## Nothing to reload")


async def test_a_doubt_of_a_member_is_corrected_and_the_correction_undone(story: Any) -> None:
    seen = await story.ask("search", query="quuxan battalion")
    values = {
        "date": [date_option(await opened(story, seen), "“4 June 2011")],
        "name": [],
        "said": "It was 5 June 2011",
    }
    told = await story.form(seen, "Wrong date or name?", values, by=MEMBER)
    assert told.private and "number 1 on the moderators' list" in told.text
    card = await story.posted("Wrong date?", MODERATORS)
    async with story.phase("correct a date"), story.member_asks(*QUESTIONS) as rows:
        done = await story.form(card, "Correct 1", {"words": "4 June 2011", "means": "5 June 2011"})
    assert done.text.startswith("## Corrected") and "Quuxan battalion" in unescape(done.text), done.text
    assert "answer differently" in done.text or "would" in done.text, done.text
    assert rows and "5 June 2011" in (await story.ask("timeline", topic="quuxan battalion")).text
    async with story.phase("undo the correction"), story.member_asks(*QUESTIONS):
        undone = await story.press(done, done.labels[0])
    assert undone.text.startswith("## Correction undone"), undone.text
    assert "5 June 2011" not in (await story.ask("timeline", topic="quuxan battalion")).text
    assert "1. Wrong date?" in (await story.command("corpus doubts")).text


async def opened(story: Any, seen: Any) -> dict[str, Any]:
    reply = await story.whole.channel.press(seen.id, seen.button("Wrong date or name?"))
    assert reply.modal is not None
    modal: dict[str, Any] = reply.modal
    return modal


def date_option(modal: dict[str, Any], words: str) -> str:
    (field,) = [one["component"] for one in modal["components"] if one["component"]["custom_id"] == "date"]
    return str(next(one["value"] for one in field["options"] if one["label"].startswith(words)))


async def test_articles_of_every_kind_are_brought_in_and_one_is_taken_out(story: Any) -> None:
    line = {"id": "wire-1", "title": "Wire *one*", "text": "The Plimsk pipeline was opened on 2 March 2013 at dawn."}
    files = {
        "file1": ("note.txt", b"The Drogheld bridge was closed on 1 February 2013.\n\nNobody knew why."),
        "file2": ("page.html", story.page.encode()),
        "file3": ("lines.jsonl", json.dumps(line).encode()),
        "file4": ("mark.md", article("Ostrek mine", "The Ostrek mine was flooded on 8 May 2013.").encode()),
        "file5": ("paper.pdf", story.paper),
    }
    async with story.phase("read five files"), story.member_asks(*QUESTIONS):
        card = await story.command("corpus add", files=files)
    assert "fill in" in card.text and "Wire *one*" in unescape(card.text), card.text
    card = await fill_in_all(story, card)
    async with story.phase("plan of an import"), story.member_asks(*QUESTIONS):
        plan = await story.press(card, "Add", beside=True)
    assert "5 added · 0 changed · 0 removed" in plan.text, plan.text
    async with story.phase("apply an import"):
        done = await story.press(plan, "Apply")
    assert done.text.startswith("## Applied")
    seen = unescape((await story.ask("new")).text)
    assert "5 articles" in seen
    for query, words in (("drogheld", "1 February 2013"), ("plimsk", "2 March 2013"), ("vorsen", "3 April 2013")):
        assert words in unescape((await story.ask("search", query=query)).text).replace("**", ""), query
    (offered,) = await story.whole.channel.autocomplete("corpus remove", "article", "Ostrek", by=MODERATOR)
    async with story.phase("remove"), story.member_asks(*QUESTIONS):
        gone = await story.command("corpus remove", article=offered["value"])
    assert "is withdrawn" in gone.text and not await found(story, "ostrek", "flooded")
    async with story.phase("undo the removal"), story.member_asks(*QUESTIONS):
        back = await story.press(gone, "Undo")
    assert "part of the corpus again" in back.text and await found(story, "ostrek", "flooded")


async def fill_in_all(story: Any, card: Any) -> Any:
    """Gives a title to everything that has none."""
    for at in range(5):
        if "fill in or leave out" not in card.text:
            break
        buttons = [one["custom_id"] for one in card.buttons if one["label"] == "Fill in"]
        reply = await story.whole.channel.press(card.id, buttons[at % len(buttons)], by=MODERATOR)
        if reply.modal["components"][0]["component"].get("value"):
            continue
        reply = await story.whole.channel.submit(reply.modal, {"title": f"Untitled {at}"}, by=MODERATOR)
        card = story.look(reply.message)
    return card


async def test_the_state_lists_everything_doubtful(story: Any, states: Any) -> None:
    async with story.phase("status"), story.member_asks(*QUESTIONS):
        card = await story.command("corpus status")
    said = unescape(card.text)
    assert card.private and "1 doubt" in said and f"articles from {story.whole.articles}" in said
    listed: dict[str, str] = {}
    async with story.phase("every list of the status"):
        async for label, page in story.pages(card, 9):
            assert len(page.text.split("\n")) > 2, page.text
            listed[label] = listed.get(label, "") + unescape(page.text)
    assert "own-broken.md, line 3" in "".join(listed.values())
    assert len(listed) >= 4, list(listed)


async def test_a_watched_folder_applies_additions_by_itself_and_posts_other_plans(story: Any) -> None:
    story.whole.environ |= {"KZBOT_CORPUS__WATCH": "true", "KZBOT_CORPUS__AUTO_APPLY": "additions"}
    async with story.phase("start again"):
        await story.whole.start()
    await asyncio.to_thread(story.whole.bot.until, "Changes in")
    async with story.phase("watched, planned, applied, posted"), story.member_asks(*QUESTIONS):
        words = "The Skarn tunnel was opened on 9 September 2014."
        (story.whole.articles / "own-auto.md").write_text(article("Skarn tunnel", words), encoding="utf-8")
        report = await story.posted("1 added · 0 changed · 0 removed", MODERATORS)
    assert report.text.startswith("## Applied") and "Roll back" in report.labels, report.text
    assert await found(story, "skarn", words)
    assert "Skarn tunnel" in unescape((await story.posted("Skarn tunnel", NEWS)).text)
    back = await story.press(report, "Roll back")
    assert back.text.startswith("## Rolled back") and not await found(story, "skarn", words)
    (story.whole.articles / "own-ferry.md").unlink()
    plan = await story.posted("0 changed · 1 removed", MODERATORS)
    assert plan.text.startswith("## Plan of a reload") and await found(story, "wobbelin", FERRY)


async def test_everything_that_was_sent_obeys_discord(story: Any, discord_rules: Callable[..., list[str]]) -> None:
    assert [fault for body in story.whole.sent for fault in discord_rules(*body)] == []
