"""Who is behind a sign-in, which positions hold today, where else is somebody signed in?"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor, Held
from assessor.accounts.models import Person, Position, SecondFactor, SignIn
from assessor.auditees.models import Auditee
from assessor.installation.models import KeptSetting
from assessor.installation.settings import Name
from assessor.organization.models import Office, TimeZone
from assessor.sentences import NotPermitted, Sentence
from assessor.settings import Settings
from assessor.ui.formats import Zone, day_in


def hash_secret(secret: str) -> str:
    """What the database keeps of a cookie's secret. It is random, so one fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def today_in(zone: TimeZone, now: datetime) -> date:
    """The calendar day where the person is."""
    return day_in(now, Zone(zone.value))


def has_account(auditee_id: Any) -> ColumnElement[bool]:
    """As a condition: somebody of the auditee can sign in."""
    return exists(
        select(Position.id).where(Position.auditee_id == auditee_id, Position.valid_to.is_(None))
    )


@dataclass(frozen=True)
class Limits:
    """How long a sign-in lasts."""

    idle: timedelta
    idle_shared: timedelta
    absolute: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """As the installation says."""
        return cls(
            idle=timedelta(seconds=settings.session_idle),
            idle_shared=timedelta(seconds=settings.session_idle_shared),
            absolute=timedelta(seconds=settings.session_absolute),
        )

    def idle_for(self, *, shared: bool) -> timedelta:
        """The idle limit on this kind of computer."""
        return self.idle_shared if shared else self.idle

    def over(self, *, created_at: datetime, seen_at: datetime, shared: bool, now: datetime) -> bool:
        """Whether the sign-in has run out."""
        return now >= created_at + self.absolute or now >= seen_at + self.idle_for(shared=shared)


@dataclass(frozen=True)
class Recognised:
    """A living sign-in: who it is, and whether the time last seen should be written again.
    `held_back`: a role asks for a second factor and there is none; until then the actor holds no
    position."""

    actor: Actor
    shared_computer: bool
    refresh: bool
    held_back: bool = False


# One statement for every request; its text never changes, so it is compiled once. The days of the
# first and the last zone bound the positions, the person's own day decides among them.
_WHO = (
    select(
        SignIn.id,
        SignIn.created_at,
        SignIn.seen_at,
        SignIn.shared_computer,
        Person.id.label("person_id"),
        Person.name,
        Person.time_zone,
        Position.id.label("position_id"),
        Position.role,
        Position.office_id,
        Position.auditee_id,
        Position.valid_from,
        Position.valid_to,
        SecondFactor.secret.is_not(None).label("has_factor"),
        select(KeptSetting.value)
        .where(KeptSetting.name == Name.second_factor_roles.value)
        .scalar_subquery()
        .label("factor_roles"),
    )
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
    .outerjoin(
        Position,
        and_(
            Position.person_id == Person.id,
            Position.valid_from <= bindparam("last_day"),
            or_(Position.valid_to.is_(None), Position.valid_to > bindparam("first_day")),
        ),
    )
    .where(
        SignIn.secret_hash == bindparam("secret_hash"),
        SignIn.ended_at.is_(None),
        Person.disabled_at.is_(None),
    )
    .order_by(Position.valid_from, Position.id)
)


def in_force(valid_from: date, valid_to: date | None, *, today: date) -> bool:
    """Whether a position holds today. The day of its end is the first without it."""
    return valid_from <= today and (valid_to is None or today < valid_to)


def _held(rows: Sequence[Any], today: date) -> tuple[Held, ...]:
    return tuple(
        Held(row.position_id, row.role, row.office_id, row.auditee_id)
        for row in rows
        if row.position_id is not None and in_force(row.valid_from, row.valid_to, today=today)
    )


def recognise(
    session: Session, secret_hash: str, *, now: datetime, limits: Limits
) -> Recognised | None:
    """Who holds this secret now. None when the sign-in is unknown, ended or has run out, or the
    person is disabled."""
    rows = session.execute(
        _WHO,
        {
            "secret_hash": secret_hash,
            "first_day": today_in(TimeZone.wib, now),
            "last_day": today_in(TimeZone.wit, now),
        },
    ).all()
    if not rows:
        return None
    first = rows[0]
    shared = bool(first.shared_computer)
    if limits.over(created_at=first.created_at, seen_at=first.seen_at, shared=shared, now=now):
        return None
    held = _held(rows, today_in(first.time_zone, now))
    held_back = not first.has_factor and is_asked(held, first.factor_roles or "")
    actor = Actor(
        person_id=first.person_id,
        held=() if held_back else held,
        session_id=first.id,
        name=first.name,
    )
    # a sixth of the idle limit: five minutes, and less on a shared computer with its short limit
    stale = now - first.seen_at >= limits.idle_for(shared=shared) / 6
    return Recognised(actor=actor, shared_computer=shared, refresh=stale, held_back=held_back)


def is_asked(held: Iterable[Held], factor_roles: str) -> bool:
    """Whether one of these positions asks for a second factor, by the setting's words."""
    return not {each.role.value for each in held}.isdisjoint(factor_roles.split())


def actor_of(session: Session, person_id: str, *, now: datetime) -> Actor:
    """A person with the positions of today, signed in nowhere: for commands and jobs."""
    person = get_person(session, person_id)
    rows = session.execute(
        select(
            Position.id.label("position_id"),
            Position.role,
            Position.office_id,
            Position.auditee_id,
            Position.valid_from,
            Position.valid_to,
        )
        .where(Position.person_id == person_id)
        .order_by(Position.valid_from, Position.id)
    ).all()
    return Actor(
        person_id=person.id, held=_held(rows, today_in(person.time_zone, now)), name=person.name
    )


def person_named(session: Session, user_name: str) -> Person | None:
    """The person with this (folded) sign-in name."""
    return session.scalars(select(Person).where(Person.user_name == user_name)).one_or_none()


def get_person(session: Session, person_id: str) -> Person:
    """A person who exists."""
    return session.scalars(select(Person).where(Person.id == person_id)).one()


def own_person(session: Session, actor: Actor) -> Person:
    """The acting person. Raises NotPermitted for somebody not signed in."""
    if actor.person_id is None:
        raise NotPermitted(Sentence("Masuk dulu untuk membuka halaman ini."))
    return get_person(session, actor.person_id)


def living_sign_ins(
    session: Session, person_id: str, *, now: datetime, limits: Limits
) -> list[SignIn]:
    """Where the person is signed in now, last seen first."""
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .where(SignIn.created_at > now - limits.absolute)
        .order_by(SignIn.seen_at.desc(), SignIn.id)
    )
    return [
        row
        for row in rows
        if not limits.over(
            created_at=row.created_at, seen_at=row.seen_at, shared=row.shared_computer, now=now
        )
    ]


def get_own_sign_in(session: Session, actor: Actor, sign_in_id: str) -> SignIn | None:
    """A living sign-in of the actor's own."""
    return session.scalars(
        select(SignIn).where(
            SignIn.id == sign_in_id,
            SignIn.person_id == actor.person_id,
            SignIn.ended_at.is_(None),
        )
    ).one_or_none()


def places_of(session: Session, actor: Actor) -> dict[str, str]:
    """Position id → the name of the office or auditee where the actor holds it."""
    offices = session.execute(select(Office.id, Office.name).where(Office.id.in_(actor.offices())))
    auditees = session.execute(
        select(Auditee.id, Auditee.name).where(Auditee.id.in_(actor.auditees()))
    )
    names = {row.id: row.name for row in (*offices, *auditees)}
    return {
        held.position_id: names.get(held.office_id or held.auditee_id or "", "")
        for held in actor.held
    }
