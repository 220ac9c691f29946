"""Is every job done, and none again once its end was written, whatever dies on the way?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.jobs.models import Job, JobState
from assessor.jobs.queries import count_jobs
from assessor.jobs.queue import (
    FAULT,
    LEASE,
    VANISHED,
    GivenUp,
    Kind,
    LostLease,
    NotNeeded,
    Postponed,
    claim,
    complete,
    drop,
    enqueue,
    forget_old,
    revive,
    work_on,
)
from assessor.jobs.running import Runner, know, run_due
from assessor.journal.work import write
from tests.assessor.journal.rows import RowMade
from tests.conftest import StandingClock


class Killed(BaseException):
    """The process dies here: nothing after it happens."""


def put(session, clock, *, kind="trial", run_at=None, **payload):
    with write(session, SYSTEM, clock) as work:
        return enqueue(work, kind=kind, payload=payload, run_at=run_at)


def state(session, job_id):
    session.rollback()
    return session.get_one(Job, job_id)


def trial(run, **more):
    return Kind(name="trial", run=run, **more)


def nothing(*_):
    """A job that goes well."""


def raising(error):
    def run(*_):
        raise error

    return run


def test_an_act_that_fails_leaves_no_job(session, clock):
    with pytest.raises(ZeroDivisionError), write(session, SYSTEM, clock) as work:
        enqueue(work, kind="trial", payload={})
        raise ZeroDivisionError
    assert claim(session, clock) is None


def test_a_job_is_done_once(session, clock):
    job_id = put(session, clock, number=1)
    claimed = claim(session, clock)
    assert (claimed.id, claimed.payload, claimed.attempts) == (job_id, {"number": 1}, 1)
    assert claim(session, clock) is None, "it is in somebody's hands"
    assert work_on(session, clock, trial(nothing), claimed) is JobState.done
    clock.forward(days=20)
    assert claim(session, clock) is None


def test_jobs_come_when_they_are_due_and_in_that_order(session, clock):
    later = put(session, clock, run_at=clock() + timedelta(hours=2))
    soon = put(session, clock, run_at=clock() + timedelta(hours=1))
    assert claim(session, clock) is None
    clock.forward(hours=3)
    assert [claim(session, clock).id, claim(session, clock).id] == [soon, later]


def test_what_cannot_be_done_now_waits_longer_each_time_and_is_given_up_in_plain_sight(
    session, clock
):
    job_id = put(session, clock)
    kind = trial(raising(Postponed("away: 421")), most_attempts=4)
    waits = []
    while (claimed := claim(session, clock)) is not None:
        work_on(session, clock, kind, claimed)
        job = state(session, job_id)
        if job.state is JobState.waiting:
            waits.append(job.run_at - clock())
            clock.set(job.run_at)
    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15)]
    assert (job.state, job.problem, job.attempts) == (JobState.dead, "away: 421", 4)


@pytest.mark.parametrize(
    ("error", "ends", "problem"),
    [
        (GivenUp("refused: 550"), JobState.dead, "refused: 550"),
        (NotNeeded("nobody"), JobState.dropped, "nobody"),
        (Postponed("x" * 900), JobState.waiting, "x" * 300),
        (ValueError("kata sandi"), JobState.waiting, f"{FAULT}: ValueError"),
    ],
)
def test_how_a_job_ends_that_was_not_done(session, clock, error, ends, problem):
    job_id = put(session, clock)
    assert work_on(session, clock, trial(raising(error)), claim(session, clock)) is ends
    assert state(session, job_id).problem == problem


def test_a_worker_that_died_leaves_the_job_to_the_next_one_once(session, clock):
    job_id = put(session, clock)
    ran = []
    for _ in range(2):
        with pytest.raises(Killed):
            work_on(session, clock, trial(raising(Killed())), claim(session, clock))
        session.rollback()
        assert claim(session, clock) is None, "the lease still holds"
        clock.forward(seconds=LEASE.total_seconds())
    work_on(session, clock, trial(lambda *_: ran.append(1)), claim(session, clock))
    assert (state(session, job_id).state, state(session, job_id).problem) == (
        JobState.dead,
        VANISHED,
    )
    assert ran == []


def test_who_took_too_long_writes_no_end_over_that_of_another(session, clock):
    job_id = put(session, clock)
    slow = claim(session, clock)
    clock.forward(seconds=LEASE.total_seconds())
    quick = claim(session, clock)
    assert quick.id == slow.id == job_id
    with pytest.raises(LostLease):
        work_on(session, clock, trial(nothing), slow)
    session.rollback()
    assert work_on(session, clock, trial(nothing), quick) is JobState.done


def test_the_effect_and_the_end_can_be_one_transaction(session, clock):
    job_id = put(session, clock)

    def run(session, clock, claimed):
        with write(session, SYSTEM, clock) as work:
            work.record(RowMade(subject=claimed.id))
            complete(work.session, claimed, now=work.now)

    assert work_on(session, clock, trial(run), claim(session, clock)) is JobState.done
    assert state(session, job_id).state is JobState.done


def test_a_dead_job_can_be_revived_or_dropped(session, clock):
    first, second = put(session, clock), put(session, clock)
    for _ in range(2):
        work_on(session, clock, trial(raising(GivenUp("no"))), claim(session, clock))
    with write(session, SYSTEM, clock) as work:
        revive(work, session.get_one(Job, first))
        drop(work, session.get_one(Job, second))
    assert claim(session, clock).id == first
    assert count_jobs(session)[JobState.dropped] == 1


def test_what_ended_long_ago_is_forgotten_but_what_failed_is_not(session, clock):
    done, dead = put(session, clock), put(session, clock)
    for each in (nothing, raising(GivenUp("no"))):
        work_on(session, clock, trial(each), claim(session, clock))
    clock.forward(days=31)
    assert forget_old(session, clock) == 1
    left = session.scalars(select(Job.id)).all()
    assert len(left) == 1
    assert set(left) < {done, dead}


def test_a_kind_nobody_knows_waits_for_a_version_that_does(session, clock):
    job_id = put(session, clock, kind="from-the-future")
    assert run_due(session, clock) == 1
    assert state(session, job_id).state is JobState.waiting


def test_a_runner_goes_on_after_a_round_that_failed_and_stops_when_told(monkeypatch):
    monkeypatch.setattr("assessor.jobs.running.PAUSE", 0)
    rounds, enough = [], Event()

    def work(_stop):
        rounds.append(1)
        if len(rounds) == 1:
            raise ZeroDivisionError
        enough.set()
        return 0

    runner = Runner(work)
    runner.start()
    assert enough.wait(20)
    runner.stop(within=20)
    count = len(rounds)
    assert count >= 2
    assert not runner._thread.is_alive()


# what may happen to a worker at each job: it goes well, the process dies before, in the middle
# (the effect is there, the end not written) or after the end was written, or it has to wait
HAPPENS = st.sampled_from(["well", "well", "before", "middle", "after", "later"])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(1, 5), st.lists(HAPPENS, max_size=40))
def test_no_job_is_lost_and_none_runs_again_after_its_end(app, session, clock, count, story):
    """Workers die at random places. Each job ends: done, or dead where everybody sees it. Its
    effect happens at most once more than a worker vanished over it, and never after the end."""
    jobs = {put(session, clock) for _ in range(count)}
    effects = dict.fromkeys(jobs, 0)
    ended: set[str] = set()
    vanished = dict.fromkeys(jobs, 0)
    fates = iter([*story, *["well"] * 200])

    def one(claimed, fate):
        def run(*_):
            assert claimed.id not in ended, "it ran after its end was written"
            if fate == "before":
                raise Killed
            effects[claimed.id] += 1
            if fate == "middle":
                raise Killed
            if fate == "later":
                raise Postponed("later")

        ends = work_on(session, clock, trial(run, most_attempts=99), claimed)
        if ends is not JobState.waiting:
            ended.add(claimed.id)
        if fate == "after":
            raise Killed

    for _ in range(400):
        claimed = claim(session, clock)
        if claimed is None:
            if len(ended) == count:
                break
            clock.forward(minutes=11)
            continue
        fate = next(fates)
        try:
            one(claimed, fate)
        except Killed:
            session.rollback()
            if claimed.id not in ended:
                vanished[claimed.id] += 1
    session.rollback()
    found = {job.id: job for job in session.scalars(select(Job).where(Job.id.in_(jobs)))}
    assert set(found) == jobs, "none is lost"
    assert {job.state for job in found.values()} <= {JobState.done, JobState.dead}
    assert ended == jobs
    for job in found.values():
        assert vanished[job.id] <= 2
        assert (job.state is JobState.dead) == (vanished[job.id] == 2)
        if job.state is JobState.done:
            assert effects[job.id] >= 1


@pytest.fixture
def many(engine, tmp_path, clock):
    """An engine on which several connections work at once: on SQLite a file of its own."""
    if engine.dialect.name != "sqlite":
        yield engine
        return
    own = create_engine(f"sqlite:///{tmp_path / 'jobs.db'}")
    prepare_engine(own)
    upgrade(own)
    yield own
    own.dispose()


def test_many_workers_at_once_take_each_job_once(many, clock: StandingClock):
    with Session(many, autoflush=False) as session:
        jobs = {put(session, clock) for _ in range(24)}
    ready, done = Barrier(4), []

    def worker():
        with Session(many, autoflush=False) as session:
            ready.wait(30)
            while (claimed := claim(session, clock)) is not None:
                work_on(session, clock, trial(lambda *_: done.append(claimed.id)), claimed)

    with ThreadPoolExecutor(4) as pool:
        for each in [pool.submit(worker) for _ in range(4)]:
            each.result(60)
    assert sorted(done) == sorted(jobs)
    know(trial(nothing))
