from collections.abc import Awaitable, Callable

from kzbot.answers.model import Answer

Ask = Callable[..., Awaitable[Answer]]


async def test_who_took_part_in_steppe_eagle_and_as_what(ask: Ask) -> None:
    profile = (await ask("/exercise name: Steppe Eagle")).profile
    assert profile is not None
    of_2012 = {(fact.value, fact.capacity) for fact in profile.participants if fact.edition == "2012"}
    units = {"Kazakhstan", "United States", "United Kingdom", "Tajikistan"}
    guests = {"Germany", "Italy", "Lithuania", "Kyrgyzstan", "Tajikistan", "France", "Switzerland", "Ukraine"}
    assert of_2012 == {(name, "units") for name in units} | {(name, "representatives") for name in guests}
    since_2007 = [fact for fact in profile.participants if fact.date == "2007/.."]
    assert [(fact.value, fact.capacity) for fact in since_2007] == [("United States", "military servants")]


async def test_who_took_part_in_centrazbat(ask: Ask) -> None:
    answer = await ask("/exercise name: Centrasbat-97")
    profile = answer.profile
    assert profile is not None and profile.name == "CENTRAZBAT"
    troops = {"Kazakhstan", "Uzbekistan", "Kyrgyzstan", "Russia", "Georgia", "Turkey", "United States"}
    assert {(fact.value, fact.capacity, fact.edition) for fact in profile.participants} == {
        (name, "troops", "1997") for name in troops
    }
    assert [(fact.edition, fact.date) for fact in profile.editions] == [("1997", "1997-09")]
    assert profile.related == ("Central Asian Peacekeeping Battalion",)
    assert answer.matched_through


async def test_first_and_last_dated_mention(ask: Ask) -> None:
    profile = (await ask("/exercise name: steppe eagle")).profile
    assert profile is not None
    assert (profile.first, profile.last) == ("2007/..", "2012-09")
    assert [(fact.edition, fact.date) for fact in profile.editions] == [("2012", "2012-09")]


async def test_every_fact_leads_to_an_item(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    for name in ("Steppe Eagle", "CENTRAZBAT", "Golden Medic", "Regional Cooperation", "Joint Efforts"):
        answer = await ask(f"/exercise name: {name}")
        assert answer.status == "answered", name
        assert answer.profile is not None
        addresses = {item.address for item in answer.items}
        assert {fact.address for fact in (*answer.profile.editions, *answer.profile.participants)} <= addresses
        assert contract(answer) == []


async def test_regional_security_cooperation_is_not_the_exercise(ask: Ask) -> None:
    answer = await ask("/exercise name: Regional Cooperation")
    assert [item.article[:3] for item in answer.items] == ["001"]


async def test_an_exercise_that_nobody_knows_is_not_found(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    answer = await ask("/exercise name: Cobra Gold")
    assert (answer.status, answer.items) == ("not_found", ())
    assert answer.receipt is not None and answer.receipt.nearest
    assert contract(answer) == []


async def test_a_year_that_no_passage_tells_of_is_missing(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    for year, missing in (("2012", ()), ("2007", ()), ("2013", ("2013",))):
        answer = await ask(f"/exercise name: Steppe Eagle {year}")
        assert (answer.status, answer.missing) == ("partial" if missing else "answered", missing)
        assert answer.total == 4
        assert contract(answer) == []


async def test_a_year_behind_the_name_opens_that_edition(ask: Ask) -> None:
    answer = await ask("/exercise name: Steppe Eagle-2012")
    assert [item.date for item in answer.items][:2] == ["2012-09", "2007/.."]
    assert {item.address for item in answer.items} == {
        item.address for item in (await ask("/exercise name: Steppe Eagle")).items
    }
