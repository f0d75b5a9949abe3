"""The articles, the name book, and the generation that answers come from."""

from pathlib import Path

from kzbot.answers.question import parse
from kzbot.cli.checks.check import Check
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import one_line
from kzbot.corpus.article import Rejection
from kzbot.corpus.collection import read_in
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.corpus.golden_file import read_golden
from kzbot.corpus.names_file import read_name_book
from kzbot.errors import GenerationError, GoldenError, NameBookError, QueryLogError, QuestionError
from kzbot.index.generation import Generation
from kzbot.index.inspect import folder_before, holdings, is_current
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.phrases import Phrases

_LISTED = 5


async def check_corpus(prepared: Prepared) -> list[Check]:
    """Folder, rejected files, name book and generation."""
    sources, phrases = _sources(prepared), prepared.phrases
    store = GenerationStore(prepared.settings.data.folder)
    applied = store.applied()
    current = applied is not None and is_current(store.path(applied), sources)
    checks = [*_articles(sources, store, phrases, applied if current else None), _names(sources, phrases)]
    before = None if applied is None or current else folder_before(store.path(applied), sources)
    return [*checks, *_golden(prepared, sources), *await _generation(store, phrases, applied, current, before)]


def _sources(prepared: Prepared) -> Sources:
    """The sources; without what is laid over them where the log cannot be read, which a check of its own says."""
    try:
        return prepared.sources()
    except QueryLogError:
        return prepared.bare_sources()


def _articles(sources: Sources, store: GenerationStore, phrases: Phrases, indexed: str | None) -> list[Check]:
    """The folder; files are read only where no index is up to date with them, which knows what it rejected."""
    subject = phrases.say("cli.doctor.corpus")
    try:
        states, rejected = sources.folders.scan()
        if indexed is not None:
            rejected = [
                Rejection(each.file, each.reason, each.line) for each in holdings(store.path(indexed)).rejections
            ]
        else:
            with ForeignReader() as foreign:
                for state in states:
                    got = read_in(sources.folders, state, foreign, max_bytes=sources.max_file_bytes)
                    rejected += [one for one in got if isinstance(one, Rejection)]
    except GenerationError as error:
        return [Check(subject, "wrong", str(error))]
    if not states:
        empty = phrases.say("cli.doctor.corpus_empty", folder=sources.folder)
        return [Check(subject, "wrong", empty, phrases.say("cli.doctor.corpus_mend"))]
    found = Check(subject, "ok", phrases.say("cli.doctor.corpus_files", count=len(states), folder=sources.folder))
    return [found, *_rejections(phrases, subject, rejected)]


def _rejections(phrases: Phrases, subject: str, rejected: list[Rejection]) -> list[Check]:
    checks = []
    for each in rejected[:_LISTED]:
        where = each.file if each.line is None else phrases.say("cli.doctor.at_line", file=each.file, line=each.line)
        checks.append(Check(subject, "warning", phrases.say("cli.doctor.not_taken", file=where), each.reason))
    if len(rejected) > _LISTED:
        more = phrases.say("cli.doctor.more_rejected", count=len(rejected) - _LISTED)
        checks.append(Check(subject, "warning", more, phrases.say("cli.doctor.run_index")))
    return checks


def _names(sources: Sources, phrases: Phrases) -> Check:
    subject = phrases.say("cli.doctor.names")
    try:
        book = read_name_book(sources.names_file)
    except NameBookError as error:
        return Check(subject, "wrong", str(error))
    return Check(subject, "ok", phrases.say("cli.doctor.names_known", count=len(book.names)))


def _golden(prepared: Prepared, sources: Sources) -> list[Check]:
    """The golden questions, where there are any: each must be one that can be asked."""
    phrases, file = prepared.phrases, prepared.settings.corpus.golden
    subject = phrases.say("cli.doctor.golden")
    try:
        questions = read_golden(file)
    except GoldenError as error:
        return [Check(subject, "wrong", str(error))]
    try:
        kinds = read_name_book(sources.names_file).kinds
    except NameBookError:
        return []  # which is said of the name book; without it nobody knows which commands there are
    faults = []
    for one in questions:
        try:
            parse(one.question, kinds)
        except QuestionError as error:
            said = phrases.say("cli.doctor.golden_fault", question=one_line(one.question))
            faults.append(Check(subject, "warning", said, one_line(phrases.say(error.key, **error.values))))
    if questions and not faults:
        return [Check(subject, "ok", phrases.say("cli.doctor.golden_known", count=len(questions)))]
    return faults[:_LISTED]


async def _generation(
    store: GenerationStore, phrases: Phrases, applied: str | None, current: bool, before: tuple[Path, bool] | None
) -> list[Check]:
    """`before`: where the articles stood, if they were moved, and whether they are as they were there."""
    subject = phrases.say("cli.doctor.generation")
    if applied is None:
        return [Check(subject, "ok", phrases.say("cli.doctor.generation_none"))]
    try:
        generation = await Generation.open(store.path(applied))
    except GenerationError as error:
        return [Check(subject, "wrong", str(error))]
    found = phrases.say("cli.doctor.generation_opens", count=generation.articles, generation=applied)
    await generation.close()
    checks = [Check(subject, "ok", found)]
    if store.waiting() is not None:
        waits = phrases.say("cli.doctor.generation_waits")
        checks.append(Check(subject, "warning", waits, phrases.say("cli.doctor.force_index")))
    elif before is not None and before[1]:
        checks.append(Check(subject, "ok", phrases.say("cli.doctor.generation_moved", folder=before[0])))
    elif before is not None:
        moved = phrases.say("cli.doctor.generation_elsewhere", folder=before[0])
        checks.append(Check(subject, "warning", moved, phrases.say("cli.doctor.start_or_index")))
    elif not current:
        old = phrases.say("cli.doctor.generation_old")
        checks.append(Check(subject, "warning", old, phrases.say("cli.doctor.run_index")))
    return checks
