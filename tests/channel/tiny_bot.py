"""A small bot on the real discord.py: every kind of reply that the channel draws, and nothing else."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib
from typing import Any

import discord
from discord import app_commands, ui

from kzbot.channel.server import LocalChannel


def picture(width: int = 360, height: int = 120) -> bytes:
    """A PNG of one green, as large as a small timeline."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\x2e\x7d\x6b" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


PNG = picture()


class Page(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"t:page:(?P<page>\d+):(?P<way>[pn])"):
    def __init__(self, page: int, way: str) -> None:
        label = "Previous" if way == "p" else "Next"
        super().__init__(ui.Button(label=label, custom_id=f"t:page:{page}:{way}", disabled=page not in (0, 1, 2)))
        self.page = page

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any) -> Page:
        return cls(int(match["page"]), match["way"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(view=card(self.page))


class Pick(ui.DynamicItem[ui.Select[ui.LayoutView]], template=r"t:pick"):
    def __init__(self) -> None:
        options = [discord.SelectOption(label=f"Page {n + 1}", value=str(n), description="A page") for n in range(3)]
        super().__init__(ui.Select(custom_id="t:pick", placeholder="Jump to a page", options=options))

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any) -> Pick:
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(view=card(int(self.item.values[0])))


class Report(ui.Modal, title="Report a mistake"):
    words: ui.Label[ui.Modal] = ui.Label(text="What is wrong", component=ui.TextInput(custom_id="words"))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        field = self.words.component
        assert isinstance(field, ui.TextInput)
        await interaction.response.send_message(f"Reported: {field.value}", ephemeral=True)


def options(*names: str) -> list[discord.SelectOption]:
    return [discord.SelectOption(label=name.capitalize(), value=name) for name in names]


class Form(ui.Modal, title="Describe the article"):
    found: ui.TextDisplay[Any] = ui.TextDisplay("Found in **notes.txt**; what is missing?")
    name = ui.Label[ui.Modal](
        text="Title",
        description="As the publisher prints it",
        component=ui.TextInput(custom_id="name", default="Steppe Eagle begins", max_length=30),
    )
    words = ui.Label[ui.Modal](
        text="Text",
        component=ui.TextInput(
            custom_id="words",
            style=discord.TextStyle.long,
            required=False,
            min_length=10,
            max_length=200,
            placeholder="Its first lines",
        ),
    )
    kind = ui.Label[ui.Modal](
        text="Kind", component=ui.Select(custom_id="kind", placeholder="Pick a kind", options=options("news", "report"))
    )
    marks = ui.Label[ui.Modal](
        text="Marks",
        component=ui.Select(
            custom_id="marks", required=False, max_values=2, options=options("old", "short", "doubtful")
        ),
    )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        fields: list[Any] = [one.component for one in (self.name, self.words, self.kind, self.marks)]
        given = [one.value if isinstance(one, ui.TextInput) else one.values for one in fields]
        if interaction.message is None:
            await interaction.response.send_message(f"Described: {given}")
        else:
            await interaction.response.edit_message(view=desk(f"Described: {given}"))


class FillIn(ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"t:fill"):
    def __init__(self) -> None:
        super().__init__(ui.Button(label="Fill in", custom_id="t:fill"))

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any) -> FillIn:
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(Form())


def desk(words: str) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.stop()
    view.add_item(ui.TextDisplay(words))
    buttons: ui.ActionRow[Any] = ui.ActionRow()
    view.add_item(buttons.add_item(FillIn()))
    return view


def card(page: int) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    view.stop()
    box: ui.Container[Any] = ui.Container(accent_colour=0x2E7D6B)
    box.add_item(ui.TextDisplay(f"## Steppe Eagle\n13 dated statements · page {page + 1} of 3"))
    for number in range(page * 3 + 1, page * 3 + 4):
        box.add_item(ui.Separator())
        text = f"**{number}. 12 September 2012**\n> The exercise *began* on the {number}th. \\*not bold\\*\n-# Times"
        link: ui.Button[Any] = ui.Button(label="Read", url=f"https://example.org/a{number}#:~:text=The%20exercise")
        box.add_item(ui.Section(text, accessory=link))
    buttons: ui.ActionRow[Any] = ui.ActionRow()
    buttons.add_item(Page(max(page - 1, 0) if page else 9, "p")).add_item(Page(page + 1, "n"))
    choose: ui.ActionRow[Any] = ui.ActionRow()
    choose.add_item(Pick())
    box.add_item(buttons).add_item(choose)
    view.add_item(box)
    return view


class Room(app_commands.Transformer):
    """A channel of text, as Discord tells of it: discord.py's own takes kinds that Discord's specification does not know."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Any:
        return value


class TinyBot(discord.Client):
    """Every kind of reply that the channel draws, and nothing else; a late answer comes once `thought` is set, as it is."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            guild_ready_timeout=0.05,
        )
        self.tree = app_commands.CommandTree(self)
        self.resumes = 0
        self.thought = asyncio.Event()
        self.thought.set()
        self.channel: LocalChannel

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Page, Pick, FillIn)
        add_commands(self.tree)
        await self.tree.sync()

    async def on_resumed(self) -> None:
        self.resumes += 1


def add_commands(tree: app_commands.CommandTree[TinyBot]) -> None:
    add_texts(tree)
    add_shapes(tree)
    add_forms(tree)


def add_texts(tree: app_commands.CommandTree[TinyBot]) -> None:
    """What is answered in words: suggestions, mentions, a late answer and none."""

    @tree.command(description="Dated statements about a topic, in order")
    @app_commands.describe(topic="What it is about", year="From which year", private="Only you see the answer")
    async def timeline(
        interaction: discord.Interaction[Any], topic: str, year: int | None = None, private: bool = False
    ) -> None:
        await interaction.response.send_message(view=card(0), ephemeral=private)

    @timeline.autocomplete("topic")
    async def complete(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        names = ("Steppe Eagle", "Steppe Eagle 2012", "Zhardem", "Regional Cooperation")
        return [app_commands.Choice(name=name, value=name) for name in names if typed.lower() in name.lower()]

    @tree.command(description="Says a text back")
    async def echo(interaction: discord.Interaction[Any], text: str, ping: bool = False) -> None:
        allowed = discord.AllowedMentions.all() if ping else discord.AllowedMentions.none()
        await interaction.response.send_message(text, allowed_mentions=allowed)

    @tree.command(description="Thinks first")
    async def slow(interaction: discord.Interaction[TinyBot]) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        await interaction.client.thought.wait()
        await interaction.edit_original_response(content="Done thinking")
        await interaction.followup.send("One more thing", ephemeral=True)

    @tree.context_menu(name="Count words")
    async def count(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        words = f"{message.author}: {len(message.content.split())} words"
        await interaction.response.send_message(words, ephemeral=True, allowed_mentions=discord.AllowedMentions.none())

    @tree.command(description="Never answers")
    async def silent(interaction: discord.Interaction[Any]) -> None:
        await asyncio.sleep(0)


def add_shapes(tree: app_commands.CommandTree[TinyBot]) -> None:
    """What is answered in other shapes: files, a dialog, a group of commands."""

    @tree.command(description="A picture and a file")
    async def picture(interaction: discord.Interaction[Any]) -> None:
        view = ui.LayoutView(timeout=None)
        view.stop()
        gallery: ui.MediaGallery[Any] = ui.MediaGallery()
        gallery.add_item(media="attachment://timeline.png", description="Three dots on a line")
        view.add_item(ui.Container(ui.TextDisplay("### Picture"), gallery, ui.File("attachment://pack.md")))
        files = [discord.File(io.BytesIO(PNG), "timeline.png"), discord.File(io.BytesIO(b"# pack\n"), "pack.md")]
        await interaction.response.send_message(view=view, files=files)

    @tree.command(description="Says who and which channel was named")
    async def named(
        interaction: discord.Interaction[Any],
        user: discord.User | None = None,
        room: app_commands.Transform[app_commands.AppCommandChannel, Room] | None = None,
    ) -> None:
        who = None if user is None else f"{type(user).__name__} {user.id} {user.name}"
        where = None if room is None else f"{room.name} {room.id} {room.permissions.view_channel}"
        await interaction.response.send_message(f"{who}, {where}", allowed_mentions=discord.AllowedMentions.none())

    @tree.command(description="Opens a dialog")
    async def report(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(Report())

    corpus: app_commands.Group = app_commands.Group(
        name="corpus", description="The articles", default_permissions=discord.Permissions(manage_guild=True)
    )

    @corpus.command(description="Reads the articles again")
    async def reload(interaction: discord.Interaction[Any]) -> None:
        may = interaction.permissions.manage_guild
        words = "Reloaded 5 articles." if may else "Only moderators can do that."
        await interaction.response.send_message(words, ephemeral=True)

    tree.add_command(corpus)


def add_forms(tree: app_commands.CommandTree[TinyBot]) -> None:
    """What takes more than words: files and a form."""

    @tree.command(description="Adds articles")
    @app_commands.describe(file1="A file", file2="Another file", file3="A third file", note="A remark")
    async def add(
        interaction: discord.Interaction[Any],
        file1: discord.Attachment,
        file2: discord.Attachment | None = None,
        file3: discord.Attachment | None = None,
        note: str = "",
    ) -> None:
        lines = [f"Taken: {note}"]
        for one in filter(None, (file1, file2, file3)):
            content = await one.read()
            lines.append(f"{one.filename} | {one.title} | {one.content_type} | {one.size} | {content[:40]!r}")
        await interaction.response.send_message("\n".join(lines), ephemeral=True)

    @tree.command(description="Opens a form")
    async def form(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(Form())

    @tree.command(name="desk", description="A message with a form behind its button")
    async def show_desk(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(view=desk("Nothing described yet"))
