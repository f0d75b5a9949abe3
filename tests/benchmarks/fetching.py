"""How long a hostile web server holds the event loop up: `python tests/benchmarks/fetching.py`.

A server of a process of its own, on loopback and as fast as it can, answers one request with each of several traps. Printed is
how the fetch ended, after how many seconds, and the longest time in milliseconds for which the event loop did not turn.
"""

import asyncio
import gzip
import ipaddress
import multiprocessing
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import repeat

from kzbot.errors import FetchError
from kzbot.operations.fetching.fetch import FetchLimits, fetch
from kzbot.operations.fetching.public_hosts import IPAddress

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED = HEAD + b"Content-Encoding: gzip\r\n\r\n"
TRAPS: dict[str, Callable[[], Iterator[bytes]]] = {
    "a page of 4.9 MB": lambda: iter([HEAD + b"\r\n" + b"x" * 4_900_000]),
    "pieces of one byte": lambda: iter([CHUNKED, *repeat(b"1\r\nx\r\n" * 50_000, 40)]),
    "interim answers": lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000),
    "interim headers": lambda: repeat((b"HTTP/1.1 103 Early Hints\r\n" + b"a: b\r\n" * 60 + b"\r\n") * 500),
    "headers": lambda: iter([HEAD, *repeat(b"a: b\r\n" * 100_000, 99)]),
    "one long header": lambda: iter([HEAD + b"a: ", *repeat(b"a" * 65_536, 999)]),
    "trailers": lambda: iter([CHUNKED + b"1\r\nx\r\n0\r\n", *repeat(b"a: b\r\n" * 100_000, 99)]),
    "gzip of nothing": lambda: iter([PACKED, *repeat(gzip.compress(b"") * 10_000, 999)]),
    "gzip of zeros": lambda: iter([PACKED + gzip.compress(bytes(200_000_000), 1)]),
    "answers in a row": lambda: repeat((HEAD + b"Content-Length: 1\r\n\r\nx") * 10_000),
}


def serve(listening: socket.socket, trap: str) -> None:
    """Answers one request."""
    answers = TRAPS[trap]()
    with listening, listening.accept()[0] as connection, suppress(OSError):
        connection.recv(1 << 16)
        for answer in answers:
            connection.sendall(answer)


async def one(trap: str) -> None:
    worst = 0.0

    async def watch() -> None:
        nonlocal worst
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            worst = max(worst, time.perf_counter() - began - 0.001)

    async def resolve(host: str, port: int) -> Sequence[IPAddress]:
        return [ipaddress.ip_address("127.0.0.1")]

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = multiprocessing.get_context("fork").Process(target=serve, args=(listening, trap))
        server.start()
    limits = FetchLimits(5.0, ports=frozenset({port}), public=lambda _: True, resolve=resolve)
    await asyncio.sleep(0.5)
    watching = asyncio.create_task(watch())
    began = time.perf_counter()
    try:
        said = f"{len((await fetch(f'http://news.example:{port}/', limits=limits)).data):,} bytes"
    except FetchError as error:
        said = str(error)
    took = time.perf_counter() - began
    watching.cancel()
    server.kill()
    server.join()
    sys.stdout.write(f"{trap:20} {took:5.1f} s   loop held {worst * 1000:5.0f} ms at most   {said[:70]}\n")


async def main() -> None:
    for trap in TRAPS:
        await one(trap)


if __name__ == "__main__":
    asyncio.run(main())
