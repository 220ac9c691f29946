"""What do all tables have in common: names of constraints, column types, ids, protection."""

import base64
import enum
import json
import secrets
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import Date, DateTime, Dialect, Enum, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive datetimes; gives aware ones back on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps it without the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back with the zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Prose(TypeDecorator[str]):
    """Free text or a name: the journal holds only its salted digest."""

    impl = Text
    cache_ok = True


class Secret(TypeDecorator[str]):
    """A hash of a secret, salted by its own kind: the journal holds only its fingerprint, and
    keeps no copy of it anywhere."""

    impl = Text
    cache_ok = True


class Document(TypeDecorator[Any]):
    """A small JSON value: text with sorted keys, the same on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To text."""
        del dialect
        if value is None:
            return None
        return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From text."""
        del dialect
        return None if value is None else json.loads(value)


def enumerated(kind: type[enum.StrEnum]) -> Enum:
    """A column of the values of a StrEnum, with a named CHECK in the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """The parent of all tables."""

    registry: ClassVar[registry] = registry(
        type_annotation_map={
            datetime: Instant(),
            date: Date(),
            str: String(),
            dict[str, Any]: Document(),
            list[Any]: Document(),
        },
        metadata=MetaData(naming_convention=NAMING),
    )


class Protected:
    """A table whose every change the journal records and `journal verify` replays."""


class AppendOnly:
    """A table whose rows the database itself refuses to change or remove."""


class FrozenWhenSealed:
    """A table with an `assessment_id` whose rows the database freezes when it is sealed."""


class Free:
    """A table the journal does not follow; the class says why in its docstring."""


def new_id() -> str:
    """A random public id: 128 bits as 26 lower-case letters and digits."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
