"""What a person means who types a name; and that a different name is never taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.names.book import NameBook
from kzbot.language.names.lookup import LookupName, NameLookup
from kzbot.language.names.spelling_rules import key_of, without_year

EAGLE = "exercise:steppe-eagle"
SURE = 0.9


@pytest.fixture(scope="module")
def lookup(book: NameBook) -> NameLookup:
    return NameLookup(LookupName(n.id, n.kind, n.canonical, n.variants, 50 - i) for i, n in enumerate(book.names))


@pytest.fixture(scope="module")
def strangers() -> NameLookup:
    names = [
        LookupName("p:1", "person", "Erlan Karin"),
        LookupName("p:2", "person", "Erlan Karinov"),
        LookupName("p:3", "person", "John A. Smith"),
        LookupName("p:4", "person", "Щербаков", ("Shcherbakov",)),
        LookupName("p:5", "person", "Nikolai Tsvetkov"),
        LookupName("m:1", "model", "A320"),
        LookupName("m:2", "model", "Boeing 747"),
        LookupName("e:1", "exercise", "Desert Lion", weight=2),
        LookupName("e:2", "exercise", "Desert Wolf", weight=5),
        LookupName("c:1", "country", "Slovakia"),
        LookupName("c:2", "country", "Australia"),
        LookupName("o:1", "organisation", "Regional Cooperation Council"),
    ]
    return NameLookup(names)


@pytest.mark.parametrize(
    ("asked", "id_", "how", "edition"),
    [
        ("Steppe Eagle", EAGLE, "exact", None),
        ("  steppe   EAGLE ", EAGLE, "exact", None),
        ("Steppe-Eagle 2012", EAGLE, "exact", "2012"),
        ("“Steppe Eagle”", EAGLE, "exact", None),
        ("the Steppe Eagle exercises", EAGLE, "exact", None),
        ("exercise Steppe Eagle", EAGLE, "exact", None),
        ("Степной орёл", EAGLE, "variant", None),
        ("steppeeagle", EAGLE, "spelling", None),
        ("stepe eagle", EAGLE, "transliteration", None),
        ("Steppe Eagel 06", EAGLE, "spelling", "2006"),
        ("eagle steppe", EAGLE, "transliteration", None),
        ("CENTRAZBAT", "exercise:centrazbat", "exact", None),
        ("Zhaxybekov", "person:adilbek-dzhaksybekov", "transliteration", None),
        ("Жаксыбеков", "person:adilbek-dzhaksybekov", "transliteration", None),
        ("Adilbek Jaqsybekov", "person:adilbek-dzhaksybekov", "transliteration", None),
        ("Nazarbaiev", "person:nursultan-nazarbayev", "transliteration", None),
        ("Altynbajew", "person:mukhtar-altynbayev", "transliteration", None),
        ("Muhktar Altnybayev", "person:mukhtar-altynbayev", "variant", None),
        ("Hagle", "person:chuck-hagel", "spelling", None),
        ("William Cohen", "person:william-s-cohen", "variant", None),
        ("Linda Kozarin", "person:linda-d-kozaryn", "transliteration", None),
        ("NTAO", "organisation:nato", "spelling", None),
        ("golden medik", "exercise:golden-medic", "transliteration", None),
        ("usa", "country:united-states", "variant", None),
        ("Turkiye", "country:turkey", "variant", None),
        ("KADEX-14", "event:kadex", "exact", "2014"),
        ("Regional Co-operation", "exercise:regional-cooperation", "exact", None),
    ],
)
def test_one_name_is_found(lookup: NameLookup, asked: str, id_: str, how: str, edition: str | None) -> None:
    found = lookup.find(asked)
    assert (found[0].id, found[0].how, found[0].edition) == (id_, how, edition)
    assert found[0].score >= SURE
    assert not [
        other for other in found[1:] if other.id != id_ and other.score > found[0].score - 0.02 and how != "exact"
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "Kazbat", "Regional Corporation", "Joint Effects", "Golden Medal", "Desert Eagle", "Nazarbayeva", "Cowen",
        "William B. Cohen", "Bolat Nazarbayev", "Zapad", "Zapad 2009", "Iran", "exercise", "the", "", "  ", "2012", "?!",
        "Steppe Eagle Airlines", "Partnership for Prosperity",
    ],
)  # fmt: skip
def test_a_different_name_is_never_taken(lookup: NameLookup, asked: str) -> None:
    for kinds in (None, ["exercise"], ["person"]):
        assert not [found for found in lookup.find(asked, kinds) if found.score >= SURE]


@pytest.mark.parametrize(
    "asked",
    [
        "A330",
        "Boeing 757",
        "Slovenia",
        "Austria",
        "Karinova",
        "John B. Smith",
        "Regional Corporation Council",
        "Erlen Karimov",
    ],
)
def test_near_names_of_other_things(strangers: NameLookup, asked: str) -> None:
    assert not [found for found in strangers.find(asked) if found.score >= SURE]


def test_names_of_strangers(strangers: NameLookup) -> None:
    assert strangers.find("Erlan Karin")[0].id == "p:1"
    assert strangers.find("John Smith")[0].id == "p:3"
    assert strangers.find("Scherbakov")[0].id == "p:4"
    assert strangers.find("Николай Цветков")[0].id == "p:5"
    assert strangers.find("Ericsson") == []


def test_several_that_fit_equally_score_within_a_hair(lookup: NameLookup, strangers: NameLookup) -> None:
    shared = lookup.find("Centrasbat-97")
    assert {found.id for found in shared} == {"exercise:centrazbat", "unit:central-asian-peacekeeping-battalion"}
    assert {found.score for found in shared} == {1.0}
    assert [found.edition for found in shared] == ["1997", "1997"]
    parts = strangers.find("desert", ["exercise"])
    assert [found.id for found in parts] == ["e:2", "e:1"]
    assert parts[0].score - parts[1].score < 0.02


def test_only_the_kinds_asked_for(lookup: NameLookup) -> None:
    assert [found.id for found in lookup.find("CENTRASBAT", ["exercise"])] == ["exercise:centrazbat"]
    assert lookup.find("NATO", ["exercise"]) == []


def test_a_part_of_a_name_is_trusted_where_nothing_else_can_be_meant(lookup: NameLookup) -> None:
    assert lookup.find("steppe", ["exercise"])[0].score >= SURE
    assert lookup.find("steppe")[0].score < SURE
    assert lookup.find("step eagle", ["exercise"])[0].id == EAGLE


def test_completion_puts_the_best_guess_first(lookup: NameLookup) -> None:
    def first(typed: str, count: int = 1) -> list[str]:
        return [name.canonical for name in lookup.complete(typed)][:count]

    assert first("ste") == ["Steppe Eagle"]
    assert first("eag") == ["Steppe Eagle"]
    assert first("centras") == ["CENTRAZBAT"]
    assert first("джак") == ["Adilbek Dzhaksybekov"]
    assert first("zhaks") == ["Adilbek Dzhaksybekov"]
    assert first("hage") == ["Chuck Hagel"]
    assert first("stepe egle") == ["Steppe Eagle"]
    assert first("kadex 20") == ["KADEX"]
    assert first("kaz", 3) == ["Kazbrig", "KAZCENT", "Kazakhstan"]
    assert lookup.complete("qqqq") == []
    assert len(lookup.complete("", limit=7)) == 7
    assert first("") == ["CENTRAZBAT"]
    assert len(lookup.complete("a", limit=3)) == 3


@given(st.text(max_size=60))
def test_nothing_typed_breaks_it(lookup: NameLookup, typed: str) -> None:
    for found in lookup.find(typed):
        assert 0 < found.score <= 1
    assert len(lookup.complete(typed)) <= 25


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dzhaksybekov", "Джаксыбеков"), ("Dzhaksybekov", "Жақсыбеков"), ("Nazarbayev", "Назарбаев"), ("Muhtar", "Мухтар"),
        ("Vinnikov", "Винников"), ("Tsentralnyi", "Центральный"), ("Yeltsin", "Ельцин"), ("Khrushchev", "Хрущев"),
        ("Tokayev", "Токаев"), ("Sergey", "Сергей"), ("Nikolaj", "Николай"), ("Zhukov", "Жуков"),
    ],
)  # fmt: skip
def test_spellings_of_one_sound_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_years_behind_names() -> None:
    assert without_year("centrazbat 97") == ("centrazbat", "1997")
    assert without_year("steppe eagle '06") == ("steppe eagle", "2006")
    assert without_year("kadex2014") == ("kadex", "2014")
    assert without_year("2014") == ("2014", None)
    assert without_year("boeing 747") == ("boeing 747", None)
