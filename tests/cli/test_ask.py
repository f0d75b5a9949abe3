"""Asking at the terminal: JSON for programs, excerpts for people, batches in order, beside a running bot."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzbot.cli.scratch import scratch_folder
from kzbot.errors import DataFolderError
from kzbot.index.store import GenerationStore

PROJECT = Path(__file__).resolve().parents[2]
Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]


def _answers(done: "subprocess.CompletedProcess[bytes]") -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.split(b"\n")[:-1]]


def test_an_answer_as_json_is_one_object_with_verbatim_excerpts(bot: Bot, process: Bot, data: Path) -> None:
    [made] = _answers(process("ask", "--json", "--data", data, "/timeline topic: Steppe Eagle from: 2012"))
    assert made["status"] == "answered"
    assert made["items"]
    for item in made["items"]:
        [source] = _answers(bot("ask", "--json", "--data", data, f"/source what: {item['article']}"))
        assert source["text"][item["start"] : item["end"]] == item["excerpt"]


def test_days_are_counted_in_utc_wherever_the_machine_stands(process: Bot, data: Path) -> None:
    """A zone in which it is another day than in UTC: those of the log and of a card that is turned later are UTC's."""
    began = datetime.now(UTC)
    zone = {"TZ": "AAA-14" if began.hour >= 12 else "AAA+13"}
    [made] = _answers(process("ask", "--json", "--data", data, "/search query: zebra from: yesterday", environ=zone))
    days = {(moment - timedelta(days=1)).date().isoformat() for moment in (began, datetime.now(UTC))}
    assert made["read_as"]["from"] in days


def test_a_timeline_without_a_topic_is_told_by_years_first_and_one_of_a_few_entries_is_not(
    bot: Bot, data: Path
) -> None:
    printed = bot("ask", "--data", data, "/timeline").stdout.decode()
    bars, _, listed = printed.partition("\n\n1996  (stated)\n")
    assert "  1996 1 ▇▇▇▇\n  1997 3 ▇▇▇▇▇▇▇▇▇▇▇▇\n" in bars and bars.endswith("  2013 3 ▇▇▇▇▇▇▇▇▇▇▇▇") and listed
    assert "▇" not in bot("ask", "--data", data, "/timeline topic: Steppe Eagle").stdout.decode()


def test_a_question_may_be_given_without_quotes(bot: Bot, data: Path) -> None:
    quoted = _answers(bot("ask", "--json", "--data", data, "/search query: peacekeeping"))
    unquoted = _answers(bot("ask", "--json", "--data", data, "/search", "query:", "peacekeeping"))
    assert [one["items"] for one in quoted] == [one["items"] for one in unquoted]


def test_a_batch_answers_every_line_in_order(bot: Bot, process: Bot, data: Path) -> None:
    lines = [
        "\ufeff/search query: one".encode(),
        b'{"command": "search", "options": {"query": "two"}}',
        "/search query: three\u2028four\u0085five".encode(),
        b"/search query: \xff\xfe six\r",
        b"",
        b"hello there",
        b'{"command": "search"',
        b'{"command": "fly", "options": {}}',
        b"/exercise",
        b"/timeline topic: Steppe Eagle from: yesteryear",
        b'/search query: \x00seven "\\u0000" {x}',
        b"[" * 100_000,
        b'{"command": "search", "options": {"query": "\\ud800 eight"}}',
    ]
    made = _answers(process("ask", "--batch", "--data", data, given=b"\n".join(lines)))
    assert len(made) == len(lines)
    assert len(bot("ask", "--batch", "--data", data, given=lines[2]).stdout.decode().splitlines()) == 1
    asked = [one["options"].get("query") for one in made]
    assert asked[:2] == ["one", "two"]
    assert asked[2] is not None and asked[2].split() == ["three", "four", "five"]
    assert [one["status"] for one in made[4:10]] == ["bad_request"] * 6
    assert [one["command"] for one in made[4:9]] == ["", "", "search", "", "exercise"]
    assert all(one["message"] for one in made)


def test_people_read_the_excerpt_its_date_and_its_link(process: Bot, data: Path) -> None:
    done = process("ask", "--data", data, "/timeline topic: Steppe Eagle from: 2012")
    said = done.stdout.decode()
    assert "September 2012" in said
    assert "In September 2012, the exercise was first conducted in the spirit of" in said
    assert "#:~:text=" in said
    assert "Filtered by the statement's own date: from 2012" in said
    assert "\x1b" not in said


@pytest.mark.parametrize("question", ["/timelin", "peacekeeping", "/search", "/timeline from: 2013 to: 1997"])
def test_a_question_that_is_wrong_is_answered_with_what_is_wrong(bot: Bot, data: Path, question: str) -> None:
    done = bot("ask", "--data", data, question)
    assert done.returncode == 0
    assert done.stdout and not done.stderr
    assert _answers(bot("ask", "--json", "--data", data, question))[0]["status"] == "bad_request"


def test_the_limit_cuts_what_people_read_and_says_so(bot: Bot, data: Path) -> None:
    shown = bot("ask", "--data", data, "/search query: military", "--limit", 1).stdout.decode()
    everything = bot("ask", "--data", data, "/search query: military", "--limit", 0).stdout.decode()
    assert "--limit 0 prints all" in shown and "--limit 0" not in everything
    assert shown.count("#:~:text=") == 1 < everything.count("#:~:text=")


def test_what_arrived_is_printed_article_by_article_with_the_day(bot: Bot, data: Path) -> None:
    done = bot("ask", "--data", data, "--limit", 0, "/new since: 1999")
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert shown.count("\nArrived ") == 5 and "All of the corpus arrived at once" in shown
    assert "Filtered by when the articles arrived: since 1999" in shown
    assert "new name" not in shown


def test_what_is_not_found_says_what_was_tried(bot: Bot, data: Path) -> None:
    done = bot("ask", "--data", data, "/search query: chromodynamics")
    assert done.returncode == 0
    assert "Looked through 5 articles (1997-2013)." in done.stdout.decode()


def test_asking_beside_a_running_bot_takes_no_lock_and_writes_nothing(process: Bot, data: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in data.rglob("*") if file.is_file() and "lock" not in file.name}
    with GenerationStore(data).lock():
        assert process("ask", "--data", data, "/timeline").returncode == 0
    after = {file: file.stat().st_mtime_ns for file in data.rglob("*") if file.is_file() and "lock" not in file.name}
    assert after == before


def test_where_there_is_no_index_one_is_built_first_and_kept(bot: Bot, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    first = bot("ask", "--json", "--data", folder, "/timeline")
    assert _answers(first)[0]["status"] == "answered"
    assert b"Indexing" in first.stderr
    second = bot("ask", "--json", "--data", folder, "/timeline")
    assert _answers(second)[0]["generation"] == _answers(first)[0]["generation"]
    assert b"Indexing" not in second.stderr


def test_no_index_is_built_while_another_process_holds_the_folder(process: Bot, tmp_path: Path) -> None:
    with GenerationStore(tmp_path).lock():
        done = process("ask", "/timeline", "--data", tmp_path)
    assert done.returncode == 1
    assert f"process {os.getpid()}".encode() in done.stderr
    assert not done.stdout


def test_another_corpus_is_asked_and_leaves_nothing_behind(
    process: Bot, data: Path, articles: Path, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environ = {"TMPDIR": str(scratch)}
    [made] = _answers(process("ask", "--json", "--corpus", articles, "/timeline", environ=environ))
    assert [item["date"] for item in made["items"]] == ["2000", "2001", "2002"]
    assert list(scratch.iterdir()) == []


def test_without_a_folder_for_temporary_files_a_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(DataFolderError, match="set TMPDIR to one, or give --data"), scratch_folder():
        pass


def test_another_corpus_with_a_data_folder_is_brought_up_to_date(bot: Bot, articles: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    ask = ("ask", "--json", "--corpus", articles, "--data", kept, "/search query: lighthouse")
    [first] = _answers(bot(*ask))
    again = bot(*ask)
    assert _answers(again)[0]["generation"] == first["generation"] and not again.stderr
    (articles / "light1.txt").unlink()
    (articles / "light1.yaml").unlink()
    (articles / "broken.txt").write_bytes(b"\x00\x01\x02")
    changed = bot(*ask)
    assert _answers(changed)[0]["generation"]["articles"] == 2
    assert b"broken.txt" in changed.stderr


def test_the_bots_own_data_folder_is_not_for_another_corpus(bot: Bot, data: Path, articles: Path) -> None:
    done = bot("ask", "--corpus", articles, "--data", data, "/timeline", environ={"KZBOT_DATA__FOLDER": str(data)})
    assert done.returncode == 2
    assert b"own data folder" in done.stderr


def test_an_empty_corpus_is_answered_with_not_found(bot: Bot, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = bot("ask", "--json", "--corpus", empty, "/search query: submarines")
    assert f"{empty} holds no article.".encode() in done.stderr
    [made] = _answers(done)
    assert made["status"] == "not_found"
    assert made["generation"]["articles"] == 0


@pytest.mark.parametrize("options", [("--batch",), ("--json",)])
def test_a_reader_that_goes_away_ends_it_quietly(
    data: Path, environ: Callable[..., dict[str, str]], options: tuple[str, ...]
) -> None:
    command = [sys.executable, str(PROJECT / "bot.py"), "ask", *options, "--data", str(data)]
    question = b"/timeline\n" * 500
    if "--batch" not in options:
        command.append("/timeline")
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ(), cwd=PROJECT
    )
    assert child.stdin and child.stdout and child.stderr
    child.stdout.close()
    try:
        child.stdin.write(question)
        child.stdin.close()
    except BrokenPipeError:
        pass
    said = child.stderr.read()
    child.stderr.close()
    assert child.wait(30) == 1
    assert said == b""


def test_an_event_told_in_two_articles_is_printed_once_with_both_dates(bot: Bot, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, day in (("a", 12), ("b", 13)):
        text = f"Steppe Falcon began on {day} September 2012 at the Ilisky range with 1,200 troops."
        (articles / f"{name}.md").write_text(f"---\ntitle: News {name}\n---\n{text}\n", encoding="utf-8")
    asked = ("--corpus", articles, "--data", tmp_path / "index", "/timeline topic: Steppe Falcon")
    printed = bot("ask", *asked).stdout.decode()
    told, _, also = printed.partition("Also told:\n")
    assert "12 September 2012  (stated)\nThe sources do not agree: also 13 September 2012\n" in told
    assert also.startswith("13 September 2012  (stated)\nSteppe Falcon began on 13 September 2012")
    [made] = _answers(bot("ask", "--json", *asked))
    assert made["total"] == 2 and len({item["event"] for item in made["items"]}) == 1


def test_a_reworded_passage_is_told_with_both_wordings_and_the_archived_copy(
    bot: Bot, articles: Path, tmp_path: Path
) -> None:
    where = ("--corpus", articles, "--data", tmp_path / "data")
    file, meta = articles / "light1.txt", articles / "light1.yaml"
    meta.write_text(meta.read_text("utf-8") + "archived_url: https://archive.example/light1\n", encoding="utf-8")
    [before] = _answers(bot("ask", "--json", *where, "/search query: Number1"))
    address, old = before["items"][0]["address"], before["items"][0]["excerpt"]
    file.write_text(file.read_text("utf-8").replace("in 2001", "in 2011"), encoding="utf-8")
    [after] = _answers(bot("ask", "--json", *where, f"/source what: {address}"))
    new = old.replace("2001", "2011")
    assert after["passage"] == {"state": "changed", "old": old, "new": new}
    assert [item["excerpt"] for item in after["items"]] == [new]
    printed = bot("ask", *where, f"/source what: {address}").stdout.decode().split("\n")
    told = [line for line in printed if line in (old, new, "Instead of “2001” now “2011”")]
    assert told == [old, new, "Instead of “2001” now “2011”"]
    archived = next(line for line in printed if line.startswith("Archived copy: "))
    assert archived.startswith("Archived copy: https://archive.example/light1#:~:text=")
