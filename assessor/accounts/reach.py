"""Over whose accounts and positions does an administrator decide?

The centre's over all but the own; an office's only over people of auditees for which that office,
or one below it, is responsible. Otherwise whoever resets passwords somewhere could sign in as, or
make themselves, somebody who decides over the nation.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.accounts.models import Position
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
    if _from_the_centre(session, actor):
        return
    if auditee_id is None or auditee_id not in _auditees(session, actor, {auditee_id}):
        raise NotPermitted(_NOT_HERE)


def ensure_reaches_person(session: Session, actor: Actor, person_id: str) -> None:
    """Raise NotPermitted unless the actor decides over this whole account: its password, its end.
    Every position it ever held counts."""
    ensure_administrator(actor)
    if actor is SYSTEM or _from_the_centre(session, actor):
        return
    places = session.execute(
        select(Position.auditee_id).where(Position.person_id == person_id)
    ).scalars()
    wanted = set(places)
    if not wanted or None in wanted or wanted - _auditees(session, actor, wanted):
        raise NotPermitted(_NOT_HERE)


def _from_the_centre(session: Session, actor: Actor) -> bool:
    return (
        session.execute(
            select(Office.id)
            .where(
                Office.id.in_(actor.offices(Role.administrator)), Office.kind == OfficeKind.centre
            )
            .limit(1)
        ).scalar()
        is not None
    )


def _auditees(session: Session, actor: Actor, wanted: set[str | None]) -> set[str]:
    """Which of these auditees the actor's offices answer for."""
    below = select(OfficeClosure.descendant_id).where(
        OfficeClosure.ancestor_id.in_(actor.offices(Role.administrator))
    )
    return set(
        session.execute(
            select(Auditee.id).where(
                Auditee.id.in_([each for each in wanted if each is not None]),
                Auditee.responsible_office_id.in_(below),
            )
        ).scalars()
    )
