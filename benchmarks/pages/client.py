"""A plain visitor: one connection that is kept, one page after another, nothing but sockets.

The usual libraries take a good part of the time that a bare page does, and both run here.
"""

import gzip
import socket
from dataclasses import dataclass
from types import TracebackType

AGENT = "Accept: text/html\r\nAccept-Encoding: gzip\r\nUser-Agent: benchmark\r\n"


@dataclass(frozen=True)
class Answer:
    """A page as it came: the status, the headers (names in lower case) and the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def text(self) -> bytes:
        """The body unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body


class Visitor:
    """Somebody who comes with `with` and keeps the connection until it is over."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def get(self, address: str) -> Answer:
        """The answer to one request. A connection that was closed meanwhile is opened again."""
        request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{AGENT}\r\n".encode()
        if self._socket is not None:
            try:
                return self._ask(self._socket, request)
            except (BrokenPipeError, ConnectionResetError, EOFError):
                self._socket.close()
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._ask(self._socket, request)

    def _ask(self, connection: socket.socket, request: bytes) -> Answer:
        connection.sendall(request)
        came = b""
        while b"\r\n\r\n" not in came:
            came += _more(connection)
        head, _, body = came.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.split(": ", 1) for line in lines)
        headers = {name.lower(): value for name, value in pairs}
        length = int(headers["content-length"])
        while len(body) < length:
            body += _more(connection)
        return Answer(int(status.split(" ")[1]), headers, body)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        if self._socket is not None:
            self._socket.close()


def _more(connection: socket.socket) -> bytes:
    came = connection.recv(1 << 16)
    if not came:
        raise EOFError
    return came
