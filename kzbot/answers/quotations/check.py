"""/check: whether the quotations of a text stand in the corpus, to the letter."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kzbot.answers.model import Answer, Check, Difference, Evidence, Question, Verdict
from kzbot.answers.quotations.named_sources import NamedSource, beside, source_given, sources_in
from kzbot.answers.quotations.quoted import Asked, Found, Held, Library, look_for
from kzbot.answers.quotations.quoted_evidence import evidence_of_held
from kzbot.answers.receipts import bad_request, not_found
from kzbot.index.generation import Generation
from kzbot.language.addresses import urls_in
from kzbot.language.quoting.finding import Quotation, quotations, word_count
from kzbot.language.quoting.reading import QUOTE, read

MOST = 100
"""The quotations of one text that are checked."""
VERDICTS: tuple[Verdict, ...] = ("exact", "exact_but_typography", "altered", "other_article", "not_in_corpus")
MOST_SHOWN = 4
"""The articles that are shown of those that hold a quotation."""
_YES = ("exact", "exact_but_typography")


async def check(question: Question, generation: Generation) -> Answer:
    """A check for each quotation of the text, in its order; a text without quotation marks is one quotation.

    So is one that stands in the corpus as it is, whatever marks it has inside; and where the corpus has it in nearly the same
    words, while its marks are around less than half of them. `source` is the article that all are said to be from; without it
    each may name its own beside it.
    """
    message = str(question.options["quote"])
    bare = [_without_addresses(one) for one in quotations(message)]
    found = [one for one in bare if word_count(one.words)]
    count = sum(one.count for one in found)
    if not found or count > MOST:
        key = "answers.bad_request.quotations" if found else "answers.bad_request.no_quotation"
        return bad_request(question, generation, key, {"count": count, "limit": MOST})
    library = Library(generation)
    found = await _decided(library, found)
    named = await _named(question, generation, message, found)
    asked = [_asked(one, sources) for one, sources in zip(found, named, strict=True)]
    made = await look_for(library, asked)
    held = [one.held[:MOST_SHOWN] or ((one.altered,) if one.altered else ()) for one in made]
    evidence = await evidence_of_held(generation, held)
    checks = [_check(*each) for each in zip(found, named, made, evidence, strict=True)]
    return _answer(question, generation, checks)


async def _decided(library: Library, found: Sequence[Quotation]) -> list[Quotation]:
    """Which are meant where a text holds quotations: itself, or those."""
    decided = list(found)
    while wholes := [one for one in decided if one.within]:
        results = iter(await look_for(library, [Asked(one.words, only_whole=not _few(one)) for one in wholes]))
        opened: list[Quotation] = []
        for one in decided:
            if one.within and not _stands(next(results)):
                opened += one.within
            else:
                opened.append(replace(one, within=()))
        decided = opened
    return decided


def _stands(found: Found) -> bool:
    """Whether a whole text stands in the corpus, be it altered; its quotation marks must be the source's then."""
    if found.held or found.likeness is None:
        return bool(found.held)
    own = [run for run in found.likeness.runs if QUOTE in read(run.theirs).keys and QUOTE not in read(run.source).keys]
    return not own


def _few(quotation: Quotation) -> bool:
    """Whether the marks inside a text are around less than half of its words."""
    return 2 * sum(word_count(each.words) for each in quotation.within) < word_count(quotation.words)


def _without_addresses(quotation: Quotation) -> Quotation:
    """A whole text without the addresses of pages that stand before or behind it."""
    words = quotation.words
    for start, end, _ in reversed(urls_in(words)):
        if not word_count(words[end:]):
            words = words[:start].rstrip(" \t\n(<[-–—")
    for start, end, _ in urls_in(words)[:1]:
        if not word_count(words[:start]):
            words = words[end:].lstrip(" \t\n)>]:-–—")
    return replace(quotation, words=words)


async def _named(
    question: Question, generation: Generation, message: str, found: Sequence[Quotation]
) -> list[list[NamedSource]]:
    if "source" in question.options:
        given = await source_given(generation, str(question.options["source"]))
        return [[given] for _ in found]
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(message))
    if whole:
        kept = message.find(found[0].words)
        found = [replace(found[0], start=kept, end=kept + len(found[0].words))] if kept >= 0 else found
    sources = await sources_in(generation, message, found)
    return [beside(one, message, found, sources) for one in found]


def _asked(quotation: Quotation, sources: Sequence[NamedSource]) -> Asked:
    if not sources:
        return Asked(quotation.words)
    return Asked(
        quotation.words,
        lambda row: any(source.is_of(row) for source in sources),
        frozenset(number for source in sources for number in source.articles),
        tuple(source.publisher for source in sources if source.publisher),
    )


def _check(quotation: Quotation, sources: Sequence[NamedSource], found: Found, evidence: Evidence | None) -> Check:
    labels = tuple(dict.fromkeys(source.label for source in sources))
    made = Check(quotation.words, "not_in_corpus", evidence, named=labels)
    if found.held:
        return replace(made, verdict=_verdict(found.held[0], sources), holders=len(found.held))
    if found.likeness is not None:
        difference = tuple(Difference(run.op, run.theirs, run.source) for run in found.likeness.runs)
        return replace(made, verdict="altered", difference=difference, holders=1)
    return made


def _verdict(best: Held, sources: Sequence[NamedSource]) -> Verdict:
    if sources and not any(source.is_of(best.article) for source in sources):
        return "other_article"
    return "exact" if best.place.exact else "exact_but_typography"


def _answer(question: Question, generation: Generation, checks: Sequence[Check]) -> Answer:
    counts = Counter[str](one.verdict for one in checks)
    values: dict[str, object] = {"count": len(checks), **{verdict: counts[verdict] for verdict in VERDICTS}}
    if counts["not_in_corpus"] == len(checks):
        made = not_found(question, generation, "answers.not_found.check", values=values, nearest=())
        return replace(made, checks=tuple(checks))
    yes = sum(counts[verdict] for verdict in _YES)
    return Answer(
        question.command,
        question.options,
        "answered" if yes == len(checks) else "partial",
        _message(counts, yes, len(checks)),
        generation.id,
        generation.articles,
        values={**values, "count": yes or len(checks), "found": yes, "total": len(checks)},
        checks=tuple(checks),
    )


def _message(counts: Counter[str], yes: int, total: int) -> str:
    if counts["other_article"] == total:
        return "answers.check.elsewhere"
    if not yes:
        return "answers.check.none"
    return "answers.check.answered" if yes == total else "answers.check.partial"
