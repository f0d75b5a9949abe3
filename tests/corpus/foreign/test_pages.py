"""HTML from elsewhere: the article's own words to the letter, and only what the page itself declares of it."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.corpus.foreign.found import Document
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.corpus.problem import Problem

One = Callable[..., Document]
Page = Callable[..., str]

RUSSIAN = (
    "Военные учения «Степной орёл» прошли в сентябре в Казахстане, сообщили в министерстве обороны страны.",
    "В них приняли участие военнослужащие США и Великобритании, а также наблюдатели из соседних государств.",
)


def ld(**node: object) -> str:
    described = {"@context": "https://schema.org", "@type": "NewsArticle", **node}
    return f'<script type="application/ld+json">{json.dumps(described)}</script>'


def test_the_article_is_read_and_nothing_around_it(one: One, make_page: Page) -> None:
    text = one("a.html", make_page()).text
    assert text.startswith("Storm closes the harbour\n\nThe ministers met in the capital on Friday")
    assert "“No ship may leave,” the captain of the port said — and none did" in text
    for around in ("Home", "World news", "cookies", "silly article", "rights reserved", "Contact"):
        assert around not in text


def test_signs_of_markup_in_the_words_stay_and_none_are_added(one: One, make_page: Page) -> None:
    strange = (
        "It is 5 &lt; 6 &amp; 7 in *this* _line_, and [that](x) # yes, said the <b>captain</b> of <i>the</i> port."
    )
    listed = "<ul><li>One thing was said there by him.</li><li>Another <em>thing</em> was said.</li></ul>"
    text = one("a.html", make_page(body=f"<p>{strange}</p>{listed}<p>One line,<br>another line of it.</p>")).text
    assert "It is 5 < 6 & 7 in *this* _line_, and [that](x) # yes, said the captain of the port." in text
    assert (
        "\n\nOne thing was said there by him.\n\nAnother thing was said.\n\nOne line,\nanother line of it.\n\n" in text
    )


def test_a_page_that_is_laid_out_in_tables_loses_its_menu(one: One, make_page: Page) -> None:
    menu = "<td><a href=/>Home</a><br><a href=/n>News</a><br><a href=/c>Contact</a></td>"
    told = "<br><br>".join(RUSSIAN)
    old = f"<html><body><table><tr>{menu}<td><font size=5>Учения</font><br><br>{told}</td></tr></table></body></html>"
    assert one("a.htm", old).text.split() == " ".join(["Учения", *RUSSIAN]).split()


WORDS = st.lists(st.text('abcdefgh éжй’—&<>"*_#[]`\\', min_size=3, max_size=40), min_size=3, max_size=8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=WORDS)
def test_every_line_stands_on_the_page_to_the_letter(words: list[str], one: One, make_page: Page) -> None:
    told = [
        f"It was said that {word} was so, and nobody in the whole capital said otherwise on that day." for word in words
    ]
    text = one("a.html", make_page(paragraphs=[html.escape(line) for line in told])).text
    printed = {" ".join(line.split()) for line in told} | {"Storm closes the harbour"}
    assert {" ".join(line.split()) for line in text.split("\n") if line} <= printed
    assert [line for line in told if " ".join(line.split()) in text]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.one_of(st.binary(max_size=300), st.text("<>/=\"' apdivhtml&;\x00\ud800é\n", max_size=200)))
def test_any_bytes_are_a_document_or_a_reason(data: bytes | str, foreign: ForeignReader) -> None:
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    try:
        (document,) = foreign.read("a.html", raw).documents
    except Problem as problem:
        assert problem.reason.endswith(".") and "\n" not in problem.reason
    else:
        assert any(character.isalnum() for character in document.text)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (ld(datePublished="2012-05-02T10:00:00+06:00", dateModified="2020-01-01"), "2012-05-02"),
        (ld(datePublished="2012-05"), "2012-05"),
        (ld(datePublished="2012"), "2012"),
        ('<meta property="article:published_time" content="2012-05-02T23:30:00-05:00">', "2012-05-02"),
        ('<meta name="citation_publication_date" content="2012/5/2">', "2012-05-02"),
        ('<meta name="pubdate" content="Wed, 02 May 2012 10:00:00 GMT">', "2012-05-02"),
        ('<meta itemprop="datePublished" content="20120502">', "2012-05-02"),
        (ld(datePublished="2012-05-02") + '<meta property="article:published_time" content="2012-05-03T01:00Z">', "[2012-05-02..2012-05-03]"),
        (ld(datePublished="2012-05") + '<meta name="pubdate" content="2012-05-02">', "2012-05-02"),
    ],
)  # fmt: skip
def test_a_date_that_the_page_states_is_its_date(one: One, make_page: Page, head: str, published: str) -> None:
    found = one("a.html", make_page(head))
    assert (found.published, found.published_basis) == (published, "stated")
    assert found.published_ground and "2012" not in found.published_ground


@pytest.mark.parametrize(
    "body",
    [
        '<time class="published" datetime="2012-05-02T10:00">May 2</time>',
        '<time pubdate datetime="2012-05-02">2 May</time>',
        '<time class="entry-date published updated" datetime="2012-05-02T10:00:00+00:00">2 May</time>',
        '<time class="published" datetime="2012-05-02">2 May</time><time class="updated" datetime="2015-01-01">1 May</time>',
        '<time class="published" datetime="2012-05-02">2 May</time></article><article><h2>Another</h2>'
        '<time class="published" datetime="2014-01-01">1 May</time></article><article>',
        '<span itemprop="datePublished" content="2012-05-02">2 May 2012</span>',
    ],
)
def test_a_mark_in_the_text_states_the_date_too(one: One, make_page: Page, body: str) -> None:
    assert one("a.html", make_page(body=body)).published == "2012-05-02"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ld(dateModified="2012-05-02", dateCreated="2012-05-01"), ""),
        ('<meta property="article:modified_time" content="2012-05-02"><meta name="date" content="2012-05-02">', ""),
        ('<meta http-equiv="last-modified" content="Wed, 02 May 2012 10:00:00 GMT">', ""),
        ('<link rel="canonical" href="https://news.example/2012/05/02/storm.html">', ""),
        ("", '<time datetime="2012-05-02">2 May 2012</time><p>Published on 2 May 2012 by nobody in particular.</p>'),
        ("", '<time class="updated dt-updated" datetime="2012-05-02">2 May 2012</time>'),
        ("", '<aside><time class="published" datetime="2012-05-02">2 May 2012</time></aside>'),
        (ld(datePublished="1970-01-01T00:00:00Z"), ""),
        (ld(datePublished="0001-01-01"), ""),
        (ld(datePublished="2999-01-01"), ""),
        (ld(datePublished="2012-13-45"), ""),
        (ld(datePublished="yesterday"), ""),
        (ld(datePublished={"@value": 5}), ""),
        (ld(**{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2012-05-02"}]}), ""),
        (ld(**{"@type": "WebSite", "datePublished": "2012-05-02"}), ""),
    ],
)
def test_no_other_date_passes_for_that_of_publication(one: One, make_page: Page, head: str, body: str) -> None:
    found = one("a.html", make_page(head, body))
    assert (found.published, found.published_basis) == (None, "unknown")


def test_dates_that_do_not_agree_are_named_and_none_is_taken(one: One, make_page: Page) -> None:
    found = one("a.html", make_page(ld(datePublished="2012-05-02") + '<meta name="pubdate" content="2015-01-01">'))
    assert found.published is None
    assert found.published_ground is not None
    assert "2012-05-02" in found.published_ground and "2015-01-01" in found.published_ground


def test_the_article_of_the_pages_own_address_is_the_one_that_counts(one: One, make_page: Page) -> None:
    own = ld(datePublished="2012-05-02", url="https://news.example/storm", author={"name": "Jane Doe"})
    other = ld(datePublished="2019-01-01", url="https://news.example/other", author={"name": "John Roe"})
    found = one("a.html", make_page(other + own + '<link rel="canonical" href="https://news.example/storm">'))
    assert (found.published, found.author, found.url) == ("2012-05-02", "Jane Doe", "https://news.example/storm")


def test_what_the_page_declares_is_taken_as_it_says_it(one: One, make_page: Page) -> None:
    head = (
        '<title>Storm closes the harbour | The harbour herald</title><meta property="og:site_name" content="The harbour herald">'
        '<meta property="og:title" content="Storm closes the harbour!"><link rel="canonical" href="/2012/storm?a=1">'
        + ld(author=[{"@type": "Person", "name": "jane van der Doe-Roe"}, "John Roe"], publisher={"name": "The harbour herald"})
    )  # fmt: skip
    found = one("a.html", make_page(head), address="https://news.example/x/y")
    assert found.title == "Storm closes the harbour"
    assert (found.publisher, found.author) == ("The harbour herald", "jane van der Doe-Roe, John Roe")
    assert (found.url, found.language) == ("https://news.example/2012/storm?a=1", "en")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Storm closes the harbour – The Herald</title>", "Storm closes the harbour"),
        ("<title>The Herald: News > Storm closes the harbour</title>", "Storm closes the harbour"),
        ('<title>Home</title><meta property="og:title" content="STORM CLOSES THE HARBOUR">', "Storm closes the harbour"),
        ('<meta property="og:title" content="Harbour shut | The Herald"><meta property="og:site_name" content="The Herald">', "Harbour shut"),
        ("<title>Something else</title>", "Storm closes the harbour"),
    ],
)  # fmt: skip
def test_the_title_is_the_printed_one_without_the_name_of_the_site(
    one: One, make_page: Page, head: str, title: str
) -> None:
    assert one("a.html", make_page(head)).title == title


def test_the_name_of_the_site_in_a_heading_is_no_title(one: One, make_page: Page) -> None:
    head = '<title>Storm closes the harbour – Steppe Blog</title><meta property="og:site_name" content="Steppe Blog">'
    page = make_page(head).replace("<h1>Storm closes the harbour</h1>", "<h2>Storm closes the harbour</h2>")
    assert one("a.html", page.replace("<nav>", "<h1>Steppe Blog</h1><nav>")).title == "Storm closes the harbour"


def test_two_line_breaks_part_paragraphs(one: One, make_page: Page) -> None:
    told = "One thing was said by everybody.<br>And this, too, was said.<br /><br />\n<br>Another thing was said there by all."
    assert (
        "everybody.\nAnd this, too, was said.\n\nAnother thing" in one("a.html", make_page(body=f"<p>{told}</p>")).text
    )


def test_marks_of_where_a_word_may_be_broken_do_not_break_it(one: One, make_page: Page) -> None:
    told = "The co&shy;oper\u200bation of both was long, as every\u00adbody there said on that day."
    assert (
        "The cooperation of both was long, as everybody there said"
        in one("a.html", make_page(body=f"<p>{told}</p>")).text
    )


def test_nothing_is_made_up_for_a_page_that_says_nothing(one: One, make_page: Page) -> None:
    found = one("a.html", make_page(html="<html>", body="<p class=byline>By Jane Doe</p>"), address=None)
    assert (found.url, found.publisher, found.author, found.published, found.language) == (None,) * 5
    assert found.title == "Storm closes the harbour"


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "ftp://news.example/a", "/relative", "//", "https://", "http://a b/"),
        *(
            "https://news.example@other.example/",
            "https://other.example\\.news.example/",
            "https://news.example\u202e/a",
        ),
    ],
)
def test_an_address_that_nobody_can_open_or_that_shows_another_host_is_no_address(
    one: One, make_page: Page, link: str
) -> None:
    head = f'<link rel="canonical" href="{link}"><meta property="og:url" content="{link}">'
    assert one("a.html", make_page(head)).url is None


def test_an_archived_copy_gives_both_addresses(one: One, make_page: Page) -> None:
    archived = "https://web.archive.org/web/20130102030405/http://news.example/a"
    found = one("a.html", make_page(), address=archived)
    assert (found.url, found.archived_url) == ("http://news.example/a", archived)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("utf-8", "cp1251"), ("windows-1251", "utf-8"), ("", "cp1251"), ("no-such", "utf-16")],
)  # fmt: skip
def test_letters_are_right_whatever_the_page_says_of_its_encoding(
    one: One, make_page: Page, declared: str, encoding: str
) -> None:
    whole = make_page(f'<meta charset="{declared}">' if declared else "", paragraphs=RUSSIAN)
    found = one("a.html", re.sub("[©«»]", "-", whole).encode(encoding))
    assert RUSSIAN[1] in found.text


def test_what_the_server_says_of_the_encoding_goes_before_the_page(one: One, make_page: Page) -> None:
    whole = re.sub("[©]", "-", make_page('<meta charset="koi8-r">', paragraphs=RUSSIAN))
    assert RUSSIAN[0] in one("a.html", whole.encode("cp1251"), charset="windows-1251").text


def test_one_broken_byte_outside_the_article_does_no_harm_and_inside_it_is_refused(one: One, make_page: Page) -> None:
    assert "ministers" in one("a.html", make_page().encode().replace(b"Contact us", b"Contact \xff us")).text
    with pytest.raises(Problem, match="letters are broken"):
        one("a.html", make_page().encode().replace(b"none did", b"none \xff did"))


@pytest.mark.parametrize(
    "page",
    [
        "",
        "   ",
        "<html></html>",
        "<p></p>",
        "<noscript>Enable JavaScript to read this page.</noscript><div id=app></div>",
    ],
)
def test_a_page_without_an_article_is_refused_in_words(foreign: ForeignReader, page: str) -> None:
    with pytest.raises(Problem) as caught:
        foreign.read("a.html", page.encode())
    assert caught.value.reason.endswith(".") and "save" in caught.value.reason


def test_a_page_with_a_title_alone_is_no_article(foreign: ForeignReader, make_page: Any) -> None:
    with pytest.raises(Problem, match="no article was found"):
        foreign.read("a.html", make_page(paragraphs=()).encode())


def test_what_no_browser_takes_for_an_encoding_is_none(one: One, make_page: Page) -> None:
    words = (r"The price of “caf\u0435” was \x41 hundred on Friday, and it stayed so for all of the summer.", *RUSSIAN)
    page = make_page('<meta charset="windows-1251">', paragraphs=words).replace("©", "")
    assert r"\u0435" in one("a.html", page.encode("cp1251"), charset="unicode_escape").text
