"""What lies in a corpus folder besides articles."""

import os
from pathlib import Path
from typing import Any

import pytest

from kzbot.corpus.folder import scan
from kzbot.corpus.readers import READERS, reader_of
from kzbot.errors import GenerationError


def test_files_are_found_in_order_with_their_companions(corpus: Any) -> None:
    for file in ("b.txt", "a/z.md", "a/z.yaml", "C.TXT"):
        corpus.put(file, "x")
    states, rejections = scan(corpus.folder)
    assert [(state.file, state.companion_size) for state in states] == [("C.TXT", None), ("a/z.md", 1), ("b.txt", None)]
    assert rejections == []
    assert all(state.size == 1 and state.modified_ns > 0 for state in states)


def test_hidden_files_and_backups_are_passed_over(corpus: Any) -> None:
    for file in (".hidden.txt", ".git/a.txt", "a.txt~", "#a.txt#", "a.txt.swp", "a.bak", "~$a.txt", "Thumbs.db"):
        corpus.put(file, "x")
    assert scan(corpus.folder) == ([], [])


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("a.docx", "not read: only .htm, .html, .jsonl, .md, .pdf, .txt"),
        ("README", "not read: only .htm, .html"),
        ("a.yaml", "there is no text beside this metadata"),
        ("a.yml", "metadata is read from .yaml only; rename it."),
    ],
)
def test_what_nobody_reads_is_reported(corpus: Any, file: str, reason: str) -> None:
    corpus.put(file, "x")
    states, rejections = scan(corpus.folder)
    assert states == []
    assert rejections[0].file == file
    assert reason in rejections[0].reason


def test_links_that_lead_out_of_the_folder_are_refused(corpus: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "secrets").mkdir()
    (corpus.folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    (corpus.folder / "b.txt").symlink_to("nowhere.txt")
    (corpus.folder / "c").symlink_to(tmp_path / "secrets")
    (corpus.folder / "loop").symlink_to(corpus.folder)
    (corpus.folder / "self.txt").symlink_to("self.txt")
    states, rejections = scan(corpus.folder)
    assert states == []
    assert [rejection.file for rejection in rejections] == ["a.txt", "b.txt", "c", "loop", "self.txt"]


def test_a_link_within_the_folder_is_an_article(corpus: Any) -> None:
    corpus.put("a/one.txt", "x")
    (corpus.folder / "b.txt").symlink_to("a/one.txt")
    states, rejections = scan(corpus.folder)
    assert [state.file for state in states] == ["a/one.txt", "b.txt"]
    assert rejections == []


def test_a_pipe_is_not_waited_for(corpus: Any) -> None:
    os.mkfifo(corpus.folder / "a.txt")
    assert "not an ordinary file" in scan(corpus.folder)[1][0].reason


@pytest.mark.parametrize("name", [b"a\xff.txt", b"a\n.txt"])
def test_names_that_cannot_be_shown_are_reported_in_escapes(corpus: Any, name: bytes) -> None:
    (corpus.folder / os.fsdecode(name)).write_text("x")
    states, rejections = scan(corpus.folder)
    assert states == []
    assert rejections[0].file.isprintable()
    assert "rename it" in rejections[0].reason


def test_a_folder_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match="there is no such folder"):
        scan(tmp_path / "none")


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_every_suffix_has_a_reader(suffix: str) -> None:
    reader = reader_of(suffix)
    text = "The ministers met.\n"
    assert reader.title(text) is None
    assert [block.kind for block in reader.blocks(text, "Title", (), ())] == ["paragraph"]
