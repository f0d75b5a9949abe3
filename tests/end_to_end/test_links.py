"""A link of kzbot, followed in a real browser: the page opens at the excerpt, and nowhere else."""

from __future__ import annotations

import asyncio
import html
import re
import shutil
import struct
import textwrap
import zlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiohttp import web
from markdown_it import MarkdownIt
from playwright.async_api import Browser, Page

from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.model import Evidence
from kzbot.index.articles import newest, texts_of
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.passages import of_article
from kzbot.index.sources import Sources

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "seeds"
pytestmark = pytest.mark.browser

HEIGHT, LINE = 1400, 24
TRIES = 10  # a page scrolls a moment after it was loaded
MARK = bytes((255, 160, 0))
STYLE = (
    f"body{{margin:0;font:16px/{LINE}px monospace}} div{{height:9000px}} article{{width:380px}}"
    "p,li,h1,h2,ul,ol{margin:0;padding:0;font:inherit;list-style:none} ::target-text{background:#ffa000}"
)
WHERE = """([wanted, nth]) => {
  const letters = [];
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const here = node.parentElement.closest('h1, h2, p, li');
    if (here !== block) letters.push([' ', null, 0]);
    block = here;
    [...node.data].reduce((at, sign) => { letters.push([sign, node, at]); return at + sign.length; }, 0);
  }
  const words = [];
  let word = null;
  for (const [sign, node, at] of letters) {
    if (/\\s/.test(sign)) { word = null; continue; }
    if (!word) words.push(word = { text: '', node, at });
    Object.assign(word, { text: word.text + sign, last: node, end: at + sign.length });
  }
  const starts = words.map((_, at) => at).filter((at) => wanted.every((one, next) => words[at + next]?.text === one));
  if (starts[nth] === undefined) return null;
  const [first, last] = [words[starts[nth]], words[starts[nth] + wanted.length - 1]];
  const range = document.createRange();
  range.setStart(first.node, first.at);
  range.setEnd(last.last, last.end);
  const box = range.getBoundingClientRect();
  return { top: box.top, bottom: box.bottom };
}"""


class Opened(NamedTuple):
    """Where a link led, in pixels of the screen: how far it scrolled, where the excerpt stands, the lines marked."""

    scrolled: float
    excerpt: dict[str, float] | None
    marked: tuple[int, int] | None

    @property
    def right(self) -> bool:
        """Whether the excerpt begins in the middle of the screen, and the browser's own mark ends where it does.

        Chromium centres the beginning of what a link names. The mark is looked for at the left edge, where it begins
        with the second line of an excerpt that begins within a line.
        """
        if self.scrolled <= 0 or self.excerpt is None or self.marked is None:
            return False
        begins = abs(self.excerpt["top"] - HEIGHT / 2) < LINE / 2
        first = 0 <= self.marked[0] - self.excerpt["top"] < 1.5 * LINE
        return begins and first and abs(self.excerpt["bottom"] - self.marked[1]) < LINE / 2


class Site:
    """A site on loopback whose pages are the articles; spacers above and below."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pages: dict[str, str] = {}
        self._visits = 0
        self.port = 0

    def publish(self, name: str, blocks: Sequence[str]) -> None:
        """`blocks` are HTML, one element each."""
        body = f"<div></div><article>{''.join(blocks)}</article><div></div>"
        self._pages[name] = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{body}"

    async def serve(self, request: web.Request) -> web.Response:
        page = self._pages.get(request.match_info["name"])
        if page is None:
            raise web.HTTPNotFound
        return web.Response(text=page, content_type="text/html")

    async def open(self, name: str, link: str, words: Sequence[str], nth: int) -> Opened:
        """Follows `link` with this site's host in the place of its own."""
        self._visits += 1
        fragment = link.partition("#")[2]
        await self._page.goto(f"http://127.0.0.1:{self.port}/{name}?{self._visits}#{fragment}")
        for _ in range(TRIES):
            edge = await self._page.screenshot(clip={"x": 0, "y": 0, "width": 1, "height": HEIGHT})
            excerpt = await self._page.evaluate(WHERE, [list(words), nth])
            opened = Opened(await self._page.evaluate("scrollY"), excerpt, marked_rows(edge))
            if opened.right:
                break
            await asyncio.sleep(0.05)
        return opened


def marked_rows(png: bytes) -> tuple[int, int] | None:
    """First and last row of a picture one pixel wide that is of the mark's colour: PNG, 8 bits a channel, RGB or RGBA."""
    at, data, depth = 8, b"", 3
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        if kind == b"IHDR":
            depth = {2: 3, 6: 4}[png[at + 17]]
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, above, rows = zlib.decompress(data), bytes(depth), []
    for number in range(len(raw) // (depth + 1)):
        filtered, *pixel = raw[number * (depth + 1) : (number + 1) * (depth + 1)]
        # With nothing to the left, the filters Up, Average and Paeth all add (a part of) what stands above.
        add = [0, 0, 1, 0.5, 1][filtered]
        above = bytes((value + int(old * add)) % 256 for value, old in zip(pixel, above, strict=True))
        if above[:3] == MARK:
            rows.append(number)
    return (rows[0], rows[-1] + 1) if rows else None


@pytest.fixture
async def site(browser: Browser) -> AsyncIterator[Site]:
    context = await browser.new_context(viewport={"width": 400, "height": HEIGHT})
    made = Site(await context.new_page())
    application = web.Application()
    application.add_routes([web.get("/{name}", made.serve)])
    runner = web.AppRunner(application)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    made.port = runner.addresses[0][1]
    yield made
    await context.close()
    await runner.cleanup()


async def evidence(articles: Path, data: Path) -> list[tuple[Evidence, str]]:
    """Every passage of these articles with the text that it is of."""
    summary = build(Sources(articles, PROJECT / "config" / "names.yaml"), data)
    assert summary.generation is not None
    generation = await Generation.open(next(path for path in data.iterdir() if summary.generation in path.name))
    found = []
    for article in await newest(generation, summary.articles):
        passages = await of_article(generation, article.number)
        texts = await texts_of(generation, [article.number])
        for one in await evidence_of(generation, [Wanted(passage) for passage in passages], Shown()):
            found.append((one, one.title if one.where == "title" else texts[article.number]))
    await generation.close()
    return found


def seen(text: str, file: str) -> list[str]:
    """The words that a reader of the page sees; bullets are no words."""
    if file.endswith(".md"):
        text = html.unescape(re.sub(r"<[^>]+>", "", MarkdownIt().render(f"{text}\n\n{DEFINED}")))
    return [word for word in text.split() if word not in ("•", ">")]


async def missed(site: Site, found: Sequence[tuple[Evidence, str]]) -> list[tuple[str, Any]]:
    """Links that did not open at their excerpts: of each the link and where it led."""
    wrong = []
    for one, text in found:
        assert one.link is not None and len(one.link) <= 512
        nth = text[: one.start].count(one.excerpt)
        opened = await site.open(one.article, one.link, seen(one.excerpt, one.file), nth)
        if not opened.right:
            wrong.append((one.link, opened))
    return wrong


async def test_every_passage_of_the_five_articles_is_where_its_link_leads(site: Site, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    shutil.copytree(SEEDS, articles)
    found = await evidence(articles, tmp_path / "data")
    assert len(found) > 80
    assert any("\n  • role in strengthening" in one.excerpt for one, _ in found)
    for one, text in found:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        title = f"<h1>{html.escape(one.title)}</h1>"
        if one.where == "text" or len(lines) > 1:
            site.publish(one.article, [*([] if one.title in lines else [title]), *map(block, lines)])
    wrong = await missed(site, found)
    assert wrong == [], "\n".join(map(str, wrong))


def block(line: str) -> str:
    """A line of a seed as an element of a page."""
    if line.startswith("•"):
        return f"<li>{html.escape(line[1:].strip())}</li>"
    return f"<p>{html.escape(line)}</p>"


PLAIN = [
    "The two-day, state-of-the-art exercise – “Falcon-2019” – began on 4 May 2019, officials said, with co-operation.",
    "He said yes. Nobody asked why. The minister left at noon, and the day ended as it had begun, in the rain.",
    "She was asked as well. He said yes. Nobody asked why. The session was closed after that, at 17:30, for good.",
    'Price & cost: 50% of A&B\'s budget (about $1,400,000), #1 of the list, went to "research/development" in 2018?',
    "Министры обороны двух стран подписали план военного сотрудничества на 2019-2020 годы, сообщила пресс-служба.",
    "Сотрудничество между министерствами обороны двух государств последовательно развивается, укрепляется, ширится "
    "и углубляется, отметили представители министерств иностранных дел, выступая перед представителями печати.",
    "Short one, here. Yes-men, no-men. A, B and C.",
    "The two ministers met again to speak of peace and of trade in the region at length, as they had the year before.",
    "The two ministers met again to speak of peace and of trade in the region in short, as they would the year after.",
    "Çalışma grubu İstanbul'da toplandı; l’été fut chaud, naïve façade œuvre ſtill — “quoted” ‘single’ text…",
]
DEFINED = "[1]: https://example.org/one\n"
LAST = "That was the end of it, for the year."
MARKDOWN = [
    "The **new** [trade agreement](https://example.org/a_b(c)) was *signed* by both sides on `3 May 2019`, in Astana.",
    "It covers transport\\*, energy and snake_case_names, as Mr. O'Neil said \\[sic\\] in the __first__ speech that day.",
    "Under [the agreement][1], R&amp;D gets <https://example.org/fund> and 40&nbsp;% of all, said the ministry on Friday.",
    "- First point of the list, **bold** as it is, and long enough to be named by its first and its last words only.\n"
    "- Second point of the list, which is *plain*, and long enough to be named by its first and its last words only.",
]


async def test_hyphens_quotes_repetitions_and_other_scripts_are_found(site: Site, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    wrapped = "\n\n".join(textwrap.fill(one, 60, break_on_hyphens=False) for one in PLAIN)
    for name, text in (("plain.txt", "\n\n".join(PLAIN)), ("wrapped.txt", f"{wrapped}\n\n{LAST}")):
        (articles / name).write_text(text, encoding="utf-8")
        meta = f"title: Things that were said, {name}\nurl: https://example.org/{name}\n"
        (articles / f"{name[:-4]}.yaml").write_text(meta, encoding="utf-8")
        elements = [f"<p>{html.escape(one)}</p>" for one in (*PLAIN, LAST)]
        site.publish(name[:-4], [f"<h1>Things that were said, {name}</h1>", *elements])
    marked = "\n\n".join(["# Marked", *MARKDOWN, DEFINED])
    (articles / "marked.md").write_text(
        f"---\ntitle: Marked\nurl: https://example.org/marked\n---\n{marked}", encoding="utf-8"
    )
    site.publish("marked", [MarkdownIt().render(marked)])
    found = await evidence(articles, tmp_path / "data")
    assert len(found) > 30
    wrong = await missed(site, found)
    assert wrong == [], "\n".join(map(str, wrong))
