"""A small threaded HTTP/1.1 server with connections kept alive.

Werkzeug's development server closes the connection after every response, which costs a client with a connection pool
a TCP handshake a call; and it offers no way to drop a connection on purpose.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from urllib.parse import unquote

MAX_BODY_BYTES = 64 * 1024 * 1024


@dataclass
class Request:
    """One HTTP request, read whole."""

    method: str
    target: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def path(self) -> str:
        """The path, percent-decoded, without the query."""
        return unquote(self.target.partition("?")[0])

    @property
    def query(self) -> str:
        """The query as sent, without the question mark."""
        return self.target.partition("?")[2]


@dataclass
class Response:
    """One HTTP response; ``drop`` closes the connection instead of sending it."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    drop: bool = False


class Server(ThreadingMixIn, TCPServer):
    """Serves ``handle`` on loopback; every connection has a thread of its own."""

    daemon_threads = True
    allow_reuse_address = True
    # Benchmarks open some hundred connections at once; the default of 5 makes the kernel refuse them.
    request_queue_size = 1024

    def __init__(self, port: int, handle: Callable[[Request], Response]):
        """Binds 127.0.0.1:``port``; 0 takes a free one, then in ``server_address``."""
        self.handle_call = handle
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request, client_address) -> None:  # noqa: ANN001 (signature of the standard library)
        """A client that hung up is no error; anything else goes to stderr as usual."""
        import sys

        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Reads requests of one connection in turn and hands them to the server's function."""

    protocol_version = "HTTP/1.1"
    # Headers and body leave in one segment each time; waiting for acknowledgements would add 40 ms a call.
    disable_nagle_algorithm = True
    rbufsize = 64 * 1024
    server: Server

    def _serve(self) -> None:
        body = self._read_body()
        if body is None:
            self.close_connection = True
            self._send(Response(413))
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        response = self.server.handle_call(Request(self.command, self.path, headers, body))
        if response.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._send(response)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = _serve

    def _read_body(self) -> bytes | None:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(length) if length <= MAX_BODY_BYTES else None

    def _read_chunks(self) -> bytes | None:
        chunks, total = [], 0
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            total += size
            if total > MAX_BODY_BYTES:
                return None
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(chunks)

    def _send(self, response: Response) -> None:
        head = [f"HTTP/1.1 {response.status} {self.responses.get(response.status, ('Unknown',))[0]}"]
        names = set()
        for name, value in response.headers:
            names.add(name.lower())
            head.append(f"{name}: {value}")
        if "content-length" not in names and response.status not in (204, 304):
            head.append(f"Content-Length: {len(response.body)}")
        if "date" not in names:
            head.append(f"Date: {self.date_time_string()}")
        if self.close_connection:
            head.append("Connection: close")
        payload = "\r\n".join(head).encode("latin-1") + b"\r\n\r\n"
        if self.command != "HEAD":
            payload += response.body
        self.wfile.write(payload)

    def log_message(self, format: str, *args) -> None:  # noqa: A002, ANN002 (signature of the standard library)
        """Calls are in the call log; the standard library's access log only costs time."""
