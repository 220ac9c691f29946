"""How many of a role have the second step on? Those who hold it today and may sign in."""

from datetime import timedelta

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.factor_queries import Share, factor_shares
from assessor.accounts.second_factor import reset_factor
from assessor.accounts.services import disable_person, give_position
from tests.assessor.accounts.factors import give_phone
from tests.builders import make_office, make_person


def test_each_person_counts_once_in_each_role_of_today(session, clock):
    office, today = make_office(session, clock), clock().date()
    people = [make_person(session, clock, role=Role.coach, office=office) for _ in range(4)]
    for role, first in (
        (Role.coach, today),  # a second time
        (Role.checker, today),
        (Role.assessor, today + timedelta(days=2)),
    ):
        give_position(
            session,
            SYSTEM,
            clock,
            person_id=people[0].id,
            role=role,
            office_id=office.id,
            valid_from=first,
        )
    for person in people[:3]:
        give_phone(session, clock, person)
    reset_factor(session, SYSTEM, clock, person_id=people[1].id)
    disable_person(session, SYSTEM, clock, person_id=people[2].id)
    assert factor_shares(session, today=today) == {
        Role.coach: Share(1, 3),
        Role.checker: Share(1, 1),
    }
