"""Does a virus scanner know this file? Asked of clamd, in its own protocol.

    clamd://host:3310   or   clamd:///run/clamav/clamd.ctl

A scanner that does not answer, or answers anything but yes or no, has said nothing: `ScannerDown`.
Who asks must take that for a file that was not scanned.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from evidence_store.contract import CHUNK

_PORT = 3310
_SECONDS = 60
_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (.{1,200}) FOUND", re.DOTALL)


class ScannerDown(Exception):
    """Nothing was said of the file."""


class WrongScanner(ValueError):
    """The address names no scanner."""


class Scanner(Protocol):
    """Says what it knows a file to be."""

    def scan(self, stream: BinaryIO) -> str | None:
        """The name of what was found, None for a clean file. Raises ScannerDown."""

    def version(self) -> str:
        """What it is, and of which day its knowledge. Raises ScannerDown."""


def scanner_from_url(url: str) -> "Clamd | None":
    """The scanner that an address names; None when there is no address."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or _PORT
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme != "clamd" or bool(parts.hostname) == bool(parts.path.strip("/")):
        message = f"{url!r} is no scanner: write clamd://host:3310 or clamd:///path/to/socket."
        raise WrongScanner(message)
    return Clamd((parts.hostname, port) if parts.hostname else parts.path)


class Clamd:
    """A running clamd, on this machine or another."""

    def __init__(self, place: tuple[str, int] | str, *, seconds: float = _SECONDS) -> None:
        self._place, self._seconds = place, seconds

    def scan(self, stream: BinaryIO) -> str | None:
        """Send the file in portions; what is found is named by clamd's own word."""
        with self._asked(b"zINSTREAM\0") as line:
            while chunk := stream.read(CHUNK):
                line.sendall(len(chunk).to_bytes(4, "big") + chunk)
            line.sendall(bytes(4))
            answer = _answer(line)
        if answer == "stream: OK":
            return None
        found = _FOUND.fullmatch(answer)
        if found is None:
            message = f"The scanner answers {answer[:200]!r}."
            raise ScannerDown(message)
        return found[1]

    def version(self) -> str:
        """As clamd tells it."""
        with self._asked(b"zVERSION\0") as line:
            return _answer(line)

    @contextmanager
    def _asked(self, question: bytes) -> Iterator[socket.socket]:
        family = socket.AF_UNIX if isinstance(self._place, str) else socket.AF_INET
        try:
            if family == socket.AF_INET:
                line = socket.create_connection(self._place, self._seconds)  # type: ignore[arg-type]
            else:
                line = socket.socket(family, socket.SOCK_STREAM)
                line.settimeout(self._seconds)
        except OSError as error:
            raise ScannerDown(str(error)) from error
        with line:
            try:
                if family == socket.AF_UNIX:
                    line.connect(self._place)
                line.sendall(question)
                yield line
            except OSError as error:
                raise ScannerDown(str(error)) from error


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        part = line.recv(_LONGEST_ANSWER)
        if not part:
            message = "The scanner hung up."
            raise ScannerDown(message)
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace")
