"""Files that a person gives with a command, and files and messages that the bot sends by itself."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest

from kzbot.channel.identity import MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.channel.uploads import FILE_BYTES, KEPT_BYTES, Uploads, stored_name
from kzbot.errors import ChannelError

BINARY = {"Content-Type": "application/octet-stream"}


@pytest.fixture
async def session(channel: LocalChannel) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(channel.base_url) as opened:
        yield opened


async def test_the_bot_reads_the_files_of_a_command(channel: LocalChannel, sent: list[Any]) -> None:
    files = {
        "file1": ("notes.txt", "Учения начались.".encode()),
        "file2": ("новость.md", b"# News"),
        "file3": ("x.bin", b""),
    }
    reply = await channel.command("add", {"note": "two of them"}, files=files)
    assert reply.message is not None
    head, first, second, third = reply.message["content"].split("\n")
    assert head == "Taken: two of them"
    assert first == f"notes.txt | None | text/plain; charset=utf-8 | 30 | {'Учения начались.'.encode()!r}"
    name, title, kind, size, content = second.split(" | ")
    assert (title, kind, size, content) == ("новость", "text/markdown; charset=utf-8", "6", "b'# News'")
    assert name.endswith(".md") and name.isascii()
    assert third == "x.bin | None | None | 0 | b''"
    shown = channel.messages.get(reply.message_id).asked
    assert shown is not None and shown.startswith("/add note: two of them file1: notes.txt file2: ")


async def test_a_file_is_given_by_the_person_who_picked_it_and_of_10_mib_at_most(channel: LocalChannel) -> None:
    with pytest.raises(ChannelError, match="larger than 10 MiB"):
        await channel.command("add", files={"file1": ("large.txt", b"x" * (FILE_BYTES + 1))})
    large = await channel.command("add", files={"file1": ("large.txt", b"x" * FILE_BYTES)})
    assert str(FILE_BYTES) in str(large.message)
    mine = channel.uploads.add("mine.txt", b"x", MEMBER)["id"]
    for given in (mine, "5", 5, None, ["x"]):
        with pytest.raises(ChannelError, match="file1 is not here any more"):
            await channel.command("add", {"file1": given}, by=MODERATOR)
    with pytest.raises(ChannelError, match="no option"):
        await channel.command("add", files={"file9": ("a.txt", b"x")})
    assert "mine.txt" in str((await channel.command("add", {"file1": mine})).message)


async def test_a_picked_file_is_only_ever_downloaded(channel: LocalChannel, session: aiohttp.ClientSession) -> None:
    page = b"<script>document.title = 'taken'</script>"
    async with session.post("/uploads?name=../a%20page.html&as=member", data=page, headers=BINARY) as response:
        told = await response.json()
    assert (response.status, told["name"], told["size"]) == (200, "a_page.html", len(page))
    async with session.get(f"/cdn/ephemeral-attachments/{told['id']}/a.html") as response:
        assert await response.read() == page
        assert response.headers["Content-Disposition"] == "attachment"
        assert response.headers["Content-Type"] == "application/octet-stream"
    async with session.get("/cdn/ephemeral-attachments/1/a.html") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("query", "headers", "body", "status", "why"),
    [
        ("name=a.txt", BINARY, b"x" * (FILE_BYTES + 1), 413, "a.txt is larger than 10 MiB"),
        ("name=", BINARY, b"x", 400, "needs a name"),
        ("", BINARY, b"x", 400, "needs a name"),
        ("name=a.txt", {"Content-Type": "text/plain"}, b"x", 415, "plain bytes"),
        ("name=a.txt", {**BINARY, "Origin": "https://evil.example"}, b"x", 403, None),
        ("name=a.txt", {**BINARY, "Origin": "null"}, b"x", 403, None),
        ("name=a.txt", {**BINARY, "Host": "evil.example"}, b"x", 421, None),
    ],
)
async def test_an_upload_that_cannot_be_taken_is_refused_in_words(
    session: aiohttp.ClientSession, query: str, headers: dict[str, str], body: bytes, status: int, why: str | None
) -> None:
    async with session.post(f"/uploads?{query}", data=io.BytesIO(body), headers=headers) as response:
        assert response.status == status
        if why is not None:
            assert why in (await response.json())["why"]


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("notes.txt", "notes.txt"),
        ("my notes (2).tar.gz", "my_notes_2.tar.gz"),
        ("_Résumé_.PDF", "Resume.PDF"),
        ("a..txt", "a.txt"),
        ("README", "README"),
    ],
)
def test_a_file_is_named_as_discord_names_it(name: str, stored: str) -> None:
    assert stored_name(name) == stored


def test_the_oldest_files_make_room(channel_ids: Any) -> None:
    uploads = Uploads(channel_ids)
    picked = [uploads.add(f"{n}.bin", b"x" * FILE_BYTES, MEMBER)["id"] for n in range(KEPT_BYTES // FILE_BYTES + 2)]
    assert [uploads.file(one) is None for one in picked] == [True, True, *[False] * (len(picked) - 2)]


async def test_the_bot_follows_up_with_files(channel: LocalChannel, bot: discord.Client) -> None:
    seen: list[discord.Interaction[Any]] = []
    bot.event(kept := _keeping(seen))
    reply = await channel.command("echo", {"text": "first"})
    assert kept is not None and seen
    file = discord.File(io.BytesIO(b"id,title\n"), "plan.csv")
    sent = await seen[0].followup.send("the plan", file=file, ephemeral=True, wait=True)
    assert [one.filename for one in sent.attachments] == ["plan.csv"]
    assert await sent.attachments[0].read() == b"id,title\n"
    assert [one["content"] for one in reply.followups] == ["the plan"]
    assert channel.messages.get(str(sent.id)).viewer == MEMBER.id
    await sent.edit(content="the plan, mended", attachments=[discord.File(io.BytesIO(b"id\n"), "less.csv")])
    assert [one["filename"] for one in reply.followups[0]["attachments"]] == ["less.csv"]
    await sent.delete()
    with pytest.raises(ChannelError):
        channel.dismiss(str(sent.id))


def _keeping(seen: list[Any]) -> Any:
    async def on_interaction(interaction: discord.Interaction[Any]) -> None:
        seen.append(interaction)

    return on_interaction
