"""What stands beside the scores and changes none: expired permits, values from outside?

Both are written into the sealed document from the rows of that moment, and read from it later.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment
from assessor.auditees.models import Auditee
from assessor.journal.capture import coded
from assessor.outside_values.kinds import kinds as value_kinds
from assessor.outside_values.queries import standing_values
from assessor.permits.kinds import kinds as permit_kinds
from assessor.permits.queries import ending_permits, expired_of
from assessor.ui.formats import Zone, day_in
from standards.model import Text

Document = dict[str, Any]


def day_of_the_visit(session: Session, assessment: Assessment) -> date:
    """The day permits have to be in force on: that of the visit; where there is none, the day it
    was handed over, or else opened."""
    if assessment.visit_on is not None:
        return assessment.visit_on
    auditee = session.get_one(Auditee, assessment.auditee_id)
    return day_in(assessment.submitted_at or assessment.opened_at, Zone(auditee.time_zone.value))


def expired_document(session: Session, assessment: Assessment, asked: Collection[str]) -> Document:
    """The permits that had run out before the visit, each with the asked items it belongs to;
    no day is named where no permit was ever entered."""
    permits = ending_permits(session, assessment.auditee_id)
    if not permits:
        return {"on": None, "permits": []}
    day = day_of_the_visit(session, assessment)
    found = []
    for each in expired_of(permits, day):
        items = [item for item in each.items if item in asked]
        if items:
            kind = permit_kinds().get(each.kind)
            found.append(
                {
                    "kind": each.kind,
                    "label": (kind.label if kind else Text(each.kind, each.kind)).document(),
                    "number": each.number,
                    "valid_from": coded(each.valid_from),
                    "expires_on": coded(each.expires_on),
                    "items": items,
                }
            )
    return {"on": coded(day), "permits": found}


def values_document(session: Session, assessment: Assessment) -> list[Document]:
    """The values that others gave until the year of the assessment."""
    return [
        {
            "kind": each.kind,
            "label": (
                value_kinds()[each.kind].label
                if each.kind in value_kinds()
                else Text(each.kind, each.kind)
            ).document(),
            "year": each.year,
            "value": each.value,
            "scale": each.scale,
            "source": each.source,
        }
        for each in standing_values(session, assessment.auditee_id)
        if each.year <= assessment.year
    ]


def expired_at(document: Mapping[str, Any] | None) -> dict[str, list[Mapping[str, Any]]]:
    """Item → the expired permits that belong to it. Documents of an earlier form have none."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for permit in (document or {}).get("permits", ()):
        for item in permit["items"]:
            found.setdefault(item, []).append(permit)
    return found
