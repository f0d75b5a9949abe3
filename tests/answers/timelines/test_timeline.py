"""What a careful reader finds on the timeline of the five articles, and nothing else."""

from collections.abc import Awaitable, Callable

import pytest

from kzbot.answers.model import Answer

Ask = Callable[..., Awaitable[Answer]]
AskFolder = Callable[[dict[str, str]], Awaitable[Callable[[str], Awaitable[Answer]]]]

# date, modifier, basis, words, the article's number
STATEMENTS = [
    ("1996", None, "stated", "1996", "003"),
    ("1997-09", None, "resolved", "September", "003"),
    ("1997-11", "mid", "resolved", "mid-November", "003"),
    ("1997-11-17", None, "resolved", "Nov. 17", "003"),
    ("1998", "fiscal", "stated", "fiscal 1998", "003"),
    ("1998-07-20", None, "resolved", "today", "004"),
    ("2003/2004", None, "stated", "2003-2004", "001"),
    ("2007/..", None, "stated", "Since 2007", "001"),
    ("2012-09", None, "stated", "September 2012", "002"),
    ("2012-11", None, "stated", "November 2012", "000"),
    ("2013/2017", None, "stated", "2013-2017", "000"),
    ("2013-11-14", None, "resolved", "Nov. 14", "000"),
    ("2013-11-14", None, "resolved", "the same day", "000"),
]


def rows(answer: Answer) -> list[tuple[str | None, str | None, str, str, str]]:
    return [
        (
            item.date,
            item.dates[0].mark.modifier,
            item.dates[0].mark.basis,
            item.dates[0].mark.words or "",
            item.article[:3],
        )
        for item in answer.items
    ]


async def test_every_dated_statement_of_the_five_articles_and_no_other(ask: Ask) -> None:
    answer = await ask("/timeline")
    assert rows(answer) == STATEMENTS
    assert (answer.status, answer.total) == ("answered", len(STATEMENTS))


async def test_a_page_is_a_stretch_of_the_whole(ask: Ask) -> None:
    page = await ask("/timeline", offset=4, count=3)
    assert rows(page) == STATEMENTS[4:7]
    assert (page.total, page.offset) == (len(STATEMENTS), 4)


async def test_a_topic_is_found_where_the_text_only_says_the_exercise(ask: Ask) -> None:
    answer = await ask("/timeline topic: Steppe Eagle from: 2012")
    assert [(item.date, item.dates[0].fit) for item in answer.items] == [
        ("2007/..", "possible"),
        ("2012-09", "certain"),
    ]
    assert answer.read_as == {"from": "2012"}


async def test_statements_without_a_date_stand_apart(ask: Ask) -> None:
    answer = await ask("/timeline topic: Steppe Eagle")
    assert [item.date for item in answer.items] == ["2007/..", "2012-09"]
    assert answer.undated and all(item.date is None for item in answer.undated)
    assert any(item.excerpt.startswith("The annual 'Steppe Eagle'") for item in answer.undated)


async def test_friday_in_an_article_of_unknown_day_has_no_date(ask: Ask) -> None:
    answer = await ask("/timeline topic: Richard Hoagland")
    assert answer.items == ()
    assert answer.status == "answered"
    assert ["Friday" in item.excerpt for item in answer.undated] == [True]


async def test_a_year_in_a_name_puts_nothing_on_a_timeline_but_is_shown(ask: Ask) -> None:
    answer = await ask("/timeline topic: CENTRAZBAT")
    item = next(item for item in answer.items if item.date == "1997-09")
    assert [(one.mark.edtf, one.mark.edition) for one in item.dates] == [("1997-09", False), ("1997", True)]
    assert not any(item.date == "2014" for item in (await ask("/timeline topic: KADEX")).items)


async def test_the_dateline_is_no_part_of_the_statement(ask: Ask) -> None:
    answer = await ask("/timeline articles: true")
    assert [(item.date, item.article[:3]) for item in answer.items] == [
        ("1997-11-26", "003"),
        ("1998-07-20", "004"),
        ("[2009-06-24..2011-01-31]", "001"),
        ("[2012-10-01..2013-12-31]", "002"),
        ("2013-11", "000"),
    ]
    assert all(item.dates[0].mark.basis == "published" and item.dates[0].mark.words is None for item in answer.items)


async def test_a_title_made_from_the_address_is_never_quoted(ask: Ask) -> None:
    answer = await ask("/timeline articles: true")
    item = answer.items[-1]
    assert (item.title_basis, item.where) == ("inferred", "text")
    assert item.excerpt.startswith("Kazakhstan Minister of Defence Adilbek Dzhaksybekov met")


async def test_reversed_dates_offer_the_swap(ask: Ask) -> None:
    answer = await ask("/timeline from: 2013 to: sept 1997")
    assert answer.status == "bad_request"
    assert answer.suggestion is not None
    assert answer.suggestion.options == {"from": "sept 1997", "to": "2013"}


async def test_nothing_is_said_plainly_with_a_receipt(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    answer = await ask("/timeline topic: Antarctica")
    assert (answer.status, answer.items, answer.undated) == ("not_found", (), ())
    assert answer.receipt is not None and answer.receipt.articles == 5
    assert contract(answer) == []


async def test_plain_words_are_a_topic_too(ask: Ask) -> None:
    answer = await ask("/timeline topic: joint activities")
    assert [item.date for item in answer.items] == ["2003/2004"]


async def test_every_excerpt_is_the_articles_own_text(ask: Ask) -> None:
    texts: dict[str, str] = {}
    for item in (await ask("/timeline")).items:
        if item.article not in texts:
            source = (await ask(f"/source what: {item.article}")).source
            assert source is not None
            texts[item.article] = source.text
        assert item.excerpt == texts[item.article][item.start : item.end]
        for one in item.dates:
            assert one.mark.words == texts[item.article][one.mark.start : one.mark.end]


async def test_two_dates_of_a_passage_stand_once_each(ask_folder: AskFolder) -> None:
    asked = await ask_folder(
        {"a.md": "---\ntitle: Two\npublished: 2001-05-04\n---\nThe talks of 3 May 1999 were resumed on 4 June 2000.\n"}
    )
    answer = await asked("/timeline")
    assert [item.date for item in answer.items] == ["1999-05-03", "2000-06-04"]
    assert answer.items[0].excerpt == answer.items[1].excerpt
    assert [one.mark.edtf for one in answer.items[1].dates] == ["2000-06-04", "1999-05-03"]


async def test_days_typed_with_a_topic_are_a_filter(ask: Ask) -> None:
    for topic, dates in (
        ("agreement 1997", ["1997-11-17"]),
        ("1997", ["1997-09", "1997-11", "1997-11-17"]),
        ("Cohen July 1998", ["1998-07-20", "1998-07-20"]),
        ("Steppe Eagle 2012", ["2007/..", "2012-09"]),
    ):
        answer = await ask(f"/timeline topic: {topic}")
        assert [item.date for item in answer.items] == dates
        assert answer.undated == () and set(answer.read_as) == {"topic"}


async def test_a_topic_in_the_title_alone_makes_no_statement_about_it(ask: Ask) -> None:
    answer = await ask("/timeline topic: defence minister")
    assert [item.date for item in answer.items] == ["1997-11", *["1998-07-20"] * 3, "2013-11-14"]
    assert "U.S., Kazakhstan Increase Military Ties" not in [item.excerpt for item in answer.items]


async def test_a_misspelt_name_is_the_name(ask_folder: AskFolder) -> None:
    text = "Boeing sold ten aircraft on 3 May 1999.\n\nThey flew on 4 June 2000.\n"
    asked = await ask_folder({"a.md": f"---\ntitle: Boeing sells\npublished: 2001-05-04\n---\n{text}"})
    right, wrong = await asked("/timeline topic: Boeing"), await asked("/timeline topic: Boing")
    assert [item.date for item in right.items] == ["1999-05-03", "2000-06-04", "2001-05-04"]
    assert wrong.items == right.items and wrong.matched_through[0].used == "Boeing"


NEWS = {
    "front.txt": (
        "---\ntitle: Norvia tries again\npublished: 2016-10-09\n---\nNorvia tries again\n\n"
        "Norvia withdrew its bid for the much smaller company Avella on Friday.\n\n"
        "Many shareholders criticised the board of Norvia for the way in which it did so.\n\n"
        "Norvia said that it would look for another company to buy in the south of the country.\n\n"
        "Norvia has dismissed its chairman, who had called the bid the chance of a lifetime.\n"
    ),
    "today.txt": (
        "---\ntitle: Owners of Norvia hire chairman\npublished: 2016-10-09\n---\nOwners of Norvia hire chairman\n\n"
        "Norvia hired a new chairman. She welcomed Norvia's plan, which was drawn up in Avella in May 2014. "
        "Norvia hosted the 2012 World Cup.\n"
    ),
}


async def test_what_goes_on_from_another_days_news_is_not_of_the_articles_own_day(ask_folder: AskFolder) -> None:
    answer = await (await ask_folder(NEWS))("/timeline topic: Norvia")
    told = {(item.date, item.excerpt) for item in answer.items}
    assert ("2016-10-07", "Norvia withdrew its bid for the much smaller company Avella on Friday.") in told
    assert not any("criticised" in excerpt or "said that" in excerpt for _, excerpt in told)
    assert any("dismissed" in excerpt and day == "2016-10-09" for day, excerpt in told)
    assert any("criticised" in item.excerpt for item in answer.undated)


async def test_what_was_held_in_an_earlier_year_is_not_of_the_articles_own_day(ask_folder: AskFolder) -> None:
    answer = await (await ask_folder(NEWS))("/timeline topic: Norvia")
    assert any(item.excerpt == "Norvia hired a new chairman." and item.date == "2016-10-09" for item in answer.items)
    assert not any("World Cup" in item.excerpt for item in answer.items)
    assert any("World Cup" in item.excerpt for item in answer.undated)


async def test_a_clause_about_an_unnamed_thing_dates_whatever_its_sentence_names(ask_folder: AskFolder) -> None:
    answer = await (await ask_folder(NEWS))("/timeline topic: Norvia")
    assert [item.excerpt[:12] for item in answer.items if item.date == "2014-05"] == ["She welcomed"]


async def test_a_heading_in_the_plural_is_news_where_the_first_sentence_says_the_same(ask_folder: AskFolder) -> None:
    same = await (await ask_folder(NEWS))("/timeline topic: Norvia")
    assert ("2016-10-09", "Owners of Norvia hire chairman") in {(item.date, item.excerpt) for item in same.items}


async def test_what_a_nameless_sentence_reports_belongs_to_who_acted_before_it(ask_folder: AskFolder) -> None:
    text = "Ana Torv has led the carrier Norvia since 2012.\n\nShe met the unions of the town in its old hall.\n"
    asked = await ask_folder({"a.md": f"---\ntitle: Ana Torv of Norvia\npublished: 2016-10-09\n---\n{text}"})
    shown = {
        topic: {item.date for item in (await asked(f"/timeline topic: {topic}")).items if "unions" in item.excerpt}
        for topic in ("Norvia", "Ana Torv")
    }
    assert shown == {"Norvia": set(), "Ana Torv": {"2016-10-09"}}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("from: since 2012-11", {"from": "2012-11"}),
        ("from: 1997 to 1999", {"from": "1997"}),
        ("to: 1997-1999", {"to": "1999"}),
        ("to: until 2012", {"to": "2012"}),
    ],
)
async def test_from_and_to_say_the_end_that_they_go_by(ask: Ask, typed: str, read: dict[str, str]) -> None:
    assert (await ask(f"/timeline {typed}")).read_as == read


@pytest.mark.parametrize("typed", ["from: until 2012", "to: since 2007"])
async def test_a_date_that_is_open_where_the_filter_needs_a_day_is_a_mistake(ask: Ask, typed: str) -> None:
    answer = await ask(f"/timeline {typed}")
    assert answer.status == "bad_request" and answer.message == f"answers.bad_request.open_{typed.partition(':')[0]}"


@pytest.mark.parametrize("topic", ["Kazakhstan's", "Kazakstan's", "казахстан"])
async def test_the_sentence_names_what_the_list_is_about(ask: Ask, topic: str) -> None:
    assert (await ask(f"/timeline topic: {topic}")).values["topic"] == "Kazakhstan"
