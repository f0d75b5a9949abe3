"""Names of a book where they stand in a text."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import ahocorasick_rs

from kzbot.language.folding import Folded, fold_names
from kzbot.language.names.book import Mention, NameBook
from kzbot.language.names.carried.kinds import KindWords
from kzbot.language.names.editions import Edition, edition_after
from kzbot.language.names.forms import Form, forms_of, links
from kzbot.language.names.references import References, sentences_of
from kzbot.language.names.shared import Hit, Meanings
from kzbot.language.names.surroundings import of_another_bearer, stands_for_name
from kzbot.language.spans import Span
from kzbot.language.words import tokens

_AT_ONCE = 5_000
"""Forms of one automaton: while it is built no other thread runs, and a bot that answers is not to wait for a large book."""


class Gazetteer:
    """Finds the names of one book in texts; holds nothing of the texts."""

    def __init__(self, book: NameBook) -> None:
        forms = forms_of(book)
        self._forms = list(forms.values())
        self._automata = [
            (first, ahocorasick_rs.AhoCorasick(some, implementation=ahocorasick_rs.Implementation.ContiguousNFA))
            for first, some in _in_parts(list(forms))
        ]
        self._linked = links(book)
        self.kind_words = KindWords(book.kinds)
        self._kinds = {kind.name: (place, kind) for place, kind in enumerate(book.kinds)}
        own_words = {
            name.id: frozenset(token.word for form in (name.canonical, *name.variants) for token in tokens(form))
            for name in book.names
        }
        self._references = References(book.kinds, {name.id: name.kind for name in book.names}, own_words)

    def mentions(self, text: str, spans: Sequence[Span]) -> list[Mention]:
        """The mentions within `spans`, the sentences of `text` in order, sorted by place.

        A longer name hides a shorter one inside it unless the two are linked. Where a spelling is shared and nothing
        tells which name is meant, there is a mention for each.
        """
        hits = self._resolved(text, spans, self._hits(text, spans))
        found = list(hits)
        found += self._references.find(text, sentences_of(text, spans), found)
        return sorted(found, key=lambda mention: (mention.start, -mention.end))

    def _hits(self, text: str, spans: Sequence[Span]) -> list[Hit]:
        """The places where names stand, in order; a place nested in another follows it."""
        folded = fold_names(text)
        starts = [span.start for span in spans]
        found: list[Hit] = []
        shared: set[str] = set()
        for pattern, start, end in self._matches(folded.text):
            if not bounded(folded, start, end):
                continue
            place = folded.original(start, end)
            at = bisect_right(starts, place.start) - 1
            if at < 0 or place.end > spans[at].end:
                continue
            own = tuple(f for f in self._forms[pattern] if stands_for_name(text, *place, f, spans[at]))
            others = (form for form in self._forms[pattern] if form.surname and form not in own)
            shared |= {f.name.id for f in others if of_another_bearer(text, place.start, f, spans[at])}
            if own:
                found.append(Hit(place.start, place.end, own))
        return _without_others(self._longest(found), shared) if shared else self._longest(found)

    def _matches(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Which form stands from where to where."""
        for first, automaton in self._automata:
            for pattern, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
                yield first + pattern, start, end

    def _longest(self, hits: list[Hit]) -> list[Hit]:
        kept: list[Hit] = []
        for cluster in _clusters(sorted(hits, key=lambda hit: (hit.start, -hit.end))):
            taken: list[Hit] = []
            for hit in sorted(cluster, key=lambda hit: hit.start - hit.end):
                around = [other for other in taken if other.start < hit.end and hit.start < other.end]
                if all(self._may_nest(hit, other) for other in around):
                    taken.append(hit)
            kept += sorted(taken, key=lambda hit: (hit.start, -hit.end))
        return kept

    def _may_nest(self, inner: Hit, outer: Hit) -> bool:
        """Whether a name inside a longer one is seen: only where the two are linked."""
        if not (outer.start <= inner.start and inner.end <= outer.end):
            return False
        ids = {form.name.id for form in outer.forms}
        linked = frozenset().union(*(self._linked.get(id_, frozenset()) for id_ in ids))
        return all(form.name.id in linked and form.name.id not in ids for form in inner.forms)

    def _resolved(self, text: str, spans: Sequence[Span], hits: Sequence[Hit]) -> Iterator[Mention]:
        meanings = Meanings(self._kinds, self._linked)
        starts = [span.start for span in spans]
        for at, hit in enumerate(hits):
            edition = self._edition(text, hit, spans[bisect_right(starts, hit.start) - 1].end)
            hit.dated = edition is not None
            hit.forms = tuple(f for f in hit.forms if not f.short or f.name.id in meanings.named)
            if not hit.forms:
                continue
            before = hits[at - 1] if at else None
            after = hits[at + 1] if at + 1 < len(hits) else None
            yield from self._mentions(text, hit, edition, meanings.choose(text, hit, before, after))

    def _edition(self, text: str, hit: Hit, limit: int) -> Edition | None:
        """The year behind a name, for kinds whose names can carry one."""
        kinds = (self._kinds.get(form.name.kind) for form in hit.forms if form.by == "name")
        return edition_after(text, hit.end, limit) if any(kind and kind[1].nouns for kind in kinds) else None

    def _mentions(self, text: str, hit: Hit, edition: Edition | None, forms: Iterable[Form]) -> Iterator[Mention]:
        for form in forms:
            kind = self._kinds.get(form.name.kind)
            if edition is not None and kind is not None and kind[1].nouns:
                words = text[hit.start : edition.after]
                year = (edition.year, edition.start, edition.end)
                yield Mention(form.name.id, hit.start, edition.after, words, form.by, *year)
            else:
                yield Mention(form.name.id, hit.start, hit.end, text[hit.start : hit.end], form.by)


def _without_others(hits: Sequence[Hit], shared: set[str]) -> list[Hit]:
    """Without the surnames of people whom the text nowhere calls otherwise, where another bearer has one of `shared`."""
    called = {form.name.id for hit in hits for form in hit.forms if not form.surname}
    kept = []
    for hit in hits:
        hit.forms = tuple(f for f in hit.forms if not f.surname or f.name.id not in shared - called)
        if hit.forms:
            kept.append(hit)
    return kept


def bounded(folded: Folded, start: int, end: int) -> bool:
    """Whether no letter or digit stands directly before or behind a stretch of a folded text."""
    text = folded.text
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _clusters(hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    """Hits in order, those together that overlap."""
    cluster: list[Hit] = []
    reach = -1
    for hit in hits:
        if cluster and hit.start >= reach:
            yield cluster
            cluster = []
        cluster.append(hit)
        reach = max(reach, hit.end)
    if cluster:
        yield cluster


def _in_parts(forms: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Stretches of the list, each with the place of its first; one that is empty where there is nothing."""
    for first in range(0, max(len(forms), 1), _AT_ONCE):
        yield first, forms[first : first + _AT_ONCE]
