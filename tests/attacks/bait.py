"""What an attack may be after: a secret in files and in the environment, and doors on the network that stay unused."""

from __future__ import annotations

import os
import secrets
import selectors
import socket
import threading
from collections.abc import Iterable
from pathlib import Path

VARIABLE = "ATTACKED_SECRET"


class Bait:
    """A secret token, the files that hold it, and listeners on TCP, UDP and an abstract Unix socket."""

    def __init__(self, files: Iterable[Path], ports: Iterable[int]) -> None:
        self.token = f"bait-{secrets.token_hex(8)}"
        self.abstract = f"door-{secrets.token_hex(8)}"  # the Unix socket's name, without its NUL
        self.files = tuple(files)
        self.visits: list[str] = []
        for file in self.files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.token)
        os.environ[VARIABLE] = self.token
        self._doors = selectors.DefaultSelector()
        self.port = self._open(ports)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        for key in list(self._doors.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._doors.close()
        os.environ.pop(VARIABLE, None)

    def touched(self) -> list[str]:
        """Files that are not as they were, and visits since the last call."""
        found, self.visits = self.visits, []
        changed = [str(file) for file in self.files if not file.is_file() or file.read_text() != self.token]
        return [*found, *(f"{file} was changed" for file in changed)]

    def _open(self, ports: Iterable[int]) -> int:
        for port in ports:
            try:
                tcp = socket.create_server(("127.0.0.1", port))
            except OSError:
                continue
            udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            udp.bind(("127.0.0.1", port))
            unix = socket.socket(socket.AF_UNIX)
            unix.bind(f"\0{self.abstract}")
            unix.listen()
            for name, door in (("TCP", tcp), ("UDP", udp), ("a Unix socket", unix)):
                door.setblocking(False)
                self._doors.register(door, selectors.EVENT_READ, name)
            return port
        raise RuntimeError("no free port for the bait")

    def _watch(self) -> None:
        while not self._ended.is_set():
            for key, _ in self._doors.select(0.2):
                door: socket.socket = key.fileobj  # type: ignore[assignment]
                if key.data == "UDP":
                    door.recv(65536)
                else:
                    door.accept()[0].close()
                self.visits.append(f"a visit by {key.data}")
