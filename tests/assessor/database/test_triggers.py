"""What the database itself refuses, by every way there is."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

import assessor.tables  # noqa: F401
from assessor.database.base import AppendOnly, FrozenWhenSealed
from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.database.triggers import MissingTriggers, check_triggers, wanted
from tests.assessor.journal.conftest import known, signer  # noqa: F401
from tests.assessor.journal.rows import behind_the_back, models

APPEND_ONLY = sorted(name for name, model in models().items() if issubclass(model, AppendOnly))
FROZEN = sorted(name for name, model in models().items() if issubclass(model, FrozenWhenSealed))


def refuse(engine, *statements: str, word: str) -> None:
    for statement in statements:
        with pytest.raises(DBAPIError, match=word), engine.begin() as connection:
            connection.execute(text(statement))


def columns(name: str) -> list[str]:
    return [column.name for column in models()[name].__table__.columns]


def key(name: str) -> str:
    return next(iter(models()[name].__table__.primary_key)).name


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_append_only_tables_refuse_every_way_of_changing(name, engine, session, known):  # noqa: F811
    first, all_columns = key(name), ", ".join(columns(name))
    copy = f"({all_columns}) SELECT {all_columns} FROM {name} WHERE true"
    ways = [
        f"UPDATE {name} SET {first} = {first}",
        f"DELETE FROM {name}",
        f"INSERT INTO {name} {copy} ON CONFLICT ({first}) DO UPDATE SET {first} = excluded.{first}",
    ]
    if engine.dialect.name == "sqlite":
        ways += [
            f"INSERT OR REPLACE INTO {name} {copy}",
            f"REPLACE INTO {name} {copy}",
            f"UPDATE OR REPLACE {name} SET {first} = {first}",
        ]
    else:
        ways += [
            f"TRUNCATE {name} CASCADE",
            f"MERGE INTO {name} USING (SELECT 1) AS one ON true "
            f"WHEN MATCHED THEN UPDATE SET {first} = {name}.{first}",
            f"WITH gone AS (DELETE FROM {name} RETURNING 1) SELECT * FROM gone",
        ]
    if name == "evidence_access":  # no row there: nothing to change but the table
        return
    refuse(engine, *ways, word="append-only")


@pytest.mark.parametrize("name", sorted(set(APPEND_ONLY) - {"evidence_access"}))
def test_a_foreign_tool_cannot_replace_rows_either(name, engine, session, known):  # noqa: F811
    if engine.dialect.name != "sqlite":
        return
    all_columns = ", ".join(columns(name))
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA recursive_triggers=OFF")
        try:
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                driver.execute(
                    f"INSERT OR REPLACE INTO {name} ({all_columns}) SELECT {all_columns} FROM {name}"
                )
        finally:
            driver.execute("PRAGMA recursive_triggers=ON")


def set_status(engine, status: str) -> None:
    with behind_the_back(engine) as connection:
        connection.execute(text("UPDATE assessment SET status = :status"), {"status": status})
    if engine.dialect.name == "sqlite":
        upgrade(engine)  # the triggers again


@pytest.mark.parametrize("name", FROZEN)
@pytest.mark.parametrize("status", ["sealed", "revised"])
def test_rows_of_a_sealed_assessment_are_frozen(name, status, engine, session, known):  # noqa: F811
    first, all_columns = key(name), columns(name)
    with engine.begin() as connection:  # open: may be changed
        connection.execute(text(f"UPDATE {name} SET {first} = {first}"))
    set_status(engine, status)
    others = ", ".join(
        f"{column} || 'x'" if column == first and first != "assessment_id" else column
        for column in all_columns
    )
    ways = [
        f"UPDATE {name} SET {first} = {first}",
        f"DELETE FROM {name}",
        f"INSERT INTO {name} ({', '.join(all_columns)}) SELECT {others} FROM {name}",
    ]
    if engine.dialect.name == "postgresql":
        ways.append(f"TRUNCATE {name} CASCADE")
    refuse(engine, *ways, word="sealed")


@pytest.mark.parametrize("name", FROZEN)
def test_rows_cannot_be_moved_out_of_or_into_a_sealed_assessment(name, engine, session, known):  # noqa: F811
    sealed, open_ = known["assessment.id"], "lain"
    names = columns("assessment")
    other = {"id": "'lain'", "reference": "'LAIN'", "status": "'draft'"}
    copied = ", ".join(other.get(each, each) for each in names)
    with behind_the_back(engine) as connection:
        connection.execute(
            text(f"INSERT INTO assessment ({', '.join(names)}) SELECT {copied} FROM assessment")
        )
    if engine.dialect.name == "sqlite":
        upgrade(engine)
    set_status(engine, "sealed")
    with behind_the_back(engine) as connection:
        connection.execute(text("UPDATE assessment SET status = 'draft' WHERE id = 'lain'"))
    if engine.dialect.name == "sqlite":
        upgrade(engine)
    move = "UPDATE {} SET assessment_id = '{}'"
    refuse(engine, move.format(name, open_), word="sealed")
    with behind_the_back(engine) as connection:
        connection.execute(text(move.format(name, open_)))
    if engine.dialect.name == "sqlite":
        upgrade(engine)
    refuse(engine, move.format(name, sealed), word="sealed")


def test_a_sealed_assessment_changes_only_to_revised(engine, session, known):  # noqa: F811
    set_status(engine, "sealed")
    ways = [
        "UPDATE assessment SET status = 'draft'",
        "UPDATE assessment SET year = year + 1",
        "UPDATE assessment SET visit_on = '2026-01-01'",
        "UPDATE assessment SET revision_reason = 'x'",
        "UPDATE assessment SET status = 'revised', year = year + 1",
        "DELETE FROM assessment",
    ]
    if engine.dialect.name == "sqlite":
        names = ", ".join(columns("assessment"))
        ways.append(f"REPLACE INTO assessment ({names}) SELECT {names} FROM assessment")
    else:
        ways.append("TRUNCATE assessment CASCADE")
    refuse(engine, *ways, word="sealed")
    with engine.begin() as connection:
        connection.execute(text("UPDATE assessment SET status = 'revised'"))
    refuse(engine, "UPDATE assessment SET status = 'sealed'", word="sealed")


def test_each_missing_trigger_is_noticed_and_put_back(engine):
    for name in wanted(engine.dialect.name):
        with engine.begin() as connection:
            check_triggers(connection)
            if engine.dialect.name == "sqlite":
                connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                table = connection.execute(
                    text("SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = :name"),
                    {"name": name},
                ).scalar()
                connection.execute(text(f"DROP TRIGGER {name} ON {table}"))
            with pytest.raises(MissingTriggers, match=f"protection {name};"):
                check_triggers(connection)
            connection.execute(text(wanted(engine.dialect.name)[name]))


def test_an_altered_trigger_is_noticed(engine):
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER keep_journal_entry_update"))
            connection.execute(
                text(
                    "CREATE TRIGGER keep_journal_entry_update BEFORE UPDATE ON journal_entry "
                    "WHEN false BEGIN SELECT RAISE(ABORT, 'append-only: journal_entry'); END"
                )
            )
        else:
            connection.execute(text("DROP TRIGGER keep_journal_entry ON journal_entry"))
            connection.execute(
                text(
                    "CREATE TRIGGER keep_journal_entry AFTER UPDATE ON journal_entry "
                    "FOR EACH ROW EXECUTE FUNCTION assessor_refuse('append-only')"
                )
            )
        with pytest.raises(MissingTriggers, match="keep_journal_entry"):
            check_triggers(connection)
        connection.rollback()


def test_a_fresh_file_has_them_all(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}")
    prepare_engine(engine)
    upgrade(engine)
    with engine.connect() as connection:
        check_triggers(connection)
    engine.dispose()
