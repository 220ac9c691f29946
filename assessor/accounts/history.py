"""What happened to an account lately, as the journal tells it?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.accounts.acts import ACCOUNT_ACTS
from assessor.accounts.models import Person
from assessor.journal.models import JournalEntry
from assessor.sentences import Sentence

MOST = 12


@dataclass(frozen=True)
class Happened:
    """One act: what, when, by whom (None: the installation, or nobody who was signed in)."""

    what: Sentence
    act: str
    at: datetime
    by: str | None
    by_owner: bool


def account_history(session: Session, person_id: str, *, most: int = MOST) -> list[Happened]:
    """The last acts about an account, the newest first: one query."""
    rows = session.execute(
        select(JournalEntry.act, JournalEntry.at, JournalEntry.actor_id, Person.name)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(JournalEntry.subject_id == person_id, JournalEntry.act.in_(list(ACCOUNT_ACTS)))
        .order_by(JournalEntry.seq.desc())
        .limit(most)
    )
    return [
        Happened(ACCOUNT_ACTS[row.act], row.act, row.at, row.name, row.actor_id == person_id)
        for row in rows
    ]
