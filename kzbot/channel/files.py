"""What the page loads and sends as files: its own parts, attachments of messages, files picked for a command."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from kzbot.channel.identity import ACTED_AS, MEMBER
from kzbot.channel.messages import TYPES, Messages, content_type
from kzbot.channel.uploads import FILE_BYTES, Uploads, too_large
from kzbot.errors import ChannelError

FOLDER = Path(__file__).parent / "page"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://{host}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
BINARY = "application/octet-stream"


class Files:
    """Serves the page's parts and every attachment, and takes what a person picks."""

    def __init__(self, messages: Messages, uploads: Uploads) -> None:
        self._messages = messages
        self._uploads = uploads

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.index),
            web.get("/page/{name}", self.asset),
            web.post("/uploads", self.upload),
            web.get("/cdn/attachments/{id}/{name}", self.attachment),
            web.get("/cdn/ephemeral-attachments/{id}/{name}", self.picked),
        ]

    async def index(self, request: web.Request) -> web.StreamResponse:
        return _asset("index.html", request)

    async def asset(self, request: web.Request) -> web.StreamResponse:
        return _asset(request.match_info["name"], request)

    async def attachment(self, request: web.Request) -> web.StreamResponse:
        return _served(request, self._messages.file(request.match_info["id"]))

    async def picked(self, request: web.Request) -> web.StreamResponse:
        return _served(request, self._uploads.file(request.match_info["id"]))

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Takes one file as the whole body, `name` and `as` (who picked it) in the address; answers {id, name, size}.

        A type that no form of another page can send is asked for. What cannot be taken is answered as {why}.
        """
        if request.content_type != BINARY:
            return web.json_response({"why": "A file comes as plain bytes."}, status=415)
        name, by = request.query.get("name", ""), ACTED_AS.get(request.query.get("as", ""), MEMBER)
        content = bytearray()
        async for part in request.content.iter_chunked(1 << 16):
            if len(content) <= FILE_BYTES:
                content += part
        if len(content) > FILE_BYTES:
            return web.json_response({"why": too_large(name)}, status=413)
        try:
            body = self._uploads.add(name, bytes(content), by)
        except ChannelError as error:
            return web.json_response({"why": str(error)}, status=400)
        return web.json_response({"id": body["id"], "name": body["filename"], "size": body["size"]})


def _asset(name: str, request: web.Request) -> web.FileResponse:
    """A file of the page by its bare name; nothing else of the disk can be reached."""
    if name not in {path.name for path in FOLDER.iterdir()}:
        raise web.HTTPNotFound
    policy = POLICY.format(host=request.host)
    return web.FileResponse(FOLDER / name, headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"})


def _served(request: web.Request, content: bytes | None) -> web.Response:
    """Pictures are shown; everything else is only ever downloaded."""
    if content is None:
        raise web.HTTPNotFound
    kind = content_type(request.match_info["name"])
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    if kind not in TYPES.values():
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=content, content_type=kind, headers=headers)
