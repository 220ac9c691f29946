"""Which assessment or finding does an address mean? For the guard, before any view runs."""

from dataclasses import dataclass

from flask import request

from assessor.access.guard import Loaded
from assessor.access.permissions import Permission
from assessor.assessments.models import Assessment, Finding, FindingStatus
from assessor.assessments.objection_models import Objection
from assessor.assessments.queries import subject_of
from assessor.database.extension import db
from assessor.ui.current import the_settings

_ROOM_FOR_FIELDS = 1024 * 1024


def loaded_assessment(assessment_id: str) -> Loaded | None:
    """The assessment of an address."""
    assessment = db.session.get(Assessment, assessment_id)
    if assessment is None:
        return None
    return Loaded(
        assessment, subject_of(db.session(), assessment), seen_with=Permission.see_assessment
    )


def loaded_objection(objection_id: str) -> Loaded | None:
    """The objection of an address, seen by whoever sees the result."""
    objection = db.session.get(Objection, objection_id)
    if objection is None:
        return None
    assessment = db.session.get_one(Assessment, objection.assessment_id)
    subject = subject_of(db.session(), assessment)
    return Loaded(objection, subject, seen_with=Permission.see_assessment)


@dataclass(frozen=True)
class OneItem:
    """An assessment and the item a route is about."""

    assessment: Assessment
    item: str


def loaded_item(assessment_id: str, item: str) -> Loaded | None:
    """An item of the assessment of an address."""
    loaded = loaded_assessment(assessment_id)
    if loaded is None:
        return None
    return Loaded(OneItem(loaded.thing, item), loaded.subject, seen_with=loaded.seen_with)


def loaded_for_scan(assessment_id: str) -> Loaded | None:
    """The assessment, with room for one scan. The guard asks for it before anything is read."""
    loaded = loaded_assessment(assessment_id)
    if loaded is not None:
        request.max_content_length = the_settings().upload_limit + _ROOM_FOR_FIELDS
    return loaded


def loaded_finding(finding_id: str) -> Loaded | None:
    """The finding of an address, once it was issued."""
    finding = db.session.get(Finding, finding_id)
    if finding is None or finding.status is not FindingStatus.issued:
        return None
    assessment = db.session.get_one(Assessment, finding.assessment_id)
    return Loaded(finding, subject_of(db.session(), assessment), seen_with=Permission.see_findings)
