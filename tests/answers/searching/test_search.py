import asyncio
import importlib
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Question, Window
from kzbot.index.generation import Generation

Ask = Callable[..., Awaitable[Answer]]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("nonlethal equipment", "buy nonlethal equipment"),
        ("when did Dzhaksybekov meet Hagel", "met U.S. Secretary of Defence Chuck Hagel"),
        ("West Point traineeships", "West Point Military Academy"),
        ("CTR silos", "dismantlement of silos"),
        ("how many troops participated in CENTRAZBAT", "1,400 troops"),
        ("educating the Kazakhstani military at schools", "educate Kazakhstani military at U.S. military schools"),
        ('"tunnel closures"', "tunnel closures"),
        ("KADEX exhibition", "international exhibition KADEX 2014"),
        ("which countries took part in Steppe Eagle 2012", "In September 2012, the exercise"),
        ("how many troops took part in CENTRAZBAT 97", "1,400 troops"),
        ("How often is Steppe Eagle held?", "The annual 'Steppe Eagle'"),
        ("Did Lithuania take part in Steppe Eagle?", "Lithuania"),
        ("who was the defence minister of Kazakhstan in 2013", "Minister of Defence Adilbek Dzhaksybekov met"),
        ("US Secretary of Defense in 2013", "Chuck Hagel on Nov. 14"),
        ("Shelton Altynbayev military contact plan", "Muhktar Altnybayev"),
        ("defence conversion", "defense conversion"),
        ("organisation of the army", "organization of the American Army"),
        ("what did Hagel say about Afghanistan", "Hagel noted"),
        ("November 1997", "Nov"),
        ("July 20, 1998", "today"),
        ("what happened in September 1997", "In September, about 1,400 troops"),
        ("centrasbat97", "CENTRAZBAT 97"),
    ],
)
async def test_the_passage_that_answers_stands_first(ask: Ask, query: str, words: str) -> None:
    answer = await ask(f"/search query: {query}")
    assert answer.status == "answered", answer.missing
    assert words in answer.items[0].excerpt


@pytest.mark.parametrize(
    "query",
    [
        "recipe for chocolate cake",
        "football world cup",
        "weather tomorrow",
        "Brexit",
        "quantum computing in Kazakhstan",
        "zzzz",
    ],
)
async def test_a_question_about_something_else_gets_no_passage(
    ask: Ask, query: str, contract: Callable[[Answer], list[str]]
) -> None:
    answer = await ask(f"/search query: {query}")
    assert (answer.status, answer.items) == ("not_found", ())
    assert contract(answer) == []


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("CENTRAZBAT 98", "98"),
        ("Steppe Eagle 2013", "2013"),
        ("British troops Steppe Eagle", "troops"),
        ("Was Germany in CENTRAZBAT 97", "Germany"),
        ("president of the United States", "United States"),
    ],
)
async def test_a_year_or_a_party_that_is_not_told_of_is_missing(ask: Ask, query: str, missing: str) -> None:
    answer = await ask(f"/search query: {query}")
    assert answer.status == "not_found" or (answer.status, answer.missing) == ("partial", (missing,))


@pytest.mark.parametrize(
    "query", ["Ukraine defence minister", "German defence minister", "minister of defence of France"]
)
async def test_one_countrys_minister_is_not_anothers(ask: Ask, query: str) -> None:
    answer = await ask(f"/search query: {query}")
    assert answer.status == "not_found" or (answer.status == "partial" and "minister" in answer.missing)


async def test_what_was_asked_is_named_where_nothing_is_found(ask: Ask) -> None:
    answer = await ask("/search from: 1990 query: chess club")
    assert (answer.status, answer.values["asked"]) == ("not_found", "chess club")


async def test_a_year_finds_what_is_dated_in_it_in_other_words(ask: Ask) -> None:
    answer = await ask("/search query: 1997")
    assert answer.status == "answered"
    assert {item.date for item in answer.items} == {"1997-09", "1997-11", "1997-11-17"}


async def test_another_spelling_of_a_name_is_said(ask: Ask) -> None:
    answer = await ask("/search query: Жақсыбеков")
    assert [(one.used, one.how) for one in answer.matched_through] == [("Adilbek Dzhaksybekov", "transliteration")]
    answer = await ask("/search query: Джаксыбеков")
    assert [(one.used, one.how) for one in answer.matched_through] == [("Dzhaksybekov", "variant")]
    assert all("Dzhaksybekov" in item.excerpt for item in answer.items)
    assert (await ask("/search query: Hagel")).matched_through == ()


async def test_the_askers_own_spelling_stands_first(ask: Ask) -> None:
    assert "NATO" in (await ask("/search query: NATO")).items[0].excerpt
    assert "North Atlantic Alliance" in (await ask("/search query: North Atlantic Alliance")).items[0].excerpt


async def test_a_pronoun_is_not_a_country(ask: Ask) -> None:
    answer = await ask("/search query: US")
    assert not any(
        item.excerpt[s - item.start : e - item.start] == "us" for item in answer.items for s, e in item.highlights
    )


async def test_what_the_best_passage_lacks_is_named(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    answer = await ask("/search query: Hagel visit to Astana")
    assert answer.status in ("partial", "not_found")
    if answer.status == "partial":
        assert "visit" in answer.missing
    assert contract(answer) == []


async def test_a_slip_is_mended_and_said(ask: Ask) -> None:
    answer = await ask("/search query: nonletal equipmnt")
    assert "nonlethal equipment" in answer.items[0].excerpt
    assert {one.how for one in answer.matched_through} == {"spelling"}


async def test_matched_words_are_marked(ask: Ask) -> None:
    item = (await ask("/search query: nonlethal equipment")).items[0]
    marked = [item.excerpt[start - item.start : end - item.start] for start, end in item.highlights]
    assert marked == ["nonlethal", "equipment"]


async def test_from_and_to_are_held_against_the_articles_date(ask: Ask) -> None:
    answer = await ask("/search query: military cooperation from: 2009 to: 2011")
    assert {item.article[:3] for item in answer.items} == {"001"}
    assert {item.fit for item in answer.items} == {"certain"}
    answer = await ask("/search query: military cooperation from: 2010 to: 2010")
    assert {item.fit for item in answer.items} == {"possible"}


async def test_page_furniture_is_never_evidence(ask: Ask) -> None:
    for query in (
        "Bookmark and Share",
        "Stay Connected",
        "Contact Author",
        "Caucasus Map",
        '"IMMEDIATE RELEASE"',
        '"377-98"',
        "5737",
    ):
        answer = await ask(f"/search query: {query}")
        for item in answer.items:
            for furniture in (
                "Bookmark",
                "Stay Connected",
                "Contact Author",
                "Caucasus Map",
                "IMMEDIATE",
                "377-98",
                "5737",
            ):
                assert furniture not in item.excerpt


@pytest.mark.parametrize("query", ["???", "what is the", "how many are there", "the"])
async def test_stop_words_alone_are_no_question(ask: Ask, query: str) -> None:
    answer = await ask(f"/search query: {query}")
    assert (answer.status, answer.items) == ("bad_request", ())


@pytest.mark.parametrize(
    "query", ["AND OR NOT", '"unclosed', "a* OR (b", "col:umn", "NEAR(x y)", "^x", "''; DROP TABLE", "\\", "%_%"]
)
async def test_no_syntax_of_the_index_is_obeyed(ask: Ask, query: str, contract: Callable[[Answer], list[str]]) -> None:
    answer = await ask(f"/search query: {query}")
    assert answer.status in ("answered", "partial", "not_found", "bad_request")
    assert contract(answer) == []


@pytest.mark.parametrize(
    ("steps", "question"),
    [
        # a step of the work, and a question that takes hundreds of such steps
        ("kzbot.language.names.lookup:NameLookup.find", " ".join(f"qzx{at}" for at in range(100))),
        ("kzbot.answers.searching.concepts:name_concept", "Kazakhstan, NATO; " * 60),
        ("kzbot.answers.searching.carried_concepts:key_of", " ".join(f"qzx{at}" for at in range(100))),
        ("kzbot.answers.searching.ranking:cover", "the military exercise of Kazakhstan and NATO in the steppe " * 10),
    ],
)
async def test_a_question_of_many_words_lets_others_be_answered_meanwhile(
    seeds: Generation, monkeypatch: pytest.MonkeyPatch, steps: str, question: str
) -> None:
    turns, done = 0, Counter[int]()
    module, _, name = steps.partition(":")
    *owner, last = name.split(".")
    where = getattr(importlib.import_module(module), owner[0]) if owner else importlib.import_module(module)
    step = getattr(where, last)

    def counted(*given: Any, **named: Any) -> Any:
        done[turns] += 1
        return step(*given, **named)

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    monkeypatch.setattr("kzbot.answers.turns.AT_ONCE", 0.0)  # else what is quick waits for more of its kind
    monkeypatch.setattr(where, last, counted)
    beside = asyncio.create_task(others())
    asked = Question("search", {"query": question})
    await answer(asked, seeds, Window(0, 5), date(2026, 11, 22))
    beside.cancel()
    assert done.total() >= 5 and max(done.values()) <= 6, "each step by itself, or a few"


async def test_a_very_long_question_is_answered_as_if_nobody_had_been_let_in(
    seeds: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(
        "search", {"query": ("Which exercise did Kazakhstan and NATO hold in the steppe in 2012? " * 40)}
    )

    async def asked(at_once: float) -> Answer:
        monkeypatch.setattr("kzbot.answers.turns.AT_ONCE", at_once)
        return replace(await answer(question, seeds, Window(0, 5), date(2026, 11, 22)), took_ms=0.0)

    one, other = await asyncio.gather(asked(0.0), asked(0.0))
    assert one == other == await asked(1e9)
