"""`index`: what was added, changed, removed and rejected, and what keeps it from applying."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from kzbot.index.store import GenerationStore

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]


def _index(bot: Bot, articles: Path, data: Path, *more: str) -> tuple[int, str]:
    done = bot("index", "--data", data, *more, environ={"KZBOT_CORPUS__FOLDER": str(articles)})
    return done.returncode, (done.stdout + done.stderr).decode()


def test_the_summary_says_what_changed_and_what_was_not_taken(bot: Bot, articles: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    code, said = _index(bot, articles, data)
    assert code == 0 and "3 added:" in said and "  light0\n" in said
    code, said = _index(bot, articles, data)
    assert code == 0 and "Nothing has changed" in said
    (articles / "light1.txt").write_text("The lighthouse was sold in 2005. Its keeper left.\n")
    (articles / "light3.txt").write_text("Another lighthouse stands here since 1990. Nobody keeps it.\n")
    (articles / "light3.yaml").write_text("title: Lighthouse 3\ncolour: red\nshape: round\n")
    (articles / "notes.pdf").write_bytes(b"%PDF")
    code, said = _index(bot, articles, data)
    assert code == 0
    assert "1 changed:\n  light1\n" in said
    assert "2 unchanged." in said
    assert "2 files were not taken:" in said
    assert "light3.yaml, line 2:" in said and "light3.yaml, line 3:" in said
    assert "notes.pdf:" in said


def test_a_reload_that_would_take_much_away_waits_until_it_is_forced(bot: Bot, articles: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    _index(bot, articles, data)
    for file in ("light0.txt", "light0.yaml", "light1.txt", "light1.yaml"):
        (articles / file).unlink()
    code, said = _index(bot, articles, data)
    assert code == 1 and "--force" in said and "2 removed:" in said
    code, said = _index(bot, articles, data, "--force")
    assert code == 0 and "1 article" in said


def test_beside_a_running_bot_it_is_refused_in_a_sentence(process: Bot, articles: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with GenerationStore(data).lock():
        code, said = _index(process, articles, data)
    assert code == 1
    assert f"process {os.getpid()}" in said and "Traceback" not in said


def test_a_folder_that_is_not_there_is_a_sentence(bot: Bot, tmp_path: Path) -> None:
    code, said = _index(bot, tmp_path / "nowhere", tmp_path / "data")
    assert code == 1
    assert f"There is no folder {tmp_path / 'nowhere'}" in said
