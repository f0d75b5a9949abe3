"""What a row holds of a person: the id, a keyed hash, or nothing; the hash is one person's in one data folder only."""

import stat
from pathlib import Path

import pytest

from kzbot.errors import QueryLogError
from kzbot.querylog.people import KEY_FILE, Kept, People

ANNA, BELA = 1187654321098765432, 1187654321098765433


def test_ids_are_kept_hashed_or_not_at_all(tmp_path: Path) -> None:
    modes: tuple[Kept, ...] = ("kept", "hashed", "none")
    kept, hashed, none = (People.open(tmp_path, mode) for mode in modes)
    assert kept.kept(ANNA) == ANNA and none.kept(ANNA) is None
    code = hashed.kept(ANNA)
    assert code is not None and -(2**62) <= code < 0
    assert code == hashed.kept(ANNA) != hashed.kept(BELA)
    assert hashed.kept(code) == code, "a hash is not hashed again"
    assert [each.kept(None) for each in (kept, hashed, none)] == [None] * 3
    assert kept.is_one(ANNA, code) and kept.is_one(ANNA, ANNA) and not kept.is_one(BELA, code)
    assert not kept.is_one(ANNA, None)


def test_the_channel_of_direct_messages_is_kept_only_where_ids_are(tmp_path: Path) -> None:
    shown: tuple[tuple[Kept, int], ...] = (("kept", 7), ("hashed", 0), ("none", 0))
    for mode, direct in shown:
        people = People.open(tmp_path, mode)
        assert people.place(7, None) == direct, "it is one person's, and Discord tells whose"
        assert (people.place(7, 5), people.place(None, None)) == (7, None)


def test_another_data_folder_gives_other_codes(tmp_path: Path) -> None:
    one, other = People.open(tmp_path / "a", "hashed"), People.open(tmp_path / "b", "hashed")
    assert one.kept(ANNA) != other.kept(ANNA)
    assert one.kept(ANNA) == People.open(tmp_path / "a", "hashed").kept(ANNA), "also after a restart"


def test_the_key_is_for_its_owner_and_shown_nowhere(tmp_path: Path) -> None:
    people = People.open(tmp_path, "hashed")
    file = tmp_path / KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() not in repr(people) and people.key.hex() not in repr(people)
    assert [each.name for each in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize("damage", ["", "zz" * 32, "ab" * 31])
def test_a_damaged_key_is_told(tmp_path: Path, damage: str) -> None:
    (tmp_path / KEY_FILE).write_text(damage)
    with pytest.raises(QueryLogError, match="restore this file"):
        People.open(tmp_path, "hashed")
