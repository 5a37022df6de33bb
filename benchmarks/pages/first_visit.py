"""What a browser that has kept nothing moves to show a page: the page and all it asks for."""

import gzip
import re
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin

ACCEPT_ENCODING = {"Accept-Encoding": "gzip"}
SHOWN = {"stylesheet", "icon", "manifest"}


class _Asked(HTMLParser):
    """The addresses that a page asks for at once: styles, scripts, pictures and icons."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in ("img", "script"):
            self.addresses.append(said.get("src") or "")
        elif tag == "link" and SHOWN & set((said.get("rel") or "").split()):
            self.addresses.append(said.get("href") or "")


def bytes_moved(port: int, address: str) -> int:
    """The bodies of a page and of everything it asks for, each once and as it travels."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        page = _Asked()
        size, text = _body(connection, address)
        page.feed(text)
        moved = {address: size}
        waiting = [urljoin(address, each) for each in page.addresses if each]
        for each in waiting:
            if each not in moved:
                moved[each], text = _body(connection, each)
                if ".css" in each:
                    found = re.findall(r"url\([\"']?([^\"')]+)", text)
                    waiting += [urljoin(each, a) for a in found if not a.startswith("data:")]
        return sum(moved.values())
    finally:
        connection.close()


def _body(connection: HTTPConnection, address: str) -> tuple[int, str]:
    """How long a body is as it travels, and what it says where that is text."""
    connection.request("GET", address, headers=ACCEPT_ENCODING)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise OSError(f"{address} answers {answer.status}.")
    packed = answer.headers.get("Content-Encoding") == "gzip"
    text = gzip.decompress(body) if packed else body
    return len(body), text.decode("utf-8", "replace")
