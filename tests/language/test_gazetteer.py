"""Names where they stand: any case and script, editions, shared spellings, references; and none that is not there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.names.book import Mention, NameBook
from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.spans import Span

Reader = Callable[[str], list[Mention]]
SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").glob("*.txt"))
CENTRAZBAT, BATTALION = "exercise:centrazbat", "unit:central-asian-peacekeeping-battalion"
EAGLE = "exercise:steppe-eagle"


def seed(number: int) -> str:
    return SEEDS[number].read_text(encoding="utf-8")


def of(mentions: list[Mention], *prefixes: str) -> list[tuple[str, str]]:
    return [(m.name, m.words) for m in mentions if m.name.startswith(prefixes)]


def test_mentions_are_the_words_of_the_text(read: Reader) -> None:
    for path in SEEDS:
        text = path.read_text(encoding="utf-8")
        mentions = read(text)
        assert len(mentions) > 20
        for mention in mentions:
            assert text[mention.start : mention.end] == mention.words
            if mention.edition_start is not None:
                assert mention.start < mention.edition_start < (mention.edition_end or 0) <= mention.end


def test_exercises_of_the_seeds(read: Reader) -> None:
    assert of(read(seed(0)), "exercise", "event") == [("event:kadex", "KADEX 2014")]
    assert of(read(seed(1)), "exercise") == [
        ("exercise:regional-cooperation", "Regional Cooperation"),
        ("exercise:joint-efforts", "Joint Efforts"),
        ("exercise:golden-medic", "Golden Medic"),
        (EAGLE, "Steppe Eagle"),
    ]
    assert of(read(seed(2)), "exercise") == [(EAGLE, "Steppe Eagle"), (EAGLE, "the exercise"), (EAGLE, "the exercise")]
    assert of(read(seed(3)), "exercise", "unit") == [
        (CENTRAZBAT, "CENTRAZBAT 97"),
        (BATTALION, "Central Asian peacekeeping battalion"),
        (BATTALION, "the battalion"),
    ]
    assert of(read(seed(4)), "exercise", "unit") == [
        (BATTALION, "Central Asian Peacekeeping Battalion"),
        (BATTALION, "CENTRASBAT"),
    ]


def test_people_of_the_seeds(read: Reader) -> None:
    assert {name for name, _ in of(read(seed(0)), "person")} == {
        "person:adilbek-dzhaksybekov",
        "person:chuck-hagel",
        "person:nursultan-nazarbayev",
    }
    assert of(read(seed(3)), "person:mukhtar") == [("person:mukhtar-altynbayev", "Muhktar Altnybayev")]
    assert of(read(seed(4)), "person") == [
        ("person:william-s-cohen", "Secretary Cohen"),
        ("person:mukhtar-altynbayev", "Mukhtar Altynbayev"),
    ]


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("It was CENTRAZBAT 97 then.", "1997"),
        ("It was Centrasbat-97.", "1997"),
        ("It was CENTRAZBAT ’97 then.", "1997"),
        ("In CENTRASBAT '98 troops met.", "1998"),
        ("They held Steppe Eagle-2012.", "2012"),
        ("They held “Steppe Eagle” 2012 there.", "2012"),
        ("They held “Steppe Eagle”-2012.", "2012"),
        ("They held Steppe Eagle (2012).", "2012"),
        ("They held Steppe Eagle 06.", "2006"),
        ("Steppe Eagle 2012 participants met.", "2012"),
        ("Steppe Eagle 12 countries took part in.", None),
        ("In Steppe Eagle 97 people took part.", None),
        ("In Steppe Eagle 2000 troops took part.", None),
        ("In Steppe Eagle 1,400 troops took part.", None),
        ("Of Steppe Eagle 20 percent is over.", None),
        ("Steppe Eagle in 2012 was short.", None),
        ("After Steppe Eagle, 2012 was quiet.", None),
    ],
)
def test_editions(read: Reader, text: str, edition: str | None) -> None:
    found = [mention for mention in read(text) if mention.name in (EAGLE, CENTRAZBAT)]
    assert [mention.edition for mention in found] == [edition]
    if edition:
        (one,) = found
        assert text[one.edition_start : one.edition_end] == edition[-len(text[one.edition_start : one.edition_end]) :]


def test_a_country_carries_no_edition(read: Reader) -> None:
    assert [m.edition for m in read("The U.S. 2013 budget and the Kazakhstan 1997 plan.")] == [None, None]


@pytest.mark.parametrize(
    "words", ["STEPPE EAGLE", "steppe eagle", "Steppe\n  Eagle", "Steppe-Eagle", "Степной орёл", "ДАЛА ҚЫРАНЫ"]
)
def test_any_case_and_script_and_line_end(read: Reader, book: NameBook, words: str) -> None:
    text = f"Troops met at {words}’s camp"
    mentions = Gazetteer(book).mentions(text, [Span(0, len(text))])
    assert of(mentions, "exercise") == [(EAGLE, words)]


@pytest.mark.parametrize(
    "text",
    [
        "They agreed on regional security cooperation and on regional cooperation.",
        "Regional cooperation is important, and so are joint efforts.",
        "Ministers Discuss Regional Cooperation and Joint Efforts in Astana",
        "The South Asian Association for Regional Cooperation met.",
        "They spoke of the Regional Cooperation Council and of Central Asia Regional Cooperation.",
        "Steppe Eagles of prey and centrazbats.",
        "See www.nato.int and mail press@nato.int for us.",
        "We ate turkey, and they told us so; it cost US$40.",
        "North America and Latin America met; Air France flew.",
        "Bolat Nazarbayev, Sacha Baron Cohen and Dariga Nazarbayeva came to Nazarbayev University and the Cohen Group.",
    ],
)
def test_what_is_no_name(read: Reader, text: str) -> None:
    assert read(text) == []


def test_a_surname_whose_other_bearer_the_text_introduces_is_not_the_books(read: Reader) -> None:
    assert read("The painter Anne Cohen opened a show. Cohen spoke of her work.") == []
    for text in ("Anne Cohen met William Cohen. Cohen left.", "Bill Cohen came. Cohen left.", "Anne came. Cohen left."):
        assert "Cohen" in [one.words for one in read(text)], text


def test_an_ordinary_phrase_in_its_case_or_in_quotes(read: Reader) -> None:
    for text in (
        "They took part in Regional Cooperation.",
        "They took part in “Regional cooperation”.",
        "It was 'regional cooperation', they said.",
        "They took part in Exercise Regional Cooperation 2004.",
        "Ministers Discuss “Regional Cooperation” in Astana",
        "Since then REGIONAL COOPERATION has been held yearly.",
    ):
        assert [name for name, _ in of(read(text), "exercise")] == ["exercise:regional-cooperation"], text


def test_the_longest_name_wins_and_linked_names_show_inside(read: Reader) -> None:
    assert of(read("The North Atlantic Alliance met at West Point Military Academy."), "") == [
        ("organisation:nato", "North Atlantic Alliance"),
        ("organisation:west-point", "West Point Military Academy"),
    ]
    assert of(read("The Ministry of Defence of Kazakhstan said so."), "") == [
        ("organisation:ministry-of-defence-of-kazakhstan", "Ministry of Defence of Kazakhstan"),
        ("country:kazakhstan", "Kazakhstan"),
    ]


def test_adjectives_and_short_forms(read: Reader) -> None:
    assert [(m.words, m.by) for m in read("American and Kazakhstani officers met.")] == [
        ("American", "adjective"),
        ("Kazakhstani", "adjective"),
    ]
    assert read("The Alliance of painters met.") == []
    assert [(m.words, m.by) for m in read("NATO is large. The Alliance grows.")] == [
        ("NATO", "name"),
        ("The Alliance", "reference"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CENTRAZBAT 97 was the first.", {CENTRAZBAT}),
        ("The Central Asian Battalion (CENTRAZBAT) was formed.", {BATTALION}),
        ("The Central Asian Battalion, or CENTRASBAT, was formed.", {BATTALION}),
        ("CENTRASBAT (the Central Asian Battalion) was formed.", {BATTALION}),
        ("The CENTRASBAT exercise was held.", {CENTRAZBAT}),
        ("The exercise “CENTRAZBAT” was held.", {CENTRAZBAT}),
        ("The CENTRASBAT battalion was formed.", {BATTALION}),
        ("CENTRASBAT is known.", {CENTRAZBAT, BATTALION}),
        (
            "The Central Asian Battalion (CENTRASBAT) met. CENTRASBAT is known. CENTRASBAT 98 was held.",
            {CENTRAZBAT, BATTALION},
        ),
    ],
)
def test_which_of_two_linked_entries(read: Reader, text: str, names: set[str]) -> None:
    assert {mention.name for mention in read(text)} == names


def test_a_definition_settles_the_rest_of_the_text(read: Reader) -> None:
    mentions = read("The Central Asian Battalion (CENTRASBAT) met. CENTRASBAT is known. CENTRASBAT 98 was held.")
    assert [m.name for m in mentions] == [BATTALION, BATTALION, BATTALION, CENTRAZBAT]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Southern Star 2003 was windy.", ["regatta:southern-star"]),
        ("The Frigate Star of the South (Southern Star) sailed.", ["ship:frigate-star", "ship:frigate-star"]),
        ("The frigate Southern Star sailed.", ["ship:frigate-star"]),
        ("The Southern Star race began.", ["regatta:southern-star"]),
        ("The Southern Star was seen.", ["regatta:southern-star", "ship:frigate-star"]),
        ("Ann Rivers won. Rivers was glad.", ["person:ann-rivers", "person:ann-rivers"]),
        ("Rivers was glad.", ["person:ann-rivers", "person:joe-rivers"]),
        ("Hall won.", []),
        ("Tom Hall won. Hall was glad. Annie Hall was not.", ["person:tom-hall", "person:tom-hall"]),
        ("A reading in Reading was held; who heard of WHO?", ["port:reading", "port:who"]),
        ("Fair winds blew at Fair Winds.", ["regatta:fair-winds"]),
        ("Korea and South Korea met in the strasse-hafen.", ["port:korea", "port:korea"]),
    ],
)
def test_the_rules_hold_in_another_world(read_other: Reader, text: str, found: list[str]) -> None:
    assert [mention.name for mention in read_other(text)] == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Steppe Eagle began. The exercise is annual.", EAGLE),
        ("Steppe Eagle began.\nIt rained.\nThis exercise is annual.", EAGLE),
        ("Steppe Eagle is an annual exercise. The same exercise was held before.", EAGLE),
        ("Troops left for Steppe Eagle, and the exercise began.", EAGLE),
        ("Steppe Eagle began.\nOne.\nTwo.\nThe exercise is annual.", None),
        ("Steppe Eagle followed Golden Medic. The exercise is annual.", None),
        (
            "They take part in such exercises as “Joint Efforts”, “Golden Medic” and “Steppe Eagle”. The exercise is fine.",
            None,
        ),
        ("Steppe Eagle began. Russia held an exercise in May. The exercise was large.", None),
        ("Steppe Eagle began. Russia held the Zapad exercise. The exercise was large.", None),
        ("Steppe Eagle began. The exercises are annual. Exercises are good.", None),
        ("Steppe Eagle began. They praised the exercise of power.", None),
        ("The exercise began before Steppe Eagle.", None),
        ("The exercise was announced.", None),
        ("Kazbrig was formed. The battalion is ready.", None),
        ("The Central Asian Battalion was formed. Kazbrig, too. The battalion is ready.", BATTALION),
    ],
)
def test_references(read: Reader, text: str, name: str | None) -> None:
    found = [mention for mention in read(text) if mention.by == "reference"]
    assert [mention.name for mention in found] == ([name] if name else [])


def test_the_noun_beside_its_own_name_is_no_reference(read: Reader) -> None:
    mentions = read("Golden Medic ended. The exercise “Steppe Eagle” began.")
    assert [m.by for m in mentions] == ["name", "name"]


def test_hard_wrapped_text_keeps_its_paragraphs(read: Reader, book: NameBook) -> None:
    text = "Steppe Eagle began\nin May.\nIt rained\na lot.\nIt ended.\nThe exercise\nis annual."
    spans = [Span(0, 26), Span(27, 43), Span(44, 53), Span(54, len(text))]
    assert [m.by for m in Gazetteer(book).mentions(text, spans)] == ["name", "reference"]


def test_names_outside_the_sentences_are_left_out(book: NameBook) -> None:
    text = "Kazakhstan Map\nNATO met."
    assert [m.words for m in Gazetteer(book).mentions(text, [Span(15, len(text))])] == ["NATO"]


def test_an_empty_book_finds_nothing() -> None:
    assert Gazetteer(NameBook()).mentions("The exercise began.", [Span(0, 19)]) == []


@given(st.lists(st.sampled_from(["CENTRAZBAT", " 97", " (", ")", "Steppe", " Eagle", "’s ", "the exercise", ". ", "\n", "US", "$", "-", "Central Asian Battalion", "é", "İ", "\u00ad"])).map("".join))  # fmt: skip
def test_no_text_breaks_it(book: NameBook, text: str) -> None:
    for mention in Gazetteer(book).mentions(text, [Span(0, len(text))]):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.words
