"""The roles that a text gives to persons are found as it words them, and no others."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kzbot.language.roles.finding import find_roles
from kzbot.language.roles.role import Named, Role
from kzbot.language.roles.tables import NOUNS, UNITS
from kzbot.language.roles.words import words_of
from kzbot.language.spans import Span

Roles = Callable[[str], list[Role]]
NORVIK, NORLAND = "company:norvik", "country:norland"


def told(text: str, found: list[Role]) -> list[tuple[str, str, str, str | None]]:
    """Who, in whose words, which office, whose."""
    return [(text[r.holder_start : r.holder_end], r.words, r.office, r.owner) for r in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister Rivers flew home.", [("Rivers", "Minister", "minister", None)]),
        (
            "Norland's Defence Minister Ann Rivers flew home.",
            [("Ann Rivers", "Norland's Defence Minister", "defence minister", NORLAND)],
        ),
        ("An adviser to President Ann Rivers spoke.", [("Ann Rivers", "President", "president", None)]),
        (
            "A deputy to Defence Minister Ann Rivers spoke.",
            [("Ann Rivers", "Defence Minister", "defence minister", None)],
        ),
        (
            "They met the Norlandic Minister of Defense, Ann Rivers, there.",
            [("Ann Rivers", "Norlandic Minister of Defense", "defence minister", NORLAND)],
        ),
        (
            "Minister of National Defence of the Republic of Norland Lt.-Gen. Olaf Aalto flew home.",
            [
                (
                    "Olaf Aalto",
                    "Minister of National Defence of the Republic of Norland",
                    "defence minister",
                    NORLAND,
                ),
                ("Olaf Aalto", "Lt.-Gen.", "lieutenant general", None),
            ],
        ),
        (
            "U.S. Army Gen. Olaf Aalto, chairman of the Harbour Chiefs, spoke.",
            [
                ("Olaf Aalto", "U.S. Army Gen.", "general", "country:united-states"),
                ("Olaf Aalto", "chairman of the Harbour Chiefs", "chairman", "harbor chiefs"),
            ],
        ),
        (
            "Norvik president and CEO Ida Holm spoke.",
            [("Ida Holm", "Norvik president", "president", NORVIK), ("Ida Holm", "CEO", "chief executive", NORVIK)],
        ),
        (
            "Ida Holm, founder, chairman and chief executive officer of Norvik, spoke.",
            [
                ("Ida Holm", "founder", "founder", NORVIK),
                ("Ida Holm", "chairman", "chairman", NORVIK),
                ("Ida Holm", "chief executive officer of Norvik", "chief executive", NORVIK),
            ],
        ),
        (
            "“We are glad,” said Olaf Aalto, a spokesman for Norvik.",
            [("Olaf Aalto", "spokesman for Norvik", "spokesman", NORVIK)],
        ),
        (
            "The ministry's spokeswoman, Ida Holm, said so.",
            [("Ida Holm", "ministry's spokeswoman", "spokesman", None)],
        ),
        ("Ida Holm, 51, chief of staff, said so.", [("Ida Holm", "chief of staff", "chief of staff", None)]),
        ("Rivers, who heads the agency, said so.", [("Rivers", "heads the agency", "head", None)]),
        (
            "Rivers was appointed minister of foreign affairs of Norland in 2004.",
            [("Rivers", "minister of foreign affairs of Norland", "foreign minister", NORLAND)],
        ),
        (
            "Norvik named Ida Holm as its new chief financial officer.",
            [("Ida Holm", "new chief financial officer", "chief financial officer", None)],
        ),
        ("Rivers was sworn in as president.", [("Rivers", "president", "president", None)]),
        (
            "The deputy minister of defence, Ann Rivers, spoke.",
            [("Ann Rivers", "deputy minister of defence", "deputy defence minister", None)],
        ),
        (
            "Norland's ambassador to Sudria Olaf Aalto spoke.",
            [("Olaf Aalto", "Norland's ambassador to Sudria", "ambassador", NORLAND)],
        ),
        ("Acting President Ann Rivers spoke.", [("Ann Rivers", "Acting President", "president", None)]),
        (
            "Ministers Rivers and Hall and others came.",
            [("Rivers", "Ministers", "minister", None), ("Hall", "Ministers", "minister", None)],
        ),
        (
            "The prime minister of Norland, Mr. Olaf Aalto, came.",
            [("Olaf Aalto", "prime minister of Norland", "prime minister", NORLAND)],
        ),
        (
            "Министр обороны Норландии Анна Риверс прибыла в город.",
            [("Анна Риверс", "Министр обороны Норландии", "defence minister", NORLAND)],
        ),
        (
            "Анна Риверс, первый заместитель министра иностранных дел, прибыла в город.",
            [("Анна Риверс", "первый заместитель министра иностранных дел", "first deputy foreign minister", None)],
        ),
        (
            "Rivers, adviser to Sudrian President Olaf Aalto, spoke.",
            [("Olaf Aalto", "Sudrian President", "president", "country:sudria")],
        ),
        ("They asked Harbour Secretary Hall.", [("Hall", "Harbour Secretary", "harbour secretary", None)]),
    ],
)
def test_a_role_is_found_in_the_words_of_the_text(
    roles: Roles, text: str, expected: list[tuple[str, str, str, str | None]]
) -> None:
    assert told(text, roles(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The minister told Rivers that nothing would change.",
        "The Defence Minister and Rivers agreed.",
        "After meeting the defence minister, Rivers flew home.",
        "In talks with Rivers, the defence minister said that nothing had changed.",
        "Speaking to the president, Rivers said that it was late.",
        "The president, Rivers said, was ill.",
        "The president Ida Holm chose was ill.",
        "Rivers was the minister's guest.",
        "Rivers is not the chief executive of Norvik.",
        "If Rivers were president, it would be otherwise.",
        "Rivers could become president in May.",
        "Rivers is the son of the president of Norland.",
        "Rivers was elected by the president of Norland.",
        "Rivers is a general practitioner.",
        "He was appointed director of the harbour at Lofting, Aaltona.",
        "Major Norvik customers ordered more.",
        "Norvik, chairman of the board, is a small company.",
        "Norland's president and Tom Hall met.",
        "Ida Holm, the president and Rivers met.",
        "The visitors were the president, Rivers, and a general.",
        "As defence minister, he met Olaf Aalto.",
        "Ida Holm ran for president of Norland.",
        "Rivers told the chairman of Norvik Hall had left.",
        "Министр обороны сказал, что Анна Риверс больна.",
        "После совещания Анна Риверс уехала.",
    ],
)
def test_who_only_stands_near_an_office_does_not_hold_it(roles: Roles, text: str) -> None:
    assert told(text, roles(text)) == []


def test_in_a_list_each_has_their_own_title(roles: Roles) -> None:
    text = (
        "President Rivers, Defence Secretary Hall and General Ole Brandt came with the minister's adviser Olaf Aalto."
    )
    assert [(who, office) for who, _, office, _ in told(text, roles(text))] == [
        ("Rivers", "president"),
        ("Hall", "defence secretary"),
        ("Ole Brandt", "general"),
        ("Olaf Aalto", "adviser"),
    ]


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Former President Ann Rivers spoke.", ["Ann Rivers"]),
        ("Ex-minister Rivers spoke.", ["Rivers"]),
        ("Rivers, formerly chief of staff of the navy, spoke.", ["Rivers"]),
        ("Rivers stepped down as chief executive of Norvik in May.", ["Rivers"]),
        ("Rivers replaced Hall as defence minister.", ["Hall"]),
        ("Then-President Ann Rivers spoke.", []),
    ],
)
def test_a_role_that_is_over_is_told_from_one_that_is_held(roles: Roles, text: str, former: list[str]) -> None:
    assert [text[r.holder_start : r.holder_end] for r in roles(text) if r.former] == former


def test_who_followed_whom_both_held_the_office(roles: Roles) -> None:
    text = "Rivers succeeded Hall as president of Norland."
    assert {(r.person, r.office, r.owner, r.former) for r in roles(text)} == {
        ("person:tom-hall", "president", NORLAND, True),
        ("person:ann-rivers", "president", NORLAND, False),
    }


def test_persons_whom_the_book_does_not_list_are_told_by_the_article_s_own_name(roles: Roles) -> None:
    text = "Captain Olaf Aalto left. Ten days later Colonel Aalto came back."
    assert [(r.carried, r.office) for r in roles(text)] == [("Olaf Aalto", "captain"), ("Olaf Aalto", "colonel")]


def test_every_office_has_a_noun_that_is_looked_for_first() -> None:
    assert [form for form in UNITS if NOUNS.isdisjoint(form)] == []


_PIECES = some.sampled_from(
    [
        "Rivers",
        "Hall",
        "Norvik",
        "the",
        "defence",
        "minister",
        "President",
        "of",
        "and",
        ",",
        ".",
        "was",
        "named",
        "who",
        "chief executive",
        "Gen",
        "as",
        "'s",
        "(",
        ")",
        "-",
        "former",
        "“",
        "\n",
        "Ünsal",
        "51",
        "replaced",
        "heads",
    ]
)


@given(some.lists(some.one_of(_PIECES, some.text(max_size=4)), max_size=40).map(" ".join))
def test_whatever_the_text_roles_are_its_own_words(text: str) -> None:
    whole = Span(0, len(text))
    names = [
        Named(word.start, word.end, f"person:{word.plain}", None, holds=True, full=True, sure=True)
        if word.plain in ("rivers", "hall")
        else Named(word.start, word.end, owner="company:norvik")
        for word in words_of(text, whole)
        if word.plain in ("rivers", "hall", "norvik")
    ]
    for role in find_roles(text, whole, names):
        assert role.words == text[role.start : role.end]
        assert role.words.strip()
        assert text[role.holder_start : role.holder_end].casefold() in ("rivers", "hall")
        assert role.office
        assert role.end <= role.holder_start or role.holder_end <= role.start
