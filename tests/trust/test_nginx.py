"""What is promised of nginx in front of the site, by the file in deploy/."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.trust.proxy import NAME, Nginx
from tests.trust.site import say, wait_until

# Two workers have eight threads each, and do not share visitors evenly.
SLOW_VISITORS = 60
SECONDS_TO_BE_FROZEN = 3.0
HALF_A_FORM = (
    f"POST /sign-in HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=slow"
).encode()


@contextmanager
def half_sent(port: int, tls: ssl.SSLContext | None = None) -> Iterator[None]:
    """Visitors who have begun to send a form, and do not go on."""
    with ExitStack() as open_ones:
        for _ in range(SLOW_VISITORS):
            visitor = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
            if tls:
                visitor = open_ones.enter_context(tls.wrap_socket(visitor))
            visitor.sendall(HALF_A_FORM)
        yield


def ask(connection: http.client.HTTPConnection) -> int:
    try:
        connection.request("GET", "/help-now", headers={"Host": NAME})
        return connection.getresponse().status
    finally:
        connection.close()


def test_half_sent_forms_freeze_a_bare_site_and_none_behind_nginx(nginx: Nginx) -> None:
    bare = nginx.site.port
    wait_until(lambda: nginx.get("/help-now")[0].status == 200)

    with half_sent(bare), pytest.raises(TimeoutError):
        ask(http.client.HTTPConnection("127.0.0.1", bare, timeout=SECONDS_TO_BE_FROZEN))
    wait_until(lambda: nginx.site.get("/help-now")[0] == 200)
    tls = ssl.create_default_context(cafile=str(nginx.folder / "certificate"))
    tls.check_hostname = False
    with half_sent(nginx.port, tls):
        answers = [ask(nginx.connect()) for _ in range(10)]
    say(f"== {SLOW_VISITORS} half-sent forms: a bare site is frozen, behind nginx {answers}")

    assert answers == [200] * 10


def test_nginx_leads_to_https_names_requests_and_writes_down_no_address(nginx: Nginx) -> None:
    plain = http.client.HTTPConnection("127.0.0.1", nginx.plain, timeout=60)
    plain.request("GET", "/search?q=choir", headers={"Host": NAME})
    led = plain.getresponse()
    plain.close()
    found, _ = nginx.get("/search?q=zqxheron")
    named = found.headers["X-Request-ID"]
    nginx.site.kill_all()
    away, words = nginx.get("/search?q=zqxheron")

    assert led.status == 301
    assert led.headers["Location"] == f"https://{NAME}/search?q=choir"
    assert len(named) == 32
    assert (away.status, away.headers["Retry-After"]) == (503, "30")
    assert "116 123" in words
    assert "zqxheron" not in "".join(each.read_text() for each in nginx.folder.glob("*.log"))
