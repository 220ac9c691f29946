"""What was acknowledged is there after the process was killed, and the check can tell.

The killed writer runs in a process of its own. The same check is run over writers that are
broken on purpose: if it did not catch them, it would prove nothing.
"""

import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence_store.keeping import verify_all
from evidence_store.local import LocalStore

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15

WRITER = """
import io, os, sys, time
from pathlib import Path
from evidence_store.local import LocalStore


class Whole(LocalStore):
    pass


class WrittenInPlace(LocalStore):
    def keep(self, staged):
        place = self._place(staged.digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb", buffering=0) as file:
            for start in range(0, staged.size, 20_000):
                file.write(staged.path.read_bytes()[start : start + 20_000])
                time.sleep(0.0005)
        staged.path.unlink()
        return staged.digest


class AcknowledgedTooEarly(LocalStore):
    def keep(self, staged):
        print(staged.digest, flush=True)
        time.sleep(0.002)
        return super().keep(staged)


store = globals()[sys.argv[2]](Path(sys.argv[1]))
while True:
    data = os.urandom(int.from_bytes(os.urandom(2), "big") * 4 + 1)
    print(store.keep(store.stage(io.BytesIO(data), limit=1_000_000)), flush=True)
"""


@dataclass
class Outcome:
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    temporary: int = 0

    @property
    def sound(self) -> bool:
        return self.lost == 0 and self.half == 0


def kill_writers(folder: Path, writer: str, *, rounds: int = ROUNDS) -> Outcome:
    chance = random.Random(8807)
    outcome = Outcome()
    acknowledged: list[str] = []
    for _ in range(rounds):
        acknowledged += _one_round(folder, writer, chance.uniform(0.0, 0.05))
    store = LocalStore(folder)
    outcome.acknowledged = len(acknowledged)
    outcome.lost = len(list(verify_all(store, acknowledged)))
    outcome.half = len(list(verify_all(store, store.digests())))
    later = datetime.now(UTC) + timedelta(days=2)
    swept = store.sweep(older_than=timedelta(days=1), known=lambda _: True, now=later)
    outcome.temporary = swept.temporary
    assert list((folder / "tmp").iterdir()) == []
    return outcome


def _one_round(folder: Path, writer: str, seconds: float) -> list[str]:
    command = [sys.executable, "-c", WRITER, str(folder), writer]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        lines = [first, *process.stdout]
    # A line without its end was not received, so nothing was promised.
    return [line.strip() for line in lines if line.endswith("\n")]


def test_killed_writers_lose_nothing_and_leave_nothing_half(tmp_path: Path) -> None:
    outcome = kill_writers(tmp_path, "Whole")
    assert outcome.sound
    assert outcome.acknowledged >= ROUNDS
    assert outcome.temporary > 0  # the kills did come in the middle of the work


@pytest.mark.parametrize("broken", ["WrittenInPlace", "AcknowledgedTooEarly"])
def test_the_same_check_catches_a_broken_writer(broken: str, tmp_path: Path) -> None:
    assert not kill_writers(tmp_path, broken, rounds=6).sound


def test_a_file_is_on_the_disk_before_it_has_a_name_and_its_name_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LocalStore(tmp_path / "evidence")
    digest = store.keep_bytes(b"another file, so that all folders but its own are there")
    steps: list[str] = []
    sync, rename, mkdir = os.fsync, Path.replace, Path.mkdir

    def noted_sync(handle: int) -> None:
        steps.append("sync " + name(str(Path(f"/proc/self/fd/{handle}").readlink())))
        sync(handle)

    def noted_rename(path: Path, target: Path) -> Path:
        steps.append("name " + name(str(target)))
        return rename(path, target)

    def noted_mkdir(
        path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False
    ) -> None:
        steps.append("make " + name(str(path)))
        mkdir(path, mode, parents, exist_ok)

    def name(path: str) -> str:
        relative = os.path.relpath(path, tmp_path / "evidence")
        return "content" if relative.startswith("tmp/") else relative

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_rename)
    monkeypatch.setattr(Path, "mkdir", noted_mkdir)
    digest = store.keep_bytes(b"proof")
    first, second = digest[:2], f"{digest[:2]}/{digest[2:4]}"
    assert steps == [
        "sync content",
        f"make {first}",
        "sync .",
        f"make {second}",
        f"sync {first}",
        f"name {second}/{digest}",
        f"sync {second}",
    ]
    steps.clear()
    store.keep_bytes(b"proof")  # the folders' names are known to be there for good
    assert steps == [f"sync {second}"]
    steps.clear()
    LocalStore(tmp_path / "evidence").keep_bytes(b"proof")  # their writer may have died before
    synced = [step for step in steps if step.startswith("sync")]
    assert synced == ["sync .", f"sync {first}", f"sync {second}"]


def test_a_sweep_waits_while_an_old_orphan_is_being_kept_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = LocalStore(tmp_path)
    digest = store.keep_bytes(b"old orphan")
    place = store.path(digest)
    assert place is not None
    past = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(place, (past, past))
    day = timedelta(days=1)
    touch = os.utime
    sweeper = threading.Thread(
        target=lambda: store.sweep(older_than=day, known=lambda _: False, now=datetime.now(UTC))
    )

    def sweep_in_between(path: Path, times: tuple[float, float] | None = None) -> None:
        sweeper.start()
        sweeper.join(0.2)
        assert sweeper.is_alive()
        touch(path, times)

    monkeypatch.setattr(os, "utime", sweep_in_between)
    store.keep_bytes(b"old orphan")
    sweeper.join()
    assert store.verify(digest)
