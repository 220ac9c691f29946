"""What does the database itself refuse, whoever asks?

Append-only tables take no update and no removal; rows of a sealed assessment are frozen. The
triggers are made from the models' marks, made again after each migration (a rebuilt table loses
them), and compared at every start.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

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


def _sqlite() -> Iterator[tuple[str, str]]:
    for table in _tables(AppendOnly):
        for verb in ("update", "delete"):
            name = f"keep_{table}_{verb}"
            yield (
                name,
                (
                    f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
                ),
            )
    for table in _tables(FrozenWhenSealed):
        for verb, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
            name = f"seal_{table}_{verb}"
            yield (
                name,
                (
                    f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
                    "WHEN (SELECT status FROM assessment "
                    f"WHERE id = {row}.assessment_id) IN {SEALED} "
                    f"BEGIN SELECT RAISE(ABORT, 'sealed: {table}'); END"
                ),
            )
    if "assessment" in Base.metadata.tables:
        yield (
            "seal_assessment_update",
            (
                "CREATE TRIGGER seal_assessment_update BEFORE UPDATE ON assessment "
                f"WHEN {_assessment_changed('sqlite')} "
                "BEGIN SELECT RAISE(ABORT, 'sealed: assessment'); END"
            ),
        )
        yield (
            "seal_assessment_delete",
            (
                "CREATE TRIGGER seal_assessment_delete BEFORE DELETE ON assessment "
                f"WHEN OLD.status IN {SEALED} "
                "BEGIN SELECT RAISE(ABORT, 'sealed: assessment'); END"
            ),
        )


_REFUSE = """CREATE OR REPLACE FUNCTION assessor_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%: %', TG_ARGV[0], TG_TABLE_NAME; END $$"""

_FROZEN = f"""CREATE OR REPLACE FUNCTION assessor_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE subject text; BEGIN
IF TG_OP = 'INSERT' THEN subject := NEW.assessment_id; ELSE subject := OLD.assessment_id; END IF;
IF (SELECT status FROM assessment WHERE id = subject) IN {SEALED} THEN
RAISE EXCEPTION 'sealed: %', TG_TABLE_NAME; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"""


def _postgresql() -> Iterator[tuple[str, str]]:
    for table in _tables(AppendOnly):
        name = f"keep_{table}"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION assessor_refuse('append-only')"
            ),
        )
        yield (
            f"{name}_all",
            (
                f"CREATE TRIGGER {name}_all BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION assessor_refuse('append-only')"
            ),
        )
    for table in _tables(FrozenWhenSealed):
        name = f"seal_{table}"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION assessor_frozen()"
            ),
        )
    if "assessment" in Base.metadata.tables:
        yield (
            "seal_assessment",
            (
                "CREATE TRIGGER seal_assessment BEFORE UPDATE ON assessment FOR EACH ROW "
                f"WHEN ({_assessment_changed()}) EXECUTE FUNCTION assessor_refuse('sealed')"
            ),
        )
        yield (
            "seal_assessment_gone",
            (
                "CREATE TRIGGER seal_assessment_gone BEFORE DELETE ON assessment FOR EACH ROW "
                f"WHEN (OLD.status IN {SEALED}) EXECUTE FUNCTION assessor_refuse('sealed')"
            ),
        )


def wanted(dialect: str) -> dict[str, str]:
    """Name → statement of every trigger the models ask for."""
    return dict(_sqlite() if dialect == "sqlite" else _postgresql())


def _present(connection: Connection) -> dict[str, str]:
    if connection.dialect.name == "sqlite":
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        )
    else:
        rows = connection.execute(
            text(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgenabled = 'O'"
            )
        )
    return {row[0]: row[1] for row in rows}


def drop_triggers(connection: Connection) -> None:
    """Take all of ours away, as a migration must before it rebuilds a table."""
    for name, where in _present(connection).items():
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text(f"DROP TRIGGER {name} ON {where}"))


def create_triggers(connection: Connection) -> None:
    """Make all of them anew."""
    drop_triggers(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_REFUSE.replace("%", "%%"))
        connection.exec_driver_sql(_FROZEN.replace("%", "%%"))
    for statement in wanted(connection.dialect.name).values():
        connection.execute(text(statement))


def check_triggers(connection: Connection) -> None:
    """Raise MissingTriggers if one is absent, altered or switched off."""
    present = _present(connection)
    for name, statement in wanted(connection.dialect.name).items():
        altered = connection.dialect.name == "sqlite" and present.get(name) != statement
        if name not in present or altered:
            message = f"the database lacks its protection {name}; run: assessor db upgrade"
            raise MissingTriggers(message)
