"""How do all rows leave a database that is in use, and how do they come into an empty one?

Everything is of one moment. SQLite is copied by its own backup interface, a portion at a time so
that writers get in between; if they never let it finish, the rest is copied in one go. PostgreSQL
gives each table as text from one snapshot.
"""

import gzip
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.orm import Session

from assessor.database.base import Base
from assessor.database.engine import UnfitDatabase, prepare_engine
from assessor.database.migrate import upgrade
from assessor.database.triggers import drop_triggers

PAGES = 4096
# So often may writers make the copy begin anew before it holds them up instead.
PATIENCE = 3
_CHUNK = 1024 * 1024
_COLUMN = re.compile(r"[a-z_]+", re.ASCII)


class _Disturbed(Exception):
    """Writers made the copy begin anew once too often."""


def copy_sqlite(engine: Engine, target: Path) -> None:
    """A whole copy of a SQLite database that others are writing to."""
    borrowed = engine.raw_connection()
    copy = sqlite3.connect(target)
    try:
        source: sqlite3.Connection = borrowed.driver_connection  # type: ignore[assignment]
        try:
            source.backup(copy, pages=PAGES, progress=_watch(), sleep=0.005)
        except _Disturbed:
            source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, whatever the source used
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            message = "the copy of the database is not whole"
            raise sqlite3.DatabaseError(message)
    finally:
        copy.close()
        borrowed.close()


@contextmanager
def standing_still(engine: Engine) -> Iterator[Session]:
    """A session on everything as of one moment that holds nobody up, however long it is read:
    SQLite is copied aside, for there a long reading makes writers wait."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file == ":memory:":
        with Session(engine) as session:
            yield session
        return
    with TemporaryDirectory(prefix=".reading-", dir=Path(file).absolute().parent) as folder:
        copy = Path(folder) / "copy.db"
        copy_sqlite(engine, copy)
        aside = create_engine(f"sqlite:///{copy}")
        prepare_engine(aside)
        try:
            with Session(aside) as session:
                yield session
        finally:
            aside.dispose()


def _watch() -> Any:
    least, anew = -1, 0

    def progress(_status: int, remaining: int, _total: int) -> None:
        nonlocal least, anew
        if least >= 0 and remaining >= least:
            anew += 1
            if anew > PATIENCE:
                raise _Disturbed
        least = remaining

    return progress


def pack(source: IO[bytes], target: Path) -> None:
    """Compress a file; the same content gives the same bytes."""
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", compresslevel=3, fileobj=file, mtime=0) as packed,
    ):
        while chunk := source.read(_CHUNK):
            packed.write(chunk)


def unpack(source: IO[bytes], target: Path) -> None:
    """The reverse, readable by its owner only."""
    target.touch(mode=0o600)
    with gzip.GzipFile(fileobj=source) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            file.write(chunk)


def copy_postgresql(connection: Connection, folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and file of every table, parents first, as of the connection's one snapshot. The first
    line of each names its columns."""
    cursor = connection.connection.cursor()
    for table in Base.metadata.sorted_tables:
        path = folder / f"{table.name}.gz"
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        order = ", ".join(f'"{column.name}"' for column in table.primary_key)
        rows = f'SELECT {columns} FROM "{table.name}" ORDER BY {order}'  # noqa: S608
        with (
            path.open("wb") as file,
            gzip.GzipFile("", "wb", compresslevel=3, fileobj=file, mtime=0) as packed,
            cursor.copy(f"COPY ({rows}) TO STDOUT (HEADER)") as given,
        ):
            for data in given:
                packed.write(data)
        yield table.name, path


def is_empty(engine: Engine) -> bool:
    """Whether a database holds no table at all."""
    return not inspect(engine).get_table_names()


def load_postgresql(engine: Engine, revision: str, parts: Iterable[tuple[str, IO[bytes]]]) -> None:
    """Bring an empty database to a revision and fill its tables, all or nothing."""
    upgrade(engine, revision)
    with engine.begin() as connection:
        drop_triggers(connection)
        connection.execute(text("DELETE FROM journal_head"))  # every new database has one row
        known = set(inspect(connection).get_table_names())
        for name, packed in parts:
            if name not in known:
                message = f"the backup holds a table that its revision does not have: {name}"
                raise UnfitDatabase(message)
            _load(connection, name, packed)


def _load(connection: Connection, name: str, packed: IO[bytes]) -> None:
    cursor = connection.connection.cursor()
    with gzip.GzipFile(fileobj=packed) as rows:
        columns = rows.readline().decode().rstrip("\n").split("\t")
        if not all(_COLUMN.fullmatch(column) for column in columns):
            message = f"the backup's table {name} does not name its columns"
            raise UnfitDatabase(message)
        listed = ", ".join(f'"{column}"' for column in columns)
        with cursor.copy(f'COPY "{name}" ({listed}) FROM STDIN') as taken:
            while data := rows.read(_CHUNK):
                taken.write(data)
