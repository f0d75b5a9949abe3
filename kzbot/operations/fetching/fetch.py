"""Fetching one page for a moderator, without lending anybody the bot's place in the network.

Whoever gives the address may have set a trap in it: a host of the local network, a name that changes its meaning between
the check and the connection, a redirect to either, a page without end. So a name is resolved once, every address that it
has must be public, and one of these is what is connected to; redirects are followed by hand and checked in the same way.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from kzbot.corpus.problem import shown
from kzbot.errors import FetchError
from kzbot.operations.fetching.public_hosts import IPAddress, is_elsewhere
from kzbot.operations.fetching.unpacking import Unpacking

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
"""The kinds that are fetched, with the suffix by which such a file is read."""

_LONGEST = 2_000
_CHUNK = 1 << 15
_HEAD_AT_ONCE, _BODY_AT_ONCE = 1 << 13, 1 << 16
"""The system's buffer, in bytes: so little comes out of it at a time that taking it apart holds nobody up, be it made of
thousands of interim answers or of pieces of one byte."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)")
_HEADERS = {"User-Agent": "kzbot", "Accept": f"{', '.join(SUFFIXES)};q=0.9", "Accept-Encoding": "gzip, deflate"}

Resolve = Callable[[str, int], Awaitable[Sequence[IPAddress]]]


async def resolve(host: str, port: int) -> list[IPAddress]:
    """The addresses that `host` has now, asked of the system; OSError where it has none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What may be fetched: `bytes` counts what is left when it is unpacked, `seconds` is for all of it, redirects included.

    `public` says which addresses may be connected to.
    """

    seconds: float = 10.0
    bytes: int = 5_000_000
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})
    public: Callable[[IPAddress], bool] = is_elsewhere
    resolve: Resolve = resolve


@dataclass(frozen=True, slots=True)
class Fetched:
    """What lay at `url`, the last address of all redirects; `charset` is what the server said of a text, else None."""

    url: str
    data: bytes = field(repr=False)
    content_type: str
    charset: str | None

    @property
    def suffix(self) -> str:
        """By which suffix a file of this kind is read."""
        return SUFFIXES[self.content_type]


async def fetch(address: str, *, limits: FetchLimits | None = None) -> Fetched:
    """What lies at `address`, an http or https address of a public host. Raises FetchError with one sentence that says why not."""
    limits = limits or FetchLimits()
    try:
        async with asyncio.timeout(limits.seconds):
            return await _follow(address.strip(), limits)
    except TimeoutError:
        raise FetchError(
            f"The page did not come within {limits.seconds:g} seconds; save it in a browser and give the file."
        ) from None


async def _follow(address: str, limits: FetchLimits) -> Fetched:
    for _ in range(limits.redirects + 1):
        url = _checked(address, limits)
        addresses = await _resolved(url, limits)
        got = await _get(url, addresses, limits)
        if isinstance(got, Fetched):
            return got
        address = urljoin(str(url), got)
    raise FetchError(f"The page leads on to others more than {limits.redirects} times; give the address where it ends.")


def _checked(address: str, limits: FetchLimits) -> URL:
    """The address taken apart, if it may be asked for at all. Raises FetchError."""
    if len(address) > _LONGEST:
        raise FetchError(f"The address is over {_LONGEST:,} characters; give a shorter one.")
    try:
        url = URL(address)
        host, port = url.raw_host, url.port
    except ValueError:
        raise FetchError(f"{shown(address)} is no address; give one that begins with http:// or https://.") from None
    if url.scheme not in ("http", "https") or not host:
        raise FetchError(f"{shown(address)} is no web address; give one that begins with http:// or https://.")
    if url.user is not None or url.password is not None:
        raise FetchError("The address holds a name or password before @; give it without them.")
    if port not in limits.ports:
        raise FetchError(f"Port {port} is not asked; give an address without a port.")
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) and _literal(host) is None:
        raise FetchError(f"{shown(host)} is a number and no name of a host; give the host's name.")
    return url.with_fragment(None)


async def _resolved(url: URL, limits: FetchLimits) -> list[IPAddress]:
    """The addresses of the host, all of them public. Raises FetchError."""
    host = url.raw_host or ""
    literal = _literal(host)
    try:
        found = [literal] if literal is not None else list(await limits.resolve(host, url.port or 0))
    except (OSError, UnicodeError, ValueError):
        found = []
    if not found:
        raise FetchError(f"There is no host {shown(host)}, or its name cannot be resolved now; check the address.")
    if not all(limits.public(one) for one in found):
        raise FetchError(f"{shown(host)} is not a public host; only pages on the public internet are fetched.")
    return found


def _literal(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


class _Checked(AbstractResolver):
    """Answers with the addresses that were checked, and never asks anybody."""

    def __init__(self, addresses: Sequence[IPAddress]) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=str(one),
                port=port,
                family=socket.AF_INET if one.version == 4 else socket.AF_INET6,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for one in self._addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


async def _get(url: URL, addresses: Sequence[IPAddress], limits: FetchLimits) -> Fetched | str:
    """What lies at `url`, whose host has these addresses, or where it leads on to. Raises FetchError."""
    connector = aiohttp.TCPConnector(
        resolver=_Checked(addresses),
        use_dns_cache=False,
        force_close=True,
        socket_factory=lambda info: _socket(info, addresses),
    )
    try:
        async with (
            aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                auto_decompress=False,
                headers=_HEADERS,
            ) as session,
            session.get(url, allow_redirects=False) as response,
        ):
            return await _taken(url, response, limits)
    except aiohttp.ClientConnectorCertificateError:
        raise FetchError(
            f"The certificate of {shown(url.host or '')} is not valid; save the page in a browser."
        ) from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        if isinstance(error, TimeoutError):
            raise
        said = " ".join(str(error).split())[:80] or type(error).__name__
        raise FetchError(f"{shown(url.host or '')} could not be asked ({said}); try again later.") from None


def _socket(info: aiohttp.AddrInfoType, addresses: Sequence[IPAddress]) -> socket.socket:
    """The socket for a connection to one of the checked addresses, and to nothing else."""
    family, kind, protocol, _, to = info
    if ipaddress.ip_address(to[0]) not in addresses:
        raise OSError("another address than the one that was checked")
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _HEAD_AT_ONCE)
    return made


async def _taken(url: URL, response: aiohttp.ClientResponse, limits: FetchLimits) -> Fetched | str:
    if response.status in _REDIRECTS:
        to = response.headers.get("Location")
        if not to:
            raise FetchError("The page leads on to nowhere; give another address.")
        return to
    if response.status != 200:
        raise FetchError(f"The host answers with status {response.status} instead of the page; check the address.")
    kind = response.content_type.lower()
    if "Content-Type" not in response.headers or kind not in SUFFIXES:
        raise FetchError(
            f"There is {shown(kind) if 'Content-Type' in response.headers else 'something of no kind'} at that address;"
            " only HTML, PDF and plain text are fetched."
        )
    return Fetched(str(url), await _unpacked(response, limits.bytes), kind, response.charset)


async def _unpacked(response: aiohttp.ClientResponse, most: int) -> bytes:
    """The page's bytes; what comes and what it unpacks to are counted while they come. Raises FetchError."""
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"The page comes packed as {shown(packed)}, which is not read; save it in a browser.")
    if response.connection is not None and response.connection.transport is not None:
        open_ = response.connection.transport.get_extra_info("socket")
        open_.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BODY_AT_ONCE)
    unpack = Unpacking(most, plain=packed in ("identity", ""))
    arrived = 0
    async for chunk in response.content.iter_chunked(_CHUNK):
        arrived += len(chunk)
        if arrived > most or not await asyncio.to_thread(unpack.take, chunk):
            raise FetchError(f"The page is over the limit of {most:,} bytes; save the article's text in a file.")
    if not unpack.whole:
        raise FetchError("The page broke off in the middle; try again later.")
    return bytes(unpack.data)
