"""What the bot says, by key and language: YAML catalogues with plain `{name}` placeholders."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import yaml

from kzbot.date_words import DateWords
from kzbot.errors import PhraseError

if TYPE_CHECKING:
    from babel import Locale

    from kzbot.language.dates.mark import DateMark

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "config" / "phrases"
FALLBACK = "en"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_PLURALS = frozenset(("zero", "one", "two", "few", "many", "other"))
_DAYS = frozenset(("last",))
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Phrase = str | Mapping[str, str]
Catalogue = Mapping[str, Phrase]


class Phrases:
    """One language's phrases, with English behind it for what that language does not have yet."""

    def __init__(self, language: str, catalogue: Catalogue, fallback: Catalogue) -> None:
        self.language = language
        self._catalogue = catalogue
        self._fallback = fallback

    @classmethod
    def load(cls, folder: Path, language: str) -> Self:
        """The phrases of `folder`/`language`.yaml and of en.yaml; PhraseError names the file and what is wrong in it."""
        fallback = read_catalogue(folder / f"{FALLBACK}.yaml")
        catalogue = fallback if language == FALLBACK else read_catalogue(folder / f"{language}.yaml")
        return cls(language, catalogue, fallback)

    def say(self, key: str, /, **values: object) -> str:
        """The phrase `key` with its placeholders filled; what stands in a value is never read as a placeholder.

        A phrase with plural forms takes its form from the whole number `count`, which is shown as `number` shows it.
        Raises PhraseError for a key that no catalogue has, and for a placeholder without a value.
        """
        phrase = self._catalogue.get(key)
        speaks = self
        if phrase is None:
            phrase = self._fallback.get(key)
            speaks = self._english
        if phrase is None:
            raise PhraseError(f"There is no phrase {key}; add it to config/phrases/{FALLBACK}.yaml.")
        count = values.get("count")
        shown = {**values, "count": self.number(count)} if isinstance(count, int) else values
        if not isinstance(phrase, str):
            if not isinstance(count, int):
                raise PhraseError(f"The phrase {key} has plural forms and needs a whole number as count.")
            phrase = phrase.get(speaks.plural(count), phrase["other"])

        def fill(placeholder: re.Match[str]) -> str:
            name = placeholder[1]
            if name not in shown:
                raise PhraseError(f"The phrase {key} needs a value for {{{name}}}.")
            return str(shown[name])

        return _PLACEHOLDER.sub(fill, phrase)

    def date(self, edtf: str, modifier: str | None = None) -> str:
        """An EDTF date in words, exactly as precise as it is: "14 November 2013", "mid-November 1997", "since 2007".

        Raises ValueError on what is not EDTF of the forms that kzbot emits.
        """
        return self._dates.words(edtf, modifier)

    def dated(self, values: Mapping[str, object]) -> dict[str, object]:
        """The values of an answer's sentence, with the days among them (`last`, ISO 8601) in words."""
        return {key: self.date(str(value)) if key in _DAYS and value else value for key, value in values.items()}

    def ground(self, mark: "DateMark", published: str | None, corrected: str | None = None) -> str:
        """On what ground a date is given, in a few words; `published` is the date of the article it stands in.

        `corrected`: who said what the words mean (moderator, metadata), where they are not read by rule.
        """
        if corrected is not None:
            return self.say(f"dates.ground.corrected_{corrected}")
        if mark.basis == "published":
            return self.say("dates.ground.published")
        if mark.edition:
            return self.say("dates.ground.edition")
        if mark.dropped:
            return self.say("dates.ground.dropped")
        if mark.compared:
            return self.say("dates.ground.compared")
        if mark.basis == "stated" or mark.anchor is None or mark.words is None:
            return self.say("dates.ground.stated")
        words = " ".join(mark.words.split())
        anchor = self.date(mark.anchor)
        if published is not None and mark.anchor.rstrip("~?%") == published.rstrip("~?%"):
            return self.say("dates.ground.article", words=words, date=anchor)
        return self.say("dates.ground.earlier", words=words, date=anchor)

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self._catalogue or key in self._fallback

    def number(self, number: int) -> str:
        """A whole number as this language groups its digits."""
        if -1000 < number < 1000:
            return str(number)
        from babel.numbers import format_decimal  # noqa: PLC0415 - a start without long numbers does not wait for it

        return format_decimal(number, locale=self.locale)

    def plural(self, number: int) -> str:
        """The plural form of `number`: zero, one, two, few, many or other."""
        return self.locale.plural_form(number)

    def ordinal(self, number: int) -> str:
        """The ordinal form of `number` ("one" for 1st, 21st), by the same names."""
        return self.locale.ordinal_form(number)

    @cached_property
    def locale(self) -> "Locale":
        """Babel's rules for this language; PhraseError where it knows none."""
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - see `number`

        try:
            return Locale.parse(self.language.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            raise PhraseError(
                f"{self.language} is not a known language code; name the file in config/phrases after one."
            ) from None

    @cached_property
    def _english(self) -> "Phrases":
        return self if self.language == FALLBACK else Phrases(FALLBACK, self._fallback, self._fallback)

    @cached_property
    def _dates(self) -> DateWords:
        return DateWords(self.say, self.ordinal, lambda: self.locale)


def read_catalogue(file: Path) -> Catalogue:
    """All phrases of a file by their dotted keys; a value is a sentence, or its plural forms.

    Raises PhraseError with file and reason: unreadable, not YAML, no plain text, or braces that are no placeholder.
    """
    try:
        content = yaml.load(file.read_text(encoding="utf-8-sig"), _Loader)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise PhraseError(
            f"{file}: the phrases cannot be read ({reason}); mend the file, or language.phrases."
        ) from None
    except yaml.YAMLError as error:
        raise PhraseError(f"{file}: this is not valid YAML ({' '.join(str(error).split())}); mend the line.") from None
    catalogue: dict[str, Phrase] = {}
    _flatten(file, "", content, catalogue)
    return catalogue


def _flatten(file: Path, key: str, content: object, into: dict[str, Phrase]) -> None:
    if content is None and "." not in key:
        return
    if isinstance(content, str):
        into[key] = _checked(file, key, content)
    elif isinstance(content, dict) and "other" in content and _PLURALS.issuperset(content):
        into[key] = {form: _checked(file, key, text) for form, text in content.items()}
    elif isinstance(content, dict):
        for name, below in content.items():
            _flatten(file, f"{key}.{name}" if key else str(name), below, into)
    else:
        raise PhraseError(f"{file}: {key or 'the file'} must be text; put quotes around it.")


def _checked(file: Path, key: str, text: object) -> str:
    if not isinstance(text, str):
        raise PhraseError(f"{file}: {key} must be text; put quotes around it.")
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        raise PhraseError(f"{file}: {key} has a brace that is no placeholder such as {{name}}.")
    return text
