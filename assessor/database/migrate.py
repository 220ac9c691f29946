"""How does the database get from any earlier form to the present one?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from assessor.database.engine import taking_the_write_lock
from assessor.database.triggers import create_triggers, drop_triggers

FOLDER = Path(__file__).parent / "migrations"


class OldDatabase(Exception):
    """The database has another form than this version needs."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def newest() -> str:
    """The revision this version of the product needs."""
    return str(_script().get_current_head())


def knows(revision: str) -> bool:
    """Whether this version has heard of a revision."""
    return any(each.revision == revision for each in _script().walk_revisions())


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision, with its triggers, in one transaction."""
    import assessor.tables  # noqa: F401  # every model is known from here on

    with _migrating(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(8807)"))
        drop_triggers(connection)
        command.upgrade(_config(connection), revision)
        if revision in ("head", newest()):  # those of an earlier form nobody knows any more
            create_triggers(connection)


def downgrade(engine: Engine, revision: str) -> None:
    """Step back to an earlier revision; its triggers are made by the next upgrade."""
    with _migrating(engine) as connection:
        drop_triggers(connection)
        command.downgrade(_config(connection), revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction. SQLite rebuilds a table by dropping the old one, which a foreign key to it
    would refuse: there the keys are looked at once, at the end."""
    with taking_the_write_lock(), engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys=OFF")  # says nothing inside a transaction
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    message = f"the migration left {broken[0]} pointing at a missing {broken[2]}"
                    raise OldDatabase(message)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
            driver.close()


def present(connection: Connection) -> str | None:
    """The revision the database is at, None when it is empty."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def check_revision(connection: Connection) -> None:
    """Raise OldDatabase unless the database is at the newest revision."""
    if present(connection) != newest():
        message = "the database is not at this version's form; run: assessor db upgrade"
        raise OldDatabase(message)
