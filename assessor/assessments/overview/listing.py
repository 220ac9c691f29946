"""Which assessments may somebody see, narrowed and page by page?"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import reaches
from assessor.access.permissions import Permission
from assessor.assessments.models import Assessment, Kind, Mode, Status
from assessor.assessments.queries import ASSESSMENT_COLUMNS
from assessor.auditees.models import Auditee
from assessor.organization.keys import search_words

PAGE_SIZE = 50
_STAMP = "%Y%m%dT%H%M%S%fZ"
# "NILAI-2026-0007/R2" as `search_words` writes what is typed
_REFERENCE = func.lower(func.replace(func.replace(Assessment.reference, "-", ""), "/", ""))


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; empty means any."""

    words: str = ""
    status: Status | None = None
    kind: Kind | None = None
    year: int | None = None

    @property
    def nothing(self) -> bool:
        """Whether the list is not narrowed at all."""
        return self == Sought()

    def without(self, name: str) -> "Sought":
        """The same without one condition."""
        return replace(self, **{name: getattr(Sought(), name)})


@dataclass(frozen=True)
class Cursor:
    """A place in the list: the rows after it, or those before it."""

    opened_at: datetime
    assessment_id: str
    backwards: bool = False

    @property
    def text(self) -> str:
        """For an address."""
        return f"{'b' if self.backwards else 'a'}.{self.opened_at:{_STAMP}}.{self.assessment_id}"

    @classmethod
    def from_text(cls, text: str) -> "Cursor | None":
        """From an address; None for anything that is none."""
        direction, _, rest = text.partition(".")
        moment, _, assessment_id = rest.partition(".")
        if direction not in {"a", "b"} or not assessment_id.isalnum():
            return None
        try:
            opened_at = datetime.strptime(moment, "%Y%m%dT%H%M%S%f%z")
        except ValueError:
            return None
        return cls(opened_at, assessment_id, backwards=direction == "b")


@dataclass(frozen=True)
class Found:
    """One line of the list."""

    id: str
    reference: str
    kind: Kind
    mode: Mode
    status: Status
    opened_at: datetime
    sealed_at: datetime | None
    due_on: date | None
    auditee: str


@dataclass(frozen=True)
class Slice:
    """One page of the list; the cursors lead on where there is more."""

    rows: tuple[Found, ...]
    newer: Cursor | None
    older: Cursor | None


def _conditions(actor: Actor, sought: Sought) -> list[ColumnElement[bool]]:
    conditions = [reaches(actor, Permission.see_assessment, ASSESSMENT_COLUMNS)]
    for word in search_words(sought.words):
        conditions.append(
            or_(
                Auditee.search_key.contains(word, autoescape=True),
                _REFERENCE.contains(word, autoescape=True),
            )
        )
    if sought.status is not None:
        conditions.append(Assessment.status == sought.status)
    else:
        conditions.append(Assessment.status != Status.cancelled)
    if sought.kind is not None:
        conditions.append(Assessment.kind == sought.kind)
    if sought.year is not None:
        conditions.append(Assessment.year == sought.year)
    return conditions


def count_assessments(session: Session, actor: Actor, sought: Sought) -> int:
    """How many the actor would find."""
    statement = (
        select(func.count())
        .select_from(Assessment)
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(*_conditions(actor, sought))
    )
    return int(session.execute(statement).scalar_one())


def _found(row: Row[*tuple[Any, ...]]) -> Found:
    return Found(
        id=row.id,
        reference=row.reference,
        kind=row.kind,
        mode=row.mode,
        status=row.status,
        opened_at=row.opened_at,
        sealed_at=row.sealed_at,
        due_on=row.due_on,
        auditee=row.name,
    )


def list_assessments(
    session: Session, actor: Actor, sought: Sought, *, cursor: Cursor | None = None
) -> Slice:
    """One page of what the actor may see and looks for, the newest first: one query."""
    backwards = cursor is not None and cursor.backwards
    statement = (
        select(
            Assessment.id,
            Assessment.reference,
            Assessment.kind,
            Assessment.mode,
            Assessment.status,
            Assessment.opened_at,
            Assessment.sealed_at,
            Assessment.due_on,
            Auditee.name,
        )
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(*_conditions(actor, sought))
        .limit(PAGE_SIZE + 1)
    )
    if cursor is not None:
        key = tuple_(Assessment.opened_at, Assessment.id)
        place = tuple_(
            literal(cursor.opened_at, Assessment.opened_at.type), literal(cursor.assessment_id)
        )
        statement = statement.where(key > place if backwards else key < place)
    if backwards:
        statement = statement.order_by(Assessment.opened_at, Assessment.id)
    else:
        statement = statement.order_by(Assessment.opened_at.desc(), Assessment.id.desc())
    rows = session.execute(statement).all()
    more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if backwards:
        rows = rows[::-1]
    has_newer = more if backwards else cursor is not None
    has_older = True if backwards else more
    return Slice(
        rows=tuple(_found(row) for row in rows),
        newer=Cursor(rows[0].opened_at, rows[0].id, backwards=True) if rows and has_newer else None,
        older=Cursor(rows[-1].opened_at, rows[-1].id) if rows and has_older else None,
    )
