"""What does the database itself refuse, whoever asks?

Append-only tables take no update and no removal; rows of a sealed assessment are frozen. The
triggers are made from the models' marks, made again after each migration (a rebuilt table loses
them), and compared at every start.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, UniqueConstraint, text

from assessor.database.base import AppendOnly, Base, FrozenWhenSealed

SEALED = "('sealed', 'revised')"


class MissingTriggers(Exception):
    """The database lacks a protection; the message names it."""


def _tables(mark: type) -> list[str]:
    return sorted(
        str(mapper.local_table)
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, mark)
    )


def _assessment_changed(prefix: str = "") -> str:
    """A condition: a sealed assessment is changed in anything but sealed → revised."""
    columns = sorted(
        column.name
        for column in Base.metadata.tables["assessment"].columns
        if column.name != "status"
    )
    differs = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
    if prefix == "sqlite":
        differs = differs.replace("IS DISTINCT FROM", "IS NOT")
    return (
        f"OLD.status IN {SEALED} AND ({differs} "
        "OR (NEW.status <> OLD.status AND NEW.status <> 'revised'))"
    )


def _keys(table: str) -> list[list[str]]:
    """The primary key and every other set of columns that no two rows share."""
    found = Base.metadata.tables[table]
    sets = [[column.name for column in found.primary_key]]
    sets += [
        [column.name for column in each.columns]
        for each in found.constraints
        if isinstance(each, UniqueConstraint)
    ]
    sets += [[column.name for column in each.columns] for each in found.indexes if each.unique]
    return sorted(sets)


def _replaces(table: str) -> str:
    """A condition: the new row would push another one out (INSERT OR REPLACE)."""
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE "
        + " AND ".join(f"{name} = NEW.{name}" for name in names)
        + ")"
        for names in _keys(table)
    )


def _refusing(name: str, table: str, verb: str, *, words: str, when: str = "") -> tuple[str, str]:
    condition = f"WHEN {when} " if when else ""
    return (
        name,
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{words}: {table}'); END",
    )


def _in_sealed(row: str) -> str:
    return f"(SELECT status FROM assessment WHERE id = {row}.assessment_id) IN {SEALED}"


def _sqlite() -> Iterator[tuple[str, str]]:
    for table in _tables(AppendOnly):
        for verb in ("update", "delete"):
            yield _refusing(f"keep_{table}_{verb}", table, verb, words="append-only")
        # A replaced row fires no delete trigger where a foreign tool left recursive_triggers off.
        yield _refusing(
            f"keep_{table}_insert", table, "insert", words="append-only", when=_replaces(table)
        )
    for table in _tables(FrozenWhenSealed):
        both = f"{_in_sealed('OLD')} OR {_in_sealed('NEW')}"
        for verb, when in (
            ("insert", _in_sealed("NEW")),
            ("update", both),
            ("delete", _in_sealed("OLD")),
        ):
            yield _refusing(f"seal_{table}_{verb}", table, verb, words="sealed", when=when)
    for verb, when in (
        ("insert", f"(SELECT status FROM assessment WHERE id = NEW.id) IN {SEALED}"),
        ("update", _assessment_changed("sqlite")),
        ("delete", f"OLD.status IN {SEALED}"),
    ):
        yield _refusing(f"seal_assessment_{verb}", "assessment", verb, words="sealed", when=when)


_REFUSE = """
BEGIN RAISE EXCEPTION '%: %', TG_ARGV[0], TG_TABLE_NAME; END """

_FROZEN = f"""
DECLARE subjects text[]; BEGIN
IF TG_OP <> 'INSERT' THEN subjects := array_append(subjects, OLD.assessment_id::text); END IF;
IF TG_OP <> 'DELETE' THEN subjects := array_append(subjects, NEW.assessment_id::text); END IF;
IF EXISTS (SELECT 1 FROM assessment WHERE id = ANY (subjects) AND status IN {SEALED}) THEN
RAISE EXCEPTION 'sealed: %', TG_TABLE_NAME; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END """

_FUNCTIONS = {"assessor_refuse": _REFUSE, "assessor_frozen": _FROZEN}


def _refused(name: str, table: str, when: str, words: str) -> tuple[str, str]:
    each = "STATEMENT" if when == "TRUNCATE" else "ROW"
    return (
        name,
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} "
        f"EXECUTE FUNCTION assessor_refuse('{words}')",
    )


# The verbs stand in the order in which PostgreSQL gives them back.
def _postgresql() -> Iterator[tuple[str, str]]:
    for table in _tables(AppendOnly):
        yield _refused(f"keep_{table}", table, "DELETE OR UPDATE", "append-only")
        yield _refused(f"keep_{table}_all", table, "TRUNCATE", "append-only")
    for table in _tables(FrozenWhenSealed):
        yield (
            f"seal_{table}",
            f"CREATE TRIGGER seal_{table} BEFORE INSERT OR DELETE OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION assessor_frozen()",
        )
        yield _refused(f"seal_{table}_all", table, "TRUNCATE", "sealed")
    for name, verb, when in (
        ("seal_assessment", "UPDATE", _assessment_changed()),
        ("seal_assessment_gone", "DELETE", f"OLD.status IN {SEALED}"),
    ):
        yield (
            name,
            f"CREATE TRIGGER {name} BEFORE {verb} ON assessment FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION assessor_refuse('sealed')",
        )
    yield _refused("seal_assessment_all", "assessment", "TRUNCATE", "sealed")


def wanted(dialect: str) -> dict[str, str]:
    """Name → statement of every trigger the models ask for."""
    return dict(_sqlite() if dialect == "sqlite" else _postgresql())


def _present(connection: Connection) -> dict[str, tuple[str, str]]:
    """Name → table and statement of every trigger; without one where it is switched off."""
    if connection.dialect.name == "sqlite":
        found = text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    else:
        found = text(
            "SELECT tgname, tgrelid::regclass::text, "
            "CASE WHEN tgenabled IN ('O', 'A') THEN pg_get_triggerdef(oid) ELSE '' END "
            "FROM pg_trigger WHERE NOT tgisinternal"
        )
    return {name: (table, statement) for name, table, statement in connection.execute(found)}


def _plain(statement: str) -> str:
    """A statement without what PostgreSQL words in its own way: schemas and conditions."""
    statement = re.sub(r" WHEN \(.*\) EXECUTE", " WHEN EXECUTE", statement, flags=re.DOTALL)
    return re.sub(r"(ON|FUNCTION) \w+\.", r"\1 ", statement)


def drop_triggers(connection: Connection) -> None:
    """Take all of them away, as a migration must before it rebuilds a table."""
    for name, (table, _) in _present(connection).items():
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text(f"DROP TRIGGER {name} ON {table}"))


def create_triggers(connection: Connection) -> None:
    """Make all of them anew."""
    drop_triggers(connection)
    if connection.dialect.name == "postgresql":
        for name, body in _FUNCTIONS.items():
            head = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            connection.exec_driver_sql(f"{head} AS $${body}$$".replace("%", "%%"))
    for statement in wanted(connection.dialect.name).values():
        connection.execute(text(statement))


def check_triggers(connection: Connection) -> None:
    """Raise MissingTriggers if one is absent, altered or switched off."""
    present = _present(connection)
    for name, statement in wanted(connection.dialect.name).items():
        _, found = present.get(name, ("", ""))
        if _plain(found) != _plain(statement):
            message = f"the database lacks its protection {name}; run: assessor db upgrade"
            raise MissingTriggers(message)
    if connection.dialect.name == "postgresql":
        _check_functions(connection)


def _check_functions(connection: Connection) -> None:
    rows = connection.execute(
        text("SELECT proname, prosrc FROM pg_proc WHERE proname ~ '^assessor_'")
    )
    found = {row.proname: row.prosrc for row in rows}
    for name, body in _FUNCTIONS.items():
        if found.get(name) != body:
            message = f"the database lacks its protection {name}; run: assessor db upgrade"
            raise MissingTriggers(message)
