"""The words of offices in Russian: nouns in all cases, what they are over, what stands before them."""

from collections.abc import Iterator, Mapping

_ENDINGS = {"": ("", "а", "у", "ом", "е"), "ь": ("ь", "я", "ю", "ем", "е"), "а": ("а", "ы", "е", "у", "ой")}
_NOUNS = """
    minister: министр
    prime minister: премьер министр, премьер
    deputy minister: замминистра
    president: президент
    vice president: вице президент
    secretary: секретарь
    press secretary: пресс секретарь
    secretary general: генсек
    secretary of state: госсекретарь
    chairman: председатель
    head: глава, руководитель
    ambassador: посол
    director: директор
    chief: начальник
    commander: командир
    representative: представитель
    general: генерал
    lieutenant general: генерал лейтенант
    major general: генерал майор
    colonel general: генерал полковник
    colonel: полковник
    admiral: адмирал
    marshal: маршал
"""
_STEMS = {"посол": "посл", "глава": "глав"}
_ADJECTIVES = ("ий", "его", "ему", "им", "ем"), ("ый", "ого", "ому", "ым", "ом")
OVER = {
    "обороны": "defence",
    "иностранных": "foreign",
    "внутренних": "interior",
    "дел": "",
    "финансов": "finance",
    "экономики": "economy",
    "образования": "education",
    "здравоохранения": "health",
    "энергетики": "energy",
    "юстиции": "justice",
    "транспорта": "transport",
    "культуры": "culture",
    "безопасности": "security",
    "торговли": "trade",
    "промышленности": "industry",
}
"""What an office is over, in the genitive, with the word that keys have for it; empty for what they leave out."""


def _cases(noun: str) -> Iterator[str]:
    """The noun in the singular, case by case."""
    if noun == "замминистра":
        yield noun
        return
    ending = noun[-1] if noun[-1] in _ENDINGS else ""
    stem = _STEMS.get(noun, noun.removesuffix(ending))
    yield noun
    for one in _ENDINGS[ending][1:]:
        if stem + one != "после":  # "after", not "of the ambassador"
            yield stem + one


def units() -> Mapping[tuple[str, ...], str]:
    """The nouns, word by word, with the key of each; of several words the last one has the case."""
    found: dict[tuple[str, ...], str] = {}
    for line in _NOUNS.strip().splitlines():
        key, _, forms = line.strip().partition(": ")
        for form in forms.split(", "):
            *first, last = form.split()
            for case in _cases(last):
                found[(*first, case)] = key
    for deputy in _cases("заместитель"):
        found[(deputy, "министра")] = "deputy minister"
    for adjective in (f"генеральн{end}" for end in _ADJECTIVES[1]):
        for noun, key in (("директор", "director general"), ("секретарь", "secretary general")):
            found.update(((adjective, case), key) for case in _cases(noun))
    return found


FORMER = frozenset(f"бывш{end}" for end in _ADJECTIVES[0]) | {"экс"}
TIME = (
    FORMER
    | {f"{stem}{end}" for stem in ("нынешн", "тогдашн") for end in _ADJECTIVES[0]}
    | {f"нов{end}" for end in _ADJECTIVES[1]}
)
FIRST = frozenset(f"перв{end}" for end in _ADJECTIVES[1])
