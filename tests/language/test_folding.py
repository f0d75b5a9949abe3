"""Folding: what is compared, and the way back to the text."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language import folding
from kzbot.language.folding import Folded, fold, fold_as_index, fold_names
from kzbot.language.words import QUESTION_WORDS, STOP_WORDS, stem, tokens

MIXED = st.text(st.sampled_from("aA bB-–’'\"ßİıé́ёЙӘқﬁ\u00ad\u200b 中\n\t“”12"), max_size=40)


def found(folded: Folded, text: str, part: str) -> str:
    start = folded.text.index(part)
    span = folded.original(start, start + len(part))
    return text[span.start : span.end]


def test_case_and_accents_do_not_matter() -> None:
    assert fold("Türkiye ÉLAN Straße Орёл Дала Қыраны İzmir").text == "turkiye elan strasse орел дала қыраны izmir"
    assert fold("Алтынбаев Й").text == "алтынбаев й"


def test_the_way_back_is_exact_where_lengths_change() -> None:
    text = "In der Straße cafe\u0301s im co\u00adoperation Park"
    folded = fold(text)
    assert found(folded, text, "strasse") == "Straße"
    assert found(folded, text, "stras") == "Straß"
    assert found(folded, text, "cafe") == "cafe\u0301"
    assert found(folded, text, "cooperation") == "co\u00adoperation"
    assert found(folded, text, "park") == "Park"


def test_names_fold_over_line_ends_dashes_and_quotation_marks() -> None:
    text = "The ‘Steppe-\n   Eagle’ and “Regional  Cooperation”"
    folded = fold_names(text)
    assert folded.text == "the 'steppe eagle' and \"regional cooperation\""
    assert found(folded, text, "steppe eagle") == "Steppe-\n   Eagle"
    assert found(folded, text, "regional cooperation") == "Regional  Cooperation"


@given(st.one_of(st.text(), MIXED))
def test_every_folded_stretch_leads_back_into_the_text(text: str) -> None:
    for folded in (fold(text), fold_as_index(text), fold_names(text)):
        last = 0
        for place in range(len(folded.text)):
            span = folded.original(place, place + 1)
            assert last <= span.start < span.end <= len(text)
            last = span.start
        whole = folded.original(0, len(folded.text))
        assert 0 <= whole.start <= whole.end <= len(text)


@given(st.one_of(st.text(), MIXED))
def test_ascii_and_other_text_fold_alike(text: str) -> None:
    plain = "".join(character for character in text if character.isascii())
    assert folding.fold_names(plain).text == folding.fold_names(plain + "é").text[:-1]
    assert fold(plain).text + "e" == fold(plain + "é").text


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    for token in tokens(text):
        assert fold_as_index(text[token.start : token.end]).text.strip("\u0300") == token.word


def index_terms(text: str) -> list[str]:
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61 remove_diacritics 2')")
        database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
        database.execute("INSERT INTO t VALUES (?)", (text,))
        rows = database.execute("SELECT term FROM v ORDER BY offset").fetchall()
    database.close()
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "Our military troops regularly participate in such exercises as “Steppe Eagle”, don't they?",
        "İstanbul naïve café CAFÉ Казахстан Орёл Қазақстан Әділбек don’t 1,400 3.5 a²b foo_bar ABC123 KADEX-2014",
        "technology analogies biology possibly doubly assembly negligibly dying ties agreed generously skies is as us",
        "1992-1997 U.S.-Kazakhstan D.C. e-mail co-operation cafe\u0301s",
    ],
)
def test_tokens_and_stems_are_those_of_the_full_text_index(text: str) -> None:
    assert [stem(token.word) for token in tokens(text)] == index_terms(text)


def test_word_lists_are_folded_and_hold_question_words() -> None:
    assert {"the", "of", "и"} <= STOP_WORDS
    assert {"when", "much", "who", "когда"} <= QUESTION_WORDS
    assert not [word for word in STOP_WORDS | QUESTION_WORDS if [token.word for token in tokens(word)] != [word]]
