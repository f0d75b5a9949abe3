"""Building a generation from the articles' folder and the one before, into a file that is then never written again."""

import os
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

from kzbot.corpus.names_file import read_name_book
from kzbot.errors import GenerationError
from kzbot.index.building.candidate import Candidate
from kzbot.index.building.laid import lay_over
from kzbot.index.building.plan import Plan, Versions, make_plan, summarise
from kzbot.index.building.previous import Previous, read_previous
from kzbot.index.building.spool import Spool
from kzbot.index.files import SUFFIX, checked_file, new_id, replace_text, sync_folder
from kzbot.index.hashes import book_hash, file_hash, rules_version
from kzbot.index.sources import BuildSummary, ProgressCallback, Sources

_UNFINISHED = "building-*"


def build(
    sources: Sources, target: Path, previous: Path | None = None, progress: ProgressCallback = lambda _: None
) -> BuildSummary:
    """Build the generation of `sources` into the folder `target`, from the file `previous` where there is one.

    What did not change is neither read nor worked out again. Where nothing changed at all, no file is made. A build
    that is killed leaves only a temporary file, which the next one removes; so only one may run in a folder at a time.
    Raises GenerationError or NameBookError; then `target` is as it was.
    """
    began = time.monotonic()
    try:
        target.mkdir(parents=True, exist_ok=True)
        clean(target)
        summary = _build_or_rebuild(sources, target, read_previous(previous), progress)
    except (sqlite3.Error, OSError) as error:
        raise GenerationError(
            f"The index could not be written to {target} ({error}); mend that and try again."
        ) from error
    finally:
        clean(target)
    return replace(summary, seconds=round(time.monotonic() - began, 3))


def clean(target: Path) -> None:
    """Remove what a build that was killed left behind."""
    for file in target.glob(_UNFINISHED):
        file.unlink(missing_ok=True)


def _build_or_rebuild(sources: Sources, target: Path, before: Previous, progress: ProgressCallback) -> BuildSummary:
    """From the generation before; from the files alone where that one turns out to be damaged."""
    try:
        return _build(sources, target, before, progress)
    except sqlite3.DatabaseError as error:
        if before.path is None or isinstance(error, sqlite3.OperationalError):  # a full disk, not a damaged file
            raise
        clean(target)
        return _build(sources, target, Previous(first_seen=before.first_seen), progress)


def _build(sources: Sources, target: Path, before: Previous, progress: ProgressCallback) -> BuildSummary:
    names_file = file_hash(sources.names_file)
    book = read_name_book(sources.names_file)
    laid = lay_over(book, sources.overlay)
    versions = Versions(rules_version(), book_hash(book), names_file, laid.spelled)
    with Spool(target) as spool:
        plan = make_plan(sources, versions, laid, before, spool, progress)
        if before.path and before.meta["digest"] == plan.digest:
            if before.meta["fingerprint"] != plan.fingerprint:
                replace_text(checked_file(before.path), plan.fingerprint + "\n")
            return summarise(_as_before(plan, before), before, before.meta["id"], made=False, reanalysed=False)
        generation = new_id(target, plan.digest)
        temporary = target / f"building-{os.getpid()}.sqlite"
        candidate = Candidate(sources, plan, before, spool, laid.book, progress)
        failed = candidate.write(temporary, generation)
    _finish(temporary, target / f"{generation}{SUFFIX}")
    same = (before.meta.get("rules"), before.meta.get("names")) == (versions.rules, versions.names)
    reanalysed = before.path is not None and not same
    return summarise(plan.without(failed), before, generation, made=True, reanalysed=reanalysed)


def _as_before(plan: Plan, before: Previous) -> Plan:
    """The plan without the articles that could not be worked out the last time either."""
    failed = {entry.file for entry in plan.entries} - before.known.keys()
    return plan.without([one for one in before.rejections if one.file in failed])


def _finish(temporary: Path, final: Path) -> None:
    """Give the file its name once all of it is on the disk; from then on it is never written."""
    temporary.chmod(0o444)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(final)
    sync_folder(final.parent)
