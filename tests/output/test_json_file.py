"""JSON: the contract's object, question and generation with it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kzbot.answers.model import Answer, Evidence
from kzbot.output.contract import as_json
from kzbot.output.json_file import as_file
from kzbot.phrases import Phrases

Item = Callable[..., Evidence]
Made = Callable[..., Answer]
SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "contract" / "answer.schema.json"


def test_it_is_the_contracts_object_with_question_and_generation(
    phrases: Phrases, made_item: Item, made_answer: Made
) -> None:
    answer = made_answer(made_item("Учения", "2012-09"), undated=(made_item("y"),), read_as={"from": "2012"})
    data = as_file(answer, phrases)
    made = json.loads(data)
    assert made == json.loads(json.dumps(as_json(answer, phrases)))
    assert (made["command"], made["options"]) == ("timeline", {"topic": "Steppe Eagle"})
    assert (made["generation"]["id"], made["read_as"]) == (answer.generation, {"from": "2012"})
    assert "Учения" in data.decode("utf-8")


def test_the_contracts_schema_accepts_it(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    if not SCHEMA.is_file():
        pytest.skip("the answer contract is not at hand: shared/contract is missing")
    made = json.loads(as_file(made_answer(made_item("x", "2012-09", basis="published")), phrases))
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(made)] == []


@given(st.text(st.characters(codec=None)))
def test_every_text_comes_back(phrases: Phrases, made_item: Item, made_answer: Made, text: str) -> None:
    made = json.loads(as_file(made_answer(made_item(text, "2012")), phrases).decode("utf-8"))
    assert made["items"][0]["excerpt"] == text
