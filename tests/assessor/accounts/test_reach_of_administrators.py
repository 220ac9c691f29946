"""Can an administrator somewhere become, or make somebody, more than that place allows?"""

import pytest
from sqlalchemy import select

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.inviting import make_link
from assessor.accounts.models import LinkWay, Position
from assessor.accounts.services import disable_person, end_position, give_position
from assessor.organization.models import OfficeKind
from assessor.sentences import NotPermitted
from tests.builders import actor_for, make_office, make_person, make_site


@pytest.fixture
def here(session, clock):
    return make_office(session, clock, kind=OfficeKind.bnnk)


@pytest.fixture
def local(session, clock, here):
    """An administrator of one BNNK."""
    person = make_person(session, clock, role=Role.administrator, office=here)
    return actor_for(session, clock, person)


@pytest.fixture
def acts(session, clock):
    """What an administrator does to an account and its one position."""

    def acts(actor, person_id):
        held = session.scalars(select(Position).where(Position.person_id == person_id)).one()
        place = {"office_id": held.office_id, "auditee_id": held.auditee_id}
        place_role, held_id = held.role, held.id
        session.rollback()
        return (
            lambda: make_link(session, actor, clock, person_id=person_id, way=LinkWay.hand),
            lambda: give_position(
                session, actor, clock, person_id=person_id, role=place_role, **place
            ),
            lambda: end_position(session, actor, clock, position_id=held_id),
            lambda: disable_person(session, actor, clock, person_id=person_id),
        )

    return acts


def test_over_people_of_auditees_of_the_own_office(session, clock, here, local, acts):
    site = make_site(session, clock, office=here)
    person = make_person(session, clock, role=Role.institution, auditee=site)
    for act in acts(local, person.id):
        act()


def test_not_over_people_of_auditees_elsewhere(session, clock, local, acts):
    person = make_person(session, clock, role=Role.institution, auditee=make_site(session, clock))
    for act in acts(local, person.id):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.parametrize("role", [Role.directorate, Role.coach, Role.administrator])
def test_not_over_officers_not_even_of_the_own_office(session, clock, here, local, acts, role):
    person = make_person(session, clock, role=role, office=here)
    for act in acts(local, person.id):
        with pytest.raises(NotPermitted):
            act()


def test_not_over_somebody_who_also_holds_something_else(session, clock, here, local):
    site = make_site(session, clock, office=here)
    person = make_person(session, clock, role=Role.institution, auditee=site)
    centre = make_office(session, clock)
    give_position(
        session,
        SYSTEM,
        clock,
        person_id=person.id,
        role=Role.directorate,
        office_id=centre.id,
    )
    with pytest.raises(NotPermitted):
        make_link(session, local, clock, person_id=person.id, way=LinkWay.hand)


def test_nobody_gives_a_position_to_oneself(session, clock):
    person = make_person(session, clock, role=Role.administrator)
    actor = actor_for(session, clock, person)
    centre = actor.held[0].office_id
    with pytest.raises(NotPermitted):
        give_position(
            session,
            actor,
            clock,
            person_id=person.id,
            role=Role.directorate,
            office_id=centre,
        )


def test_the_centre_decides_over_everybody_else(session, clock, here, acts):
    centre = actor_for(session, clock, make_person(session, clock, role=Role.administrator))
    person = make_person(session, clock, role=Role.coach, office=here)
    for act in acts(centre, person.id):
        act()
