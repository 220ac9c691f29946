"""Scanners for tests: one that only speaks clamd's protocol, and a real clamd with one signature
of our own (its official knowledge is neither here nor needed)."""

from __future__ import annotations

import shutil
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence_store.scanning import Clamd, ScannerDown

MARK = b"ASESOR-8807-UJI-VIRUS"
NAME = "Asesor.Uji.UNOFFICIAL"
REAL = shutil.which("clamd") or shutil.which("/usr/sbin/clamd")


class Pretended(socketserver.ThreadingTCPServer):
    """Speaks the protocol and knows one mark. It is no scanner."""

    allow_reuse_address = True
    daemon_threads = True
    answers: str | None = None  # what it says instead

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)

    @property
    def url(self) -> str:
        return f"clamd://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    server: Pretended

    def handle(self) -> None:
        question = b""
        while not question.endswith(b"\0"):
            question += self.rfile.read(1)
        answer = "ClamAV 1.4.6/uji"
        if question == b"zINSTREAM\0":
            data = b""
            while size := int.from_bytes(self.rfile.read(4), "big"):
                data += self.rfile.read(size)
            answer = f"stream: {NAME} FOUND" if MARK in data else "stream: OK"
        if self.server.answers is not None:
            answer = self.server.answers
        if answer:
            self.wfile.write(answer.encode() + b"\0")


@contextmanager
def pretended() -> Iterator[Pretended]:
    with Pretended() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def real(folder: Path) -> Iterator[str]:
    """A running clamd; its address."""
    knowledge = folder / "db"
    knowledge.mkdir()
    (knowledge / "uji.ndb").write_text(f"Asesor.Uji:0:*:{MARK.hex()}\n")
    socket = folder / "clamd.ctl"
    (folder / "clamd.conf").write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {knowledge}\nForeground yes\n"
        f"StreamMaxLength 30M\nLogFile {folder}/clamd.log\n"
    )
    process = subprocess.Popen(
        [str(REAL), "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not _answers(Clamd(str(socket))):
            assert process.poll() is None, (folder / "clamd.log").read_text()
            assert time.monotonic() < until, "clamd does not answer"
            time.sleep(0.1)
        yield f"clamd://{socket}"
    finally:
        process.terminate()
        process.wait(30)


def _answers(scanner: Any) -> bool:
    try:
        return bool(scanner.version())
    except ScannerDown:
        return False
