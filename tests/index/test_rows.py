"""What a row says of itself."""

import pytest

from kzbot.index.rows import ArticleRow


@pytest.mark.parametrize(
    ("file", "markdown"),
    [
        ("a.md", True),
        ("sub/A.MD", True),
        ("added://a.md", True),
        ("a.txt", False),
        ("many.jsonl//notes.md", False),
        ("added://many.jsonl//notes.md", False),
    ],
)
def test_markdown_is_told_by_the_file_and_not_by_an_id_within_it(file: str, markdown: bool) -> None:
    row = ArticleRow(
        number=1,
        id="a",
        file=file,
        title="A",
        title_basis="stated",
        url=None,
        archived_url=None,
        publisher=None,
        author=None,
        published=None,
        published_basis="unknown",
        published_ground=None,
        published_earliest=None,
        published_latest=None,
        language="en",
        first_seen="2026-11-22T00:00:00Z",
        characters=1,
    )
    assert row.is_markdown is markdown
