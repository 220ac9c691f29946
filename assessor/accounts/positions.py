"""Which role does somebody hold where, and from when until when?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from assessor.access.actor import OFFICE_ROLES, Actor, Role
from assessor.accounts.events import PositionGiven
from assessor.accounts.models import Person, Position
from assessor.accounts.queries import get_person, today_in
from assessor.accounts.reach import ensure_administrator, ensure_reaches_place
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence


@dataclass(frozen=True)
class Place:
    """A role and where it is held: at an office or at an auditee."""

    role: Role
    office_id: str | None = None
    auditee_id: str | None = None


@dataclass(frozen=True)
class Term:
    """From which day on (today if none is named) until which; the last is the first without."""

    first: date | None = None
    end: date | None = None


def place_person(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    person_id: str,
    place: Place,
    term: Term = Term(),  # frozen
) -> Position:
    """Give a person a position. Raises Refused and NotPermitted."""
    ensure_administrator(actor)
    with write(session, actor, clock) as work:
        position = add_position(work, get_person(session, person_id), place, term)
        work.record(
            PositionGiven(
                subject=person_id,
                auditee=position.auditee_id,
                position=position.id,
                role=position.role.value,
                valid_from=position.valid_from.isoformat(),
            )
        )
    return position


def add_position(work: Work, person: Person, place: Place, term: Term) -> Position:
    """Put a position into the tables. Raises Refused and NotPermitted."""
    at_office = place.role in OFFICE_ROLES
    if at_office != (place.office_id is not None) or at_office == (place.auditee_id is not None):
        raise Refused(
            Sentence("Pilih kantor untuk jabatan di kantor, atau lembaga dan unit untuk yang lain.")
        )
    ensure_reaches_place(work.session, work.actor, person_id=person.id, auditee_id=place.auditee_id)
    first = term.first or today_in(person.time_zone, work.now)
    if term.end is not None and term.end <= first:
        raise Refused(Sentence("Isi tanggal berakhir sesudah tanggal mulai."))
    position = Position(
        id=new_id(),
        person_id=person.id,
        role=place.role,
        office_id=place.office_id,
        auditee_id=place.auditee_id,
        valid_from=first,
        valid_to=term.end,
    )
    work.session.add(position)
    return position
