"""What the running bot does for itself: nothing is kept longer than the settings say, and a part that fails holds up no other."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzbot.errors import QueryLogError
from kzbot.index.store import GenerationStore
from kzbot.operations import upkeep as upkeep_module
from kzbot.operations.backups import Backups
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.left_servers import LeftServers
from kzbot.operations.planning.files import read_plan
from kzbot.operations.upkeep import Upkeep
from kzbot.querylog.backup import Held
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.erasing.wiping import Wiper
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import BOT, TERMINAL, Actor, Deed
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.people import People
from kzbot.querylog.working import Tell, unheard
from kzbot.settings import LogSettings
from tests.operations.erasing.filled import (
    HOME,
    MODERATOR,
    NOW,
    OTHER,
    PERSON,
    ask,
    backup,
    counts_are_true,
    forms,
    holding,
    look,
    plans,
    report,
    shapes_of,
)


@dataclass
class Kept:
    """A bot's data folder, and a clock that is set by hand."""

    data: Path
    log: QueryLog
    now: datetime = NOW
    settings: dict[str, Any] = field(default_factory=dict)

    def upkeep(self, *, entered: bool = True) -> Upkeep:
        return Upkeep(
            LogSettings(**self.settings),
            self.data,
            self.log,
            Eraser(self.data, self.log),
            home=HOME,
            clock=lambda: self.now,
            entered=lambda: entered,
        )

    async def asked(self) -> list[Any]:
        return [row.options["query"] for row in reversed((await self.log.recent(50))[0])]

    def backups(self) -> int:
        return len([*(self.data / "backups").glob("*.db")])


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Kept]:
    log = await QueryLog.open(tmp_path / "data" / FILE_NAME)
    made = Kept(tmp_path / "data", log)
    yield made
    await made.log.close()


async def test_questions_older_than_the_settings_say_go_without_a_trace(kept: Kept) -> None:
    old, fresh = NOW - timedelta(days=91), NOW - timedelta(days=89)
    await ask(kept.log, ["zqxwordkj " * 900], asked_at=old)
    await ask(kept.log, ["fresh"], asked_at=fresh)
    await kept.upkeep().once()
    assert await kept.asked() == ["fresh"]
    assert [*holding(kept.data, forms("zqxwordkj"))] == []
    assert counts_are_true(kept.log.path)
    kept.now = NOW + timedelta(days=1)
    await kept.upkeep().once()
    ((deed,), total) = await kept.log.ledger.deeds(9)
    assert (total, deed.at, deed.actor, deed.action, deed.about) == (1, NOW, BOT, "erase", None), "nothing went later"
    assert deed.details == {"kind": "older", "rows": {"queries": 1}}


async def test_where_nothing_is_too_old_the_file_is_not_written_anew(kept: Kept) -> None:
    await ask(kept.log, ["fresh"], asked_at=NOW - timedelta(days=89))
    ahead = kept.log.path.with_name(f"{FILE_NAME}-wal")
    before = ahead.stat().st_size
    erased = await Eraser(kept.data, kept.log).erase(Scope.older(90, 365), TERMINAL, NOW)
    assert erased.total == 0 and ahead.stat().st_size >= before > 0, "its write-ahead log is not emptied"
    await Eraser(kept.data, kept.log).erase(Scope.older(88, 365), TERMINAL, NOW)
    assert ahead.stat().st_size < before


async def test_deeds_go_later_and_open_reports_lose_who_said_them(kept: Kept) -> None:
    log, then = kept.log, NOW - timedelta(days=366)
    await log.ledger.note(Deed(at=then, actor=Actor(place="discord", user=MODERATOR), action="look"))
    await log.ledger.note(Deed(at=NOW, actor=Actor(place="discord", user=MODERATOR), action="look"))
    mended, waits = await report(log, "mended", PERSON, 1), await report(log, "waits", PERSON, 1)
    await log.ledger.close_report(waits, "open", Actor(place="discord", user=MODERATOR), NOW)
    kept.now = NOW + timedelta(days=91)
    await kept.upkeep().once()
    assert await log.ledger.report(mended) is None
    row = await log.ledger.report(waits)
    assert row is not None
    assert (row.user, row.said) == (None, "waits")
    assert then not in [deed.at for deed in (await log.ledger.deeds(50))[0]]
    assert (await log.ledger.deeds(50))[1]


async def test_each_part_is_done_once_a_day_also_over_a_restart(kept: Kept) -> None:
    await kept.upkeep().once()
    assert kept.backups() == 1
    kept.now += timedelta(hours=23)
    await kept.upkeep().once()
    assert kept.backups() == 1
    kept.now += timedelta(hours=2)
    await kept.upkeep().once()
    assert kept.backups() == 2


async def test_a_part_that_fails_is_said_and_tried_again_in_an_hour_and_holds_up_no_other(
    kept: Kept, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    upkeep = kept.upkeep()
    (kept.data / "backups").write_text("a file stands where the folder should")
    await ask(kept.log, ["old"], asked_at=NOW - timedelta(days=100))
    monkeypatch.setattr(Eraser, "finish", _fails)
    with caplog.at_level(logging.ERROR):
        await upkeep.once()
    assert "“backup”" in caplog.text
    assert "“erasures”" in caplog.text
    assert await kept.asked() == []
    (kept.data / "backups").unlink()
    kept.now += timedelta(minutes=59)
    await upkeep.once()
    assert kept.backups() == 0
    kept.now += timedelta(minutes=2)
    await upkeep.once()
    assert kept.backups() == 1


async def test_what_is_damaged_of_when_it_was_done_last_is_as_if_it_never_was(kept: Kept) -> None:
    await ask(kept.log, ["old"], asked_at=NOW - timedelta(days=100))
    await kept.log.set_state(f"{upkeep_module.KEY}retention", "soon")
    assert await upkeep_module.last_upkeep(kept.log) is None
    await kept.upkeep().once()
    assert await kept.asked() == [] and kept.backups() == 1
    assert await upkeep_module.last_upkeep(kept.log) == NOW


async def test_a_part_of_which_the_log_cannot_tell_when_it_was_done_is_tried_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    upkeep = kept.upkeep()
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(QueryLog, "state", _cannot_be_read)
        await upkeep.once()
    assert "“backup”" in caplog.text and kept.backups() == 0
    kept.now += timedelta(hours=2)
    await upkeep.once()
    assert kept.backups() == 1, "or nothing would be done any more until the next start"


async def _cannot_be_read(self: QueryLog, key: str) -> str | None:
    raise QueryLogError("kzbot.db: the log cannot be read (disk I/O error).")


async def _fails(self: Eraser) -> int:
    raise OSError("the disk is gone")


async def test_what_was_asked_in_a_server_that_was_left_goes_after_the_days_of_grace(kept: Kept) -> None:
    servers = LeftServers(kept.log)
    await ask(kept.log, ["there"], server=5)
    await ask(kept.log, ["home"], server=HOME)
    await ask(kept.log, ["between us"], server=None)
    await servers.present([], NOW)
    kept.now += timedelta(days=6)
    await kept.upkeep().once()
    assert await kept.asked() == ["there", "home", "between us"]
    kept.now += timedelta(days=2)
    await kept.upkeep().once()
    assert await kept.asked() == ["home", "between us"]
    assert await servers.due(kept.now, 0, HOME) == []


async def test_a_server_is_left_for_good_only_once_it_is_known_where_the_bot_is(kept: Kept) -> None:
    """It may have been asked back while it was not running, and Discord not be reached yet."""
    servers = LeftServers(kept.log)
    await ask(kept.log, ["there"], server=5)
    await servers.left(5, NOW)
    kept.now += timedelta(days=8)
    await kept.upkeep(entered=False).once()
    assert await kept.asked() == ["there"]
    await servers.present([5], kept.now)
    await kept.upkeep().once()
    assert await kept.asked() == ["there"]


async def test_nothing_goes_by_a_clock_with_which_discord_has_not_been_reached(kept: Kept) -> None:
    """A machine may start with a clock that is years off; Discord's certificate is refused then, and so is the bot."""
    await ask(kept.log, ["there", "home"])
    kept.now += timedelta(days=9000)
    await kept.upkeep(entered=False).once()
    assert await kept.asked() == ["there", "home"]
    assert kept.backups() == 1
    await kept.upkeep().once()
    assert await kept.asked() == []


async def test_coming_back_within_the_days_of_grace_undoes_it(kept: Kept) -> None:
    servers = LeftServers(kept.log)
    await ask(kept.log, ["there"], server=5)
    await servers.left(5, NOW)
    await servers.joined(5)
    await servers.left(5, NOW + timedelta(days=5))
    kept.now += timedelta(days=8)
    await kept.upkeep().once()
    assert await kept.asked() == ["there"]


@pytest.mark.parametrize("mode", ["hashed", "none"])
async def test_rows_of_before_follow_what_is_kept_of_people_in_backups_too(kept: Kept, mode: Any) -> None:
    (number, *_) = await ask(kept.log, [f"asked {at}" for at in range(5)])
    await ask(kept.log, ["by somebody else"], OTHER, server=None)
    await report(kept.log, "a doubt", PERSON, number)
    await _narrowed(kept.log, number)
    backup(kept.data)
    await kept.upkeep().once()
    await kept.log.close()
    kept.log = await QueryLog.open(kept.data / FILE_NAME, mode)
    kept.settings["user_ids"] = mode
    await kept.upkeep().once()
    await kept.upkeep().once()
    assert [*holding(kept.data, shapes_of(PERSON) | shapes_of(OTHER))] == []
    rows = (await kept.log.recent(9))[0]
    people = {row.user for row in rows}
    assert people == ({None} if mode == "none" else {kept.log.people.hashed(PERSON), kept.log.people.hashed(OTHER)})
    assert len(rows) == 7
    assert {row.channel for row in rows if row.server is None} == {0}, "direct messages have a channel for each person"
    assert rows[0].options == {"user": kept.log.people.option(PERSON), "channel": str(HOME), "search": "words"}
    assert (await kept.log.recent(9, 0, Filters(search=str(HOME))))[1] == 1
    assert counts_are_true(kept.log.path)
    if mode == "none":
        hashed = People.open(kept.data, "hashed").hashed
        assert [*holding(kept.data, shapes_of(hashed(PERSON)) | shapes_of(hashed(OTHER)))] == []


async def _narrowed(log: QueryLog, number: int) -> None:
    """A moderator looks for one person's questions, and exports them; a wish was told."""
    options = {"user": str(PERSON), "channel": str(HOME), "search": "words"}
    await ask(log, [""], OTHER, command="log questions", options=options)
    await look(log, OTHER, command="log questions", options=options)
    await log.ledger.note(
        Deed(at=NOW, actor=Actor(place="discord", user=OTHER), action="export", details={"options": options})
    )
    await log.review.wish(number, PERSON, NOW)
    wish = await log.review.wish_of(number, PERSON)
    assert wish is not None and await log.review.begin_telling(wish, NOW)
    await log.review.end_telling(wish, "told", NOW)


async def test_ratings_follow_whatever_was_kept_of_people_before(kept: Kept) -> None:
    (number,) = await ask(kept.log, ["asked"], OTHER)
    for user, mode in ((1, "none"), (PERSON, "kept"), (2, "hashed"), (OTHER, "kept"), (None, "none")):
        await kept.log.close()
        kept.log = await QueryLog.open(kept.data / FILE_NAME, mode)  # type: ignore[arg-type]
        kept.settings["user_ids"] = mode
        await kept.upkeep().once()
        if user is not None:
            await kept.log.review.rate(number, user, False, NOW)
    assert [*holding(kept.data, shapes_of(PERSON) | shapes_of(OTHER))] == []
    assert (await kept.log.review.ratings(number)).not_useful == 1
    ((group,), _) = await kept.log.review.groups(1)
    assert (group.not_useful, group.in_vain) == (1, 1), "it was not answered, and counts as that already"
    assert await kept.log.state("user_ids") == "none"


async def test_what_a_kill_left_of_old_questions_goes_at_the_next_time(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(kept.log, [f"zqxwordkj {at} " * 40 for at in range(99)], asked_at=NOW - timedelta(days=91))
    with monkeypatch.context() as broken:
        broken.setattr(Wiper, "tidy", lambda self: _no_disk(kept.data))
        await kept.upkeep().once()
    assert [*holding(kept.data, forms("zqxwordkj"))], "in the write-ahead log"
    await kept.upkeep().once()
    assert [*holding(kept.data, forms("zqxwordkj"))] == []


async def test_what_is_too_old_goes_out_of_plans_too(kept: Kept) -> None:
    await ask(kept.log, ["zqxwordkj"], asked_at=NOW - timedelta(days=29))
    await ask(kept.log, ["fresh zqx"])
    plans(kept.data, ["zqxwordkj", "fresh zqx"], golden="")
    kept.settings["days"] = 60
    kept.now = NOW + timedelta(days=32)
    await kept.upkeep().once()
    assert [*holding(kept.data, forms("zqxwordkj"))] == []
    waiting = GenerationStore(kept.data).waiting()
    plan = read_plan(GenerationStore(kept.data), waiting or "")
    assert plan is not None and [one.question for one in plan.answers] == ["/search query: fresh zqx"]


async def test_copies_that_stand_longer_than_a_week_hold_nothing_that_is_too_old(kept: Kept) -> None:
    await ask(kept.log, ["zqxwordkj"], asked_at=NOW - timedelta(days=60))
    await ask(kept.log, ["fresh"])
    backup(kept.data)
    folder = kept.data / "backups"
    (daily,) = folder.glob("*.db")
    before, aside = folder / "kzbot-before-0003-20261122T000000Z.db", folder / "kzbot-aside-20261122T000001Z.db"
    for one in (before, aside):
        one.write_bytes(daily.read_bytes())
    kept.now = NOW + timedelta(days=31)
    await kept.upkeep().once()
    assert [*holding(kept.data, forms("zqxwordkj"))] == []
    assert before.exists() and aside.exists() and b"fresh" in before.read_bytes()
    kept.now = NOW + timedelta(days=91)
    await kept.upkeep().once()
    assert not before.exists() and not aside.exists()


async def test_copies_that_hold_only_what_is_too_old_go(kept: Kept) -> None:
    backup(kept.data)
    old = kept.data / "kzbot.db.before-0003"
    old.write_bytes((kept.data / "kzbot.db").read_bytes())
    kept.now = datetime.now(UTC) + timedelta(days=91)
    await kept.upkeep().once()
    assert not old.exists()
    assert kept.backups() == 1
    assert (await kept.log.ledger.deeds(1))[0][0].details == {"kind": "older", "rows": {}, "copies": 2}


async def test_an_erasure_that_was_interrupted_is_ended_by_the_upkeep(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(kept.log, ["zqxwordkj"])
    with monkeypatch.context() as broken:
        broken.setattr("kzbot.operations.erasing.eraser.copies", _no_disk)
        with pytest.raises(Exception, match="disk"):
            await Eraser(kept.data, kept.log).erase(Scope.person(PERSON), TERMINAL, NOW)
    await kept.upkeep().once()
    assert [*holding(kept.data, forms("zqxwordkj") | shapes_of(PERSON))] == []
    assert (await kept.log.ledger.deeds(1))[0][0].action == "erase"


async def test_a_part_that_failed_is_tried_again_also_where_the_clock_goes_back(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    upkeep = kept.upkeep()
    with monkeypatch.context() as broken:
        broken.setattr(Backups, "make", lambda self, now: _no_disk(self.folder))
        await upkeep.once()
    assert kept.backups() == 0
    kept.now -= timedelta(days=300)
    await upkeep.once()
    assert kept.backups() == 1


def _no_disk(folder: Path) -> list[Path]:
    raise OSError("the disk is gone")


async def test_the_end_of_the_bot_ends_a_backup_that_it_is_making(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, loop = asyncio.Event(), asyncio.get_running_loop()

    class Begun(Backups):
        def made(self, now: datetime, tell: Tell = unheard) -> tuple[Path, Held]:
            loop.call_soon_threadsafe(begun.set)
            return super().made(now, tell)

    monkeypatch.setattr(upkeep_module, "Backups", Begun)
    with Backups(kept.data).locked():
        upkeep = asyncio.create_task(kept.upkeep(entered=False).once())
        await begun.wait()
        upkeep.cancel()
        await asyncio.wait({upkeep})
        assert upkeep.cancelled()
    await loop.shutdown_default_executor()  # where a process waits for what it left to other threads
    assert not kept.backups()
