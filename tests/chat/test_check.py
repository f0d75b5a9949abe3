"""Quotations checked: typed, and from the menu of somebody's message, whose words are kept nowhere."""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, ELSEWHERE, HOME, MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat import lent
from kzbot.chat.services import Services
from kzbot.logs import start_logging
from kzbot.querylog.rows import QueryRow

pytestmark = pytest.mark.usefixtures("judged")
MENU = "Check quotes"
SAID = "Look: “a true zebra”, then “an altered *zebra* here” and “an invented zebra @everyone”."


@pytest.fixture
def said_by_the_program() -> Iterator[io.StringIO]:
    """All that the program writes to its own log, at its most talkative."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = list(root.handlers), root.level
    start_logging("debug", None, stream)
    yield stream
    root.handlers[:], root.level = before, level
    logging.getLogger("aiosqlite").setLevel(logging.NOTSET)


async def test_the_menu_says_of_each_quotation_what_becomes_of_it_to_who_asked_alone(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    said = channel.say(SAID, by=MODERATOR)
    seen = look((await channel.menu(MENU, said.id)).message)
    assert seen.private and "Show in channel" in seen.labels
    assert "**1 of 3 quotations stands in the corpus as quoted.**" in seen.text
    assert "**1. ✓ Exact**\nAs quoted, and in the source:\n> a true zebra\n" in seen.text
    assert "also in 1 other article: Soldiers & exercises no. 1" in seen.text
    assert "Soldiers & exercises no. 0 (title inferred) · The \\_Made\\_ Times · published between 24 June" in seen.text
    assert "**2. ! Altered**\nAs quoted:\n> an **altered** \\*zebra\\* here **very**" in seen.text
    assert "- “altered”, where the source has “\\*printed\\*”\n" in seen.text
    assert "- “very” is added\n- “indeed” is left out\n" in seen.text
    assert "In the source:\n> an **\\*printed\\*** \\*zebra\\* here **indeed**" in seen.text
    assert "**3. ✗ Not in the corpus**\nAs quoted:\n> an invented zebra \\@everyone\n" in seen.text
    assert seen.text.count("Not found in the corpus's 5 articles.") == 1
    assert seen.links == ["https://example.org/0#:~:text=In%201996"]


async def test_of_the_message_only_its_id_and_a_hash_are_kept_and_before_the_answer(
    channel: LocalChannel, bot: Services, look: Any, tmp_path: Path, said_by_the_program: io.StringIO
) -> None:
    said = channel.say(SAID, by=MODERATOR)
    seen = look((await channel.menu(MENU, said.id)).message)
    row = await bot.log.query(seen.row)
    assert row is not None
    digest = hashlib.sha256(SAID.encode()).hexdigest()
    assert (row.command, dict(row.options)) == ("check", {"message": said.id, "sha256": digest})
    assert (row.user, row.channel, row.server, row.private) == (MEMBER.id, HOME.channel, HOME.guild, True)
    assert row.status == "partial"
    await channel.press(seen.id, seen.button("Show in channel"))
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert digest.encode() in held and b"zebra" not in held
    assert "INTERACTION_CREATE [content left out]" in said_by_the_program.getvalue()
    assert "zebra" not in said_by_the_program.getvalue()


async def test_a_failure_names_the_question_and_repeats_no_word_of_the_message(
    channel: LocalChannel, start: Any, made: Any, look: Any, tmp_path: Path, said_by_the_program: io.StringIO
) -> None:
    broken = asyncio.Event()

    async def answer(question: Any, *rest: Any) -> Any:
        if broken.is_set():
            raise ValueError(f"cannot read {question.options}")
        return await made.answer(question, *rest)

    services = await start(answer=answer)
    said = channel.say(SAID)
    card = look((await channel.menu(MENU, said.id)).message)
    broken.set()
    for reply in (await channel.menu(MENU, said.id), await channel.press(card.id, card.button("Show in channel"))):
        seen = look(reply.message)
        assert seen.private and "It is in the log as question" in seen.text and "zebra" not in seen.text
    row = await services.log.query(2)
    assert row is not None and row.status == "failed" and set(row.options) == {"message", "sha256"}
    assert "ValueError, whose words are not kept" in said_by_the_program.getvalue()
    assert "raise ValueError" in said_by_the_program.getvalue()
    assert "zebra" not in said_by_the_program.getvalue()
    assert b"zebra" not in b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())


MANY = " ".join(f"“true {number}”" for number in range(1, 7))


async def test_many_quotations_have_pages(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.menu(MENU, channel.say(MANY).id)).message)
    assert "All 6 quotations stand in the corpus as quoted." in seen.text and "page 1 of 2" in seen.text
    after = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert after.id == seen.id and "**5. ✓ Exact**" in after.text and "**4." not in after.text
    shown = look((await channel.press(after.id, after.button("Show in channel"))).message)
    assert not shown.private and "**6. ✓ Exact**" in shown.text


async def test_when_the_words_are_let_go_the_card_says_so_and_how_to_go_on(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lent, "SECONDS", 0.0)
    seen = look((await channel.menu(MENU, channel.say(MANY).id)).message)
    for label in ("Next", "Show in channel"):
        told = look((await channel.press(seen.id, seen.button(label))).message)
        assert told.private and told.id != seen.id and "true" not in told.text
        assert "is not kept. Open the menu of the message and choose “Check quotes” again." in told.text


async def test_a_state_that_is_gone_offers_to_check_the_same_message_again(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    said = channel.say(SAID)
    seen = look((await channel.menu(MENU, said.id)).message)
    shelf: Any = bot.shelf
    del shelf.states[shelf.id]
    await shelf.swap("20261122T000000Z-22222222")
    told = look((await channel.press(seen.id, seen.button("Show in channel"))).message)
    again = look((await channel.press(told.id, told.button("Ask again"))).message)
    assert again.private and "an **altered**" in again.text
    row = await bot.log.query(again.row)
    assert row is not None and row.options["message"] == said.id and set(row.options) == {"message", "sha256"}


async def test_a_message_without_words_is_told_what_to_do(channel: LocalChannel, bot: Services, look: Any) -> None:
    card = look((await channel.command("search", {"query": "soldiers"})).message)
    own = look((await channel.menu(MENU, card.id)).message)
    assert own.private and "This is a card of mine" in own.text and "`/check quote`" in own.text
    picture = channel.say("to be taken away")
    picture.body["content"], picture.body["embeds"] = "", [{"type": "rich", "description": "“a true zebra”"}]
    told = look((await channel.menu(MENU, picture.id)).message)
    assert told.private and "no text of its own" in told.text
    rows, total = await bot.log.recent(5)
    assert total == 3 and {row.options["message"] for row in rows[:2]} == {card.id, picture.id}
    assert {row.status for row in rows[:2]} == {"bad_request"}


async def test_a_message_without_quotations_is_refused_in_words(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.menu(MENU, channel.say("no quotation at all").id)).message)
    assert seen.private and "## This cannot be asked like that" in seen.text


async def test_forwarded_words_are_checked(channel: LocalChannel, bot: Services, look: Any) -> None:
    said = channel.say("nothing yet")
    inside = {key: said.body[key] for key in ("type", "timestamp", "edited_timestamp", "attachments", "embeds")}
    snapshot = {**inside, "content": "“a true zebra”", "mentions": [], "mention_roles": [], "flags": 0}
    said.body["content"] = ""
    said.body["message_reference"] = {"type": 1, "message_id": "5", "channel_id": str(HOME.channel)}
    said.body["message_snapshots"] = [{"message": snapshot}]
    assert "✓ Exact" in look((await channel.menu(MENU, said.id)).message).text


async def test_what_a_person_types_is_their_own_question_and_kept(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("check quote", {"quote": SAID, "source": "003"})).message)
    assert not seen.private and "**2. ! Altered**" in seen.text
    row = await bot.log.query(seen.row)
    assert row is not None and (row.command, dict(row.options)) == ("check", {"quote": SAID, "source": "003"})
    assert len(await channel.autocomplete("check quote", "source", "mil", {"quote": "x"})) >= 20


async def test_other_verdicts_are_said_in_words(channel: LocalChannel, bot: Services, look: Any) -> None:
    quote = "“a spaced zebra” “a zebra from elsewhere”"
    seen = look((await channel.command("check quote", {"quote": quote})).message)
    assert (
        "**1. ✓ Exact but for typography (white space, bullets, quotation marks, dashes)**\nAs quoted:\n> a spaced zebra"
        in seen.text
    )
    assert "In the source:\n> a\n> spaced\n> zebra" in seen.text
    assert "**2. ! From another article than the one named**\nNamed: The \\*Other\\* Post. It stands in" in seen.text
    elsewhere = look((await channel.command("check quote", {"quote": "“a zebra from elsewhere”"})).message)
    assert "1 quotation, and it stands in another article than the one named." in elsewhere.text
    none = look((await channel.command("check quote", {"quote": "“a” “b”"})).message)
    assert "None of the 2 quotations stands in the corpus as quoted." in none.text and "## Not found" not in none.text


async def test_a_text_without_marks_that_is_not_found_is_said_to_be_taken_as_one_quotation(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    taken = "All of the text was taken as one quotation."
    assert taken in look((await channel.menu(MENU, channel.say("a whole zebra ").id)).message).text
    for quote in ("a true whole zebra", "“an invented whole zebra”"):
        assert taken not in look((await channel.command("check quote", {"quote": quote})).message).text


async def test_a_source_that_is_unclear_is_chosen_and_the_quotation_stays(
    channel: LocalChannel, start: Any, made: Any, look: Any
) -> None:
    async def answer(question: Any, state: Any, *rest: Any) -> Any:
        if question.options.get("source") == "which":
            message = "answers.ambiguous.articles"
            return made.bare(question, state, "ambiguous", message, values={"asked": "which"}, choices=("one", "two"))
        return await made.answer(question, state, *rest)

    services = await start(answer=answer)
    seen = look((await channel.command("check quote", {"quote": SAID, "source": "which"})).message)
    after = look((await channel.press(seen.id, seen.button("two"))).message)
    row = await services.log.query(after.row)
    assert row is not None and dict(row.options) == {"quote": SAID, "source": "two"}


async def test_a_long_quotation_is_shown_from_before_what_was_altered_and_its_source_can_be_read_whole(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    before, after = "zebra " * 500, " quagga" * 300
    quote = f"“{before}altered{after}”"
    seen = look((await channel.command("check quote", {"quote": quote})).message)
    quoted, printed = (text.split("> ", 1)[1] for text in seen.texts if "\n> " in text)
    assert quoted.startswith("… zebra") and "zebra **altered** quagga" in quoted and " …" in quoted[100:]
    assert printed.startswith("… zebra") and "zebra **\\*printed\\*** quagga" in printed
    page = look((await channel.press(seen.id, seen.button("Whole passage"))).message)
    assert page.private and page.texts[0].count("zebra") > 400 and "page 1 of 2" in page.text


@pytest.mark.parametrize("words", ["altered " * 40, "true " * 60, "ложь " * 60, "> *[x](https://evil.test)*\n" * 12])
async def test_long_and_hostile_quotations_fit_a_card(
    channel: LocalChannel, bot: Services, look: Any, words: str
) -> None:
    quote = " ".join(f"“{number} {words}”" for number in range(12))[:6000]
    seen = look((await channel.command("check quote", {"quote": quote})).message)
    while not next(one for one in seen.buttons if one["label"] == "Next").get("disabled"):
        assert "](https" not in seen.text.replace("\\]", "")
        seen = look((await channel.press(seen.id, seen.button("Next"))).message)


async def test_moderators_see_in_the_log_which_message_it_was(channel: LocalChannel, bot: Services, look: Any) -> None:
    said = channel.say(SAID)
    await channel.menu(MENU, said.id)
    log = look((await channel.command("log questions", {}, by=MODERATOR)).message)
    assert f"/check quote of message {said.id} (its text is not kept; SHA-256" in log.text
    found = look((await channel.command("log questions", {"search": said.id}, by=MODERATOR)).message)
    assert f"message {said.id}" in found.text


async def test_the_menu_works_in_direct_messages_and_not_in_servers_that_are_not_answered(
    channel: LocalChannel, start: Any, look: Any
) -> None:
    services = await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild), "KZBOT_DISCORD__OTHER_SERVERS": "leave"})
    assert "✓ Exact" in look((await channel.menu(MENU, channel.say(SAID, where=DIRECT).id)).message).text
    for words in (SAID, "to be taken away"):
        said = channel.say(words, where=ELSEWHERE)
        said.body["content"] = words if words == SAID else ""
        seen = look((await channel.menu(MENU, said.id)).message)
        row = await services.log.query(seen.row)
        assert "not answered in this server" in seen.text and row is not None and dict(row.options) == {}


async def test_words_are_held_for_the_latest_questions_and_not_for_long(judged: None, sent: list[Any]) -> None:
    sent.append(("MessageCreateRequest", "POST message", {"content": "x", "allowed_mentions": {"parse": []}}, ()))
    now = [0.0]
    held = lent.Lent(lambda: now[0])
    row: Any = type("Row", (), {"command": "check", "options": {"message": "1"}, "number": 1})
    typed: QueryRow = type("Row", (), {"command": "check", "options": {"quote": "x"}, "number": 1})  # type: ignore[assignment]
    held.keep(1, {"quote": "words"})
    assert held.options_of(row) == {"quote": "words"}
    now[0] = lent.SECONDS
    assert held.options_of(row) is None and held.options_of(typed) == {"quote": "x"}
    for number in range(1, lent.MOST + 2):
        held.keep(number, {"quote": str(number)})
    assert held.options_of(row) is None
