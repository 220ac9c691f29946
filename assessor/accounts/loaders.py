"""Which account is a route about? Only those the actor decides over; the others look missing."""

from assessor.access.decide import ANYTHING
from assessor.access.guard import Loaded, the_actor
from assessor.access.permissions import Permission
from assessor.accounts.people_queries import reached_person
from assessor.database.extension import db


def loaded_person(person_id: str) -> Loaded | None:
    """The person of an address."""
    person = reached_person(db.session(), the_actor(), person_id)
    if person is None:
        return None
    return Loaded(person, ANYTHING, seen_with=Permission.manage_accounts)
