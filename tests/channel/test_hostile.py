"""What comes in from elsewhere, or broken, reaches nothing and breaks nothing."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from kzbot.channel.identity import CHANNEL, MEMBER
from kzbot.channel.server import LocalChannel

OpenChannel = Callable[..., Awaitable[LocalChannel]]
POST = f"/api/v10/channels/{CHANNEL}/messages"
PAGE = b"<script>document.title = 'taken'</script>"


@pytest.fixture
async def open_one(open_channel: OpenChannel, tmp_path: Path) -> LocalChannel:
    return await open_channel(tmp_path / "kept")


@pytest.fixture
async def session(open_one: LocalChannel) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(open_one.base_url) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/socket", "/gateway"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
async def test_a_websocket_of_another_page_is_refused(session: aiohttp.ClientSession, path: str, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(path, headers={"Origin": origin})
    assert refused.value.status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/page/..%2fserver.py",
        "/page/..%5cserver.py",
        "/page/%2e%2e/server.py",
        "/page/%00",
        "/page/%2fetc%2fpasswd",
        "/cdn/attachments/..%2fcommands.json/x.txt",
        "/cdn/attachments/..%2f..%2fmessages/x.txt",
        "/cdn/attachments/1/x.txt",
    ],
)
async def test_no_other_file_is_reached(session: aiohttp.ClientSession, path: str) -> None:
    async with session.get(path) as response:
        assert response.status == 404


async def test_a_forged_file_name_is_words_and_a_page_is_never_shown(
    open_one: LocalChannel, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    form = aiohttp.FormData()
    named = {"content": "a file", "attachments": [{"id": 0, "filename": "../../taken.html"}]}
    form.add_field("payload_json", json.dumps(named))
    form.add_field("files[0]", PAGE, filename="../../../taken.html", content_type="text/html")
    async with session.post(POST, data=form) as response:
        (attachment,) = (await response.json())["attachments"]
    address = attachment["url"].removeprefix(open_one.base_url)
    for path in (address, address.rpartition("/")[0] + "/x.html", address.rpartition("/")[0] + "/x.svg"):
        async with session.get(path) as response:
            assert await response.read() == PAGE
            assert response.headers["Content-Disposition"] == "attachment"
            assert response.headers["Content-Type"] == "application/octet-stream"
            assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
    await open_one.close()
    assert [file.name for file in (tmp_path / "kept" / "files").iterdir()] == [attachment["id"]]
    assert not list(tmp_path.rglob("*.html"))


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"\xff\xfe", 400), (b"[1]", 400), (b'"x"', 400), (b"null", 400), (b" " * (27 << 20), 413)],
)
async def test_a_body_that_is_no_object_or_too_large_is_refused(
    session: aiohttp.ClientSession, body: bytes, status: int
) -> None:
    async with session.post(POST, data=io.BytesIO(body), headers={"Content-Type": "application/json"}) as response:
        assert response.status == status


async def test_the_page_runs_its_own_scripts_only(session: aiohttp.ClientSession) -> None:
    async with session.get("/") as response:
        policy = response.headers["Content-Security-Policy"]
        assert "<script>" not in await response.text()
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_what_a_page_says_wrongly_is_told_to_it_and_changes_nothing(
    open_one: LocalChannel, session: aiohttp.ClientSession
) -> None:
    said = (
        "{",
        "5",
        "[]",
        "{}",
        '{"t": "no"}',
        '{"t": "say"}',
        '{"t": "say", "text": 5}',
        '{"t": "press", "message": []}',
    )
    async with session.ws_connect("/socket") as socket:
        assert (await socket.receive_json(timeout=60))["t"] == "hello"
        for text in said:
            await socket.send_str(text)
            assert (await socket.receive_json(timeout=60))["t"] == "failed"
        await socket.send_json({"t": "say", "text": "still here"})
        assert (await socket.receive_json(timeout=60))["t"] == "message"
    assert [one.body["content"] for one in open_one.messages.visible(MEMBER)] == ["still here"]


@pytest.mark.parametrize("kept", ["{}", "[]", "5", '{"body": 5, "place": 1, "viewer": null, "asked": null}', "{half"])
async def test_a_kept_file_that_is_no_message_is_passed_over(
    open_channel: OpenChannel, tmp_path: Path, kept: str
) -> None:
    first = await open_channel(tmp_path)
    said = first.say("kept")
    await first.close()
    (tmp_path / "messages" / "1.json").write_text(kept, "utf-8")
    (tmp_path / "commands.json").write_text(kept, "utf-8")
    again = await open_channel(tmp_path)
    assert [one.id for one in again.messages.visible(MEMBER)] == [said.id]
    assert again.commands.all() == []
