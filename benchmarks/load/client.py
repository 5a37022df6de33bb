"""Asking for a page without waiting for the last one, over as many connections as that needs."""

import asyncio
import gzip
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.load.people import Browser

SECONDS_TO_WAIT = 30.0
LENGTH = re.compile(r"content-length: (\d+)", re.IGNORECASE)


class Unused(EOFError):
    """The server had ended a connection before it was used again."""


@dataclass(frozen=True)
class Answer:
    """A page as it came; `head` is the status line and the headers."""

    status: int
    head: str
    text: str


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Client:
    """Connections to one port, kept for the next request as a proxy keeps them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._idle: list[Line] = []

    async def ask(
        self, path: str, browser: Browser | None = None, form: dict[str, str] | None = None
    ) -> Answer:
        """The answer to one request, a POST where there is a form. Raises OSError, TimeoutError or
        EOFError where no whole answer came."""
        request = _request(self.port, path, browser, form)
        async with asyncio.timeout(SECONDS_TO_WAIT):
            while self._idle:
                try:
                    return await self._answer(self._idle.pop(), request)
                except (Unused, ConnectionResetError):
                    continue
            return await self._answer(
                await asyncio.open_connection("127.0.0.1", self.port), request
            )

    async def _answer(self, line: Line, request: bytes) -> Answer:
        reader, writer = line
        try:
            writer.write(request)
            answer = await _read(reader)
        except BaseException:
            writer.close()
            raise
        self._idle.append(line)
        return answer


def _request(port: int, path: str, browser: Browser | None, form: dict[str, str] | None) -> bytes:
    lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += ["Accept-Encoding: gzip", "User-Agent: Benchmark"]
    if browser:
        lines.append(f"Cookie: session={browser.cookie}")
    body = ""
    if form is not None:
        body = urlencode({**form, "csrf_token": browser.token if browser else ""})
        lines += ["Content-Type: application/x-www-form-urlencoded"]
        lines += [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", body]).encode()


async def _read(reader: asyncio.StreamReader) -> Answer:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        raise (EOFError if error.partial else Unused)("The answer was cut short.") from error
    lines = head.decode("latin-1")
    told = LENGTH.search(lines)
    body = await reader.readexactly(int(told[1])) if told else b""
    text = gzip.decompress(body) if "content-encoding: gzip" in lines.lower() else body
    return Answer(int(lines.split(" ", 2)[1]), lines, text.decode())
