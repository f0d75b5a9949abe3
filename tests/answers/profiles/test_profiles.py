"""Profile commands come from the kinds of the name book, and from nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kzbot.answers.completion.complete import complete
from kzbot.answers.dispatch import answer
from kzbot.answers.examples import examples
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.profiles.offered import profiles
from kzbot.answers.question import parse
from kzbot.errors import QuestionError
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.phrases import DEFAULT_FOLDER, Phrases

from ..conftest import TODAY

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
BOOK = """
kinds:
  ship: {nouns: [frigate], profile: ship}
  boat: {profile: ship}
  harbour: {profile: harbour}
  country:
names:
  - {kind: ship, name: Grey Heron}
  - {kind: boat, name: Little Egret}
  - {kind: harbour, name: Saltmouth}
  - {kind: country, name: Norway}
"""
TEXT = (
    "On 3 May 2011 the frigate Grey Heron left for the north. Norway sent the Little Egret along on 4 May 2011.\n\n"
    "The frigate Grey Heron came home on 9 June 2012.\n"
)


@pytest.fixture
async def fleet(tmp_path: Path) -> AsyncIterator[Generation]:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "fleet.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "articles" / "fleet.yaml").write_text("title: The fleet at sea\n", encoding="utf-8")
    (tmp_path / "names.yaml").write_text(BOOK, encoding="utf-8")
    summary = build(Sources(tmp_path / "articles", tmp_path / "names.yaml"), tmp_path / "data")
    opened = await Generation.open(
        next(file for file in (tmp_path / "data").iterdir() if summary.generation in file.name)
    )
    yield opened
    await opened.close()


async def ask(generation: Generation, line: str) -> Answer:
    return await answer(parse(line, generation.kinds), generation, Window(), TODAY)


async def test_a_kind_with_a_profile_answers_to_its_command_and_kinds_may_share_one(fleet: Generation) -> None:
    heron, egret = await ask(fleet, "/ship grey-heron"), await ask(fleet, "/ship name: Little Egret")
    assert heron.profile is not None and (heron.profile.kind, heron.profile.first) == ("ship", "2011-05-03")
    assert heron.total == 2
    assert egret.profile is not None and (egret.profile.kind, egret.total) == ("boat", 1)
    offered = await complete("ship", "name", "", fleet, TODAY, phrases=PHRASES)
    assert [one.value for one in offered] == ["Grey Heron", "Little Egret"]


async def test_a_name_of_another_kind_is_not_shown_by_it(fleet: Generation) -> None:
    made = await ask(fleet, "/ship Norway")
    assert made.status == "not_found"
    assert PHRASES.say(made.message, **made.values) == "No ship of the name “Norway” is known here."


async def test_a_corpus_without_exercises_has_no_such_command(fleet: Generation) -> None:
    with pytest.raises(QuestionError) as wrong:
        parse("/exercise name: Grey Heron", fleet.kinds)
    assert PHRASES.say(wrong.value.key, **wrong.value.values).startswith("There is no command /exercise; try /")
    late = await answer(Question("exercise", {"name": "Grey Heron"}), fleet, Window(), TODAY)
    assert (late.status, late.message) == ("bad_request", "answers.bad_request.command")


async def test_a_profile_without_a_name_in_the_articles_is_not_offered(fleet: Generation) -> None:
    assert await profiles(fleet) == ("ship",)
    assert (await examples(fleet))[0] == "/ship name: Grey Heron"
