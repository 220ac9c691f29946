"""Who may see which auditee, how is one found, and what is known of it?"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    case,
    column,
    func,
    literal,
    or_,
    select,
    table,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.access.decide import make_visible, reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns, Subject
from assessor.auditees.holds import held
from assessor.auditees.models import Agency, Auditee, AuditeeKind, Entity, Service
from assessor.organization.keys import search_words
from assessor.organization.models import Office, OfficeClosure, Territory, TimeZone
from assessor.ui.formats import Zone, day_in

PAGE_SIZE = 50

# Assessments stand above auditees and are not imported: only these columns of theirs are read.
_assessment = table("assessment", column("id"), column("auditee_id"), column("status"))
_team = table("team_member", column("assessment_id"), column("person_id"))


def today_there(now: datetime) -> ColumnElement[date]:
    """The calendar day at each auditee."""
    days = {zone: literal(day_in(now, Zone(zone.value))) for zone in TimeZone}
    return case(days, value=Auditee.time_zone)


def works_on(person_id: str) -> ColumnElement[bool]:
    """The condition that somebody is on a team that judges the auditee."""
    return Auditee.id.in_(
        select(_assessment.c.auditee_id)
        .join(_team, _team.c.assessment_id == _assessment.c.id)
        .where(_team.c.person_id == person_id, _assessment.c.status != "cancelled")
    )


_COLUMNS = Columns(
    auditee_id=Auditee.id,
    office_id=Auditee.responsible_office_id,
    team=works_on,
    run_by=Auditee.operating_office_id,
)
make_visible(Auditee, Permission.see_auditee, _COLUMNS)


def subject_of(session: Session, auditee: Auditee) -> Subject:
    """What the rules ask about an auditee: one query."""
    rows = session.execute(
        union_all(
            select(literal("office"), OfficeClosure.ancestor_id).where(
                OfficeClosure.descendant_id == auditee.responsible_office_id
            ),
            select(literal("team"), _team.c.person_id)
            .join(_assessment, _assessment.c.id == _team.c.assessment_id)
            .where(_assessment.c.auditee_id == auditee.id, _assessment.c.status != "cancelled"),
        )
    ).all()
    return Subject(
        auditee_id=auditee.id,
        offices=frozenset(value for kind, value in rows if kind == "office"),
        team=frozenset(value for kind, value in rows if kind == "team"),
        run_by=auditee.operating_office_id,
    )


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the list; empty means any."""

    words: str = ""
    kind: AuditeeKind | None = None
    province: str = ""
    regency: str = ""
    agency: Agency | None = None

    @property
    def nothing(self) -> bool:
        """Whether the list is not narrowed at all."""
        return self == Sought()

    def without(self, name: str) -> "Sought":
        """The same without one condition; a regency goes with its province."""
        empty = Sought()
        changed = replace(self, **{name: getattr(empty, name)})
        return replace(changed, regency="") if name == "province" else changed


@dataclass(frozen=True)
class Cursor:
    """A place in the list: just after, or just before, this row."""

    sort_key: str
    auditee_id: str
    backwards: bool = False

    @property
    def text(self) -> str:
        """For an address."""
        return f"{'b' if self.backwards else 'a'}.{self.auditee_id}.{self.sort_key}"

    @classmethod
    def from_text(cls, text: str) -> "Cursor | None":
        """From an address; None for anything that is none."""
        direction, _, rest = text.partition(".")
        auditee_id, dot, sort_key = rest.partition(".")
        if direction not in {"a", "b"} or not dot or not auditee_id.isalnum():
            return None
        return cls(sort_key, auditee_id, backwards=direction == "b")


@dataclass(frozen=True)
class Found:
    """One line of the list. `held`: it is on hold, and the reader may know."""

    id: str
    reference: str
    kind: AuditeeKind
    name: str
    agency: Agency
    regency: str
    province: str
    office: str
    closed_on: date | None
    held: bool


@dataclass(frozen=True)
class Slice:
    """One page of the list; the cursors lead on where there is more."""

    rows: tuple[Found, ...]
    before: Cursor | None
    after: Cursor | None


_regency = aliased(Territory)
_province = aliased(Territory)


def _conditions(actor: Actor, sought: Sought) -> list[ColumnElement[bool]]:
    conditions = [reaches(actor, Permission.see_auditee, _COLUMNS)]
    for word in search_words(sought.words):
        conditions.append(
            or_(
                Auditee.search_key.contains(word, autoescape=True),
                _regency.search_key.contains(word, autoescape=True),
                func.lower(func.replace(Auditee.reference, "-", "")) == word,
            )
        )
    if sought.kind is not None:
        conditions.append(Auditee.kind == sought.kind)
    if sought.agency is not None:
        conditions.append(Auditee.agency == sought.agency)
    if sought.regency:
        conditions.append(Auditee.regency_code == sought.regency)
    elif sought.province:
        conditions.append(_regency.parent_code == sought.province)
    return conditions


def count_auditees(session: Session, actor: Actor, sought: Sought) -> int:
    """How many the actor would find."""
    statement = (
        select(func.count())
        .select_from(Auditee)
        .join(_regency, _regency.code == Auditee.regency_code)
        .where(*_conditions(actor, sought))
    )
    return int(session.execute(statement).scalar_one())


def _found(row: Row[*tuple[Any, ...]]) -> Found:
    return Found(
        id=row.id,
        reference=row.reference,
        kind=row.kind,
        name=row.name,
        agency=row.agency,
        regency=row.regency,
        province=row.province,
        office=row.office,
        closed_on=row.closed_on,
        held=row.held,
    )


def list_auditees(
    session: Session,
    actor: Actor,
    sought: Sought,
    *,
    now: datetime,
    cursor: Cursor | None = None,
) -> Slice:
    """One page of what the actor may see and looks for, by name: one query."""
    key = tuple_(Auditee.sort_key, Auditee.id)
    backwards = cursor is not None and cursor.backwards
    statement = (
        select(
            Auditee.id,
            Auditee.reference,
            Auditee.kind,
            Auditee.name,
            Auditee.agency,
            _regency.name.label("regency"),
            _province.name.label("province"),
            Office.short_name.label("office"),
            Auditee.closed_on,
            Auditee.sort_key,
            and_(
                reaches(actor, Permission.see_hold, _COLUMNS),
                held(Auditee.id, today_there(now)),
            ).label("held"),
        )
        .join(_regency, _regency.code == Auditee.regency_code)
        .join(_province, _province.code == _regency.parent_code)
        .join(Office, Office.id == Auditee.responsible_office_id)
        .where(*_conditions(actor, sought))
        .limit(PAGE_SIZE + 1)
    )
    if cursor is not None:
        place = tuple_(literal(cursor.sort_key), literal(cursor.auditee_id))
        statement = statement.where(key < place if backwards else key > place)
    if backwards:
        statement = statement.order_by(Auditee.sort_key.desc(), Auditee.id.desc())
    else:
        statement = statement.order_by(Auditee.sort_key, Auditee.id)
    rows = session.execute(statement).all()
    more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if backwards:
        rows = rows[::-1]
    has_before = more if backwards else cursor is not None
    has_after = True if backwards else more
    return Slice(
        rows=tuple(_found(row) for row in rows),
        before=Cursor(rows[0].sort_key, rows[0].id, backwards=True)
        if rows and has_before
        else None,
        after=Cursor(rows[-1].sort_key, rows[-1].id) if rows and has_after else None,
    )


@dataclass(frozen=True)
class Surroundings:
    """The names around an auditee: its body and the offices."""

    entity: str | None
    legal_form: str | None
    responsible_office: str
    operating_office: str | None


def get_surroundings(session: Session, auditee: Auditee) -> Surroundings:
    """Who stands behind an auditee: one query."""
    operating = aliased(Office)
    row = session.execute(
        select(Entity.name, Entity.legal_form, Office.name, operating.name)
        .select_from(Auditee)
        .join(Office, Office.id == Auditee.responsible_office_id)
        .outerjoin(Entity, Entity.id == Auditee.entity_id)
        .outerjoin(operating, operating.id == Auditee.operating_office_id)
        .where(Auditee.id == auditee.id)
    ).one()
    return Surroundings(*row)


def list_services(session: Session, auditee_id: str, on: date) -> list[Service]:
    """What an auditee offers on a day."""
    return list(
        session.execute(
            select(Service)
            .where(
                Service.auditee_id == auditee_id,
                Service.valid_from <= on,
                or_(Service.valid_to.is_(None), Service.valid_to > on),
            )
            .order_by(Service.tag, Service.id)
        ).scalars()
    )
