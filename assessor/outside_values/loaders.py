"""Whose values from outside does an address mean, or which one? For the guard."""

from dataclasses import replace

from assessor.access.guard import Loaded
from assessor.access.permissions import Permission
from assessor.auditees.loaders import loaded_auditee
from assessor.auditees.models import Auditee
from assessor.auditees.queries import subject_of
from assessor.database.extension import db
from assessor.outside_values.models import OutsideValue


def loaded_rated(auditee_id: str) -> Loaded | None:
    """The auditee to whom others gave values."""
    found = loaded_auditee(auditee_id)
    return None if found is None else replace(found, seen_with=Permission.see_outside_values)


def loaded_value(value_id: str) -> Loaded | None:
    """One value."""
    value = db.session.get(OutsideValue, value_id)
    if value is None:
        return None
    auditee = db.session.get_one(Auditee, value.auditee_id)
    subject = subject_of(db.session(), auditee)
    return Loaded(value, subject, seen_with=Permission.see_outside_values)
