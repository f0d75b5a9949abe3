"""/check: each quotation of a message gets the verdict that the articles allow, with their own words beside it."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Check, Question, Window
from kzbot.answers.quotations.check import MOST
from kzbot.index import articles
from kzbot.index.generation import Generation
from kzbot.language.quoting.reading import is_word, read

CheckText = Callable[..., Awaitable[Answer]]
YES = ("exact", "exact_but_typography")
NAZARBAYEV = "At present, Kazakhstan has no border disputes"


@pytest.fixture
def check(seeds: Generation) -> CheckText:
    async def one(quote: str, source: str | None = None) -> Answer:
        options = {"quote": quote} if source is None else {"quote": quote, "source": source}
        return await answer(Question("check", options), seeds, Window(), date(2026, 11, 22))

    return one


def verdicts(made: Answer) -> list[str]:
    return [one.verdict for one in made.checks]


def stands(made: Check, texts: dict[str, str]) -> None:
    item = made.evidence
    assert item is not None and item.where == "text"
    assert texts[item.article][item.start : item.end] == item.excerpt
    assert item.address.startswith(f"{item.article}#")
    assert all(item.start <= (one.mark.start or 0) and (one.mark.end or 0) <= item.end for one in item.dates)


@pytest.fixture
async def texts(seeds: Generation) -> dict[str, str]:
    rows = await seeds.article_rows([row.number for row in await articles.newest(seeds, 10)])
    found = await articles.texts_of(seeds, rows)
    return {row.id: found[number] for number, row in rows.items()}


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        (NAZARBAYEV, "exact"),
        ("while in 208-2009 their number reached 100", "exact"),
        ("while in 208–2009 their number reached 100", "exact_but_typography"),
        ("while in 2008-2009 their number reached 100", "altered"),
        ("has played a key role in strengthening our bilateral cooperation", "exact_but_typography"),
        ("has played a leading role in strengthening our bilateral cooperation", "altered"),
        ("peace and stability in the region.\n\nBoth sides agreed that", "exact"),
        ("peace and stability in the region. Both sides agreed that", "exact_but_typography"),
        ("WASHINGTON, Nov. 26, 1997 – U.S. service members", "exact"),
        ("Kazakhstan has border disputes", "altered"),
        ("KAZAKHSTAN HAS NO BORDER DISPUTES", "altered"),
        ("Kazakhstan has several border disputes with its neighbours in the south", "not_in_corpus"),
        ("U.S., Kazakhstan Increase Military Ties", "exact"),
        ("U.S., Kazakh Defence Minister Discusses Transition to Professional Army", "not_in_corpus"),
        ("General Colin Powell visited the new capital", "not_in_corpus"),
        ("exercise", "exact"),
        ("Steppe Falcon", "not_in_corpus"),
        ("the", "exact"),
    ],
)
async def test_a_quotation_gets_the_verdict_that_the_articles_allow(
    check: CheckText, texts: dict[str, str], quote: str, verdict: str
) -> None:
    made = await check(f"“{quote}”")
    [one] = made.checks
    assert (one.quotation, one.verdict) == (quote, verdict)
    if verdict == "not_in_corpus":
        assert one.evidence is None and made.status == "not_found" and made.receipt is not None
    else:
        stands(one, texts)
        assert made.status == ("answered" if verdict in YES else "partial")
    assert bool(one.difference) == (verdict == "altered")
    if verdict == "exact":
        assert one.evidence is not None and one.evidence.excerpt == quote


async def test_the_words_that_were_altered_are_shown_beside_the_sources(check: CheckText) -> None:
    made = await check("“about 1,500 troops from Kazakhstan, Uzbekistan, Kyrgyzstan, Russia, Georgia, Turkey”")
    [one] = made.checks
    assert [(run.op, run.theirs, run.source) for run in one.difference][:2] == [
        ("same", "about ", "about "),
        ("changed", "1,500 ", "1,400 "),
    ]
    assert "".join(run.theirs for run in one.difference) == one.quotation
    assert one.evidence is not None and "".join(run.source for run in one.difference) == one.evidence.excerpt


async def test_what_a_quotation_says_it_leaves_out_is_told(check: CheckText) -> None:
    made = await check("“The United States and Kazakhstan ... work for peace [and stability] in Central Asia”")
    [one] = made.checks
    assert one.verdict == "altered"
    assert [run.op for run in one.difference] == ["same", "left_out", "same", "changed", "same"]
    assert one.difference[1].source == "share a determination to "


async def test_a_message_is_checked_quotation_by_quotation(
    check: CheckText, contract: Callable[[Answer], list[str]]
) -> None:
    made = await check(
        f"Nazarbayev: “{NAZARBAYEV}”.\n> Kazakhstan has border disputes\nand he said ‘we will build a fleet of submarines’."
    )
    assert verdicts(made) == ["exact", "altered", "not_in_corpus"]
    assert made.status == "partial" and made.items == () and made.values["found"] == 1
    assert contract(made) == []


async def test_answers_of_every_status_keep_the_contract(
    check: CheckText, contract: Callable[[Answer], list[str]]
) -> None:
    for quote, status in (
        (NAZARBAYEV, "answered"),
        ("“no such words at all stand here”", "not_found"),
        ("!!!", "bad_request"),
    ):
        made = await check(quote)
        assert made.status == status and contract(made) == []
    assert verdicts(await check("“no such words at all stand here”")) == ["not_in_corpus"]


async def test_a_text_that_stands_as_it_is_is_one_quotation_whatever_marks_it_holds(check: CheckText) -> None:
    whole = "The annual 'Steppe Eagle' peacekeeping exercise is conducted on the territory of Kazakhstan"
    assert verdicts(await check(whole)) == ["exact"]
    [one] = (await check(whole.replace("territory", "land"))).checks
    assert one.verdict == "altered" and one.quotation == whole.replace("territory", "land")


@pytest.mark.parametrize(
    ("beside", "verdict"),
    [
        ("(http://www.defense.gov/news/newsarticle.aspx?id=41527)", "exact"),
        ("<https://defense.gov/news/newsarticle.aspx?id=41527#:~:text=At%20present>", "exact"),
        ("(003_d3750fabc3c4fa28)", "exact"),
        ("[003_d3750fabc3c4fa28#525db087]", "exact"),
        ("in U.S., Kazakhstan Increase Military Ties", "exact"),
        ("— American Forces Press Service (DoD News)", "exact"),
        ("(defense.gov)", "exact"),
        ("(https://fas.org/nuke/control/ctr/news/98-07-20.html)", "other_article"),
        ("(https://example.org/not-in-the-corpus)", "other_article"),
        ("(004_26a06f916477e961)", "other_article"),
        ("in Kazakh-US military cooperation discussed in Astana", "other_article"),
        ("— The Astana Times", "other_article"),
        ("(Astana Times)", "other_article"),
        ("(astanatimes.com)", "other_article"),
        (", and the Astana Times wrote on that day about the weather", "exact"),
        ("said he in Astana", "exact"),
    ],
)
async def test_the_source_named_beside_a_quotation_is_held_against_where_it_stands(
    check: CheckText, beside: str, verdict: str
) -> None:
    [one] = (await check(f"“{NAZARBAYEV}” {beside}")).checks
    assert one.verdict == verdict
    assert one.evidence is not None and one.evidence.article == "003_d3750fabc3c4fa28"


async def test_each_quotation_has_the_source_beside_it(check: CheckText) -> None:
    made = await check(
        f"“{NAZARBAYEV}” (003_d3750fabc3c4fa28), “Country officials from both sides also agreed” (003_d3750fabc3c4fa28)"
    )
    assert verdicts(made) == ["exact", "other_article"]
    assert made.checks[1].named == ("003_d3750fabc3c4fa28",)


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("003_d3750fabc3c4fa28", "exact"),
        ("U.S., Kazakhstan Increase Military Ties", "exact"),
        ("American Forces Press Service (DoD News)", "exact"),
        (
            "https://astanatimes.com/2013/11/u-s-kazakh-defence-minister-discusses-transition-professional-army",
            "other_article",
        ),
        ("The New York Times", "other_article"),
    ],
)
async def test_the_source_that_is_given_counts_for_all_quotations(check: CheckText, source: str, verdict: str) -> None:
    assert verdicts(await check(f"“{NAZARBAYEV}”", source)) == [verdict]


@pytest.mark.parametrize("nothing", ["!!!", "“…”", "https://astanatimes.com/2013/11/u-s-kazakh", "> \n"])
async def test_a_text_without_words_is_refused_with_what_to_do(check: CheckText, nothing: str) -> None:
    made = await check(nothing)
    assert (made.status, made.message) == ("bad_request", "answers.bad_request.no_quotation")


async def test_an_address_behind_a_text_without_marks_names_its_source(check: CheckText) -> None:
    made = await check(f"{NAZARBAYEV} https://fas.org/nuke/control/ctr/news/98-07-20.html")
    assert [(one.quotation, one.verdict) for one in made.checks] == [(NAZARBAYEV, "other_article")]


async def test_too_many_quotations_are_refused_with_what_to_do(check: CheckText) -> None:
    made = await check(" ".join(f"“word{number} other”" for number in range(MOST + 1)))
    assert made.status == "bad_request" and made.values == {"count": MOST + 1, "limit": MOST}


@pytest.mark.parametrize(
    "hostile",
    [
        '"' * 6000,
        "“a” " * 1500,
        "a" * 6000,
        "a " * 3000,
        "[" * 3000 + "word" + "…" * 2000,
        "> " * 3000,
        "(...)" * 1200,
        "'s " * 2000,
        "https://" * 700,
        "a.b." * 1500,
        "\u202e“" * 3000,
        "1,2" * 2000,
        "](" * 3000,
        "the of and to in " * 350,
    ],
)
async def test_hostile_texts_are_answered_and_soon(check: CheckText, hostile: str) -> None:
    started = time.process_time()
    made = await check(hostile)
    assert made.status in ("answered", "partial", "not_found", "bad_request")
    assert time.process_time() - started < 3, "some rule takes more than linear time"


MARKS = {"“": '"', "”": "»", '"': "“", "'": "’", "’": "'", "-": "–", "–": "—", "•": "◦", " ": " \n"}
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
async def stretch(texts: dict[str, str]) -> AsyncIterator[Callable[[st.DataObject, int], str]]:
    readings = [read(texts[name]) for name in sorted(texts)]

    def draw(data: st.DataObject, fewest: int) -> str:
        reading = readings[data.draw(st.integers(0, len(readings) - 1))]
        first = data.draw(st.integers(0, len(reading.keys) - fewest))
        last = data.draw(st.integers(first + fewest, min(first + 80, len(reading.keys))))
        return reading.slice(first, last)

    yield draw


@SLOW
@given(data=st.data())
async def test_any_stretch_of_an_article_is_exact(
    check: CheckText, stretch: Callable[[st.DataObject, int], str], data: st.DataObject
) -> None:
    words = stretch(data, 1)
    if not any(map(is_word, read(words).keys)):
        return
    made = await check(words)
    assert verdicts(made) == ["exact"], words
    assert made.checks[0].evidence is not None and made.checks[0].evidence.excerpt == made.checks[0].quotation


@SLOW
@given(data=st.data())
async def test_other_blanks_marks_and_dashes_are_typography(
    check: CheckText, stretch: Callable[[st.DataObject, int], str], data: st.DataObject
) -> None:
    words = stretch(data, 4)
    signs = [at for at, sign in enumerate(words) if sign in MARKS]
    if not signs or sum(map(is_word, read(words).keys)) < 2:
        return
    at = data.draw(st.sampled_from(signs))
    other = words[:at] + MARKS[words[at]] + words[at + 1 :]
    if read(other).keys == read(words).keys:
        made = await check(other)
        assert all(one.verdict == "exact_but_typography" for one in made.checks if one.quotation == other.strip()), (
            other
        )


@SLOW
@given(data=st.data())
async def test_one_word_more_less_or_other_is_never_a_yes(
    check: CheckText, stretch: Callable[[st.DataObject, int], str], texts: dict[str, str], data: st.DataObject
) -> None:
    words = stretch(data, 8).split()
    if len(words) < 5:
        return
    at = data.draw(st.integers(1, len(words) - 2))
    words[at : at + data.draw(st.integers(0, 1))] = data.draw(
        st.sampled_from([["Ruritania"], ["never"], ["not", "42"]])
    )
    altered = " ".join(words)
    made = await check(f"“{altered}”" if '"' not in altered and "”" not in altered else altered)
    assert not any(
        one.verdict in YES and ("Ruritania" in one.quotation or "never" in one.quotation) for one in made.checks
    )
    assert made.status != "answered" or all("42" not in one.quotation for one in made.checks)


async def test_what_two_articles_hold_is_shown_by_the_oldest_with_the_other_beside(
    ask_folder: Callable[[dict[str, str]], Awaitable[Callable[..., Awaitable[Answer]]]], tmp_path: Path
) -> None:
    text = "The convoy of forty lorries crossed the river at dawn on Tuesday. Nobody was hurt in the crossing."
    head = "---\ntitle: Convoy {0}\npublished: 200{0}-05-01\npublisher: Paper {0}\n---\n"
    ask = await ask_folder(
        {
            f"{name}.md": head.format(day) + text + f"\n\nThis was written by reporter {day}.\n"
            for name, day in (("a", 9), ("b", 3))
        }
    )
    made = await ask("/check quote: crossed the river at dawn on Tuesday. Nobody was hurt")
    [one] = made.checks
    assert one.verdict == "exact" and one.holders == 2 and one.evidence is not None
    assert one.evidence.article == "b" and [other.article for other in one.evidence.others] == ["a"]
    [titled] = (await ask("/check quote: “Convoy 9”")).checks
    assert titled.verdict == "exact" and titled.evidence is not None and titled.evidence.where == "title"
    [named] = (await ask("/check quote: “crossed the river at dawn on Tuesday” (Paper 9)")).checks
    assert named.verdict == "exact" and named.evidence is not None and named.evidence.article == "a"
