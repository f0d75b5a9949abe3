"""Which of several entries is meant by a spelling that they share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kzbot.language.names.book import Kind
from kzbot.language.names.forms import Form

_DEFINED_BEFORE = re.compile(
    r"(?:['’]s)?[\"'”’»]?,?\s*(?:\(|(?:or|also known as|known as|called|abbreviated(?: as)?)\s+)[\"'“‘«]?$"
)
_DEFINED_AFTER = re.compile(r"[\"'”’»]?\s*(?:\(|,\s*or\s+)(?:the\s+)?[\"'“‘«]?$")
_WORD_AFTER = re.compile(r"[\"'”’»]?\s+([^\W\d_]+(?:\s[^\W\d_]+)?)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:\s[^\W\d_]+)?)[,:]?\s+[\"'“‘«]?$")
_LOOK = 40


@dataclass(slots=True)
class Hit:
    """A place in a text with the forms that its spelling has; `edition` where a year follows."""

    start: int
    end: int
    forms: tuple[Form, ...]
    dated: bool = False


@dataclass(slots=True)
class Meanings:
    """What spellings were given to so far in one text."""

    kinds: Mapping[str, tuple[int, Kind]]
    linked: Mapping[str, frozenset[str]]
    defined: dict[str, str] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)

    def choose(self, text: str, hit: Hit, before: Hit | None, after: Hit | None) -> tuple[Form, ...]:
        """The forms of those names that are meant; all of them where nothing tells.

        In this order: a year behind it (the kind that has a profile, else the first kind with nouns); the full name
        beside it, in brackets or as "or", which also settles the rest of the text; a noun of the kind beside it; the
        definition given earlier; for names that are not linked, the only one named in full before.
        """
        forms = hit.forms
        if len(forms) > 1:
            forms = self._chosen(text, hit, before, after)
        for form in forms:
            if form.name.id not in self.named:
                self.named.append(form.name.id)
        return forms

    def _chosen(self, text: str, hit: Hit, before: Hit | None, after: Hit | None) -> tuple[Form, ...]:
        folded = hit.forms[0].folded
        if hit.dated:
            return self._dated(hit)
        defining = self._definition(text, hit, before, after)
        if defining:
            self.defined[folded] = defining
            return tuple(form for form in hit.forms if form.name.id == defining)
        beside = self._of_kind_beside(text, hit)
        if len(beside) == 1:
            return beside
        if folded in self.defined:
            return tuple(form for form in hit.forms if form.name.id == self.defined[folded])
        if self._are_linked(hit.forms):
            return hit.forms
        named = [form for form in hit.forms if form.name.id in self.named]
        return (named[0],) if len(named) == 1 else hit.forms

    def _dated(self, hit: Hit) -> tuple[Form, ...]:
        def order(form: Form) -> tuple[bool, int]:
            place, kind = self.kinds[form.name.kind]
            return kind.profile is None, place

        able = [form for form in hit.forms if form.name.kind in self.kinds and self.kinds[form.name.kind][1].nouns]
        return (min(able, key=order),) if able else hit.forms

    def _definition(self, text: str, hit: Hit, before: Hit | None, after: Hit | None) -> str | None:
        ids = {form.name.id for form in hit.forms}
        for other, left, right, pattern in (
            (before, before.end if before else 0, hit.start, _DEFINED_BEFORE),
            (after, hit.end, after.start if after else 0, _DEFINED_AFTER),
        ):
            if other is None or not 0 < right - left < _LOOK or not pattern.fullmatch(text[left:right]):
                continue
            own = ids & {form.name.id for form in other.forms}
            if len(own) == 1 and len(other.forms) == 1:
                return own.pop()
        return None

    def _of_kind_beside(self, text: str, hit: Hit) -> tuple[Form, ...]:
        after = _WORD_AFTER.match(text, hit.end)
        before = _WORD_BEFORE.search(text[max(0, hit.start - _LOOK) : hit.start])
        words = [match[1].casefold() for match in (after, before) if match]
        return tuple(form for form in hit.forms if any(self._is_noun(form.name.kind, word) for word in words))

    def _is_noun(self, kind: str, words: str) -> bool:
        if kind not in self.kinds:
            return False
        first, *rest = words.split()
        tried = {words, first, *rest[-1:]}
        return any({noun, f"{noun}s"} & tried for noun in self.kinds[kind][1].nouns)

    def _are_linked(self, forms: Sequence[Form]) -> bool:
        first, *others = (form.name.id for form in forms)
        return all(other in self.linked.get(first, frozenset()) for other in others)
