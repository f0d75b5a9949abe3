"""`/log unanswered`: what was not answered well, alike ones as one, mended in one step; and the askers told."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import GUILD, MEMBER, MODERATOR, direct_with
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape
from kzbot.operations import taking_up
from kzbot.operations.health import Health, host, write_health
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import BOT, TERMINAL
from kzbot.querylog.review.rows import ReviewRecord

pytestmark = pytest.mark.usefixtures("judged")
PROJECT = Path(__file__).resolve().parents[2]
MISSING = {"query": "Luftschiff regatta"}
HOSTILE = "@everyone <@1> [x](https://evil.test) **b** ||s|| zzqq " + "qq" * 400


@pytest.fixture
async def kept(start: Any, kept_corpus: Any) -> AsyncIterator[Any]:
    async with kept_corpus(start, {"KZBOT_DISCORD__HOME_SERVER": str(GUILD)}) as opened:
        yield opened


async def ask(channel: LocalChannel, look: Any, by: Any = MEMBER, command: str = "search", **given: Any) -> Any:
    return look((await channel.command(command, given or MISSING, by=by)).message)


async def listed(channel: LocalChannel, look: Any, **given: str) -> Any:
    return look((await channel.command("log unanswered", given, by=MODERATOR)).message)


async def press(channel: LocalChannel, look: Any, seen: Any, label: str) -> Any:
    return look((await channel.press(seen.id, seen.button(label), by=MODERATOR)).message)


async def opened(channel: LocalChannel, look: Any, at: int = 0, **given: str) -> Any:
    """The card of a group of the list."""
    seen = await listed(channel, look, **given)
    select = seen.selects[0]
    reply = await channel.choose(seen.id, select["custom_id"], [select["options"][at]["value"]], by=MODERATOR)
    return look(reply.message)


def told(channel: LocalChannel, look: Any, person: Any = MEMBER) -> list[Any]:
    """The direct messages that somebody got."""
    return [look(one.body) for one in channel.messages.visible(person, direct_with(person))]


async def until(met: Any) -> None:
    async with asyncio.timeout(60):
        while not await met():  # noqa: ASYNC110 - the telling has no event
            await asyncio.sleep(0.01)


async def bring(kept: Any, number: int, words: str) -> None:
    kept.add(number, words)
    planned = await kept.keeper.plan()
    await kept.keeper.apply(planned.plan.candidate, BOT)


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
    short = await sent(form, name=[near], other="", spelling="1")
    assert await kept.services.log.ledger.holding() == []
    done = await sent(await again(short), spelling="Luftschiffwoche")
    assert unescape(done.text).startswith("## Corrected\n“Luftschiffwoche” is a spelling of Zeppelin Days")
    assert "spelling “Luftschiffwoche” given by" in (await opened(channel, look, show="closed")).text
    taken = await sent(await again(short), spelling="Zeppelin days")
    assert "is a spelling of Zeppelin Days already" in unescape(taken.text) and "Try again" in taken.labels
    await kept.services.eraser.erase(Scope.person(MODERATOR.id), TERMINAL, datetime.now(UTC))
    assert "not kept any more" in (await press(channel, look, refused, "Try again")).text


async def test_who_wished_it_can_be_told_from_the_report_of_the_spelling(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    await bring(kept, 9, "Zeppelin Days began on 9 January 2010.\n")
    asked = await ask(channel, look, command="exercise", name="Luftschiffwoche")
    await channel.press(asked.id, asked.button("Tell me"))
    seen = await opened(channel, look)
    form = await channel.press(seen.id, seen.button("Add spelling"), by=MODERATOR)
    assert form.modal is not None
    done = await settled(await channel.submit(form.modal, {"other": "Zeppelin Days"}, by=MODERATOR))
    assert done.text.startswith("## Corrected") and "Undo" in done.labels
    group = await press(channel, look, done, "Tell 1 asker")
    assert "the askers are to be told" in group.text and "Undo spelling" in group.labels

    async def arrived() -> bool:
        return bool(told(channel, look))

    await until(arrived)
    assert "Luftschiffwoche" in told(channel, look)[0].text
    assert "2 groups" not in (await press(channel, look, group, "Back to the list")).text


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


async def test_who_wished_it_is_told_once_when_a_reload_answers_the_question(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    seen = await ask(channel, look)
    for person in (MEMBER, MODERATOR):
        await channel.press(seen.id, seen.button("Tell me"), by=person)
    review = kept.services.log.review
    armed = await press(channel, look, await opened(channel, look), "Tell 2 askers")
    assert "the askers are to be told" in armed.text and "2 people wish to be told" in armed.text
    assert told(channel, look) == []
    channel.close_direct(MODERATOR)
    await bring(kept, 9, "The Luftschiff regatta was held on 3 May 2010.\n")

    async def done() -> bool:
        return all(
            [(await review.wish_of(seen.row, one.id)).state in ("told", "failed") for one in (MEMBER, MODERATOR)]
        )

    await until(done)
    (message,) = told(channel, look)
    assert "## This can be answered now" in message.text and "/search query: Luftschiff regatta" in unescape(
        message.text
    )
    assert told(channel, look, MODERATOR) == []
    card = await opened(channel, look, show="tell")
    assert "1 was told · 1 could not be told: Discord does not take the message" in card.text
    asked = look((await channel.press(message.id, message.button("Ask it now"))).message)
    assert "regatta was held on 3 May 2010" in unescape(asked.text).replace("**", "")
    await bring(kept, 10, "The Luftschiff regatta was held again on 4 May 2010.\n")
    await ask(channel, look, query="harbour")
    assert len(told(channel, look)) == 2, "the message and the answer that it led to"
    late = look((await channel.press(seen.id, seen.button("Tell me"))).message)
    assert "You were told on" in late.text and "Ask it now" in late.labels


async def test_the_running_bot_tells_what_the_terminal_asked_for(channel: LocalChannel, kept: Any, look: Any) -> None:
    seen = await ask(channel, look)
    await channel.press(seen.id, seen.button("Tell me"))
    await bring(kept, 9, "The Luftschiff regatta was held on 3 May 2010.\n")
    command = ["log", "review", str(seen.row), "--tell", "--data", str(kept.services.log.path.parent)]
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "bot.py", *command], cwd=PROJECT, capture_output=True, timeout=300
    )
    assert done.returncode == 0 and b"1 person who wished it" in done.stdout, done.stderr

    async def arrived() -> bool:
        return bool(told(channel, look))

    await until(arrived)
    assert "Luftschiff regatta" in unescape(told(channel, look)[0].text)
    assert "the askers are to be told, by the terminal" in (await opened(channel, look, show="tell")).text


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that looks more often for what the terminal asked."""
    monkeypatch.setattr(taking_up, "LOOK", 0.05)


@pytest.mark.usefixtures("eager")
async def test_the_running_bot_lays_the_spelling_that_the_terminal_asked_for_and_takes_it_back(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    await bring(kept, 9, "Zeppelin Days began on 9 January 2010.\n")
    seen = await ask(channel, look, command="exercise", name="Luftschiffwoche")
    log = kept.services.log.path
    data = log.parent / "data"
    (data / log.name).symlink_to(log)
    now = datetime.now(UTC).isoformat()
    stands: dict[str, Any] = dict.fromkeys(("log_fault", "generation")) | {
        "gateway": True,
        "gateway_since": now,
        "written": now,
    }
    write_health(data, Health(at=now, pid=os.getpid(), host=host(), **stands))

    command = ["review", str(seen.row), "--spelling", "Luftschiffwoche", "--name", "zeppelin days", "--json"]
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "bot.py", "log", *command, "--data", str(data)],
        cwd=PROJECT,
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0 and b"The running bot does it" in done.stderr, done
    laid = json.loads(done.stdout)
    assert laid["outcome"] == "applied" and laid["group"]["closed"]
    assert [one["remark"] for one in laid["group"]["reviews"]] == ["Luftschiffwoche"]
    answered = await ask(channel, look, command="exercise", name="Luftschiffwoche")
    assert "9 January 2010" in answered.text.replace("**", "")

    ledger, review = kept.services.log.ledger, kept.services.log.review
    assert await review.requests() == {}, "who asked has read it"
    again = await review.add(
        ReviewRecord(at=datetime.now(UTC), actor=TERMINAL, kind="spelling", alike="luftschiffwoche")
    )

    async def answer(number: int, what: dict[str, Any]) -> dict[str, Any]:
        await review.request(number, what)

        async def came() -> bool:
            return "kind" in (await review.requests())[number]

        await until(came)
        found: dict[str, Any] = (await review.requests())[number]
        return found

    refused = await answer(again, {"name": "exercise:zeppelin-days"})
    assert refused == {"kind": "refused", "reason": "operations.taking_up.changed", "values": {}}
    (overlay,) = await ledger.holding()
    (given,) = (one for one in [await review.review(again - 1)] if one is not None)
    assert given.overlay == overlay.number and (await answer(given.number, {"undo": True}))["kind"] == "applied"
    assert await ledger.holding() == []


async def test_what_is_answered_already_is_told_at_once_and_a_telling_taken_back_is_not(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    seen = await ask(channel, look)
    await channel.press(seen.id, seen.button("Tell me"))
    armed = await press(channel, look, await opened(channel, look), "Tell 1 asker")
    disarmed = await press(channel, look, armed, "Do not tell")
    assert "are to be told" not in disarmed.text
    await bring(kept, 9, "The Luftschiff regatta was held on 3 May 2010.\n")
    await asyncio.sleep(0.2)
    assert told(channel, look) == []
    await press(channel, look, disarmed, "Tell 1 asker")

    async def done() -> bool:
        return bool(told(channel, look))

    await until(done)


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
