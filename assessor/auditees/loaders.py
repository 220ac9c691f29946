"""Which auditee is a route about, and who may see it? For the guard."""

from assessor.access.guard import Loaded
from assessor.access.permissions import Permission
from assessor.auditees.models import Auditee, Service
from assessor.auditees.queries import subject_of
from assessor.database.extension import db


def loaded_auditee(auditee_id: str) -> Loaded | None:
    """The auditee of an address."""
    auditee = db.session.get(Auditee, auditee_id)
    if auditee is None:
        return None
    return Loaded(auditee, subject_of(db.session(), auditee), seen_with=Permission.see_auditee)


def loaded_service(service_id: str) -> Loaded | None:
    """The service of an address, with its auditee."""
    service = db.session.get(Service, service_id)
    if service is None:
        return None
    auditee = db.session.get_one(Auditee, service.auditee_id)
    subject = subject_of(db.session(), auditee)
    return Loaded((service, auditee), subject, seen_with=Permission.see_auditee)
