from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.answers.links import encoded, link_to
from kzbot.answers.markdown import shown

URL = "https://example.org/news"


def fragment(link: str | None) -> str:
    assert link is not None
    return link.partition(":~:text=")[2]


def test_a_short_excerpt_is_named_whole() -> None:
    text = "First thing. The plan was signed. Last thing."
    assert link_to(URL, text, 13, 33) == f"{URL}#:~:text=The%20plan%20was%20signed."


def test_commas_hyphens_and_ampersands_are_encoded() -> None:
    assert encoded("2013-2017, A&B") == "2013%2D2017%2C%20A%26B"


def test_a_long_excerpt_is_named_by_its_first_and_last_words() -> None:
    text = "One two three four five six seven eight nine ten eleven twelve thirteen."
    assert fragment(link_to(URL, text, 0, len(text))) == "One%20two%20three%20four,ten%20eleven%20twelve%20thirteen."


def test_the_start_grows_until_it_is_the_first_such_place() -> None:
    same = "The two sides met again to speak of"
    text = f"{same} peace and of trade in the region at length. {same} war and of peace in the region at length."
    start = text.rindex(same)
    head = unquote(fragment(link_to(URL, text, start, len(text))).split(",")[0])
    assert text.index(head) == start


def test_a_short_excerpt_that_stands_twice_is_told_by_the_words_before_it() -> None:
    text = "He came. They said yes. She left at noon. They said yes."
    start = text.rindex("They")
    assert fragment(link_to(URL, text, start, len(text))) == "at%20noon.-,They%20said%20yes."


def test_a_long_excerpt_that_begins_like_an_earlier_one_is_told_by_the_words_before_it() -> None:
    same = "The two ministers met again to speak of peace and of trade in the region at length and in depth"
    text = f"{same} on Friday, as they said.\n\n{same} on Monday, as they said."
    start = text.rindex(same)
    link = fragment(link_to(URL, text, start, len(text)))
    assert link == "they%20said.-,The%20two%20ministers%20met,Monday%2C%20as%20they%20said."
    assert "-," not in fragment(link_to(URL, text, 0, start - 2))


def test_a_dash_between_words_is_a_word_and_one_before_an_item_is_none() -> None:
    text = "– The plan – in short – was signed."
    assert (
        fragment(link_to(URL, text, 0, len(text))) == "The%20plan%20%E2%80%93%20in%20short%20%E2%80%93%20was%20signed."
    )


def test_letters_that_grow_in_lower_case_move_no_place() -> None:
    text = "İİİİ İstanbul. The plan was signed."
    assert fragment(link_to(URL, text, text.index("The"), len(text))) == "The%20plan%20was%20signed."


@pytest.mark.parametrize(
    ("markdown", "page"),
    [
        ("a **bold** and *slanted* __word__ with snake_case", "a bold and slanted word with snake_case"),
        ("[name](https://example.org/a_(b)) and [other][1], not [sic]", "name and other, not [sic]"),
        ("![picture](a.png) <https://example.org> <b>x</b><br>", " https://example.org x"),
        (r"\*no star\* R&amp;D `code` ~~gone~~ 5 > 3", "*no star* R&D code gone 5 > 3"),
        ("## Heading ##\n\n[1]: https://example.org 'title'\nwords", "Heading\n\n\nwords"),
    ],
)
def test_of_markdown_the_words_of_the_page_count(markdown: str, page: str) -> None:
    assert shown(markdown) == page


@pytest.mark.parametrize("sign", ["<!--", "![", "[", "[a](", "<a ", " ", "\n", "*", "_", "`", "# ", "(", "\\", "&"])
def test_a_text_full_of_one_sign_is_read_in_one_go(sign: str) -> None:
    assert shown(sign * 100_000 + "end").endswith("end")


def test_an_excerpt_over_two_bullets_names_words_of_either_bullet_only() -> None:
    text = "  • Active participation has played a key\n  • role in strengthening our bilateral cooperation in all."
    link = unquote(fragment(link_to(URL, text, 4, len(text))))
    assert "•" not in link
    assert "key role" not in link


def test_cyrillic_stays_within_512_characters() -> None:
    text = "Сотрудничество между министерствами обороны двух государств последовательно развивается и укрепляется " * 3
    link = link_to(URL, text, 0, len(text.rstrip()))
    assert link is not None and len(link) <= 512 and ":~:text=" in link


def test_where_the_address_leaves_no_room_the_fragment_is_dropped() -> None:
    url = URL + "/" + "x" * 470
    assert link_to(url, "Сотрудничество министерств обороны двух государств развивается", 0, 40) == url
    assert link_to(URL + "/" + "x" * 600, "Words", 0, 5) is None
    assert link_to(None, "Words", 0, 5) is None


def test_an_address_with_a_fragment_keeps_it() -> None:
    assert link_to(URL + "#part", "Words here", 0, 10) == URL + "#part:~:text=Words%20here"


@given(st.text(max_size=400), st.booleans(), st.data())
def test_no_text_breaks_a_link(text: str, markdown: bool, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    link = link_to(URL, text.encode("utf-8", "ignore").decode(), start, end, markdown=markdown)
    assert link is not None and len(link) <= 512
    assert all(character.isascii() and not character.isspace() for character in link)
