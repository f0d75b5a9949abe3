"""The file of a new generation: patched from a copy of the one before, or filled from nothing."""

import shutil
import sqlite3
from collections.abc import Container, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kzbot.corpus.article import Article, Rejection
from kzbot.corpus.json_lines import container_of
from kzbot.index.building.analyse import analyse
from kzbot.index.building.arriving import write_arrivals
from kzbot.index.building.carrying import write_carried
from kzbot.index.building.events import write_events
from kzbot.index.building.naming import write_names, write_words_of_names
from kzbot.index.building.numbers import numbers_in_order
from kzbot.index.building.plan import EVERY, Entry, Plan
from kzbot.index.building.previous import Previous, stored_article
from kzbot.index.building.records import write_records
from kzbot.index.building.repeating import write_near_duplicates
from kzbot.index.building.spool import Spool
from kzbot.index.building.writing import Writer
from kzbot.index.schema import create_indexes, create_tables, open_for_building, open_for_reading
from kzbot.index.sources import Progress, ProgressCallback, Sources
from kzbot.language.names.book import NameBook
from kzbot.language.names.gazetteer import Gazetteer


class Candidate:
    """One generation on its way into a file."""

    def __init__(
        self,
        sources: Sources,
        plan: Plan,
        before: Previous,
        spool: Spool,
        book: NameBook,
        progress: ProgressCallback,
    ) -> None:
        self._sources, self._plan, self._before, self._spool = sources, plan, before, spool
        self._book, self._progress = book, progress
        self._now = _moment(set(before.first_seen.values()))

    def write(self, file: Path, generation: str) -> list[Rejection]:
        """Write the whole generation under this id; the articles that could not be worked out are left out and returned."""
        kept, numbers = self._numbers()
        base = self._before.path if kept else None
        with self._opened(file, base) as connection:
            writer = Writer(connection)
            if base:
                for number in sorted({known.number for known in self._before.known.values()} - set(kept.values())):
                    writer.remove(number)
            failed = self._add_all(writer, kept, numbers)
            self._progress(Progress("finish"))
            writer.finish_text_index()
            write_events(connection)
            write_names(connection, self._book)
            write_words_of_names(connection, self._book)
            write_carried(connection)
            write_arrivals(connection)
            write_near_duplicates(connection)
            plan = self._plan.without(failed)
            write_records(connection, self._sources, plan, {"id": generation, "created": self._now})
            self._set_aside(connection)
            connection.execute("COMMIT")
            if not base:
                create_indexes(connection)
        return failed

    def _set_aside(self, connection: sqlite3.Connection) -> None:
        """Remember when articles were first seen that were known and whose files are there, but were not taken."""
        there = {state.file for state in self._plan.states}
        taken = {row[0] for row in connection.execute("SELECT id FROM articles")}
        connection.execute("DELETE FROM set_aside")
        connection.executemany(
            "INSERT INTO set_aside VALUES (?, ?, ?)",
            (
                (id_, file, self._before.first_seen[id_])
                for id_, file in sorted(self._before.places.items())
                if container_of(file) in there and id_ not in taken
            ),
        )

    def _numbers(self) -> tuple[dict[str, int], dict[str, int]]:
        """The rows to take over, by file, and the numbers of all articles.

        Nothing is taken over where less than half could be, or the order leaves no room: then loading anew is quicker.
        """
        files = [entry.file for entry in self._plan.entries]
        kept = {entry.file: entry.keep for entry in self._plan.entries if entry.keep is not None}
        numbers = numbers_in_order(files, kept)
        if numbers is None or 2 * len(kept) <= len(self._before.known):
            kept = {}
            numbers = numbers_in_order(files, kept) or {}
        return kept, numbers

    @contextmanager
    def _opened(self, file: Path, base: Path | None) -> Iterator[sqlite3.Connection]:
        if base:
            shutil.copyfile(base, file)
        with closing(open_for_building(file)) as connection:
            if not base:
                create_tables(connection)
            connection.execute("BEGIN")
            yield connection

    def _add_all(self, writer: Writer, kept: Mapping[str, int], numbers: Mapping[str, int]) -> list[Rejection]:
        waiting = [entry for entry in self._plan.entries if entry.file not in kept]
        gazetteer = Gazetteer(self._book)
        failed = []
        for done, (entry, article) in enumerate(self._articles(waiting)):
            if done % EVERY == 0:
                self._progress(Progress("analyse", done, len(waiting)))
            try:
                analysis = analyse(entry.bearing.put_right(article), gazetteer)
            except Exception as error:  # noqa: BLE001 - one article that trips a rule must not keep the others out
                reason = f"it could not be worked out ({type(error).__name__}: {error}); please report this article."
                failed.append(Rejection(entry.file, reason))
                continue
            first_seen = self._before.first_seen.get(entry.id, self._now)
            writer.add(article, entry, numbers[entry.file], first_seen, analysis)
        writer.flush()
        self._progress(Progress("analyse", len(waiting), len(waiting)))
        return failed

    def _articles(self, entries: list[Entry]) -> Iterator[tuple[Entry, Article]]:
        """The articles from the spool, those that were not read from the generation before."""
        before = self._before.path
        with closing(open_for_reading(before) if before else sqlite3.connect(":memory:")) as stored:
            for entry in entries:
                article = self._spool.get(entry.file)
                if article is None:
                    article = stored_article(stored, self._before.known[entry.file].number)
                yield entry, article


def _moment(taken: Container[str]) -> str:
    """The second it is now (UTC, ISO 8601), or the next in which nothing arrived yet: what two builds bring is told apart."""
    now = datetime.now(UTC)
    while (said := now.strftime("%Y-%m-%dT%H:%M:%SZ")) in taken:
        now += timedelta(seconds=1)
    return said
