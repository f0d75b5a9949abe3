"""Rows of before follow the setting of what is kept of people: Discord's ids become keyed hashes, or nothing.

Where they do not stay, neither do the channels of direct messages, each of which is one person's.
"""

import json
from collections.abc import Iterator
from typing import Any

from kzbot.querylog.erasing.change import ACTORS, ASKERS, Change
from kzbot.querylog.people import DIRECT

_AT_ONCE = 2_000
_OTHER = "EXISTS (SELECT 1 FROM ratings AS other WHERE other.query = one.query AND other.number {} one.number)"
_RATED = (
    f"DELETE FROM ratings WHERE number IN (SELECT number FROM ratings AS one WHERE {_OTHER.format('>')} LIMIT ?)",
    "UPDATE ratings SET user = NULL WHERE number IN"
    f" (SELECT number FROM ratings AS one WHERE user IS NOT NULL AND NOT {_OTHER.format('!=')} LIMIT ?)",
)
"""Where people are not kept, a question has one rating: the last, whoever of those that are known or not gave it."""
_DIRECT = (
    f"UPDATE queries SET channel = {DIRECT} WHERE number IN"
    f" (SELECT number FROM queries WHERE server IS NULL AND channel != {DIRECT} LIMIT ?)"
)


class Renamer(Change):
    """Gives people the shape that `People.kept` gives them now; a wish keeps Discord's id, for nobody can be told otherwise.

    What has no id any more gets none back.
    """

    def batches(self) -> Iterator[int]:
        """Row by row of every column that holds a person."""
        mode = self._people.mode
        columns = [(table, "user") for table, _ in ASKERS if table != "wishes"] + [one[:2] for one in ACTORS]
        if mode == "none" and self._has("ratings", "user"):
            while count := sum(self._connection.execute(sql, (_AT_ONCE,)).rowcount for sql in _RATED):
                yield count
        for table, column in columns:
            if not self._has(table, column):
                continue
            if mode == "hashed":
                for (one,) in self._connection.execute(
                    f"SELECT DISTINCT {column} FROM {table} WHERE {column} > 0"
                ).fetchall():
                    yield from self._set(table, column, self._people.hashed(one), f"{column} = ?", one)
            elif mode == "none":
                yield from self._set(table, column, None, f"{column} IS NOT NULL")
        if mode == "none" and self._has("wishes", "user"):
            yield from self._chunks(
                "UPDATE wishes SET user = -number WHERE number IN"
                " (SELECT number FROM wishes WHERE state != 'open' AND user != -number LIMIT ?)"
            )
        if mode != "kept":
            yield from self._chunks(_DIRECT)
            yield from self._narrowed_by()

    def _narrowed_by(self) -> Iterator[int]:
        """By whom moderators narrowed the log, in their questions and deeds. What somebody typed as words stays."""
        for number, text, user in self._naming("queries", "options", "$.user", "command LIKE 'log %'"):
            options = {**json.loads(text), "user": self._people.option(user)}
            self._ask_otherwise(number, json.dumps(options, separators=(",", ":")))
            yield 1
        if not self._has("audit", "details"):
            return
        for number, text, user in self._naming("audit", "details", "$.options.user"):
            details = json.loads(text)
            details["options"]["user"] = self._people.option(user)
            values = (json.dumps(details, ensure_ascii=False), number)
            yield from self._run("UPDATE audit SET details = ? WHERE number = ?", values)

    def _naming(self, table: str, column: str, where: str, only: str = "true") -> list[Any]:
        """Number, text and person of the rows that hold there of a person what is kept of none now."""
        sign = "!=" if self._people.mode == "none" else ">"
        person = f"CASE WHEN json_valid({column}) THEN CAST(json_extract({column}, ?) AS INTEGER) END"
        sql = f"SELECT number, {column}, {person} AS person FROM {table} WHERE {only} AND person {sign} 0"
        return self._connection.execute(sql, (where,)).fetchall()

    def _set(self, table: str, column: str, to: int | None, where: str, *values: Any) -> Iterator[int]:
        rows = f"SELECT number FROM {table} WHERE {where} LIMIT ?"
        return self._chunks(f"UPDATE {table} SET {column} = ? WHERE number IN ({rows})", to, *values)

    def _chunks(self, sql: str, *values: Any) -> Iterator[int]:
        while count := self._connection.execute(sql, (*values, _AT_ONCE)).rowcount:
            yield count
