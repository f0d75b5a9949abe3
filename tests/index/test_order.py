"""The order of a list: years with their places, and events that stand once."""

from hypothesis import given
from hypothesis import strategies as st

from kzbot.index.order import Order, YearRow, ordered, with_events

ROWS = st.lists(
    st.tuples(st.sampled_from((None, 1999, 2003, 2010)), st.sampled_from((None, "a", "b")), st.integers(0, 3)),
    max_size=12,
)


def test_a_year_tells_its_count_and_the_place_of_its_first() -> None:
    made = ordered([(7, 1999), (3, 2003), (5, 2003), (4, None)])
    assert made.years == (YearRow(1999, 1, 0), YearRow(2003, 2, 1), YearRow(None, 1, 3))
    assert list(made.numbers) == [7, 3, 5, 4]


def test_a_stretch_ends_with_the_list() -> None:
    made = ordered([(7, 1999), (3, 2003), (5, 2003)])
    assert [list(made.stretch(*which)) for which in ((0, 2), (2, 2), (3, 4), (1, None), (0, 0))] == [
        [7, 3],
        [5],
        [],
        [3, 5],
        [],
    ]
    assert list(Order(()).stretch(0, None)) == []


def test_an_event_stands_where_its_best_dated_statement_does() -> None:
    made = with_events(
        [(1, 1999, "a", 2), (2, 1999, None, None), (3, 2003, "a", 0), (4, 2004, "b", 1), (5, 2005, "a", 1)]
    )
    assert list(made.every.numbers) == [1, 2, 3, 4, 5]
    assert list(made.entries.numbers) == [2, 3, 4]
    assert made.event == {1: "a", 3: "a", 5: "a"}
    assert made.told == {"a": (1, 3, 5)}


@given(ROWS)
def test_every_statement_is_an_entry_or_told_by_one(rows: list[tuple[int | None, str | None, int]]) -> None:
    by_year = sorted(rows, key=lambda row: row[0] or 0)
    made = with_events([(number, year, event, rank) for number, (year, event, rank) in enumerate(by_year, start=1)])
    told = [number for entry in made.entries.numbers for number in made.told.get(made.event.get(entry, ""), (entry,))]
    assert sorted(told) == list(made.every.numbers) == list(range(1, len(rows) + 1))
    for order in (made.every, made.entries):
        assert sum(year.count for year in order.years) == len(order.numbers)
        assert [year.offset for year in order.years] == [
            sum(before.count for before in order.years[:at]) for at in range(len(order.years))
        ]
