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
# "Who will own it?": here "own" is what is asked for.
_BEFORE_VERB = frozenset({"will", "would", "does", "do", "did", "can", "could", "should", "to"})
# "When was it held?" asks when it was, "what did she say about it?" what stands about it.
_OCCURRING = frozenset(
    {"held", "hold", "holds", "conducted", "occur", "occurs", "occurred", "happen", "happens", "happened"}
)
_SAYING = frozenset({"say", "says", "said", "tell", "tells", "told", "mention", "mentions", "mentioned"})
_HAPPENING = frozenset({"happen", "happens", "happened", "happening", "occur", "occurs", "occurred", "occurring"})
_LIGHT = frozenset(
    word
    for listed in (
        "get gets got gotten getting go goes went gone going put puts putting take takes took taken taking make makes made",
        "making give gives gave given giving come comes came coming want wants wanted think thinks thought use uses used using",
        "become becomes became let lets keep keeps kept need needs needed seem seems seemed try tries tried look looks looking",
    )
    for word in listed.split()
)
_ENOUGH = 2
# Words in which a question is put more often than what it is about: a passage that answers it seldom holds them.
_PHRASING = (
    frozenset(
        word
        for listed in (
            "call calls called name named happen happens happened fit fits cause causes caused",
            "react reacts reacted reaction work works worked working change changes changed mean means meant ask asks asked",
            "hold held so far late later high reason reasons way ways thing things place called still ever yet already",
            "currently today put together pick picked picks choose chooses chose chosen lot many different originally exactly",
            "actually really expect expects involved finished finish part parts say says said tell tells told follow follows",
            "send sends sent long longer large big",
        )
        for word in listed.split()
    )
    | _LIGHT
    | _OCCURRING
)


def telling(tokens: Sequence[Token], *, others: int) -> list[Token]:
    """The tokens that carry something, without stop words and what only asks for a kind of answer.

    Verbs that say little ("get", "went") are left out beside two things that say more, `others` among them. Where nothing is
    left and there are no others, a noun that only seemed to say which kind of answer is meant ("how much money") is what is
    asked for; stop words alone carry nothing.
    """
    kept = [token for at, token in enumerate(tokens) if not _only_asks(tokens, at)]
    strong = [token for token in kept if token.word not in _LIGHT]
    if len(strong) + others >= _ENOUGH:
        return strong
    if kept or others:
        return kept
    return [token for token in tokens if token.word not in QUESTION_WORDS and token.word not in STOP_WORDS]


def is_phrasing(word: str) -> bool:
    """Whether a word (folded) mostly belongs to the way in which a question is put, and says little of its subject."""
    return word in _PHRASING


def _only_asks(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word
    if word == "own" and at and tokens[at - 1].word in _BEFORE_VERB:
        return False
    if word in STOP_WORDS or word in QUESTION_WORDS:
        return True
    if word in _KINDS:
        counted = word == "number" and tokens[at + 1 : at + 2] and tokens[at + 1].word == "of"
        return counted or (at > 0 and tokens[at - 1].word in _KIND_CUES)
    if word not in _HAPPENING and word not in _OCCURRING and word not in _SAYING:
        return False
    before = {token.word for token in tokens[:at]}
    if word in _HAPPENING and "what" in before:
        return True
    if word in _OCCURRING:
        return bool(before) and tokens[0].word in _CIRCUMSTANCES and not before.isdisjoint(_AUXILIARIES)
    return word in _SAYING and "what" in before and not before.isdisjoint(_AUXILIARIES)
