"""One event told in several articles, as a timeline lists it."""

from collections.abc import Awaitable, Callable

from kzbot.answers.model import Answer
from kzbot.answers.timelines.tellings import disputed, folded, place

AskFolder = Callable[..., Awaitable[Callable[..., Awaitable[Answer]]]]


def article(published: str, text: str, title: str = "News of the day") -> str:
    return f"---\ntitle: {title}\npublished: {published}\nurl: https://news.example/{published}\n---\n{text}\n"


ONE = {
    "a.md": article(
        "2003-04-02", "The parliament of Veldoria ratified the Kelm Pact by 87 votes to 12 on 1 April 2003."
    ),
    "b.md": article("2003-04-03", "By 87 votes to 12, Veldoria's parliament ratified the Kelm Pact on Tuesday."),
    "c.md": article("2003-04-05", "On 1 April 2003 the river Orvan burst its banks at Tesh."),
    "d.md": article("2004-04-05", "In April 2003 the parliament of Veldoria ratified the Kelm Pact by 87 votes to 12."),
    "e.md": article("2003-05-05", "The price of grain rose by 4 percent on 2 April 2003."),
}
APART = {
    "a.md": article("2012-09-20", "Steppe Falcon began on 12 September 2012 at the Ilisky range with 1,200 troops."),
    "b.md": article("2012-10-02", "Steppe Falcon began on 13 September 2012 at the Ilisky range with 1,200 troops."),
}


def told(made: Answer) -> list[tuple[str | None, str, str | None]]:
    return [(item.date, item.article[-1], item.event) for item in made.items]


async def test_statements_of_one_event_share_an_id_and_keep_their_places(
    ask_folder: AskFolder, contract: Callable[[Answer], list[str]]
) -> None:
    made = await (await ask_folder(ONE))("/timeline")
    event = made.items[0].event
    assert event is not None
    assert told(made) == [
        ("2003-04-01", "a", event),
        ("2003-04-01", "b", event),
        ("2003-04-01", "c", None),
        ("2003-04", "d", event),
        ("2003-04-02", "e", None),
    ]
    assert (made.total, made.entries, made.listed) == (5, None, 5)
    assert contract(made) == []


async def test_an_entry_stands_for_all_that_tell_of_its_event(ask_folder: AskFolder) -> None:
    asked = await ask_folder(ONE)
    made = await asked("/timeline", 0, None, by_event=True)
    assert [(item.article[-1], [other.article[-1] for other in item.others]) for item in made.items] == [
        ("a", ["b", "d"]),
        ("c", []),
        ("e", []),
    ]
    assert (made.total, made.entries, made.listed) == (5, 3, 3)
    assert all(other.event == made.items[0].event for other in made.items[0].others)
    assert [other.date for other in made.items[0].others] == ["2003-04-01", "2003-04"]


async def test_pages_by_event_are_stretches_of_the_whole(ask_folder: AskFolder) -> None:
    asked = await ask_folder(ONE)
    whole = await asked("/timeline", 0, None, by_event=True)
    for at in range(3):
        page = await asked("/timeline", at, 1, by_event=True)
        assert page.items == whole.items[at : at + 1]
        assert (page.total, page.entries, page.offset) == (5, 3, at)


async def test_an_event_is_one_only_among_the_statements_that_were_asked_for(ask_folder: AskFolder) -> None:
    asked = await ask_folder(APART)
    both = await asked("/timeline")
    assert [item.date for item in both.items] == ["2012-09-12", "2012-09-13"]
    assert both.items[0].event == both.items[1].event is not None
    for by_event in (False, True):
        later = await asked("/timeline from: 2012-09-13", 0, 4, by_event=by_event)
        assert [(item.date, item.event, item.others) for item in later.items] == [("2012-09-13", None, ())]


async def test_sources_that_disagree_are_one_entry_with_both_dates(ask_folder: AskFolder) -> None:
    made = await (await ask_folder(APART))("/timeline", 0, 4, by_event=True)
    (item,) = made.items
    assert [one.date for one in (item, *item.others)] == ["2012-09-12", "2012-09-13"]
    assert made.entries == 1 and made.total == 2


async def test_undated_statements_begin_on_a_page_of_their_own_behind_the_entries(ask_folder: AskFolder) -> None:
    files = {
        **APART,
        "c.md": article("2012-10-03", "Everybody liked what the Ilisky range had to offer to Steppe Falcon."),
    }
    asked = await ask_folder(files)
    first = await asked("/timeline topic: Ilisky", 0, 1, by_event=True)
    second = await asked("/timeline topic: Ilisky", 1, 1, by_event=True)
    assert (len(first.items), first.undated) == (1, ())
    assert second.items == () or second.items[0].article == "c"
    assert first.entries is not None and first.entries < first.total
    assert first.entries + first.undated_in_all == 2
    assert (second.items + second.undated)[0].article == "c"


async def test_a_whole_list_folds_into_what_a_window_by_event_shows(ask_folder: AskFolder) -> None:
    asked = await ask_folder({**ONE, "f.md": APART["a.md"], "g.md": APART["b.md"]})
    whole = await asked("/timeline")
    listed = folded(whole)
    shown = await asked("/timeline", by_event=True)
    assert (listed.items, listed.entries, listed.total) == (shown.items, shown.entries, shown.total)
    assert listed.overview == shown.overview and listed.overview is not None
    assert sum(year.count for year in listed.overview.years) == len(listed.items) < len(whole.items)
    assert [place(whole, listed, at) for at in range(4)] == [0, 2, 4, 5]
    assert [[one.mark.edtf for one in disputed(item)] for item in listed.items] == [[], [], [], ["2012-09-13"]]
