"""What a build will do: which articles there are now, which rows can be taken over, what is new, changed, gone."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace

from kzbot.corpus.article import Article, FileState, Rejection
from kzbot.corpus.collection import read_in
from kzbot.corpus.duplicates import Identity, find_duplicates, text_hash
from kzbot.corpus.folders import in_order, is_added
from kzbot.corpus.foreign.extras import needs_extra, versions_for
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.corpus.json_lines import container_of
from kzbot.index.building.laid import Bearing, Laid
from kzbot.index.building.previous import Known, Previous, StoredTexts
from kzbot.index.building.spool import Spool
from kzbot.index.fingerprint import fingerprint
from kzbot.index.hashes import content_hash, hash_of, work_hash
from kzbot.index.rows import IdleRow, WithdrawnRow
from kzbot.index.sources import BuildSummary, Progress, ProgressCallback, Sources

EVERY = 50
"""Progress is told once for so many articles."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What analyses depend on beside the articles, as hashes; `names_file` is that of the name book's bytes, `spelled` that
    of the spellings laid over it."""

    rules: str
    names: str
    names_file: str
    spelled: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the new generation; `keep` is the number of its row in the one before, where nothing changed.

    `bearing`: what of that which moderators laid over the corpus bears on it; `idle`: what of it is meant for it in vain.
    """

    file: str
    id: str
    title: str
    text_hash: str
    content_hash: str
    bearing: Bearing
    idle: tuple[IdleRow, ...]
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
    versions: Versions
    readers: str
    withdrawn: tuple[WithdrawnRow, ...] = ()
    idle: tuple[IdleRow, ...] = ()

    @property
    def rejections(self) -> list[Rejection]:
        """All files that are not taken, in order of file name."""
        return sorted(
            (*self.rejected, *self.duplicates), key=lambda one: (in_order(one.file), one.line or 0, one.reason)
        )

    def without(self, failed: Sequence[Rejection]) -> "Plan":
        """The same plan, with these files rejected instead of taken."""
        files = {one.file for one in failed}
        entries = tuple(entry for entry in self.entries if entry.file not in files)
        return replace(self, entries=entries, rejected=(*self.rejected, *failed))


def make_plan(
    sources: Sources, versions: Versions, laid: Laid, previous: Previous, spool: Spool, progress: ProgressCallback
) -> Plan:
    """Compare the folders with the generation before; files that changed are read and put into `spool`.

    A file that gave no article before is read again, for what it repeated may be gone. Raises GenerationError where
    there is no folder.
    """
    progress(Progress("scan"))
    states, rejected = sources.folders.scan()
    as_it_lies = fingerprint(sources, states, rejected, versions.names_file)
    readers = json.dumps(versions_for(state.file for state in states))
    kept = _kept(sources, versions, states, previous, readers)
    unread = [state for state in states if state.file not in kept]
    read: dict[str, Entry] = {}
    for got in _read(sources, unread, progress):
        if isinstance(got, Rejection):
            rejected.append(got)
        else:
            spool.put(got)
            read[got.file] = _entry(got, versions, laid, previous)
    known = [one for file, one in previous.known.items() if container_of(file) in kept]
    taken_over = {one.file: one for one in _taken_over(known, versions, laid, previous)}
    rejected += [one for one in previous.rejections if one.file in kept]
    found = [{**taken_over, **read}[file] for file in sorted({*taken_over, *read}, key=in_order)]
    withdrawn = [one for one in previous.withdrawn if container_of(one.file) in kept]
    return _plan(sources, versions, readers, laid, states, found, withdrawn, rejected, as_it_lies)


def _plan(
    sources: Sources,
    versions: Versions,
    readers: str,
    laid: Laid,
    states: Sequence[FileState],
    found: Sequence[Entry],
    withdrawn: Sequence[WithdrawnRow],
    rejected: Sequence[Rejection],
    as_it_lies: str,
) -> Plan:
    """The plan for the articles that were `found`, in order: those withdrawn are left out, then those that repeat another.

    `withdrawn`: those that were left out before and were not read again.
    """
    out = [WithdrawnRow(one.file, one.id, one.title) for one in found if one.id in sources.overlay.withdrawn]
    withdrawn = sorted((*withdrawn, *out), key=lambda one: in_order(one.file))
    standing = [one for one in found if one.id not in sources.overlay.withdrawn]
    duplicates = find_duplicates([Identity(one.file, one.id, one.text_hash) for one in standing])
    repeated = {one.file for one in duplicates}
    entries = tuple(one for one in standing if one.file not in repeated)
    idle = [
        *laid.idle,
        *laid.idle_ids([*(one.id for one in found), *(one.id for one in withdrawn)]),
        *(row for one in entries for row in one.idle),
    ]
    plan = Plan(
        tuple(states),
        entries,
        tuple(rejected),
        tuple(duplicates),
        "",
        as_it_lies,
        versions,
        readers,
        tuple(withdrawn),
        tuple(sorted(idle, key=lambda row: (row.what, row.target, row.words or ""))),
    )
    return replace(plan, digest=_digest(plan, sources.max_file_bytes))


def _read(sources: Sources, states: Sequence[FileState], progress: ProgressCallback) -> Iterator[Article | Rejection]:
    """What is in these files, one article after another."""
    with ForeignReader() as foreign:
        for done, state in enumerate(states):
            if done % EVERY == 0:
                progress(Progress("read", done, len(states)))
            yield from read_in(sources.folders, state, foreign, max_bytes=sources.max_file_bytes)
    progress(Progress("read", len(states), len(states)))


def summarise(plan: Plan, previous: Previous, generation: str, *, made: bool, reanalysed: bool) -> BuildSummary:
    """What the plan does to the articles of the generation before."""
    before = {known.id: known.content_hash for known in previous.known.values()} or dict.fromkeys(
        previous.first_seen, ""
    )
    now = {entry.id: entry.content_hash for entry in plan.entries}
    both = before.keys() & now.keys()
    work = {known.id: known.work_hash for known in previous.known.values()}
    reworked = {entry.id for entry in plan.entries if work.get(entry.id, entry.work_hash) != entry.work_hash}
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
        reworked=() if reanalysed else tuple(sorted(reworked - changed)),
    )


def _kept(
    sources: Sources, versions: Versions, states: Sequence[FileState], previous: Previous, readers: str
) -> frozenset[str]:
    """The files that need not be read again: they did not change, and gave articles (also such that were withdrawn and still
    are) and no duplicate.

    Of a file with many articles the lines that were rejected are kept as well. All are read again where there are other
    rules, another folder, another size limit; pages and PDFs where other packages read them now.
    """
    meta, folder = previous.meta, str(sources.folder.resolve())
    now = (versions.rules, folder, str(sources.max_file_bytes))
    if (meta.get("rules"), meta.get("folder"), meta.get("max_file_bytes")) != now:
        return frozenset()
    elsewhere = sources.added is not None and meta.get("added") != str(sources.added.resolve())
    other_readers = meta.get("readers") != readers
    withdrawn = {container_of(one.file) for one in previous.withdrawn}
    restored = {container_of(one.file) for one in previous.withdrawn if one.id not in sources.overlay.withdrawn}
    giving = ({container_of(file) for file in previous.known} | withdrawn) - restored
    repeating = {container_of(one.file) for one in previous.rejections if container_of(one.file) != one.file}
    return frozenset(
        state.file
        for state in states
        if state.file in giving - repeating
        and previous.files.get(state.file) == state
        and not (other_readers and needs_extra(state.file))
        and not (elsewhere and is_added(state.file))
    )


def _entry(article: Article, versions: Versions, laid: Laid, previous: Previous) -> Entry:
    content = content_hash(article)
    bearing, idle = laid.on(article.id, article.title, article.text)
    work = work_hash(content, versions.rules, versions.names, bearing.as_json())
    known = previous.known.get(article.file)
    keep = known.number if known and known.id == article.id and known.work_hash == work else None
    return Entry(article.file, article.id, article.title, text_hash(article.text), content, bearing, idle, work, keep)


def _taken_over(known: Iterable[Known], versions: Versions, laid: Laid, previous: Previous) -> Iterator[Entry]:
    """The articles whose files were not read; their texts are, where what was laid over them may bear on them anew."""
    same_spellings = previous.meta.get("spelled") == laid.spelled
    with StoredTexts(previous.path) as texts:
        for one in known:
            bearing, idle = replace(one.bearing, dates=()), tuple[IdleRow, ...]()
            if not same_spellings or one.id in laid.overlay.dates:
                bearing, idle = laid.on(one.id, one.title, texts.of(one.number))
            work = work_hash(one.content_hash, versions.rules, versions.names, bearing.as_json())
            keep = one.number if one.work_hash == work else None
            yield Entry(one.file, one.id, one.title, one.text_hash, one.content_hash, bearing, idle, work, keep)


def _digest(plan: Plan, max_file_bytes: int) -> str:
    """The hash of what was read and by what; where the folders lie does not count, so that they can be moved."""
    versions = plan.versions
    circumstances = (versions.rules, str(max_file_bytes), versions.names, versions.spelled, plan.readers)
    articles = [(entry.file, entry.work_hash) for entry in plan.entries]
    refused = sorted((one.file, one.line or 0, one.reason) for one in (*plan.rejected, *plan.duplicates))
    laid = [[astuple(row) for row in rows] for rows in (plan.withdrawn, plan.idle)]
    return hash_of(articles, refused, circumstances, laid)
