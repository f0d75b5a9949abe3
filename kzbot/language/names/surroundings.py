"""Whether a spelling stands for a name where it stands: its case, its neighbours, quotation marks."""

import re
from collections.abc import Collection

from kzbot.language.names.book import Name
from kzbot.language.names.carried.given_names import GIVEN_NAMES
from kzbot.language.names.forms import Form
from kzbot.language.names.people_words import same_given
from kzbot.language.names.spelling_rules import key_of
from kzbot.language.spans import Span
from kzbot.language.words import STOP_WORDS

_OPEN, _CLOSE = "\"'“‘”’«„`", "\"'”’»“`"
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_BEFORE = re.compile(r"([^\W\d_][\w.'’-]*)[ \t\u00a0]*\n?[ \t]*$")
_AFTER = re.compile(r"[ \t\u00a0]*\n?[ \t]*([^\W\d_][\w'’-]*)")
_AFTER_HYPHEN = re.compile(r"-([^\W\d_][\w'’]*)")
_LOOK = 60


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_MAKES_ANOTHER = _words("north south east west latin central air")
_TITLES = _words(
    "secretary minister president general gen mr mrs ms dr prof professor ambassador senator sen chairman chairwoman "
    "director colonel col admiral adm captain capt major maj lieutenant lt sergeant chief commander sec governor gov "
    "deputy prime foreign defense defence premier chancellor king queen prince judge justice representative rep "
    "congressman marshal ministers presidents secretaries ambassadors premiers messrs ceo spokesman spokeswoman mayor sir lady lord excellency comrade envoy leader"
)
_SMALL_IN_TITLES = _words("with from into over after amid upon than that under about between against toward towards")
_INSTITUTIONS = _words(
    "university foundation center centre fund institute group airport street prize school schools library stadium "
    "avenue hall award international intellectual award awards medal square bridge park hospital college family"
)


def stands_for_name(text: str, start: int, end: int, form: Form, sentence: Span) -> bool:
    """Whether `text[start:end]`, which folds to `form`, is a mention of its name."""
    if _in_address_or_price(text, start, end):
        return False
    if form.exact and not _case_is_right(text, start, end, form, sentence):
        return False
    if form.by == "name" and " " not in form.folded and _made_another(text, start, sentence):
        return False
    return not form.surname or _is_own_surname(text, start, end, sentence)


def quoted(text: str, start: int, end: int) -> bool:
    """Whether the stretch stands alone in quotation marks."""
    return start > 0 and end < len(text) and text[start - 1] in _OPEN and text[end : end + 2].lstrip(",.")[:1] in _CLOSE


def title_case(text: str, sentence: Span, start: int, end: int) -> bool:
    """Whether the sentence around `text[start:end]` is written in title case or capitals, so that case says nothing."""
    around = f"{text[sentence.start : start]} {text[end : sentence.end]}"
    words = [word for word in _WORD.findall(around) if len(word) > 3 or word.isupper()]
    return len(words) >= 2 and not any(word[0].islower() and word not in _SMALL_IN_TITLES for word in words)


def _in_address_or_price(text: str, start: int, end: int) -> bool:
    """Whether this is a piece of a web or mail address, or of a price ("US$40")."""
    after = text[end : end + 2]
    if after[:1] == "$":
        return True
    if len(after) == 2 and after[0] in ".@" and after[1].islower():
        return True
    return start > 0 and (text[start - 1] == "@" or text.startswith(("www.", "://"), max(0, start - 4), start))


def _case_is_right(text: str, start: int, end: int, form: Form, sentence: Span) -> bool:
    words = " ".join(text[start:end].split())
    in_quotes = quoted(text, start, end)
    if not form.phrase:
        return words == form.spelled or (words.isupper() and len(words) > 3 and not form.spelled.isupper())
    if in_quotes:
        return True
    if words != form.spelled and not words.isupper():
        return False
    if re.match(r"[-–\s]{0,2}['’]?(?:19|20)?\d\d(?!\d)", text[end:]):
        return True
    return not title_case(text, sentence, start, end) and not _part_of_longer(text, start, end, sentence)


def _part_of_longer(text: str, start: int, end: int, sentence: Span) -> bool:
    """Whether capitalised words around make it a part of a longer name ("Association for Regional Cooperation")."""
    after = _AFTER.match(text, end, sentence.end) or _AFTER_HYPHEN.match(text, end, sentence.end)
    if after and after[1][0].isupper() and after[1].casefold() not in STOP_WORDS and after[1] != "Exercise":
        return True
    before = _word_before(text, start, sentence)
    if before is None:
        return False
    if before[0].casefold() in ("for", "of", "on", "and", "&"):
        before = _word_before(text, before[1], sentence)
        if before is None or before[1] == sentence.start:
            return False
    word, at = before
    plain = word.casefold().rstrip(".")
    return (
        word[0].isupper() and plain not in STOP_WORDS and at > sentence.start and plain not in ("exercise", "exercises")
    )


def _word_before(text: str, start: int, sentence: Span) -> tuple[str, int] | None:
    from_ = max(sentence.start, start - _LOOK)
    match = _BEFORE.search(text[from_:start])
    return (match[1], from_ + match.start()) if match else None


def _made_another(text: str, start: int, sentence: Span) -> bool:
    """Whether the word before makes it another name ("South Korea" is not "Korea", nor "Air France" "France")."""
    before = _word_before(text, start, sentence)
    return before is not None and before[0][0].isupper() and before[0].casefold() in _MAKES_ANOTHER


def of_another_bearer(text: str, start: int, form: Form, sentence: Span) -> bool:
    """Whether the surname at `start` stands behind the given name of somebody else ("the painter Anne Shelton")."""
    before = _word_before(text, start, sentence)
    if before is None or not before[0][0].isupper() or before[0].casefold() not in GIVEN_NAMES:
        return False
    return not is_own_given(key_of(before[0]), own_keys(form.name))


def own_keys(name: Name) -> frozenset[str]:
    """The keys of all words of a name's spellings."""
    return frozenset(key_of(word) for one in (name.canonical, *name.variants) for word in one.split())


def is_own_given(given: str, own: Collection[str]) -> bool:
    """Whether a given name is that of the person whose `own_keys` these are; by its key."""
    return given in own or any(same_given(given, word) for word in own)


def _is_own_surname(text: str, start: int, end: int, sentence: Span) -> bool:
    """Whether no other given name stands before, and no institution's noun behind ("Cohen Group")."""
    after = _AFTER.match(text, end, sentence.end)
    if after and after[1][0].isupper() and after[1].casefold() in _INSTITUTIONS:
        return False
    before = _word_before(text, start, sentence)
    if before is None or not before[0][0].isupper():
        return True
    word, at = before
    plain = word.casefold().rstrip(".")
    last = re.split(r"[-–.]", plain)[-1]
    if (
        plain in STOP_WORDS
        or last in _TITLES
        or plain.endswith(("'s", "’s", "s’"))
        or title_case(text, sentence, start, end)
    ):
        return True
    return at == sentence.start and plain.endswith(("ly", "ing", "ed", "while", "day"))
