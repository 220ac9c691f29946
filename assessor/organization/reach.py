"""Who arranges offices and service areas? An administrator at the centre, nobody else.

Whoever moves an office moves what everybody below it may see; an administrator of one office must
not be able to put that office above others.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.access.decide import make_visible
from assessor.access.permissions import Permission
from assessor.access.rules import Columns, Subject
from assessor.organization.models import Office
from assessor.organization.queries import offices_above
from assessor.sentences import NotPermitted, Sentence

make_visible(Office, Permission.see_office, Columns(auditee_id=Office.id, office_id=Office.id))

_NOT_HERE = Sentence("Kantor dan wilayah layanannya diatur oleh administrator di kantor pusat.")


def top_offices(session: Session) -> frozenset[str]:
    """The offices with nothing above them: the centre."""
    return frozenset(session.scalars(select(Office.id).where(Office.parent_id.is_(None))))


def office_subject(session: Session, office_id: str) -> Subject:
    """What the rules ask about an office: itself and all above it."""
    line = offices_above(session, office_id)
    return Subject(offices=frozenset(line), tops=frozenset(line[-1:]))


def is_at_the_top(session: Session, actor: Actor, role: Role = Role.administrator) -> bool:
    """Whether the actor holds this role at the centre."""
    return not top_offices(session).isdisjoint(actor.offices(role))


def ensure_arranges(session: Session, actor: Actor) -> None:
    """Raise NotPermitted unless the actor arranges offices."""
    if actor is not SYSTEM and not is_at_the_top(session, actor):
        raise NotPermitted(_NOT_HERE)
