"""What did a transaction change? Every new, changed and removed row of a protected table.

The values go into the journal in coded form; free text, names and secrets only as salted
digests, whose words are kept apart so that they can be erased by law.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import FromClause, event, inspect
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, SessionTransaction, UOWTransaction

from assessor.database.base import Base, Document, Prose, Protected, Secret
from assessor.database.engine import is_writing
from standards.canonical import canonical_json

CHANGES = "journal_changes"
# in a session's info while write() is open on it
WORK = "journal_work"


class UnjournalledChange(Exception):
    """A protected table was changed outside `write()` or without an event."""


def coded(value: Any) -> Any:
    """A column's value as the journal records it: JSON without floats."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    if isinstance(value, dict | list):
        return canonical_json(value).decode()
    message = f"the journal cannot record a {type(value).__name__}"
    raise UnjournalledChange(message)


def digest(salt: str, words: str) -> str:
    """The salted digest that stands for words."""
    return hashlib.sha256(bytes.fromhex(salt) + words.encode()).hexdigest()


def fingerprint_of(secret: str) -> str:
    """What the chain holds of a secret's hash."""
    return "sha256:" + hashlib.sha256(secret.encode()).hexdigest()


def is_prose(column: Any) -> bool:
    """Whether the column's words stay out of the chain."""
    return isinstance(column.type, Prose) or (
        isinstance(column.type, Document) and bool(column.info.get("prose"))
    )


@dataclass
class Texts:
    """The words of one entry, each under its salted digest."""

    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    words: dict[str, str] = field(default_factory=dict)

    def put(self, words: str) -> dict[str, str]:
        """Keep words; give what the chain may hold of them."""
        key = digest(self.salt, words)
        self.words[key] = words
        return {"#": key}


@dataclass(frozen=True)
class Change:
    """One row's change: kind is + (new), ~ (changed) or - (removed)."""

    table: str
    key: str
    kind: str
    values: tuple[tuple[Any, Any], ...]

    def document(self, texts: Texts) -> list[Any]:
        """For the entry's body."""
        values: dict[str, Any] = {}
        for column, value in self.values:
            kept = coded(value)
            if kept is not None and isinstance(column.type, Secret):
                kept = fingerprint_of(kept)
            if is_prose(column) and kept is not None:
                kept = texts.put(kept)
            values[column.key] = kept
        return [self.table, self.kind, self.key, values]


def row_key(mapper: Mapper[Any], target: Any) -> str:
    """The primary key as text."""
    return "/".join(str(part) for part in mapper.primary_key_from_instance(target))


def _columns(mapper: Mapper[Any]) -> Iterable[tuple[str, Any]]:
    for attribute in mapper.column_attrs:
        yield attribute.key, attribute.columns[0]


def _new(target: Any) -> Change:
    mapper = inspect(target).mapper
    values = tuple((column, getattr(target, key)) for key, column in _columns(mapper))
    return Change(mapper.local_table.name, row_key(mapper, target), "+", values)


def _changed(target: Any) -> Change | None:
    state = inspect(target)
    mapper = state.mapper
    values = tuple(
        (column, getattr(target, key))
        for key, column in _columns(mapper)
        if state.attrs[key].history.has_changes()
    )
    if not values:
        return None
    if any(column.primary_key for column, _ in values):
        message = f"the key of a row of {mapper.local_table.name} never changes"
        raise UnjournalledChange(message)
    return Change(mapper.local_table.name, row_key(mapper, target), "~", values)


def _removed(target: Any) -> Change:
    mapper = inspect(target).mapper
    return Change(mapper.local_table.name, row_key(mapper, target), "-", ())


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    changes: list[Change] = session.info.setdefault(CHANGES, [])
    changes.extend(_new(target) for target in session.new if isinstance(target, Protected))
    for target in session.dirty:
        if isinstance(target, Protected) and (change := _changed(target)) is not None:
            changes.append(change)
    changes.extend(_removed(target) for target in session.deleted if isinstance(target, Protected))


def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    touched = [*session.new, *session.deleted]
    touched += [target for target in session.dirty if session.is_modified(target)]
    if not touched:
        return
    if not is_writing():
        message = "rows are changed inside write() only"
        raise UnjournalledChange(message)
    # A second session would commit beside the work, without an entry.
    if WORK not in session.info and any(isinstance(each, Protected) for each in touched):
        message = "rows are changed in the session that write() was opened on"
        raise UnjournalledChange(message)


def _on_execute(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete or state.is_insert):
        return
    name = str(getattr(state.statement, "table", ""))
    if name in protected_tables():
        message = f"{name} is changed row by row, so that the journal sees it"
        raise UnjournalledChange(message)


def _before_commit(session: Session) -> None:
    work = session.info.get(WORK)
    if work is not None and not work.finished:
        message = "write() commits at its end, once; nothing inside it does"
        raise UnjournalledChange(message)


def _after_begin(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested and WORK in session.info:
        message = "write() knows no savepoints: what they undo, the journal would still tell"
        raise UnjournalledChange(message)


def _after_rollback(session: Session, _previous: SessionTransaction) -> None:
    work = session.info.get(WORK)
    if work is not None:
        work.undone = True


def protected_tables() -> dict[str, FromClause]:
    """Name → table of everything the journal answers for."""
    return {
        str(mapper.local_table): mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Protected)
    }


def watch_sessions() -> None:
    """Capture the changes of every session of the process (once)."""
    for name, listener in (
        ("before_flush", _before_flush),
        ("after_flush", _after_flush),
        ("do_orm_execute", _on_execute),
        ("before_commit", _before_commit),
        ("after_transaction_create", _after_begin),
        ("after_soft_rollback", _after_rollback),
    ):
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)


def take_changes(session: Session) -> list[Change]:
    """The changes since the last call."""
    changes: list[Change] = session.info.pop(CHANGES, [])
    return changes
