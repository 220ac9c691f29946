"""Who does the jobs? A loop that any process can run, as many of them as there are.

Within `assessor serve` each process has one, so that a process that is started anew brings its
worker along and nothing else has to be watched. `assessor jobs run` is the same loop alone.
"""

import logging
import threading
from collections.abc import Callable

from sqlalchemy.orm import Session

from assessor.jobs.models import JobState
from assessor.jobs.queue import Kind, LostLease, claim, forget_old, work_on
from assessor.journal.work import Clock

log = logging.getLogger("assessor.jobs")

PAUSE = 3.0  # seconds between looks

_kinds: dict[str, Kind] = {}


def know(kind: Kind) -> None:
    """Let a feature say how its jobs are done."""
    _kinds[kind.name] = kind


def run_one(session: Session, clock: Clock) -> JobState | None:
    """Do the job that is due first; how it stands now, None when none was due."""
    claimed = claim(session, clock)
    if claimed is None:
        return None
    kind = _kinds.get(claimed.kind) or Kind(name=claimed.kind, run=_unknown)
    try:
        return work_on(session, clock, kind, claimed)
    except LostLease:
        log.warning("job %s took longer than its lease", claimed.id)
        return JobState.waiting


def _unknown(_session: Session, _clock: Clock, claimed: object) -> None:
    """Asked for by a newer version, perhaps: it waits until that one works on it."""
    message = f"nobody knows how to do {claimed}"
    raise LookupError(message)


def run_due(session: Session, clock: Clock, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Do everything that is due; how many jobs were worked on."""
    count = 0
    while not stop() and run_one(session, clock) is not None:
        count += 1
    return count


class Runner:
    """The loop. `work` does one round and is told how to learn that it should stop."""

    def __init__(self, work: Callable[[Callable[[], bool]], int]) -> None:
        self._work = work
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def run(self) -> None:
        """Until somebody stops it. A database that is away is asked again."""
        while not self._stop.is_set():
            try:
                self._work(self._stop.is_set)
            except Exception:  # whatever it was, the next round may go well
                log.exception("a round of jobs failed")
            self._stop.wait(PAUSE)

    def start(self) -> None:
        """In a thread that does not keep the process from ending."""
        self._thread = threading.Thread(target=self.run, name="jobs", daemon=True)
        self._thread.start()

    def stop(self, *, within: float = 0) -> None:
        """Let the job at hand be finished, within so many seconds; begin no other."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(within)


def round_of_jobs(session: Session, clock: Clock, stop: Callable[[], bool]) -> int:
    """Everything that is due, then away with what ended long ago."""
    done = run_due(session, clock, stop=stop)
    if done == 0 and clock().minute == 0:
        forget_old(session, clock)
    return done
