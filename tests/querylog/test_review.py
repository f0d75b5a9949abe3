"""Ratings, wishes and reviews: each counted once, closed and open again, gone with their questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzbot.querylog.ledger.rows import Actor, OverlayRecord
from kzbot.querylog.log import QueryLog
from kzbot.querylog.review.rows import GroupFilters, Ratings, ReviewKind, ReviewRecord
from kzbot.querylog.rows import QueryRecord

Asked = Callable[..., QueryRecord]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MODERATOR = Actor(place="discord", user=7)


async def ask(log: QueryLog, asked: Asked, words: str, status: str = "not_found", **more: Any) -> int:
    return await log.record(asked(command="search", options={"query": words}, status=status, **more))


async def reviewed(log: QueryLog, alike: str, kind: ReviewKind = "dismissed", **more: Any) -> int:
    return await log.review.add(ReviewRecord(at=NOW, actor=MODERATOR, kind=kind, alike=alike, **more))


async def names(log: QueryLog, **filters: Any) -> list[str]:
    groups, total = await log.review.groups(50, 0, GroupFilters(**filters))
    assert total == len(groups)
    return [one.alike for one in groups]


async def test_a_later_rating_takes_the_place_of_a_persons_earlier_one(log: QueryLog, asked: Asked) -> None:
    number = await ask(log, asked, "x", "answered")
    for user, useful in ((1, True), (2, False), (1, False), (1, False)):
        await log.review.rate(number, user, useful, NOW)
    assert await log.review.ratings(number) == Ratings(0, 2)
    assert (await log.review.groups(1))[0][0].not_useful == 2
    await log.review.rate(number, 2, True, NOW)
    await log.review.rate(number, 1, True, NOW)
    assert await log.review.ratings(number) == Ratings(2, 0) and await names(log) == []


async def test_what_was_not_answered_and_is_rated_is_listed_as_both_and_counted_once(
    log: QueryLog, asked: Asked
) -> None:
    poor, good = await ask(log, asked, "x", "partial"), await ask(log, asked, "x", "answered")
    for query, user in ((poor, 1), (poor, 2), (good, 1), (good, 2)):
        await log.review.rate(query, user, False, NOW)
    assert await names(log, want="not_useful") == ["x"] == await names(log, want="partial")
    ((group,), _) = await log.review.groups(1)
    assert (dict(group.statuses), group.not_useful, group.in_vain) == ({"partial": 1}, 4, 2)
    for query, user, said in ((poor, 1, (3, 2)), (good, 1, (2, 2)), (good, 2, (1, 1)), (poor, 2, (0, 1))):
        await log.review.rate(query, user, True, NOW)
        ((group,), _) = await log.review.groups(1)
        assert (group.not_useful, group.in_vain) == said, "who changed their mind"
    assert await names(log, want="not_useful") == []


async def test_a_rating_stays_one_whatever_is_kept_of_people_meanwhile(log: QueryLog, asked: Asked) -> None:
    number = await ask(log, asked, "x", "answered")
    for mode in ("kept", "hashed", "none"):
        log.review._people = replace(log.people, mode=mode)
        await log.review.rate(number, 1, False, NOW)
    assert (await log.review.ratings(number)).not_useful == 1


async def test_a_rating_of_a_question_that_is_gone_is_not_kept(log: QueryLog) -> None:
    await log.review.rate(99, 1, False, NOW)
    await log.review.wish(99, 1, NOW)
    assert await log.review.ratings(99) == Ratings() and await log.review.wish_of(99, 1) is None


async def test_groups_are_the_most_wanted_first_with_all_that_is_counted(log: QueryLog, asked: Asked) -> None:
    for user, status in ((1, "not_found"), (2, "partial"), (2, "not_found"), (3, "answered")):
        await ask(log, asked, "КАДЭКС", status, user=user)
    once = await ask(log, asked, "other thing", "ambiguous", user=None)
    rated = await ask(log, asked, "known", "answered")
    await log.review.rate(rated, 5, False, NOW)
    await ask(log, asked, "fine", "answered")
    await ask(log, asked, "wrong", "bad_request")
    await log.review.wish(once, 4, NOW)
    groups, total = await log.review.groups(10)
    told = [(g.alike, dict(g.statuses), g.not_useful, g.asked, g.people, dict(g.wishes)) for g in groups]
    assert total == 3
    assert told == [
        ("kadeks", {"not_found": 2, "partial": 1}, 0, 4, 2, {}),
        ("known", {}, 1, 1, 1, {}),
        ("other thing", {"ambiguous": 1}, 0, 1, 0, {"open": 1}),
    ]
    assert groups[0].latest.number == 3 and groups[1].latest.number == rated
    assert [one.number for one in await log.review.questions("kadeks", 2)] == [3, 2]
    for want, expected in (("not_found", ["kadeks"]), ("partial", ["kadeks"]), ("ambiguous", ["other thing"]), ("not_useful", ["known"])):  # fmt: skip
        assert await names(log, want=want) == expected
    page, total = await log.review.groups(1, 1)
    assert [one.alike for one in page] == ["known"] and total == 3


async def test_since_keeps_what_was_asked_on_that_day_or_later(log: QueryLog, asked: Asked) -> None:
    await ask(log, asked, "early", asked_at=NOW - timedelta(days=9))
    await ask(log, asked, "late", asked_at=NOW)
    assert await names(log, since=date(2026, 11, 22)) == ["late"]
    assert await names(log, since=date(2026, 11, 1)) == ["late", "early"]
    assert await names(log, since=date(2027, 1, 1)) == []


@pytest.mark.parametrize("kind", ["dismissed", "spelling"])
async def test_what_was_closed_is_open_again_when_it_is_asked_in_vain(
    log: QueryLog, asked: Asked, kind: ReviewKind
) -> None:
    await ask(log, asked, "x")
    overlay = await log.ledger.lay(OverlayRecord(at=NOW, actor=MODERATOR, kind="spelling", words="x", name="n"))
    await reviewed(log, "x", kind, overlay=overlay if kind == "spelling" else None)
    assert await names(log) == [] and await names(log, shown="closed") == ["x"] == await names(log, shown="all")
    good = await ask(log, asked, "x", "answered")
    assert await names(log) == []
    await log.review.rate(good, 3, False, NOW)
    assert await names(log) == ["x"] and await names(log, shown="closed") == []
    await reviewed(log, "x", "dismissed")
    assert await names(log) == []
    await ask(log, asked, "x", "partial")
    assert await names(log) == ["x"]


async def test_a_spelling_that_was_taken_back_leaves_its_questions_open(log: QueryLog, asked: Asked) -> None:
    await ask(log, asked, "x")
    overlay = await log.ledger.lay(OverlayRecord(at=NOW, actor=MODERATOR, kind="spelling", words="x", name="n"))
    await reviewed(log, "x", "spelling", overlay=overlay)
    await log.ledger.lift(overlay, MODERATOR, NOW)
    assert await names(log) == ["x"] and (await log.review.groups(1))[0][0].reviews == ()


async def test_a_review_is_a_deed_and_is_taken_back_once(log: QueryLog, asked: Asked) -> None:
    await ask(log, asked, "x")
    number = await reviewed(log, "x", "source", remark="the report")
    assert await names(log, shown="source") == ["x"] == await names(log)
    ((group,), _) = await log.review.groups(1)
    assert group.review("source") is not None and group.reviews[0].remark == "the report"
    assert await log.review.undo(number, MODERATOR, NOW) and not await log.review.undo(number, MODERATOR, NOW)
    assert not await log.review.undo(2**70, MODERATOR, NOW)
    assert await names(log, shown="source") == []
    deeds, _ = await log.ledger.deeds(5)
    assert [(one.action, one.about, one.actor, dict(one.details)) for one in deeds] == [
        ("review undone", number, MODERATOR, {}),
        ("review source", number, MODERATOR, {}),
    ], "no word of the question, nor of the remark"


async def test_wishes_are_due_where_their_telling_is_asked_for(log: QueryLog, asked: Asked) -> None:
    first, second = await ask(log, asked, "x"), await ask(log, asked, "X!")
    await ask(log, asked, "y")
    for number, user in ((first, 1), (second, 2), (3, 3)):
        await log.review.wish(number, user, NOW)
    assert await log.review.due() == []
    tell = await reviewed(log, "x", "tell")
    due = await log.review.due()
    assert [(one.wish.user, one.question.number) for one in due] == [(1, first), (2, second)]
    assert await log.review.begin_telling(due[0].wish, NOW)
    assert not await log.review.begin_telling(due[0].wish, NOW)
    await log.review.unwish(second, 2)
    assert await log.review.due() == [] and (await log.review.group("x")).wishes == {"telling": 1}  # type: ignore[union-attr]
    await log.review.undo(tell, MODERATOR, NOW)
    await log.review.wish(second, 2, NOW)
    assert await log.review.due() == []


async def test_all_goes_with_the_questions_it_is_about(log: QueryLog, asked: Asked, path: Path) -> None:
    number = await ask(log, asked, "secret words")
    await ask(log, asked, "other", "partial")
    await log.review.rate(number, 1, False, NOW)
    await log.review.wish(number, 1, NOW)
    review = await reviewed(log, "secret words", "tell")
    await log._writer.write("DELETE FROM queries WHERE number = ?", (number,))
    assert await names(log, shown="all") == ["other"]
    assert await log.review.wish_of(number, 1) is None and await log.review.ratings(number) == Ratings()
    found = await log.review.review(review)
    assert found is not None and found.alike is None
    assert await log.review.group("secret words") is None and await log.review.group_of(number) is None


@pytest.mark.parametrize("mode", ["kept", "hashed", "none"])
async def test_the_id_of_who_was_told_is_not_kept_from_the_moment_on_in_which_telling_begins(
    log: QueryLog, asked: Asked, mode: Any
) -> None:
    log.review._people = replace(log.people, mode=mode)
    number = await ask(log, asked, "x")
    await log.review.wish(number, 11, NOW)
    await reviewed(log, "x", "tell")
    (due,) = await log.review.due()
    assert due.wish.user == 11, "whatever is kept else: nobody can be told otherwise"
    await log.review.begin_telling(due.wish, NOW)
    assert await log._reader.rows("SELECT 1 FROM wishes WHERE user > 0", ()) == []
    await log.review.end_telling(due.wish, "open", NOW)
    assert [one.wish.user for one in await log.review.due()] == [11]
    await log.review.begin_telling(due.wish, NOW)
    await log.review.end_telling(due.wish, "told", NOW)
    assert await log._reader.rows("SELECT 1 FROM wishes WHERE user > 0", ()) == []
    found = await log.review.wish_of(number, 11)
    assert (found is None) if mode == "none" else (found is not None and found.state == "told")
