"""How does a change, its journal entry and all that follows from it become one transaction?

    with write(session, actor, clock) as work:
        ...                                   # change rows
        work.record(SomethingHappened(...))   # one entry: the event and what it changed

Leaving the block commits once. An error, or a change of a protected table without an event,
leaves nothing behind.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.database.base import new_id
from assessor.database.engine import taking_the_write_lock
from assessor.journal import chain
from assessor.journal.capture import CHANGES, WORK, Texts, UnjournalledChange, coded, take_changes
from assessor.journal.events import Event
from assessor.journal.models import JournalEntry, JournalHead, JournalText
from standards.canonical import canonical_json

Clock: TypeAlias = Callable[[], datetime]
Handler: TypeAlias = Callable[["Work", Any], None]

# Indonesia's three times have no summer time
HOURS_AHEAD = {"WIB": 7, "WITA": 8, "WIT": 9}

_handlers: dict[type[Event], list[Handler]] = {}


def subscribe(kind: type[Event], handler: Handler) -> None:
    """Let a higher feature act on an event of a lower one, in the same transaction."""
    handlers = _handlers.setdefault(kind, [])
    if handler not in handlers:
        handlers.append(handler)


# built once: every write needs it
_HEAD = (
    select(JournalHead.seq, JournalHead.hash, JournalHead.frontier)
    .where(JournalHead.id == 1)
    .with_for_update()
)


class Work:
    """An open unit of work. `session`, `actor` and `now` are for the services inside."""

    def __init__(self, session: Session, actor: Actor, clock: Clock) -> None:
        self.session = session
        self.actor = actor
        self.finished = False  # the one commit may come
        self.undone = False  # somebody rolled the session back inside the block
        self._entries: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []
        self._seq, self._hash, self._frontier = self._take_head()
        self.now = clock()  # after the wait, so that times follow the numbers

    def new_id(self) -> str:
        """A new random id, for a row that others will name before it is flushed."""
        return new_id()

    def today(self, zone: str) -> date:
        """The day it is now in WIB, WITA or WIT."""
        return (self.now + timedelta(hours=HOURS_AHEAD[zone])).date()

    def lock(self) -> int:
        """The next number. The journal's head is this work's own since it was opened, so that
        what is read inside stays so until the commit, on both engines."""
        return self._seq + 1

    def _take_head(self) -> tuple[int, str, tuple[bytes, ...]]:
        head = self.session.execute(_HEAD).one_or_none()
        if head is None:
            message = "the journal has no head; run: assessor db upgrade"
            raise UnjournalledChange(message)
        return head.seq, head.hash, chain.frontier_from_text(head.frontier)

    def record(self, happened: Event, *, why: str = "") -> int:
        """Write one entry with everything changed since the last one; its number comes back."""
        self._refuse_if_undone()
        self.session.flush()
        seq = self.lock()
        texts = Texts()
        changes = [change.document(texts) for change in take_changes(self.session)]
        body = canonical_json(
            {
                "v": 1,
                "seq": seq,
                "at": coded(self.now),
                "actor": self.actor.person_id,
                "as": [held.coded for held in self.actor.held],
                "act": happened.act,
                "subject": happened.subject,
                "auditee": happened.auditee,
                "values": {key: coded(value) for key, value in happened.values().items()},
                "changes": changes,
                "why": texts.put(why) if why else None,
            }
        )
        entry = chain.entry_hash(self._hash, body)
        self._entries.append(
            {
                "seq": seq,
                "at": self.now,
                "actor_id": self.actor.person_id,
                "act": happened.act,
                "subject_id": happened.subject,
                "auditee_id": happened.auditee,
                "body": body.decode(),
                "previous": self._hash,
                "hash": entry,
            }
        )
        self._texts.extend(
            {"seq": seq, "digest": key, "salt": texts.salt, "words": words}
            for key, words in texts.words.items()
        )
        self._frontier = chain.advance(self._frontier, self._seq, entry)
        self._seq, self._hash = seq, entry
        for kind in type(happened).__mro__:
            for handler in _handlers.get(kind, ()):
                handler(self, happened)
        return seq

    def finish(self) -> None:
        """Write the entries and move the head. Raises UnjournalledChange."""
        self._refuse_if_undone()
        self.session.flush()
        if self.session.info.get(CHANGES):
            tables = sorted({change.table for change in self.session.info[CHANGES]})
            message = f"changed without an event: {', '.join(tables)}"
            raise UnjournalledChange(message)
        self.finished = True
        if not self._entries:
            return
        connection = self.session.connection()
        connection.execute(JournalEntry.__table__.insert(), self._entries)  # type: ignore[attr-defined]
        if self._texts:
            connection.execute(JournalText.__table__.insert(), self._texts)  # type: ignore[attr-defined]
        connection.execute(
            update(JournalHead.__table__)  # type: ignore[arg-type]
            .where(JournalHead.id == 1)
            .values(
                seq=self._seq,
                hash=self._hash,
                frontier=chain.frontier_to_text(self._frontier),
            )
        )

    def _refuse_if_undone(self) -> None:
        if self.undone:
            message = "the session was rolled back inside write(); the changes are gone"
            raise UnjournalledChange(message)


@contextmanager
def write(session: Session, actor: Actor, clock: Clock) -> Iterator[Work]:
    """Open the one write transaction of a request: ends the finished read, takes the journal's
    head, commits at the end. Raises NestedWrite inside another one."""
    with taking_the_write_lock():
        session.rollback()
        session.info.pop(CHANGES, None)
        try:
            work = Work(session, actor, clock)
            session.info[WORK] = work
            yield work
            work.finish()
            session.commit()
        except BaseException:
            session.info.pop(WORK, None)
            session.rollback()
            raise
        finally:
            session.info.pop(WORK, None)
            session.info.pop(CHANGES, None)
