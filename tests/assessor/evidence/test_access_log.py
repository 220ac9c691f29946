"""Is it known who opened what, and would a change of that log be noticed?"""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assessor.access.actor import NOBODY, SYSTEM
from assessor.evidence.access_log import (
    ORIGINAL,
    SETTLED_AFTER,
    access_digest,
    altered_stretches,
    checkpoint_access_log,
    last_stretch,
    note_access,
    page_form,
)
from assessor.evidence.models import EvidenceAccess
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted
from evidence_store.store import LocalStore
from tests.assessor.evidence.world import ACTORS, NOW, give
from tests.evidence_store import evidence_corpus as corpus

MINUTE = timedelta(minutes=1)


def at(minutes: int) -> datetime:
    return NOW + minutes * MINUTE


@pytest.fixture
def evidence(world: Session, store: LocalStore) -> str:
    return give(world, store, corpus.jpeg()).evidence_id


def note(session: Session, evidence_id: str, minute: int, form: str = ORIGINAL) -> None:
    note_access(session, ACTORS["assessor"], lambda: at(minute), evidence_id=evidence_id, form=form)


def checkpoint(session: Session, minute: int) -> int | None:
    return checkpoint_access_log(session, SYSTEM, lambda: at(minute))


def test_each_reading_is_written_down(world: Session, evidence: str) -> None:
    note(world, evidence, 0, page_form(2))
    row = world.scalars(select(EvidenceAccess)).one()
    assert (row.evidence_id, row.person_id, row.form, row.at) == (
        evidence,
        "p-assessor",
        "page-2",
        at(0),
    )


def test_somebody_unknown_reads_nothing(world: Session, evidence: str) -> None:
    with pytest.raises(NotPermitted):
        note_access(world, NOBODY, lambda: at(0), evidence_id=evidence, form=ORIGINAL)


@pytest.mark.parametrize(
    "statement", ["UPDATE evidence_access SET form = 'x'", "DELETE FROM evidence_access"]
)
def test_the_database_keeps_the_log(statement: str, world: Session, evidence: str) -> None:
    note(world, evidence, 0)
    with pytest.raises(DBAPIError, match="append-only"):
        world.execute(text(statement))
    world.rollback()


def test_the_journal_gets_the_digest_of_what_is_new(world: Session, evidence: str) -> None:
    note(world, evidence, 0)
    note(world, evidence, 1)
    seq = checkpoint(world, 10)
    first = last_stretch(world)
    assert first is not None
    assert (first.seq, first.since, first.digested.count) == (seq, None, 2)
    assert first.until == at(10) - SETTLED_AFTER
    note(world, evidence, 11)
    checkpoint(world, 20)
    second = last_stretch(world)
    assert second is not None
    assert (second.since, second.digested.count) == (first.until, 1)
    assert list(altered_stretches(world)) == []
    assert list(verify(world)) == []


def test_nothing_new_makes_no_entry(world: Session, evidence: str) -> None:
    assert checkpoint(world, 10) is None
    note(world, evidence, 11)
    assert checkpoint(world, 20) is not None
    assert checkpoint(world, 30) is None


def test_what_is_too_young_waits_for_the_next_time(world: Session, evidence: str) -> None:
    note(world, evidence, 0)
    assert checkpoint(world, 0) is None
    assert checkpoint(world, 2) is not None


def test_the_order_of_writing_does_not_matter(world: Session, evidence: str) -> None:
    for minute in (3, 1, 2, 1):
        note(world, evidence, minute)
    digested = access_digest(world, after=at(0), until=at(3))
    assert digested.count == 4
    assert digested == access_digest(world, after=None, until=at(60))
    assert access_digest(world, after=at(1), until=at(3)).count == 2


def _without_protection(session: Session, statement: str) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER keep_evidence_access_update"))
        session.execute(text("DROP TRIGGER keep_evidence_access_delete"))
    else:
        session.execute(text("ALTER TABLE evidence_access DISABLE TRIGGER USER"))
    session.execute(text(statement))
    session.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM evidence_access WHERE form = 'page-1'",
        "UPDATE evidence_access SET person_id = 'p-coach' WHERE form = 'page-1'",
        "UPDATE evidence_access SET form = 'page-9' WHERE form = 'page-1'",
        "INSERT INTO evidence_access (id, evidence_id, person_id, form, at) "
        "SELECT 'zz', evidence_id, person_id, form, at FROM evidence_access",
    ],
)
def test_whoever_owns_the_database_is_found_out(
    statement: str, world: Session, evidence: str
) -> None:
    note(world, evidence, 0, page_form(1))
    checkpoint(world, 5)
    note(world, evidence, 6)
    later = checkpoint(world, 10)
    note(world, evidence, 11)
    _without_protection(world, statement.replace("FROM evidence_access", _only_first(statement)))
    altered = [stretch.seq for stretch in altered_stretches(world)]
    assert len(altered) == 1
    assert altered[0] != later


def _only_first(statement: str) -> str:
    table = "FROM evidence_access"
    return f"{table} WHERE form = 'page-1'" if statement.startswith("INSERT") else table
