"""Which articles a message names beside its quotations: by address, id, title or publisher."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kzbot.index import articles, quotable
from kzbot.index.generation import Generation
from kzbot.index.rows import ArticleRow
from kzbot.language.addresses import OPENING, host_of, opening_key, url_stem, urls_in
from kzbot.language.quoting.finding import Quotation
from kzbot.language.words import Token, tokens

MOST = 50
"""The articles that one address or title may lead to."""
_LONGEST_PUBLISHER = 8
_SHORTEST_TITLE = 3
_ID = re.compile(r"[^\s<>()\"“”«»„,;]{4,200}")
_HOST = re.compile(r"[^\W_](?:[\w-]{0,62}\.){1,5}[^\W\d_]{2,24}\b")
_ADDRESS_KEY = re.compile(r"#[0-9a-f]{8}(?:-\d+)?$")
_LEADING_WORDS = frozenset(
    [
        "source",
        "via",
        "from",
        "in",
        "the",
        "per",
        "by",
        "published",
        "according",
        "to",
        "as",
        "quoted",
        "see",
        "on",
        "at",
    ]
)


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source as a message names it, by offsets; what it is is told by one of the others, `known` by the corpus or not."""

    label: str
    start: int
    end: int
    articles: frozenset[int] = frozenset()
    publisher: str | None = None
    host: str | None = None

    @property
    def known(self) -> bool:
        """Whether the corpus has anything of this source."""
        return bool(self.articles or self.publisher or self.host)

    def is_of(self, article: ArticleRow) -> bool:
        """Whether this names the article."""
        hosts = {host_of(url) for url in (article.url, article.archived_url) if url}
        return article.number in self.articles or bool(
            (self.publisher and self.publisher == article.publisher) or self.host in hosts
        )


async def source_given(generation: Generation, what: str) -> NamedSource:
    """The source that the option names; one that the corpus does not have fits no article."""
    urls = urls_in(what)
    if urls:
        return (await _by_urls(generation, what, urls))[0]
    row = await articles.by_key(generation, _ADDRESS_KEY.sub("", what))
    if row is not None:
        return NamedSource(what, 0, len(what), frozenset([row.number]))
    publishers = await _publishers(generation)
    words = tuple(token.word for token in tokens(what))
    for form in (words, words[1:] if words[:1] == ("the",) else ("the", *words)):
        if form in publishers:
            return NamedSource(what, 0, len(what), publisher=publishers[form])
    if _HOST.fullmatch(what) and (host := host_of(what)) in await _known_hosts(generation, [host]):
        return NamedSource(what, 0, len(what), host=host)
    found = await articles.by_title_words(generation, [[word] for word in words], MOST) if words else []
    found = found or await articles.by_beginning(generation, what, MOST)
    return NamedSource(what, 0, len(what), frozenset(row.number for row in found))


async def sources_in(generation: Generation, message: str, quoted: Iterable[Quotation]) -> list[NamedSource]:
    """The sources that a message names outside of its quotations, in order; a quotation that is a title names one too."""
    taken = list(quoted)
    prose = _without(message, [(one.start, one.end) for one in taken])
    urls = urls_in(prose)
    found = await _by_urls(generation, prose, urls)
    prose = _without(prose, [(start, end) for start, end, _ in urls])
    found += await _by_ids(generation, prose)
    words = tokens(prose)
    found += await _by_titles(
        generation, [words, *(tokens(one.words) for one in taken)], [0, *(one.start for one in taken)]
    )
    found += _by_publishers(await _publishers(generation), prose, words)
    return sorted(found, key=lambda one: one.start)


def beside(
    quotation: Quotation, message: str, all_quoted: Sequence[Quotation], named: Sequence[NamedSource]
) -> list[NamedSource]:
    """The sources that are named for this quotation: between the one before and the next; else those of the whole message.

    A publisher must stand right beside it, else it is one that is spoken of; an address that the corpus does not know must
    stand on the same line.
    """
    before = max((one.end for one in all_quoted if one.end <= quotation.start), default=0)
    after = min((one.start for one in all_quoted if one.start >= quotation.end), default=len(message))
    near, far = [], []
    for source in named:
        if source.start < quotation.end and quotation.start < source.end:
            continue
        between = (
            message[source.end : quotation.start]
            if source.end <= quotation.start
            else message[quotation.end : source.start]
        )
        if source.publisher is not None and not _close(between):
            continue
        if before <= source.start and source.end <= after:
            if source.known or "\n" not in between:
                near.append(source)
        elif source.known and source.publisher is None:
            far.append(source)
    return near or far


def _close(between: str) -> bool:
    words = [token.word for token in tokens(between)]
    return len(words) <= 4 and all(word in _LEADING_WORDS for word in words)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blank, each a word that stands in no name; offsets stay."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            pieces += [text[done:start], "\n" * (end - start)]
            done = end
    return "".join([*pieces, text[done:]])


async def _by_urls(generation: Generation, text: str, urls: Sequence[tuple[int, int, str]]) -> list[NamedSource]:
    if not urls:
        return []
    known = await quotable.named_by(generation, [f"url:{url_stem(url)}" for _, _, url in urls], MOST)
    return [NamedSource(url, start, end, frozenset(known.get(f"url:{url_stem(url)}", ()))) for start, end, url in urls]


async def _by_ids(generation: Generation, prose: str) -> list[NamedSource]:
    """Ids of articles, addresses of passages, and hosts of the corpus."""
    words = {match.start(): match[0].strip(".:!?*_`'’[]") for match in _ID.finditer(prose)}
    ids = await quotable.with_ids(generation, {_ADDRESS_KEY.sub("", word) for word in words.values()})
    found = [
        NamedSource(word, start, start + len(word), frozenset([ids[key]]))
        for start, word in words.items()
        if (key := _ADDRESS_KEY.sub("", word)) in ids and (not key.isalpha() or "#" in word)
    ]
    hosts = [(match.start(), match.end(), host_of(match[0])) for match in _HOST.finditer(prose)]
    known = await _known_hosts(generation, [host for _, _, host in hosts])
    return found + [NamedSource(host, start, end, host=host) for start, end, host in hosts if host in known]


async def _known_hosts(generation: Generation, hosts: Sequence[str]) -> set[str]:
    if not hosts:
        return set()
    found = await quotable.named_by(generation, [f"host:{host}" for host in hosts], 1)
    return {key.removeprefix("host:") for key in found}


async def _by_titles(
    generation: Generation, texts: Sequence[Sequence[Token]], bases: Sequence[int]
) -> list[NamedSource]:
    """Titles that stand in the texts word for word; those of fewer than three words are too common to name anything."""
    openings = {
        opening_key([token.word for token in text[at : at + OPENING]])
        for text in texts
        for at in range(len(text) - OPENING + 1)
    }
    known = await quotable.named_by(generation, openings, MOST) if openings else {}
    rows = await generation.article_rows(number for numbers in known.values() for number in numbers)
    titles: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for key, numbers in known.items():
        for number in numbers:
            words = tuple(token.word for token in tokens(rows[number].title))
            titles.setdefault(key, {}).setdefault(words, []).append(number)
    found = []
    for text, base in zip(texts, bases, strict=True):
        words = tuple(token.word for token in text)
        for at in range(len(text) - OPENING + 1):
            for title, numbers in titles.get(opening_key(words[at : at + OPENING]), {}).items():
                if len(title) >= _SHORTEST_TITLE and words[at : at + len(title)] == title:
                    start, end = base + text[at].start, base + text[at + len(title) - 1].end
                    found.append(NamedSource(rows[numbers[0]].title, start, end, frozenset(numbers)))
    return found


async def _publishers(generation: Generation) -> Mapping[tuple[str, ...], str]:
    async def read() -> Mapping[tuple[str, ...], str]:
        names = await quotable.publishers(generation)
        return {tuple(token.word for token in tokens(name)): name for name in names}

    return await generation.once("publishers by words", read)


def _by_publishers(known: Mapping[tuple[str, ...], str], prose: str, words: Sequence[Token]) -> list[NamedSource]:
    """Publishers by their whole names, with or without the article; one of a single word as it is written."""
    found = []
    at = 0
    firsts = {form[0] for form in known if form} | {form[1] for form in known if form[:1] == ("the",) and len(form) > 1}
    while at < len(words):
        if words[at].word not in firsts:
            at += 1
            continue
        for count in range(min(_LONGEST_PUBLISHER, len(words) - at), 0, -1):
            form = tuple(token.word for token in words[at : at + count])
            name = known.get(form) or known.get(("the", *form))
            start, end = words[at].start, words[at + count - 1].end
            if name and (count > 1 or prose[start:end] in name):
                found.append(NamedSource(name, start, end, publisher=name))
                at += count - 1
                break
        at += 1
    return found
