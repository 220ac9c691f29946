"""Which auditee is a route about, and who may see it? For the guard."""

from assessor.access.guard import Loaded
from assessor.access.permissions import Permission
from assessor.auditees.models import Auditee
from assessor.auditees.queries import subject_of
from assessor.database.extension import db


def loaded_auditee(auditee_id: str) -> Loaded | None:
    """The auditee of an address."""
    auditee = db.session.get(Auditee, auditee_id)
    if auditee is None:
        return None
    return Loaded(auditee, subject_of(db.session(), auditee), seen_with=Permission.see_auditee)
