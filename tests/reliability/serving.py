"""A real gunicorn with two workers, whose workers can be killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.bench.server import free_port

ROOT = Path(__file__).parents[2]
# Preloaded: a new worker is there at once, so that kills can follow each other closely.
OPTIONS = [
    "--workers",
    "2",
    "--worker-class",
    "gthread",
    "--threads",
    "4",
    "--preload",
    "--no-control-socket",
    "--log-level",
    "critical",
    "--graceful-timeout",
    "5",
    "--timeout",
    "120",
]


class Server:
    """The running one."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self._process = process

    def workers(self) -> list[int]:
        master = self._process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return [int(each) for each in children]

    def kill(self, chance: random.Random, *, everyone: bool = False) -> None:
        """Kill a worker, or all of them, without warning."""
        while not (alive := self.workers()):
            time.sleep(0.005)
        for each in alive if everyone else [chance.choice(alive)]:
            os.kill(each, signal.SIGKILL)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[Server]:
    """Serve the tests' application until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *OPTIONS,
         "tests.reliability.wsgi:app"],
        cwd=ROOT,
        env={**os.environ, **environment},
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not _is_up(port):
            assert process.poll() is None, "the server did not start"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.02)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _is_up(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
