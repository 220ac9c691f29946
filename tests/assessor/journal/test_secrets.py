"""Does the hash of a password stay where it is, and nowhere else?"""

from __future__ import annotations

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from assessor.journal.models import JournalEntry, JournalText
from assessor.journal.verify import verify
from tests import builders
from tests.conftest import StandingClock


def test_no_copy_of_a_password_hash_is_kept(session: Session, clock: StandingClock) -> None:
    kept = builders.make_person(session, clock).password_hash
    assert kept.startswith("$argon2")
    assert not any("$argon2" in each for each in session.scalars(select(JournalText.words)))
    assert not any("$argon2" in each for each in session.scalars(select(JournalEntry.body)))
    assert list(verify(session)) == []


def test_a_password_hash_put_there_by_hand_is_found(
    session: Session, engine: Engine, clock: StandingClock
) -> None:
    person = builders.make_person(session, clock)
    other = builders.make_person(session, clock, password="perahu-layar-senja-88")
    values = {"hash": other.password_hash, "id": person.id}
    session.rollback()
    with engine.begin() as connection:
        connection.execute(text("UPDATE person SET password_hash = :hash WHERE id = :id"), values)
    assert [fault.where for fault in verify(session)] == [f"person/{values['id']}/password_hash"]
