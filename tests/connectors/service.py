"""A statistics service of our own on loopback: it answers what a test tells it, call after call, and remembers what it was asked."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Told:
    """One answer. ``announced``: a Content-Length that is not the body's; ``pause``: seconds before each byte of ``drip``."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str | Callable[[], str]], ...] = (("Content-Type", JSON),)
    announced: int | None = None
    drip: str = ""
    pause: float = 0.0


def say(content: object, status: int = 200, **more) -> Told:
    return Told(status, content if isinstance(content, bytes) else json.dumps(content).encode(), **more)


@dataclass(frozen=True)
class Call:
    """A request as it came: its path, its headers, its body, when."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Service:
    """The token's answers and the statistics' answers, in order: the last of each is said again."""

    port: int = 0
    tokens: list[Told] = field(default_factory=list)
    answers: list[Told] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path.startswith(path)]

    def next(self, path: str) -> Told:
        left = self.tokens if path.startswith("/token") else self.answers
        return left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def serving(secure: ssl.SSLContext | None = None) -> Iterator[Service]:
    """The service, until the test ends; over TLS when it is given a certificate."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            service.calls.append(Call(self.path, dict(self.headers), body, time.monotonic()))
            self.close_connection = True
            with suppress(BrokenPipeError, ConnectionResetError):  # who asked has hung up
                self.tell(service.next(self.path))

        def tell(self, told: Told) -> None:
            if told.drip == "headers":
                self.dripped(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 10_000, told.pause)
            self.send_response(told.status)
            for name, value in told.headers:
                self.send_header(name, value() if callable(value) else value)
            if told.status != 204:
                self.send_header("Content-Length", str(told.announced if told.announced is not None else len(told.body)))
            self.end_headers()
            if told.drip == "silence":
                service.over.wait(30)
            elif told.drip == "body":
                self.dripped(told.body, told.pause)
            else:
                self.wfile.write(told.body)

        def dripped(self, content: bytes, pause: float) -> None:
            for byte in content:
                if service.over.wait(pause):
                    return
                self.wfile.write(bytes([byte]))
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the library
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a handshake that was refused

    server = Server(("127.0.0.1", 0), Handler)
    if secure:
        server.socket = secure.wrap_socket(server.socket, server_side=True)
    service.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
