"""The same name under the spellings that newspapers and hands give it; and names that only look like it."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.names.lookup import LookupName, NameLookup
from kzbot.language.names.ranked import Ranked
from kzbot.language.names.spelling_rules import key_of, keys_of_words

SURE, MARGIN = 0.9, 0.02
PEOPLE = (
    "Eduard Shevardnadze", "Viktor Yanukovych", "Mikhail Khodorkovsky", "Alexander Lukashenko", "Mao Zedong", "Rafik Hariri",
    "Bashar al-Assad", "Ursula von der Leyen", "Robert Gates", "John Kerry", "Nursultan Nazarbayev", "Mukhtar Ablyazov",
    "Marat Tazhin", "George W. Bush", "Fidel Castro", "Yerlan Idrissov", "Islam Karimov", "Condoleezza Rice", "Ban Ki-moon",
    "Erkin Ryzhkov", "Serik Uali", "Dana Uali",
)  # fmt: skip
THINGS = (
    "Raytheon", "Tengizchevroil", "Al-Qaeda", "World Health Organization", "United States Central Command", "ISAF",
    "Organization for Security and Cooperation in Europe", "Enduring Freedom", "F-16", "Airbus A380", "Agenda 2030",
    "International Court of Justice", "Kazatomprom", "Gazprom", "Steppe Eagle",
)  # fmt: skip
PLACES = ("Kazakhstan", "Guinea-Bissau", "Nigeria", "Slovenia", "North Korea", "Dominican Republic", "Iraq")


@pytest.fixture(scope="module")
def lookup() -> NameLookup:
    names = [LookupName(f"person:{name}", "person", name) for name in PEOPLE]
    names += [LookupName(f"organisation:{name}", "organisation", name) for name in THINGS]
    names += [LookupName(f"country:{name}", "country", name) for name in PLACES]
    return NameLookup(names)


def taken(lookup: NameLookup, asked: str) -> str | None:
    """The one name that is surely meant."""
    found = [one for one in lookup.find(asked) if one.score >= SURE]
    best = [one.id.partition(":")[2] for one in found if one.score >= found[0].score - MARGIN]
    return best[0] if len(best) == 1 else None


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Schewardnadse", "Eduard Shevardnadze"), ("Edouard Chevardnadzé", "Eduard Shevardnadze"),
        ("Wiktor Janukowitsch", "Viktor Yanukovych"), ("Віктор Янукович", "Viktor Yanukovych"),
        ("Michail Chodorkowski", "Mikhail Khodorkovsky"), ("Alyaksandr Lukashenka", "Alexander Lukashenko"),
        ("Mao Tse-tung", "Mao Zedong"), ("Rafic Hariri", "Rafik Hariri"), ("Bachar el-Assad", "Bashar al-Assad"),
        ("Von der Leyen", "Ursula von der Leyen"), ("Роберт Гейтс", "Robert Gates"), ("Джон Керри", "John Kerry"),
        ("Н. Назарбаев", "Nursultan Nazarbayev"), ("Nazarbaev, Nursultan", "Nursultan Nazarbayev"),
        ("Kazakh President Nursultan Nazarbayev", "Nursultan Nazarbayev"), ("Mr. Ablyazov", "Mukhtar Ablyazov"),
        ("Moukhtar Abliazov", "Mukhtar Ablyazov"), ("Marat Tajin", "Marat Tazhin"), ("Yerlan Idrissov's", "Yerlan Idrissov"),
        ("Rice", "Condoleezza Rice"), ("Ki-moon Ban", "Ban Ki-moon"), ("George Bush", "George W. Bush"),
        ("Raytheon Co.", "Raytheon"), ("The Raytheon Company", "Raytheon"), ("Tengiz Chevroil", "Tengizchevroil"),
        ("al-Qaida", "Al-Qaeda"), ("WHO", "World Health Organization"), ("US Central Command", "United States Central Command"),
        ("U.S. Central Command", "United States Central Command"), ("International Security Assistance Force", "ISAF"),
        ("Organisation for Security and Co-operation in Europe", "Organization for Security and Cooperation in Europe"),
        ("O.S.C.E.", "Organization for Security and Cooperation in Europe"), ("Operation Enduring Freedom", "Enduring Freedom"),
        ("F16", "F-16"), ("Airbus A 380", "Airbus A380"), ("OAO Gazprom", "Gazprom"), ("Казатомпром", "Kazatomprom"),
        ("Kasachstan", "Kazakhstan"), ("Kazakstan", "Kazakhstan"), ("Republic of Kazakhstan", "Kazakhstan"),
    ],
)  # fmt: skip
def test_a_name_is_found_under_the_spellings_of_newspapers(lookup: NameLookup, asked: str, known: str) -> None:
    assert taken(lookup, asked) == known


@pytest.mark.parametrize(
    "asked",
    [
        "Raul Castro", "R. Castro", "George H. W. Bush", "Jeb Bush", "Dariga Nazarbayeva", "Nazarbayeva", "Hafez al-Assad",
        "Murat Tazhin", "Erkin Rykov", "Islam Kasimov", "Uali", "rice", "Agenda 2010", "ICC", "UNESCO", "Gazprombank", "A330",
        "F-15", "Guinea", "Niger", "Slovakia", "South Korea", "Korea", "Dominica", "Iran", "Desert Eagle",
        "International Court of Criminals", "Regional Command",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_is_not_taken_for_it(lookup: NameLookup, asked: str) -> None:
    assert taken(lookup, asked) is None


def test_a_shared_surname_means_both(lookup: NameLookup) -> None:
    assert {one.id for one in lookup.find("Uali") if one.score >= SURE} == {"person:Serik Uali", "person:Dana Uali"}


def test_an_acronym_that_has_its_own_long_form_is_no_other_name() -> None:
    names = [LookupName("o:1", "organisation", "ICC", ("International Criminal Court",))]
    assert taken(NameLookup(names), "International Cricket Council") is None


def test_near_spellings_stand_back_where_the_book_has_the_asked_one() -> None:
    names = [LookupName("p:1", "person", "Erlan Karinov"), LookupName("p:2", "person", "Erlan Karinof")]
    assert [one.id for one in NameLookup(names).find("Erlan Karinof")] == ["p:2"]


def test_mentioned_names_are_completed_first_and_of_the_kinds_wanted() -> None:
    names = [LookupName(f"p:{at}", "person", f"Abai {at}") for at in range(300)]
    names += [
        LookupName("p:x", "person", "Zhanna Abenova", weight=3),
        LookupName("e:x", "exercise", "Abyss Guard", weight=1),
    ]
    lookup = NameLookup(names)
    assert [name.id for name in lookup.complete("ab", 3)][:2] == ["e:x", "p:x"]
    assert [name.id for name in lookup.complete("", 2)] == ["p:x", "e:x"]
    assert [name.id for name in lookup.complete("ab", 5, ["exercise"])] == ["e:x"]
    assert [name.id for name in lookup.complete("", 5, ["exercise"])] == ["e:x"]


@given(st.lists(st.integers(0, 10_000), max_size=700), st.integers(0, 700), st.integers(0, 700))
def test_the_best_of_a_stretch_come_in_order(ranks: list[int], first: int, last: int) -> None:
    first, last = min(first, len(ranks)), min(last, len(ranks))
    assert list(Ranked(array("I", ranks)).best(first, last)) == sorted(ranks[first:last])


def test_many_words_have_the_keys_that_each_has() -> None:
    words = ["dzhaksybekov", "eltsin", "yeltsin", "назарбаев", "жақсыбеков", "a", "f16", "sergei", "ahmad", "romanoff"]
    assert keys_of_words(words) == [key_of(word) for word in words]


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Almazbek Atabayev", "Almazbek Atambayev"), ("Atabayev", "Almazbek Atambayev"),
        ("Dmitry Rogozhin", "Dmitry Rogozin"), ("Rogozhin", "Dmitry Rogozin"), ("Marta Tazhin", "Marat Tazhin"),
        ("Ted Stephens", "Ted Stevens"), ("James Thompson", "James Thomson"), ("James Johnston", "James Johnson"),
        ("Thomas Freedman", "Thomas Friedman"), ("John McCain", "John McCann"), ("Don Young", "Stephen Young"),
        ("King Hussein", "Saddam Hussein"), ("Sultan bin Abdulaziz", "Faisal bin Abdulaziz"),
    ],
)  # fmt: skip
def test_another_person_of_a_similar_name_is_not_taken(asked: str, known: str) -> None:
    assert taken(NameLookup([LookupName(f"person:{known}", "person", known)]), asked) is None


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("Moammar Gadhafi", "Muammar Gaddafi"), ("Tasmagabetov", "Imangali Tasmagambetov"), ("Don Rumsfeld", "Donald Rumsfeld"),
        ("Muhktar Altnybayev", "Mukhtar Altynbayev"), ("Kenjebaev", "Marat Kenzhebayev"), ("Leon Paneta", "Leon Panetta"),
    ],
)  # fmt: skip
def test_a_slip_in_a_persons_name_is_read_as_it_was_meant(asked: str, known: str) -> None:
    assert taken(NameLookup([LookupName(f"person:{known}", "person", known)]), asked) == known
