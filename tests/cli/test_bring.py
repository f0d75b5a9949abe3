"""`python bot.py add`, `remove` and `restore`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPORT = "The ministers met in Astana on 3 May 2014.\nThey signed two agreements.\n"


@pytest.fixture
def run(bot: Any, tmp_path: Path, built_here: None) -> Callable[..., tuple[int, str]]:
    """Runs one command over twelve articles; exit status and what was said on standard output."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(12):
        text = f"---\ntitle: Number {number}\n---\nArticle {number} says that somebody met on {number + 1} May 2012.\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    environ = {"KZBOT_CORPUS__FOLDER": str(folder), "KZBOT_DATA__FOLDER": str(tmp_path / "data")}

    def call(*arguments: object) -> tuple[int, str]:
        done = bot(*arguments, environ=environ)
        return done.returncode, (done.stdout + done.stderr).decode()

    assert call("index")[0] == 0
    return call


def test_a_file_is_added_with_what_the_options_say_and_is_answered_from(run: Any, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    code, said = run("add", report)
    assert code == 1 and "no title; give --title" in said and "nothing was added" in said
    code, said = run("add", report, "--title", "A report", "--published", "3/4/2014", "--yes")
    assert code == 1 and "either number may be the month" in said
    options = ("--title", "A report", "--published", "4 May 2014", "--inferred-from", "its file name")
    code, said = run("add", report, *options)
    assert code == 1 and "--yes adds without asking" in said
    code, said = run("add", report, *options, "--yes")
    assert code == 0 and "Added a-report-" in said and "answers now come from" in said
    assert "The ministers met in Astana" in run("ask", "/timeline from: 2014")[1]
    code, said = run("add", report, *options, "--yes")
    assert code == 1 and "has this text already" in said
    assert "the terminal, articles added" in run("history")[1]


def test_metadata_beside_a_file_is_taken_and_options_are_for_one_article(run: Any, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    report.with_suffix(".yaml").write_text("title: From beside\n", encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text("---\ntitle: Other\n---\nWords of May 2015.\n", encoding="utf-8")
    code, said = run("add", report, other, "--title", "Both")
    assert code == 1 and "describe one article" in said
    code, said = run("add", report, other, tmp_path / "corpus" / "03.txt", "--yes")
    assert code == 0 and "report.txt: From beside" in said and "Added other-" in said


def test_an_article_is_taken_out_and_brought_back(run: Any, tmp_path: Path) -> None:
    code, said = run("remove", "03")
    assert code == 0 and "Withdrawn: Number 3 (03)" in said
    assert (tmp_path / "corpus" / "03.txt").is_file()
    assert "4 May 2012" not in run("ask", "/timeline")[1]
    assert run("remove", "nothing") == (
        1,
        "There is no article with the id “nothing” in the corpus; /source finds it by words of its title, and tells its id.\n",
    )
    code, said = run("restore", "03")
    assert code == 0 and "Restored: Number 3 (03)" in said
    assert "4 May 2012" in run("ask", "/timeline")[1]
