"""How far "the exercise" reaches back for its name, also where nothing parts the sentences."""

from collections.abc import Callable

import pytest

from kzbot.language.names.book import Mention
from kzbot.language.names.references import SENTENCES

Reader = Callable[[str], list[Mention]]
EAGLE = "exercise:steppe-eagle"


def references(mentions: list[Mention]) -> list[str]:
    return [mention.name for mention in mentions if mention.by == "reference"]


@pytest.mark.parametrize(("between", "found"), [(0, 1), (SENTENCES - 2, 1), (SENTENCES, 0), (20 * SENTENCES, 0)])
def test_a_name_reaches_so_many_sentences_in_a_text_without_paragraphs(read: Reader, between: int, found: int) -> None:
    text = " ".join(["Troops met at Steppe Eagle.", *["It was raining there."] * between, "The exercise went well."])
    assert references(read(text)) == [EAGLE] * found


def test_one_that_is_brought_up_in_between_takes_the_place_also_within_a_sentence(read: Reader) -> None:
    assert references(read("Steppe Eagle began. The exercise went well. The exercise ended.")) == [EAGLE, EAGLE]
    assert references(read("Steppe Eagle began. They planned another exercise, and the exercise was short.")) == []
    assert references(read("Steppe Eagle began. The exercise, they said, led to another exercise.")) == [EAGLE]
