"""Does a report reach exactly those it should, in lists as one by one?"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import OFFICE_ROLES, Actor, Held, Role
from assessor.access.decide import decide, reaches, visible
from assessor.access.permissions import Permission
from assessor.accounts.queries import today_in
from assessor.auditees.holds import is_held
from assessor.auditees.models import Agency, Auditee
from assessor.auditees.queries import _COLUMNS as AUDITEE_COLUMNS
from assessor.auditees.queries import Sought, list_auditees
from assessor.auditees.queries import subject_of as subject_of_auditee
from assessor.auditees.registering import NewSite, register_site
from assessor.organization.models import OfficeKind
from assessor.urgent.models import UrgentReport
from assessor.urgent.queries import count_waiting, subject_of
from tests import builders
from tests.assessor.urgent import dangers
from tests.conftest import StandingClock


@dataclass(frozen=True)
class World:
    """Offices of three levels; auditees, the last of which a BNNK runs itself; who reported."""

    offices: tuple[str, ...]
    auditees: tuple[str, ...]
    reporters: tuple[str, ...]


@pytest.fixture
def world(session: Session, clock: StandingClock) -> World:
    centre = builders.make_office(session, clock)
    provinces = [
        builders.make_office(session, clock, kind=OfficeKind.bnnp, parent=centre) for _ in range(2)
    ]
    districts = [
        builders.make_office(session, clock, kind=OfficeKind.bnnk, parent=provinces[0])
        for _ in range(2)
    ]
    sites = [builders.make_site(session, clock, office=each) for each in (*provinces, *districts)]
    clinic = register_site(
        session,
        builders.SYSTEM,
        clock,
        new=NewSite(
            entity_id=sites[0].entity_id or "",
            name="Klinik Pratama",
            regency_code="34.04",
            agency=Agency.bnn,
            operating_office_id=districts[0].id,
            responsible_office_id=districts[0].id,
        ),
    )
    coach = builders.make_person(session, clock, role=Role.coach, office=provinces[0])
    chief = builders.make_person(session, clock, role=Role.directorate, office=centre)
    for site in (*sites, clinic):
        dangers.report(session, builders.actor_for(session, clock, chief), clock, site.id)
    for site in (sites[2], clinic):
        dangers.report(session, builders.actor_for(session, clock, coach), clock, site.id)
    return World(
        offices=tuple(each.id for each in (centre, *provinces, *districts)),
        auditees=tuple(each.id for each in (*sites, clinic)),
        reporters=(coach.id, chief.id, "somebody-else"),
    )


@st.composite
def people(draw: st.DrawFn) -> tuple[int, tuple[tuple[Role, int], ...]]:
    positions = st.lists(st.tuples(st.sampled_from(Role), st.integers(0, 4)), max_size=3)
    return draw(st.integers(0, 2)), tuple(draw(positions))


def _actor(world: World, who: int, positions: tuple[tuple[Role, int], ...]) -> Actor:
    held = tuple(
        Held(f"p{number}", role, office_id=world.offices[place])
        if role in OFFICE_ROLES
        else Held(f"p{number}", role, auditee_id=world.auditees[place])
        for number, (role, place) in enumerate(positions)
    )
    return Actor(world.reporters[who], held)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(somebody=people())
def test_lists_and_single_looks_agree(
    session: Session,
    clock: StandingClock,
    world: World,
    somebody: tuple[int, tuple[tuple[Role, int], ...]],
) -> None:
    actor = _actor(world, *somebody)
    own = {each.auditee_id for each in actor.held}
    reports = session.scalars(select(UrgentReport)).all()
    seen = {each.id for each in session.scalars(visible(UrgentReport, actor))}
    for each in reports:
        ruling = decide(actor, Permission.see_urgent, subject_of(session, each))
        assert ruling.allowed == (each.id in seen)
        assert not (ruling.allowed and each.auditee_id in own)
    received = [
        each
        for each in reports
        if decide(actor, Permission.receive_urgent, subject_of(session, each)).allowed
    ]
    assert count_waiting(session, actor) == len(received)
    now = clock()
    listed = list_auditees(session, actor, Sought(), now=now).rows
    shown = set(
        session.scalars(
            select(Auditee.id).where(reaches(actor, Permission.see_hold, AUDITEE_COLUMNS))
        )
    )
    for auditee in session.scalars(select(Auditee)):
        ruling = decide(actor, Permission.see_hold, subject_of_auditee(session, auditee))
        assert ruling.allowed == (auditee.id in shown)
        day = today_in(auditee.time_zone, now)
        known = ruling.allowed and is_held(session, auditee.id, day)
        assert all(each.held == known for each in listed if each.id == auditee.id)
        assert not (ruling.allowed and auditee.id in own)


def _held(world: World, role: Role, place: int) -> Actor:
    return _actor(world, 2, ((role, place),))


def _receives(session: Session, actor: Actor, auditee_id: str) -> bool:
    report = session.scalars(
        select(UrgentReport).where(UrgentReport.auditee_id == auditee_id)
    ).first()
    assert report is not None
    subject = subject_of(session, report)
    return decide(actor, Permission.receive_urgent, subject).allowed


def test_it_reaches_the_checkers_above_and_the_directorate(session: Session, world: World) -> None:
    in_first_district = world.auditees[2]
    assert _receives(session, _held(world, Role.directorate, 0), in_first_district)
    assert _receives(session, _held(world, Role.checker, 1), in_first_district)
    assert not _receives(session, _held(world, Role.checker, 2), in_first_district)
    assert not _receives(session, _held(world, Role.coach, 1), in_first_district)
    assert not _receives(session, _held(world, Role.privacy, 0), in_first_district)


def test_the_office_that_runs_a_clinic_does_not_receive_what_is_reported_of_it(
    session: Session, world: World
) -> None:
    clinic = world.auditees[4]
    assert not _receives(session, _held(world, Role.checker, 3), clinic)
    assert _receives(session, _held(world, Role.checker, 1), clinic)
    assert _receives(session, _held(world, Role.directorate, 0), clinic)
