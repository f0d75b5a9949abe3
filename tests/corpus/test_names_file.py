"""The name book's file: what it may hold, and what is said of a slip."""

from pathlib import Path

import pytest

from kzbot.corpus.names_file import MOST_PROFILES, name_id, read_name_book
from kzbot.errors import NameBookError
from kzbot.language.names.book import Kind, Name

KINDS = "kinds:\n  exercise:\n    nouns: [exercise]\n    profile: exercise\n  unit:\nnames:\n"


def _book(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "names.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_kinds_and_entries_arrive_in_order(tmp_path: Path) -> None:
    book = read_name_book(
        _book(
            tmp_path,
            KINDS + "  - kind: unit\n    name: Steppe  Eagle\n    variants: [NO, 1997]\n    adjectives: [Eagles]\n"
            "    related: ['exercise:дала-қыраны-2']\n    exact_case: true\n"
            "  - {kind: exercise, name: 'Дала Қыраны (2)', variants: [Steppe Eagle]}\n",
        )
    )
    assert book.kinds == (Kind("exercise", ("exercise",), "exercise"), Kind("unit"))
    assert book.names == (
        Name(
            "unit:steppe-eagle", "unit", "Steppe Eagle", ("NO", "1997"), ("Eagles",), ("exercise:дала-қыраны-2",), True
        ),
        Name("exercise:дала-қыраны-2", "exercise", "Дала Қыраны (2)", ("Steppe Eagle",)),
    )


def test_ids() -> None:
    assert name_id("country", "United States") == "country:united-states"
    assert name_id("organisation", "U.S. Department_of Defense!") == "organisation:u-s-department-of-defense"


def test_an_empty_book_is_a_book(tmp_path: Path) -> None:
    assert read_name_book(_book(tmp_path, "# nothing yet\n")).names == ()


@pytest.mark.parametrize(
    ("entries", "line", "reason"),
    [
        ("  - {kind: person, name: A}\n", 7, "the kind “person” is not among kinds; it must be exercise or unit."),
        ("  - kind: unit\n", 7, "name is missing; add it."),
        ("  - kind: unit\n    name: A\n    variant: [B]\n", 9, "did you mean variants?"),
        ("  - kind: unit\n    name: A\n    variants: B\n", 9, "variants must be a list"),
        ("  - kind: unit\n    name: A\n    variants:\n      - B\n      -\n", 11, "variants, entry 2 is empty"),
        ("  - kind: unit\n    name: '!'\n", 8, "name is empty"),
        ("  - kind: unit\n    name: A\n    exact_case: maybe\n", 9, "exact_case is “maybe”; it must be true or false."),
        ("  - {kind: unit, name: A}\n  - {kind: unit, name: a}\n", 8, "“unit:a” is an entry already, on line 7"),
        (
            "  - {kind: unit, name: A, variants: [B]}\n  - kind: unit\n    name: C\n    variants: [D, b]\n",
            10,
            "the spelling “b” is given already, on line 7 for “A”",
        ),
        ("  - {kind: unit, name: A, variants: [a]}\n", 7, "the spelling “a” is given already"),
        ("  - {kind: unit, name: Eagle, related: ['unit:egle']}\n", 7, "did you mean unit:eagle?"),
        ("  - {kind: unit, name: A, related: ['unit:a']}\n", 7, "“unit:a” is related to itself"),
        ("  - A\n", 7, "must be keys with values"),
        ("  kind: unit\n", 7, "names must be a list"),
        ("  - {kind: unit, name: A, name: B}\n", 7, "given twice"),
        ("  - {kind: unit\n", 8, "it is not valid YAML"),
        ("more: 1\n", 7, "the key “more” is not known"),
    ],
)
def test_a_slip_is_named_with_file_line_and_mend(tmp_path: Path, entries: str, line: int, reason: str) -> None:
    path = _book(tmp_path, KINDS + entries)
    with pytest.raises(NameBookError) as error:
        read_name_book(path)
    assert str(error.value).startswith(f"{path}, line {line}: ")
    assert reason in str(error.value)


def test_the_same_spelling_may_stand_in_two_kinds(tmp_path: Path) -> None:
    text = KINDS + "  - {kind: unit, name: Eagle}\n  - {kind: exercise, name: Eagle}\n"
    assert [name.id for name in read_name_book(_book(tmp_path, text)).names] == ["unit:eagle", "exercise:eagle"]


def test_kinds_are_checked_too(tmp_path: Path) -> None:
    for text, reason in (
        ("kinds:\n  Big Unit: {}\n", "one word in lower case"),
        ("kinds:\n  unit: {noun: [x]}\n", "did you mean nouns?"),
        ("kinds: [unit]\n", "kinds must be keys with values"),
        ("[]\n", "must begin with the keys"),
        ("kinds:\n  ship: {profile: Big Ship}\n", "profile is “Big Ship”; a command is one word in lower case"),
        ("kinds:\n  ship: {profile: 'x" + "y" * 32 + "'}\n", "at most 32 characters"),
        ("kinds:\n  person: {profile: search}\n", "profile is “search”, which is a command already"),
        ("kinds:\n  ship: {profile: ''}\n", "a command is one word"),
    ):
        with pytest.raises(NameBookError, match=reason.replace("?", r"\?")):
            read_name_book(_book(tmp_path, text))


def test_a_book_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NameBookError, match="cannot be read"):
        read_name_book(tmp_path / "none.yaml")
    with pytest.raises(NameBookError, match="line 2: it is not UTF-8"):
        read_name_book(_book(tmp_path, b"names:\n  - \xff\n"))


def test_kinds_may_share_a_profile_and_there_are_no_more_than_discord_takes(tmp_path: Path) -> None:
    shared = "kinds:\n  ship: {profile: patrol-boat}\n  boat: {profile: patrol-boat}\n"
    assert {kind.profile for kind in read_name_book(_book(tmp_path, shared)).kinds} == {"patrol-boat"}
    letters = [chr(ord("a") + at // 26) + chr(ord("a") + at % 26) for at in range(MOST_PROFILES + 1)]
    many = "kinds:\n" + "".join(f"  {one}: {{profile: {one}}}\n" for one in letters)
    with pytest.raises(NameBookError, match=f"line {MOST_PROFILES + 2}: there are over {MOST_PROFILES} profiles"):
        read_name_book(_book(tmp_path, many))
