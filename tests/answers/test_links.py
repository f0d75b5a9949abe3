from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from kzbot.answers.links import encoded, link_to

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


@given(st.text(max_size=400), st.data())
def test_no_text_breaks_a_link(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    link = link_to(URL, text.encode("utf-8", "ignore").decode(), start, end)
    assert link is not None and len(link) <= 512
    assert all(character.isascii() and not character.isspace() for character in link)
