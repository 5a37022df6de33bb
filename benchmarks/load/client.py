"""Asking for a page without waiting for the last one: a connection for each, as a proxy does."""

import asyncio
import gzip
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.load.people import Browser

SECONDS_TO_WAIT = 30.0


@dataclass(frozen=True)
class Answer:
    """A page as it came; `head` is the status line and the headers."""

    status: int
    head: str
    text: str


async def ask(
    port: int, path: str, browser: Browser | None = None, form: dict[str, str] | None = None
) -> Answer:
    """The answer to one request, a POST where there is a form. Raises OSError, TimeoutError or
    EOFError where no whole answer came."""
    async with asyncio.timeout(SECONDS_TO_WAIT):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(_request(port, path, browser, form))
            came = await reader.read(-1)
        finally:
            writer.close()
    return _read(came)


def _request(port: int, path: str, browser: Browser | None, form: dict[str, str] | None) -> bytes:
    lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += ["Accept-Encoding: gzip", "User-Agent: Benchmark", "Connection: close"]
    if browser:
        lines.append(f"Cookie: session={browser.cookie}")
    body = ""
    if form is not None:
        body = urlencode({**form, "csrf_token": browser.token if browser else ""})
        lines += ["Content-Type: application/x-www-form-urlencoded"]
        lines += [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", body]).encode()


def _read(came: bytes) -> Answer:
    head, _, body = came.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").lower()
    if f"content-length: {len(body)}" not in lines:
        raise EOFError("The answer was cut short.")
    text = gzip.decompress(body) if "content-encoding: gzip" in lines else body
    return Answer(int(lines.split(" ", 2)[1]), head.decode("latin-1"), text.decode())
