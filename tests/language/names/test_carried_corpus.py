"""What is one name over many articles, and what a person may type for it."""

from kzbot.language.names.carried.corpus import Merged, Use, merge
from kzbot.language.names.carried.keys import key_of


def uses(*listed: tuple[str, str, int] | tuple[str, str, int, str]) -> Merged:
    """Forms with the names that articles use them for, and how many articles do."""
    made = []
    for form, name, articles, *by in listed:
        made.append(Use(form, name, by[0] if by else "name" if form == name else "short", articles, articles))
    return merge(made)


def meant(merged: Merged, key: str) -> set[str]:
    return {form.root for form in merged.forms if form.key == key}


def test_spellings_of_one_name_are_one() -> None:
    merged = uses(
        ("U.S. Coast Watch", "U.S. Coast Watch", 2),
        ("United States Coast Watch", "United States Coast Watch", 3),
        ("Lofting Defense and Sea Company", "Lofting Defense and Sea Company", 1),
        ("Lofting Defence & Sea NV", "Lofting Defence & Sea NV", 1),
    )
    assert len({root for _, root in merged.roots}) == 2
    assert {form.canonical for form in merged.forms if form.key == "united states coast watch"} == {
        "United States Coast Watch"
    }


def test_a_designator_alone_is_the_one_that_the_corpus_knows() -> None:
    merged = uses(("T440", "T440", 9), ("Norvik T440", "Norvik T440", 1))
    assert meant(merged, "t440") == {"norvik t440"}
    two = uses(("T440", "T440", 9), ("Norvik T440", "Norvik T440", 1), ("Harlan T440", "Harlan T440", 1))
    assert meant(two, "t440") == {"t440"}


def test_a_surname_alone_is_the_person_that_most_articles_introduce() -> None:
    merged = uses(("Brandt", "Brandt", 2), ("Brandt", "Ida Brandt", 2), ("Ida Brandt", "Ida Brandt", 2))
    assert meant(merged, "brandt") == {"ida brandt"}


def test_a_place_is_not_the_person_who_is_called_so_in_one_article() -> None:
    merged = uses(("Lofting", "Lofting", 20), ("Lofting", "George Lofting", 1), ("George Lofting", "George Lofting", 1))
    assert meant(merged, "lofting") == {"lofting", "george lofting"}
    assert dict(merged.roots)["Lofting"] == "lofting"


def test_a_surname_of_two_people_means_both() -> None:
    merged = uses(
        ("Brandt", "Ida Brandt", 2),
        ("Ida Brandt", "Ida Brandt", 2),
        ("Brandt", "Jon Brandt", 2),
        ("Jon Brandt", "Jon Brandt", 2),
    )
    assert meant(merged, "brandt") == {"ida brandt", "jon brandt"}


def test_a_word_that_only_opens_sentences_is_offered_nowhere() -> None:
    merged = uses(("Efforts", "Efforts", 5, "opening"), ("Norvik", "Norvik", 1, "opening"), ("Norvik", "Norvik", 1))
    assert {form.key for form in merged.forms} == {"norvik"}


def test_a_word_before_a_well_known_name_at_a_sentence_s_beginning_is_no_part_of_it() -> None:
    merged = uses(("Norvik", "Norvik", 8), ("Actual Norvik", "Actual Norvik", 1, "start"))
    assert dict(merged.roots)["Actual Norvik"] == "norvik"
    person = uses(("Brandt", "Brandt", 1), ("Ida Brandt", "Ida Brandt", 1, "start"))
    assert dict(person.roots)["Ida Brandt"] == "ida brandt"


def test_an_acronym_alone_is_the_one_name_with_these_initials() -> None:
    merged = uses(("HSO", "HSO", 3), ("Harbour Safety Office", "Harbour Safety Office", 1))
    assert meant(merged, "hso") == {key_of("Harbour Safety Office")}


def test_initials_of_what_is_no_body_tell_nothing() -> None:
    merged = uses(("BGA", "BGA", 3), ("Blue Green Ants", "Blue Green Ants", 1))
    assert meant(merged, "bga") == {"bga"}


def test_what_goes_on_behind_a_designator_is_the_same_where_it_is_mostly_said() -> None:
    nickname = uses(
        ("Norvik 440", "Norvik 440", 2), ("Norvik 440 Dunlin", "Norvik 440 Dunlin", 5), ("Dunlin", "Dunlin", 9)
    )
    assert meant(nickname, "norvik 440") == meant(nickname, "dunlin") == {"norvik 440 dunlin"}
    variant = uses(("Norvik 440", "Norvik 440", 9), ("Norvik 440 MK", "Norvik 440 MK", 1), ("440", "440", 3, "number"))
    assert meant(variant, "440") == meant(variant, "norvik 440") == {"norvik 440"}
    assert meant(variant, "norvik 440 mk") == {"norvik 440 mk"}


def test_names_that_share_a_designator_are_one_where_one_ends_in_it() -> None:
    merged = uses(("Norvik T440", "Norvik T440", 2), ("T440 Max", "T440 Max", 2), ("T440", "T440", 1))
    assert {root for _, root in merged.roots} == {"norvik t440"}


def test_a_company_is_the_same_whatever_it_leaves_off() -> None:
    merged = uses(
        ("Norvik", "Norvik", 9),
        ("Norvik Motor Company", "Norvik Motor Company", 2),
        ("Norvik Group", "Norvik Group", 1),
    )
    assert len({root for _, root in merged.roots}) == 1


def test_the_first_of_two_words_is_the_name_where_it_mostly_stands_with_the_other() -> None:
    merged = uses(("Norvik", "Norvik", 2), ("Norvik Harlan", "Norvik Harlan", 5))
    assert meant(merged, "norvik") == {"norvik harlan"}
    own = uses(("Norvik", "Norvik", 9), ("Norvik Harlan", "Norvik Harlan", 5))
    assert meant(own, "norvik") == {"norvik"}


def test_the_same_uses_give_the_same_whatever_their_order() -> None:
    listed = [
        Use("T440", "T440", "name", 2, 1),
        Use("Norvik T440", "Norvik T440", "name", 2, 1),
        Use("T440", "Norvik T440", "short", 2, 1),
        Use("Brandt", "Ida Brandt", "short", 1, 1),
        Use("Ida Brandt", "Ida Brandt", "start", 1, 1),
    ]
    assert merge(listed) == merge(reversed(listed))
