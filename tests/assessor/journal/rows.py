"""One row in every protected table, journalled, whatever tables there are.

Made from the models themselves, so that a new table is tampered with in the tests from its first
day on. Only what a CHECK asks for beyond the types is written down here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Enum,
    Integer,
    LargeBinary,
    Table,
    text,
)
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.database.base import Base, Document, Instant, Protected
from assessor.database.triggers import drop_triggers
from assessor.journal.capture import protected_tables
from assessor.journal.checkpoints import Signer, make_checkpoint
from assessor.journal.events import Event
from assessor.journal.work import Clock, write

# what a CHECK of a table or the length of a column asks for
ASKED: dict[str, dict[str, Any]] = {
    "position": {"auditee_id": None},
    "auditee": {"kind": "site"},
    "basis": {"kind": "evidence"},
    "urgent_report": {"seen_at": "10:30"},
}
_numbers = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class RowMade(Event):
    """A test made a row."""

    act: ClassVar[str] = "tests.row_made"


def models() -> dict[str, type[Any]]:
    """Name of table → model, parents first."""
    by_table = {str(each.local_table): each.class_ for each in Base.registry.mappers}
    return {
        table.name: by_table[table.name]
        for table in Base.metadata.sorted_tables
        if table.name in by_table
    }


def value_for(column: Column[Any], now: datetime, known: dict[str, Any]) -> Any:
    """A value that fits the column; for a foreign key that of the row made before."""
    number = next(_numbers)
    for key in column.foreign_keys:
        if key.column.table is not column.table:
            return known[str(key.column)]
        return None
    kind = column.type
    if isinstance(kind, Enum):
        members = list(kind.enum_class or ())
        return members[0]
    if isinstance(kind, Instant):
        return now
    if isinstance(kind, Date):
        return date(2026, 1, 1) + timedelta(days=number)
    if isinstance(kind, Document):
        return {"jumlah": number} if column.info.get("prose") else [f"tanda-{number}"]
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, LargeBinary):
        return f"isi {number}".encode()
    return f"kata-{number}"


def make_row(session: Session, model: type[Any], now: datetime, known: dict[str, Any]) -> Any:
    """A new row of a model, not yet flushed; its values become known to the next ones."""
    table: Table = model.__table__
    asked = ASKED.get(table.name, {})
    values = {}
    for column in table.columns:
        if (place := f"given:{table.name}.{column.name}") in known:
            value = known[place]
        elif column.name in asked:
            value = asked[column.name]
            kind = column.type
            if isinstance(kind, Enum) and kind.enum_class is not None:
                value = kind.enum_class(value)
        else:
            value = value_for(column, now, known)
        values[column.key] = value
    row = model(**values)
    session.add(row)
    known |= {str(table.c[name]): value for name, value in values.items()}
    return row


def fill(
    session: Session, clock: Clock, signer: Signer, *, given: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A row in every table that is protected or that a protected one points to; the values.
    `given` are values to take, by `table.column`."""
    known = {"journal_checkpoint.id": make_checkpoint(session, signer, clock).id}
    known |= {f"given:{place}": value for place, value in (given or {}).items()}
    needed = {
        key.column.table.name for table in protected_tables().values() for key in table.foreign_keys
    }
    with write(session, SYSTEM, clock) as work:
        for name, model in models().items():
            if (name in needed and name != "journal_checkpoint") or issubclass(model, Protected):
                make_row(session, model, work.now, known)
                session.flush()
                if issubclass(model, Protected):
                    work.record(RowMade(subject=name), why=f"baris untuk {name}")
    return known


@contextmanager
def behind_the_back(engine: Engine) -> Iterator[Connection]:
    """What somebody does who owns the database: no trigger, no key, no check stands in the way.
    The triggers are not put back: `restore_triggers` does."""
    with engine.connect() as connection:
        driver = connection.connection.cursor()
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute("PRAGMA ignore_check_constraints=ON")
        try:
            with connection.begin():
                if sqlite:
                    drop_triggers(connection)
                else:
                    connection.execute(text("SET LOCAL session_replication_role = replica"))
                    _drop_checks(connection)
                yield connection
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")
                driver.execute("PRAGMA ignore_check_constraints=OFF")
            driver.close()


def _drop_checks(connection: Connection) -> None:
    found = connection.execute(
        text(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid <> 0 AND connamespace = 'public'::regnamespace"
        )
    )
    for table, name in found.all():
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
