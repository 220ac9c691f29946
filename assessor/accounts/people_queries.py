"""Which people does an administrator decide over, how is one found, and how is each doing?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from assessor.access.actor import Actor, Role
from assessor.accounts.models import Hold, Person, PersonKey, Position, SignIn
from assessor.accounts.reach import reached_auditees, reached_offices, reached_people
from assessor.auditees.models import Auditee
from assessor.organization.keys import search_words
from assessor.organization.models import Office, OfficeClosure

PAGE_SIZE = 50
MOST_PLACES = 20


class Condition(StrEnum):
    """How an account is doing. The first that holds, in this order, is shown."""

    disabled = "disabled"
    held = "held"  # tried too often, waits
    invited = "invited"  # no password yet
    never = "never"  # a password, but never signed in
    active = "active"


@dataclass(frozen=True)
class SoughtPeople:
    """What somebody looks for in the list; empty means any."""

    words: str = ""
    role: Role | None = None
    office: str = ""
    condition: Condition | None = None

    @property
    def nothing(self) -> bool:
        """Whether the list is not narrowed at all."""
        return self == SoughtPeople()

    def without(self, name: str) -> "SoughtPeople":
        """The same without one condition."""
        return replace(self, **{name: getattr(SoughtPeople(), name)})


@dataclass(frozen=True)
class PeopleCursor:
    """A place in the list: just after, or just before, this person."""

    sort_key: str
    person_id: str
    backwards: bool = False

    @property
    def text(self) -> str:
        """For an address."""
        return f"{'b' if self.backwards else 'a'}.{self.person_id}.{self.sort_key}"

    @classmethod
    def from_text(cls, text: str) -> "PeopleCursor | None":
        """From an address; None for anything that is none."""
        direction, _, rest = text.partition(".")
        person_id, dot, sort_key = rest.partition(".")
        if direction not in {"a", "b"} or not dot or not person_id.isalnum():
            return None
        return cls(sort_key, person_id, backwards=direction == "b")


@dataclass(frozen=True)
class PersonFound:
    """One line of the list."""

    id: str
    name: str
    user_name: str
    condition: Condition
    last_sign_in: datetime | None


@dataclass(frozen=True)
class PeopleSlice:
    """One page of the list; the cursors lead on where there is more."""

    rows: tuple[PersonFound, ...]
    before: PeopleCursor | None
    after: PeopleCursor | None


@dataclass(frozen=True)
class PositionHeld:
    """A position with the name of its place; `reached` says whether the reader may end it."""

    id: str
    person_id: str
    role: Role
    place: str
    auditee_id: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class PlaceFound:
    """An auditee that was looked for, for a position."""

    id: str
    name: str
    reference: str


def _in_force(today: date) -> ColumnElement[bool]:
    return and_(
        Position.valid_from <= today, or_(Position.valid_to.is_(None), Position.valid_to > today)
    )


def _has(condition: Condition, now: datetime) -> ColumnElement[bool]:
    ever = select(SignIn.id).where(SignIn.person_id == Person.id).exists()
    held = select(Hold.person_id).where(Hold.person_id == Person.id, Hold.until > now).exists()
    return {
        Condition.disabled: Person.disabled_at.is_not(None),
        Condition.held: and_(Person.disabled_at.is_(None), held),
        Condition.invited: and_(Person.disabled_at.is_(None), Person.password_hash == ""),
        Condition.never: and_(Person.disabled_at.is_(None), Person.password_hash != "", ~ever),
        Condition.active: and_(Person.disabled_at.is_(None), ever),
    }[condition]


def _conditions(
    actor: Actor, sought: SoughtPeople, *, now: datetime, today: date
) -> list[ColumnElement[bool]]:
    conditions = [reached_people(actor)]
    for word in search_words(sought.words):
        conditions.append(PersonKey.search_key.contains(word, autoescape=True))
    holds = select(Position.id).where(Position.person_id == Person.id, _in_force(today))
    if sought.role is not None:
        conditions.append(holds.where(Position.role == sought.role).exists())
    if sought.office:
        below = select(OfficeClosure.descendant_id).where(
            OfficeClosure.ancestor_id == sought.office
        )
        theirs = select(Auditee.id).where(Auditee.responsible_office_id.in_(below))
        conditions.append(
            holds.where(
                or_(Position.office_id.in_(below), Position.auditee_id.in_(theirs))
            ).exists()
        )
    if sought.condition is not None:
        conditions.append(_has(sought.condition, now))
    return conditions


def count_people(
    session: Session, actor: Actor, sought: SoughtPeople, *, now: datetime, today: date
) -> int:
    """How many the actor would find."""
    statement = (
        select(func.count())
        .select_from(Person)
        .join(PersonKey, PersonKey.person_id == Person.id)
        .where(*_conditions(actor, sought, now=now, today=today))
    )
    return int(session.execute(statement).scalar_one())


def list_people(
    session: Session,
    actor: Actor,
    sought: SoughtPeople,
    *,
    now: datetime,
    today: date,
    cursor: PeopleCursor | None = None,
) -> PeopleSlice:
    """One page of the people the actor decides over and looks for, by name: one query."""
    last = (
        select(func.max(SignIn.created_at)).where(SignIn.person_id == Person.id).scalar_subquery()
    )
    key = tuple_(PersonKey.sort_key, PersonKey.person_id)
    backwards = cursor is not None and cursor.backwards
    statement = (
        select(
            Person.id,
            Person.name,
            Person.user_name,
            PersonKey.sort_key,
            last.label("last"),
            Person.disabled_at.is_not(None).label("disabled"),
            _has(Condition.held, now).label("held"),
            (Person.password_hash == "").label("invited"),
        )
        .join(PersonKey, PersonKey.person_id == Person.id)
        .where(*_conditions(actor, sought, now=now, today=today))
        .limit(PAGE_SIZE + 1)
    )
    if cursor is not None:
        place = tuple_(literal(cursor.sort_key), literal(cursor.person_id))
        statement = statement.where(key < place if backwards else key > place)
    if backwards:
        statement = statement.order_by(PersonKey.sort_key.desc(), PersonKey.person_id.desc())
    else:
        statement = statement.order_by(PersonKey.sort_key, PersonKey.person_id)
    rows = session.execute(statement).all()
    more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if backwards:
        rows = rows[::-1]
    has_before = more if backwards else cursor is not None
    has_after = True if backwards else more
    return PeopleSlice(
        rows=tuple(
            PersonFound(
                row.id,
                row.name,
                row.user_name,
                _shown(
                    disabled=row.disabled,
                    held=row.held,
                    invited=row.invited,
                    ever=row.last is not None,
                ),
                row.last,
            )
            for row in rows
        ),
        before=PeopleCursor(rows[0].sort_key, rows[0].id, backwards=True)
        if rows and has_before
        else None,
        after=PeopleCursor(rows[-1].sort_key, rows[-1].id) if rows and has_after else None,
    )


def _shown(*, disabled: bool, held: bool, invited: bool, ever: bool) -> Condition:
    if disabled:
        return Condition.disabled
    if held:
        return Condition.held
    if invited:
        return Condition.invited
    return Condition.active if ever else Condition.never


def condition_of(session: Session, person: Person, *, now: datetime) -> Condition:
    """How one account is doing."""
    held = session.execute(
        select(Hold.bucket).where(Hold.person_id == person.id, Hold.until > now).limit(1)
    ).first()
    return _shown(
        disabled=person.disabled_at is not None,
        held=held is not None,
        invited=not person.password_hash,
        ever=last_sign_in(session, person.id) is not None,
    )


def last_sign_in(session: Session, person_id: str) -> datetime | None:
    """When somebody last signed in."""
    return session.scalar(select(func.max(SignIn.created_at)).where(SignIn.person_id == person_id))


def positions_of(session: Session, people: Sequence[str]) -> dict[str, list[PositionHeld]]:
    """Every position of these people, past and future ones too, the latest first: one query."""
    rows = session.execute(
        select(
            Position.id,
            Position.person_id,
            Position.role,
            func.coalesce(Office.short_name, Auditee.name).label("place"),
            Position.auditee_id,
            Position.valid_from,
            Position.valid_to,
        )
        .outerjoin(Office, Office.id == Position.office_id)
        .outerjoin(Auditee, Auditee.id == Position.auditee_id)
        .where(Position.person_id.in_(people))
        .order_by(Position.valid_from.desc(), Position.id)
    ).all()
    found: dict[str, list[PositionHeld]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(PositionHeld(*row))
    return found


def reached_person(session: Session, actor: Actor, person_id: str) -> Person | None:
    """The person, if the actor decides over the account."""
    return session.scalars(
        select(Person).where(Person.id == person_id, reached_people(actor))
    ).one_or_none()


def offices_for(session: Session, actor: Actor) -> list[Office]:
    """The open offices among whose people the actor decides, by name."""
    return list(
        session.scalars(
            select(Office)
            .where(Office.closed_on.is_(None), Office.id.in_(reached_offices(actor)))
            .order_by(Office.name)
        )
    )


def find_places(session: Session, actor: Actor, words: str) -> list[PlaceFound]:
    """Open auditees by number or words of their name, for a position there."""
    wanted = search_words(words)
    if not wanted:
        return []
    rows = session.execute(
        select(Auditee.id, Auditee.name, Auditee.reference)
        .where(
            Auditee.closed_on.is_(None),
            Auditee.id.in_(reached_auditees(actor)),
            *(
                or_(
                    Auditee.search_key.contains(word, autoescape=True),
                    func.lower(func.replace(Auditee.reference, "-", "")) == word,
                )
                for word in wanted
            ),
        )
        .order_by(Auditee.sort_key, Auditee.id)
        .limit(MOST_PLACES + 1)
    )
    return [PlaceFound(*row) for row in rows]
