"""Every change has its entry, or nothing is kept; writers stand in one line."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.auditees.models import Entity
from assessor.database.engine import NestedWrite, prepare_engine
from assessor.database.migrate import upgrade
from assessor.journal.capture import UnjournalledChange
from assessor.journal.checkpoints import make_checkpoint
from assessor.journal.models import JournalEntry, JournalHead
from assessor.journal.verify import verify
from assessor.journal.work import subscribe, write
from tests.assessor.journal.rows import RowMade


def entity(name="Yayasan") -> Entity:
    return Entity(name=name, legal_form="yayasan")


def kept(session) -> int:
    session.rollback()
    count = session.scalar(select(func.count()).select_from(Entity))
    session.rollback()
    return count


def entries(session) -> int:
    session.rollback()
    seq = session.scalar(select(JournalHead.seq))
    session.rollback()
    return seq


def test_a_change_outside_of_write_is_refused(session):
    session.add(entity())
    with pytest.raises(UnjournalledChange):
        session.commit()
    assert kept(session) == 0


def test_a_change_without_an_event_is_refused_and_leaves_nothing(session, clock):
    with pytest.raises(UnjournalledChange, match="entity"), write(session, SYSTEM, clock) as work:
        session.add(entity())
        work.record(RowMade(subject="x"))
        session.add(entity("Yang lain"))
    assert (kept(session), entries(session)) == (0, 0)


def test_a_change_after_the_last_event_is_refused_even_if_it_was_flushed(session, clock):
    with pytest.raises(UnjournalledChange), write(session, SYSTEM, clock) as work:
        work.record(RowMade(subject="x"))
        session.add(entity())
        session.flush()
    assert (kept(session), entries(session)) == (0, 0)


def test_an_error_in_the_middle_leaves_nothing(session, clock):
    with pytest.raises(ZeroDivisionError), write(session, SYSTEM, clock) as work:
        session.add(entity())
        work.record(RowMade(subject="x"))
        raise ZeroDivisionError
    assert (kept(session), entries(session)) == (0, 0)
    with write(session, SYSTEM, clock) as work:
        session.add(entity())
        work.record(RowMade(subject="x"))
    assert (kept(session), entries(session)) == (1, 1)
    assert list(verify(session)) == []


def test_a_write_inside_a_write_is_refused_and_undoes_nothing_in_silence(session, clock):
    with pytest.raises(NestedWrite), write(session, SYSTEM, clock) as work:
        session.add(entity())
        with write(session, SYSTEM, clock):
            pass
        work.record(RowMade(subject="x"))
    assert (kept(session), entries(session)) == (0, 0)


def test_a_checkpoint_inside_a_write_is_refused(session, clock, signer):
    with pytest.raises(NestedWrite), write(session, SYSTEM, clock):
        make_checkpoint(session, signer, clock)


def test_another_session_cannot_change_rows_beside_the_work(engine, session, clock):
    with Session(engine, autoflush=False) as other, write(session, SYSTEM, clock):
        other.add(entity())
        with pytest.raises(UnjournalledChange):
            other.flush()
        other.expunge_all()
    assert kept(session) == 0


@pytest.mark.parametrize("how", ["commit", "begin_nested", "rollback"])
def test_the_work_commits_once_at_its_end(how, session, clock):
    with pytest.raises(UnjournalledChange), write(session, SYSTEM, clock) as work:
        session.add(entity())
        work.record(RowMade(subject="x"))
        getattr(session, how)()
        work.record(RowMade(subject="y"))
    assert (kept(session), entries(session)) == (0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        insert(Entity).values(id="x", name="x", legal_form="x"),
        update(Entity).values(name="x"),
        delete(Entity),
        insert(Entity.__table__).values(id="x", name="x", legal_form="x"),
        update(Entity.__table__).values(name="x"),
        delete(Entity.__table__),
    ],
)
def test_changing_many_rows_at_once_is_refused(statement, session, clock):
    with pytest.raises(UnjournalledChange), write(session, SYSTEM, clock):
        session.execute(statement)


def test_a_key_never_changes(session, clock):
    row = entity()
    with write(session, SYSTEM, clock) as work:
        session.add(row)
        work.record(RowMade(subject="x"))
    with pytest.raises(UnjournalledChange, match="key"), write(session, SYSTEM, clock) as work:
        row.id = "lain"
        work.record(RowMade(subject="x"))
    assert list(verify(session)) == []


def test_what_follows_from_an_event_is_in_the_same_transaction(session, clock):
    def follow(work, happened):
        if happened.subject == "follow":
            work.session.add(entity("Mengikuti"))
            work.record(RowMade(subject="followed"))
        if happened.subject == "fail":
            raise ZeroDivisionError

    subscribe(RowMade, follow)
    with write(session, SYSTEM, clock) as work:
        work.record(RowMade(subject="follow"))
    assert (kept(session), entries(session)) == (1, 2)
    with pytest.raises(ZeroDivisionError), write(session, SYSTEM, clock) as work:
        session.add(entity())
        work.record(RowMade(subject="fail"))
    assert (kept(session), entries(session)) == (1, 2)
    assert list(verify(session)) == []


def test_a_work_that_changes_nothing_writes_nothing(session, clock):
    with write(session, SYSTEM, clock):
        pass
    assert entries(session) == 0


def test_changes_of_an_earlier_work_are_never_told_again(session, clock):
    row = entity()
    with write(session, SYSTEM, clock) as work:
        session.add(row)
        work.record(RowMade(subject="x"))
    with write(session, SYSTEM, clock) as work:
        row.name = "Nama baru"
        work.record(RowMade(subject="y"))
        work.record(RowMade(subject="z"))
    bodies = session.scalars(select(JournalEntry.body).order_by(JournalEntry.seq)).all()
    assert ['"~"' in each for each in bodies] == [False, True, False]
    assert list(verify(session)) == []


# --- two writers at once ---


@pytest.fixture
def shared_engine(engine, tmp_path):
    """A database that several connections share, on both engines."""
    if engine.dialect.name == "postgresql":
        made = create_engine(engine.url, pool_size=12)
    else:
        made = create_engine(f"sqlite:///{tmp_path / 'shared.db'}")
    prepare_engine(made)
    upgrade(made)
    yield made
    made.dispose()
    with engine.begin() as connection:  # so that the next test starts from a fresh copy
        connection.execute(text("SELECT 1"))


def test_many_writers_at_once_never_fork_the_chain(engine, shared_engine):
    writers, each = 6, 15
    start = threading.Barrier(writers)
    errors: list[BaseException] = []

    def clock() -> datetime:
        return datetime.now(UTC)

    def writer(number: int) -> None:
        try:
            start.wait()
            with Session(shared_engine, autoflush=False) as session:
                for turn in range(each):
                    with write(session, SYSTEM, clock) as work:
                        # a read that decides, as services do: nobody may come between
                        count = session.scalar(select(func.count()).select_from(Entity))
                        session.add(entity(f"nomor {count}"))
                        work.record(RowMade(subject=f"{number}-{turn}"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Session(shared_engine) as session:
        assert list(verify(session)) == []
        seqs = session.scalars(select(JournalEntry.seq).order_by(JournalEntry.seq)).all()
        assert seqs == list(range(1, writers * each + 1))
        names = set(session.scalars(select(Entity.name)))
        assert names == {f"nomor {number}" for number in range(writers * each)}
        times = session.scalars(select(JournalEntry.at).order_by(JournalEntry.seq)).all()
        assert times == sorted(times)


def test_verify_is_right_while_others_write(shared_engine):
    stop = threading.Event()
    errors: list[BaseException] = []

    def clock() -> datetime:
        return datetime.now(UTC)

    def writer() -> None:
        try:
            with Session(shared_engine, autoflush=False) as session:
                while not stop.is_set():
                    with write(session, SYSTEM, clock) as work:
                        session.add(entity())
                        work.record(RowMade(subject="x"), why="alasan")
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=writer)
    thread.start()
    try:
        found = []
        with Session(shared_engine) as session:
            until = datetime.now(UTC) + timedelta(seconds=1.5)
            while datetime.now(UTC) < until:
                found += [str(each) for each in verify(session)]
                session.rollback()
    finally:
        stop.set()
        thread.join()
    assert errors == []
    assert found == []
