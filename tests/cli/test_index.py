"""`index`: the plan of what would change, what keeps it from being applied; `rollback`, `status` and `history` beside it."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kzbot.index.store import GenerationStore

BOT = Path(__file__).resolve().parents[2] / "bot.py"
Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
pytestmark = pytest.mark.usefixtures("built_here")


class Desk:
    """A terminal over a corpus of its own."""

    def __init__(self, bot: Bot, articles: Path, place: Path) -> None:
        self._bot, self.articles, self.data = bot, articles, place / "data"
        self._environ = {
            "KZBOT_CORPUS__FOLDER": str(articles),
            "KZBOT_CORPUS__GOLDEN": str(place / "golden.yaml"),
        }

    def __call__(self, *arguments: str) -> tuple[int, str]:
        done = self._bot(arguments[0], "--data", self.data, *arguments[1:], environ=self._environ)
        return done.returncode, (done.stdout + done.stderr).decode()

    def json(self, *arguments: str) -> dict[str, object]:
        done = self._bot(arguments[0], "--data", self.data, *arguments[1:], "--json", environ=self._environ)
        made = json.loads(done.stdout)
        assert isinstance(made, dict)
        return made

    def article(self, name: str, text: str) -> None:
        (self.articles / f"{name}.txt").write_text(text, encoding="utf-8")
        (self.articles / f"{name}.yaml").write_text(f"title: {name}\npublished: 2011-05-01\n", encoding="utf-8")

    def remove(self, *names: str) -> None:
        for name in names:
            (self.articles / f"{name}.txt").unlink()
            (self.articles / f"{name}.yaml").unlink()

    @property
    def store(self) -> GenerationStore:
        return GenerationStore(self.data)


@pytest.fixture
def desk(bot: Bot, articles: Path, tmp_path: Path) -> Desk:
    return Desk(bot, articles, tmp_path)


def test_it_says_what_changed_and_what_was_not_taken_and_applies_it(desk: Desk) -> None:
    code, said = desk("index")
    assert code == 0 and "3 articles added:" in said and "Lighthouse 0 (1 May 2010) [light0]" in said
    assert "There is nothing to compare with" in said and "Applied" in said
    code, said = desk("index")
    assert code == 0 and "Nothing changes" in said
    desk.article("light1", "The lighthouse of Cape Number1 was sold in 2005. Its keeper lives there alone.\n")
    desk.article("light4", "Another lighthouse stands at Port Royal since 1990. Nobody keeps it.\n")
    desk.article("light5", "Another lighthouse stands at Port Royal since 1990. Nobody keeps it.\n")
    (desk.articles / "light3.txt").write_text("Words without a title.\n")
    (desk.articles / "light3.yaml").write_text("title: Lighthouse 3\ncolour: red\n")
    (desk.articles / "notes.xyz").write_bytes(b"?")
    code, said = desk("index")
    assert code == 0
    assert "… The lighthouse of Cape Number1 was [repaired in 2001. → sold in 2005.]" in said
    assert "title: Lighthouse 1 → light1" in said and "url: https://example.org/1 → nothing" in said
    assert "light3.yaml, line 2 (new):" in said and "notes.xyz (new):" in said
    assert "light5.txt repeats light4.txt:" in said
    assert "Port Royal (unknown kind, 1 mention; not in the name book)" in said
    assert "2001: The lighthouse of Cape Number1 was repaired in 2001. [light1]" in said
    assert "2005: The lighthouse of Cape Number1 was sold in 2005. [light1]" in said


def test_a_plan_is_shown_waits_and_is_applied_by_another_call(desk: Desk) -> None:
    desk("index")
    served = desk.store.applied()
    assert desk("index", "--apply") == (1, "No plan waits; python bot.py index --plan makes one.\n")
    desk.article("light7", "The harbour was dug in 1999. It is deep.\n")
    code, said = desk("index", "--plan")
    assert code == 0 and "light7" in said and "index --apply" in said
    waiting = desk.store.waiting()
    assert desk.store.applied() == served and waiting is not None
    assert "It would add 1 articles" in desk("status")[1]
    code, said = desk("index", "--apply")
    assert code == 0 and desk.store.applied() == waiting and waiting in said


def test_a_plan_that_is_no_longer_true_is_made_anew_and_not_applied(desk: Desk) -> None:
    desk("index")
    served = desk.store.applied()
    desk.article("light7", "The harbour was dug in 1999. It is deep.\n")
    desk("index", "--plan")
    desk.article("light8", "The mole was built in 2003. It is long.\n")
    code, said = desk("index", "--apply")
    assert code == 1 and "no longer true" in said and "light8" in said
    assert desk.store.applied() == served
    assert desk("index", "--apply")[0] == 0


def test_a_plan_that_takes_much_away_must_be_confirmed_with_their_number(desk: Desk) -> None:
    desk("index")
    served = desk.store.applied()
    desk.remove("light0", "light1")
    code, said = desk("index")
    assert code == 1 and "--confirm 2" in said and "2 articles removed:" in said
    assert desk("index", "--apply", "--confirm", "3")[0] == 1
    assert desk.store.applied() == served
    code, said = desk("index", "--apply", "--confirm", "2")
    assert code == 0 and desk.store.applied() != served


def test_the_plan_as_json_holds_every_list(desk: Desk) -> None:
    desk("index")
    for number in range(30, 60):
        desk.article(f"pier{number}", f"Pier number{number} was built in 19{number}. It is of wood.\n")
    made = desk.json("index", "--plan")
    assert made["outcome"] == "planned"
    plan = made["plan"]
    assert isinstance(plan, dict) and len(plan["added"]) == 30 and plan["compared"] == "whole"
    assert "and 10 more" in desk("index", "--plan")[1]
    assert "and 10 more" not in desk("index", "--plan", "--full")[1]


def test_golden_questions_that_are_lost_are_told_and_a_wrong_file_is_no_obstacle(desk: Desk, tmp_path: Path) -> None:
    desk("index")
    golden = tmp_path / "golden.yaml"
    golden.write_text('questions:\n  - {question: "/search query: Cape Number1", expect: answered}\n')
    desk.article("light1", "A ship was sold in 2005. Its captain left.\n")
    code, said = desk("index", "--plan")
    assert code == 0 and "1 answer would be lost:" in said and "1 golden question fails:" in said
    assert "/search query: Cape Number1 (golden): answered" in said
    golden.write_text("questions:\n  - {question: hello}\n")
    code, said = desk("index", "--plan")
    assert code == 0 and "golden.yaml, line 2" in said and "not asked" in said


def test_a_rollback_lists_goes_back_and_stands_in_the_history(desk: Desk) -> None:
    desk("index")
    first = desk.store.applied()
    desk.article("light7", "The harbour was dug in 1999. It is deep.\n")
    desk("index")
    second = desk.store.applied()
    assert first is not None and second is not None
    code, said = desk("rollback")
    assert code == 0 and f"1. {second}" in said and f"2. {first}" in said and "by the terminal: reload" in said
    assert desk("rollback", "7")[0] == 1 and desk("rollback", "2026")[0] == 1
    assert desk.store.applied() == second
    code, said = desk("rollback", "2")
    assert code == 0 and desk.store.applied() == first
    assert desk("rollback", second)[0] == 0 and desk.store.applied() == second
    said = desk("history")[1]
    assert said.count("the terminal, rolled back") == 2 and "(1 added)" in said and "(1 removed)" in said
    assert len(desk("history", "--json")[1].splitlines()) == 4


def test_status_says_what_is_doubtful(desk: Desk) -> None:
    assert desk("status")[0] == 1
    (desk.articles / "light0.yaml").write_text("title: Lighthouse 0\n")
    (desk.articles / "notes.xyz").write_bytes(b"?")
    desk("index")
    code, said = desk("status")
    assert code == 0
    assert "1 article without a publication date:\n  light0: Lighthouse 0\n" in said
    assert "1 article without a link:\n  light0: Lighthouse 0\n" in said
    assert "1 reason why files are not taken:\n  notes.xyz:" in said
    assert "name" in said and "Nothing has changed since." in said
    assert desk.json("status")["undated"] == ["light0"]


def test_beside_a_running_bot_writing_is_refused_in_a_sentence_and_reading_works(
    desk: Desk, process: Bot, articles: Path
) -> None:
    desk("index")
    with desk.store.lock():
        for command in (["index"], ["index", "--plan"], ["rollback", "1"]):
            done = process(
                command[0], "--data", desk.data, *command[1:], environ={"KZBOT_CORPUS__FOLDER": str(articles)}
            )
            said = (done.stdout + done.stderr).decode()
            assert done.returncode == 1
            assert f"process {os.getpid()}" in said and "stop that process first" in said and "Traceback" not in said
        assert desk("status")[0] == desk("history")[0] == desk("rollback")[0] == 0


def test_a_folder_that_is_not_there_is_a_sentence(bot: Bot, tmp_path: Path) -> None:
    desk = Desk(bot, tmp_path / "nowhere", tmp_path)
    code, said = desk("index")
    assert code == 1
    assert f"There is no folder {tmp_path / 'nowhere'}" in said


def test_a_plan_of_its_own_process_says_the_same(process: Bot, articles: Path, tmp_path: Path) -> None:
    desk = Desk(process, articles, tmp_path)
    assert desk("index")[0] == 0
    (articles / "light1.txt").write_text(
        "The lighthouse of Cape Number1 was sold in 2005. Its keeper lives there alone.\n"
    )
    code, said = desk("index", "--plan")
    assert code == 0 and "[repaired in 2001. → sold in 2005.]" in said


def test_at_a_terminal_the_number_is_asked_for(desk: Desk, environ: Callable[..., dict[str, str]]) -> None:
    desk("index")
    served = desk.store.applied()
    desk.remove("light0", "light1")
    for typed, applied in (b"no\n", False), (b"2\n", True):
        master, slave = pty.openpty()
        given = {"KZBOT_CORPUS__FOLDER": str(desk.articles), "KZBOT_CORPUS__GOLDEN": str(desk.articles / "none.yaml")}
        command = [sys.executable, str(BOT), "index", "--data", str(desk.data)]
        process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environ(given))
        os.close(slave)
        os.write(master, typed)
        said = _said(master)
        assert process.wait(60) == (0 if applied else 1)
        assert "Type how many articles go, 2" in said
        assert (desk.store.applied() != served) is applied


def _said(master: int) -> str:
    """What is written to a terminal until its last writer is gone."""
    said = b""
    with suppress(OSError):
        while part := os.read(master, 4096):
            said += part
    os.close(master)
    return " ".join(said.decode("utf-8", "replace").split())
