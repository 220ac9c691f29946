"""Does the list show exactly what may be seen, one by one?"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from assessor.access.actor import NOBODY, OFFICE_ROLES, SYSTEM, Actor, Held, Role
from assessor.access.decide import decide, visible
from assessor.access.permissions import Permission
from assessor.accounts.models import Person
from assessor.assessments.models import (
    Assessment,
    Kind,
    Mode,
    Status,
    TeamMember,
    TeamRole,
)
from assessor.auditees.models import Agency, Auditee
from assessor.auditees.queries import Sought, count_auditees, list_auditees, subject_of
from assessor.auditees.registering import (
    NewSite,
    NewUnit,
    register_entity,
    register_site,
    register_unit,
)
from assessor.auditees.services import hand_over
from assessor.database.base import new_id
from assessor.instruments.models import Edition, EditionKind
from assessor.organization.models import Office, OfficeKind, Territory
from assessor.organization.services import move_office
from tests.assessor.organization.places import Clock, add_territories, office

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Offices (a centre, provinces, districts below them), auditees, and who is on which team."""

    provinces: int
    districts: tuple[int, ...]  # each below this province
    responsible: tuple[int, ...]  # each auditee's office
    teams: tuple[tuple[int, int], ...]  # person, auditee
    cancelled: frozenset[int]
    moved: tuple[tuple[int, int], ...]  # district, province
    handed: tuple[tuple[int, int], ...]  # auditee, office


@st.composite
def worlds(draw: st.DrawFn) -> World:
    provinces = draw(st.integers(1, 3))
    districts = tuple(draw(st.lists(st.integers(0, provinces - 1), max_size=4)))
    offices = st.integers(0, provinces + len(districts))
    responsible = tuple(draw(st.lists(offices, min_size=1, max_size=6)))
    auditees = st.integers(0, len(responsible) - 1)
    moves = st.tuples(st.integers(0, max(len(districts) - 1, 0)), st.integers(0, provinces - 1))
    return World(
        provinces=provinces,
        districts=districts,
        responsible=responsible,
        teams=tuple(draw(st.sets(st.tuples(st.integers(0, 1), auditees), max_size=5))),
        cancelled=draw(st.frozensets(auditees, max_size=2)),
        moved=tuple(draw(st.lists(moves, max_size=2))) if districts else (),
        handed=tuple(draw(st.lists(st.tuples(auditees, offices), max_size=3))),
    )


@st.composite
def positions(draw: st.DrawFn) -> list[tuple[Role, int]]:
    return draw(st.lists(st.tuples(st.sampled_from(Role), st.integers(0, 20)), max_size=3))


def _build(session: Session, clock: Clock, world: World) -> tuple[list[str], list[str]]:
    """The ids of the offices and of the auditees."""
    mark = new_id()
    centre = session.execute(
        select(Office).where(Office.kind == OfficeKind.centre)
    ).scalar() or office(session, clock, OfficeKind.centre, "Pusat")
    provinces = [
        office(session, clock, OfficeKind.bnnp, f"BNNP {i} {mark}", centre)
        for i in range(world.provinces)
    ]
    districts = [
        office(session, clock, OfficeKind.bnnk, f"BNNK {i} {mark}", provinces[below])
        for i, below in enumerate(world.districts)
    ]
    offices = [each.id for each in (centre, *provinces, *districts)]
    entity = register_entity(session, SYSTEM, clock, name=f"Badan {mark}", legal_form="yayasan")
    auditees = []
    for number, at in enumerate(world.responsible):
        if number % 2:
            made = register_unit(
                session,
                SYSTEM,
                clock,
                new=NewUnit(
                    name=f"Unit {number}",
                    village_code="33.02.22.2007",
                    responsible_office_id=offices[at],
                ),
            )
        else:
            made = register_site(
                session,
                SYSTEM,
                clock,
                new=NewSite(
                    entity_id=entity.id,
                    name=f"Lembaga {number}",
                    regency_code="33.02",
                    agency=Agency.foundation,
                    responsible_office_id=offices[at],
                ),
            )
        auditees.append(made.id)
    for district, province in world.moved:
        move_office(
            session,
            SYSTEM,
            clock,
            office_id=districts[district].id,
            parent_id=provinces[province].id,
            why="uji",
        )
    for auditee, at in world.handed:
        current = session.get_one(Auditee, auditees[auditee]).responsible_office_id
        if current != offices[at]:
            hand_over(
                session,
                SYSTEM,
                clock,
                auditee_id=auditees[auditee],
                from_office_id=current,
                to_office_id=offices[at],
                reason="uji",
            )
    return offices, auditees


def _assign(engine: Engine, people: list[str], auditees: list[str], world: World) -> None:
    """Teams, written past the services of the features above."""
    edition = new_id()
    with engine.begin() as connection:
        connection.execute(
            insert(Edition).values(
                fingerprint=edition,
                kind=EditionKind.checklist,
                name="uji",
                edition="1",
                content=b"{}",
                published_at=NOW,
            )
        )
        for person in people:
            connection.execute(
                insert(Person).values(
                    id=person, user_name=person, name="Uji", password_hash="-", created_at=NOW
                )
            )
        for person, auditee in world.teams:
            assessment = new_id()
            cancelled = auditee in world.cancelled
            connection.execute(
                insert(Assessment).values(
                    id=assessment,
                    reference=assessment,
                    auditee_id=auditees[auditee],
                    kind=Kind.evaluation,
                    mode=Mode.on_site,
                    year=2026,
                    edition=edition,
                    tags=[],
                    status=Status.cancelled if cancelled else Status.in_progress,
                    opened_by=people[person],
                    opened_at=NOW,
                )
            )
            connection.execute(
                insert(TeamMember).values(
                    assessment_id=assessment, person_id=people[person], role=TeamRole.lead
                )
            )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds(), held=positions(), person=st.integers(0, 1))
def test_what_is_listed_is_what_may_be_seen(
    session: Session,
    clock: Clock,
    engine: Engine,
    world: World,
    held: list[tuple[Role, int]],
    person: int,
) -> None:
    if session.execute(select(func.count()).select_from(Territory)).scalar() == 0:
        add_territories(session, clock)
    offices, auditees = _build(session, clock, world)
    people = [new_id(), new_id()]
    session.rollback()
    _assign(engine, people, auditees, world)
    actor = Actor(
        people[person],
        tuple(
            Held(
                str(number),
                role,
                office_id=offices[at % len(offices)] if role in OFFICE_ROLES else None,
                auditee_id=None if role in OFFICE_ROLES else auditees[at % len(auditees)],
            )
            for number, (role, at) in enumerate(held)
        ),
    )
    listed = {each.id for each in session.execute(visible(Auditee, actor)).scalars()}
    allowed = {
        each.id
        for each in session.execute(select(Auditee)).scalars().all()
        if decide(actor, Permission.see_auditee, subject_of(session, each)).allowed
    }
    assert listed == allowed
    assert count_auditees(session, actor, Sought()) == len(allowed)
    assert session.execute(visible(Auditee, NOBODY)).first() is None


@pytest.mark.parametrize("role", [Role.privacy, Role.observer])
def test_some_roles_see_no_auditee_at_all(session: Session, clock: Clock, role: Role) -> None:
    add_territories(session, clock)
    world = World(1, (), (0, 1), (), frozenset(), (), ())
    offices, _ = _build(session, clock, world)
    actor = Actor("p", (Held("h", role, office_id=offices[0]),))
    assert list_auditees(session, actor, Sought(), now=NOW).rows == ()
