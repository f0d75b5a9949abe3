"""Which statements tell of one event: against what a careful reader says of pairs, and against hostile text."""

import random
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzbot.language.dates.marks import find_marks
from kzbot.language.events.finding import Event, find_events
from kzbot.language.events.statement import Named, Statement
from kzbot.language.spans import Span

GOLD = Path(__file__).parent / "events_gold.txt"


@dataclass(frozen=True)
class Pair:
    same: bool
    kept: bool
    told: tuple[tuple[str, str], ...]


def pairs() -> list[Pair]:
    found = []
    for block in GOLD.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            sign, _, how = lines[0].partition(" ")
            told = tuple((day.strip(), text.strip()) for day, _, text in (line.partition("|") for line in lines[1:]))
            found.append(Pair(sign == "=", how == "kept", told))
    return found


def statements(published: str, text: str, article: str, first: int = 1) -> list[Statement]:
    marks = [mark for mark in find_marks(text, published) if not mark.edition]
    spans = [Span(mark.start or 0, mark.end or 0) for mark in marks]
    return [
        Statement(
            first + at,
            article,
            (article, span.start, f"{article}#one"),
            text,
            mark.edtf,
            mark.earliest,
            mark.latest,
            mark.modifier,
            mark.planned,
            span,
            tuple(spans),
            tuple(one.edtf for one in marks),
        )
        for at, (mark, span) in enumerate(zip(marks, spans, strict=True))
    ]


def told(*articles: tuple[str, str]) -> list[Statement]:
    """One statement or more from each article, given by its day of publication and its words."""
    found: list[Statement] = []
    for at, (published, text) in enumerate(articles):
        found += statements(published, text, f"article-{at}", len(found) + 1)
    return found


def groups(found: list[Statement]) -> list[list[str]]:
    articles = {one.key: one.article for one in found}
    return [[articles[key] for key in event.statements] for event in find_events(found)]


@pytest.fixture(scope="module")
def judged() -> list[tuple[Pair, bool]]:
    """All pairs in one corpus: every pair with whether it was joined; nothing may be joined across pairs."""
    every = pairs()
    found = told(*(line for pair in every for line in pair.told))
    owner = {one.key: int(one.article.removeprefix("article-")) // 2 for one in found}
    joined = set()
    for event in find_events(found):
        owners = {owner[key] for key in event.statements}
        assert len(owners) == 1, [every[at].told for at in owners]
        joined |= owners
    return [(pair, at in joined) for at, pair in enumerate(every)]


def test_the_pairs_are_many_and_half_of_them_were_kept_aside() -> None:
    every = pairs()
    assert sum(pair.same for pair in every) >= 25 and sum(not pair.same for pair in every) >= 25
    assert 2 * sum(pair.kept for pair in every) >= len(every) - 10
    assert all(len(pair.told) == 2 for pair in every)


@pytest.mark.parametrize("kept", [False, True], ids=["tuned", "kept"])
def test_two_events_are_never_one_and_one_is_seldom_two(judged: list[tuple[Pair, bool]], kept: bool) -> None:
    here = [(pair, joined) for pair, joined in judged if pair.kept is kept]
    wrong = [pair.told for pair, joined in here if joined and not pair.same]
    missed = [pair.told for pair, joined in here if pair.same and not joined]
    same = sum(pair.same for pair, _ in here)
    figures = f"precision {same - len(missed)}/{same - len(missed) + len(wrong)}, recall {same - len(missed)}/{same}"
    assert wrong == [], figures
    assert len(missed) <= same // 6, (figures, missed)


def test_one_sentence_in_two_articles_is_one_event() -> None:
    words = "A bomb killed 12 people in a market in Kandal on 3 May 2010."
    assert groups(told(("2010-05-04", words), ("2010-05-07", words))) == [["article-0", "article-1"]]


def test_an_article_has_at_most_one_statement_in_an_event_and_none_makes_one_alone() -> None:
    words = "The Kelm Pact was ratified by the parliament of Veldoria on 1 April 2003."
    found = told(("2003-04-02", f"{words} {words}"), ("2003-04-03", words))
    assert groups(found) == [["article-0", "article-1"]]
    assert groups(told(("2003-04-02", f"{words} {words}"))) == []


def test_sources_that_differ_by_a_day_are_one_event_where_the_wording_is_the_same() -> None:
    words = "The Vega-4 satellite was launched from the Korvan cosmodrome on {} August 2010 aboard a Zenit rocket."
    near = told(("2010-08-03", words.format(1)), ("2010-08-20", words.format(2)))
    far = told(("2010-08-03", words.format(1)), ("2010-08-20", words.format(9)))
    assert groups(near) == [["article-0", "article-1"]]
    assert groups(far) == []


def test_what_an_article_dates_itself_is_no_disagreement_with_another() -> None:
    both = "Talks on the Kelm Pact were held in Geneva on 3 May 2004 and again on 4 May 2004."
    one = "Talks on the Kelm Pact were held in Geneva on 4 May 2004."
    found = told(("2004-05-05", both), ("2004-05-06", one))
    days = {one.key: one.edtf for one in found}
    assert [[days[key] for key in event.statements] for event in find_events(found)] == [["2004-05-04"] * 2]


def test_the_same_exercise_of_two_years_is_two_events_even_word_for_word() -> None:
    words = "Steppe Falcon was held at the Ilisky training ground in September {} with 1,200 troops."
    assert groups(told(("2011-10-01", words.format(2011)), ("2012-10-01", words.format(2012)))) == []


def test_a_name_of_the_book_is_the_same_in_any_spelling() -> None:
    first, second = told(
        ("2012-09-20", "The exercise Степной барс began on 12 September 2012 with 1,200 troops at Ilisky."),
        ("2012-09-21", "The exercise Steppe Leopard began on 12 September 2012 with 1,200 troops at Ilisky."),
    )
    assert find_events([first, second]) == []
    named = [
        replace(
            one, names=(Named(one.text.index(words), one.text.index(words) + len(words), "exercise:steppe-leopard"),)
        )
        for one, words in ((first, "Степной барс"), (second, "Steppe Leopard"))
    ]
    assert [event.statements for event in find_events(named)] == [(1, 2)]


def test_an_article_that_reports_under_its_own_day_tells_of_the_day_before() -> None:
    (stated,) = told(("2011-10-06", "On 24 August 2011 Jonas Merrit resigned as chief executive of Halvorsen Energy."))
    words = "Jonas Merrit has resigned as chief executive of Halvorsen Energy."

    def reported(day: date) -> Statement:
        return Statement(9, "news", ("news", 0, "news#one"), words, day.isoformat(), day, day)

    assert [event.statements for event in find_events([stated, reported(date(2011, 8, 25))])] == [(1, 9)]
    assert find_events([stated, reported(date(2011, 8, 23))]) == []
    assert find_events([stated, reported(date(2011, 8, 30))]) == []


def test_three_articles_are_one_event_and_its_most_precise_date_comes_first() -> None:
    words = "Nordbank agreed to buy Lumen Insurance for 3.2 billion euros {}."
    found = told(
        ("2011-06-30", words.format("in February 2011")),
        ("2011-02-03", words.format("on 2 February 2011")),
        ("2011-07-30", words.format("on 2 February 2011")),
    )
    assert groups(found) == [["article-1", "article-2", "article-0"]]


def test_order_does_not_matter_and_ids_stay_when_other_articles_come() -> None:
    every = told(*(line for pair in pairs() for line in pair.told))
    found = find_events(every)
    shuffled = list(every)
    random.Random(7).shuffle(shuffled)
    assert find_events(shuffled) == found
    words = "The old lighthouse of Tarn was sold to a bank in Oslo on 7 July 1977."
    with_more = find_events([*every, *statements("1977-07-08", words, "other", 9000)])
    assert with_more == found


TEXTS = st.text(alphabet="aA19 .,-$%\n«“'é日", max_size=120)


@given(st.lists(st.tuples(TEXTS, st.integers(1, 28)), max_size=6))
@settings(max_examples=60)
def test_any_text_has_an_answer(texts: list[tuple[str, int]]) -> None:
    found = [
        Statement(
            at, f"a{at}", (f"a{at}", 0, f"a{at}#x"), text, f"2001-02-{day:02d}", date(2001, 2, day), date(2001, 2, day)
        )
        for at, (text, day) in enumerate(texts)
    ]
    events: list[Event] = find_events(found)
    assert all(len(set(event.statements)) == len(event.statements) > 1 for event in events)
