"""/who: what the texts call a name, its roles with their excerpts, and who held a role when."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from kzbot.answers.model import Answer

Ask = Callable[..., Awaitable[Answer]]

ARTICLES = {
    "one.md": "---\ntitle: A visit\npublished: 2004-05-11\npublisher: Ledger\n---\n"
    "Harbour Minister Oda Brekke opened the new quay on 3 May 2004. Brekke thanked the crew of the Northern Light. "
    "She was met by Torvald Lunde, director of the port.\n",
    "two.md": "---\ntitle: Later\npublished: 2009-01-20\npublisher: Ledger\n---\n"
    "Torvald Lunde, Harbour Minister since 2007, said the quay was too short. Former Harbour Minister Oda Brekke"
    " did not agree with Torvald Lunde.\n",
}


async def test_a_person_has_roles_in_the_texts_words_each_with_its_excerpt(ask: Ask) -> None:
    answer = await ask("/who name: Dzhaksybekov")
    profile = answer.profile
    assert profile is not None and (profile.name, profile.kind) == ("Adilbek Dzhaksybekov", "person")
    text = {item.address: item.excerpt for item in answer.items}
    assert profile.roles
    assert all(fact.value in text[fact.address] for fact in profile.roles)
    assert any(fact.value == "Kazakhstan Minister of Defence" and fact.date == "2013-11-14" for fact in profile.roles)


async def test_facts_carry_the_number_of_their_excerpt(ask: Ask) -> None:
    answer = await ask("/who name: NATO")
    assert answer.profile is not None and answer.profile.beside
    for fact in (*answer.profile.called, *answer.profile.beside):
        assert fact.number is not None
        assert answer.items[fact.number - 1].address == fact.address
    window = await ask("/who name: NATO", 4, 3)
    assert window.items == answer.items[4:7]
    assert window.profile == answer.profile


async def test_own_words_are_counted_as_the_texts_write_them(ask: Ask) -> None:
    profile = (await ask("/who name: Altynbayev")).profile
    assert profile is not None
    assert {fact.value for fact in profile.called} == {"Muhktar Altnybayev", "Mukhtar Altynbayev"}
    assert (profile.first, profile.last) == ("1997-11", "1998-07-20")


@pytest.mark.parametrize("asked", ["defence minister", "Defense Minister of Kazakhstan", "Kazakh minister of defense"])
async def test_a_role_tells_who_held_it_when(ask: Ask, asked: str) -> None:
    answer = await ask(f"/who name: {asked}")
    assert answer.profile is not None and answer.profile.kind == "role"
    held = [(fact.value, fact.date) for fact in answer.profile.roles]
    assert ("Mukhtar Altynbayev", "1998-07-20") in held
    assert ("Adilbek Dzhaksybekov", "2013-11-14") in held
    assert {fact.value for fact in answer.profile.roles} == {"Mukhtar Altynbayev", "Adilbek Dzhaksybekov"}


async def test_another_countrys_minister_is_not_found(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    for asked in ("Polish defence minister", "William Perry", "archbishop of Astana"):
        answer = await ask(f"/who name: {asked}")
        assert (answer.status, answer.items) == ("not_found", ()), asked
        assert contract(answer) == []


async def test_every_fact_leads_to_an_item(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    for asked in ("Cohen", "Kazakhstan", "defence minister", "Partnership for Peace", "Hugh Shelton", "CENTRAZBAT 97"):
        answer = await ask(f"/who name: {asked}")
        assert answer.status == "answered" and answer.profile is not None, asked
        facts = (*answer.profile.roles, *answer.profile.called, *answer.profile.beside)
        assert {fact.address for fact in facts} <= {item.address for item in answer.items}
        assert contract(answer) == []


async def test_a_year_of_which_nothing_is_told_is_missing(ask: Ask) -> None:
    answer = await ask("/who name: CENTRAZBAT 2003")
    assert (answer.status, answer.missing) == ("partial", ("2003",))


async def test_names_that_no_book_lists_have_profiles(ask_folder: Any) -> None:
    ask = await ask_folder(ARTICLES)
    answer = await ask("/who name: Brekke")
    assert answer.profile is not None
    assert (answer.profile.name, answer.profile.kind, answer.total) == ("Oda Brekke", "person", 3)
    assert answer.profile.roles[0].value == "Harbour Minister"
    assert {fact.value for fact in answer.profile.called} == {"Oda Brekke", "Brekke"}
    assert "Torvald Lunde" in answer.profile.related


async def test_a_role_changes_hands(ask_folder: Any) -> None:
    ask = await ask_folder(ARTICLES)
    answer = await ask("/who name: harbour minister")
    assert answer.profile is not None
    assert [fact.value for fact in answer.profile.roles][:1] == ["Oda Brekke"]
    assert "Torvald Lunde" in {fact.value for fact in answer.profile.roles}


async def test_an_article_inside_a_name_is_a_part_of_it(ask_folder: Any) -> None:
    text = "Admiral Khalid al-Masri, commander of the fleet, came on 3 May 2004. Al-Masri spoke of the quay.\n"
    ask = await ask_folder({"one.md": f"---\ntitle: A visit\npublished: 2004-05-11\n---\n{text}"})
    for asked in ("Khalid al-Masri", "khalid al masri"):
        profile = (await ask(f"/who name: {asked}")).profile
        assert profile is not None and profile.name == "Khalid al-Masri", asked


async def test_a_given_name_is_the_person_who_alone_has_it(ask: Ask) -> None:
    answer = await ask("/who name: Muhktar")
    assert answer.profile is not None and answer.profile.name == "Mukhtar Altynbayev"
    assert answer.matched_through[0].used == "Muhktar Altnybayev"
    assert (await ask("/who name: Central")).status == "not_found"
