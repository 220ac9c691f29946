"""How do we talk to the database so that nothing acknowledged is lost?

SQLite is set up as its own documentation and our measurements ask for: explicit transactions,
`BEGIN IMMEDIATE` for writes, foreign keys, a busy timeout, full synchronisation. WAL only on
versions without the WAL-reset fault, else the rollback journal with synchronous=EXTRA.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event, text

# True inside `write()`: the next transaction takes the write lock at once. A deferred one that
# reads and then wants to write fails with "busy" whatever the timeout is.
_writing: ContextVar[bool] = ContextVar("writing", default=False)


# The queue places this write holds (open files); None outside of one.
_places: ContextVar[list[int] | None] = ContextVar("places", default=None)

WAIT = 15.0  # seconds: as long as SQLite itself waits
NAP = 0.0005


class UnfitDatabase(Exception):
    """The database does not do what we rely on; the message says what and how to mend it."""


class NestedWrite(Exception):
    """A write was begun inside another one; the inner one would undo the outer one's changes."""


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the WAL-reset fault mended (3.51.3, back-ported to two branches)."""
    if version >= (3, 51, 3):
        return True
    return (version[:2] == (3, 50) and version[2] >= 7) or (
        version[:2] == (3, 44) and version[2] >= 6
    )


def _pragmas() -> dict[str, str]:
    wal = wal_is_safe(sqlite3.sqlite_version_info)
    return {
        "busy_timeout": "15000",
        "journal_mode": "wal" if wal else "delete",
        "synchronous": "2" if wal else "3",
        "foreign_keys": "1",
        "recursive_triggers": "1",
        "trusted_schema": "0",
        "cache_size": "-16000",
    }


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in _pragmas().items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _queue_up(database: str) -> None:
    """Wait for one's turn among the writers of a database file.

    SQLite's own waiting sleeps longer and longer, up to a tenth of a second, while the lock is
    free again after a few milliseconds. The queue only saves time: who waited in vain, or finds
    no file to lock, goes on, and SQLite decides as before.
    """
    places = _places.get()
    if places is None or places:
        return
    try:
        place = os.open(f"{database}-queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return
    places.append(place)
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(NAP)
        else:
            return


def _on_begin(connection: Connection) -> None:
    database = connection.engine.url.database
    if _writing.get() and database and database != ":memory:":
        _queue_up(database)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def prepare_engine(engine: Engine) -> None:
    """Attach what each engine needs. Call once, before the first connection."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def check_engine(engine: Engine) -> None:
    """Refuse a database that reads back other than it was set. Raises UnfitDatabase."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            for name, wanted in _pragmas().items():
                value = str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()).lower()
                if value != wanted and not (name == "journal_mode" and value == "memory"):
                    message = f"SQLite setting {name} reads {value}, must be {wanted}"
                    raise UnfitDatabase(message)
        elif engine.dialect.name == "postgresql":
            version = int(str(connection.execute(text("SHOW server_version_num")).scalar()))
            if version < 150000:
                message = "PostgreSQL must be version 15 or newer"
                raise UnfitDatabase(message)
            for name, wrong, wanted in (
                ("synchronous_commit", "off", "on"),
                ("default_transaction_isolation", "serializable", "read committed"),
                ("default_transaction_isolation", "repeatable read", "read committed"),
                ("server_encoding", "SQL_ASCII", "UTF8"),
            ):
                if connection.execute(text(f"SHOW {name}")).scalar() == wrong:
                    message = f"PostgreSQL must run with {name} = {wanted}, not {wrong}"
                    raise UnfitDatabase(message)


@contextmanager
def taking_the_write_lock() -> Iterator[None]:
    """Let transactions that begin inside take the write lock at their start. One at a time."""
    if _writing.get():
        message = "a write is going on already; change the rows in that one"
        raise NestedWrite(message)
    mark = _writing.set(True)
    places: list[int] = []
    queued = _places.set(places)
    try:
        yield
    finally:
        for place in places:
            os.close(place)  # which gives the turn to the next
        _places.reset(queued)
        _writing.reset(mark)


def is_writing() -> bool:
    """Whether we are inside `write()`."""
    return _writing.get()
