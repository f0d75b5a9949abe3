"""Corrections by moderators: by form and by command, refused with how to mend them, taken back, taken away."""

from __future__ import annotations

from typing import Any

import pytest

from kzbot.channel.identity import MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape

pytestmark = pytest.mark.usefixtures("judged")
DATE = {"article": "a02", "words": "2 March 2010", "means": "14 March 2010"}


async def command(channel: LocalChannel, settled: Any, called: str, **given: str) -> Any:
    return await settled(await channel.command(called, given, by=MODERATOR))


async def press(channel: LocalChannel, settled: Any, seen: Any, label: str) -> Any:
    return await settled(await channel.press(seen.id, seen.button(label), by=MODERATOR))


async def test_a_correction_says_which_past_questions_answer_differently_and_is_taken_back(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    for _ in range(2):
        await channel.command("timeline", {"from": "2010-03-10", "to": "2010-03-20"})
    done = await command(channel, settled, "corpus correct date", **DATE)
    said = unescape(done.text)
    assert said.startswith("## Corrected\n“2 March 2010” in Report number 2 means 14 March 2010 (2010-03-14)")
    assert (
        "Before: 2 March 2010" in said and "**2 questions answer differently now**, of 2 past and golden ones" in said
    )
    assert "/timeline from: 2010-03-10 to: 2010-03-20** · asked 2 times" in said
    shown = look((await channel.command("timeline", {"from": "2010-03-10", "to": "2010-03-20"})).message)
    assert "14 March 2010" in shown.text and "date: corrected by a moderator" in shown.text
    again = await command(channel, settled, "corpus correct date", **DATE)
    assert "is read so already" in again.text and len(await kept.services.log.ledger.holding()) == 1
    undone = await press(channel, settled, done, "Undo")
    assert undone.text.startswith("## Correction undone") and "Undo" not in undone.labels
    shown = look((await channel.command("timeline", {"from": "2010-03-10", "to": "2010-03-20"})).message)
    assert "## Not found" in shown.text
    assert "does not hold any more" in (await press(channel, settled, done, "Undo")).text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"article": "a99"}, "No article fits “a99”"),
        ({"words": "3 March 2010"}, "does not stand in Report number 2; copy the words as they are printed. What is read as dates there: “2 March 2010”"),
        ({"means": "05.11.1997"}, "can be read in more than one way"),
        ({"means": "<@1> soon"}, "“<@1> soon” is no date that I can read; write 14 November 2013"),
    ],
)  # fmt: skip
async def test_what_is_no_correction_is_refused_with_how_to_mend_it(
    channel: LocalChannel, kept: Any, look: Any, settled: Any, given: dict[str, str], says: str
) -> None:
    served = kept.services.shelf.id
    seen = await command(channel, settled, "corpus correct date", **{**DATE, **given})
    assert seen.private and says in unescape(seen.text) and "<@1>" not in seen.text
    assert await kept.services.log.ledger.holding() == [] and kept.services.shelf.id == served
    form = await channel.press(seen.id, seen.button("Try again"), by=MODERATOR)
    assert form.modal is not None
    assert {one["component"]["custom_id"]: one["component"]["value"] for one in form.modal["components"]} == {
        **DATE,
        **given,
    }
    done = await settled(await channel.submit(form.modal, DATE, by=MODERATOR))
    assert unescape(done.text).startswith("## Corrected")


async def test_a_spelling_counts_in_articles_and_questions_until_it_is_taken_back(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    choices = await channel.autocomplete("corpus correct name", "name", "zep", by=MODERATOR)
    assert choices == [{"name": "Zeppelin Days (exercise)", "value": "exercise:zeppelin-days"}]
    done = await command(
        channel, settled, "corpus correct name", name="exercise:zeppelin-days", spelling="Luftschiff-Tage"
    )
    assert unescape(done.text).startswith("## Corrected\n“Luftschiff-Tage” is a spelling of Zeppelin Days")
    named = look((await channel.command("who", {"name": "Luftschiff-Tage"})).message)
    assert "Zeppelin Days is in the name book" in named.text
    refused = await command(channel, settled, "corpus correct name", name="Zepelin", spelling="Luftschiffe")
    assert "Nearest are: Zeppelin Days (exercise)" in unescape(refused.text)
    again = await command(channel, settled, "corpus correct name", name="Zeppelin Days", spelling="luftschiff-tage")
    assert "is a spelling of Zeppelin Days already" in unescape(again.text)
    held = await command(channel, settled, "corpus corrections")
    undone = await press(channel, settled, held, "Undo 1")
    assert undone.text.startswith("## Correction undone")


async def test_while_other_files_have_changed_the_correction_waits_with_them_in_a_plan(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    kept.add(9)
    seen = await command(channel, settled, "corpus correct date", **DATE)
    assert "Other files have changed as well" in seen.text and "1 added" in seen.text
    assert "Apply" in seen.labels
    applied = await press(channel, settled, seen, "Apply")
    assert applied.private
    shown = look((await channel.command("timeline", {"from": "2010-03-10", "to": "2010-03-20"})).message)
    assert "14 March 2010" in shown.text


async def test_all_that_hold_are_listed_and_taken_away_as_yaml(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    none = await command(channel, settled, "corpus corrections")
    assert "None holds." in none.text and "page" not in none.text and "0 corrections" not in none.text
    for number in range(1, 7):
        given = {"article": f"a0{number}", "words": f"{number} March 2010", "means": "no date"}
        await command(channel, settled, "corpus correct date", **given)
    seen = await command(channel, settled, "corpus corrections")
    assert (
        "page 1 of 2 · 6 corrections" in seen.text
        and "**6.** “6 March 2010” in Report number 6 means no date" in seen.text
    )
    second = await press(channel, settled, seen, "Next")
    assert second.id == seen.id and "**1.** “1 March 2010”" in second.text and f"<@{MODERATOR.id}>" in second.text
    reply = await channel.press(second.id, second.button("As YAML"), by=MODERATOR)
    attachment = reply.message["attachments"][0] if reply.message else {}
    assert attachment["filename"] == "corrections.yaml"


async def test_words_and_dates_are_suggested(channel: LocalChannel, kept: Any, look: Any, settled: Any) -> None:
    given = {"article": "a02"}
    words = await channel.autocomplete("corpus correct date", "words", "", given, by=MODERATOR)
    assert words == [{"name": "2 March 2010 → 2 March 2010", "value": "2 March 2010"}]
    means = await channel.autocomplete("corpus correct date", "means", "14 mar 2010", given, by=MODERATOR)
    assert means == [{"name": "14 March 2010 (2010-03-14)", "value": "2010-03-14"}]
    articles = await channel.autocomplete("corpus correct date", "article", "number 2", by=MODERATOR)
    assert articles[0]["value"] == "Report number 2"


async def test_a_form_says_what_is_wrong_and_the_doubt_still_waits(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    card = look((await channel.command("timeline", {"to": "2010-03-04"})).message)
    opened = await channel.press(card.id, card.button("Wrong date or name?"), by=MODERATOR)
    assert opened.modal is not None
    await channel.submit(opened.modal, {"date": ["0"], "said": "14 March 2010"}, by=MODERATOR)
    seen = await command(channel, settled, "corpus doubts")
    reply = await channel.press(seen.id, seen.button("Correct 1"), by=MODERATOR)
    assert reply.modal is not None
    words, means = (one["component"] for one in reply.modal["components"])
    assert (words["value"], means["value"]) == ("1 March 2010", "2010-03-14")
    refused = await settled(await channel.submit(reply.modal, {"means": "soon"}, by=MODERATOR))
    assert "is no date that I can read" in refused.text
    again = await channel.press(refused.id, refused.button("Try again"), by=MODERATOR)
    assert again.modal is not None and again.modal["title"] == reply.modal["title"]
    assert [one["component"]["value"] for one in again.modal["components"]] == ["1 March 2010", "soon"]
    assert (await kept.services.log.ledger.reports("open", 1))[1] == 1
    reply = await channel.press(seen.id, seen.button("Correct 1"), by=MODERATOR)
    assert reply.modal is not None
    done = await settled(await channel.submit(reply.modal, {"means": "no date"}, by=MODERATOR))
    assert "“1 March 2010” in Report number 1 means no date" in unescape(done.text)
    late = look((await channel.press(seen.id, seen.button("Correct 1"), by=MODERATOR)).message)
    assert "does not wait any more" in late.text
    mended = await command(channel, settled, "corpus doubts", state="mended")
    assert "read as: no date" in mended.text and "means: no date" in mended.text
    await press(channel, settled, mended, "Undo 1")
    assert "1 waits" in (await command(channel, settled, "corpus doubts")).text
