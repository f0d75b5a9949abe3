"""The corpus of recombined sentences: the same for the same seed, and taken in by a build as it says."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kzbot.index.building.build import build
from kzbot.index.near_duplicates import near_duplicates
from kzbot.index.sources import Sources

ARTICLES = 160


def made(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_makes_the_same_bytes_and_another_one_others(recombined: ModuleType, tmp_path: Path) -> None:
    for name, seed in (("one", 4), ("again", 4), ("other", 5)):
        recombined.recombined(60, seed).write(tmp_path / name)
    assert made(tmp_path / "one") == made(tmp_path / "again") != made(tmp_path / "other")


def test_a_build_takes_it_in_and_finds_what_was_planted(recombined: ModuleType, tmp_path: Path) -> None:
    corpus, names = recombined.recombined(ARTICLES, 2), tmp_path / "names.yaml"
    names.write_text("kinds: {}\nnames: []\n", encoding="utf-8")
    corpus.write(tmp_path / "articles")
    sources = Sources(tmp_path / "articles", names)
    first = build(sources, tmp_path / "index")
    assert first.rejected == ()
    assert {Path(one.file).stem for one in first.duplicates} == set(corpus.same) != set()
    assert first.articles == ARTICLES - len(corpus.same)
    found = near_duplicates(tmp_path / "index" / f"{first.generation}.sqlite")
    assert {(one.article, one.of) for one in found} == set(corpus.near.items()) != set()
    assert _forms(tmp_path / "articles") == {"beside", "front matter", "markdown", "undated", "unlinked", "month"}
    change = recombined.changed(corpus, added=5, changed=4, removed=3)
    change.after.write(tmp_path / "articles")
    second = build(sources, tmp_path / "index", tmp_path / "index" / f"{first.generation}.sqlite")
    assert (set(second.added), set(second.changed), set(second.removed)) == (
        set(change.added),
        set(change.changed),
        set(change.removed),
    )
    assert (len(second.added), len(second.changed), len(second.removed)) == (5, 4, 3)


def test_the_command_makes_a_state_and_the_state_after_a_change(
    recombined: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "articles"
    for more, articles in (((), 30), (("--added", "4", "--removed", "2"), 32)):
        monkeypatch.setattr("sys.argv", ["recombined", str(folder), "--articles", "30", "--seed", "3", *more])
        assert recombined.main() == 0
        assert sum(path.suffix != ".yaml" for path in folder.iterdir()) == articles


def _forms(folder: Path) -> set[str]:
    """Which kinds of files and of metadata there are."""
    texts: dict[str, Any] = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    heads = [text for name, text in texts.items() if name.endswith(".yaml") or text.startswith("---\n")]
    said = {
        "beside": any(name.endswith(".yaml") for name in texts),
        "front matter": any(name.endswith(".txt") and text.startswith("---\n") for name, text in texts.items()),
        "markdown": any(name.endswith(".md") and "\n# " in text for name, text in texts.items()),
        "undated": any("published:" not in head for head in heads),
        "unlinked": any("url:" not in head for head in heads),
        "month": any(
            'published: "' in head and len(head.split('published: "')[1].split('"')[0]) == 7 for head in heads
        ),
    }
    return {name for name, there in said.items() if there}
