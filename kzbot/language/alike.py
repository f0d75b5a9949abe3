"""Ways of writing one word: British and American spelling, and "take part" for "participate"."""

import re
from collections.abc import Iterator

# Each rule: what stands in the one spelling, and what in the other; both are tried, and only known words count.
_ENDINGS = tuple(
    (re.compile(rf"(?<=[a-z]{{{least}}}){old}(?=(?:{behind})$)"), new)
    for least, old, new, behind in (
        (3, "is", "iz", r"e|es|ed|er|ers|ing|ation|ations|ational|able"),
        (3, "iz", "is", r"e|es|ed|er|ers|ing|ation|ations|ational|able"),
        (3, "ys", "yz", r"e|es|ed|er|ers|ing"),
        (3, "yz", "ys", r"e|es|ed|er|ers|ing"),
        (2, "our", "or", r"|s|ed|ing|ite|ites|able|er|ers|hood|hoods"),
        (2, "or", "our", r"|s|ed|ing|ite|ites|able|er|ers|hood|hoods"),
        (2, "enc", "ens", r"e|es|eless"),
        (2, "ens", "enc", r"e|es|eless"),
        (2, "ogue", "og", r"|s"),
        (2, "og", "ogue", r"|s"),
        (2, "tre", "ter", r"|s|d"),
        (2, "ter", "tre", r"|s"),
        (2, "bre", "ber", r"|s"),
        (2, "ber", "bre", r"|s"),
        (3, "ll", "l", r"ed|ing|er|ers|or|ors"),
        (3, "l", "ll", r"ed|ing|er|ers|or|ors"),
        (4, "amme", "am", r"|s"),
        (4, "am", "amme", r"|s"),
    )
)
_PAIRS = (
    ("manoeuvre", "maneuver"),
    ("manoeuvres", "maneuvers"),
    ("manoeuvring", "maneuvering"),
    ("aluminium", "aluminum"),
    ("aeroplane", "airplane"),
    ("aeroplanes", "airplanes"),
    ("tyre", "tire"),
    ("tyres", "tires"),
    ("grey", "gray"),
    ("cheque", "check"),
    ("plough", "plow"),
    ("sceptical", "skeptical"),
    ("judgement", "judgment"),
    ("fulfil", "fulfill"),
    ("enrol", "enroll"),
    ("instalment", "installment"),
    ("skilful", "skillful"),
    ("programme", "program"),
    ("programmes", "programs"),
)
_OTHER = {word: other for one, two in _PAIRS for word, other in ((one, two), (two, one))}
_TAKING_PART = tuple((form, "part") for form in ("take", "takes", "took", "taken", "taking"))
_PARTICIPATING = ("participate", "participates", "participated", "participating", "participation")


def spellings(word: str) -> Iterator[str]:
    """Other spellings that `word` (folded) has on the other side of the Atlantic; not all of them are words."""
    if word in _OTHER:
        yield _OTHER[word]
    for pattern, other in _ENDINGS:
        changed, times = pattern.subn(other, word)
        if times and changed != _OTHER.get(word):
            yield changed


def same_act(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The sequences of words that say the same as `words`: "took part" and "participated" do; else nothing."""
    if words in _TAKING_PART or (len(words) == 1 and words[0] in _PARTICIPATING):
        return tuple(one for one in (("participate",), ("participation",), *_TAKING_PART) if one != words)
    return ()
