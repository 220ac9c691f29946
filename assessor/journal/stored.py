"""What does a column really hold, even if it is nothing that the product would ever write?

Rows are read as the driver gives them: a value that cannot be understood is a finding, not the
end of the search.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, FromClause, select, type_coerce
from sqlalchemy.types import Boolean, Enum, Integer, NullType, String

from assessor.database.base import Instant, Prose, Secret
from assessor.journal.capture import UnjournalledChange, coded, fingerprint_of

PORTION = 2000
UNREADABLE = object()


def stored_rows(
    connection: Connection, table: FromClause, *, order: Sequence[Any] = ()
) -> Iterator[Sequence[Any]]:
    """Every row as the driver gives it, in the order of the columns; never all at once."""
    raw = [type_coerce(column, NullType()).label(column.name) for column in table.columns]
    statement = select(*raw).select_from(table).order_by(*order)
    yield from connection.execute(statement, execution_options={"yield_per": PORTION})


def coded_rows(connection: Connection, model: Any) -> Iterator[dict[str, Any]]:
    """Every row of a model as the journal would write it, by the primary key."""
    table = model.__table__
    names = [column.name for column in table.columns]
    coders = [
        (column.name, coder(connection, column))
        for column in table.columns
        if not isinstance(column.type, String | Integer | Prose)
    ]
    for raw in stored_rows(connection, table, order=list(table.primary_key)):
        row = dict(zip(names, raw, strict=True))
        for name, code in coders:
            row[name] = code(row[name])
        yield row


def coder(connection: Connection, column: Any) -> Callable[[Any], Any]:
    """From what the driver gives to what the journal would write; UNREADABLE if nothing."""
    dialect = connection.dialect
    understand = column.type.dialect_impl(dialect).result_processor(dialect, None)
    if isinstance(column.type, Enum):
        understand = None  # the journal writes the very values that are stored
    secret = isinstance(column.type, Secret)
    strict = isinstance(column.type, Boolean) and dialect.name == "sqlite"

    def code(raw: Any) -> Any:
        if raw is None:
            return raw
        if type(raw) is str and understand is None:
            return fingerprint_of(raw) if secret else raw
        if strict and raw not in (0, 1):
            return UNREADABLE
        try:
            return coded(raw if understand is None else understand(raw))
        except (ValueError, TypeError, LookupError, AttributeError, UnjournalledChange):
            return UNREADABLE

    return _instants(code) if isinstance(column.type, Instant) else code


def _instants(slowly: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The moments are many: those in the usual form are not taken apart."""

    def code(raw: Any) -> Any:
        if type(raw) is str and len(raw) == 26 and raw[10] == " ":
            return f"{raw[:10]}T{raw[11:]}Z"
        if type(raw) is datetime and raw.tzinfo is not None:
            return coded(raw.astimezone(UTC))
        return slowly(raw)

    return code


def same(actual: Any, wanted: Any) -> bool:
    """Whether a value is what the journal says; texts in the journal are in NFC."""
    if actual is UNREADABLE or isinstance(actual, bool) != isinstance(wanted, bool):
        return False
    if type(actual) is str and actual != wanted:
        actual = unicodedata.normalize("NFC", actual)
    return bool(actual == wanted)
