"""What does the store cost over a bare loop, and do large uploads stay flat in memory?"""

import base64
import hashlib
import io
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path

from evidence_store.local import LocalStore
from tests import builders
from tests.bench.figures import Line
from tests.bench.server import Browser, browsers, memory_mb, served
from tests.bench.world import World, environment

INTAKE = ((100, 5_000_000), (2_000, 200_000))
CLIENTS, MEGABYTES = 10, 200
PORTION = 4 * 1024 * 1024
AIM = "≥ 0.6"


def measure(world: World) -> Iterator[Line]:
    """Both."""
    for count, size in INTAKE:
        yield _intake(world.settings.instance, count, size)
    yield _large_uploads(world)


def _intake(folder: Path, count: int, size: int) -> Line:
    """The same bytes, in turns, so that a slow moment of the disk meets both."""
    base = secrets.token_bytes(size - 8)
    store = LocalStore(folder / f"store-{size}")
    bare = folder / f"bare-{size}"
    bare.mkdir()
    spent = {"store": 0.0, "bare": 0.0}
    for start in range(0, count, max(1, count // 10)):
        part = [
            number.to_bytes(8, "big") + base
            for number in range(start, min(count, start + max(1, count // 10)))
        ]
        spent["bare"] += _time(part, lambda data: _write(bare, data))
        spent["store"] += _time(
            part, lambda data: store.keep(store.stage(io.BytesIO(data), limit=size))
        )
    speeds = {name: count * size / 1e6 / seconds for name, seconds in spent.items()}
    return Line(
        f"intake of {count:,} × {size / 1e6:g} MB into the store",
        f"{speeds['store']:.0f} MB/s",
        f"read, hash, write, fsync: {speeds['bare']:.0f} MB/s",
        f"{speeds['store'] / speeds['bare']:.2f}",
        AIM,
    )


def _time(part: Sequence[bytes], work: Callable[[bytes], object]) -> float:
    start = time.perf_counter()
    for data in part:
        work(data)
    return time.perf_counter() - start


def _write(folder: Path, data: bytes) -> None:
    """What nobody can do without: read in portions, hash, write, sync."""
    source, hashed = io.BytesIO(data), hashlib.sha256()
    with (folder / secrets.token_hex(8)).open("wb") as file:
        while chunk := source.read(256 * 1024):
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _large_uploads(world: World) -> Line:
    environ = environment(world.settings.instance) | {
        "ASSESSOR_UPLOAD_LIMIT_MB": str(MEGABYTES),
        "ASSESSOR_DATABASE_URL": world.settings.database_url,
    }
    with (
        served("assessor.app.wsgi:app", environ) as (port, master, _),
        browsers(port, CLIENTS) as people,
    ):
        for each in people:
            each.sign_in(world.user_name, builders.PASSWORD)
        _send(world, people[0], 1)
        before, most, stop = max(memory_mb(master)), [0.0], threading.Event()

        def watch() -> None:
            while not stop.wait(0.2):
                most[0] = max(most[0], *memory_mb(master))

        watcher = threading.Thread(target=watch)
        senders = [threading.Thread(target=_send, args=(world, each, MEGABYTES)) for each in people]
        watcher.start()
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        stop.set()
        watcher.join()
    return Line(
        f"memory of a worker while {CLIENTS} clients upload {MEGABYTES} MB each",
        f"at most {max(most[0], before):.0f} MB",
        f"before: {before:.0f} MB",
        f"{max(most[0], before) / before:.2f}",
        "flat",
    )


def _send(world: World, browser: Browser, megabytes: int) -> None:
    """All but the last byte, part by part: what is looked into afterwards is another figure."""
    from assessor.evidence.declaration import CURRENT

    size, portion = megabytes * 1_000_000, secrets.token_bytes(PORTION)
    said = {"filename": "besar.pdf", "kind": "document", "declaration": CURRENT}
    headers = {
        "Tus-Resumable": "1.0.0",
        "X-CSRFToken": browser.token,
        "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
    }
    told = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in said.items())
    connection = HTTPConnection("127.0.0.1", browser.connection.port, timeout=120)
    place = _asked(
        connection, "POST", f"/auditees/{world.auditee_id}/evidence/uploads", b"",
        headers | {"Upload-Length": str(size), "Upload-Metadata": told}, wanted=201,
    )  # fmt: skip
    for offset in range(0, size - 1, PORTION):
        body = portion[: min(PORTION, size - 1 - offset)]
        _asked(
            connection, "PATCH", place, body,
            headers
            | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"},
            wanted=204,
        )  # fmt: skip
    _asked(connection, "DELETE", place, b"", headers, wanted=204)
    connection.close()


def _asked(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: bytes,
    headers: dict[str, str],
    *,
    wanted: int,
) -> str:
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != wanted:
        message = f"{method} {path} was answered {answer.status}: {content[:200]!r}"
        raise RuntimeError(message)
    return answer.getheader("Location") or ""
