"""Which officers are there whose work could pass, and who could take it?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns
from assessor.accounts.models import Person, PersonKey, Position
from assessor.assessments.models import Assessment, TeamMember
from assessor.assessments.workflow import RUNNING
from assessor.organization.keys import search_words
from assessor.organization.models import Office, OfficeClosure

MOST_FOUND = 30
MOST_NEAR = 12


@dataclass(frozen=True)
class Officer:
    """Somebody with positions at offices."""

    person_id: str
    name: str
    offices: str
    places: int = 0


def _named(words: str) -> list[ColumnElement[bool]]:
    return [PersonKey.search_key.contains(word, autoescape=True) for word in search_words(words)]


def _in_force(on: date) -> ColumnElement[bool]:
    return (Position.valid_from <= on) & or_(Position.valid_to.is_(None), Position.valid_to > on)


def _gathered(rows: list[tuple[str, str, str, int]]) -> tuple[Officer, ...]:
    """One line a person, however many positions."""
    found: dict[str, Officer] = {}
    for person_id, name, office, places in rows:
        known = found.get(person_id)
        offices = office if known is None else known.offices
        if known is not None and office not in known.offices:
            offices = f"{known.offices}, {office}"
        found[person_id] = Officer(person_id, name, offices, places)
    return tuple(found.values())


def find_officers(session: Session, actor: Actor, words: str) -> tuple[Officer, ...]:
    """Officers whose work the actor may pass on, those with most unfinished work first: one
    query. Somebody whose positions have ended is found too."""
    held = (
        select(TeamMember.person_id, func.count().label("places"))
        .join(Assessment, Assessment.id == TeamMember.assessment_id)
        .where(Assessment.status.in_(RUNNING))
        .group_by(TeamMember.person_id)
        .subquery()
    )
    columns = Columns(auditee_id=Office.id, office_id=Office.id)
    rows = session.execute(
        select(Person.id, Person.name, Office.short_name, func.coalesce(held.c.places, 0))
        .join(Position, Position.person_id == Person.id)
        .join(Office, Office.id == Position.office_id)
        .outerjoin(PersonKey, PersonKey.person_id == Person.id)
        .outerjoin(held, held.c.person_id == Person.id)
        .where(reaches(actor, Permission.hand_over_work, columns), *_named(words))
        .order_by(func.coalesce(held.c.places, 0).desc(), Person.name, Person.id)
        .limit(MOST_FOUND * 3)
    ).all()
    return _gathered([tuple(row) for row in rows])[:MOST_FOUND]


def find_receivers(session: Session, from_person: str, words: str, on: date) -> tuple[Officer, ...]:
    """Who could take over: without words the people of the same offices and those above and
    below, else everybody of that name. One query."""
    statement = (
        select(Person.id, Person.name, Office.short_name)
        .join(Position, Position.person_id == Person.id)
        .join(Office, Office.id == Position.office_id)
        .outerjoin(PersonKey, PersonKey.person_id == Person.id)
        .where(
            Person.id != from_person, Person.disabled_at.is_(None), _in_force(on), *_named(words)
        )
        .order_by(Person.name, Person.id)
        .limit(MOST_NEAR * 3)
    )
    if not search_words(words):
        own = select(Position.office_id).where(Position.person_id == from_person)
        above = select(OfficeClosure.ancestor_id).where(OfficeClosure.descendant_id.in_(own))
        below = select(OfficeClosure.descendant_id).where(OfficeClosure.ancestor_id.in_(own))
        statement = statement.where(or_(Office.id.in_(above), Office.id.in_(below)))
    rows = session.execute(statement).all()
    return _gathered([(row[0], row[1], row[2], 0) for row in rows])[:MOST_NEAR]


def get_officers(session: Session, ids: list[str]) -> tuple[Officer, ...]:
    """These people in this order, as far as they exist and may still sign in."""
    rows = session.execute(
        select(Person.id, Person.name).where(Person.id.in_(ids), Person.disabled_at.is_(None))
    ).all()
    names = {row[0]: row[1] for row in rows}
    return tuple(Officer(each, names[each], "") for each in dict.fromkeys(ids) if each in names)
