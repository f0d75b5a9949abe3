"""The names that a text carries are found under all the forms that it uses for them, and what is no name is not."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kzbot.language.names.carried.discovery import discover
from kzbot.language.names.carried.mention import Carried, Stretch
from kzbot.language.sentences import split

Find = Callable[..., list[Carried]]


def forms(found: list[Carried]) -> list[tuple[str, str]]:
    """What stands in the text, and the name that it is taken for."""
    return [(one.form, one.name) for one in found if one.by not in ("opening", "number")]


def names(found: list[Carried]) -> set[str]:
    return {name for _, name in forms(found)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They asked Norvik about it.", {"Norvik"}),
        ("They asked the Harbour Safety Office about it.", {"Harbour Safety Office"}),
        ("They asked the Joint Chiefs of Staff about it.", {"Joint Chiefs of Staff"}),
        ("They asked the Bank of the Northern Isles about it.", {"Bank of the Northern Isles"}),
        ("They bought Lofting & Sons yesterday.", {"Lofting & Sons"}),
        ("They flew a Norvik T440 to a small island.", {"Norvik T440"}),
        ("They flew a Norvik 440 to a small island.", {"Norvik 440"}),
        ("They flew an R-16 over it in the iTern 4 days.", {"R-16", "iTern"}),
        ("They saw Ludwig van Aalst there with J. P. Brandt.", {"Ludwig van Aalst", "J. P. Brandt"}),
        ("They liked Norvik's plan and Anders' plan.", {"Norvik", "Anders"}),
        ("They liked the ``Dunlin'' more than that.", {"Dunlin"}),
        ("They met Norvik and Harlan there.", {"Norvik", "Harlan"}),
        ("They read all of the New Lofting Times.", {"New Lofting Times"}),
        ("Они видели компанию Норвик вчера.", {"Норвик"}),
    ],
)
def test_a_capitalised_name_is_found_whole(find: Find, text: str, expected: set[str]) -> None:
    assert names(find(text)) == expected


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("They met the mayor of Norvik Olaf Aalto there.", ("Norvik",)),
        ("They met the Secretary for Eastern Affairs Olaf Aalto there.", ()),
        ("Olaf van Aalto left. They met the envoy for Lofting Olaf van Aalto there.", ()),
    ],
)
def test_who_is_named_behind_what_an_office_is_of_has_a_name_of_their_own(
    find: Find, text: str, taken: tuple[str, ...]
) -> None:
    assert {name for name in names(find(text, taken=taken)) if "Aalto" in name} <= {"Olaf Aalto", "Olaf van Aalto"}
    assert any("Aalto" in name for name in names(find(text, taken=taken)))


@pytest.mark.parametrize(
    "text",
    [
        "They met on Monday and again in December.",
        "The American and European visitors went home.",
        "He said: “We are glad. However, they are not.”",
        "They spent US$40 on it, I think, in the EU at 5 PM.",
        "The president said that the Government had met in Parliament.",
        "Costs rose to 1,200 in 2004 and 35% more in 2005.",
    ],
)
def test_days_peoples_openings_and_common_nouns_are_no_names(find: Find, text: str) -> None:
    assert names(find(text)) <= {"EU"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So Norvik CEO Ida Brandt said.", {"Norvik", "Ida Brandt"}),
        ("So Norvik Chief Executive Officer Ida Brandt said.", {"Norvik", "Ida Brandt"}),
        ("So Norvik President and Chief Financial Officer Ida Brandt said.", {"Norvik", "Ida Brandt"}),
        ("So Ida Brandt, the Norvik chief executive, said.", {"Norvik", "Ida Brandt"}),
        ("So General Otto Lind said.", {"Otto Lind"}),
        ("So the Defense Minister Otto Lind said.", {"Otto Lind"}),
        ("So the Secretary of Defense Otto Lind said.", {"Otto Lind"}),
        ("So Colonel-General Otto Lind said.", {"Otto Lind"}),
        ("So General Turbines said.", {"General Turbines"}),
        ("So the Major Sailing League said.", {"Major Sailing League"}),
        ("So Norvik Ltd. Ida Brandt joined them.", {"Norvik Ltd", "Ida Brandt"}),
    ],
)
def test_titles_and_offices_are_no_part_of_a_name(find: Find, text: str, expected: set[str]) -> None:
    assert names(find(text)) == expected


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("They met Ida Brandt. Later Brandt left.", "Brandt", "Ida Brandt"),
        ("A Norvik T440 landed. The T440 is new, and T440s are big.", "T440", "Norvik T440"),
        ("A Norvik 440 Dunlin landed. They like the Dunlin, as the 440 is new.", "Dunlin", "Norvik 440 Dunlin"),
        ("A Norvik 440 Dunlin landed. They like the Dunlin, as the 440 is new.", "440", "Norvik 440 Dunlin"),
        ("It is Lofting Western Airlines. We asked Lofting Western.", "Lofting Western", "Lofting Western Airlines"),
        ("It is the Royal Lofting Coast Guard. We asked the Coast Guard.", "", "Royal Lofting Coast Guard"),
        ("It is the Royal Lofting Air Watch. We asked the Air Watch.", "Air Watch", "Royal Lofting Air Watch"),
        ("The Harbour Safety Office (HSO) met. So HSO knew.", "HSO", "Harbour Safety Office"),
        ("It is the Harbour Safety Office. We asked HSO.", "HSO", "Harbour Safety Office"),
        ("Lofting Airlines (LIA) grew. They like LIA.", "LIA", "Lofting Airlines"),
        ("The HSO (Harbour Safety Office) met. So the HSO knew.", "HSO", "Harbour Safety Office"),
        (
            "We asked European Air Defence and Sea Company (EADSC) there.",
            "EADSC",
            "European Air Defence and Sea Company",
        ),
        ("They left Norvik Group. They missed Norvik.", "Norvik", "Norvik Group"),
        (
            "They saw the Lofting International Airport near Lofting Airport.",
            "Lofting Airport",
            "Lofting International Airport",
        ),
    ],
)
def test_a_shorter_form_stands_for_the_longer_one_of_its_article(find: Find, text: str, short: str, full: str) -> None:
    found = forms(find(text))
    assert full in {name for _, name in found}
    if short:
        assert (short, full) in found
        assert all(name == full for form, name in found if form == short)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Today Norvik sold a Norvik 440. They like Norvik.", "Norvik"),
        ("They left South Lofting. They never saw Lofting again.", "Lofting"),
        ("Air Lofting flew there. They had lived in Lofting before.", "Lofting"),
        ("They met Ida Brandt and Jon Brandt. Later Brandt left.", "Brandt"),
        ("They flew a Norvik 440 and a Harlan 440. The 440 is loud.", "440"),
        ("They left the Bank of Lofting. They saw Lofting again.", "Lofting"),
    ],
)
def test_a_name_in_its_own_right_and_one_of_two_stand_for_no_longer_one(find: Find, text: str, own: str) -> None:
    assert all(one.name == own for one in find(text) if one.form == own)


def test_a_title_in_capitals_introduces_nothing_and_carries_what_the_body_names(find: Find) -> None:
    found = find("They said that Norvik had sold a boat.", title="Angry Buyers Blame Norvik For Delays")
    assert [(one.text, one.form) for one in found] == [(0, "Norvik"), (1, "Norvik")]


def test_the_word_that_opens_a_sentence_is_weak_evidence(find: Find) -> None:
    found = find("Sailors met. Norvik paid. They thanked Norvik. Citing Norvik, sailors left.")
    assert [(one.form, one.by) for one in found] == [("Norvik", "name")] * 3
    assert [(one.form, one.by) for one in find("Norvik paid for it.")] == [("Norvik", "opening")]


def test_a_variant_is_also_what_it_is_a_variant_of(find: Find) -> None:
    found = find("They like the Norvik 440. They bought the Norvik 440-20LR.")
    assert [one.name for one in found if one.form.startswith("Norvik 440")] == [
        "Norvik 440",
        "Norvik 440",
        "Norvik 440-20LR",
    ]


def test_a_number_that_counts_is_no_name(find: Find) -> None:
    found = find("They like the Norvik 440. They had 440 guests, and 440 people came for 440 dollars.")
    assert [one.form for one in found] == ["Norvik 440"]


def test_names_of_the_book_are_left_out_with_the_titles_before_them(find: Find) -> None:
    text = "There General Otto Lind met Ida Brandt at Steppe Eagle."
    assert names(find(text, taken=("Otto Lind", "Steppe Eagle"))) == {"Ida Brandt"}


def test_offsets_are_into_the_text_as_it_stands(find: Find) -> None:
    text = "Then the 440 ``Dunlin'' came from Norvik, and Norvik's 440s   and A1s too."
    for one in find(text):
        assert text[one.start : one.end].replace("``", "").startswith(one.form[:2])


@given(some.text(alphabet="AB ab.’'-&(),`\n19é", max_size=300))
def test_any_text_gives_places_within_its_sentences(text: str) -> None:
    sentences = split(text, 0, len(text))
    for one in discover([Stretch(text, sentences)]):
        assert any(span.start <= one.start < one.end <= span.end for span in sentences)
        assert one.form and one.name
