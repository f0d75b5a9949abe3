"""`ask --export FILE`: the whole list in the form that the suffix names, and never over a file that stands there."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar
from PIL import Image

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
QUESTION = "/timeline topic: Steppe Eagle"
COLOURS = [
    f"{shade} {of}"
    for shade in ("pale", "dark")
    for of in ["red", "blue", "green", "grey", "brown", "pink", "gold", "tan", "teal"]
]


def test_a_table_holds_what_json_holds(bot: Bot, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "eagle.csv"
    done = bot("ask", "--data", data, QUESTION, "--export", file, "--limit", 1)
    made = json.loads(bot("ask", "--json", "--data", data, QUESTION).stdout)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    said = done.stdout.decode()
    assert done.returncode == 0 and not done.stderr
    assert str(file) in said and made["generation"]["id"] in said and f"{len(made['items'])} items" in said
    assert [row["excerpt"] for row in rows] == [item["excerpt"] for item in (*made["items"], *made["undated"])]
    assert list(tmp_path.iterdir()) == [file]


def test_each_suffix_is_a_form(bot: Bot, data: Path, tmp_path: Path) -> None:
    files = {form: tmp_path / f"eagle.{form}" for form in ("json", "ics", "PNG")}
    for file in files.values():
        assert bot("ask", "--data", data, QUESTION, "--export", file).returncode == 0
    made = json.loads(files["json"].read_bytes())
    events = list(Calendar.from_ical(files["ics"].read_bytes()).walk("VEVENT"))
    assert made["items"] and len(events) == len(made["items"])
    with Image.open(files["PNG"]) as image:
        assert image.size[0] == 720


def test_a_file_that_stands_there_is_replaced_with_force_only(bot: Bot, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine")
    refused = bot("ask", "--data", data, QUESTION, "--export", file)
    assert refused.returncode == 2 and b"--force" in refused.stderr
    assert file.read_text() == "mine"
    assert bot("ask", "--data", data, QUESTION, "--export", file, "--force").returncode == 0
    assert json.loads(file.read_bytes())["items"]


@pytest.mark.parametrize("name", ["eagle.xlsx", "eagle", "csv"])
def test_another_suffix_is_a_usage_error_that_names_the_four(bot: Bot, tmp_path: Path, name: str) -> None:
    done = bot("ask", QUESTION, "--export", tmp_path / name)
    said = " ".join(done.stderr.decode().split())
    assert done.returncode == 2 and ".csv, .json, .ics or .png" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("question", "name", "status", "says"),
    [
        ("/timeline topic: chromodynamics", "x.csv", 1, "the answer has no list"),
        ("/timeline from: 2013 to: 1997", "x.csv", 1, ""),
        ("/timelin", "x.csv", 1, ""),
        (QUESTION, "no/such/folder.csv", 1, "cannot be written"),
    ],
)
def test_what_cannot_be_written_leaves_no_file(
    bot: Bot, data: Path, tmp_path: Path, question: str, name: str, status: int, says: str
) -> None:
    done = bot("ask", "--data", data, question, "--export", tmp_path / name)
    assert done.returncode == status
    assert says in done.stderr.decode() and done.stderr.count(b"\n") == bool(says)
    assert list(tmp_path.iterdir()) == []


def test_what_has_no_date_is_not_drawn(bot: Bot, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("The lighthouse keeper lives there alone with two cats.\n", encoding="utf-8")
    (folder / "one.yaml").write_text("title: The lighthouse\n", encoding="utf-8")
    done = bot("ask", "--corpus", folder, "/search query: lighthouse", "--export", tmp_path / "x.png")
    assert done.returncode == 1 and b"has a date that could be drawn" in done.stderr
    assert not (tmp_path / "x.png").exists()


def test_a_calendar_without_an_event_is_not_written_and_what_it_leaves_out_is_said(
    bot: Bot, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "nato.ics"
    done = bot("ask", "--data", data, "/timeline topic: NATO", "--export", file)
    assert done.returncode == 1 and b"days that a calendar could show" in done.stderr and not file.exists()
    done = bot("ask", "--data", data, QUESTION, "--export", file)
    assert done.returncode == 0 and "2 items; left out: " in " ".join(done.stdout.decode().split())


def test_a_picture_says_how_many_of_the_items_it_has_room_for(bot: Bot, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    days = [f"In {year} the lighthouse was painted {colour}." for year, colour in enumerate(COLOURS, 1950)]
    (folder / "one.txt").write_text("\n\n".join(days), encoding="utf-8")
    (folder / "one.yaml").write_text("title: The keeper's book\n", encoding="utf-8")
    done = bot("ask", "--corpus", folder, "/timeline topic: lighthouse", "--export", tmp_path / "x.png")
    assert done.returncode == 0 and f"the first 16 of {len(COLOURS)} items" in " ".join(done.stdout.decode().split())
