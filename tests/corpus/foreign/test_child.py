"""What a file does to its reader costs that file alone: the parent lives, says why, and reads the next."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from kzbot.corpus.foreign import extras, found
from kzbot.corpus.foreign.found import Answer, Document, Found, Refusal
from kzbot.corpus.foreign.limits import Limits
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.corpus.problem import Problem

NESTED = b"[" * 25_000


def refusal(foreign: ForeignReader, name: str, data: bytes, **given: bytes) -> str:
    with pytest.raises(Problem) as caught:
        foreign.read(name, data, **given)  # type: ignore[arg-type]
    assert caught.value.reason[-1] in ".?" and "\n" not in caught.value.reason
    return caught.value.reason


def lives(foreign: ForeignReader) -> bool:
    return foreign.read("a.txt", b"The ministers met.").documents[0].text == "The ministers met."


def test_nested_brackets_in_yaml_are_a_reason_and_no_crash(foreign: ForeignReader) -> None:
    assert "nested too deeply" in refusal(foreign, "a.txt", b"---\ntitle: " + NESTED + b"\n---\nThe ministers met.")
    assert "nested too deeply" in refusal(foreign, "a.txt", b"The ministers met.", companion=b"title: " + NESTED)
    assert "nested too deeply" in refusal(
        foreign, "a.md", b"---\ntitle: " + b"{a: " * 12_000 + b"\n---\nThe ministers met."
    )
    assert lives(foreign)


def test_a_crash_in_the_child_is_a_reason_and_the_next_file_is_read(tmp_path: Path) -> None:
    """The loader that yaml_tree keeps away from is called here, so that the child does die."""
    stand_in = tmp_path / "sitecustomize.py"
    stand_in.write_text(
        "import kzbot.corpus.foreign.texts as texts, yaml\n"
        "plain = texts.take_apart\n"
        "def composed(text):\n"
        "    if text.startswith('['):\n"
        "        yaml.load(text, Loader=yaml.CSafeLoader)\n"
        "    return plain(text)\n"
        "texts.take_apart = composed\n"
    )
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(tmp_path), before)))
    try:
        with ForeignReader() as foreign:
            assert "ended in a crash" in refusal(foreign, "a.txt", NESTED)
            assert lives(foreign)
            assert "ended in a crash" in refusal(foreign, "a.txt", NESTED)
            assert lives(foreign)
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<div>" * 100_000 + b"x"),
        ("a.html", b"<table><tr><td>" * 100_000),
        ("a.html", b"<br>" * 1_000_000),
        ("a.html", b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script>"),
        ("a.jsonl", b'{"id": ' + NESTED * 3),
        ("a.jsonl", b'{"id": "1", "title": "T", "text": "T", "url": ' + b"9" * 50_000 + b"}"),
    ],
)
def test_bombs_of_text_end_in_words(foreign: ForeignReader, name: str, data: bytes) -> None:
    try:
        found = foreign.read(name, data)
    except Problem as problem:
        assert problem.reason.endswith(".")
    else:
        assert found.refused or found.documents
    assert lives(foreign)


def test_bombs_in_pdf_end_in_words(foreign: ForeignReader, make_pdf: Callable[..., bytes]) -> None:
    whole = make_pdf([("The ministers met.",)])
    bombs = (
        make_pdf([()], packed=zlib.compress(b"0 " * 80_000_000, 9)),
        make_pdf([()], packed=zlib.compress(b"BT /F1 10 Tf (hello) Tj ET\n" * 300_000, 9)),
        whole.replace(b"xref\n0 7", b"xref\n0 4000000000"),
        whole.replace(b"/Type /Catalog", b"/Type /Catalog /X " + b"[" * 200_000),
        whole.replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
    )
    for bomb in bombs:
        assert bomb != whole
        try:
            assert foreign.read("a.pdf", bomb).documents
        except Problem as problem:
            assert problem.reason.endswith(".")
    assert lives(foreign)


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    """Long before what it may take of the processor, which is the time after which it would end by itself."""
    with ForeignReader(Limits(seconds=600, wait=0.3, start=0.7)) as foreign:
        slow = b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">x</p>"
        assert "takes too long" in refusal(foreign, "a.html", slow)


def test_too_much_goes_neither_in_nor_out() -> None:
    with ForeignReader(Limits(input=1_000, output=500)) as foreign:
        assert "over the limit of 1,000 bytes" in refusal(foreign, "a.txt", b"word " * 300)
        assert "more comes out of it" in refusal(foreign, "a.txt", b"word " * 190)
        assert lives(foreign)


def test_the_child_can_neither_write_nor_call_anybody() -> None:
    tried = """
import socket, subprocess, os
from kzbot.corpus.foreign.limits import confine
confine(1 << 30)
for what in (lambda: socket.create_connection(("127.0.0.1", 9), 1), lambda: socket.getaddrinfo("localhost", 80),
             lambda: subprocess.run(["true"]), lambda: open(os.devnull + ".x", "w"), lambda: os.fork(),
             lambda: os.system("true"), lambda: bytearray(1 << 31)):
    try:
        what()
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
    else:
        print("done")
"""
    ran = subprocess.run(
        [sys.executable, "-c", tried], capture_output=True, text=True, check=True, cwd=Path(found.__file__).parents[3]
    )
    assert ran.stdout.split() == ["PermissionError"] * 6 + ["MemoryError"]


def test_the_child_gets_no_secret_and_dies_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a-secret")
    script = (
        "from kzbot.corpus.foreign.reader import ForeignReader\nimport time\n"
        "reader = ForeignReader()\nreader.read('a.txt', b'words')\nprint(reader._child.pid, flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(found.__file__).parents[3]
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    assert "DISCORD_TOKEN" not in child.environ()
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    child.wait(timeout=60)
    assert not child.is_running()


@pytest.mark.parametrize(
    "said",
    [
        b"", b"null", b"{}", b'{"found": {"documents": [{"text": 5}]}}', b'{"found": {"documents": [{"text": "x", "more": 1}]}}',
        b'{"refused": [{"reason": "a"}, {"reason": "b"}]}', b"[" * 100_000, b'{"other": 1}', b"\xff",
    ],
)  # fmt: skip
def test_what_the_child_says_is_not_trusted(said: bytes) -> None:
    answer = found.from_json(said)
    assert answer is None or answer == Answer()


def test_what_the_child_says_comes_over_whole() -> None:
    document = Document("words \ud83d\ude00 é\n", "T", "inferred", skip=(1,), line=3)
    for answer in (Answer(Found((document,), (Refusal("no.", 2),))), Answer(refused=(Refusal("no."),), sound=False)):
        line = found.to_json(answer)
        assert b"\n" not in line
        assert json.dumps(found.from_json(line), default=vars_of) == json.dumps(answer, default=vars_of)


def vars_of(value: object) -> object:
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]


def test_a_missing_extra_is_named_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util\nplain = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name in ('trafilatura', 'pypdf') else plain(name, *more)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with ForeignReader() as foreign:
        assert "pip install -e '.[html]'" in refusal(foreign, "a.HTM", b"<p>words</p>")
        assert "pip install -e '.[pdf]'" in refusal(foreign, "a.pdf", b"%PDF")
    assert set(extras.EXTRAS) == {".htm", ".html", ".pdf"}


@pytest.mark.parametrize("name", ["a.docx", "a", ".html.exe", "a.yaml"])
def test_other_kinds_are_refused_before_anything_is_started(name: str) -> None:
    with ForeignReader() as foreign:
        assert "is not read: only .htm, .html, .jsonl, .md, .pdf, .txt are" in refusal(foreign, name, b"x")
        assert foreign._child is None


def test_what_stands_in_a_file_beside_it_goes_before_what_a_page_says(
    foreign: ForeignReader, make_page: Callable[..., str]
) -> None:
    (text,) = foreign.read("a.txt", b"The ministers met.", companion=b"title: Ministers\npublished: 2012-05").documents
    assert (text.title, text.published, text.published_basis) == ("Ministers", "2012-05", "stated")
    beside = b"publisher: The Herald\npublished: 1997\npublished_basis: inferred\ntitle: Another"
    (shown,) = foreign.read("b.html", make_page().encode(), companion=beside).documents
    assert (shown.title, shown.publisher) == ("Another", "The Herald")
    assert (shown.published, shown.published_basis) == ("1997", "inferred")
    assert "takes no .yaml" in refusal(foreign, "c.jsonl", b"{}", companion=b"title: x")
    assert "skip counts" in refusal(foreign, "b.html", make_page().encode(), companion=b"title: x\nskip: [1]")
    assert "line 2: the key" in refusal(foreign, "a.txt", b"The ministers met.", companion=b"title: x\ntitel: y")


def test_the_lines_of_a_file_are_taken_one_by_one(foreign: ForeignReader) -> None:
    one = b'{"id": "1", "title": "T", "text": "Words."}\n'
    found = foreign.read("e.jsonl", one + one + b"\nx\n")
    assert [(one.id, one.line) for one in found.documents] == [("1", 1)]
    assert [one.line for one in found.refused] == [2, 4]


def test_a_title_that_never_ends_costs_no_time(foreign: ForeignReader) -> None:
    head = b"<meta property=og:site_name content=Herald><title>" + b"a - " * 200_000 + b"</title>"
    (read,) = foreign.read("t.html", head + b"<p>The ministers met in the capital on Friday. " * 20).documents
    assert read.title is None


def test_a_line_with_thousands_of_keys_is_refused_in_a_sentence(foreign: ForeignReader) -> None:
    keys = ", ".join(f'"key{number}": "1"' for number in range(5_000))
    (refused,) = foreign.read("k.jsonl", f"{{{keys}}}".encode()).refused
    assert "over 100 keys" in refused.reason and len(refused.reason) < 200
    few = ", ".join(f'"key{number}": "1"' for number in range(90))
    (refused,) = foreign.read("k.jsonl", f"{{{few}}}".encode()).refused
    assert len(refused.reason) < 2_000


def test_a_file_of_more_lines_than_can_be_shown_says_what_to_do(foreign: ForeignReader) -> None:
    def lines(count: int) -> bytes:
        return b"".join(b'{"id": "%d", "title": "T", "text": "W."}\n' % number for number in range(count))

    assert len(foreign.read("m.jsonl", lines(1_000)).documents) == 1_000
    assert "put the file into the folder of articles" in refusal(foreign, "m.jsonl", lines(1_001))


def test_a_reading_that_is_given_up_while_its_child_starts_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    started = subprocess.Popen

    with ForeignReader() as foreign:

        def given_up(*args: Any, **given: Any) -> Any:
            foreign.stop()
            return started(*args, **given)

        monkeypatch.setattr(subprocess, "Popen", given_up)
        with pytest.raises(Problem, match=r"crash|given up"):
            foreign.read("a.txt", b"words")


async def test_a_reading_that_is_given_up_ends_its_child_and_reads_no_more() -> None:
    slow = b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">x</p>"
    with ForeignReader(Limits(seconds=600, wait=600)) as foreign:
        assert lives(foreign)
        reading = asyncio.create_task(asyncio.to_thread(foreign.read, "a.html", slow))
        await asyncio.sleep(0.5)
        foreign.stop()
        with pytest.raises(Problem, match="given up"):
            await reading
        assert "given up" in refusal(foreign, "a.txt", b"words")
        assert foreign._child is None
