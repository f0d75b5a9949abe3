"""A page is fetched from public hosts only, and from no other whatever the address, its names or its redirects say."""

import asyncio
import gzip
import ipaddress
import zlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.errors import FetchError
from kzbot.operations.fetching import public_hosts
from kzbot.operations.fetching.fetch import Fetched, FetchLimits, fetch
from kzbot.operations.fetching.public_hosts import IPAddress, is_elsewhere, is_public

PAGE = b"<p>The ministers met.</p>"


class Site:
    """A web server on loopback that answers every request with the next of its answers, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: list[bytes] = []
        self.pause = 0.0
        self.sent = 0
        self.port = 0
        self._answering: set[asyncio.Task[None]] = set()

    async def listen(self, host: str = "127.0.0.1", port: int = 0) -> asyncio.Server:
        server = await asyncio.start_server(self._take, host, port)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def close(self, server: asyncio.Server) -> None:
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)
        server.close()
        await server.wait_closed()

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._answering.add(asyncio.create_task(self._answer(reader, writer)))

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        try:
            step = 10 if self.pause else 1 << 16
            for start in range(0, len(said), step):
                writer.write(said[start : start + step])
                await writer.drain()
                self.sent = start + step
                await asyncio.sleep(self.pause)
            writer.close()
            await writer.wait_closed()
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()

    def says(
        self, body: bytes = PAGE, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str
    ) -> None:
        given = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        typed = f"Content-Type: {kind}\r\n" if kind else ""
        head = f"HTTP/1.1 {status}\r\n{typed}{given}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.answers.append(head.encode("latin-1") + body)

    @property
    def limits(self) -> FetchLimits:
        """Loopback counts as public here, under the name news.example."""

        async def resolve(host: str, port: int) -> Sequence[IPAddress]:
            assert host == "news.example"
            return [ipaddress.ip_address("127.0.0.1")]

        loopback = ipaddress.ip_address("127.0.0.1")
        return FetchLimits(
            60.0, 100_000, ports=frozenset({self.port}), public=lambda one: one == loopback, resolve=resolve
        )

    @property
    def url(self) -> str:
        return f"http://news.example:{self.port}/storm"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    server = await made.listen()
    yield made
    await made.close(server)


async def refused(address: str, limits: FetchLimits | None = None) -> str:
    with pytest.raises(FetchError) as caught:
        await fetch(address, limits=limits)
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence


async def test_a_page_is_fetched_under_its_name(site: Site) -> None:
    site.says()
    got = await fetch(f"{site.url}?a=1#part", limits=site.limits)
    assert got == Fetched(f"{site.url}?a=1", PAGE, "text/html", "utf-8")
    assert got.suffix == ".html"
    asked = site.asked[0].lower()
    assert asked.startswith("get /storm?a=1 http/1.1")
    assert f"host: news.example:{site.port}" in asked
    assert "cookie" not in asked and "authorization" not in asked and "python" not in asked


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/",
        "http://0177.0.0.1/", "http://127.0.0.1./", "http://0/", "http://0.0.0.0/", "http://10.1.2.3/",
        "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/",
        "http://224.0.0.1/", "http://255.255.255.255/", "http://[::1]/", "http://[::]/", "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/", "http://[::127.0.0.1]/", "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::1]/", "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "http://[fec0::1]/",
        "http://localhost/", "http://localhost./", "http://LOCALHOST/", "http://１２７.0.0.1/", "http://127%2e0%2e0%2e1/",
        "http://127。0。0。1/", "http://192.0.0.192/", "http://168.63.129.16/", "http://192.88.99.1/", "http://[3fff::1]/",
        "http://[2001:470:1f1c::5efe:127.0.0.1]/", "http://[2001:470:1f1c::200:5efe:10.0.0.1]/",
        "http://[fc00::5efe:8.8.8.8]/", "http://[fe80::200:5efe:8.8.8.8]/",
    ],
)  # fmt: skip
async def test_what_is_not_public_is_not_asked(address: str) -> None:
    sentence = await refused(address)
    assert any(words in sentence for words in ("not a public host", "is a number", "no address", "no host"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "no web address"),
        ("news.example/a", "no web address"),
        ("ftp://news.example/", "no web address"),
        ("file:///etc/passwd", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("http:///a", "address"),
        ("http://user:secret@news.example/", "name or password"),
        ("http://user@news.example/", "name or password"),
        ("http://news.example:8080/", "Port 8080"),
        ("http://news.example:22/", "Port 22"),
        ("http://news.example:99999/", "no address"),
        ("http://[::1/", "no address"),
        ("http://news.example/" + "a" * 3_000, "over 2,000 characters"),
    ],
)
async def test_what_is_no_plain_web_address_is_refused_in_words(address: str, words: str) -> None:
    sentence = await refused(address)
    assert words in sentence
    assert "secret" not in sentence


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://", "http://[", "//", "http://a@"]))
def test_any_words_are_refused_in_a_sentence(words: str, before: str) -> None:
    async def nobody(host: str, port: int) -> list[IPAddress]:
        raise OSError

    async def tried() -> str:
        return await refused(before + words, FetchLimits(public=lambda _: False, resolve=nobody))

    assert asyncio.run(tried())


async def test_one_address_that_is_not_public_is_enough_to_refuse_a_name(site: Site) -> None:
    async def both(host: str, port: int) -> list[IPAddress]:
        return [ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("10.0.0.1")]

    assert "not a public host" in await refused(site.url, replace(site.limits, resolve=both))
    assert site.asked == []


async def test_a_name_that_changes_its_meaning_is_asked_once(site: Site) -> None:
    """The second answer leads to another server on loopback, which must hear nothing."""
    trap = Site()
    server = await trap.listen("127.0.0.2", site.port)
    trap.says(b"secret")
    site.says()
    times = []

    async def rebinding(host: str, port: int) -> list[IPAddress]:
        times.append(host)
        return [ipaddress.ip_address("127.0.0.1" if len(times) == 1 else "127.0.0.2")]

    try:
        got = await fetch(site.url, limits=replace(site.limits, resolve=rebinding))
    finally:
        await trap.close(server)
    assert got.data == PAGE
    assert times == ["news.example"] and trap.asked == []


async def test_a_redirect_is_followed_and_checked_like_the_first_address(site: Site) -> None:
    site.says(b"", status="302 Found", Location="/elsewhere#x")
    site.says()
    assert (await fetch(site.url, limits=site.limits)).url == f"http://news.example:{site.port}/elsewhere"
    for to, words in (
        ("http://127.0.0.2:{port}/", "not a public host"),
        ("http://[::1]:{port}/", "not a public host"),
        ("file:///etc/passwd", "no web address"),
        ("http://a:b@news.example:{port}/", "name or password"),
        ("http://news.example:1/", "Port 1"),
        ("", "leads on to nowhere"),
    ):
        site.answers.clear()
        site.says(b"", status="301 Moved", Location=to.format(port=site.port))
        assert words in await refused(site.url, site.limits)


async def test_redirects_in_a_circle_come_to_an_end(site: Site) -> None:
    site.says(b"", status="307 Temporary Redirect", Location="/storm")
    assert "more than 5 times" in await refused(site.url, site.limits)
    assert len(site.asked) == 6


async def test_what_drips_slowly_is_given_up(site: Site) -> None:
    site.says(PAGE * 100)
    site.pause = 0.02
    async with asyncio.timeout(60):
        sentence = await refused(site.url, replace(site.limits, seconds=0.5))
    assert "did not come within 0.5 seconds" in sentence
    assert len(site.answers[0]) > site.sent, "it is given up before its end"


async def test_a_page_without_end_is_given_up(site: Site) -> None:
    site.answers.append(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + PAGE * 50_000)
    assert "over the limit of 100,000 bytes" in await refused(site.url, site.limits)


@pytest.mark.parametrize("packed", ["gzip", "deflate", "x-gzip"])
async def test_a_packed_page_is_unpacked_and_a_bomb_is_not(site: Site, packed: str) -> None:
    pack = zlib.compress if packed == "deflate" else gzip.compress
    site.says(pack(PAGE), Content_Encoding=packed)
    assert (await fetch(site.url, limits=site.limits)).data == PAGE
    site.answers.clear()
    site.says(pack(b"\0" * 50_000_000), Content_Encoding=packed)
    assert "over the limit" in await refused(site.url, site.limits)


async def test_all_ways_of_packing_are_unpacked(site: Site) -> None:
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    for body in (
        raw.compress(PAGE) + raw.flush(),
        gzip.compress(PAGE[:5]) + gzip.compress(PAGE[5:]),
        gzip.compress(PAGE) + b"\0\0",
    ):
        site.answers.clear()
        site.says(body, Content_Encoding="gzip")
        assert (await fetch(site.url, limits=site.limits)).data == PAGE


@pytest.mark.parametrize(
    ("body", "packed", "words"),
    [
        (PAGE, "gzip", "cannot be read"),
        (gzip.compress(PAGE * 99, mtime=0)[:-20], "gzip", "broke off"),
        (PAGE, "br", "packed as “br”"),
        (PAGE, "gzip, gzip", "packed as"),
    ],
)
async def test_what_is_packed_otherwise_is_refused_in_words(site: Site, body: bytes, packed: str, words: str) -> None:
    site.says(body, Content_Encoding=packed)
    assert words in await refused(site.url, site.limits)


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("text/plain", ".txt"), ("application/pdf", ".pdf"), ("application/xhtml+xml", ".html"), ("TEXT/HTML", ".html")],
)
async def test_the_kinds_that_are_read_are_fetched(site: Site, kind: str, suffix: str) -> None:
    site.says(kind=kind)
    assert (await fetch(site.url, limits=site.limits)).suffix == suffix


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "application/zip", "", "text/html\x01"])
async def test_other_kinds_are_refused(site: Site, kind: str) -> None:
    site.says(kind=kind)
    sentence = await refused(site.url, site.limits)
    assert "only HTML, PDF and plain text" in sentence or "could not be asked" in sentence


async def test_a_host_that_has_no_such_page_says_so(site: Site) -> None:
    site.says(status="404 Not Found")
    assert "status 404" in await refused(site.url, site.limits)


async def test_nobody_listening_is_one_sentence(site: Site) -> None:
    limits = replace(site.limits, ports=frozenset({1}))
    assert "could not be asked" in await refused("http://news.example:1/", limits)


async def test_nonsense_for_an_answer_is_one_sentence(site: Site) -> None:
    for said in (b"\x00\xff\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: " + b"x" * 100_000 + b"\r\n\r\n", b""):
        site.answers[:] = [said]
        assert "could not be asked" in await refused(site.url, site.limits)


async def test_no_proxy_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.3:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.3:9")
    site.says()
    assert (await fetch(site.url, limits=site.limits)).data == PAGE


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_an_address_of_this_machine_is_not_elsewhere_however_public_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_hosts, "is_public", lambda _: True)
    assert not is_elsewhere(ipaddress.ip_address("127.0.0.1"))
    assert is_elsewhere(ipaddress.ip_address("192.0.2.1"))
    assert FetchLimits().public is is_elsewhere
