"""How does a migration let a column of codes hold other codes, on both engines?

The codes a column may hold stand in a CHECK. PostgreSQL changes it in place; SQLite makes the
table anew.
"""

from collections.abc import Iterable

from alembic import op
from sqlalchemy import column, literal
from sqlalchemy.dialects import sqlite


def _words(name: str, codes: Iterable[str]) -> str:
    condition = column(name).in_([literal(code) for code in codes])
    return str(condition.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def set_codes(table: str, name: str, kind: str, codes: Iterable[str]) -> None:
    """Let `table.name`, a column of the codes `kind`, hold these codes and no others."""
    check = op.f(f"ck_{table}_{kind}")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(check, type_="check")
        batch.create_check_constraint(check, _words(name, codes))
