"""The migrations lead to exactly what the models say, and the protections survive them."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect, text

import assessor.tables  # noqa: F401
from assessor.database import migrate
from assessor.database.base import Base
from assessor.database.migrate import OldDatabase, check_revision, downgrade, newest, upgrade
from assessor.database.triggers import check_triggers
from assessor.journal.verify import verify
from tests.assessor.journal.conftest import known, signer  # noqa: F401


def test_the_newest_form_equals_the_models(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_constraints_and_checks_equal_the_models(engine):
    """What alembic's own comparison passes over: checks, and the rules of foreign keys."""
    found = inspect(engine)
    for table in Base.metadata.tables.values():
        checks = {each["name"] for each in found.get_check_constraints(table.name)}
        asked = {
            str(each.name) for each in table.constraints if type(each).__name__ == "CheckConstraint"
        }
        assert checks == asked, table.name
        keys = {tuple(each["constrained_columns"]) for each in found.get_foreign_keys(table.name)}
        wanted = {
            tuple(each.column_keys) for each in table.constraints if hasattr(each, "column_keys")
            and type(each).__name__ == "ForeignKeyConstraint"
        }  # fmt: skip
        assert keys == wanted, table.name


def test_down_to_nothing_and_up_again(engine):
    downgrade(engine, "base")
    left = set(inspect(engine).get_table_names())
    assert left <= {"alembic_version"}
    with engine.connect() as connection, pytest.raises(OldDatabase):
        check_revision(connection)
    upgrade(engine)
    with engine.connect() as connection:
        check_revision(connection)
        check_triggers(connection)


def test_upgrading_twice_changes_nothing_and_keeps_the_rows(engine, session, known):  # noqa: F811
    session.rollback()
    upgrade(engine)
    with engine.connect() as connection:
        assert migrate.present(connection) == newest()
        check_triggers(connection)
    assert list(verify(session)) == []


def test_an_upgrade_that_fails_leaves_all_as_it_was(engine, session, known, monkeypatch):  # noqa: F811
    session.rollback()

    def fail(config, revision):
        config.attributes["connection"].execute(text("DROP TABLE journal_text"))
        raise ZeroDivisionError

    monkeypatch.setattr(migrate.command, "upgrade", fail)
    with pytest.raises(ZeroDivisionError):
        upgrade(engine)
    with engine.connect() as connection:
        check_triggers(connection)
    assert list(verify(session)) == []


def rebuild(config, revision) -> None:
    """A migration as SQLite needs it: the table is made anew, filled and renamed."""
    connection = config.attributes["connection"]
    recreate = "always" if connection.dialect.name == "sqlite" else "never"
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("person", recreate=recreate) as batch:
        batch.alter_column("language", server_default=None)


def test_a_rebuilt_table_keeps_its_rows_its_keys_and_its_triggers(
    engine,
    session,
    known,  # noqa: F811
    monkeypatch,
):
    session.rollback()
    monkeypatch.setattr(migrate.command, "upgrade", rebuild)
    upgrade(engine)
    with engine.connect() as connection:
        check_triggers(connection)
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert list(verify(session)) == []


def test_a_migration_that_breaks_a_foreign_key_is_undone(engine, session, known, monkeypatch):  # noqa: F811
    if engine.dialect.name != "sqlite":
        return  # there the keys stay in force during a migration
    session.rollback()

    def lose(config, revision):
        config.attributes["connection"].execute(text("DELETE FROM person"))

    monkeypatch.setattr(migrate.command, "upgrade", lose)
    with pytest.raises(OldDatabase, match="missing person"):
        upgrade(engine)
    assert list(verify(session)) == []
