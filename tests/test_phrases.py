"""Phrases: every key that is used exists and the other way round; values are inert; dates say what they mean and no more."""

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kzbot.errors import PhraseError
from kzbot.language.dates.mark import DateMark
from kzbot.phrases import DEFAULT_FOLDER, Phrases, read_catalogue

CODE = Path(__file__).resolve().parent.parent / "kzbot"
SECTIONS = ("answers.", "chat.", "cli.", "dates.", "operations.", "output.")


@cache
def _trees() -> list[ast.Module]:
    return [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(CODE.rglob("*.py"))]


def _mentioned() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every string constant of the program; and every f-string that begins like a key, as a pattern of keys."""
    constants: set[str] = set()
    patterns = []
    for node in (node for tree in _trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            constants.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
            if parts and parts[0] is not None and parts[0].startswith(SECTIONS):
                patterns.append(
                    re.compile("".join("[a-z0-9_]+" if part is None else re.escape(part) for part in parts))
                )
    return constants, patterns


def _said() -> set[str]:
    """The constant keys in calls of say("...")."""
    keys: set[str] = set()
    for node in (node for tree in _trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("say", "_say") and isinstance(node.args[0].value, str):
                keys.add(node.args[0].value)
    return keys


@pytest.fixture(scope="module")
def english() -> Phrases:
    return Phrases.load(DEFAULT_FOLDER, "en")


def test_every_phrase_that_is_said_exists() -> None:
    catalogue = read_catalogue(DEFAULT_FOLDER / "en.yaml")
    assert sorted(_said() - catalogue.keys()) == []
    assert [pattern.pattern for pattern in _mentioned()[1] if not any(map(pattern.fullmatch, catalogue))] == []


def test_no_phrase_is_unused() -> None:
    constants, patterns = _mentioned()
    unused = read_catalogue(DEFAULT_FOLDER / "en.yaml").keys() - constants
    assert sorted(key for key in unused if not any(pattern.fullmatch(key) for pattern in patterns)) == []


def test_every_key_is_in_a_section_and_given_once() -> None:
    file = DEFAULT_FOLDER / "en.yaml"
    assert all(key.startswith(SECTIONS) for key in read_catalogue(file))

    def check(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)
            for _, below in node.value:
                check(below)

    root = yaml.compose(file.read_text(encoding="utf-8"))
    assert root is not None
    check(root)


def _spoken(folder: Path, **files: str) -> Phrases:
    for language, text in files.items():
        (folder / f"{language}.yaml").write_text(text, encoding="utf-8")
    return Phrases.load(folder, next(iter(files)))


RUSSIAN = """
cli:
  files:
    one: "{count} файл"
    few: "{count} файла"
    many: "{count} файлов"
    other: "{count} файла"
"""
ENGLISH = """
cli:
  files: {one: "{count} file", other: "{count} files"}
  only: {one: "{count} article of {name}", other: "{count} articles of {name}"}
"""


def test_plural_forms_follow_the_language_and_english_stands_in_for_what_is_missing(tmp_path: Path) -> None:
    phrases = _spoken(tmp_path, ru=RUSSIAN, en=ENGLISH)
    said = [phrases.say("cli.files", count=count) for count in (1, 3, 5, 21)]
    assert said == ["1 файл", "3 файла", "5 файлов", "21 файл"]
    assert phrases.say("cli.only", count=21, name="x") == "21 articles of x"
    with pytest.raises(PhraseError, match=r"cli\.nothing"):
        phrases.say("cli.nothing")
    with pytest.raises(PhraseError, match=r"\{name\}"):
        phrases.say("cli.only", count=1)
    with pytest.raises(PhraseError, match="count"):
        phrases.say("cli.files", count="1")


HOSTILE = st.text(st.sampled_from("{}xyname.!0%s\\g<1>")) | st.text() | st.just("{other}") | st.just("{name.__class__}")


@given(HOSTILE, HOSTILE)
def test_no_value_breaks_out_of_its_placeholder(name: str, other: str) -> None:
    phrases = Phrases("en", {"cli.x": "a {name} b {other} c {name}"}, {})
    assert phrases.say("cli.x", name=name, other=other) == f"a {name} b {other} c {name}"


@pytest.mark.parametrize(
    "text",
    [
        'cli: {x: "{}"}',
        'cli: {x: "{a.b}"}',
        'cli: {x: "{a!r}"}',
        'cli: {x: "{{"}',
        "cli: {x: 1}",
        "cli: [1]",
        "cli: {",
        "cli: {x: }",
    ],
)
def test_a_catalogue_that_cannot_be_used_names_its_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "en.yaml"
    file.write_text(text)
    with pytest.raises(PhraseError, match=r"en\.yaml"):
        read_catalogue(file)


def test_a_missing_or_unknown_language_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PhraseError, match=r"xx\.yaml"):
        Phrases.load(DEFAULT_FOLDER, "xx")
    with pytest.raises(PhraseError, match="language code"):
        _spoken(tmp_path, zz="cli:", en=ENGLISH).number(10_000)


WORDS: list[tuple[str, str | None, str]] = [
    ("2013-11-14", None, "14 November 2013"),
    ("1997-11", "mid", "mid-November 1997"),
    ("2012-09", None, "September 2012"),
    ("1998", "fiscal", "fiscal 1998"),
    ("1998", "early", "early 1998"),
    ("2003/2004", None, "2003 to 2004"),
    ("2003/2004", "fiscal", "fiscal 2003 to 2004"),
    ("2007/..", None, "since 2007"),
    ("2007/..", "early", "since early 2007"),
    ("../2009-11", "mid", "until mid-November 2009"),
    ("../2017", None, "until 2017"),
    ("[2009-06-24..2011-01-31]", None, "between 24 June 2009 and 31 January 2011"),
    ("[2007-08-01..2007-09-30]", None, "between 1 August and 30 September 2007"),
    ("[2007-08-03..2007-08-09]", None, "between 3 and 9 August 2007"),
    ("[..1997-11]", None, "November 1997 or earlier"),
    ("[1997..]", None, "1997 or later"),
    ("199X", None, "1990s"),
    ("18XX", None, "19th century"),
    ("20XX", None, "21st century"),
    ("1998-23", None, "autumn 1998"),
    ("2013~", None, "about 2013"),
    ("2013", "about", "about 2013"),
    ("2013~", "about", "about 2013"),
    ("2013?", None, "perhaps 2013"),
    ("1998-34", None, "second quarter of 1998"),
    ("2014-40", None, "first half of 2014"),
    ("2004-XX", None, "2004"),
    ("2004-06-XX", None, "June 2004"),
    ("1997-09-15/1997-09-21", None, "15 to 21 September 1997"),
    ("1997-09-15/1997-10-02", None, "15 September to 2 October 1997"),
    ("1997-12-15/1998-01-02", None, "15 December 1997 to 2 January 1998"),
    ("2004-07/2004-09", None, "July to September 2004"),
    ("2004-07/2004-09-03", None, "July 2004 to 3 September 2004"),
    ("2003~/2004", None, "about 2003 to 2004"),
    ("2014-09", "before", "before September 2014"),
]


@pytest.mark.parametrize(("edtf", "modifier", "words"), WORDS)
def test_a_date_in_words_is_as_precise_as_it_is(english: Phrases, edtf: str, modifier: str | None, words: str) -> None:
    assert english.date(edtf, modifier) == words


@pytest.mark.parametrize(
    "edtf", ["", "yesterday", "2013-13", "2013-1", "2013-21-05", "٢٠١٣", "[2013]", "2013-XX-05", "/"]
)
def test_what_is_no_date_is_refused(english: Phrases, edtf: str) -> None:
    with pytest.raises(ValueError, match="not an EDTF date"):
        english.date(edtf)


def test_months_are_named_in_the_language(tmp_path: Path) -> None:
    patterns = 'dates: {day: "{day} {month} {year} г.", month: "{month} {year} г."}'
    phrases = _spoken(tmp_path, ru=patterns, en="cli:")
    assert phrases.date("2013-11-14") == "14 ноября 2013 г."
    assert phrases.date("2013-11") == "ноябрь 2013 г."


def test_numbers_are_grouped(english: Phrases) -> None:
    assert [english.number(each) for each in (0, 999, 1000, 1_234_567)] == ["0", "999", "1,000", "1,234,567"]


def _mark(**values: Any) -> DateMark:
    day = date(2013, 11, 14)
    return DateMark(
        **{
            "edtf": "2013-11-14",
            "value": "2013-11-14",
            "earliest": day,
            "latest": day,
            "words": "Nov.\n14",
            "start": 0,
            "end": 7,
            "basis": "resolved",
            "anchor": "2013-11",
            **values,
        }
    )


def test_a_ground_names_the_words_and_the_date_that_was_supplied(english: Phrases) -> None:
    assert english.ground(_mark(), "2013-11") == "from “Nov. 14” and the article's date, November 2013"
    assert english.ground(_mark(), None) == "from “Nov. 14” and an earlier date in the text, November 2013"
    assert english.ground(_mark(basis="stated", anchor=None), "2013-11") == "stated"
    assert english.ground(_mark(basis="published", words=None), "2013-11") == "the article's own date"
    assert english.ground(_mark(edition=True), "2013-11") == "a year in a name"
