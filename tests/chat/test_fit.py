"""Whatever an answer holds, its card is within Discord's limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kzbot.answers.model import (
    Answer,
    Arrived,
    Evidence,
    Fact,
    MatchedThrough,
    Overview,
    PassageState,
    Placed,
    Profile,
    Question,
    Receipt,
    SourceCard,
    Year,
)
from kzbot.chat.asked import Asked
from kzbot.chat.cards.frame import Tone, build, notice
from kzbot.chat.cards.render import labels, render
from kzbot.chat.cards.source import text_card
from kzbot.chat.fit import share, weigh
from kzbot.chat.handle import TEXT, Part, handle_for
from kzbot.chat.text_pages import text_pages
from kzbot.phrases import DEFAULT_FOLDER, Phrases

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
WORDS = st.text(st.sampled_from("a *_<@水🎖é\n#-1.) :/"), max_size=60)
LONG = st.builds(lambda text, times: (text or "x") * times, WORDS, st.integers(1, 200))
MAYBE = st.none() | LONG
LINKS = (
    st.none()
    | st.just("https://example.org/" + "a" * 492)
    | st.just("https://example.org/" + "b" * 600)
    | st.just("ftp://x")
)
YEARS = st.lists(st.integers(1, 9999), min_size=1, max_size=60, unique=True).map(
    lambda years: tuple(Year(year, 10**at % 10**6, 3 * at) for at, year in enumerate(sorted(years)))
)
OVERVIEWS = st.none() | st.builds(Overview, YEARS, st.just(()), st.booleans())
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def judge(discord_rules: Callable[..., list[str]]) -> Callable[[Any], list[str]]:
    def judge(view: Any) -> list[str]:
        body = {
            "type": 4,
            "data": {"components": view.to_components(), "flags": 1 << 15, "allowed_mentions": {"parse": []}},
        }
        return discord_rules("", "callback 4", body, ())

    return judge


PASSAGES = st.builds(
    PassageState,
    st.sampled_from(["unchanged", "changed", "moved", "withdrawn"]),
    LONG,
    MAYBE,
    st.just("20261121T000000Z-11111111"),
    st.sampled_from(["2026-11-21T20:33:01Z", ""]),
    *(MAYBE,) * 4,
    old_marks=st.just(((0, 5), (3, 9000))),
)


def evidence(made: ModuleType, draw: Any, number: int) -> Evidence:
    found: Evidence = made.evidence(
        number,
        draw(LONG),
        title=draw(LONG),
        publisher=draw(MAYBE),
        link=draw(LINKS),
        published_basis=draw(st.sampled_from(["stated", "inferred", "unknown"])),
        dates=tuple(
            made.DatedMark(
                made.mark("1997-11-14", draw(LONG), planned=True, anchor="1997-11", basis="resolved"), "possible"
            )
            for _ in range(draw(st.integers(0, 4)))
        ),
        where=draw(st.sampled_from(["text", "title"])),
    )
    return found


@settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_every_card_is_within_discords_limits(made: ModuleType, judge: Callable[[Any], list[str]], data: Any) -> None:
    draw = data.draw
    command = draw(st.sampled_from(["timeline", "search", "exercise", "source", "new"]))
    per_page = draw(st.integers(1, 8))
    items = tuple(evidence(made, draw, number) for number in range(draw(st.integers(1, per_page))))
    facts = tuple(
        Fact(draw(LONG), items[at % len(items)].address, draw(MAYBE), draw(st.sampled_from([None, "1997", "2001"])))
        for at in range(draw(st.integers(0, 30)))
    )
    timeline, newest = command == "timeline", tuple(map(Placed, range(3), items))
    answer = Answer(
        command,
        {"topic": draw(LONG), "query": draw(LONG), "name": "x"},
        draw(st.sampled_from(["answered", "partial", "ambiguous", "not_found", "bad_request"])),
        "answers.search.answered",
        "20261121T000000Z-11111111",
        5,
        values={"asked": draw(LONG), "count": 3},
        items=items,
        total=len(items),
        missing=tuple(draw(st.lists(LONG, max_size=3))),
        choices=tuple(draw(st.lists(LONG, max_size=40))),
        matched_through=(MatchedThrough(draw(LONG), draw(LONG), "spelling"),) * draw(st.integers(0, 4)),
        receipt=Receipt(
            "g", 5, draw(MAYBE), {"from": draw(LONG)}, tuple(draw(st.lists(LONG, max_size=9))), (draw(LONG),) * 9
        ),
        profile=Profile(draw(LONG), "exercise", (draw(LONG),) * 3, "1997", "2012", facts[:9], facts, (draw(LONG),)),
        source=SourceCard(draw(LONG), draw(LINKS), draw(MAYBE), draw(MAYBE), "2026-11-21")
        if command == "source"
        else None,
        passage=draw(st.none() | PASSAGES),
        read_as={"from": "1997", "to": "2001-02"},
        suggestion=Question(command, {"topic": draw(LONG)}),
        arrived=tuple(
            Arrived(item.article, "2026-11-20T20:33:01Z", draw(st.integers(0, 9)), 1, (draw(LONG),) * 3)
            for item in items
        )
        if command == "new"
        else (),
        undated=tuple(evidence(made, draw, number) for number in range(draw(st.integers(0, 9)))) if timeline else (),
        overview=draw(OVERVIEWS.map(lambda one: one and replace(one, newest=newest))) if timeline else None,
    )
    page, part = draw(st.integers(0, 5) | st.sampled_from([19901, 10002, 3, 999999999])), draw(st.sampled_from(Part))
    asked = Asked(handle_for(10**12, command, answer.generation), answer, per_page, page, part, True, True)

    async def make() -> Any:
        return render(PHRASES, asked)

    assert judge(asyncio.run(make())) == []


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_every_page_of_a_text_is_within_discords_limits(judge: Callable[[Any], list[str]], data: Any) -> None:
    text, page = data.draw(LONG), data.draw(st.integers(0, 9))
    handle = handle_for(1, "source", "g").to(TEXT)

    async def make() -> Any:
        return build(text_card(PHRASES, handle, "Title", text, text_pages(text), page), labels(PHRASES))

    assert judge(asyncio.run(make())) == []


async def test_a_notice_is_a_card(judge: Callable[[Any], list[str]]) -> None:
    assert judge(notice("Words", Tone.TROUBLE)) == []


@given(st.lists(st.floats(0, 1e4), max_size=10), st.floats(-10, 1e4))
def test_a_share_is_never_more_than_needed_or_than_there_is(needs: list[float], budget: float) -> None:
    given_ = share(needs, budget)
    assert all(one <= need for one, need in zip(given_, needs, strict=True))
    assert sum(given_) <= max(budget, 0) + 1e-6
    if sum(needs) <= budget:
        assert given_ == pytest.approx(needs)


@given(st.text())
def test_weight_bounds_characters_and_bytes(text: str) -> None:
    encoded = text.encode("utf-16-le", "surrogatepass")
    assert weigh(text) >= len(encoded) // 2 - 1e-6
    assert weigh(text) * 2.5 >= len(text.encode("utf-8", "surrogatepass")) - 1e-6


@pytest.mark.parametrize("status", ["answered", "partial"])
async def test_the_fullest_card_keeps_all_that_it_showed(
    made: Any, monkeypatch: pytest.MonkeyPatch, status: Any
) -> None:
    """What only unfolds something becomes a button, and heading and foot stand in entries; no excerpt is lost or cut."""
    items = tuple(made.evidence(number, link=f"https://example.org/{number}") for number in range(60))
    for page in (0, 3):
        given = made.answered(
            made.Question("timeline", {"topic": "x"}),
            made.Made("20261121T000000Z-11111111"),
            items,
            made.Window(8 * page, 8),
            undated=items[:8],
            undated_total=20,
            overview=made.Overview(made.years_of(items), leads=True),
            message="answers.search.answered",
        )
        given = replace(given, status=status, missing=("elsewhere",) if status == "partial" else ())
        asked = Asked(handle_for(1, "timeline", "g"), given, 8, page=page, private=True, in_server=True)
        view = render(made.phrases(), asked)
        with monkeypatch.context() as before:
            before.setattr("kzbot.chat.cards.render.rating_row", lambda *_: ())
            bare = render(made.phrases(), asked)
        shown, former = (list(every.walk_children()) for every in (view, bare))
        labels = [one.label for one in shown if hasattr(one, "label")]
        wanted = {"Useful", "Not useful"} | ({"Tell me"} if status == "partial" else set())
        assert len(shown) <= 40 and {label for label in labels if label} >= wanted
        assert "Open" in [getattr(one, "label", "") for one in former] if page == 0 else True
        assert any("20 statements" in label for label in labels) == (page == 0)
        text, was = ("\n".join(one.content for one in every if hasattr(one, "content")) for every in (shown, former))
        assert [line for line in was.splitlines() if line not in text and "20 statements" not in line] == []
