"""What is worked out of an article: passages, dates and names, against what a careful reader finds."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzbot.corpus.article import Article, Block
from kzbot.corpus.folder import scan
from kzbot.corpus.names_file import read_name_book
from kzbot.corpus.plain_text import blocks
from kzbot.corpus.reader import read_article
from kzbot.index.building.analyse import Analysis, Passage, analyse
from kzbot.index.building.cutting import LONGEST
from kzbot.language.names.book import Kind, Name, NameBook
from kzbot.language.names.gazetteer import Gazetteer

PROJECT = Path(__file__).resolve().parents[3]
BOOK = NameBook(
    (Kind("exercise", ("exercise",), "exercise"), Kind("country")),
    (Name("exercise:steppe-eagle", "exercise", "Steppe Eagle"), Name("country:norway", "country", "Norway")),
)
GAZETTEER = Gazetteer(BOOK)
Seeds = dict[str, tuple[Article, Analysis]]


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    """The five articles by the number that their file name begins with."""
    gazetteer = Gazetteer(read_name_book(PROJECT / "config" / "names.yaml"))
    states, rejected = scan(PROJECT / "seeds")
    assert rejected == []
    found = {}
    for state in states:
        article, reasons = read_article(PROJECT / "seeds", state, max_bytes=5_000_000)
        assert article is not None, reasons
        found[state.file[:3]] = (article, analyse(article, gazetteer))
    return found


def article(text: str, title: str = "A title of no words in common", published: str | None = None) -> Article:
    made = blocks(text, title, (), ())
    return Article(id="folder/one", file="folder/one.txt", text=text, title=title, published=published, blocks=made)


def body(analysis: Analysis) -> list[str]:
    return [passage.text for passage in analysis.passages if not passage.in_title]


def holding(analysis: Analysis, words: str) -> Passage:
    (found,) = [passage for passage in analysis.passages if words in passage.text]
    return found


DATES: dict[str, list[tuple[str, str, str, str | None, bool]]] = {
    "000": [
        ("Nov. 14", "2013-11-14", "resolved", None, False),
        ("2013-2017", "2013/2017", "stated", None, False),
        ("November 2012", "2012-11", "stated", None, False),
        ("2014", "2014", "stated", None, True),
        ("the same day", "2013-11-14", "resolved", None, False),
    ],
    "001": [("2003-2004", "2003/2004", "stated", None, False), ("2007", "2007/..", "stated", None, False)],
    "002": [("September 2012", "2012-09", "stated", None, False)],
    "003": [
        ("mid-November", "1997-11", "resolved", "mid", False),
        ("fiscal 1998", "1998", "stated", "fiscal", False),
        ("Nov. 17", "1997-11-17", "resolved", None, False),
        ("September", "1997-09", "resolved", None, False),
        ("97", "1997", "resolved", None, True),
        ("1996", "1996", "stated", None, False),
    ],
    "004": [("today", "1998-07-20", "resolved", None, False)],
}


@pytest.mark.parametrize("number", DATES)
def test_every_date_that_a_careful_reader_finds_and_no_other(seeds: Seeds, number: str) -> None:
    marks = [mark for passage in seeds[number][1].passages for mark in passage.marks]
    expected = DATES[number]
    assert [mark.edtf for mark in marks] == [one[1] for one in expected]
    for mark, (words, _, basis, modifier, edition) in zip(marks, expected, strict=True):
        assert words in str(mark.words)
        assert (mark.modifier, mark.edition) == (modifier, edition)
        if not edition:
            assert mark.basis == basis


@pytest.mark.parametrize("number", DATES)
def test_excerpts_are_the_text_to_the_letter(seeds: Seeds, number: str) -> None:
    found, analysis = seeds[number]
    assert analysis.passages
    for passage in analysis.passages:
        assert passage.text == found.text[passage.start : passage.end] == passage.text.strip()
        assert not passage.in_title
        for mark in passage.marks:
            assert mark.words == found.text[mark.start : mark.end]
        for mention in passage.mentions:
            assert mention.words == found.text[mention.start : mention.end]
    ends = [passage.end for passage in analysis.passages]
    assert all(end <= passage.start for end, passage in zip(ends, analysis.passages[1:], strict=False))


FURNITURE = (
    "Bookmark and Share",
    "DoD News",
    "News Article",
    "Caucasus Map",
    "Kazakhstan Map",
    "697-5737",
    "377-98",
    "IMMEDIATE RELEASE",
    "Contact Author",
    "Additional Links",
    "Stay Connected",
    "Linda D. Kozaryn",
    "News Release",
    "WASHINGTON, Nov. 26",
)


def test_furniture_and_datelines_are_in_no_passage(seeds: Seeds) -> None:
    for _, analysis in seeds.values():
        text = "\n".join(passage.text for passage in analysis.passages)
        assert [words for words in FURNITURE if words in text] == []
    assert any(passage.text.startswith("U.S. service members will help") for passage in seeds["003"][1].passages)


def test_a_sentence_over_two_bullets_is_one_passage(seeds: Seeds) -> None:
    passage = holding(seeds["004"][1], "has played a key")
    assert passage.text.startswith("Kazakhstan's active participation")
    assert passage.text.endswith("(PFP) exercises.")
    assert "• role in strengthening" in passage.text


def test_headings_are_passages_and_an_inferred_title_is_none(seeds: Seeds) -> None:
    headings = {
        number: [passage.text for passage in analysis.passages if passage.kind == "heading"]
        for number, (_, analysis) in seeds.items()
    }
    assert headings.pop("000") == []
    assert headings == {number: [seeds[number][0].title] for number in headings}


def test_names_and_what_stands_for_them(seeds: Seeds) -> None:
    exercise = holding(seeds["002"][1], "In September 2012, the exercise")
    references = [mention for mention in exercise.mentions if mention.by == "reference"]
    assert [(mention.name, mention.words) for mention in references] == [("exercise:steppe-eagle", "the exercise")]
    edition = holding(seeds["003"][1], "CENTRAZBAT 97")
    assert ("exercise:centrazbat", "1997") in {(mention.name, mention.edition) for mention in edition.mentions}
    for number in ("003", "004"):
        names = {mention.name for passage in seeds[number][1].passages for mention in passage.mentions}
        assert "exercise:regional-cooperation" not in names


def test_addresses_are_of_the_words_and_never_twice(seeds: Seeds) -> None:
    for found, analysis in seeds.values():
        addresses = [passage.address for passage in analysis.passages]
        assert len(set(addresses)) == len(addresses)
        assert all(re.fullmatch(rf"{re.escape(found.id)}#[0-9a-f]{{8}}(-\d+)?", address) for address in addresses)


def test_a_stated_title_that_is_not_printed_is_one_passage_of_its_own() -> None:
    title = "Steppe Eagle of 2012 ends in Norway"
    analysis = analyse(article("They came from far away and stayed.", title=title), GAZETTEER)
    first, second = analysis.passages
    assert (first.in_title, first.kind, first.text, first.start, first.end) == (True, "heading", title, 0, len(title))
    assert {mention.name for mention in first.mentions} == {"exercise:steppe-eagle", "country:norway"}
    assert [mark.edtf for mark in first.marks] == ["2012"]
    assert (second.in_title, second.paragraph) == (False, 1)


@pytest.mark.parametrize("printed", ["The end of it all", "THE END OF IT ALL!", "“The End – of it all”"])
def test_a_title_that_is_printed_is_found_whatever_its_case_and_typography(printed: str) -> None:
    text = f"{printed}\n\nThey came from far away and stayed."
    analysis = analyse(article(text, title="The end of it all"), GAZETTEER)
    assert [passage.in_title for passage in analysis.passages].count(True) == 0
    assert analysis.passages[0].text == printed


def test_very_short_sentences_are_joined_within_their_paragraph() -> None:
    text = "Yes, he said. It rained on all of them for days. It stopped then.\n\nNo. Never.\n\nThey all went home in the evening."
    assert body(analyse(article(text), GAZETTEER)) == [
        "Yes, he said. It rained on all of them for days. It stopped then.",
        "No. Never.",
        "They all went home in the evening.",
    ]


def test_sentences_of_a_script_without_blanks_stay_apart() -> None:
    text = "第七艦隊は合同演習に参加した。演習は二週間続いた。天気は良かった。"
    assert len(body(analyse(replace(article(text), blocks=(Block(0, len(text), "paragraph"),)), GAZETTEER))) == 3


def test_the_running_text_is_read_as_one() -> None:
    text = (
        "Steppe Eagle began on 3 May 2012 in the hills.\n\nThe exercise ended on the same day, in the rain.\n\n"
        "Contact Author\n\nNothing more is known of it by anybody here."
    )
    analysis = analyse(article(text), GAZETTEER)
    second = holding(analysis, "ended on the same day")
    assert [mark.edtf for mark in second.marks] == ["2012-05-03"]
    assert [mention.by for mention in second.mentions] == ["reference"]


def test_a_block_of_nothing_but_signs_is_no_passage() -> None:
    text = "They came from far away and stayed.\n\n* * *\n\nThey went home again in the end."
    paragraphs = tuple(Block(match.start(), match.end(), "paragraph") for match in re.finditer(r"[^\n]+", text))
    assert len(body(analyse(replace(article(text), blocks=paragraphs), GAZETTEER))) == 2


def test_a_sentence_without_end_is_cut_into_pieces_that_can_be_shown() -> None:
    words = "And then they went on " + "and then they went on " * 300
    for text in (words, words.replace(" ", ""), "word. " * 10 + words):
        endless = replace(article(text), blocks=(Block(0, len(text), "paragraph"),))
        pieces = body(analyse(endless, GAZETTEER))
        assert len(pieces) > 5
        assert max(len(piece) for piece in pieces) <= LONGEST
        assert "".join("".join(pieces).split()) == "".join(text.split())


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_foreign_text_never_breaks_the_promise_of_the_excerpt(text: str) -> None:
    found = article(text, published="2012-05-03")
    for passage in analyse(found, GAZETTEER).passages:
        source = found.title if passage.in_title else text
        assert passage.text == source[passage.start : passage.end]
        assert passage.text.strip() == passage.text != ""
        places = [(mark.start, mark.end, mark.words) for mark in passage.marks]
        places += [(mention.start, mention.end, mention.words) for mention in passage.mentions]
        for start, end, words in places:
            assert start is not None and end is not None
            assert passage.start <= start < end <= passage.end
            assert source[start:end] == words
