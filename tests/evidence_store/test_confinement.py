"""The process that opens foreign files can do little, and whatever it does ends in a verdict."""

import io
import json
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import evidence_corpus as corpus
import pytest

from evidence_store import child, confinement
from evidence_store.confinement import Bounds, ChildFailed, Failure, ask_child
from evidence_store.inspection import Limits, Reason, inspect

ROOT = Path(__file__).resolve().parents[2]
ONE_SECOND = Bounds(seconds=1, memory_mb=256, answer_mb=1)

Impostor = Callable[[str], Path]


@pytest.fixture
def impostor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Impostor:
    """Puts another program in the place of the child; returns a file to ask it about."""

    python = sys.executable

    def replace_by(program: str) -> Path:
        script = tmp_path / "impostor"
        lines = textwrap.dedent(program)
        start = f"#!{python}\nimport json, os, sys, time\nout = sys.stdout.buffer\n"
        script.write_text(start + lines)
        script.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(script))
        path = tmp_path / "staged"
        path.write_bytes(corpus.jpeg())
        return path

    return replace_by


HOSTILE = {
    "sleeps": ("time.sleep(60)", Failure.SLOW),
    "answers and sleeps": ("os.write(1, b'x'); os.close(1); time.sleep(60)", Failure.SLOW),
    "talks without end": ("while True: out.write(bytes(100_000))", Failure.CRASHED),
    "fails": ("sys.exit(1)", Failure.CRASHED),
    "kills itself": ("os.kill(os.getpid(), 9)", Failure.CRASHED),
    "says nothing": ("pass", Failure.CRASHED),
    "breaks off": ("out.write((99).to_bytes(8, 'big') + b'half')", Failure.CRASHED),
    "breaks off in a length": ("out.write(b'abc')", Failure.CRASHED),
    "has no memory": ("sys.exit(3)", Failure.MEMORY),
    "has no time": ("os.kill(os.getpid(), 24)", Failure.SLOW),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_child_that_gives_no_answer_is_named(what: str, impostor: Impostor) -> None:
    program, failure = HOSTILE[what]
    started = time.monotonic()
    with pytest.raises(ChildFailed) as failed:
        ask_child("examine", impostor(program), options={}, bounds=ONE_SECOND)
    assert failed.value.failure is failure
    assert time.monotonic() - started < 8


NOTHING: dict[str, object] = {
    "media_type": None,
    "width": None,
    "height": None,
    "pages": None,
    "notes": [],
}


@pytest.mark.parametrize(
    "answer",
    [
        b"no json",
        b"\xff\xfe",
        b"[]",
        b"{}",
        json.dumps({**NOTHING, "accepted": True, "reason": None, "media_type": 7}).encode(),
        json.dumps({**NOTHING, "accepted": True, "reason": None, "width": "1"}).encode(),
        json.dumps({**NOTHING, "accepted": False, "reason": "because"}).encode(),
        json.dumps({**NOTHING, "accepted": False, "reason": None}).encode(),
        json.dumps({**NOTHING, "accepted": True, "reason": "animated"}).encode(),
        json.dumps({**NOTHING, "accepted": "yes", "reason": None}).encode(),
    ],
)
def test_a_child_that_talks_nonsense_gives_a_refusal(answer: bytes, impostor: Impostor) -> None:
    path = impostor(f"out.write(({len(answer)}).to_bytes(8, 'big') + {answer!r})")
    verdict = inspect(path, name="a.jpg", limits=Limits(10_000, seconds=5))
    assert (verdict.accepted, verdict.reason) == (False, Reason.DAMAGED)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("time.sleep(60)", Reason.TOO_SLOW),
        ("os.kill(os.getpid(), 11)", Reason.DAMAGED),
        ("sys.exit(3)", Reason.TOO_MANY_PIXELS),
    ],
)
def test_a_child_that_dies_gives_a_verdict(
    program: str, reason: Reason, impostor: Impostor
) -> None:
    verdict = inspect(impostor(program), name="a.jpg", limits=Limits(10_000, seconds=1))
    assert (verdict.accepted, verdict.reason) == (False, reason)
    assert verdict.media_type == "image/jpeg"


def test_the_child_gets_no_environment_and_no_descriptor_but_three(
    impostor: Impostor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_SECRET_KEY", "a secret")
    path = impostor(
        """
        found = json.dumps([dict(os.environ), sorted(os.listdir('/proc/self/fd')), os.getcwd()])
        out.write(len(found).to_bytes(8, 'big') + found.encode())
        """
    )
    with path.open("rb"):
        (answer,) = ask_child("examine", path, options={}, bounds=ONE_SECOND)
    environment, descriptors, folder = json.loads(answer)
    assert set(environment) <= {"PYTHONPATH", "LC_CTYPE"}
    assert len(descriptors) == 4  # input, output, errors, and the listing itself
    assert folder == "/"


def confined(program: str, *, seconds: int = 1) -> subprocess.CompletedProcess[str]:
    start = (
        "import os, sys\nfrom evidence_store.child import confine\n"
        f"confine(seconds={seconds}, memory_mb=200)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", start + textwrap.dedent(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("bytearray(300 << 20)", "MemoryError"),
        ("[os.open('/', os.O_RDONLY) for _ in range(100)]", "Too many open files"),
        ("os.write(os.open(sys.argv[0], os.O_RDONLY), b'x')", "Error"),
    ],
)
def test_a_confined_process_is_refused_what_it_does_not_need(program: str, error: str) -> None:
    done = confined(program)
    assert done.returncode == 1
    assert error in done.stderr


def test_a_confined_process_writes_no_file(tmp_path: Path) -> None:
    target = tmp_path / "written"
    done = confined(f"os.write(os.open({str(target)!r}, os.O_CREAT | os.O_WRONLY), b'x')")
    assert "File too large" in done.stderr
    assert target.read_bytes() == b""


def test_a_confined_process_that_computes_on_is_ended_with_the_reason() -> None:
    assert confined("while True: pass").returncode == -signal.SIGXCPU


def test_every_limit_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    child.confine(seconds=7, memory_mb=3)
    assert limits == {
        resource.RLIMIT_CPU: (7, 8),
        resource.RLIMIT_AS: (3 << 20, 3 << 20),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_NOFILE: (32, 32),
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }


@pytest.fixture
def unconfined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "confine", lambda **_: None)


def order(media_type: str, **options: object) -> str:
    limits = {"max_bytes": 1}
    return json.dumps(
        {
            "seconds": 1,
            "memory_mb": 1,
            "options": {"media_type": media_type, "limits": limits, **options},
        }
    )


# A document is never asked for the facts of a photograph.
ASKED = [
    (task, media_type)
    for task in ("examine", "view", "facts")
    for media_type in corpus.MAKERS
    if (task, media_type) != ("facts", "application/pdf")
]


@pytest.mark.usefixtures("unconfined")
@pytest.mark.parametrize(("task", "media_type"), ASKED)
def test_the_child_answers_in_parts_with_their_length(task: str, media_type: str) -> None:
    answer = io.BytesIO()
    sizes = {"max_side": 64, "thumb_side": 32, "max_pages": 5}
    arguments = [task, order(media_type, **sizes)]
    assert child.main(arguments, io.BytesIO(corpus.MAKERS[media_type]()), answer) == 0
    parts = confinement._parts(answer.getvalue())
    pages = 2 if media_type == "application/pdf" else 1
    assert len(parts) == (2 + pages if task == "view" else 1)


@pytest.mark.usefixtures("unconfined")
def test_the_child_says_when_its_memory_does_not_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(data: bytes, options: object) -> Iterator[bytes]:
        raise MemoryError

    monkeypatch.setattr(child, "TASKS", {"examine": exhaust})
    status = child.main(["examine", order("image/png")], io.BytesIO(), io.BytesIO())
    assert status == child.MEMORY_EXHAUSTED


def test_no_more_children_run_at_once_than_there_are_places(
    impostor: Impostor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(confinement, "_places", threading.BoundedSemaphore(2))
    running = tmp_path / "running"
    running.mkdir()
    path = impostor(
        f"""
        mine = os.path.join({str(running)!r}, str(os.getpid()))
        open(mine, "w").close()
        time.sleep(0.1)
        seen = str(len(os.listdir({str(running)!r}))).encode()
        os.unlink(mine)
        out.write(len(seen).to_bytes(8, "big") + seen)
        """
    )
    seen: list[int] = []

    def ask() -> None:
        bounds = Bounds(seconds=10, memory_mb=256, answer_mb=1)
        seen.append(int(ask_child("examine", path, options={}, bounds=bounds)[0]))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 6
    assert max(seen) <= 2


def running_and_open() -> tuple[str, int]:
    children = "".join(path.read_text() for path in Path("/proc/self/task").glob("*/children"))
    return children, len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture(autouse=True)
def nothing_is_left_running_or_open() -> Iterator[None]:
    before = running_and_open()
    yield
    assert running_and_open() == before


def test_the_package_needs_neither_flask_nor_a_database() -> None:
    program = textwrap.dedent(
        """
        import sys
        import evidence_store.store, evidence_store.inspection, evidence_store.derivatives
        import evidence_store.keeping
        ours = {"flask", "werkzeug", "sqlalchemy", "assessor", "standards", "checklists"}
        outside = {"PIL", "pypdfium2"}  # what opens foreign files is not even loaded here
        print(sorted((ours | outside) & set(sys.modules)))
        import evidence_store.pictures, evidence_store.documents
        print(sorted(ours & set(sys.modules)))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n[]\n"
