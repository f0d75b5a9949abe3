"""What of a question is asked for, and what only asks."""

from collections.abc import Sequence

from kzbot.language.words import QUESTION_WORDS, STOP_WORDS, Token

# Nouns that only say which kind of answer "how much", "how many", "which" and "what" ask for.
_KINDS = frozenset(
    {
        "money",
        "people",
        "date",
        "day",
        "time",
        "year",
        "month",
        "place",
        "person",
        "number",
        "amount",
        "kind",
        "kinds",
        "sort",
        "sorts",
        "country",
        "countries",
        "nation",
        "nations",
    }
)
_KIND_CUES = frozenset({"how", "much", "many", "what", "which"})
_CIRCUMSTANCES = frozenset({"when", "where", "how", "often", "since"})
_AUXILIARIES = frozenset({"do", "does", "did", "has", "have", "had", "is", "was", "were", "are", "will", "would"})
# "When was it held?" asks when it was, "what did she say about it?" what stands about it.
_OCCURRING = frozenset(
    {"held", "hold", "holds", "conducted", "occur", "occurs", "occurred", "happen", "happens", "happened"}
)
_SAYING = frozenset({"say", "says", "said", "tell", "tells", "told", "mention", "mentions", "mentioned"})
_HAPPENING = frozenset({"happen", "happens", "happened", "happening", "occur", "occurs", "occurred", "occurring"})


def telling(tokens: Sequence[Token], *, others: bool) -> list[Token]:
    """The tokens that carry something, without stop words and what only asks for a kind of answer.

    Where nothing is left and there are no `others` that carry something, a noun that only seemed to say which kind of
    answer is meant ("how much money") is what is asked for; stop words alone carry nothing.
    """
    kept = [token for at, token in enumerate(tokens) if not _only_asks(tokens, at)]
    if kept or others:
        return kept
    return [token for token in tokens if token.word not in QUESTION_WORDS and token.word not in STOP_WORDS]


def _only_asks(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word
    if word in STOP_WORDS or word in QUESTION_WORDS:
        return True
    before = {token.word for token in tokens[:at]}
    if word in _KINDS:
        return at > 0 and tokens[at - 1].word in _KIND_CUES
    if word in _HAPPENING and "what" in before:
        return True
    if word in _OCCURRING:
        return bool(before) and tokens[0].word in _CIRCUMSTANCES and not before.isdisjoint(_AUXILIARIES)
    return word in _SAYING and "what" in before and not before.isdisjoint(_AUXILIARIES)
