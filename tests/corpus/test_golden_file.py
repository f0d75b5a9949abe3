"""The golden questions: read strictly, and every mistake is told with its line and how to mend it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.answers.question import parse
from kzbot.corpus.golden_file import MAX_BYTES, MOST, GoldenQuestion, read_golden
from kzbot.corpus.names_file import read_name_book
from kzbot.errors import GoldenError

CONFIG = Path(__file__).resolve().parents[2] / "config"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "golden.yaml"


def test_questions_are_read_with_the_status_that_they_must_have(file: Path) -> None:
    file.write_text(
        'questions:\n  - {question: "/timeline topic:  NATO", expect: answered}\n  - "/source"\n', encoding="utf-8"
    )
    assert read_golden(file) == (
        GoldenQuestion(question="/timeline topic: NATO", expect="answered"),
        GoldenQuestion(question="/source"),
    )


@pytest.mark.parametrize("text", [None, "", "# nothing\n", "questions:\n", "questions: []\n", "---\n"])
def test_no_file_and_an_empty_one_hold_no_question(file: Path, text: str | None) -> None:
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert read_golden(file) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- /timeline\n", "line 1: the file must begin with the key questions:"),
        ("question: []\n", "did you mean questions?"),
        ("questions: /timeline\n", "line 1: questions must be a list"),
        ("questions:\n  - hello\n", "line 2: question does not begin with a command"),
        ("questions:\n  - \n", "line 2: question is empty"),
        ("questions:\n  - {expect: answered}\n", "line 2: question is missing"),
        (
            'questions:\n  - question: "/source"\n    expect: found\n',
            "line 3: expect is “found”; it must be answered, ",
        ),
        (
            'questions:\n  - question: "/source"\n    expected: answered\n',
            "line 3: the key “expected” is not known: did",
        ),
        ('questions:\n  - "/source"\n  - "/source"\n', "line 3: this question stands in the list already"),
        ("questions:\n  - [/source]\n", "line 2: "),
        ("questions: &a\n  - *a\n", "anchors and aliases"),
        ("questions: [\n", "not valid YAML"),
        ("questions:\n" + '  - "/source"\n' * (MOST + 1), f"there are over {MOST} questions"),
        ("#" * (MAX_BYTES + 1), "shorten it"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_how_to_mend_it(file: Path, text: str, said: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(GoldenError) as caught:
        read_golden(file)
    assert str(caught.value).startswith(str(file)) and said in str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.binary(max_size=200) | st.text("[]{}:-&*!|>\n #'\"/a").map(str.encode))
def test_any_bytes_are_questions_or_a_sentence(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    try:
        assert all(one.question.startswith("/") for one in read_golden(file))
    except GoldenError as error:
        assert str(error).startswith(str(file)) and "\n" not in str(error)


def test_those_that_are_shipped_are_questions_of_the_shipped_name_book() -> None:
    kinds = read_name_book(CONFIG / "names.yaml").kinds
    shipped = read_golden(CONFIG / "golden.yaml")
    assert shipped and all(parse(one.question, kinds) for one in shipped)
