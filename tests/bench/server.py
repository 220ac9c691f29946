"""How are the product and its yardstick asked over HTTP? Two real gunicorn workers each."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.figures import Times

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    application: str, environ: dict[str, str], *, workers: int = 2
) -> Iterator[tuple[int, int, float]]:
    """Serve an application as production does; gives port, process id and seconds to be up."""
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            str(workers),
            "--worker-class",
            "gthread",
            "--threads",
            "4",
            "--no-control-socket",
            "--keep-alive",
            "60",
            "--log-level",
            "error",
            application,
        ],
        cwd=ROOT,
        env={**os.environ, **environ},
    )
    try:
        for _ in range(600):
            try:
                with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                    connection.request("GET", "/health")
                    if connection.getresponse().status == 200:
                        break
            except OSError:
                time.sleep(0.02)
        yield port, process.pid, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait(timeout=20)


class Browser:
    """One client on one kept connection, with cookies and the page's token."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def close(self) -> None:
        self.connection.close()

    def ask(
        self, method: str, path: str, *, body: bytes | None = None, kind: str = ""
    ) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if kind:
            headers |= {
                "Content-Type": kind,
                "X-CSRFToken": self.token,
                "Accept": "application/json",
            }
        self.connection.request(method, path, body=body, headers=headers)
        response = self.connection.getresponse()
        content = response.read()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return response.status, content

    def take_token(self, path: str) -> None:
        _, content = self.ask("GET", path)
        found = re.search(rb'name="csrf_token" value="([^"]+)"', content)
        if found is None:
            message = f"no token on {path}"
            raise RuntimeError(message)
        self.token = found.group(1).decode()

    def sign_in(self, user_name: str, password: str) -> None:
        self.take_token("/sign-in")
        form = {"csrf_token": self.token, "user_name": user_name, "password": password}
        status, _ = self.ask(
            "POST",
            "/sign-in",
            body=urlencode(form).encode(),
            kind="application/x-www-form-urlencoded",
        )
        if status not in {302, 303}:
            message = f"signing in answered {status}"
            raise RuntimeError(message)
        self.take_token("/profile")


@contextmanager
def browsers(port: int, count: int) -> Iterator[list[Browser]]:
    """So many clients, whose connections end with the block."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Browser(port))) for _ in range(count)]


def hammer(works: Sequence[Callable[[int], None]], *, each: int) -> Times:
    """Let several clients work at once; the durations of all their requests together."""

    def one(work: Callable[[int], None]) -> list[float]:
        found = []
        for number in range(each):
            start = time.perf_counter()
            work(number)
            found.append((time.perf_counter() - start) * 1000)
        return found

    with ThreadPoolExecutor(len(works)) as pool:
        return Times(tuple(value for found in pool.map(one, works) for value in found))


def memory_mb(master: int) -> list[float]:
    """Resident memory of each worker of a server."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    found = []
    for child in children:
        status = Path(f"/proc/{child}/status").read_text()
        match = re.search(r"VmRSS:\s+(\d+)", status)
        if match is not None:
            found.append(int(match.group(1)) / 1024)
    return found
