"""Dates that were corrected: what they mean, and who said so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Window
from kzbot.answers.question import parse
from kzbot.corpus.overlay import Overlay
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.phrases import Phrases

Contract = Callable[[Answer], list[str]]
PROJECT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 21)


async def test_a_corrected_date_says_who_corrected_it(tmp_path: Path, phrases: Phrases, contract: Contract) -> None:
    """In the words that people read; the contract knows it as stated, because nothing had to be supplied."""
    (tmp_path / "articles").mkdir()
    text = '---\ntitle: Talks\npublished: "2013-11"\ndates: [{words: spring, edtf: 2012-04}]\n---\n'
    text += "They met in spring and parted on a Friday. They met again in May 2013.\n"
    (tmp_path / "articles" / "talks.txt").write_text(text, encoding="utf-8")
    laid = Overlay.of(dates=[("talks", "a Friday", "2012-06-01")])
    names = PROJECT / "config" / "names.yaml"
    summary = build(Sources(tmp_path / "articles", names, overlay=laid), tmp_path / "index")
    generation = await Generation.open(tmp_path / "index" / f"{summary.generation}.sqlite")
    try:
        given = await answer(parse("/timeline", generation.kinds), generation, Window(), TODAY)
    finally:
        await generation.close()
    said = {
        item.date: phrases.ground(item.dates[0].mark, item.published, item.dates[0].corrected) for item in given.items
    }
    assert said == {
        "2012-04": "given by the article's metadata",
        "2012-06-01": "corrected by a moderator",
        "2013-05": "stated",
    }
    assert {one.dates[0].mark.basis for one in given.items} == {"stated"} and contract(given) == []
