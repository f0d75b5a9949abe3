"""What became of the passage that an address names: unchanged, changed, moved or withdrawn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from kzbot.answers.model import PassageState
from kzbot.answers.sources.versions import ALONE, key, staying, successor
from kzbot.index import articles, passages, past, searching
from kzbot.index.generation import Generation
from kzbot.index.past import Held
from kzbot.index.rows import ArticleRow, PassageRow
from kzbot.language import words
from kzbot.language.rewording import FEW, differences, likeness, same, standing
from kzbot.language.spans import Span

_TELLING = 6
"""So many of the rarest words of a passage are looked for to find it elsewhere."""
_READ = 200
_PLACES = 10
_BESIDE = 6
"""So many passages beside one that is gone are looked for to find where its article went."""

Where = Literal["here", "within", "article", "elsewhere", "gone"]


@dataclass(frozen=True, slots=True)
class Became:
    """The state of a passage, with where it stands now: its article, the passages that hold its words (of the applied
    generation; none where the words stand in no passage), and `new_from`, the offset of the new wording in the text.

    `where`: `within` at another place of its article, `article` in its article under another id, `elsewhere` in another
    one, `gone` where there is no article of it any more.
    """

    passage: PassageState
    where: Where
    article: ArticleRow | None = None
    passages: tuple[PassageRow, ...] = ()
    new_from: int = 0


async def became(generation: Generation, address: str) -> Became | None:
    """What became of the passage with this address; None where neither this generation nor a kept one before it has it."""
    now = await passages.by_address(generation, address)
    if now is None and not past.is_address(address):
        return None
    text_hash = await articles.text_hash_of(generation, address.rpartition("#")[0])
    earlier = await past.held(generation, address, text_hash)
    if now is not None:
        article = (await generation.article_rows([now.article]))[now.article]
        return await _still(generation, article, now, earlier)
    return await _Sought(generation, earlier[0]).found() if earlier else None


async def _still(generation: Generation, article: ArticleRow, now: PassageRow, earlier: Sequence[Held]) -> Became:
    """Of an address that this generation has: the latest that happened to its wording, else to its place."""
    here = Became(PassageState("unchanged", now.text, now.text), "here", article, (now,), now.start)
    rows: list[PassageRow] = []
    for one in earlier:
        if not same(one.place.text, now.text):
            return replace(here, passage=_changed(one, now.text))
        if one.places and not now.in_title:
            rows = rows or await passages.of_article(generation, now.article)
            if (one.place.start, now.start) not in staying(_pairs(one, rows)):
                return replace(here, passage=_state("moved", one, now.text), where="within")
    return here


class _Sought:
    """A passage whose address is no more, as it was held last, on the way to what it became."""

    def __init__(self, generation: Generation, held: Held) -> None:
        self._generation = generation
        self._held = held
        self._old = held.place.text

    async def found(self) -> Became:
        """Its words in its article; a rewording of them there; its words elsewhere; or nothing."""
        article = await self._article()
        found = await self._in(article) if article is not None else None
        if found is None:
            found = await self._elsewhere()
        if found is None and article is None:
            beside = await self._article_of_neighbours()
            found = await self._in(beside) if beside is not None else None
        if found is not None:
            return found
        return Became(_state("withdrawn", self._held, None), "gone" if article is None else "here", article)

    async def _article(self) -> ArticleRow | None:
        """The article that has its text, its id or its url now."""
        found = await articles.with_text(self._generation, self._held.text_hash)
        found = found or await articles.by_key(self._generation, self._held.article)
        if found is None and self._held.url:
            with_url = await articles.at_url(self._generation, self._held.url)
            found = with_url[0] if len(with_url) == 1 else None
        return found

    async def _in(self, article: ArticleRow) -> Became | None:
        rows = await passages.of_article(self._generation, article.number)
        headings = [row for row in rows if row.in_title]
        if self._held.place.in_title and same(self._old, article.title):
            return self._unchanged(article, headings, article.title, 0)
        text = (await articles.texts_of(self._generation, [article.number]))[article.number]
        span, in_order = _standing(text, self._held, [row for row in rows if not row.in_title])
        if span is not None:
            at = [row for row in rows if not row.in_title and row.start < span.end and span.start < row.end]
            return self._unchanged(article, at, text[span.start : span.end], span.start, in_order=in_order)
        if self._held.place.in_title:
            alike = article.number and likeness(self._old, article.title) >= ALONE
            return self._reworded(article, headings, article.title, 0) if alike else None
        now = successor(self._held.places, self._held.place, rows)
        if not now:
            return None
        whole = article.title if now[0].in_title else text
        return self._reworded(article, now, whole[now[0].start : now[-1].end], now[0].start)

    def _unchanged(
        self, article: ArticleRow, rows: Sequence[PassageRow], new: str, start: int, *, in_order: bool = True
    ) -> Became:
        if article.id != self._held.article:
            return Became(_state("moved", self._held, new), "article", article, tuple(rows), start)
        if not in_order:
            return Became(_state("moved", self._held, new), "within", article, tuple(rows), start)
        return Became(_state("unchanged", self._held, new), "here", article, tuple(rows), start)

    def _reworded(self, article: ArticleRow, rows: Sequence[PassageRow], new: str, start: int) -> Became:
        where: Where = "here" if article.id == self._held.article else "article"
        return Became(_changed(self._held, new), where, article, tuple(rows), start)

    async def _elsewhere(self) -> Became | None:
        """The same words in an article that did not have them when this one had."""
        rows = await self._same_words(self._old)
        if not rows:
            return None
        article = (await self._generation.article_rows([rows[0].article]))[rows[0].article]
        return Became(_state("moved", self._held, rows[0].text), "elsewhere", article, (rows[0],), rows[0].start)

    async def _article_of_neighbours(self) -> ArticleRow | None:
        """The article where most of the passages that stood beside it stand now, and did not before."""
        every = [one for one in self._held.places if not one.in_title and one.address != self._held.place.address]
        beside = sorted(every, key=lambda one: abs(one.start - self._held.place.start))[:_BESIDE]
        counts: Counter[int] = Counter()
        for one in beside:
            counts.update({row.article for row in await self._same_words(one.text)})
        number, count = next(iter(counts.most_common(1)), (0, 0))
        if count < 2 or 2 * count < len(beside):
            return None
        return (await self._generation.article_rows([number]))[number]

    async def _same_words(self, wording: str) -> list[PassageRow]:
        """Passages of this wording that the generation which held the address did not have; none for a short one."""
        by_stem = {words.stem(token.word): token.word for token in words.tokens(wording)}
        if len(by_stem) < FEW and not any(len(word) > 2 * FEW for word in by_stem):
            return []
        counts = await searching.frequencies(self._generation, by_stem)
        if not all(counts.values()):
            return []
        rarest = [by_stem[stem] for stem in sorted(counts, key=lambda stem: (counts[stem], stem))[:_TELLING]]
        rows = await searching.with_words(self._generation, rarest, _READ)
        rows = [row for row in rows if same(row.text, wording)]
        known = await past.known(self._generation, self._held.generation, [row.address for row in rows])
        return [row for row in rows if row.address not in known]


def _pairs(held: Held, rows: Sequence[PassageRow]) -> list[tuple[int, int]]:
    """Where the passages of the text stood that are still there, and where they stand."""
    here = {key(row.address): row.start for row in rows if not row.in_title}
    there = {key(one.address): one.start for one in held.places if not one.in_title}
    return [(start, here[word]) for word, start in there.items() if word in here]


def _standing(text: str, held: Held, rows: Sequence[PassageRow]) -> tuple[Span | None, bool]:
    """Where the words stand in the text now, and whether that is where they stood, as the passages around them tell."""
    spans = list(islice(standing(text, held.place.text), _PLACES))
    if not spans:
        return None, False
    if not held.places or held.place.in_title:
        return min(spans, key=lambda span: abs(span.start - held.place.start)), True
    pairs = _pairs(held, rows)
    for span in spans:
        ours = (held.place.start, span.start)
        if ours in staying([*pairs, ours]):
            return span, True
    return spans[0], False


def _state(state: Literal["unchanged", "moved", "withdrawn"], held: Held, new: str | None) -> PassageState:
    return PassageState(
        state, held.place.text, new, held.generation, held.created, held.article, held.title, held.publisher, held.url
    )


def _changed(held: Held, new: str) -> PassageState:
    old_marks, new_marks = differences(held.place.text, new)
    marks = (tuple((one.start, one.end) for one in found) for found in (old_marks, new_marks))
    return replace(_state("moved", held, new), state="changed", old_marks=next(marks), new_marks=next(marks))
