"""The network between a browser and the site, which a test can cut."""

import socket
import threading
from contextlib import suppress

A_PIECE = 65_536


class Wire:
    """Passes on what comes to a port of its own, until it is cut."""

    def __init__(self, to_port: int) -> None:
        self.to_port, self.is_cut = to_port, False
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        self.open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """From now on nothing comes through, nor what was on its way."""
        self.is_cut = True
        for each in self.open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        self.listening.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listening.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.to_port))
                self.open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(A_PIECE):
            other.sendall(piece)
    for each in (one, other):
        with suppress(OSError):
            each.close()
