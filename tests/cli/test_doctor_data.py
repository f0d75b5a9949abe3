"""What `doctor` says of articles that were moved, and of what was erased."""

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kzbot.cli.checks.corpus import check_corpus
from kzbot.cli.prepared import Prepared, prepare
from kzbot.index.store import GenerationStore
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.taking_in import take_in
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]


async def test_articles_that_were_only_moved_are_not_said_to_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here := tmp_path / "here").mkdir()
    (here / "harbour.md").write_text("# A harbour\n\nThe harbour of Plimsk was opened on 3 May 2011.\n")

    def said(place: Path) -> Prepared:
        monkeypatch.setenv("KZBOT_CORPUS__FOLDER", str(place))
        return prepare(None, place / ".data")

    await take_in((before := said(here)).sources(), GenerationStore(before.settings.data.folder))
    for name, copied, level, words in (
        ("there", shutil.copy2, "ok", f"It was built when the articles stood in {here}; nothing else has changed."),
        ("then", shutil.copyfile, "warning", "Whether anything in them has changed is not known yet"),
    ):
        shutil.copytree(here, tmp_path / name, copy_function=copied)
        checks = await check_corpus(said(tmp_path / name))
        assert [one for one in checks if one.level == level and words in one.found], checks
        assert not [one for one in checks if "have changed" in one.found]
    shutil.copytree(here / ".data", tmp_path / "data", copy_function=shutil.copyfile)
    monkeypatch.setenv("KZBOT_CORPUS__FOLDER", str(here))
    assert {one.level for one in await check_corpus(prepare(None, tmp_path / "data"))} == {"ok"}


def test_what_was_erased_must_be_known_and_the_key_of_hashed_ids_be_there(bot: Bot, tmp_path: Path) -> None:
    async def asked() -> None:
        log = await QueryLog.open(tmp_path / FILE_NAME, "hashed")
        for user in (10**17, 10**17 + 1):
            await log.record(
                QueryRecord(
                    asked_at=datetime.now(UTC),
                    user=user,
                    channel=1,
                    server=2,
                    command="search",
                    options={},
                    status="answered",
                    items=1,
                    took_ms=1.0,
                    generation=None,
                    private=False,
                )
            )
        await Eraser(tmp_path, log).erase(Scope.person(10**17), TERMINAL, datetime.now(UTC))
        await log.close()

    def said() -> str:
        return "\n".join(
            line for line in bot("doctor", "--data", tmp_path).stdout.decode().split("\n") if "\tErasing\t" in line
        )

    asyncio.run(asked())
    assert said().startswith("ok\t")
    ledger, key = tmp_path / "erased.jsonl", tmp_path / "user_ids.key"
    kept = ledger.read_bytes(), key.read_bytes()
    key.unlink()
    assert said().startswith("WRONG\t") and f"put {key} back from a copy" in said() and not key.exists()
    key.write_bytes(kept[1])
    ledger.write_bytes(b"\x00\n" + kept[0])
    assert said().startswith("WRONG\t") and "is damaged" in said() and f"Put {ledger} back" in said()
    ledger.unlink()
    assert said().startswith("WRONG\t") and "is lost" in said() and not ledger.exists()
    ledger.write_bytes(kept[0])
    assert said().startswith("ok\t")
