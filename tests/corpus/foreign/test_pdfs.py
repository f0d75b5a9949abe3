"""PDF from elsewhere: paragraphs put together again, and nothing taken for a date that is only the file's."""

from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter

from kzbot.corpus.foreign.found import Document
from kzbot.corpus.foreign.pdf_lines import paragraphs, without_running_lines
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.corpus.problem import Problem

One = Callable[..., Document]
Pdf = Callable[..., bytes]

FIRST = (
    "Storm closes the harbour",
    "The ministers met in the capital on Friday and signed a plan for the coming year, in",
    "Astana, as the two sides had agreed (in writing). It was the first meeting of the coope-",
    "ration and is to be followed by a second one.",
    "The second paragraph stands below it and goes on over the end of the page, as long",
)
SECOND = ("as it has to be for that. Then it ends.",)


def test_wrapped_lines_and_broken_words_are_put_together(one: One, make_pdf: Pdf) -> None:
    assert one("a.pdf", make_pdf([FIRST, SECOND])).text.split("\n\n") == [
        "Storm closes the harbour",
        "The ministers met in the capital on Friday and signed a plan for the coming year, in Astana, as the two sides had"
        " agreed (in writing). It was the first meeting of the cooperation and is to be followed by a second one.",
        "The second paragraph stands below it and goes on over the end of the page, as long as it has to be for that."
        " Then it ends.",
    ]


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (("The word cooperation stands here in the middle of a line, and at the end coop-", "eration again."), "cooperation again"),
        (("A long-term plan was signed, and everybody who was there at the time said: a long-", "term plan."), "a long-term plan"),
        (("How long was the term of the plan that was signed there on that day? It was long-", "term."), "long-term"),
        (("A word that nobody has seen before is at the end of this line, and it is unfath-", "omable."), "unfathomable"),
    ],
)  # fmt: skip
def test_a_hyphen_at_the_end_of_a_line_stays_where_the_text_has_it_elsewhere(lines: tuple[str, ...], word: str) -> None:
    (paragraph,) = paragraphs([lines])
    assert word in paragraph


def test_running_titles_and_page_numbers_are_left_out() -> None:
    told = [f"It was said on that day that {name} is right." for name in ("the first", "the second", "the third")]
    pages = [["The Herald", "12 May", line, f"- {number} -"] for number, line in enumerate(told, start=7)]
    kept = without_running_lines(pages)
    assert kept[0][-1] == told[0]
    assert kept[1:] == [[told[1]], [told[2]]]
    assert without_running_lines([["Only 3 ships", "came."]]) == [["Only 3 ships", "came."]]


def test_ligatures_and_soft_hyphens_are_letters_and_nothing() -> None:
    pages = [
        [
            "The o\ufb03cers said on that day, when all of the others were there, that it was dif\u00ad",
            "\ufb01cult for them.",
        ]
    ]
    (paragraph,) = paragraphs(without_running_lines(pages))
    assert paragraph == (
        "The officers said on that day, when all of the others were there, that it was difficult for them."
    )


def test_a_list_stays_a_list(one: One, make_pdf: Pdf) -> None:
    text = one(
        "a.pdf",
        make_pdf([("They agreed on these points when they met on that day in the capital of it:", "1. one", "2. two")]),
    ).text
    assert text.endswith("capital of it:\n\n1. one\n\n2. two")


def test_what_the_file_says_of_itself_counts_where_it_is_printed(one: One, make_pdf: Pdf) -> None:
    info = "/Title (Storm closes the harbour) /Author (Jane Doe) /CreationDate (D:20120502) /ModDate (D:20130502)"
    found = one("a.pdf", make_pdf([("By Jane Doe", *FIRST)], info, catalog="/Lang (en-GB)"))
    assert (found.title, found.title_basis, found.author, found.language) == (FIRST[0], "stated", "Jane Doe", "en")
    assert (found.published, found.published_basis) == (None, "unknown")
    other = one("a.pdf", make_pdf([FIRST], "/Title (A talk on weather) /Author (root)"))
    assert (other.title, other.title_basis, other.author) == ("A talk on weather", "inferred", None)


@pytest.mark.parametrize("title", ["Microsoft Word - storm.doc", "untitled", "storm_final2.docx", "Slide 1", ""])
def test_the_name_of_a_file_is_no_title(one: One, make_pdf: Pdf, title: str) -> None:
    assert one("a.pdf", make_pdf([FIRST], f"/Title ({title})")).title is None


def test_a_scan_is_refused_in_words(one: One, make_pdf: Pdf) -> None:
    with pytest.raises(Problem, match="pictures of text"):
        one("a.pdf", make_pdf([(), ()]))


def test_a_locked_one_is_refused_in_words(one: One, make_pdf: Pdf, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("locked") / "a.pdf"
    file.write_bytes(make_pdf([FIRST]))
    for user, reason in (("secret", "locked with a password"), ("", None)):
        writer = PdfWriter()
        for page in PdfReader(file).pages:
            writer.add_page(page)
        writer.encrypt(user, "owner", algorithm="RC4-128")
        locked = file.with_name("locked.pdf")
        writer.write(locked)
        if reason is None:
            assert FIRST[0] in one("a.pdf", locked.read_bytes()).text
            continue
        with pytest.raises(Problem, match=reason):
            one("a.pdf", locked.read_bytes())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"not a pdf at all", b"%PDF-1.4\n" + b"\xff" * 500])
def test_what_is_no_pdf_is_refused_in_words(foreign: ForeignReader, data: bytes) -> None:
    with pytest.raises(Problem, match="no PDF that can be read"):
        foreign.read("a.pdf", data)
