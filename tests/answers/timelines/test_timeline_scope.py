"""Which statements stand on the timeline of a name, by how it stands in them."""

from collections.abc import Awaitable, Callable

import pytest

from kzbot.answers.model import Answer

Ask = Callable[..., Awaitable[Answer]]
AskFolder = Callable[[dict[str, str]], Awaitable[Ask]]

NORVIK = (
    "The yard Norvik is the oldest one on that coast, and it has been the pride of the people there for generations."
)
PLAIN = "There is little else to be told of the old harbour, and people there are glad of it in every season."


def article(text: str, title: str = "News of the harbour") -> dict[str, str]:
    return {"a.md": f"---\ntitle: {title}\npublished: 2004-05-06\n---\n{text}\n"}


async def listed(ask_folder: AskFolder, text: str, topic: str = "Norvik") -> list[tuple[str | None, str]]:
    answer = await (await ask_folder(article(text)))(f"/timeline topic: {topic}")
    return [(item.date, item.dates[0].mark.basis) for item in answer.items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{NORVIK}\n\nNorvik built the ferry in 1990.", ["1990"]),
        (f"{NORVIK}\n\nThe rival of Harlan, which was founded in 1980, bought Norvik in 1990.", ["1990"]),
        (f"{NORVIK}\n\nA rich man bought Norvik, which was founded in 1980.", ["1980"]),
        (f"{NORVIK}\n\nNorvik’s rival Harlan sank a boat in 1990.", []),
        (f"{NORVIK}\n\nIn 1990 the first ferry was built.", ["1990"]),
        (f"{PLAIN}\n\n{PLAIN}\n\n{NORVIK}\n\nIn 1990 the first ferry was built.", []),
    ],
    ids=["named", "outside of a clause", "head of a clause", "related", "goes on", "not what the article is about"],
)
async def test_a_dated_statement_stands_where_it_is_about_the_name(
    ask_folder: AskFolder, text: str, expected: list[str]
) -> None:
    assert [date for date, basis in await listed(ask_folder, text) if basis != "published"] == expected


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Off the coast Norvik sold a ferry to the king of the island.", True),
        ("The king of the island praised Norvik for a ferry.", True),
        ("The king sold a ferry that is better “than all of Norvik and its boats”.", False),
        ("Off the coast Norvik’s rival Harlan sold a ferry to the king of the island.", False),
        (f"{PLAIN}\n\n{PLAIN}\n\n{PLAIN}\n\nOff the coast Norvik has sold a ferry to the king.", True),
        (f"{PLAIN}\n\n{PLAIN}\n\n{PLAIN}\n\nThe king has sold a ferry to Norvik.", False),
        (f"{PLAIN}\n\n{PLAIN}\n\n{PLAIN}\n\nOff the coast Norvik sold a ferry to the king.", False),
    ],
    ids=["lead, acts", "lead, acted on", "lead, quoted", "lead, related", "body, acts", "body, acted on", "body, past"],
)
async def test_what_reports_the_articles_own_day_stands_under_it(
    ask_folder: AskFolder, text: str, stands: bool
) -> None:
    found = await listed(ask_folder, text)
    assert found == ([("2004-05-06", "published")] if stands else [])


async def test_in_plain_words_the_news_of_the_day_counts_and_the_rest_of_the_article_does_not(
    ask_folder: AskFolder,
) -> None:
    body = f"The king sold a red ferry.\n\n{PLAIN}\n\n{PLAIN}\n\nThe queen has sold a red ferry.\n\nThe red ferry sank in 2001."
    assert await listed(ask_folder, body, "red ferry") == [("2001", "stated"), ("2004-05-06", "published")]


@pytest.mark.parametrize("line", ["/timeline", "/timeline topic: Norvik", "/timeline topic: ferry"])
async def test_a_passage_stands_once_for_a_date_that_it_gives_in_a_clause_and_beside_it(
    ask_folder: AskFolder, line: str
) -> None:
    text = f"{NORVIK}\n\nA man sold Norvik, which built a ferry in 1990, to the king of the island in 1990."
    answer = await (await ask_folder(article(text)))(line)
    assert [item.date for item in answer.items if item.date != "2004-05-06"] == ["1990"]


async def test_a_date_is_not_hidden_by_an_equal_one_that_the_filter_leaves_out(ask_folder: AskFolder) -> None:
    text = "In 1990 the ferry was new and red, and nobody on the island was ill after 1990."
    ask = await ask_folder(article(text))
    assert [item.dates[0].mark.modifier for item in (await ask("/timeline")).items] == [None]
    assert [item.dates[0].mark.modifier for item in (await ask("/timeline from: 1995")).items] == ["after"]
