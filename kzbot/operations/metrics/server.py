"""The page that Prometheus reads: on 127.0.0.1 and nowhere else, and in threads of its own, beside the event loop."""

import socketserver
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry, make_wsgi_app

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

HOST = "127.0.0.1"
_PATH = "/metrics"


class MetricsPage:
    """Serves a registry at http://127.0.0.1:PORT/metrics from `start` to `close`."""

    def __init__(self, registry: CollectorRegistry, port: int) -> None:
        self._answer: Callable[..., Iterable[bytes]] = make_wsgi_app(registry)
        self._wanted = port
        self._server: _Server | None = None

    @property
    def port(self) -> int:
        """The port that it is read at."""
        assert self._server is not None
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Listens; OSError where the port is taken or may not be used."""
        self._server = _Server((HOST, self._wanted), _Handler)
        self._server.set_app(self._answered)
        threading.Thread(target=self._server.serve_forever, name="metrics", daemon=True).start()

    def close(self) -> None:
        """Listens no more. Blocking, for half a second at most."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _answered(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Figures for who asks this machine by its own name; a page in a browser that was led here by another is refused."""
        if environ.get("HTTP_HOST", "").lower() not in {f"{name}:{self.port}" for name in (HOST, "localhost")}:
            return _refused(start, "403 Forbidden", "Only programs on this machine may read this.")
        if environ.get("PATH_INFO") != _PATH:
            return _refused(start, "404 Not Found", f"The metrics are at {_PATH}.")
        return self._answer(environ, start)


def _refused(start: "StartResponse", status: str, said: str) -> Iterable[bytes]:
    start(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{said}\n".encode()]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Without asking a name server what this machine is called."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])
        self.setup_environ()


class _Handler(WSGIRequestHandler):
    timeout = 10

    def address_string(self) -> str:
        return HOST

    def log_message(self, format: str, *args: Any) -> None:
        """Who reads the metrics is no news."""
