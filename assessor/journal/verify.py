"""Was anything altered since it was written?

Three things are compared: the chain with itself, the protected tables with the chain replayed,
and the chain with signed checkpoints, also those that left the house. Every difference is named
with table, row and column.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, FromClause, select
from sqlalchemy.orm import Session

from assessor.database.base import Base, Protected
from assessor.database.triggers import MissingTriggers, check_triggers
from assessor.journal import chain, merkle
from assessor.journal.capture import coded, digest, is_prose
from assessor.journal.checkpoints import Statement
from assessor.journal.models import (
    ZERO,
    JournalCheckpoint,
    JournalEntry,
    JournalHead,
    JournalText,
)

State = dict[tuple[str, str], dict[str, tuple[int, Any]]]


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written. `where` names entry, or table/row/column."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass
class Walk:
    """The chain as far as it was read."""

    seq: int = 0
    head: str = ZERO
    frontier: tuple[bytes, ...] = ()


def protected_tables() -> dict[str, FromClause]:
    """Name → table of everything the journal answers for."""
    return {
        str(mapper.local_table): mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Protected)
    }


def _apply(state: State, seq: int, changes: Sequence[Any]) -> Iterator[Fault]:
    for table, kind, key, values in changes:
        row = (table, key)
        if kind == "-":
            if state.pop(row, None) is None:
                yield Fault(f"entry {seq}", f"removes {table}/{key}, which was not there")
            continue
        if (kind == "+") == (row in state):
            yield Fault(f"entry {seq}", f"{kind} {table}/{key} does not fit what came before")
        kept = state.setdefault(row, {})
        for name, value in values.items():
            kept[name] = (seq, value)


def _walk(
    connection: Connection, walk: Walk, state: State, known: dict[int, tuple[str, str]]
) -> Iterator[Fault]:
    entries = connection.execution_options(yield_per=2000).execute(
        select(
            JournalEntry.seq,
            JournalEntry.body,
            JournalEntry.previous,
            JournalEntry.hash,
            JournalEntry.at,
            JournalEntry.act,
            JournalEntry.actor_id,
            JournalEntry.subject_id,
            JournalEntry.auditee_id,
        ).order_by(JournalEntry.seq)
    )
    for entry in entries:
        where = f"entry {entry.seq}"
        if entry.seq != walk.seq + 1:
            yield Fault(where, f"follows entry {walk.seq}; entries are missing between them")
        if entry.previous != walk.head:
            yield Fault(where, "does not continue the entry before it")
        body = entry.body.encode()
        if chain.entry_hash(entry.previous, body) != entry.hash:
            yield Fault(where, "its body does not give its hash")
        document = json.loads(body)
        said = (entry.seq, coded(entry.at), entry.act, entry.actor_id, entry.subject_id)
        meant = tuple(document[name] for name in ("seq", "at", "act", "actor", "subject"))
        if said != meant or entry.auditee_id != document["auditee"]:
            yield Fault(where, "its columns do not say what its body says")
        yield from _apply(state, entry.seq, document["changes"])
        walk.frontier = chain.advance(walk.frontier, entry.seq - 1, entry.hash)
        walk.seq, walk.head = entry.seq, entry.hash
        if entry.seq in known:
            known[entry.seq] = (entry.hash, merkle.root(walk.frontier).hex())


def _key(table: FromClause, row: Any) -> str:
    return "/".join(str(row._mapping[column.name]) for column in table.primary_key)


def _differs(
    column: Any, value: Any, expected: tuple[int, Any], salts: dict[tuple[int, str], str]
) -> bool:
    seq, wanted = expected
    actual = coded(value)
    if is_prose(column) and isinstance(wanted, dict):
        salt = salts.get((seq, wanted["#"]))
        if salt is None:
            return False  # the words were erased by law; nothing left to compare with
        return actual is None or digest(salt, actual) != wanted["#"]
    if isinstance(actual, str):
        actual = unicodedata.normalize("NFC", actual)
    return bool(actual != wanted)


def _compare(connection: Connection, state: State) -> Iterator[Fault]:
    salts = {
        (seq, key): salt
        for seq, key, salt in connection.execute(
            select(JournalText.seq, JournalText.digest, JournalText.salt)
        )
    }
    for name, table in sorted(protected_tables().items()):
        for row in connection.execution_options(yield_per=2000).execute(select(table)):
            key = _key(table, row)
            expected = state.pop((name, key), None)
            if expected is None:
                yield Fault(f"{name}/{key}", "the journal knows nothing of this row")
                continue
            for column in table.columns:
                if column.key not in expected:
                    if row._mapping[column.name] is not None:
                        yield Fault(f"{name}/{key}/{column.name}", "the journal has no value")
                elif _differs(column, row._mapping[column.name], expected[column.key], salts):
                    yield Fault(f"{name}/{key}/{column.name}", "is not what the journal says")
    for name, key in sorted(state):
        yield Fault(f"{name}/{key}", "the journal says this row exists; it is gone")


def _texts(connection: Connection) -> Iterator[Fault]:
    rows = connection.execution_options(yield_per=2000).execute(
        select(JournalText.seq, JournalText.digest, JournalText.salt, JournalText.words)
    )
    for seq, key, salt, words in rows:
        if digest(salt, words) != key:
            yield Fault(f"journal_text/{seq}/{key[:12]}", "the words do not give their digest")


def verify(session: Session, *, witnesses: Sequence[Statement] = ()) -> Iterator[Fault]:
    """Every fault that can be found; none means that all is as it was written."""
    connection = session.connection()
    try:
        check_triggers(connection)
    except MissingTriggers as error:
        yield Fault("database", str(error))
    signed = session.execute(
        select(JournalCheckpoint.seq, JournalCheckpoint.head, JournalCheckpoint.root)
    ).all()
    stated = [(f"checkpoint {row.seq}", row.seq, row.head, row.root) for row in signed]
    stated += [(f"witness {each.seq}", each.seq, each.head, each.root) for each in witnesses]
    known = {seq: ("", "") for _, seq, _, _ in stated}
    walk, state = Walk(), State()
    yield from _walk(connection, walk, state, known)
    known[0] = (ZERO, merkle.EMPTY.hex())
    head = session.execute(select(JournalHead.seq, JournalHead.hash, JournalHead.frontier)).one()
    if (head.seq, head.hash) != (walk.seq, walk.head):
        yield Fault("journal_head", f"says {head.seq}; the chain ends at {walk.seq}")
    elif chain.frontier_from_text(head.frontier) != walk.frontier:
        yield Fault("journal_head", "its frontier does not fit the chain")
    for where, seq, stated_head, stated_root in stated:
        if seq > walk.seq:
            yield Fault(where, f"the chain ends at {walk.seq}; entries were cut off")
        elif known[seq] != (stated_head, stated_root):
            yield Fault(where, "the chain up to there is not the one that was signed")
    yield from _compare(connection, state)
    yield from _texts(connection)
