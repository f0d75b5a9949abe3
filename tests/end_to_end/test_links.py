"""A link of kzbot, followed in a real browser: the page opens at the excerpt, and nowhere else."""

from __future__ import annotations

import asyncio
import html
import re
import shutil
import textwrap
import unicodedata
from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio
from aiohttp import web
from markdown_it import MarkdownIt
from PIL import Image, ImageChops
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
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HEIGHT, LINE = 1400, 24
TRIES = 200  # a page scrolls a moment after it was loaded
MARK = bytes((255, 160, 0))
STYLE = (
    f"body{{margin:0;font:16px/{LINE}px monospace}} div{{height:9000px}} article{{width:380px;overflow-wrap:anywhere}}"
    "p,li,h1,h2,ul,ol{margin:0;padding:0;font:inherit;list-style:none} ::target-text{background:#ffa000}"
)
WHERE = """([wanted, nth]) => {
  const letters = [];
  const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    let at = 0;
    for (const sign of node.data) {
      for (const plain of sign.normalize('NFKC')) {
        if (!/[\\s\\u00ad\\u200b•|–-]/.test(plain)) letters.push([plain, node, at, at + sign.length]);
      }
      at += sign.length;
    }
  }
  const page = letters.map(([sign]) => sign).join('\\u0000') + '\\u0000';
  let place = -1;
  for (let number = 0; number <= nth; number++) {
    place = page.indexOf([...wanted].join('\\u0000') + '\\u0000', place + 1);
    if (place < 0) return null;
  }
  const first = page.slice(0, place).split('\\u0000').length - 1;
  const [from, to] = [letters[first], letters[first + [...wanted].length - 1]];
  const range = document.createRange();
  range.setStart(from[1], from[2]);
  range.setEnd(to[1], to[3]);
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
        """Whether the excerpt begins in the middle of the screen, and the browser's own mark is on its lines.

        Chromium centres the beginning of what a link names.
        """
        if self.scrolled <= 0 or self.excerpt is None or self.marked is None:
            return False
        begins = abs(self.excerpt["top"] - HEIGHT / 2) < LINE / 2
        first = abs(self.excerpt["top"] - self.marked[0]) < LINE / 2
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

    async def open(self, name: str, link: str, words: str, nth: int) -> Opened:
        """Follows `link` with this site's host in the place of its own."""
        self._visits += 1
        fragment = link.partition("#")[2]
        await self._page.goto(f"http://127.0.0.1:{self.port}/{name}?{self._visits}#{fragment}")
        for _ in range(TRIES):
            shot = await self._page.screenshot(clip={"x": 0, "y": 0, "width": 400, "height": HEIGHT})
            excerpt = await self._page.evaluate(WHERE, [words, nth])
            opened = Opened(await self._page.evaluate("scrollY"), excerpt, marked_rows(shot))
            if opened.right:
                break
            await asyncio.sleep(0.05)
        return opened


def marked_rows(png: bytes) -> tuple[int, int] | None:
    """First row of a picture with the mark's colour, and the one below the last."""
    bands = Image.open(BytesIO(png)).convert("RGB").split()
    masks = [
        band.point([255 * (value == wanted) for value in range(256)]) for band, wanted in zip(bands, MARK, strict=True)
    ]
    box = ImageChops.darker(ImageChops.darker(masks[0], masks[1]), masks[2]).getbbox()
    return (box[1], box[3]) if box else None


@pytest_asyncio.fixture(loop_scope="session")
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


def seen(text: str, file: str) -> str:
    """The letters and signs that a reader of the page sees; bullets, dashes and white space do not count."""
    if file.endswith(".md"):
        text = html.unescape(re.sub(r"<[^>]+>", "", MarkdownIt().render(f"{text}\n\n{DEFINED}")))
        text = re.sub(r"(?m)^> ", "", text)
    return "".join(re.sub(r"[\s\u00ad\u200b•|–-]", "", unicodedata.normalize("NFKC", text)))


async def missed(site: Site, found: Sequence[tuple[Evidence, str]]) -> list[tuple[str, Any]]:
    """Links that did not open at their excerpts: of each the link and where it led."""
    wrong = []
    for one, text in found:
        assert one.link is not None and len(one.link) <= 512
        nth = seen(text[: one.start], "").count(seen(one.excerpt, ""))
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


def para(text: str, **attributes: str) -> tuple[str, str]:
    """A paragraph as the corpus has it, and as the page does."""
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return text, f"<p{given}>{html.escape(text)}</p>"


AGAIN = "The ministers signed the plan of cooperation for the coming year in the capital of the republic."
HARD = [
    (AGAIN, f"<p>{AGAIN}</p>"),
    ("Background of the 5-year plan – and its costs", "<h2>Background of the 5-year plan – and its costs</h2>"),
    para(
        "100% of it, 50%+ more (a+b=c), %20 and %2C, “~60%”; see #:~:text=this,that & so on: 24/7_365 @ £5.00, they said."
    ),
    para(
        "“It is the ministers' plan,” he said, ‘isn’t it?’ — “Yes,” said she, ‹no›, «да», „nein“, 'maybe', \"perhaps\"."
    ),
    (
        "The first nbsp and soft hyphens of the extraordinary internationalization were not in the text at all.",
        "<p>The&nbsp;first nbsp and soft hy&shy;phens of the extra&shy;ordinary inter&shy;national&shy;ization"
        " were&nbsp;not in the text at&nbsp;all.</p>",
    ),
    (
        "A line of the page ends here and goes on below, where the text of the corpus has nothing but a blank.",
        "<p>A line of the page ends here<br>and goes on below,<br>where the text of the corpus has nothing but a blank.</p>",
    ),
    (
        "The brigade trained with 1,500 soldiers in Almaty and Shymkent under a programme of bold words.",
        "<p>The <b>brig</b>ade <a href=#>trained with 1,500</a> soldiers in <i>Almaty</i> and Shymkent under a"
        " <span>programme</span> of <b>bold words</b>.</p>",
    ),
    (
        "• The outer item of a list speaks of many things, of ships and of shoes, as it is the first of them:\n"
        "  – the inner item one tells of sealing wax and of what the walrus said to the carpenter;\n"
        "  – the inner item two tells of cabbages and kings and of why the sea is boiling hot.",
        "<ul><li>The outer item of a list speaks of many things, of ships and of shoes, as it is the first of them:<ul>"
        "<li>the inner item one tells of sealing wax and of what the walrus said to the carpenter;</li>"
        "<li>the inner item two tells of cabbages and kings and of why the sea is boiling hot.</li></ul></li></ul>",
    ),
    (
        "Year\tTroops\tPlace of the exercise\n1997\t500\tShymkent, Kazakhstan, and Chirchik\n1998\t600\tOsh, Kyrgyzstan",
        "<table><tr><th>Year<th>Troops<th>Place of the exercise<tr><td>1997<td>500<td>Shymkent, Kazakhstan, and Chirchik"
        "<tr><td>1998<td>600<td>Osh, Kyrgyzstan</table>",
    ),
    ("| Steppe Eagle | 2012 | Iliisky range |", "<table><tr><td>Steppe Eagle<td>2012<td>Iliisky range</table>"),
    para(AGAIN),
    para(
        "Генерал Мұхтар Алтынбаев Қазақстан Республикасының Қорғаныс министрі болып тағайындалды, деп хабарлады үкімет."
    ),
    para(
        "Военнослужащие-контрактники миротворческого батальона «Казбат» отправились на международные учения по"
        " противодействию распространению оружия массового уничтожения, организованные министерством обороны."
    ),
    para(
        "أعلن وزير الدفاع الكازاخستاني، يوم الجمعة، عن توقيع خطة للتعاون العسكري مع الولايات المتحدة لمدة خمس سنوات.",
        dir="rtl",
    ),
    para(
        'שר הביטחון של קזחסטן הודיע ביום שישי כי נחתמה תוכנית חומש לשיתוף פעולה צבאי עם ארצות הברית, "לראשונה".',
        dir="rtl",
    ),
    para(
        "哈萨克斯坦国防部长星期五宣布，与美国签署了为期五年的军事合作计划。双方还讨论了维和训练、装备供应以及军事教育等问题。"
    ),
    para(
        "カザフスタンの国防相は金曜日、米国との五カ年軍事協力計画に署名したと発表した。両国は平和維持訓練についても協議した。"
    ),
    para("카자흐스탄 국방장관은 금요일 미국과 5개년 군사협력 계획에 서명했다고 발표했다."),
    para("ყაზახეთის თავდაცვის მინისტრმა პარასკევს განაცხადა, რომ ხელი მოეწერა ხუთწლიან სამხედრო გეგმას."),
    para("รัฐมนตรีว่าการกระทรวงกลาโหม ประกาศเมื่อวันศุกร์ว่า ได้ลงนามแผนความร่วมมือทางทหาร ห้าปีกับสหรัฐอเมริกา"),
    para("कज़ाख़स्तान के रक्षा मंत्री ने शुक्रवार को अमेरिका के साथ पाँच वर्षीय सैन्य सहयोग योजना पर हस्ताक्षर किए।"),
    para(
        "Emoji 🎖️🇰🇿 stand here 👨‍👩‍👧‍👦 and there ✅ in the middle of what was said 😀, and at the very end of it too 🎉"
    ),
    para(
        "Rindfleisch"
        + "etikettierungsüberwachungsaufgabenübertragung" * 6
        + "sgesetz is one long word of the law of that land."
    ),
    para(
        "(See U.S. Code § 2557: “excess” items—e.g., boots/blankets—may be given; cf. H.R. 1234, S.5/6 and a.b.c@d-e.org.)"
    ),
    para("— Yes, said the minister, – no, said the ambassador - and so it went on until 3:30 p.m. on Nov. 14, 1997..."),
    para("Signed. It was signed. It was then signed. It was then, at last, signed. And so at last it was then signed."),
    para("The last words of the page stand at its very end, behind everything else; no other words follow them."),
]


async def test_the_hardest_passages_of_a_page_are_found(site: Site, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    body = "\n\n".join(text for text, _ in HARD)
    (articles / "hard.txt").write_text(f"---\ntitle: Hard words\nurl: https://example.org/hard\n---\n{body}", "utf-8")
    site.publish("hard", ["<h1>Hard words</h1>", *(one for _, one in HARD)])
    found = await evidence(articles, tmp_path / "data")
    wrong = await missed(site, found)
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(found) > 30
