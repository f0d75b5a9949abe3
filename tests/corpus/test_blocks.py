"""How a text falls into paragraphs, headings, list items and furniture."""

from collections.abc import Sequence

import pytest

from kzbot.corpus import markdown, plain_text

PROSE = "The two ministers met in the capital on Friday and signed a plan for the year."


def _plain(text: str, title: str = "", skip: Sequence[int] = (), credits: Sequence[str] = ()) -> list[tuple[str, str]]:
    return [
        (block.kind, text[block.start : block.end]) for block in plain_text.blocks(text, title, set(skip), set(credits))
    ]


def _worded(blocks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(kind, words) for kind, words in blocks if any(map(str.isalnum, words))]


def _markdown(text: str, title: str = "", skip: Sequence[int] = ()) -> list[tuple[str, str]]:
    blocks = markdown.blocks(text, title, set(skip), set())
    return _worded([(block.kind, text[block.start : block.end]) for block in blocks])


def test_each_line_is_a_paragraph_where_sentences_end_with_the_line() -> None:
    second = "They will meet again in the spring, as the press service of the ministry said in a statement."
    assert _plain(f"{PROSE}\n{second}\n\n{PROSE}") == [
        ("paragraph", PROSE),
        ("paragraph", second),
        ("paragraph", PROSE),
    ]


def test_hard_wrapped_text_is_one_paragraph() -> None:
    first = (
        "The two ministers met in the capital on Friday and signed a plan\n"
        "for the coming year. It calls for more than forty events, among\n"
        "them visits of officers, exchanges between schools, and a joint\n"
        "exercise. Nothing was said of its cost."
    )
    second = (
        "Minister Roe said afterwards that the plan was a good one, which\n"
        "the other side did not deny when it was asked by the reporters of\n"
        "Central News, who had waited outside for several hours."
    )
    assert _plain(f"{first}\n\n{second}") == [("paragraph", first), ("paragraph", second)]


def test_paragraphs_of_wrapped_text_may_be_told_apart_by_indent_alone() -> None:
    first = (
        "   The two ministers met in the capital on Friday and signed a plan\n"
        "for the coming year. It calls for more than forty events, among them\n"
        "visits of officers and exchanges between schools of both their lands."
    )
    second = "   Minister Roe said afterwards that the plan was a good one."
    assert _plain(f"{first}\n{second}") == [("paragraph", first.strip()), ("paragraph", second.strip())]


def test_a_byline_above_wrapped_text_stays_out_of_it() -> None:
    wrapped = (
        "ALMATY -- The two ministers met in the capital on Friday and signed\n"
        "a plan for the coming year. It calls for more than forty events and\n"
        "visits of officers and exchanges between schools of both their lands."
    )
    assert _plain(f"By Jane Roe\n{wrapped}") == [("furniture", "By Jane Roe"), ("paragraph", wrapped)]


def test_a_dash_at_the_head_of_a_wrapped_line_is_no_bullet() -> None:
    text = (
        "The tankers that the ministry has been waiting for all these years\n"
        "- more often known by their old name - are based on an airliner, and\n"
        "the first of them is expected to be delivered in the coming spring."
    )
    assert _plain(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    "printed", ["Ministers Sign Plan", "MINISTERS SIGN PLAN!", "Ministers\nSign Plan", "“Ministers sign plan”"]
)
def test_the_title_is_a_heading_however_it_is_printed(printed: str) -> None:
    assert _plain(f"{printed}\n\n{PROSE}", "Ministers sign plan")[0] == ("heading", printed)


def test_a_site_name_behind_the_title_is_furniture() -> None:
    assert _worded(_plain(f"Ministers sign plan | The Bugle\n{PROSE}", "Ministers sign plan")) == [
        ("heading", "Ministers sign plan"),
        ("furniture", "| The Bugle"),
        ("paragraph", PROSE),
    ]


def test_the_title_printed_again_is_furniture() -> None:
    blocks = _plain(f"Ministers sign plan\nMinisters sign plan\n{PROSE}", "Ministers sign plan")
    assert [kind for kind, _ in blocks] == ["heading", "furniture", "paragraph"]


def test_a_sentence_that_only_begins_like_the_title_is_text() -> None:
    text = "Ministers sign plan in the capital after two days of long and difficult talks."
    assert _plain(text, "Ministers sign plan") == [("paragraph", text)]


def test_subheadings() -> None:
    assert _plain(f"{PROSE}\n\nWhat comes next?\n\n{PROSE}\n\nThe costs\n{PROSE}\n\nNo heading at the end") == [
        ("paragraph", PROSE),
        ("heading", "What comes next?"),
        ("paragraph", PROSE),
        ("heading", "The costs"),
        ("paragraph", PROSE),
        ("paragraph", "No heading at the end"),
    ]


def test_lists_with_bullets() -> None:
    text = "The plan covers:\n  • Training of officers\n  • two exercises a year\n  • English courses\n"
    assert _worded(_plain(text)) == [
        ("paragraph", "The plan covers:"),
        ("list_item", "Training of officers"),
        ("list_item", "two exercises a year"),
        ("list_item", "English courses"),
    ]


def test_numbered_lists_and_wrapped_items() -> None:
    text = "1. Training of officers and of\n   their teachers\n2. Exercises\n\n1998 was the year of the first of them."
    assert [words for kind, words in _plain(text) if kind == "list_item"] == [
        "Training of officers and of\n   their teachers",
        "Exercises",
    ]
    assert _plain(text)[-1] == ("paragraph", "1998 was the year of the first of them.")


def test_a_number_that_begins_no_list_stays_with_its_words() -> None:
    text = "20. Juli 1998 war der Tag, an dem die beiden Minister sich trafen."
    assert _plain(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    ("items", "count"),
    [
        (["The programme has long played a key", "role in our cooperation. It goes on."], 1),
        (["The programme has long played a key", "Role models. They matter."], 2),
        (["The programme has long played a key role.", "role of others. It goes on."], 2),
        (["training of officers and teachers", "exercises in the field. They are held twice."], 2),
        (["Training of officers, teachers and cadets", "exercises in the field"], 2),
        (["Training of officers and teachers,", "exercises in the field, and so on."], 2),
    ],
)
def test_one_sentence_over_two_bullets_is_one_item(items: list[str], count: int) -> None:
    text = "\n".join(f"  • {item}" for item in items)
    found = [words for kind, words in _plain(text) if kind == "list_item"]
    assert len(found) == count


def test_skipped_lines_are_furniture_and_part_what_stands_around_them() -> None:
    assert _plain(f"{PROSE}\nA slogan of the site\n{PROSE}", skip=[2]) == [
        ("paragraph", PROSE),
        ("furniture", "A slogan of the site"),
        ("paragraph", PROSE),
    ]


def test_publisher_and_author_alone_on_a_line_above_the_text_are_furniture() -> None:
    blocks = _plain(f"THE BUGLE\nJane Roe\n{PROSE}\nJane Roe left\n{PROSE}", credits=["The Bugle", "Jane Roe"])
    assert [kind for kind, _ in blocks] == ["furniture", "furniture", "paragraph", "heading", "paragraph"]


def test_markdown_structure() -> None:
    text = (
        "# Title of it\n\nFirst paragraph, over\ntwo lines.\n\n## Sub ##\n\n- one item\n  of two lines\n- two\n\n"
        "> Quoted words of the minister,\n> who spoke.\n\n![a map](map.png)\n\n<!-- a remark\n\nof two parts -->\n\n"
        "| Exercise | Year |\n|---|---|\n| Eagle | 2012 |\n\n```text\nraw words\n```\n\n[1]: https://news.example/\n\n"
        "Underlined\n----------\n<p>In tags.</p>\n"
    )
    assert _markdown(text, "Title of it") == [
        ("heading", "Title of it"),
        ("paragraph", "First paragraph, over\ntwo lines."),
        ("heading", "Sub"),
        ("list_item", "one item\n  of two lines"),
        ("list_item", "two"),
        ("paragraph", "Quoted words of the minister,\n> who spoke."),
        ("furniture", "![a map](map.png)"),
        ("furniture", "<!-- a remark\n\nof two parts -->"),
        ("paragraph", "| Exercise | Year |"),
        ("paragraph", "| Eagle | 2012 |"),
        ("furniture", "```text"),
        ("paragraph", "raw words"),
        ("furniture", "[1]: https://news.example/"),
        ("heading", "Underlined"),
        ("paragraph", "<p>In tags.</p>"),
    ]


def test_markdown_hard_breaks_bylines_and_buttons() -> None:
    text = f"By Jane Roe\nCentral News Service\n\n{PROSE}  \nSecond line.\n\n[Share](https://x.example) | [Print](/p)\n"
    assert _markdown(text) == [
        ("furniture", "By Jane Roe"),
        ("furniture", "Central News Service"),
        ("paragraph", PROSE),
        ("paragraph", "Second line."),
        ("furniture", "[Share](https://x.example) | [Print](/p)"),
    ]


def test_markdown_lines_to_skip() -> None:
    assert _markdown(f"{PROSE}\nslogan\n{PROSE}", skip=[2]) == [
        ("paragraph", PROSE),
        ("furniture", "slogan"),
        ("paragraph", PROSE),
    ]
