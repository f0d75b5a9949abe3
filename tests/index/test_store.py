"""The generations in the data folder, and who may change which one is served."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kzbot.errors import DataFolderError, GenerationError
from kzbot.index.files import new_id
from kzbot.index.store import GenerationStore

IDS = [f"2026112{day}T203301Z-1a2b3c4d" for day in range(1, 8)]
HOLDER = """
import sys, time
from pathlib import Path
from kzbot.index.store import GenerationStore
with GenerationStore(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    made = GenerationStore(tmp_path / "data")
    with made.lock():
        for generation in IDS:
            made.path(generation).write_bytes(b"")
            made.apply(generation)
    return made


def test_an_empty_data_folder_serves_nothing_and_is_not_made_by_looking(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "data")
    assert (store.applied(), store.waiting(), store.newest(), store.kept()) == (None, None, None, [])
    assert not (tmp_path / "data").exists()


def test_what_is_applied_is_remembered_by_the_next_process(store: GenerationStore) -> None:
    store.apply(IDS[3])
    again = GenerationStore(store.data_folder)
    assert again.applied() == IDS[3]
    assert again.newest() == IDS[3]


def test_a_generation_without_a_file_cannot_be_applied(store: GenerationStore) -> None:
    with pytest.raises(GenerationError, match="is not there"):
        store.apply("20200101T000000Z-00000000")
    store.apply(IDS[0])
    store.path(IDS[0]).unlink()
    assert store.applied() is None
    assert store.newest() == IDS[-1]


def test_where_the_record_of_what_was_applied_is_lost_all_are_kept(store: GenerationStore) -> None:
    (store.data_folder / "applied").write_bytes(b"\xff\xfe")
    assert (store.applied(), store.kept(), store.newest()) == (None, IDS, IDS[-1])


def test_what_was_built_and_never_applied_is_none_of_the_kept_ones_and_goes(store: GenerationStore) -> None:
    stray = "29991231T235959Z-00000000"
    store.path(stray).write_bytes(b"")
    assert stray not in store.kept() and store.newest() == IDS[-1]
    assert stray in store.prune()
    assert not store.path(stray).exists()


@pytest.mark.parametrize("text", ["", "../../etc/passwd", "20261121T203301Z-1a2b3c4d/..", "20261121T203301Z-1A2B3C4D"])
def test_only_ids_name_files(store: GenerationStore, text: str) -> None:
    with pytest.raises(GenerationError, match="no generation"):
        store.path(text)


def test_the_last_five_and_the_applied_one_are_kept(store: GenerationStore) -> None:
    store.apply(IDS[0])
    assert store.prune() == [IDS[1]]
    assert store.kept() == [IDS[0], *IDS[2:]]
    assert store.applied() == IDS[0]


def test_a_waiting_candidate_is_none_of_the_kept_ones_and_goes_when_another_waits(store: GenerationStore) -> None:
    store.apply(IDS[0])
    store.wait(IDS[6])
    assert store.waiting() == IDS[6]
    assert IDS[6] not in store.kept()
    store.wait(IDS[5])
    assert not store.path(IDS[6]).exists()
    store.withdraw()
    assert store.waiting() is None
    assert not store.path(IDS[5]).exists()


def test_applying_the_waiting_candidate_keeps_its_file(store: GenerationStore) -> None:
    store.wait(IDS[6])
    store.apply(IDS[6])
    assert store.waiting() is None
    assert store.applied() == IDS[6]
    assert store.path(IDS[6]).exists()


def test_ids_rise_also_within_a_second_and_when_the_clock_went_back(tmp_path: Path) -> None:
    made = []
    for digest in ("f" * 64, "0" * 64, "7" * 64):
        made.append(new_id(tmp_path, digest))
        (tmp_path / f"{made[-1]}.sqlite").touch()
    assert made == sorted(made)
    assert made[0].endswith("-ffffffff")
    (tmp_path / "29991231T235959Z-00000000.sqlite").touch()
    assert new_id(tmp_path, "1" * 64) == "30000101T000000Z-11111111"


def test_the_refusal_names_the_process_that_holds_the_folder(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdin is not None and holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(DataFolderError, match=rf"in use by process {holder.pid} \(since 20\d\d-"),
            GenerationStore(tmp_path).lock(),
        ):
            pass
        holder.stdin.close()
        holder.wait()
    with GenerationStore(tmp_path).lock():
        assert json.loads((tmp_path / "lock.holder").read_text("utf-8"))["pid"] == os.getpid()
    assert not (tmp_path / "lock.holder").exists()


def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.wait()
        with GenerationStore(tmp_path).lock():
            pass


def test_the_lock_may_be_taken_again_by_who_holds_it(store: GenerationStore) -> None:
    with store.lock():
        with store.lock():
            pass
        other = GenerationStore(store.data_folder)
        with pytest.raises(DataFolderError, match=f"process {os.getpid()}"), other.lock():
            pass


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderError, match="cannot be written"), GenerationStore(tmp_path / "file").lock():
        pass


def test_one_build_at_a_time(store: GenerationStore) -> None:
    with store.building() as first, store.building() as second:
        assert first
        assert not second
    with store.building() as third:
        assert third
