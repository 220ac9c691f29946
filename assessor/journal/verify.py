"""Was anything altered since it was written?

Three things are compared: the chain with itself, the protected tables with the chain replayed,
and the chain with signed checkpoints, also those that left the house. Every difference is named
with table, row and column. Whatever was done to the database, the search goes on to its end.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, FromClause
from sqlalchemy.orm import Session

from assessor.database.triggers import MissingTriggers, check_triggers
from assessor.journal import chain, merkle
from assessor.journal.capture import digest, is_prose, protected_tables
from assessor.journal.checkpoints import Statement, signature_holds
from assessor.journal.erasing import WordsErased
from assessor.journal.models import (
    ZERO,
    JournalCheckpoint,
    JournalEntry,
    JournalHead,
    JournalText,
)
from assessor.journal.replay import Replay
from assessor.journal.stored import coded_rows, coder, same, stored_rows

__all__ = ["Fault", "protected_tables", "verify"]

_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written. `where` names entry, or table/row/column."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass
class Walk:
    """The chain as far as it was read, and what it said at the places somebody signed."""

    replay: Replay
    seq: int = 0
    head: str = ZERO
    size: int = 0
    frontier: tuple[bytes, ...] = ()
    known: dict[int, tuple[str, str]] = field(default_factory=dict)


def _follow(walk: Walk, seq: int, document: dict[str, Any]) -> Iterator[Fault]:
    for change in document["changes"]:
        complaint = walk.replay.apply(seq, change)
        if complaint is not None:
            yield Fault(f"entry {seq}", complaint)
    if document["why"] is not None:
        walk.replay.refer(seq, {"why": document["why"]})
    if document["act"] == WordsErased.act:
        erased = json.loads(document["values"]["digests"])
        walk.replay.erase(int(document["subject"]), erased)


def _link(walk: Walk, entry: dict[str, Any], body: bytes) -> Iterator[str]:
    """Tie an entry to the one before it; what does not hold."""
    if entry["seq"] != walk.seq + 1:
        yield f"follows entry {walk.seq}; entries are missing between them"
    if entry["previous"] != walk.head:
        yield "does not continue the entry before it"
    try:
        fits = chain.entry_hash(entry["previous"], body) == entry["hash"]
        walk.frontier = chain.advance(walk.frontier, walk.size, entry["hash"])
    except _BROKEN:
        fits = False
    if not fits:
        yield "its body does not give its hash"
    walk.seq, walk.head, walk.size = entry["seq"], entry["hash"], walk.size + 1


def _walk(connection: Connection, walk: Walk) -> Iterator[Fault]:
    for entry in coded_rows(connection, JournalEntry):
        seq = entry["seq"]
        where = f"entry {seq}"
        if not isinstance(seq, int):
            yield Fault(where, "has no number")
            continue
        text = entry["body"] if isinstance(entry["body"], str) else ""
        for what in _link(walk, entry, text.encode(errors="replace")):
            yield Fault(where, what)
        try:
            document = json.loads(text)
            for column, name in _SAID.items():
                if entry[column] != document[name]:
                    yield Fault(f"journal_entry/{seq}/{column}", "is not what its body says")
            yield from _follow(walk, seq, document)
        except _BROKEN:
            yield Fault(where, "its body cannot be read")
        if seq in walk.known:
            walk.known[seq] = (entry["hash"], merkle.root(walk.frontier).hex())


# column of an entry → name of the same thing in its body
_SAID = {
    "seq": "seq",
    "at": "at",
    "act": "act",
    "actor_id": "actor",
    "subject_id": "subject",
    "auditee_id": "auditee",
}


def _texts(connection: Connection, replay: Replay) -> Iterator[Fault]:
    for row in coded_rows(connection, JournalText):
        where = f"journal_text/{row['seq']}/{str(row['digest'])[:12]}"
        try:
            fits = digest(row["salt"], row["words"]) == row["digest"]
        except _BROKEN:
            fits = False
        if not fits:
            yield Fault(where, "the words do not give their digest")
        complaint = replay.find_words(row["seq"], row["digest"], row["salt"] if fits else "")
        if complaint is not None:
            yield Fault(where, complaint)
    for seq, key in replay.lost_words():
        yield Fault(f"journal_text/{seq}/{key[:12]}", "the words are gone; no entry erased them")


@dataclass(frozen=True)
class _Column:
    """How one column of a protected table is compared."""

    key: str
    name: str
    prose: bool
    code: Any


def _fault_in(column: _Column, raw: Any, held: dict[str, Any], replay: Replay) -> str | None:
    actual = column.code(raw)
    if column.key not in held:
        return None if actual is None else "the journal has no value"
    wanted = held[column.key]
    if not (column.prose and isinstance(wanted, dict)):
        return None if same(actual, wanted) else "is not what the journal says"
    salt = replay.salt(wanted["#"])
    if salt is None:  # nothing to compare with: then nothing may stand here either
        return None if actual in (None, "") else "its words were erased, yet stand here"
    if isinstance(actual, str) and salt and digest(salt, actual) == wanted["#"]:
        return None
    return "is not what the journal says"


def _compare_table(
    connection: Connection, name: str, table: FromClause, replay: Replay
) -> Iterator[Fault]:
    columns = [
        _Column(each.key, each.name, is_prose(each), coder(connection, each))
        for each in table.columns
    ]
    positions = [list(table.columns).index(each) for each in table.primary_key]

    def key_of(row: Sequence[Any]) -> str:
        return "/".join(str(row[position]) for position in positions)

    told = 0
    for row in stored_rows(connection, table):
        key = key_of(row)
        held = replay.held(name, key)
        if held is None:
            yield Fault(f"{name}/{key}", "the journal knows nothing of this row")
            continue
        told += 1
        for column, raw in zip(columns, row, strict=True):
            if raw == held.get(column.key):
                continue  # most are the same as they stand
            what = _fault_in(column, raw, held, replay)
            if what is not None:
                yield Fault(f"{name}/{key}/{column.name}", what)
    if told != replay.count(name):
        keys = map(key_of, stored_rows(connection, table))
        for key in replay.missing(name, keys):
            yield Fault(f"{name}/{key}", "the journal says this row exists; it is gone")


def _compare(connection: Connection, replay: Replay) -> Iterator[Fault]:
    tables = protected_tables()
    for name in sorted(tables):
        yield from _compare_table(connection, name, tables[name], replay)
    for name in replay.tables():
        if name not in tables:
            yield Fault(name, "the journal tells of this table; the product does not know it")


def _head(connection: Connection, walk: Walk) -> Iterator[Fault]:
    heads = list(coded_rows(connection, JournalHead))
    if len(heads) != 1:
        yield Fault("journal_head", f"has {len(heads)} rows, must have one")
        return
    if (heads[0]["seq"], heads[0]["hash"]) != (walk.seq, walk.head):
        yield Fault("journal_head", f"says {heads[0]['seq']}; the chain ends at {walk.seq}")
    elif heads[0]["frontier"] != chain.frontier_to_text(walk.frontier):
        yield Fault("journal_head", "its frontier does not fit the chain")


def _signed(
    connection: Connection, trusted: bytes | None
) -> tuple[list[tuple[str, int, str, str]], list[Fault]]:
    """The checkpoints kept here, and those whose signature does not hold."""
    stated, faults = [], []
    for row in coded_rows(connection, JournalCheckpoint):
        where = f"checkpoint {row['seq']}"
        if not isinstance(row["seq"], int):
            faults.append(Fault(where, "cannot be read"))
            continue
        stated.append((where, row["seq"], row["head"], row["root"]))
        if trusted is not None and not signature_holds(row, trusted):
            faults.append(Fault(where, "was not signed like this with this installation's key"))
    return stated, faults


def _consistent(session: Session) -> Connection:
    """A transaction in which everything is read as of one moment."""
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        return session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return session.connection()


def verify(
    session: Session, *, witnesses: Sequence[Statement] = (), trusted: bytes | None = None
) -> Iterator[Fault]:
    """Every fault that can be found; none means that all is as it was written. `trusted` is this
    installation's public key. Ends the session's transaction and begins one of its own."""
    connection = _consistent(session)
    try:
        check_triggers(connection)
    except MissingTriggers as error:
        yield Fault("database", str(error))
    stated, unsigned = _signed(connection, trusted)
    yield from unsigned
    stated += [(f"witness {each.seq}", each.seq, each.head, each.root) for each in witnesses]
    with closing(Replay()) as replay:
        walk = Walk(replay, known={seq: ("", "") for _, seq, _, _ in stated})
        yield from _walk(connection, walk)
        yield from _head(connection, walk)
        walk.known[0] = (ZERO, merkle.EMPTY.hex())
        for where, seq, head, root in stated:
            if seq > walk.seq:
                yield Fault(where, f"the chain ends at {walk.seq}; entries were cut off")
            elif walk.known[seq] != (head, root):
                yield Fault(where, "the chain up to there is not the one that was signed")
        yield from _texts(connection, replay)
        yield from _compare(connection, replay)
