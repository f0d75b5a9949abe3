"""Articles that come in: read, described, kept over a restart, added to the letter, and taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from kzbot.corpus.overlay import Overlay
from kzbot.errors import KzbotError
from kzbot.index.articles import by_key
from kzbot.operations.importing.reading import Arrived
from kzbot.operations.taking_in import take_in
from kzbot.querylog.ledger.rows import Actor

MODERATOR = Actor(place="discord", user=7)
REPORT = "The ministers met in Astana on 3 May 2014.\n\n  They signed “two” agreements;\tboth are secret.\n"
FORM = {"title": "A report", "url": "", "publisher": "", "published": "", "ground": ""}


async def test_a_text_is_added_to_the_letter_with_what_a_moderator_says_of_it(desk: Any) -> None:
    batch = await desk.sent(("report.txt", REPORT))
    assert not batch.ready and batch.missing == batch.sent
    typed = {**FORM, "url": "https://example.org/r", "publisher": "The Post", "published": "14 November 2013"}
    filled = await desk.importer.fill_in("1", 0, **typed)
    assert filled is not None and filled.ready
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None and added.outcome is not None and added.outcome.plan is not None
    (made,) = added.written
    assert (desk.data / "articles" / f"{made.name}.txt").read_bytes() == REPORT.encode()
    assert yaml.safe_load((desk.data / "articles" / f"{made.name}.yaml").read_text("utf-8")) == {
        "id": made.id,
        "title": "A report",
        "url": "https://example.org/r",
        "publisher": "The Post",
        "published": "2013-11-14",
        "published_basis": "stated",
        "published_ground": "typed as printed",
    }
    assert [one.read_bytes() for one in (desk.data / "originals").iterdir()] == [REPORT.encode()]
    assert [one.id for one in added.outcome.plan.added] == [made.id] and made.id.startswith("a-report-")
    done = await desk.importer._keeper.apply(added.outcome.plan.candidate, MODERATOR, way="import")
    assert done.kind == "applied"
    async with desk.shelf.current() as generation:
        row = await by_key(generation, made.id)
        assert row is not None and (row.title, row.published) == ("A report", "2013-11-14")
    (deed, *_), _ = await desk.log.ledger.deeds(5, 1)
    assert (deed.action, deed.actor, deed.about, deed.details) == ("import", MODERATOR, 1, {"ids": [made.id]})


async def test_a_date_that_is_inferred_says_from_what_and_a_wrong_one_is_told_and_kept_as_typed(desk: Any) -> None:
    await desk.sent(("report.txt", REPORT))
    wrong = {**FORM, "url": "www.example.org", "published": "3/4/2013"}
    batch = await desk.importer.fill_in("1", 0, **wrong)
    assert batch is not None and not batch.ready
    (piece,) = batch.sent[0].pieces
    assert "url is “www.example.org”; give a whole address" in piece.faults[0] and "either number" in piece.faults[1]
    assert (piece.form.published, piece.form.url) == ("3/4/2013", "www.example.org") and piece.known.url is None
    batch = await desk.importer.fill_in("1", 0, **{**FORM, "published": "April 2013", "ground": "its address says so"})
    assert batch is not None and batch.ready
    known = batch.sent[0].pieces[0].known
    assert (known.published, known.basis, known.published_ground) == ("2013-04", "inferred", "its address says so")


async def test_what_was_sent_outlives_a_restart(desk: Any) -> None:
    await desk.sent(("report.txt", REPORT))
    after = desk.again()
    waiting = await after.waiting(7)
    assert waiting is not None and waiting.key == "1" and await after.waiting(8) is None
    assert await after.fill_in("1", 0, **FORM) is not None
    added = await desk.again().add("1", MODERATOR)
    assert added is not None and len(added.written) == 1


async def test_the_same_text_is_known_again_in_the_corpus_among_the_added_and_in_one_command(desk: Any) -> None:
    served = (desk.corpus.folder / "03.txt").read_text("utf-8").partition("---\n")[2].partition("---\n")[2]
    batch = await desk.sent(("a.txt", served), ("b.txt", REPORT), ("c.txt", REPORT.replace("\n", "  \n")))
    twins = [sent.pieces[0].twin for sent in batch.sent]
    assert twins[0] is not None and (twins[0].kind, twins[0].id, twins[0].title) == ("same", "03", "Number 3")
    assert twins[1] is None and twins[2] is not None and twins[2].kind == "same"
    await desk.importer.fill_in("1", 1, **FORM)
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None and len(added.written) == 1
    again = await desk.sent(("again.txt", REPORT), key="2")
    twin = again.sent[0].pieces[0].twin
    assert twin is not None and twin.withdrawn and twin.id == added.written[0].id
    assert not again.addable and await desk.importer.add("2", MODERATOR) is None


async def test_nearly_the_same_text_is_told_and_can_be_added_all_the_same(desk: Any) -> None:
    words = [
        f"On day {n} the {n * 7}th company of the battalion {n * 13} went to place number {n * 31}." for n in range(40)
    ]
    (desk.corpus.folder / "long.txt").write_text("---\ntitle: Long\n---\n" + "\n".join(words), encoding="utf-8")
    outcome = await desk.importer._keeper.plan()
    assert outcome.plan is not None
    await desk.importer._keeper.apply(outcome.plan.candidate, MODERATOR)
    words[7] = "Something else was said here in a few other words."
    batch = await desk.sent(("near.txt", "---\ntitle: Near\n---\n" + "\n".join(words)), ("far.txt", REPORT))
    near, far = (sent.pieces[0].twin for sent in batch.sent)
    assert near is not None and (near.kind, near.id, near.title) == ("near", "long", "Long") and far is None
    assert len(batch.addable) == 2


@dataclass
class Page:
    url: str = "https://example.org/final"
    data: bytes = REPORT.encode()
    charset: str | None = "utf-8"
    suffix: str = ".txt"


async def test_a_page_is_read_as_its_server_says_and_knows_its_address(desk: Any) -> None:
    async def fetch(address: str) -> Page:
        if "private" in address:
            raise KzbotError("That is not a public host.")
        return Page()

    assert (await desk.importer.page("https://example.org/")).reason is not None
    desk.importer._fetch = fetch
    refused = await desk.importer.page("https://private.example/")
    assert refused.reason == "That is not a public host."
    arrived = [await desk.importer.page("https://example.org/first"), refused]
    batch = await desk.importer.keep("1", 7, await desk.importer.read(arrived))
    assert (
        batch.sent[0].pieces[0].known.url == "https://example.org/final"
        and batch.sent[0].name == "https://example.org/first"
    )
    assert batch.sent[1].reason == "That is not a public host."
    await desk.importer.fill_in("1", 0, **{**FORM, "url": "https://example.org/final"})
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None and len(added.written) == 1
    assert [file.suffix for file in (desk.data / "originals").iterdir()] == [".txt"]


async def test_what_somebody_else_added_meanwhile_is_told_and_not_added_twice(desk: Any) -> None:
    for key in ("1", "2"):
        await desk.sent(("a.txt", f"---\ntitle: A\n---\n{REPORT}"), key=key)
    first = await desk.importer.add("1", MODERATOR)
    second = await desk.importer.add("2", MODERATOR)
    assert first is not None and second is not None and second.written == () and second.outcome is None
    assert second.left[0].reason == f"it is here already, as {first.written[0].id}."


async def test_many_articles_of_one_file_are_added_in_one_step_and_bad_lines_are_told(desk: Any) -> None:
    lines = [{"id": f"wire-{n}", "title": f"Wire {n}", "text": f"Wire {n} is of May {2000 + n}."} for n in range(3)]
    text = "\n".join(json.dumps(line) for line in lines) + '\n{"id": "bad"}\nno JSON\n'
    batch = await desk.sent(("wires.jsonl", text))
    assert [one.line for one in batch.sent[0].refused] == [4, 5] and batch.ready
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None and [one.id for one in added.written] == ["wire-0", "wire-1", "wire-2"]
    assert added.outcome is not None and added.outcome.plan is not None
    assert [one.id for one in added.outcome.plan.added] == ["wire-0", "wire-1", "wire-2"]
    assert added.outcome.plan.rejected == ()


async def test_an_id_that_another_article_has_is_not_taken_twice(desk: Any) -> None:
    batch = await desk.sent(("one.txt", f"---\nid: '03'\ntitle: Another\n---\n{REPORT}"))
    twin = batch.sent[0].pieces[0].twin
    assert twin is not None and twin.kind == "id" and not batch.addable


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("photo.png", b"\x89PNG", "is not read: only"),
        ("noname", b"words", "without a suffix"),
        ("empty.txt", b" \n\n", "no text"),
        ("binary.txt", b"a\x00b", "NUL"),
        ("latin.txt", "façade".encode("latin-1"), "not UTF-8"),
        ("nested.yaml", b"[" * 25_000, "is not read"),
        ("bomb.txt", b"---\ntitle: " + b"[" * 25_000 + b"\n---\nwords", "deep"),
        ("large.txt", b"x" * 5_000_001, "over the limit of 5,000,000 bytes"),
        ("broken.pdf", b"%PDF-1.7\nnothing", "PDF"),
    ],
)
async def test_what_cannot_be_read_says_why_and_the_rest_is_taken(
    desk: Any, name: str, data: bytes, reason: str
) -> None:
    batch = await desk.sent((name, data), ("report.txt", f"---\ntitle: T\n---\n{REPORT}"))
    assert batch.sent[0].reason is not None and reason in batch.sent[0].reason
    assert batch.ready and len(batch.addable) == 1


async def test_names_of_files_and_titles_lead_nowhere(desk: Any) -> None:
    names = ("../../etc/cron.d/x.txt", "/tmp/y.txt", "a\x00b\n.txt", "CON.txt", "~$x.txt")
    batch = await desk.sent(*((name, f"Text {n} of May 2013.") for n, name in enumerate(names)))
    for number in range(len(names)):
        await desk.importer.fill_in("1", number, **{**FORM, "title": f"../../{number} \u202e@everyone"})
    added = await desk.importer.add(batch.key, MODERATOR)
    assert added is not None and len(added.written) == len(names)
    made = sorted(file.name for file in (desk.data / "articles").iterdir())
    assert len(made) == 2 * len(names) and all("/" not in name and not name.startswith(".") for name in made)
    assert added.outcome is not None and added.outcome.plan is not None and len(added.outcome.plan.added) == len(names)


async def test_metadata_beside_a_text_describes_it(desk: Any) -> None:
    batch = await desk.sent(("r.txt", REPORT), ("r.yaml", "title: From beside\npublished: 2013\n"))
    assert len(batch.sent) == 1 and batch.sent[0].pieces[0].known.title == "From beside" and batch.ready


async def test_one_is_left_out_and_taken_in_again(desk: Any) -> None:
    await desk.sent(("a.txt", f"---\ntitle: A\n---\n{REPORT}"), ("b.txt", "Words of 2013."))
    batch = await desk.importer.leave_out("1", 1)
    assert batch is not None and batch.ready and len(batch.addable) == 1
    batch = await desk.importer.leave_out("1", 1)
    assert batch is not None and not batch.ready and len(batch.addable) == 2
    assert await desk.importer.leave_out("1", 9) is None


async def test_what_was_cancelled_or_waited_for_a_day_is_gone(desk: Any) -> None:
    await desk.sent(("a.txt", REPORT))
    assert await desk.importer.cancel("1") and not await desk.importer.cancel("1")
    assert await desk.importer.add("1", MODERATOR) is None
    await desk.sent(("a.txt", REPORT), key="2")
    incoming = desk.importer._incoming
    incoming.tidy(datetime.now(UTC) + timedelta(hours=23))
    assert await desk.importer.batch("2") is not None
    incoming.tidy(datetime.now(UTC) + timedelta(hours=25))
    assert await desk.importer.batch("2") is None and list((desk.data / "incoming").iterdir()) == []


async def test_an_id_that_is_waiting_withdrawn_sent_twice_or_the_name_of_a_file_is_not_taken(desk: Any) -> None:
    def line(id_: str, text: str) -> str:
        return json.dumps({"id": id_, "title": "T", "text": f"Words {text}."}) + "\n"

    desk.corpus.overlay = Overlay.of(withdrawn=["05"])
    report = await take_in(desk.corpus.sources, desk.store)
    await desk.shelf.swap(report.generation)
    await desk.sent(("a.jsonl", line("mine", "first")))
    assert await desk.importer.add("1", MODERATOR) is not None
    ids = ("mine", "05", "03.txt", "new")
    batch = await desk.sent(
        ("b.jsonl", "".join(line(one, one) for one in ids)), ("c.jsonl", line("new", "again")), key="2"
    )
    kinds = {str(piece.values["id"]): piece.twin and (piece.twin.kind, piece.twin.id) for piece in batch.sent[0].pieces}
    assert kinds == {"mine": ("id", "mine"), "05": ("id", "05"), "03.txt": ("id", "03"), "new": None}
    twin = batch.sent[1].pieces[0].twin
    assert twin is not None and (twin.kind, twin.id) == ("id", "new")


async def test_metadata_that_speaks_of_words_that_are_not_there_is_told_before_and_not_by_the_reload(
    desk: Any,
) -> None:
    wrong = {"id": "x", "title": "X", "text": "Words.", "dates": [{"words": "Nothing", "edtf": "1999"}]}
    skip = {"id": "y", "title": "Y", "text": "Words of it.", "skip": ["3"]}
    head = "---\ntitle: A\ndates: [{words: Never, edtf: 1999}]\n---\n"
    batch = await desk.sent(("a.jsonl", f"{json.dumps(wrong)}\n{json.dumps(skip)}"), ("b.txt", head + REPORT))
    assert [one.reason.partition(";")[0] for one in batch.sent[0].refused] == [
        "dates: “Nothing” does not stand in the text",
        "skip names line 3, but the text ends on line 1",
    ]
    assert "“Never” does not stand in the text" in str(batch.sent[1].reason)
    await desk.sent(("c.txt", f"---\ntitle: Of Never\ndates: [{{words: Never, edtf: 1999}}]\n---\n{REPORT}"))
    await desk.importer.fill_in("1", 0, **FORM)
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None and not added.written and "“Never” does not stand" in added.left[0].reason


async def test_a_text_that_the_corpus_would_reject_is_left_and_told(desk: Any) -> None:
    lines = [
        {"id": "x", "title": "X", "text": "---\ntitle: Y\n---\nWords."},
        {"id": "z", "title": "Z", "text": "More words " * 50},
    ]
    await desk.sent(("a.jsonl", "\n".join(map(json.dumps, lines))))
    desk.importer.most = 500
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None and not added.written and added.outcome is None
    reasons = [one.reason for one in added.left]
    assert "to the letter" in reasons[0] and "500 bytes" in reasons[1]
    assert list((desk.data / "articles").glob("*")) == []


@pytest.mark.parametrize("mode", ["kept", "hashed", "none"])
async def test_who_sent_it_finds_it_whatever_is_kept_of_people(
    desk: Any, monkeypatch: pytest.MonkeyPatch, mode: Any
) -> None:
    people = replace(desk.log.people, mode=mode)
    monkeypatch.setattr(desk.log.ledger, "_people", people)
    for key, user in (("1", 7), ("2", 8)):
        read = await desk.importer.read([Arrived(f"{key}.txt", REPORT.encode())])
        batch = await desk.importer.keep(key, user, read)
        assert batch.user == people.kept(user), "no more than that stands in the files"
    for key, user in (("1", 7), ("2", 8)):
        waiting = await desk.importer.waiting(user)
        assert waiting is not None and waiting.key == key
        assert [one.key for one in await desk.importer.sent_by(user)] == [key]
    restarted = desk.again()
    found = await restarted.waiting(7)
    assert found is not None and found.key == ("2" if mode == "none" else "1"), (
        "else the last one, for any may be theirs"
    )
    assert len(await restarted.sent_by(7)) == (0 if mode == "none" else 1)
    assert await restarted.waiting(None) is None or mode == "none"
