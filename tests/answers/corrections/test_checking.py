"""What a correction must be: words that stand in the article, a date without doubt, a spelling that nobody has."""

from __future__ import annotations

from typing import Any

import pytest

from kzbot.answers.corrections.checking import (
    date_change,
    meaning_choices,
    name_change,
    name_choices,
    word_choices,
)
from kzbot.answers.corrections.meaning import read_meaning
from kzbot.answers.corrections.standing import names_standing
from kzbot.errors import QuestionError
from kzbot.index.generation import Generation
from kzbot.phrases import Phrases

NO = "no date"
ARTICLE = "003_d3750fabc3c4fa28"


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("1997-11-14", "1997-11-14"),
        (" 14  November 1997 ", "1997-11-14"),
        ("November 14, 1997", "1997-11-14"),
        ("November 1997", "1997-11"),
        ("14.11.1997", "1997-11-14"),
        ("05.05.1997", "1997-05-05"),
        ("2003/2004", "2003/2004"),
        ("[2009-06-24..2011-01-31]", "[2009-06-24..2011-01-31]"),
        ("1990s", "199X"),
        ("since 2007", "2007/.."),
        ("199x", "199X"),
        ("No Date", None),
        ("none", None),
    ],
)
def test_what_reads_as_one_date_is_taken(typed: str, edtf: str | None) -> None:
    assert read_meaning(typed, NO) == edtf


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("05.11.1997", "doubtful"),
        ("14.11.97", "doubtful"),
        ("last Friday", "doubtful"),
        ("14 November", "doubtful"),
        ("2009-06-24..2011-01-31", "bare_interval"),
        ("31 February 1997", "not_a_date"),
        ("1997-13-40", "not_a_date"),
        ("soon", "not_a_date"),
        ("", "not_a_date"),
        ("x" * 5000, "not_a_date"),
    ],
)
def test_what_is_no_date_or_more_than_one_is_refused_with_how_to_write_it(
    typed: str, reason: str, phrases: Phrases
) -> None:
    with pytest.raises(QuestionError) as refused:
        read_meaning(typed, NO)
    assert refused.value.key == f"answers.corrections.{reason}"
    assert len(phrases.say(refused.value.key, **refused.value.values)) < 400


async def test_words_are_looked_up_in_their_article(seeds: Generation) -> None:
    change = await date_change(seeds, ARTICLE, "mid-November", "14 November 1997", NO)
    assert (change.article, change.words, change.edtf, change.count) == (ARTICLE, "mid-November", "1997-11-14", 1)
    assert [(one.edtf, one.modifier) for one in change.before] == [("1997-11", "mid")]
    by_title = await date_change(seeds, "U.S., Kazakhstan Increase Military Ties", "mid-November", "no date", NO)
    assert (by_title.article, by_title.edtf) == (ARTICLE, None)


@pytest.mark.parametrize(
    ("article", "words", "means", "reason"),
    [
        ("no such article anywhere", "mid-November", "1997", "no_article"),
        (ARTICLE, "late November", "1997", "not_in_article_dates"),
        (ARTICLE, "  ", "1997", "no_words"),
        (ARTICLE, "x" * 101, "1997", "no_words"),
        (ARTICLE, "Nov. 17", "1997-11-17", "date_as_now"),
        (ARTICLE, "Shelton", "no date", "date_as_now"),
    ],
)
async def test_a_correction_that_would_change_nothing_or_is_of_nothing_is_refused(
    seeds: Generation, phrases: Phrases, article: str, words: str, means: str, reason: str
) -> None:
    with pytest.raises(QuestionError) as refused:
        await date_change(seeds, article, words, means, NO)
    assert refused.value.key == f"answers.corrections.{reason}"
    said = phrases.say(refused.value.key, **refused.value.values)
    assert reason != "not_in_article_dates" or "“mid-November”" in said


async def test_a_spelling_has_one_owner(seeds: Generation) -> None:
    change = await name_change(seeds, "steppe eagle", " Step  Eagel ", {})
    assert (change.id, change.canonical, change.spelling) == ("exercise:steppe-eagle", "Steppe Eagle", "Step Eagel")
    assert (await name_change(seeds, "Steppe Eagle (exercise)", "Step Eagel", {})).id == change.id
    for name, spelling, laid, reason in (
        ("exercise:steppe-eagle", "CENTRASBAT", {}, "spelling_taken"),
        ("exercise:steppe-eagle", "centrazbat", {}, "spelling_taken"),
        ("exercise:steppe-eagle", "Eagel", {"exercise:centrazbat": ("EAGEL",)}, "spelling_taken"),
        ("exercise:steppe-eagle", "nato", {}, "spelling_taken"),
        ("exercise:steppe-eagle", "Степной Орел", {}, "spelling_as_now"),
        ("exercise:steppe-eagle", "7", {}, "no_spelling"),
        ("Steppe Egle", "Eagel", {}, "no_name_near"),
        ("", "Eagel", {}, "no_name"),
    ):
        with pytest.raises(QuestionError) as refused:
            await name_change(seeds, name, spelling, laid)
        assert refused.value.key == f"answers.corrections.{reason}", (name, spelling)
        if reason == "spelling_taken":
            assert refused.value.values["owner"] == ("NATO" if spelling == "nato" else "CENTRAZBAT")
        if reason == "no_name_near":
            assert "Steppe Eagle (exercise)" in str(refused.value.values["names"])


async def test_choices_show_what_is_meant(seeds: Generation, phrases: Phrases) -> None:
    words = await word_choices(seeds, ARTICLE, "nov", phrases)
    assert [(one.label, one.value) for one in words] == [
        ("mid-November → mid-November 1997", "mid-November"),
        ("Nov. 17 → 17 November 1997", "Nov. 17"),
    ]
    assert await word_choices(seeds, "no such article anywhere", "", phrases) == ()
    assert [(one.label, one.value) for one in meaning_choices("14 nov 1997", phrases)] == [
        ("14 November 1997 (1997-11-14)", "1997-11-14")
    ]
    assert meaning_choices("5.11.1997", phrases)[0].label.startswith("“5.11.1997” can be read in more than one way")
    names = name_choices(seeds, "step")
    assert (names[0].label, names[0].value) == ("Steppe Eagle (exercise)", "exercise:steppe-eagle")
    assert len(name_choices(seeds, "")) == 25


async def test_the_names_of_a_passage_are_listed_as_it_writes_them(seeds: Generation, ask: Any) -> None:
    item = next(one for one in (await ask("/timeline")).items if "Altnybayev" in one.excerpt)
    standing = (await names_standing(seeds, [item.address, "nothing#here"]))[item.address]
    read = {one.words: one.name for one in standing}
    assert read["Muhktar Altnybayev"] == "Mukhtar Altynbayev" and read["U.S. Army"] is None
