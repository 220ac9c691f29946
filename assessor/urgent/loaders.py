"""Which urgent report does an address mean, and about what may one be made? For the guard.

What one may not report about looks missing, so that nobody of the auditee learns that there is
such a thing as a report about it.
"""

from dataclasses import dataclass, replace

from assessor.access.guard import Loaded
from assessor.access.permissions import Permission
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment
from assessor.auditees.loaders import loaded_auditee
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.urgent.models import UrgentReport
from assessor.urgent.queries import subject_of


@dataclass(frozen=True)
class About:
    """What a report is about: an auditee, and the assessment in which it was seen."""

    auditee: Auditee
    assessment: Assessment | None = None


def loaded_about_auditee(auditee_id: str) -> Loaded | None:
    """An auditee about which a report may be made."""
    found = loaded_auditee(auditee_id)
    if found is None:
        return None
    return Loaded(About(found.thing), found.subject, seen_with=Permission.report_urgent)


def loaded_about_assessment(assessment_id: str) -> Loaded | None:
    """An assessment in which something was seen that must be reported."""
    found = loaded_assessment(assessment_id)
    if found is None:
        return None
    auditee = db.session.get_one(Auditee, found.thing.auditee_id)
    return replace(found, thing=About(auditee, found.thing), seen_with=Permission.report_urgent)


def loaded_report(report_id: str) -> Loaded | None:
    """The urgent report of an address."""
    report = db.session.get(UrgentReport, report_id)
    if report is None:
        return None
    return Loaded(report, subject_of(db.session(), report), seen_with=Permission.see_urgent)
