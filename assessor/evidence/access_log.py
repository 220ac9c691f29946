"""Who opened which piece, in which form, and can that log be altered unnoticed?

Each reading is one row, written in a small transaction of its own: readers never wait for the
journal. From time to time the digest of the new rows goes into the journal, whose own checkpoints
are signed and leave the house.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.database.base import new_id
from assessor.database.engine import taking_the_write_lock
from assessor.evidence.events import AccessCheckpointed
from assessor.evidence.models import EvidenceAccess
from assessor.journal.capture import coded
from assessor.journal.models import JournalEntry
from assessor.journal.work import Clock, write
from assessor.sentences import NotPermitted, Sentence
from standards.canonical import canonical_json

ORIGINAL = "original"

# A row gets its time just before it is written; clocks of several machines differ a little.
# What is younger than this waits for the next checkpoint.
SETTLED_AFTER = timedelta(minutes=1)
_SUBJECT = "evidence_access"


def page_form(number: int) -> str:
    """How the log names the copy of one page."""
    return f"page-{number}"


def note_access(
    session: Session, actor: Actor, clock: Clock, *, evidence_id: str, form: str
) -> None:
    """Write down that somebody opens a piece. Call it before anything is handed over: what
    cannot be noted is not shown. Ends the session's read transaction."""
    if actor.person_id is None:
        raise NotPermitted(Sentence("Masuk dulu untuk membuka bukti."))
    session.rollback()
    with taking_the_write_lock():
        try:
            session.connection()  # the lock first, then the time
            session.add(
                EvidenceAccess(
                    id=new_id(),
                    evidence_id=evidence_id,
                    person_id=actor.person_id,
                    form=form,
                    at=clock(),
                )
            )
            session.commit()
        except BaseException:
            session.rollback()
            raise


@dataclass(frozen=True)
class Digested:
    """How many readings a stretch of time holds, and their digest."""

    count: int
    digest: str


def access_digest(session: Session, *, after: datetime | None, until: datetime) -> Digested:
    """The digest of all readings after one moment, up to and with another."""
    statement = (
        select(EvidenceAccess)
        .where(EvidenceAccess.at <= until)
        .order_by(EvidenceAccess.at)
        .execution_options(yield_per=1000)
    )
    if after is not None:
        statement = statement.where(EvidenceAccess.at > after)
    hashed, count = hashlib.sha256(), 0
    # Ids within one moment are put in order here: engines differ in how they sort text.
    for _, same_moment in groupby(session.scalars(statement), key=lambda row: row.at):
        for row in sorted(same_moment, key=lambda row: row.id):
            facts = [row.id, row.evidence_id, row.person_id, row.form, coded(row.at)]
            hashed.update(canonical_json(facts) + b"\n")
            count += 1
    return Digested(count, hashed.hexdigest())


@dataclass(frozen=True)
class Stretch:
    """What one checkpoint of the log says."""

    seq: int
    since: datetime | None
    until: datetime
    digested: Digested


def _stretch(entry: JournalEntry) -> Stretch:
    values = json.loads(entry.body)["values"]
    since = values["since"]
    return Stretch(
        seq=entry.seq,
        since=None if since is None else datetime.fromisoformat(since),
        until=datetime.fromisoformat(values["until"]),
        digested=Digested(int(values["count"]), str(values["digest"])),
    )


def last_stretch(session: Session) -> Stretch | None:
    """The latest checkpoint of the log."""
    entry = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.act == AccessCheckpointed.act)
        .order_by(JournalEntry.seq.desc())
        .limit(1)
    ).first()
    return None if entry is None else _stretch(entry)


def checkpoint_access_log(session: Session, actor: Actor, clock: Clock) -> int | None:
    """Put the digest of the readings since the last time into the journal. The number of the
    entry comes back, or None when there was nothing new or another process was quicker."""
    before = last_stretch(session)
    since = None if before is None else before.until
    until = clock() - SETTLED_AFTER
    found = access_digest(session, after=since, until=until)
    if found.count == 0:
        return None
    with write(session, actor, clock) as work:
        if last_stretch(session) != before:
            return None
        return work.record(
            AccessCheckpointed(
                subject=_SUBJECT,
                since=since,
                until=until,
                count=found.count,
                digest=found.digest,
            )
        )


def altered_stretches(session: Session) -> Iterator[Stretch]:
    """Every checkpoint whose readings are no longer those that were there."""
    entries = session.scalars(
        select(JournalEntry)
        .where(JournalEntry.act == AccessCheckpointed.act)
        .order_by(JournalEntry.seq)
    ).all()
    for stretch in map(_stretch, entries):
        found = access_digest(session, after=stretch.since, until=stretch.until)
        if found != stretch.digested:
            yield stretch
