"""Which of the names that articles carry are one name over the whole corpus."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from kzbot.language.names.carried.keys import is_designator, key_of, shortens


class Use(NamedTuple):
    """How often articles use `form` for `name`; `strong` where its capitals say that it is one."""

    form: str
    name: str
    strong: bool
    mentions: int
    articles: int


class Form(NamedTuple):
    """What a person may type: its key, the root it means, how it is mostly written, the root's own form, its mentions."""

    key: str
    root: str
    form: str
    canonical: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Merged:
    """`roots`: the root of every name of an article; `forms`: what means which root, by key. A root is a key."""

    roots: list[tuple[str, str]]
    forms: list[Form]


@dataclass(slots=True)
class _Corpus:
    """Counts by key: articles that use a name under its own form, articles that use a form for a longer name."""

    alone: Counter[str] = field(default_factory=Counter)
    strong: set[str] = field(default_factory=set)
    longer: dict[str, Counter[str]] = field(default_factory=dict)
    written: dict[str, Counter[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    holding: dict[str, list[str]] = field(default_factory=dict)


def merge(uses: Iterable[Use]) -> Merged:
    """What belongs together: spellings of one key, and a short form that stands alone in one article where the articles
    that have a longer form agree on it.

    A designator ("A380") and an acronym belong to the longer name wherever it is the only one; another short form
    ("Carson") only where at least as many articles introduce it as do not.
    """
    given = list(uses)
    corpus = _count(given)
    parent = {key: _parent(corpus, key) for key in corpus.written}
    root = {key: _root(parent, key) for key in parent}
    roots = [(name, root[key]) for name, key in sorted(corpus.names.items())]
    return Merged(roots, _forms(given, corpus, root))


def _count(uses: Iterable[Use]) -> _Corpus:
    corpus = _Corpus()
    for use in uses:
        form, name = key_of(use.form), key_of(use.name)
        corpus.names[use.name] = name
        corpus.written.setdefault(name, Counter())
        if form == name:
            corpus.alone[name] += use.articles
            corpus.written[name][use.form] += use.mentions
        else:
            corpus.longer.setdefault(form, Counter())[name] += use.articles
        if use.strong:
            corpus.strong.add(name)
    for key in corpus.written:
        for word in dict.fromkeys(key.split()):
            corpus.holding.setdefault(word, []).append(key)
    return corpus


_CROWD = 200


def _parent(corpus: _Corpus, key: str) -> str:
    """The one longer name that a name of its own belongs to, or itself."""
    words = key.split()
    longer = corpus.longer.get(key, Counter())
    figures = any(is_designator(word) for word in words)
    candidates = {name for name in longer if name in corpus.written}
    if figures:
        held = min((corpus.holding.get(word, []) for word in words), key=len)
        if len(held) <= _CROWD:
            candidates |= {name for name in held if name in corpus.strong and shortens(words, name.split())}
    candidates.discard(key)
    if len(candidates) > 1:
        candidates = {
            one for one in candidates if not any(shortens(one.split(), o.split()) for o in candidates if o != one)
        }
    if len(candidates) != 1:
        return key
    (only,) = candidates
    acronym = " " not in key and any(form.replace(".", "").isupper() for form in corpus.written[key])
    if figures or acronym or longer[only] >= corpus.alone[key]:
        return only
    return key


def _root(parent: dict[str, str], key: str) -> str:
    seen = {key}
    while (following := parent.get(key, key)) not in seen:
        seen.add(following)
        key = following
    return key


def _forms(uses: Iterable[Use], corpus: _Corpus, root: dict[str, str]) -> list[Form]:
    """Every form with the roots that it means; a name of its own, where most articles use it so, means nothing else."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    strong: set[str] = set()
    for use in uses:
        key, own = key_of(use.form), root[key_of(use.name)]
        counts.setdefault((key, own), Counter())[use.form] += use.mentions
        if use.strong:
            strong.add(own)
    written: dict[str, Counter[str]] = {}
    for key, forms in corpus.written.items():
        if key == root[key]:
            written.setdefault(key, Counter()).update(forms)
    found = []
    for (key, own), forms in sorted(counts.items()):
        if own in strong:
            canonical = min(written[own].items(), key=_most) if written.get(own) else (own, 0)
            found.append(Form(key, own, min(forms.items(), key=_most)[0], canonical[0], sum(forms.values())))
    return found


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
