"""The log from end to end: what a member, a moderator and a stranger ask, how it is reviewed, taken away, erased, and denied."""

from __future__ import annotations

import asyncio
import copy
import csv
import io
import json
import re
import signal
import sqlite3
import statistics
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from kzbot.channel.identity import (
    DIRECT,
    ELSEWHERE,
    HOME,
    MEMBER,
    MODERATOR,
    OTHER_GUILD,
    STRANGER,
    Person,
    Place,
    direct_with,
)
from kzbot.channel.interactions import COMPONENT, MODAL
from kzbot.channel.messages import Message
from kzbot.chat.escape import unescape
from kzbot.chat.handle import AUDIT, CORRECT, DEED, EXPORT, GROUP, LOG, MARK, PERIOD, PURGE, SPELL, handle_for
from kzbot.output.table import exact

pytestmark = pytest.mark.asyncio(loop_scope="module")
MINE, IN_DIRECT, THEIRS = "zqxobsidian", "zqxdirect", "zqxstranger"
ARTICLES = ("exercise", "search", "source")


@pytest.fixture(scope="module")
def desk(whole: Any, log_desk: ModuleType, look: Any, settled: Any) -> Any:
    """One for the whole story, which its tests tell in order."""
    return log_desk.Desk(whole, look, settled)


async def test_moderators_see_what_was_asked_by_every_filter(desk: Any) -> None:
    await desk.some_ask()
    asked = len(desk.whole.log())
    assert asked == 8
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    for options, numbers in (
        ({"since": "yesterday"}, {1, 2, 3, 4, 5, 6, 7, 8}),
        ({"until": "2020"}, set()),
        ({"since": "yesterday", "until": today, "command": "exercise"}, {2, 3, 4, 7}),
        ({"status": "partial"}, {5, 6}),
        ({"user": STRANGER.id}, {7, 8}),
        ({"channel": "#general", "command": "search"}, {1, 5}),
        ({"search": "ZQXobs"}, {5}),
        ({"user": "@Member", "status": "not_found", "search": "adler"}, {2, 3, 4}),
    ):
        seen = await desk.moderate("log questions", **options)
        shown = {int(one) for one in re.findall(r"^\*\*(\d+)\.\*\*", seen.text, re.MULTILINE)}
        assert seen.private and {one for one in shown if one <= asked} == numbers, (options, seen.text)
    (row,) = desk.whole.log(where=f"number = {desk.kept['direct'].row}")
    assert row["server"] is None and row["user"] == MEMBER.id


async def test_a_spelling_in_one_step_answers_alike_questions_and_tells_the_asker_once(desk: Any) -> None:
    listed = await desk.unanswered()
    said = unescape(listed.text)
    assert "asked 3 times without a good answer · by 1 person" in said and "nearest: Steppe Eagle" in said
    assert "without zqxobsidian" in said and "rated not useful: 1" in said and "not found: 3" in said
    card = await desk.group(listed, "adler")
    armed = await desk.press(card, "Tell 1 asker")
    assert f"the askers are to be told, by <@{MODERATOR.id}>" in armed.text
    assert desk.direct(MEMBER, "This can be answered now") == []
    form = await desk.press(armed, "Add spelling")
    done = await desk.submit(form, {"other": "Steppe Eagle"})
    assert done.text.startswith("## Corrected") and "not found becomes answered" in done.text
    await desk.until(lambda: bool(desk.direct(MEMBER, "This can be answered now")), "nobody told the member")
    for name in desk.spellings:
        assert "## Steppe Eagle" in (await desk.ask("exercise", name=name)).text
    (told,) = desk.direct(MEMBER, "This can be answered now")
    asked = await desk.press(told, "Ask it now", MEMBER)
    assert "## Steppe Eagle" in asked.text
    shown = await desk.ask("privacy show")
    assert "wish to hear of" not in shown.text and "**1 question** that you wished to hear of" in shown.text
    assert [row for row in desk.rows("SELECT user FROM wishes") if row[0] == MEMBER.id] == []


async def test_a_missing_source_is_noted_and_others_are_dismissed(desk: Any) -> None:
    card = await desk.group(await desk.moderate("log unanswered"), THEIRS)
    noted = await desk.submit(await desk.press(card, "Note missing source"), {"remark": "the regatta report"})
    assert "missing source: “the regatta report”" in noted.text
    gone = await desk.press(await desk.group(await desk.moderate("log unanswered"), MINE), "Dismiss")
    assert f"dismissed by <@{MODERATOR.id}>" in gone.text
    left = unescape((await desk.moderate("log unanswered")).text)
    assert MINE not in left and "adler" not in left.casefold()
    closed = unescape((await desk.moderate("log unanswered", show="closed")).text)
    assert MINE in closed and "adler" in closed.casefold()
    assert THEIRS in unescape((await desk.moderate("log unanswered", show="source")).text)


async def test_the_figures_are_those_of_what_was_asked(desk: Any) -> None:
    rows = [row for row in desk.whole.log() if row["command"] in ARTICLES]
    states, commands = Counter(row["status"] for row in rows), Counter(row["command"] for row in rows)
    reply = await (await desk.whole.channel.command("log stats", {}, by=MODERATOR)).filled()
    said = unescape(desk.look(reply.message).text)
    assert f"**{len(rows)} questions in " in said and "2 people asked" in said
    assert f"answered {states['answered']}, partial {states['partial']}, not found {states['not_found']}" in said
    assert f"/exercise {commands['exercise']} (" in said and f"/search {commands['search']} (" in said
    assert "useful: 1, not useful: 1" in said and f"**{2 * len(desk.spellings) + 1} ×** /exercise" in said
    (attachment,) = reply.message["attachments"]
    with Image.open(io.BytesIO(desk.whole.channel.messages.file(attachment["id"]))) as image:
        assert image.width == 720 and image.height > 500
    found = json.loads((await desk.terminal("log", "stats", "--json")).stdout)
    assert (found["questions"], found["statuses"], found["people"]) == (len(rows), dict(states), 2)
    middle = statistics.median_low([row["took_ms"] for row in rows])
    assert found["median_ms"] == pytest.approx(middle, rel=0.5), "times are kept to three digits"


async def test_files_are_read_back_and_their_formulas_are_harmless(desk: Any) -> None:
    data = await desk.file("log export", form="csv", command="search", since="yesterday")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    (mine,) = [row for row in rows if MINE in row["options"]]
    assert json.loads(exact(mine["options"])) == {"query": desk.formula}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]
    assert all("command search" in row["filters"] and row["questions"] == str(len(rows)) for row in rows)
    assert {int(row["number"]) for row in rows} == {row["number"] for row in desk.whole.log(where="command = 'search'")}
    data = await desk.file("log export", form="jsonl", user=STRANGER.id, status="not_found")
    head, row = map(json.loads, data.splitlines())
    assert "status not found" in head["filters"] and head["questions"] == 1
    assert row["options"] == {"query": f"{THEIRS} regatta"} and row["number"] == desk.kept["unknown"].row


async def test_everything_a_moderator_did_is_told_with_who_and_when(desk: Any) -> None:
    seen, said = await desk.moderate("log audit"), ""
    while True:  # how many pages there are depends on how often something was asked again
        said += seen.text + "\n"
        following = [one for one in seen.buttons if one["label"] == "Next"]
        if not following or following[0].get("disabled"):
            break
        seen = await desk.press(seen, "Next")
    told = re.findall(r"^\*\*(\d+)\.\*\* (.+)\n-# <t:(\d+):f>", said, re.MULTILINE)
    kept = desk.rows("SELECT number, at, actor, action FROM audit ORDER BY number DESC")
    assert [int(number) for number, *_ in told] == [row[0] for row in kept]
    for (_, words, at), (_, moment, actor, action) in zip(told, kept, strict=True):
        assert int(at) == int(datetime.fromisoformat(moment).timestamp())
        assert (f"<@{MODERATOR.id}>" if actor else "The bot") in words, (words, action)
    used = ("/log questions", "/log unanswered", "/log stats", "exported", "a spelling", "dismissed", "missing source")
    assert [one for one in used if one not in unescape(said)] == []
    looks = {row["command"] for row in desk.whole.log(where="command LIKE 'log %' AND status = 'answered'")}
    noted = {json.loads(row[0])["command"] for row in desk.rows("SELECT details FROM audit WHERE action = 'look'")}
    assert looks - {"log export"} <= noted


REFUSED = ("purge", "restore")


async def test_at_the_terminal_the_same_beside_the_running_bot(desk: Any, tmp_path: Path) -> None:
    file, copied = tmp_path / "log.csv", desk.whole.data.parent / "elsewhere.db"
    number = str(desk.kept["partial"].row)
    commands = {
        "log": ("log", "--search", "zqxobs"),
        "unanswered": ("log", "unanswered", "--all"),
        "export": ("log", "export", str(file), "--search", "battalion", "--user", str(MEMBER.id)),
        "audit": ("log", "audit", "--limit", "50"),
        "backup": ("backup",),
        "elsewhere": ("backup", "--to", str(copied)),
        "health": ("health",),
        "source": ("log", "review", number, "--source", "the 2012 report"),
        "spelling": ("log", "review", number, "--spelling", "Qqzw", "--name", "Steppe Eagle"),
        "noted": ("log", "unanswered", "--show", "source"),
        "purge": ("log", "purge", "--search", "zqxobs", "--yes"),
        "restore": ("restore", "kzbot.db", "--yes"),
    }
    done = {}
    for name, command in commands.items():
        if name == "restore":
            made = max((desk.whole.data / "backups").glob("kzbot-*.db"))
            command = ("restore", made.name, "--yes")
        done[name] = await desk.terminal(*command)
    for name, one in done.items():
        refused = name in REFUSED
        assert one.returncode == int(refused) and "Traceback" not in one.stderr, (name, one)
    assert MINE in done["log"].stdout and "Steppe Eagle" in done["unanswered"].stdout
    assert "dismissed" in done["unanswered"].stdout and "exported" in done["audit"].stdout
    assert "missing source: the 2012 report" in done["noted"].stdout
    assert done["spelling"].stdout.startswith("“Qqzw” is a spelling of Steppe Eagle now"), "the bot laid it"
    for name in REFUSED:
        assert f"in use by process {desk.whole.bot.process.pid}" in done[name].stderr
    assert len(list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))) == 2
    assert desk.whole.log(where=f"number = {desk.kept['partial'].row}"), "nothing was erased"
    assert copied.is_file() and desk.holding(MINE, folder=desk.whole.data / "backups")


DENIED: list[tuple[str, dict[str, Any]]] = [
    ("log questions", {"user": MODERATOR.id, "search": "x"}),
    ("log unanswered", {"show": "all"}),
    ("log stats", {"dark": True}),
    ("log export", {"form": "csv", "user": MODERATOR.id}),
    ("log audit", {"user": MODERATOR.id}),
    ("log purge", {"user": MODERATOR.id}),
]


@pytest.mark.parametrize(
    ("by", "where", "says"),
    [
        (MEMBER, HOME, "Only moderators can do that"),
        (MEMBER, DIRECT, "work in the home server only"),
        (STRANGER, ELSEWHERE, "work in the home server only"),
        (STRANGER, direct_with(STRANGER), "work in the home server only"),
        (MODERATOR, ELSEWHERE, "work in the home server only"),
    ],
)
async def test_others_are_denied_in_words_and_in_the_log_and_nothing_is_done(
    desk: Any, by: Person, where: Place, says: str
) -> None:
    channel = desk.whole.channel
    before = desk.rows("SELECT count(*), max(number) FROM audit")
    asked = desk.rows("SELECT max(number) FROM queries")[0][0]
    for name, options in DENIED:
        seen = await desk.ask(name, by, where, **options)
        assert seen.private and says in seen.text and not seen.buttons, name
        assert not channel.messages.get(seen.id).body["attachments"]
    card = await desk.moderate("log questions")
    handle = handle_for(card.row, "log questions", None)
    source = Message(copy.deepcopy(channel.messages.get(desk.kept["good"].id).body), where)
    source.body["components"] = [{"type": 1, "id": 1, "components": []}]
    forged = 0
    for kind in (LOG, EXPORT, AUDIT, DEED, PERIOD, GROUP, SPELL, MARK, PURGE, CORRECT):
        custom_id = str(handle.to(kind, 0, 1))
        pressed: dict[str, Any] = {"custom_id": custom_id, "component_type": 2, "id": 2}
        chosen = {"custom_id": custom_id, "component_type": 3, "id": 2, "values": ["csv"]}
        part = {"type": 2, "id": 2, "style": 2, "label": "x", "custom_id": custom_id}
        menu = {"type": 3, "id": 2, "custom_id": custom_id, "options": [{"label": "x", "value": "csv"}]}
        typed = {"custom_id": custom_id, "components": []}
        tries = [(COMPONENT, pressed, part), (COMPONENT, chosen, menu)]
        for sort, data, drawn in [*tries, *([(MODAL, typed, part)] if kind in (SPELL, PURGE, CORRECT) else [])]:
            source.body["components"][0]["components"] = [drawn]
            reply = await channel.interactions.ask(sort, data, by, where, source=source)
            seen = desk.look(reply.message)
            assert seen.private and says in seen.text, (kind, data)
            forged += 1
    rows = desk.whole.log(where=f"number > {asked} AND status = 'denied'")
    assert len(rows) == len(DENIED) + forged and {row["user"] for row in rows} == {by.id}
    after = desk.rows("SELECT count(*), max(number) FROM audit")
    assert after[0][0] == before[0][0] + 1, "only that the moderator looked"


async def test_a_purge_needs_the_right_number(desk: Any) -> None:
    before = desk.whole.log()
    seen = await desk.moderate("log purge", status="denied", user=STRANGER.id)
    count = int(re.search(r"## (\d+) questions would be erased", seen.text)[1])  # type: ignore[index]
    wrong = await desk.submit(await desk.press(seen, "Erase …"), {"typed": str(count + 1)})
    assert "so nothing was erased" in wrong.text
    done = await desk.submit(await desk.press(wrong, "Erase …"), {"typed": str(count)})
    assert f"{count} questions were erased" in done.text
    after = desk.whole.log()
    gone = {row["number"] for row in before} - {row["number"] for row in after}
    wanted = {row["number"] for row in before if row["status"] == "denied" and row["user"] == STRANGER.id}
    assert gone == wanted and len(gone) == count
    assert f"<@{MODERATOR.id}> erased" in (await desk.moderate("log audit", action="erase")).text


async def test_after_a_restart_cards_go_on(desk: Any) -> None:
    listed = await desk.moderate("log questions", search="battalion")
    card, audit = (
        await desk.group(await desk.moderate("log unanswered"), "Steppe Eagle"),
        await desk.moderate("log audit"),
    )
    await desk.whole.start()
    turned = await desk.press(desk.kept["good"], "Next", MEMBER)
    assert turned.row == desk.kept["good"].row and "page 2 of" in turned.text
    changed = await desk.press(turned, "Not useful", MEMBER)
    assert "not useful" in changed.text
    assert f"dismissed by <@{MODERATOR.id}>" in (await desk.press(card, "Dismiss")).text
    assert "page 2 of" in (await desk.press(audit, "Next")).text
    await desk.choose(listed, "jsonl")
    (told,) = desk.direct(MEMBER, "This can be answered now")
    assert "Ask it now" in told.labels


async def person_goes(desk: Any, by: Person, where: Place, words: str) -> str:
    """Shows, takes away and deletes what is kept of somebody; what was said at the end."""
    shown = await desk.ask("privacy show", by, where)
    count = int(re.search(r"\*\*(\d+) questions?\*\*", shown.text)[1])  # type: ignore[index]
    assert shown.private and count == len(desk.whole.log(where=f"user = {by.id}"))
    found = unpacked(await desk.file("privacy export", by, where))
    assert {row["user"] for row in found["questions"]} == {str(by.id)} and len(found["questions"]) == count + 1
    assert words in json.dumps(found, ensure_ascii=False)
    others = {one.id for one in (MEMBER, MODERATOR, STRANGER)} - {by.id}
    elsewhere = f"user IN ({', '.join(map(str, others))}) AND options NOT LIKE '%{by.id}%'"
    before = desk.whole.log(where=elsewhere)
    numbers = f"number IN ({', '.join(str(row['number']) for row in before)})"
    done = await desk.press(await desk.ask("privacy delete", by, where), "Delete for good", by)
    assert done.private and "Not a byte" in done.text
    assert desk.holding(words, by.id) == []
    assert desk.whole.log(where=numbers) == before, "what others asked is as it was"
    return str(done.text)


def unpacked(data: bytes) -> Any:
    """The JSON of an export, zipped or not."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read(archive.namelist()[0])
    return json.loads(data)


async def test_a_stranger_in_direct_messages_has_everything_deleted(desk: Any) -> None:
    assert desk.holding(THEIRS) and desk.holding(STRANGER.id)
    await person_goes(desk, STRANGER, direct_with(STRANGER), THEIRS)
    assert desk.holding(THEIRS) == []
    assert "the regatta report" not in unescape((await desk.moderate("log unanswered", show="source")).text)


async def test_a_member_has_everything_deleted_and_their_old_cards_say_so_kindly(desk: Any) -> None:
    assert {"kzbot.db"} < set(desk.holding(MINE)), "backups hold it, too"
    await person_goes(desk, MEMBER, HOME, MINE)
    assert desk.holding(MINE, IN_DIRECT) == []
    for label in ("Previous", "Useful", "Wrong date or name?"):
        card = desk.look(desk.whole.channel.messages.get(desk.kept["good"].id).body)
        told = await desk.press(card, label, MEMBER)
        assert told.private and "not kept any more" in told.text, label
    (message,) = desk.direct(MEMBER, "This can be answered now")
    assert "not kept any more" in (await desk.press(message, "Ask it now", MEMBER)).text


async def test_a_moderators_deeds_stay_under_a_code(desk: Any) -> None:
    deeds = desk.rows("SELECT number FROM audit WHERE action NOT IN ('look') AND actor = ?", MODERATOR.id)
    assert len(deeds) > 5
    await desk.moderate("search", query="zqxmoderator battalion")
    await person_goes(desk, MODERATOR, HOME, "zqxmoderator")
    kept = dict(desk.rows("SELECT number, actor FROM audit"))
    codes = {kept[number] for (number,) in deeds}
    assert len(codes) == 1 and next(iter(codes)) < 0
    audit = (await desk.moderate("log audit", action="erase")).text
    assert "person " in audit or "moderator" in audit.casefold()


async def test_the_questions_of_a_server_go_when_it_was_left_for_good(desk: Any) -> None:
    channel, whole = desk.whole.channel, desk.whole
    await desk.ask("search", STRANGER, ELSEWHERE, query="lobby regatta")
    await desk.ask("search", query="harbour")
    left = "SELECT 1 FROM state WHERE key LIKE 'left:%'"
    await channel.leave(ELSEWHERE)
    await desk.until(lambda: bool(desk.rows(left)), "that the server was left is remembered")
    await channel.join(ELSEWHERE)
    await desk.until(lambda: not desk.rows(left), "it came back in time")
    assert desk.holding("lobby regatta")
    await channel.leave(ELSEWHERE)
    await desk.until(lambda: bool(desk.rows(left)), "that the server was left is remembered")
    await whole.stop()
    ago = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    with closing(sqlite3.connect(whole.data / "kzbot.db", timeout=60)) as connection, connection:
        connection.execute("UPDATE state SET value = ? WHERE key LIKE 'left:%'", (ago,))
        connection.execute("UPDATE state SET value = ? WHERE key LIKE 'upkeep:%'", (ago,))
    await whole.start()
    await desk.until(lambda: not whole.log(where=f"server = {OTHER_GUILD}"), "the rows of the server stay")
    await desk.until(lambda: desk.holding("lobby regatta") == [], "a byte of them stays")
    assert [row for row in whole.log(where="command = 'search'") if "harbour" in row["options"]]


async def test_after_the_stop_the_terminal_may_do_it_all(desk: Any) -> None:
    code = await asyncio.to_thread(desk.whole.bot.end, signal.SIGTERM)
    assert code == 0
    purged = await desk.terminal("log", "purge", "--search", "harbour", "--yes")
    assert purged.returncode == 0 and "1 question was erased" in purged.stdout, purged
    assert desk.holding("harbour of", "zqx") == []
    copied = desk.whole.data.parent / "elsewhere.db"
    assert MINE.encode() in copied.read_bytes()
    restored = await desk.terminal("restore", str(copied), "--yes")
    assert restored.returncode == 0, restored
    assert desk.holding("zqx", MEMBER.id, STRANGER.id) == [], "a copy of before is cleaned when it comes back"
    assert desk.whole.log() == []
    await desk.whole.start()
    again = await desk.ask("search", query="peacekeeping battalion")
    assert "8 passages" in again.text and again.row > desk.kept["unknown"].row, "no number is given twice"
    told = await desk.press(desk.look(desk.whole.channel.messages.get(desk.kept["good"].id).body), "Previous", MEMBER)
    assert told.private and "not kept any more" in told.text


async def test_everything_that_was_sent_obeys_discord(whole: Any, discord_rules: Callable[..., list[str]]) -> None:
    assert [fault for body in whole.sent for fault in discord_rules(*body)] == []
