"""`/log unanswered`: what was not answered well, alike ones as one, mended in one step; and the askers told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from kzbot.channel.identity import GUILD, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import TERMINAL
from tests.chat.unanswered import ask, bring, listed, opened, press

pytestmark = pytest.mark.usefixtures("judged")
HOSTILE = "@everyone <@1> [x](https://evil.test) **b** ||s|| zzqq " + "qq" * 400


@pytest.fixture
async def kept(start: Any, kept_corpus: Any) -> AsyncIterator[Any]:
    async with kept_corpus(start, {"KZBOT_DISCORD__HOME_SERVER": str(GUILD)}) as opened:
        yield opened


async def test_alike_questions_are_one_with_how_often_by_whom_and_what_is_nearest(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    await ask(channel, look)
    await ask(channel, look, MODERATOR, "search", query="REGATTA, Luftschiff!")
    await ask(channel, look, command="who", name="Zeplin Daiz")
    good = await ask(channel, look, query="harbour")
    await channel.press(good.id, good.button("Not useful"))
    seen = await listed(channel, look)
    said = unescape(seen.text)
    assert seen.private and "page 1 of 1 · 3 groups of alike questions" in said
    assert "**1. /search query: REGATTA, Luftschiff!**\n-# asked 2 times without a good answer · by 2 people" in said
    assert "not found: 2" in said and "nearest: Zeppelin Days" in said
    assert "rated not useful: 1\n-# now: answered, as it was" in said
    only = await listed(channel, look, status="not_useful")
    assert "1 group of alike questions" in only.text and "harbour" in only.text
    poor = await ask(channel, look, MODERATOR, "search", query="regatta, LUFTSCHIFF")
    await channel.press(poor.id, poor.button("Not useful"))
    both = unescape((await listed(channel, look, status="not_useful")).text)
    assert "2 groups" in both and "not found: 3 · rated not useful: 1" in both
    assert "asked 3 times without a good answer" in both, "each question counts once"
    none = await listed(channel, look, since="2099-01-01")
    assert "There is none." in none.text
    assert "3 groups" in (await listed(channel, look, since="3 days")).text, (
        "read as the other lists of the log read it"
    )
    wrong = await listed(channel, look, since="some day")
    assert wrong.private and "“some day” is no time that I can read; try yesterday, 3 days" in unescape(wrong.text)
    row = await kept.services.log.query(wrong.row)
    assert row.status == "bad_request"


async def test_what_is_dismissed_comes_back_when_it_is_asked_in_vain_again(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    await ask(channel, look)
    seen = await press(channel, look, await opened(channel, look), "Dismiss")
    assert f"dismissed by <@{MODERATOR.id}>" in seen.text
    back = await press(channel, look, seen, "Back to the list")
    assert "There is none." in back.text and back.id == seen.id
    assert "Luftschiff" in (await listed(channel, look, show="closed")).text
    again = await press(channel, look, await opened(channel, look, show="closed"), "Take dismissal back")
    assert "dismissed by" not in again.text and "Luftschiff" in (await listed(channel, look)).text
    await press(channel, look, again, "Dismiss")
    await ask(channel, look)
    assert "asked 2 times" in (await listed(channel, look)).text
    deeds, _ = await kept.services.log.ledger.deeds(9)
    made = [(one.action, one.actor.user) for one in deeds if one.action.startswith("review")]
    assert made == [(action, MODERATOR.id) for action in ("review dismissed", "review undone", "review dismissed")]


async def test_the_audit_says_which_questions_were_reviewed_until_their_words_are_erased(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    services = kept.services
    await ask(channel, look, query="*zqxglider* " + "parade " * 40)
    seen = await press(channel, look, await opened(channel, look), "Dismiss")
    await press(channel, look, seen, "Take dismissal back")

    async def audited() -> tuple[str, str, Any]:
        listed = look((await channel.command("log audit", {}, by=MODERATOR)).message)
        number = next(one.number for one in (await services.log.ledger.deeds(9))[0] if one.action == "review dismissed")
        reply = await channel.choose(listed.id, listed.selects[0]["custom_id"], [str(number)], by=MODERATOR)
        return listed.text, look(reply.message).text, listed.selects[0]["options"]

    text, one, choices = await audited()
    said = "dismissed questions without an answer (review 1): /search query\\: \\*zqxglider\\* parade"
    assert said in text and "took review 1 of questions without an answer back: /search query" in text
    assert "zqxglider" in str(choices) and text.count("parade") < 40
    assert "- question: /search query\\: \\*zqxglider\\*" in one and "- review 1\n" in one + "\n"
    deeds, _ = await services.log.ledger.deeds(9)
    assert "zqxglider" not in str([dict(deed.details) for deed in deeds if deed.action != "look"])
    await services.eraser.erase(Scope.filtered(Filters(search="zqxglider")), TERMINAL, datetime.now(UTC))
    text, one, choices = await audited()
    assert "zqxglider" not in text + one + str(choices)
    assert "dismissed questions without an answer (review 1)\n" in text


async def test_a_missing_source_is_noted_with_a_line_and_taken_back(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    await ask(channel, look)
    seen = await opened(channel, look)
    form = await channel.press(seen.id, seen.button("Note missing source"), by=MODERATOR)
    assert form.modal is not None
    noted = look((await channel.submit(form.modal, {"remark": "the **2012** report @here"}, by=MODERATOR)).message)
    assert noted.id == seen.id and "missing source: “the **2012** report @here”" in unescape(noted.text)
    assert "@here" not in noted.text.replace("\\@here", "")
    assert "the \\*\\*2012" in (await listed(channel, look, show="source")).text
    gone = await press(channel, look, noted, "Take note back")
    assert "missing source" not in gone.text
    assert "There is none." in (await listed(channel, look, show="source")).text
    assert "Take note back" not in gone.labels


async def test_a_spelling_is_added_from_the_nearest_names_and_the_question_is_answered_now(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    await bring(kept, 9, "Zeppelin Days began on 9 January 2010.\n")
    await ask(channel, look, command="exercise", name="Luftschiffwoche")
    seen = await opened(channel, look)
    form = await channel.press(seen.id, seen.button("Add spelling"), by=MODERATOR)
    assert form.modal is not None
    fields = {one["component"]["custom_id"]: one["component"] for one in form.modal["components"]}
    assert fields["spelling"]["value"] == "Luftschiffwoche"
    done = await settled(await channel.submit(form.modal, {"other": "Zeppelin Days"}, by=MODERATOR))
    assert unescape(done.text).startswith("## Corrected\n“Luftschiffwoche” is a spelling of Zeppelin Days")
    assert not [one for one in done.labels if one.startswith("Tell")], "nobody wished to be told"
    assert "There is none." in (await listed(channel, look)).text
    closed = await opened(channel, look, show="closed")
    assert "**answered now**" in closed.text and "spelling “Luftschiffwoche” given by" in closed.text
    undone = await settled(await channel.press(closed.id, closed.button("Undo spelling"), by=MODERATOR))
    assert undone.text.startswith("## Correction undone")
    assert "Luftschiffwoche" in (await listed(channel, look)).text


def fields_of(reply: Any) -> dict[str, Any]:
    """The fields of a form that was opened."""
    assert reply.modal is not None
    return {one["component"]["custom_id"]: one["component"] for one in reply.modal["components"]}


async def test_a_refused_spelling_is_tried_again_with_what_was_typed_until_that_is_erased(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    await bring(kept, 9, "Zeppelin Days began on 9 January 2010.\n")
    await ask(channel, look, command="exercise", name="Zeppelin Daze Luftschiff")
    seen = await opened(channel, look)

    async def sent(form: Any, **values: Any) -> Any:
        return await settled(await channel.submit(form.modal, values, by=MODERATOR))

    async def again(refused: Any) -> Any:
        return await channel.press(refused.id, refused.button("Try again"), by=MODERATOR)

    form = await channel.press(seen.id, seen.button("Add spelling"), by=MODERATOR)
    near = fields_of(form)["name"]["options"][0]["value"]
    refused = await sent(form, spelling="*zqx* Schiff")
    assert refused.private and "no name was given" in refused.text
    form = await again(refused)
    assert fields_of(form)["spelling"]["value"] == "*zqx* Schiff" and "value" not in fields_of(form)["other"]
    refused = await sent(form, name=[near], other="harbour")
    assert "two names" in refused.text
    form = await again(refused)
    chosen = [one["value"] for one in fields_of(form)["name"]["options"] if one.get("default")]
    assert chosen == [near] and fields_of(form)["other"]["value"] == "harbour"
    refused = await sent(form, name=[], other="Zepelin")
    assert "Nearest are: Zeppelin Days" in unescape(refused.text)
    form = await again(refused)
    assert fields_of(form)["other"]["value"] == "Zepelin" and near in str(fields_of(form)["name"]["options"])
    short = await sent(form, name=[near], spelling="1")  # what is chosen now counts, and not what was typed before
    assert await kept.services.log.ledger.holding() == []
    done = await sent(await again(short), spelling="Luftschiffwoche")
    assert unescape(done.text).startswith("## Corrected\n“Luftschiffwoche” is a spelling of Zeppelin Days")
    assert "spelling “Luftschiffwoche” given by" in (await opened(channel, look, show="closed")).text
    taken = await sent(await again(short), spelling="Zeppelin days")
    assert "is a spelling of Zeppelin Days already" in unescape(taken.text) and "Try again" in taken.labels
    await kept.services.eraser.erase(Scope.person(MODERATOR.id), TERMINAL, datetime.now(UTC))
    assert "not kept any more" in (await press(channel, look, refused, "Try again")).text


async def test_a_spelling_that_did_not_help_is_still_named_beside_its_undo(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    await bring(kept, 9, "Zeppelin Days began on 9 January 2010.\n")
    await ask(channel, look, command="exercise", name="Luftschiffwoche Nord")
    seen = await opened(channel, look)
    form = await channel.press(seen.id, seen.button("Add spelling"), by=MODERATOR)
    assert form.modal is not None
    values = {"other": "Zeppelin Days", "spelling": "Luftschiffwoche"}
    await settled(await channel.submit(form.modal, values, by=MODERATOR))
    await ask(channel, look, command="exercise", name="Luftschiffwoche Nord")
    again = await opened(channel, look)
    assert "spelling “Luftschiffwoche” given by" in again.text and "Undo spelling" in again.labels


async def test_a_partial_answer_that_lacks_no_word_is_called_partial_and_no_more(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    await bring(kept, 9, "The harbour master opened the new lighthouse with great joy.\n")
    await ask(channel, look, command="check quote", quote='"opened the old lighthouse with great joy"')
    said = unescape((await listed(channel, look)).text)
    assert "partial: 1\n-# now: partial\n" in f"{said}\n", said
    assert '**1. /check quote quote: "opened' in said, "as it is typed, so that it can be sent again"
    assert "Nobody to tell" in (await opened(channel, look)).labels


async def test_hostile_words_are_shown_and_do_nothing(channel: LocalChannel, kept: Any, look: Any) -> None:
    seen = await ask(channel, look, query=HOSTILE)
    await channel.press(seen.id, seen.button("Tell me"))
    for card in (await listed(channel, look), await opened(channel, look)):
        assert "@everyone" in unescape(card.text) and "\\@everyone" in card.text and "\\](" in card.text
        assert "**b**" not in card.text and len(card.text) < 4000
    group = await press(channel, look, await opened(channel, look), "Tell 1 asker")
    assert "Do not tell" in group.labels


async def test_the_list_is_paged_and_typing_errors_are_named(channel: LocalChannel, kept: Any, look: Any) -> None:
    for number in range(7):
        await ask(channel, look, query=f"quagga number{number}")
    await ask(channel, look, query="Luftschif regatta")
    await ask(channel, look)
    seen = await listed(channel, look)
    assert "page 1 of 2 · 9 groups" in seen.text
    assert "typed almost alike: 2. /search query: Luftschif regatta" in unescape(seen.text)
    (together,) = seen.selects[1]["options"]
    assert together["label"].startswith("1 + 2: /search query: Luftschiff regatta")
    reply = await channel.choose(seen.id, seen.selects[1]["custom_id"], [together["value"]], by=MODERATOR)
    rest = look(reply.message)
    assert rest.id == seen.id and "7 groups" in rest.text and len(rest.selects) == 1
    for _ in range(2):
        await press(channel, look, await opened(channel, look, show="closed"), "Take dismissal back")
    seen = await listed(channel, look)
    seen = await press(channel, look, seen, "Next")
    assert "page 2 of 2" in seen.text and "**9. /search query: quagga number0**" in unescape(seen.text)
    select = seen.selects[0]
    group = look(
        (await channel.choose(seen.id, select["custom_id"], [select["options"][0]["value"]], by=MODERATOR)).message
    )
    back = await press(channel, look, group, "Back to the list")
    assert "page 2 of 2" in back.text


async def test_questions_that_were_purged_meanwhile_are_told_to_be_gone(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    await ask(channel, look)
    group = await opened(channel, look)
    await kept.services.log._writer.write("DELETE FROM queries WHERE command = 'search'", ())
    for label in ("Dismiss", "Add spelling", "Note missing source"):
        told_ = await press(channel, look, group, label)
        assert told_.private and "not kept any more" in told_.text
