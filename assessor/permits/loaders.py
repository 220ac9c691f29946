"""Which site or which permit does an address mean? For the guard."""

from dataclasses import replace

from flask import request

from assessor.access.guard import Loaded
from assessor.access.permissions import Permission
from assessor.auditees.loaders import loaded_auditee
from assessor.auditees.models import Auditee, AuditeeKind
from assessor.auditees.queries import subject_of
from assessor.database.extension import db
from assessor.permits.models import Permit
from assessor.ui.current import the_settings

_ROOM_FOR_FIELDS = 1024 * 1024


def loaded_site(auditee_id: str) -> Loaded | None:
    """The site whose permits they are; community units have none."""
    found = loaded_auditee(auditee_id)
    if found is None or found.thing.kind is not AuditeeKind.site:
        return None
    return replace(found, seen_with=Permission.see_permits)


def loaded_site_for_upload(auditee_id: str) -> Loaded | None:
    """The same, with room for the scan of a permit."""
    found = loaded_site(auditee_id)
    if found is not None:
        request.max_content_length = the_settings().upload_limit + _ROOM_FOR_FIELDS
    return found


def loaded_permit(permit_id: str) -> Loaded | None:
    """A permit."""
    permit = db.session.get(Permit, permit_id)
    if permit is None:
        return None
    auditee = db.session.get_one(Auditee, permit.auditee_id)
    subject = subject_of(db.session(), auditee)
    return Loaded(permit, subject, seen_with=Permission.see_permits)
