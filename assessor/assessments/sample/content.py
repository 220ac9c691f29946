"""What does a sealed document say of the sample of files and of the interviews?

Of the draws everything that is needed to make them again, of the marks the counts for each item.
The same document is read by the pages, so that they say before the seal what it will say.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment
from assessor.assessments.people import PEOPLE
from assessor.assessments.sample_models import FileSample, InterviewCount
from assessor.assessments.sample_state import Sheet, Tally, label_of, read_sheet
from assessor.journal.capture import coded
from checklists.model import Checklist
from checklists.strata import STRATA


def _draw(sample: FileSample) -> dict[str, Any]:
    return {
        "label": label_of(sample),
        "method": sample.method,
        "seed": sample.seed,
        "drawn_at": coded(sample.drawn_at),
        "reason": sample.reason,
        "size": sample.size,
        "strata": [
            {
                **stratum,
                "name": STRATA[stratum["stratum"]].name.document(),
            }
            for stratum in sample.strata
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "item": tally.item,
        "met": tally.met,
        "unmet": tally.unmet,
        "not_applicable": tally.not_applicable,
        "choice": tally.choice,
    }


def sheet_document(sheet: Sheet) -> dict[str, Any]:
    """The draws, the one that counts first, and its counts for each item that was looked at."""
    return {
        "draws": [_draw(sample) for sample in (sheet.sample, *sheet.earlier)],
        "items": [_tally(tally) for tally in sheet.tallies.values() if tally.looked_at],
    }


def sample_content(
    session: Session, assessment: Assessment, checklist: Checklist
) -> dict[str, Any] | None:
    """What a sealed document says of the sample; None where none was drawn."""
    sheet = read_sheet(session, assessment, checklist)
    return None if sheet is None else sheet_document(sheet)


def interviews_content(session: Session, assessment_id: str) -> list[dict[str, Any]]:
    """With how many people of each kind the team spoke, in the order in which kinds are shown."""
    counts = interview_counts(session, assessment_id)
    return [
        {"kind": kind, "name": PEOPLE[kind].document(), "count": counts[kind]}
        for kind in PEOPLE
        if counts.get(kind)
    ]


def interview_counts(session: Session, assessment_id: str) -> dict[str, int]:
    """Kind → how many: one query."""
    rows: Sequence[InterviewCount] = (
        session.execute(select(InterviewCount).where(InterviewCount.assessment_id == assessment_id))
        .scalars()
        .all()
    )
    return {row.kind: row.count for row in rows}
