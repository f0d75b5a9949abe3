"""Checking quotations at the terminal: each verdict in words, theirs and the source's side by side in one line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from kzbot.answers.model import Difference
from kzbot.cli.quoted import beside

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
MESSAGE = (
    "/check quote: “At present, Kazakhstan has no border disputes”, “has played a key role in strengthening our bilateral"
    " cooperation”, “about 1,500 troops from Kazakhstan, Uzbekistan, Kyrgyzstan, Russia, Georgia”, “nothing of this stands here”"
)


def test_people_read_each_verdict_and_the_sources_words(bot: Bot, data: Path) -> None:
    printed = bot("ask", "--data", data, MESSAGE).stdout.decode()
    assert printed.startswith("2 of 4 quotations stand in the corpus word for word.\n")
    assert "1. Exact\nAt present, Kazakhstan has no border disputes\nU.S., Kazakhstan Increase Military Ties" in printed
    assert "2. Exact but for typography\n" in printed and "has played a key\n  • role in strengthening" in printed
    assert "3. Altered\nabout [-1,500-] {+1,400+} troops from Kazakhstan" in printed
    assert "4. Not in the corpus\nnothing of this stands here\n" in printed
    assert "/source what: 003_d3750fabc3c4fa28#" in printed and "\x1b" not in printed


def test_the_sources_that_are_named_are_printed(bot: Bot, data: Path) -> None:
    asked = "/check quote: “Kazakhstan has no border disputes” source: The Astana Times"
    printed = bot("ask", "--data", data, asked).stdout.decode()
    assert printed.startswith("1 quotation, which stands in another article than the one named.\n")
    assert (
        "1. From another article than the one named\n" in printed and "Named beside it: The Astana Times\n" in printed
    )


def test_a_single_quotation_of_several_stands(bot: Bot, data: Path) -> None:
    asked = "/check quote: “Kazakhstan has no border disputes” and “nothing of this stands here”"
    printed = bot("ask", "--data", data, asked).stdout.decode()
    assert printed.startswith("1 of 2 quotations stands in the corpus word for word.\n")


def test_programs_get_the_difference_word_by_word(bot: Bot, data: Path) -> None:
    made = json.loads(bot("ask", "--json", "--data", data, MESSAGE).stdout)
    assert [one["verdict"] for one in made["checks"]] == ["exact", "exact_but_typography", "altered", "not_in_corpus"]
    altered = made["checks"][2]
    assert "".join(run["source"] for run in altered["difference"]) == altered["evidence"]["excerpt"]
    assert "".join(run["theirs"] for run in altered["difference"]) == altered["quotation"]
    assert made["items"] == [] and made["status"] == "partial"


def test_nothing_of_a_quotation_steers_the_terminal() -> None:
    out = Console(force_terminal=True, width=80)
    with out.capture() as captured:
        out.print(
            beside(
                [Difference("changed", "\x1b[2Jfive ", "three "), Difference("same", "\x07men", "men")], coloured=True
            )
        )
    assert "\x1b[2J" not in captured.get() and "\x07" not in captured.get()
    assert "five" in captured.get() and "three" in captured.get()
