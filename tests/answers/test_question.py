import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.answers.question import parse, typed
from kzbot.errors import QuestionError


def test_a_value_runs_to_the_next_option_of_the_command() -> None:
    asked = parse("/timeline topic: Steppe Eagle: the exercise from: 2012 to: sept 2013")
    assert asked.options == {"topic": "Steppe Eagle: the exercise", "from": "2012", "to": "sept 2013"}


def test_what_stands_before_the_first_option_is_the_main_one() -> None:
    assert parse("/search nonlethal equipment").options == {"query": "nonlethal equipment"}


@pytest.mark.parametrize(
    "line", ['/check quote: "a b"', '/check quote quote: "a b"', '/check Quote "a b"', '/check "a b"']
)
def test_the_second_word_that_discord_gives_a_command_may_be_typed(line: str) -> None:
    assert parse(line).options == {"quote": '"a b"'}


def test_an_option_of_another_command_is_part_of_the_value() -> None:
    assert parse("/search query: what: a question").options == {"query": "what: a question"}


def test_json_is_a_question_too() -> None:
    asked = parse('{"command": "timeline", "options": {"articles": true, "from": 1997}}')
    assert (asked.command, dict(asked.options)) == ("timeline", {"articles": True, "from": "1997"})


def test_empty_values_are_not_given_and_private_is_no_part_of_the_question() -> None:
    assert parse("/timeline topic: from: 1997 private: true").options == {"from": "1997"}


@pytest.mark.parametrize(
    "line", ["/timeline topic: Steppe Eagle from: 2012 articles: true", "/check quote quote: a b source: Astana Times"]
)
def test_a_question_is_typed_as_it_is_read(line: str) -> None:
    assert typed(parse(line)) == line


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("hello", "no_command"),
        ("", "no_command"),
        ("/serch query: x", "command"),
        ("/search", "required"),
        ("/search query:", "required"),
        ("/timeline articles: perhaps", "flag"),
        ("/timeline from: 1997 from: 1998", "twice"),
        ('{"command": "search", "options": {"colour": "red"}}', "option"),
        ('{"command": 7}', "json"),
        ("{", "json"),
        ("/search query: " + "x" * 6001, "long"),
    ],
)
def test_a_wrong_question_says_which_way_it_is_wrong(line: str, key: str) -> None:
    with pytest.raises(QuestionError) as caught:
        parse(line)
    assert caught.value.key == f"answers.bad_request.{key}"


@given(st.text() | st.text().map(lambda text: "/timeline " + text) | st.text().map(lambda text: "{" + text))
def test_whatever_is_typed_is_a_question_or_wrong(line: str) -> None:
    with contextlib.suppress(QuestionError):
        parse(line)
