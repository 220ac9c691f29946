"""What do the registers of an auditee say on its page: permits that end, values from outside?"""

from dataclasses import dataclass
from datetime import date

from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.outside_values.pages import value_fact, values_href
from assessor.outside_values.queries import standing_values
from assessor.permits.kinds import kind_label
from assessor.permits.pages import end_chip, permit_href, register_href
from assessor.permits.queries import dated, list_permits
from assessor.permits.validity import reminders
from assessor.ui.current import the_language
from assessor.ui.parts import Fact, Task


@dataclass(frozen=True)
class PermitsPart:
    """Where the permits are, and those one has to think of."""

    href: str
    any: bool
    due: tuple[Task, ...]


@dataclass(frozen=True)
class ValuesPart:
    """Where the values from outside are, and those that stand."""

    href: str
    facts: tuple[Fact, ...]


def permits_part(auditee: Auditee, today: date) -> PermitsPart:
    """The permits of a site, the nearest end first: one query."""
    entered = [each.permit for each in list_permits(db.session(), auditee.id)]
    due = reminders([dated(each) for each in entered], today)
    ending = sorted(
        (each.expires_on, each.id, each)
        for each in entered
        if each.id in due and each.expires_on is not None
    )
    language = the_language()
    return PermitsPart(
        href=register_href(auditee.id),
        any=bool(entered),
        due=tuple(
            Task(
                kind_label(each.kind, language),
                permit_href(each.id),
                each.number,
                end_chip(expires_on, today),
            )
            for expires_on, _id, each in ending
        ),
    )


def values_part(auditee: Auditee) -> ValuesPart:
    """What others gave: one query."""
    found = standing_values(db.session(), auditee.id)
    return ValuesPart(href=values_href(auditee.id), facts=tuple(value_fact(each) for each in found))
