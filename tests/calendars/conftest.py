"""A small site that answers as badly as sites on the Internet do, over real connections."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from connectdo.calendars.connecting import Network

# The one machine that the tests take for a public one, and names that lead to it and elsewhere.
PUBLIC = "127.0.0.1"
NAMES = {
    "calendar.example": [PUBLIC],
    "other.example": [PUBLIC],
    "private.example": ["10.0.0.1"],
    "here.example": ["127.0.0.2"],
    "both.example": [PUBLIC, "169.254.169.254"],
    "nowhere.example": [],
}
Answering = Callable[["Answer"], None]


class Site(ThreadingHTTPServer):
    """Answers each path as `paths` says, and keeps what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((PUBLIC, 0), Answer)
        self.paths: dict[str, Answering] = {}
        self.asked: list[tuple[str, str]] = []
        self.closing = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """A visitor who leaves in the middle is what these tests are about."""

    def url(self, path: str, host: str = "calendar.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.server_port}{path}"

    def network(
        self, trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context
    ) -> Network:
        return Network(
            resolve=lambda host, port: NAMES.get(host) or resolved_as_it_stands(host),
            is_public=lambda address: address == PUBLIC,
            ports=frozenset({self.server_port}),
            trusted=trusted,
        )


def resolved_as_it_stands(host: str) -> list[str]:
    """An address in digits is itself; a name that nobody has is not found."""
    if host in NAMES:
        return []
    if host.replace(".", "").isdigit() or ":" in host:
        return [host]
    raise OSError(f"Name or service not known: {host}")


class Answer(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append((self.headers["Host"], self.path))
        self.server.paths[self.path](self)

    def say(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """A whole answer with its length."""
        self.begin(status, **{"Content_Length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, status: int = 200, **headers: str) -> None:
        """The head of an answer alone."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for calendar.example and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not here to make a certificate")
    folder = tmp_path_factory.mktemp("certificate")
    made, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=calendar.example", "-addext", "subjectAltName=DNS:calendar.example",
            "-keyout", key, "-out", made,
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return made, key


@pytest.fixture
def secure_site(certificate: tuple[Path, Path]) -> Iterator[Site]:
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    site.start()
    yield site
    site.stop()
