"""What a build will do: which articles there are now, which rows can be taken over, what is new, changed, gone."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kzbot.corpus.article import Article, FileState, Rejection
from kzbot.corpus.collection import read_articles
from kzbot.corpus.duplicates import Identity, find_duplicates, text_hash
from kzbot.corpus.folder import scan
from kzbot.corpus.foreign.extras import needs_extra, versions_for
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.corpus.json_lines import container_of
from kzbot.index.building.previous import Known, Previous
from kzbot.index.building.spool import Spool
from kzbot.index.fingerprint import fingerprint
from kzbot.index.hashes import content_hash, hash_of, work_hash
from kzbot.index.sources import BuildSummary, Progress, ProgressCallback, Sources

EVERY = 50
"""Progress is told once for so many articles."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What analyses depend on beside the articles, as hashes; `names_file` is that of the name book's bytes."""

    rules: str
    names: str
    names_file: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the new generation; `keep` is the number of its row in the one before, where nothing changed."""

    file: str
    id: str
    text_hash: str
    content_hash: str
    work_hash: str
    keep: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The new generation before it is written: `entries` in order of file name.

    `digest` is the hash of its input, `fingerprint` that of the folder with its contents unread. `readers` are the packages
    that read its pages and PDFs, with their versions.
    """

    states: tuple[FileState, ...]
    entries: tuple[Entry, ...]
    rejected: tuple[Rejection, ...]
    duplicates: tuple[Rejection, ...]
    digest: str
    fingerprint: str
    readers: str

    @property
    def rejections(self) -> list[Rejection]:
        """All files that are not taken, in order of file name."""
        return sorted((*self.rejected, *self.duplicates), key=lambda one: (one.file, one.line or 0, one.reason))

    def without(self, failed: Sequence[Rejection]) -> "Plan":
        """The same plan, with these files rejected instead of taken."""
        files = {one.file for one in failed}
        entries = tuple(entry for entry in self.entries if entry.file not in files)
        return replace(self, entries=entries, rejected=(*self.rejected, *failed))


def make_plan(
    sources: Sources, versions: Versions, previous: Previous, spool: Spool, progress: ProgressCallback
) -> Plan:
    """Compare the folder with the generation before; files that changed are read and put into `spool`.

    A file that gave no article before is read again, for what it repeated may be gone. Raises GenerationError where
    there is no folder.
    """
    progress(Progress("scan"))
    states, rejected = scan(sources.folder)
    as_it_lies = fingerprint(sources, states, rejected, versions.names_file)
    readers = json.dumps(versions_for(state.file for state in states))
    kept = frozenset[str]() if _must_read_all(sources, versions, previous) else _kept(states, previous, readers)
    unread = [state for state in states if state.file not in kept]
    read: dict[str, Entry] = {}
    for got in _read(sources, unread, progress):
        if isinstance(got, Rejection):
            rejected.append(got)
        else:
            spool.put(got)
            read[got.file] = _entry(got, versions, previous)
    taken_over = {
        file: _taken_over(known, versions) for file, known in previous.known.items() if container_of(file) in kept
    }
    rejected += [one for one in previous.rejections if one.file in kept]
    found = [{**taken_over, **read}[file] for file in sorted({*taken_over, *read})]
    duplicates = find_duplicates([Identity(one.file, one.id, one.text_hash) for one in found])
    repeated = {one.file for one in duplicates}
    entries = tuple(one for one in found if one.file not in repeated)
    return Plan(
        tuple(states),
        entries,
        tuple(rejected),
        tuple(duplicates),
        _digest(entries, [*rejected, *duplicates], (*_circumstances(sources, versions), readers)),
        as_it_lies,
        readers,
    )


def _read(sources: Sources, states: Sequence[FileState], progress: ProgressCallback) -> Iterator[Article | Rejection]:
    """What is in these files, one article after another."""
    with ForeignReader() as foreign:
        for done, state in enumerate(states):
            if done % EVERY == 0:
                progress(Progress("read", done, len(states)))
            yield from read_articles(sources.folder, state, foreign, max_bytes=sources.max_file_bytes)
    progress(Progress("read", len(states), len(states)))


def summarise(plan: Plan, previous: Previous, generation: str, *, made: bool, reanalysed: bool) -> BuildSummary:
    """What the plan does to the articles of the generation before."""
    before = {known.id: known.content_hash for known in previous.known.values()} or dict.fromkeys(
        previous.first_seen, ""
    )
    now = {entry.id: entry.content_hash for entry in plan.entries}
    both = before.keys() & now.keys()
    changed = {one for one in both if before[one] and before[one] != now[one]}
    return BuildSummary(
        generation=generation,
        made=made,
        articles=len(now),
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(before.keys() - now.keys())),
        unchanged=len(both) - len(changed),
        rejected=plan.rejected,
        duplicates=plan.duplicates,
        reanalysed=reanalysed,
    )


def _must_read_all(sources: Sources, versions: Versions, previous: Previous) -> bool:
    """Whether what was read before may read differently now: other rules, another folder, another size limit."""
    meta = previous.meta
    return (meta.get("rules"), meta.get("folder"), meta.get("max_file_bytes")) != _circumstances(sources, versions)[:3]


def _circumstances(sources: Sources, versions: Versions) -> tuple[str, str, str, str]:
    return versions.rules, str(sources.folder.resolve()), str(sources.max_file_bytes), versions.names


def _kept(states: Sequence[FileState], previous: Previous, readers: str) -> frozenset[str]:
    """The files that need not be read again: they did not change, and gave articles and no duplicate.

    Of a file with many articles the lines that were rejected are kept as well. Pages and PDFs are read again where other
    packages read them now.
    """
    giving = {container_of(file) for file in previous.known}
    repeating = {container_of(one.file) for one in previous.rejections if container_of(one.file) != one.file}
    other = previous.meta.get("readers") != readers
    return frozenset(
        state.file
        for state in states
        if state.file in giving - repeating
        and previous.files.get(state.file) == state
        and not (other and needs_extra(state.file))
    )


def _entry(article: Article, versions: Versions, previous: Previous) -> Entry:
    content = content_hash(article)
    work = work_hash(content, versions.rules, versions.names)
    known = previous.known.get(article.file)
    keep = known.number if known and known.id == article.id and known.work_hash == work else None
    return Entry(article.file, article.id, text_hash(article.text), content, work, keep)


def _taken_over(known: Known, versions: Versions) -> Entry:
    work = work_hash(known.content_hash, versions.rules, versions.names)
    keep = known.number if known.work_hash == work else None
    return Entry(known.file, known.id, known.text_hash, known.content_hash, work, keep)


def _digest(entries: Sequence[Entry], rejections: Sequence[Rejection], circumstances: Sequence[str]) -> str:
    articles = [(entry.file, entry.work_hash) for entry in entries]
    refused = sorted((one.file, one.line or 0, one.reason) for one in rejections)
    return hash_of(articles, refused, circumstances)
