"""Two folders of articles are read as one corpus, and their files cannot be taken for one another."""

from pathlib import Path

import pytest

from kzbot.corpus.article import Article, Rejection
from kzbot.corpus.collection import read_in
from kzbot.corpus.folders import Folders
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.errors import GenerationError


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    for folder, text in (("configured", "Of the team."), ("added", "From the chat.")):
        (tmp_path / folder / "sub").mkdir(parents=True)
        (tmp_path / folder / "sub" / "one.txt").write_text(text, encoding="utf-8")
        (tmp_path / folder / "sub" / "one.yaml").write_text("title: One\n", encoding="utf-8")
        (tmp_path / folder / "picture.png").write_bytes(b"")
    return Folders(tmp_path / "configured", tmp_path / "added")


def test_files_of_both_are_found_those_of_the_configured_one_first(folders: Folders) -> None:
    (folders.configured / "z.txt").write_text("Last of the team.", encoding="utf-8")
    states, rejected = folders.scan()
    assert [state.file for state in states] == ["sub/one.txt", "z.txt", "added://sub/one.txt"]
    assert [one.file for one in rejected] == ["picture.png", "added://picture.png"]


def test_the_same_path_in_both_is_two_articles_of_one_id(folders: Folders) -> None:
    with ForeignReader() as foreign:
        read = [one for state in folders.scan()[0] for one in read_in(folders, state, foreign, max_bytes=1000)]
    articles = [one for one in read if isinstance(one, Article)]
    assert [one.text for one in articles] == ["Of the team.", "From the chat."]
    assert [(one.id, one.file) for one in articles] == [
        ("sub/one", "sub/one.txt"),
        ("sub/one", "added://sub/one.txt"),
    ]


def test_a_rejection_names_the_file_in_its_folder(folders: Folders) -> None:
    assert folders.added is not None
    (folders.added / "sub" / "one.yaml").write_text("title: One\ncolour: red\n", encoding="utf-8")
    with ForeignReader() as foreign:
        reasons = list(read_in(folders, folders.scan()[0][-1], foreign, max_bytes=1000))
    assert [(one.file, one.line) for one in reasons if isinstance(one, Rejection)] == [("added://sub/one.yaml", 2)]


@pytest.mark.parametrize("target", ["../configured/sub/one.txt", "/etc/hostname"])
def test_no_added_file_leads_out_of_its_folder(folders: Folders, target: str) -> None:
    assert folders.added is not None
    (folders.added / "link.txt").symlink_to(target)
    states, rejected = folders.scan()
    assert "added://link.txt" in [one.file for one in rejected]
    assert "added://link.txt" not in [state.file for state in states]


def test_a_folder_of_added_articles_that_is_not_there_is_an_empty_one(folders: Folders, tmp_path: Path) -> None:
    for added in (tmp_path / "none", None):
        states, _ = Folders(folders.configured, added).scan()
        assert [state.file for state in states] == ["sub/one.txt"]


def test_a_configured_folder_may_be_missing_only_where_that_is_meant(folders: Folders, tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match="no such folder"):
        Folders(tmp_path / "none", folders.added).scan()
    states, _ = Folders(tmp_path / "none", folders.added, allow_missing=True).scan()
    assert [state.file for state in states] == ["added://sub/one.txt"]
    with pytest.raises(GenerationError):
        Folders(folders.configured / "picture.png", allow_missing=True).scan()
