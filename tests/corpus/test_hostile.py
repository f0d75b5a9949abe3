"""Whatever lies in a folder, reading it ends in articles and reasons, and blocks hold the whole text once."""

import string
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kzbot.corpus import markdown, plain_text
from kzbot.corpus.article import Article, Block
from kzbot.corpus.folder import scan
from kzbot.corpus.reader import read_article

_YAML_PARTS = "title|published|skip|dates|words|edtf|: |\n|  |- |[|]|{|}|'|\"|&a |*a|!x |2012|..|/|\t|# |%|---\n|>|?|~|null|\x07|é"
_TEXT_PARTS = (
    "\n|\n\n|  |\t|• |- |1. |2. |a) |b) |> |# |## |```|---|===|<!--|-->|<div>|![x](y)|[x]: y|Title|By Jane Roe|Home|Share"
    "|Related articles|© 2012|The ministers met in the capital on Friday, as was said.|role in it|\x0b|\u2028|\x85|\x1c"
    "|\u00a0|\\|*|_"
)
_YAML = st.lists(st.sampled_from([*_YAML_PARTS.split("|"), "|"]), max_size=30).map("".join)
_TEXT = st.lists(
    st.one_of(
        st.sampled_from([*_TEXT_PARTS.split("|"), "| a | b |\n|---|---|\n"]),
        st.text(max_size=5),
        st.text(string.ascii_letters + " ", min_size=40, max_size=80),
    ),
    max_size=25,
).map("".join)


def _whole(text: str, blocks: tuple[Block, ...]) -> None:
    position = 0
    for block in blocks:
        assert position <= block.start < block.end <= len(text)
        assert not text[position : block.start].strip()
        words = text[block.start : block.end]
        assert words == words.strip()
        position = block.end
    assert not text[position:].strip()


@settings(max_examples=150)
@given(
    text=st.one_of(st.binary(max_size=200), _TEXT.map(str.encode), st.tuples(_YAML, _TEXT).map(lambda both: f"---\n{both[0]}\n---\n{both[1]}".encode())),
    metadata=st.one_of(st.none(), st.binary(max_size=60), _YAML.map(str.encode), st.just(b"title: Title\n")),
    suffix=st.sampled_from([".txt", ".md"]),
)  # fmt: skip
def test_any_bytes_are_an_article_or_a_reason(text: bytes, metadata: bytes | None, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / f"one{suffix}").write_bytes(text)
        if metadata is not None:
            (folder / "one.yaml").write_bytes(metadata)
        (state,), rejections = scan(folder)
        assert rejections == []
        article, wrong = read_article(folder, state, max_bytes=1_000)
        assert (article is None) == bool(wrong)
        assert all(rejection.reason and "\n" not in rejection.reason for rejection in wrong)
        if isinstance(article, Article):
            assert article.title
            assert "\r" not in article.text
            _whole(article.text, article.blocks)


@settings(max_examples=300)
@given(
    text=_TEXT,
    title=st.sampled_from(["Title", "Home", "", "The ministers met"]),
    skip=st.sets(st.integers(1, 9), max_size=3),
)
def test_blocks_hold_everything_but_white_space_once_and_in_order(text: str, title: str, skip: set[int]) -> None:
    for reader in (plain_text, markdown):
        blocks = reader.blocks(text, title, skip, {"Jane Roe"})
        _whole(text, blocks)
        starts = [0, *(position + 1 for position, sign in enumerate(text) if sign == "\n")]
        for number in skip:
            if number <= len(starts):
                line_end = text.find("\n", starts[number - 1])
                end = len(text) if line_end < 0 else line_end
                inside = [block for block in blocks if block.start < end and block.end > starts[number - 1]]
                blank = not text[starts[number - 1] : end].strip()
                assert blank or {block.kind for block in inside} <= {"furniture"}
