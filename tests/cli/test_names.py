"""`names`: what the articles name and the book lacks, with what it is, where it stands, and entries to be taken over."""

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from kzbot.cli import names as command
from kzbot.cli.names import Listing, list_names
from kzbot.cli.prepared import prepare
from kzbot.corpus.names_file import read_name_book

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
BOOK = (
    "kinds:\n  exercise: {nouns: [exercise], profile: exercise}\n  organisation:\n  person:\nnames:\n"
    "  - {kind: exercise, name: Granite Tide}\n"
)
TEXTS = (
    "The exercise “Amber Shield” began on 3 May 2011. In it General Hugo Brandtner led the Northern Lofting Agency (NLA).\n\n"
    "Brandtner said that NLA, the Kelm Pact and “Amber Shield” were one: 'No: it's the Kelm Pact.' Granit Tide was held twice.",
    "Hugo Brandtner came back in June 2013 for Amber Shield. The yard of O'Neil \u202eDrovlen\u202c: #Kelm stayed.\n\n"
    "He met Yes No, The Kelm Pact and Null Void in the Null Void.",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    (folder / "articles").mkdir()
    for number, text in enumerate(TEXTS):
        written = f"---\ntitle: Story {number}\npublished: 2014\n---\n{text}\n"
        (folder / "articles" / f"story{number}.md").write_text(written, encoding="utf-8")
    (folder / "names.yaml").write_text(BOOK, encoding="utf-8")
    return folder


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., str]:
    """What `names` prints in this process, over an index of its own."""
    monkeypatch.setenv("KZBOT_CORPUS__NAMES", str(place / "names.yaml"))

    def list_them(**given: object) -> str:
        listing = Listing(corpus=place / "articles", **given)  # type: ignore[arg-type]
        list_names(prepare(None, place / "data"), listing)
        return capfdbinary.readouterr().out.decode()

    return list_them


def test_names_come_with_kind_ground_counts_years_and_an_example(run: Callable[..., str]) -> None:
    made = json.loads(run(as_json=True, limit=0))
    found = {one["name"]: one for one in made["names"]}
    assert made["total"] == len(found)
    shield, general = found["Amber Shield"], found["Hugo Brandtner"]
    assert (shield["kind"], shield["ground"], shield["mentions"], shield["articles"]) == ("exercise", "quoted", 3, 2)
    assert shield["years"] == "2011-2013"
    assert (general["kind"], general["ground"], general["forms"]) == ("person", "title", ["Brandtner"])
    assert found["Northern Lofting Agency"]["forms"] == ["NLA"]
    assert found["Northern Lofting Agency"]["kind"] == "organisation"
    assert found["Kelm Pact"]["kind"] is None
    for one in found.values():
        for example in one["examples"]:
            assert any(example["text"] in text for text in TEXTS) and example["title"].startswith("Story")


def test_another_spelling_of_a_name_in_the_book_comes_first(run: Callable[..., str]) -> None:
    first = json.loads(run(as_json=True, limit=1))["names"][0]
    assert (first["name"], first["like"]) == ("Granit Tide", ["Granite Tide"])


@pytest.mark.parametrize("limit", [0, 3])
def test_the_entries_can_be_put_into_the_book_as_they_are(run: Callable[..., str], tmp_path: Path, limit: int) -> None:
    told = run(as_yaml=True, limit=limit)
    path = tmp_path / "names.yaml"
    path.write_text(BOOK + told, encoding="utf-8")
    known = {name.id: name for name in read_name_book(path).names}
    if not limit:
        assert known["exercise:amber-shield"].canonical == "Amber Shield"
        assert known["person:hugo-brandtner"].adjectives == ("Brandtner",)
        assert known["organisation:northern-lofting-agency"].variants == ("NLA",)
        assert "#   name: Kelm Pact\n" in told
        path.write_text(
            BOOK + told.replace("  # - kind:", "  - kind: person").replace("  #   ", "    "), encoding="utf-8"
        )
        assert "person:kelm-pact" in {name.id for name in read_name_book(path).names}


def test_the_table_is_for_people(run: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(command, "console", lambda: Console(file=shown, force_terminal=True, width=160))
    run(limit=4)
    assert "What it is" in shown.getvalue() and "perhaps another spelling" in shown.getvalue()
    assert "--limit" in shown.getvalue() and "\u202e" not in shown.getvalue()


def test_a_pipe_gets_a_line_a_name(run: Callable[..., str]) -> None:
    piped = run(limit=0)
    assert "Hugo Brandtner\tperson, by a title beside it\t" in piped and "\u202e" not in piped


def test_only_names_of_a_kind_and_of_many_mentions(run: Callable[..., str]) -> None:
    assert [line.split("\t")[0] for line in run(kind="exercise").splitlines()] == ["Amber Shield"]
    assert not any(line.startswith("Amber Shield") for line in run(kind="unknown").splitlines())
    assert run(kind="exercise", least=9).strip() == "The articles carry no such names that the name book lacks."


def test_wrong_options_are_one_sentence(bot: Bot, data: Path) -> None:
    done = bot("names", "--data", data, "--kind", "spaceship")
    assert done.returncode == 1
    assert b"No name can be of the kind \xe2\x80\x9cspaceship\xe2\x80\x9d; the kinds are: exercise, " in done.stderr
    both = bot("names", "--json", "--yaml")
    assert both.returncode == 2 and b"give one of them" in both.stderr
    assert b"Astana" in bot("names", "--data", data, "--limit", 5).stdout
