"""Who takes part, in what capacity: as far as the sentence says, and no further."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.names.book import Mention, NameBook
from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.participation import participants
from kzbot.language.spans import Span

Reader = Callable[[str], list[Mention]]
Parts = list[tuple[str, str | None]]
SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").glob("*.txt"))


def parts(text: str, mentions: list[Mention], subject: str, start: int = 0, end: int | None = None) -> Parts:
    end = len(text) if end is None else end
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    own = [Span(m.start, m.end) for m in inside if m.name == subject]
    others = [m for m in inside if m.name != subject]
    return [(one.mention.words, one.capacity) for one in participants(text, Span(start, end), own, others)]


def of_seed(read: Reader, number: int, opening: str, subject: str) -> Parts:
    text = SEEDS[number].read_text(encoding="utf-8")
    start = text.index(opening)
    return parts(text, read(text), subject, start, text.index("\n", start))


def test_the_troops_of_centrazbat(read: Reader) -> None:
    found = of_seed(read, 3, "In September, about", "exercise:centrazbat")
    countries = ["Kazakhstan", "Uzbekistan", "Kyrgyzstan", "Russia", "Georgia", "Turkey", "United States"]
    assert found == [(country, "troops") for country in countries]


def test_units_and_representatives_of_steppe_eagle(read: Reader) -> None:
    units = ["Kazakhstan", "U.S.", "UK", "Tajikistan"]
    representatives = ["Germany", "Italy", "Lithuania", "Kyrgyzstan", "Tajikistan", "France", "Switzerland", "Ukraine"]
    found = of_seed(read, 2, "The annual 'Steppe", "exercise:steppe-eagle")
    assert found == [(name, "units") for name in units] + [(name, "representatives") for name in representatives]


def test_american_servants_and_nobody_in_the_other_exercises(read: Reader) -> None:
    opening = "Mutual participation"
    assert of_seed(read, 1, opening, "exercise:steppe-eagle") == [("American", "military servants")]
    for other in ("regional-cooperation", "joint-efforts", "golden-medic"):
        assert of_seed(read, 1, opening, f"exercise:{other}") == []


INVENTED: list[tuple[str, Parts]] = [
    (
        "Troops from Italy and the United States took part in Steppe Eagle.",
        [("Italy", "Troops"), ("United States", "Troops")],
    ),
    ("Kazakhstan, Mongolia and the U.S. participated in Steppe Eagle 2012.", [("Kazakhstan", None), ("U.S.", None)]),
    ("Kazakhstan hosted Steppe Eagle in 2006.", [("Kazakhstan", None)]),
    ("Steppe Eagle was hosted by Kazakhstan.", [("Kazakhstan", None)]),
    (
        "Steppe Eagle brought together more than 1,500 soldiers from France, Italy and the United States.",
        [("France", "soldiers"), ("Italy", "soldiers"), ("United States", "soldiers")],
    ),
    ("Steppe Eagle, in which France and Italy took part, ended on Friday.", [("France", None), ("Italy", None)]),
    (
        "Steppe Eagle was held in May, with Italian and British troops taking part.",
        [("Italian", "troops"), ("British", "troops")],
    ),
    ("British soldiers joined Steppe Eagle in 2010.", [("British", "soldiers")]),
    ("Steppe Eagle was attended by observers from Germany.", [("Germany", "observers")]),
    ("Kazakhstan, along with Lithuania, participated in Steppe Eagle.", [("Kazakhstan", None), ("Lithuania", None)]),
    ("The United States sent 200 marines to Steppe Eagle.", [("United States", "marines")]),
    ("Italy's participation in Steppe Eagle is important.", [("Italy", None)]),
    ("The participation of British units in Steppe Eagle was praised.", [("British", "units")]),
    (
        "Kazakhstan held Steppe Eagle together with soldiers from Tajikistan.",
        [("Kazakhstan", None), ("Tajikistan", "soldiers")],
    ),
    ("Kazakhstan will take part in Steppe Eagle next year.", [("Kazakhstan", None)]),
    ("Participants of Steppe Eagle included servicemen from Italy.", [("Italy", "servicemen")]),
    ("In Steppe Eagle, units from France and Italy participated.", [("France", "units"), ("Italy", "units")]),
    (
        "Not only Kazakhstan but also Tajikistan took part in Steppe Eagle.",
        [("Kazakhstan", None), ("Tajikistan", None)],
    ),
    (
        "Soldiers and officers from Italy, as well as observers from Switzerland, will be participating in “Steppe Eagle”.",
        [("Italy", "Soldiers and officers"), ("Switzerland", "observers")],
    ),
    ("Steppe Eagle, conducted jointly by the UK and Kazakhstan, began.", [("UK", None), ("Kazakhstan", None)]),
    ("The United States participated with Italy in Steppe Eagle.", [("United States", None), ("Italy", None)]),
    (
        "British and American troops took part in Golden Medic and Steppe Eagle.",
        [("British", "troops"), ("American", "troops")],
    ),
    ("Kazbrig took part in Steppe Eagle.", [("Kazbrig", None)]),
    ("Kazakhstan, which has participated in Steppe Eagle since 2006, is glad.", [("Kazakhstan", None)]),
    (
        "More than 1,000 soldiers from Italy (700) and France (100) participated in the exercise Steppe Eagle.",
        [("Italy", "soldiers"), ("France", "soldiers")],
    ),
    (
        "Steppe Eagle was held in August at Iliysky with about 200 troops from Italy and the USA.",
        [("Italy", "troops"), ("USA", "troops")],
    ),
    ("Observers from 15 countries attended Steppe Eagle, including Italy.", [("Italy", None)]),
    ("Over 1,600 soldiers took part in Steppe Eagle, including servicemen from the U.S.", [("U.S.", "servicemen")]),
    ("Kazakhstan and the U.K. began the Steppe Eagle exercise on Monday.", [("Kazakhstan", None), ("U.K.", None)]),
    (
        "American and British peacekeepers trained together during Steppe Eagle.",
        [("American", "peacekeepers"), ("British", "peacekeepers")],
    ),
    ("Participating in Steppe Eagle were troops from Italy.", [("Italy", "troops")]),
    ("NATO observers attended Steppe Eagle.", [("NATO", "observers")]),
    ("Units of\nthe armed\nforces of Italy took part in\nSteppe Eagle.", [("Italy", "Units")]),
]
TRAPS = [
    "Russia did not take part in Steppe Eagle.",
    "No troops from Russia participated in Steppe Eagle.",
    "Russia refused to join Steppe Eagle.",
    "Neither Russia nor Uzbekistan took part in Steppe Eagle.",
    "All the neighbours except Uzbekistan took part in Steppe Eagle.",
    "Steppe Eagle was held without the participation of Russia.",
    "Steppe Eagle was not attended by Russia.",
    "In Kazakhstan, soldiers took part in Steppe Eagle.",
    "Steppe Eagle was held on the territory of Kazakhstan.",
    "Steppe Eagle was held in Kazakhstan near Russia.",
    "The Minister of Defence of Kazakhstan took part in Steppe Eagle.",
    "U.S. Secretary of Defence Chuck Hagel took part in talks on Steppe Eagle in Germany.",
    "Hagel discussed Steppe Eagle with officials from Kazakhstan.",
    "Steppe Eagle was praised by Germany.",
    "The U.S. provided equipment for Steppe Eagle.",
    "The exercise Steppe Eagle involves NATO member states.",
    "Russia criticised Steppe Eagle, and Germany took part in Golden Medic.",
    "Germany took part in Golden Medic. Steppe Eagle began.",
    "Talks on Steppe Eagle were held with officials from Russia.",
    "The talks about Steppe Eagle were attended by officials from Russia.",
    "Steppe Eagle ended with a meeting with officials from Russia.",
    "Italy was preparing for talks before Steppe Eagle.",
]


@pytest.mark.parametrize(("text", "wanted"), INVENTED)
def test_invented_sentences(read: Reader, text: str, wanted: Parts) -> None:
    assert parts(text, read(text), "exercise:steppe-eagle") == wanted


@pytest.mark.parametrize("text", TRAPS)
def test_traps(read: Reader, text: str) -> None:
    assert parts(text, read(text), "exercise:steppe-eagle") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kazakhstan, but not Uzbekistan, took part in Steppe Eagle.", [("Kazakhstan", None)]),
        ("Russia did not attend but Kazakhstan took part in Steppe Eagle.", [("Kazakhstan", None)]),
        (
            "Troops from Russia watched while soldiers from Georgia took part in Steppe Eagle.",
            [("Georgia", "soldiers")],
        ),
        ("Kazakhstan said Russia participated in Steppe Eagle.", [("Russia", None)]),
        ("Germany took part in Golden Medic. Italy joined Steppe Eagle.", [("Italy", None)]),
    ],
)
def test_the_right_one_of_two(read: Reader, text: str, wanted: Parts) -> None:
    assert parts(text, read(text), "exercise:steppe-eagle") == wanted


PIECES = st.sampled_from(
    ["Steppe Eagle", " Kazakhstan", ", ", " and ", "the ", "troops ", "from ", "took part in ", "1,400 ", "999.", "(", ")",
     "military ", "participation of ", "Italy", "with ", " U.S.", "not ", "Aa", " "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_capacities_are_words_of_the_text_and_nothing_runs_away(book: NameBook, text: str) -> None:
    mentions = Gazetteer(book).mentions(text, [Span(0, len(text))])
    for _, capacity in parts(text, mentions, "exercise:steppe-eagle"):
        assert capacity is None or capacity in " ".join(text.split())


def test_long_lists_of_figures_end_soon(read: Reader) -> None:
    text = "Troops from Italy " + "1,234.5 " * 300 + "A, b " * 200 + " France took part in Steppe Eagle."
    assert parts(text, read(text), "exercise:steppe-eagle") == [("France", None)]
