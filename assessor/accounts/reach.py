"""Over whose accounts and positions does an administrator decide?

The centre's over all but the own; an office's only over people of auditees for which that office,
or one below it, is responsible. Otherwise whoever resets passwords somewhere could sign in as, or
make themselves, somebody who decides over the nation.
"""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.accounts.models import Person, Position
from assessor.auditees.models import Auditee
from assessor.organization.models import Office, OfficeClosure, OfficeKind
from assessor.sentences import NotPermitted, Sentence

_NOT_AT_ALL = Sentence("Akun dan jabatan diatur oleh administrator.")
_NOT_HERE = Sentence("Akun ini di luar jangkauan Anda. Minta administrator di kantor pusat.")
_NOT_ONESELF = Sentence("Jabatan Anda sendiri diatur oleh administrator yang lain.")


def ensure_administrator(actor: Actor) -> None:
    """Raise NotPermitted unless this is an administrator, or the installation itself."""
    if actor is not SYSTEM and not actor.has(Role.administrator):
        raise NotPermitted(_NOT_AT_ALL)


def ensure_reaches_place(
    session: Session, actor: Actor, *, person_id: str, auditee_id: str | None
) -> None:
    """Raise NotPermitted unless the actor gives and ends this person's positions there. Without
    an auditee it is a position at an office."""
    ensure_administrator(actor)
    if actor is SYSTEM:
        return
    if person_id == actor.person_id:
        raise NotPermitted(_NOT_ONESELF)
    if from_the_centre(session, actor):
        return
    if auditee_id is None or auditee_id not in _auditees(session, actor, {auditee_id}):
        raise NotPermitted(_NOT_HERE)


def ensure_reaches_person(session: Session, actor: Actor, person_id: str) -> None:
    """Raise NotPermitted unless the actor decides over this whole account: its password, its end.
    Every position it ever held counts."""
    ensure_administrator(actor)
    if actor is SYSTEM or from_the_centre(session, actor):
        return
    places = session.execute(
        select(Position.auditee_id).where(Position.person_id == person_id)
    ).scalars()
    wanted = set(places)
    if not wanted or None in wanted or wanted - _auditees(session, actor, wanted):
        raise NotPermitted(_NOT_HERE)


def reached_people(actor: Actor) -> ColumnElement[bool]:
    """The condition under which `ensure_reaches_person` holds, for queries over people."""
    if not actor.has(Role.administrator):
        return false()
    places = select(Position.id).where(Position.person_id == Person.id)
    elsewhere = or_(
        Position.auditee_id.is_(None), Position.auditee_id.not_in(reached_auditees(actor))
    )
    return or_(
        _centre_of(actor).exists(),
        and_(places.exists(), ~places.where(elsewhere).exists()),
    )


def reached_auditees(actor: Actor) -> Select[str]:
    """The auditees whose people the actor decides over."""
    return select(Auditee.id).where(
        or_(_centre_of(actor).exists(), Auditee.responsible_office_id.in_(_below(actor)))
    )


def reached_offices(actor: Actor) -> Select[str]:
    """The offices among whose people the actor decides over anybody."""
    return select(Office.id).where(or_(_centre_of(actor).exists(), Office.id.in_(_below(actor))))


def from_the_centre(session: Session, actor: Actor) -> bool:
    """Whether the actor is an administrator of the centre."""
    return session.execute(_centre_of(actor).limit(1)).scalar() is not None


def _centre_of(actor: Actor) -> Select[str]:
    centre = aliased(Office)
    return select(centre.id).where(
        centre.id.in_(actor.offices(Role.administrator)), centre.kind == OfficeKind.centre
    )


def _below(actor: Actor) -> Select[str]:
    return select(OfficeClosure.descendant_id).where(
        OfficeClosure.ancestor_id.in_(actor.offices(Role.administrator))
    )


def _auditees(session: Session, actor: Actor, wanted: set[str | None]) -> set[str]:
    """Which of these auditees the actor's offices answer for."""
    return set(
        session.execute(
            select(Auditee.id).where(
                Auditee.id.in_([each for each in wanted if each is not None]),
                Auditee.responsible_office_id.in_(_below(actor)),
            )
        ).scalars()
    )
