"""How is a foreign file opened without trusting it?

Whatever parses the content runs in a process of its own, one for each file, with limits on
processor time, memory, open files and written bytes, and with no environment. It reads the file
from its standard input and answers on its standard output. If it dies, hangs or talks too much,
the caller gets a `ChildFailed` and nothing else happens.
"""

import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from signal import SIGXCPU
from typing import IO, Any

from evidence_store.child import LENGTH, MEMORY_EXHAUSTED

_HOME = Path(__file__).resolve().parent.parent
_PORTION = 1 << 16

# More children than processors only make each of them slower, and each may take its full memory.
_places = threading.BoundedSemaphore(os.cpu_count() or 1)


class Failure(StrEnum):
    """How a child came to its end without an answer."""

    SLOW = "slow"
    MEMORY = "memory"
    CRASHED = "crashed"


class ChildFailed(Exception):
    """The child gave no answer."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


@dataclass(frozen=True)
class Bounds:
    """What one child may use. `seconds` is processor time; the clock gets twice as long."""

    seconds: int
    memory_mb: int
    answer_mb: int


def ask_child(task: str, path: Path, *, options: Mapping[str, Any], bounds: Bounds) -> list[bytes]:
    """Run one task of `evidence_store.child` on the file and return the parts of its answer."""
    order = {"options": dict(options), "seconds": bounds.seconds, "memory_mb": bounds.memory_mb}
    command = [sys.executable, "-P", "-s", "-m", "evidence_store.child", task, json.dumps(order)]
    with (
        _places,
        path.open("rb") as content,
        subprocess.Popen(
            command,
            stdin=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PYTHONPATH": str(_HOME)},
        ) as child,
    ):
        assert child.stdout is not None  # noqa: S101  a pipe was asked for
        try:
            deadline = time.monotonic() + 2 * bounds.seconds
            answer = _read(child.stdout, deadline=deadline, limit=bounds.answer_mb << 20)
            status = child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise ChildFailed(Failure.SLOW) from None
        finally:
            child.kill()
    _check(status)
    return _parts(answer)


def _read(pipe: IO[bytes], *, deadline: float, limit: int) -> bytes:
    portions: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - time.monotonic())):
            portion = os.read(pipe.fileno(), _PORTION)
            if not portion:
                return b"".join(portions)
            size += len(portion)
            if size > limit:
                raise ChildFailed(Failure.CRASHED)
            portions.append(portion)
    raise ChildFailed(Failure.SLOW)


def _check(status: int) -> None:
    if status == -SIGXCPU:
        raise ChildFailed(Failure.SLOW)
    if status == MEMORY_EXHAUSTED:
        raise ChildFailed(Failure.MEMORY)
    if status != 0:
        raise ChildFailed(Failure.CRASHED)


def _parts(answer: bytes) -> list[bytes]:
    parts, position = [], 0
    while position < len(answer):
        start = position + LENGTH
        position = start + int.from_bytes(answer[position:start], "big")
        parts.append(answer[start:position])
    if position != len(answer) or not parts:
        raise ChildFailed(Failure.CRASHED)
    return parts
