"""Are there such a report or minutes, and what may everybody know of them?

Institution, kind, dates, edition, status of the instrument, latest or replaced, and whether the
result is objected to: then it may not stand. Never by whom or why, never scores,
names of people, or what was decided: those stay with whoever holds the report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from assessor.assessments.models import Assessment, SealedDocument, Status
from assessor.assessments.objection_queries import under_objection
from assessor.assessments.seal import BrokenSeal, open_seal
from assessor.assessments.visit_models import Closing
from assessor.public.prefixes import Beginning
from assessor.reports.models import IssuedMinutes, IssuedReport
from assessor.sentences import Refused, Sentence
from assessor.ui.formats import Zone


class Paper(StrEnum):
    """What kinds of paper are issued here."""

    report = "report"
    minutes = "minutes"


@dataclass(frozen=True)
class Successor:
    """The revision that replaced an assessment."""

    reference: str
    sealed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """A report, or minutes, that were issued here. Minutes are of what was frozen, not sealed."""

    paper: Paper
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
    made_of_at: datetime  # when what it was made from was sealed or frozen
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


_Newer = aliased(Closing, name="newer")
_Copy = aliased(Closing, name="copy")


def _closed_anew() -> ColumnElement[bool]:
    """There is a later closing, in the same assessment or in a revision that carries this one."""
    carried = select(_Copy.assessment_id).where(_Copy.carried_from_id == Closing.id)
    return exists(
        select(_Newer.id).where(
            (_Newer.assessment_id == Closing.assessment_id) | _Newer.assessment_id.in_(carried),
            _Newer.number > Closing.number,
        )
    )


def _minutes() -> Any:
    return select(
        IssuedMinutes,
        Closing.content,
        Closing.root,
        Closing.closed_at,
        _closed_anew().label("replaced"),
    ).join(Closing, Closing.id == IssuedMinutes.closing_id)


def find_by_code(session: Session, code: str) -> Known | None:
    """The report or the minutes with this code."""
    row = session.execute(_reports().where(IssuedReport.code == code)).one_or_none()
    if row is not None:
        return _known_report(row)
    row = session.execute(_minutes().where(IssuedMinutes.code == code)).one_or_none()
    return None if row is None else _known_minutes(row)


@dataclass(frozen=True)
class Match:
    """A report that a file is, or begins with; `added` bytes came after it."""

    known: Known
    added: int


def find_by_beginnings(
    session: Session, size: int, beginnings: Sequence[Beginning]
) -> Match | None:
    """The report, or the minutes, that are the longest beginning of a file."""
    sizes = {each.digest: each.size for each in beginnings}
    found = [
        (sizes[row.IssuedReport.digest], _known_report, row)
        for row in session.execute(_reports().where(IssuedReport.digest.in_(sizes)))
    ]
    found += [
        (sizes[row.IssuedMinutes.digest], _known_minutes, row)
        for row in session.execute(_minutes().where(IssuedMinutes.digest.in_(sizes)))
    ]
    if not found:
        return None
    longest, known, row = max(found, key=lambda each: each[0])
    return Match(known(row), added=size - longest)


_UNPROVEN = Sentence(
    "Isi asalnya tidak cocok dengan akarnya, jadi keaslian kertas ini tidak dapat "
    "dipastikan. Hubungi kantor yang menerbitkannya."
)


def _known_report(row: Any) -> Known:
    issued, later = row.IssuedReport, row.later
    content = _proved(row)
    return Known(
        paper=Paper.report,
        made_of_at=datetime.fromisoformat(content["assessment"]["sealed_at"]),
        replaced=row.status is Status.revised,
        objected=bool(row.objected),
        successor=Successor(later.reference, later.sealed_at) if later is not None else None,
        **_told(issued, row.root, content),
    )


def _known_minutes(row: Any) -> Known:
    return Known(
        paper=Paper.minutes,
        made_of_at=row.closed_at,
        replaced=bool(row.replaced),
        objected=False,
        successor=None,
        **_told(row.IssuedMinutes, row.root, _proved(row)),
    )


def _proved(row: Any) -> Mapping[str, Any]:
    try:
        return open_seal(row.content, row.root)
    except BrokenSeal as error:
        raise Refused(_UNPROVEN) from error


def _told(
    issued: IssuedReport | IssuedMinutes, root: str, content: Mapping[str, Any]
) -> dict[str, Any]:
    """What both kinds of paper say of themselves."""
    assessment, auditee = content["assessment"], content["auditee"]
    instrument = content["instrument"]
    places = (auditee["regency"], auditee["province"])
    return {
        "code": issued.code,
        "language": issued.language,
        "issued_at": issued.issued_at,
        "root": root,
        "reference": assessment["reference"],
        "institution": auditee["name"],
        "place": ", ".join(place["name"] for place in places if place),
        "zone": Zone(auditee["time_zone"]),
        "kind": assessment["kind"],
        "visited_on": date.fromisoformat(assessment["visit_on"])
        if assessment["visit_on"]
        else None,
        "instrument": instrument["title"],
        "edition": instrument["edition"],
        "approved": instrument["status"] == "approved",
        "fictitious": bool(instrument["approval"] and instrument["approval"]["fictitious"]),
        "demo": content["demo"],
    }
