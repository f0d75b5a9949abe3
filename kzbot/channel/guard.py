"""Who may talk to the local channel: only programs and pages of this machine."""

from __future__ import annotations

import re
from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

OURS = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d{1,5})?", re.ASCII)
"""A Host that a browser of this machine sends; the port may be another one, at the near end of a tunnel."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Faults(Protocol):
    """A test's hook: an answer returned here is sent instead of the channel's own."""

    async def before(self, request: web.Request) -> web.Response | None: ...


def loopback_only() -> Middleware:
    """Refuses a Host that is not loopback (421: DNS rebinding) and an Origin that is not this page's own (403)."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if OURS.fullmatch(request.host) is None:
            return web.Response(status=421, text="This address answers only as 127.0.0.1 or localhost.\n")
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{request.host}":
            return web.Response(status=403, text="Pages of other addresses may not use the local channel.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return guard


def injected(faults: Faults | None) -> Middleware:
    """Asks the test's hook first."""

    @web.middleware
    async def inject(request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = await faults.before(request) if faults is not None else None
        return await handler(request) if answer is None else answer

    return inject
