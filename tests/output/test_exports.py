"""Files of answers: what they are called, and that they hold the whole list and the same bytes each time."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest

from kzbot.answers.model import Answer, Evidence, Question
from kzbot.output.exports import MEDIA_TYPES, Form, export
from kzbot.phrases import Phrases

Item = Callable[..., Evidence]
Made = Callable[..., Answer]
FORMS = get_args(Form)
ASKED = Question("timeline", {"topic": "Steppe Eagle", "from": "2012", "articles": True})


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_named_after_question_and_generation(
    form: Form, phrases: Phrases, made_item: Item, made_answer: Made
) -> None:
    file = export(made_answer(made_item("x", "2012-09")), form, phrases, ASKED)
    assert file.name == f"timeline-steppe-eagle-2012-20261121T203301Z-1a2b3c4d.{form}"
    assert file.media_type == MEDIA_TYPES[form]


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("Степной орёл", "timeline-stepnoy-orel-20261121T203301Z-1a2b3c4d.csv"),
        ("../../etc/passwd\x00\r\n", "timeline-etc-passwd-20261121T203301Z-1a2b3c4d.csv"),
        ("🎉\u202e", "timeline-tada-20261121T203301Z-1a2b3c4d.csv"),
        ("x" * 500, f"timeline-{'x' * 51}-20261121T203301Z-1a2b3c4d.csv"),
    ],
)
def test_any_topic_gives_a_name_that_every_system_takes(
    topic: str, name: str, phrases: Phrases, made_answer: Made
) -> None:
    assert export(made_answer(), "csv", phrases, Question("timeline", {"topic": topic})).name == name


@pytest.mark.parametrize("form", FORMS)
def test_the_same_answer_gives_the_same_bytes(form: Form, phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    answer = made_answer(made_item("Учения", "2012-09"), undated=(made_item("y"),))
    assert export(answer, form, phrases, ASKED) == export(replace(answer), form, phrases, ASKED)


@pytest.mark.parametrize("form", FORMS)
def test_a_page_is_no_file(form: Form, phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    item = made_item("x", "2012")
    for page in (made_answer(item, total=2), made_answer(item, offset=1), made_answer(item, undated_total=1)):
        with pytest.raises(ValueError, match="whole list"):
            export(page, form, phrases, ASKED)


def test_a_start_waits_for_no_library_of_files_or_pictures() -> None:
    code = (
        "import sys, kzbot.output.exports, kzbot.output.picture; print(sorted({'PIL', 'icalendar'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_bots_start_does_not_wait_for_this_room() -> None:
    code = (
        "import sys, kzbot.chat.client; print(sorted({'PIL', 'icalendar', 'kzbot.output.exports'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
