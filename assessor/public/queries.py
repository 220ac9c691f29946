"""Is there such a report, and what may everybody know of it?

Institution, kind, dates, edition, status of the instrument, latest or replaced, and whether the
result is objected to: then it may not stand. Never by whom or why, never scores,
names of people, or what was decided: those stay with whoever holds the report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from assessor.assessments.models import Assessment, SealedDocument, Status
from assessor.assessments.objection_queries import under_objection
from assessor.assessments.seal import BrokenSeal, open_seal
from assessor.public.prefixes import Beginning
from assessor.reports.models import IssuedReport
from assessor.sentences import Refused, Sentence
from assessor.ui.formats import Zone


@dataclass(frozen=True)
class Successor:
    """The revision that replaced an assessment."""

    reference: str
    sealed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """A report that was issued here."""

    code: str
    language: str
    issued_at: datetime
    root: str
    reference: str
    institution: str
    place: str
    zone: Zone
    kind: str
    visited_on: date | None
    sealed_at: datetime
    instrument: Mapping[str, str]
    edition: str
    approved: bool
    fictitious: bool
    demo: bool
    replaced: bool
    objected: bool
    successor: Successor | None


_Later = aliased(Assessment, name="later")


def _reports() -> Any:
    return (
        select(
            IssuedReport,
            Assessment.status,
            SealedDocument.content,
            SealedDocument.root,
            under_objection().label("objected"),
            _Later,
        )
        .join(Assessment, Assessment.id == IssuedReport.assessment_id)
        .join(SealedDocument, SealedDocument.assessment_id == IssuedReport.assessment_id)
        .outerjoin(
            _Later,
            (_Later.revises_id == Assessment.id)
            & _Later.status.in_((Status.sealed, Status.revised)),
        )
    )


def find_by_code(session: Session, code: str) -> Known | None:
    """The report with this code."""
    row = session.execute(_reports().where(IssuedReport.code == code)).one_or_none()
    return None if row is None else _known(row)


@dataclass(frozen=True)
class Match:
    """A report that a file is, or begins with; `added` bytes came after it."""

    known: Known
    added: int


def find_by_beginnings(
    session: Session, size: int, beginnings: Sequence[Beginning]
) -> Match | None:
    """The report that is the longest beginning of a file."""
    sizes = {each.digest: each.size for each in beginnings}
    rows = session.execute(_reports().where(IssuedReport.digest.in_(sizes))).all()
    if not rows:
        return None
    row = max(rows, key=lambda each: sizes[each.IssuedReport.digest])
    return Match(_known(row), added=size - sizes[row.IssuedReport.digest])


_UNPROVEN = Sentence(
    "Isi yang dikunci tidak cocok dengan akarnya, jadi keaslian laporan ini tidak dapat "
    "dipastikan. Hubungi kantor yang menerbitkannya."
)


def _known(row: Any) -> Known:
    issued, later = row.IssuedReport, row.later
    try:
        content = open_seal(row.content, row.root)
    except BrokenSeal as error:
        raise Refused(_UNPROVEN) from error
    assessment, auditee, instrument = (
        content["assessment"],
        content["auditee"],
        content["instrument"],
    )
    places = (auditee["regency"], auditee["province"])
    return Known(
        code=issued.code,
        language=issued.language,
        issued_at=issued.issued_at,
        root=row.root,
        reference=assessment["reference"],
        institution=auditee["name"],
        place=", ".join(place["name"] for place in places if place),
        zone=Zone(auditee["time_zone"]),
        kind=assessment["kind"],
        visited_on=date.fromisoformat(assessment["visit_on"]) if assessment["visit_on"] else None,
        sealed_at=datetime.fromisoformat(assessment["sealed_at"]),
        instrument=instrument["title"],
        edition=instrument["edition"],
        approved=instrument["status"] == "approved",
        fictitious=bool(instrument["approval"] and instrument["approval"]["fictitious"]),
        demo=content["demo"],
        replaced=row.status is Status.revised,
        objected=bool(row.objected),
        successor=Successor(later.reference, later.sealed_at) if later is not None else None,
    )
