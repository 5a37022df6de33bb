"""A connection to a public machine that is given up after a time, however slowly it answers.

The name is looked up once, every address it has must be public, and it is one of these very
addresses that is connected to: a name that means another machine a moment later gains nothing.
"""

import io
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from connectdo.calendars.addresses import ALLOWED_PORTS, Address, BadAddress, is_public

# Of several addresses one may be out of reach; the next is tried after so many seconds.
SECONDS_FOR_ONE = 8.0


def ip_addresses(host: str, port: int) -> list[str]:
    """The system's answer: every IP address of a name, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True)
class Network:
    """What a fetch takes the world to be: how names are looked up (an IP address for each),
    which addresses are public, which ports are asked, and whose certificates are trusted."""

    resolve: Callable[[str, int], list[str]] = ip_addresses
    is_public: Callable[[str], bool] = is_public
    ports: frozenset[int] = ALLOWED_PORTS
    trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context


INTERNET = Network()


class Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self.ends = monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises TimeoutError where there are none."""
        left = self.ends - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@contextmanager
def connected(address: Address, network: Network, deadline: Deadline) -> Iterator["TimedSocket"]:
    """An open connection, encrypted for https. Raises BadAddress and OSError."""
    plain = _connect(_public(address, network, deadline), address.port, deadline)
    with plain:
        plain.settimeout(deadline.left())
        if address.scheme == "http":
            yield TimedSocket(plain, deadline)
            return
        with network.trusted().wrap_socket(plain, server_hostname=address.host) as secure:
            yield TimedSocket(secure, deadline)


class TimedSocket:
    """As much of a socket as `http.client` needs, every read and write of it within the time."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self.connection, self.deadline = connection, deadline

    def sendall(self, data: bytes) -> None:
        self.connection.settimeout(self.deadline.left())
        self.connection.sendall(data)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self.connection, self.deadline))

    def close(self) -> None:
        """Whoever opened the connection closes it, when all has been read."""


class _TimedReader(io.RawIOBase):
    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self.connection, self.deadline = connection, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.connection.settimeout(self.deadline.left())
        return self.connection.recv_into(buffer)


def _public(address: Address, network: Network, deadline: Deadline) -> list[str]:
    """Every IP address of a host. Raises BadAddress unless all are public, and OSError."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(network.resolve(address.host, address.port))
        except OSError as error:
            answers.put(error)
        except UnicodeError as error:
            answers.put(OSError(str(error)))

    # The system's own look-up has no time limit.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=deadline.left())
    except queue.Empty as error:
        raise TimeoutError from error
    if isinstance(found, OSError):
        raise found
    if not found or not all(network.is_public(each) for each in found):
        raise BadAddress("The address leads into a private network. Give one that is public.")
    return found


def _connect(addresses: list[str], port: int, deadline: Deadline) -> socket.socket:
    *others, last = addresses
    for each in others:
        with suppress(OSError):
            return socket.create_connection(
                (each, port), timeout=min(SECONDS_FOR_ONE, deadline.left())
            )
    return socket.create_connection((last, port), timeout=deadline.left())
