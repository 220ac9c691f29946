"""What has to be there besides the answers before an assessment is handed over?

One table: kind → what is needed. Pages and services ask it; nothing else knows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from assessor.assessments.declarations import Declared, declared_of, declared_rows
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.visit_models import Assignment, Closing
from assessor.sentences import Sentence


class Requirement(StrEnum):
    """What can be needed, in the order of the work."""

    assignment = "assignment"
    declarations = "declarations"
    closing = "closing"


REQUIRED: Mapping[Kind, frozenset[Requirement]] = {
    Kind.self: frozenset(),
    Kind.baseline: frozenset({Requirement.declarations}),
    Kind.evaluation: frozenset(Requirement),
    Kind.follow_up: frozenset({Requirement.declarations}),
    Kind.periodic: frozenset({Requirement.declarations}),
}


@dataclass(frozen=True)
class Arranged:
    """What is there."""

    assigned: bool = False
    team: tuple[Declared, ...] = ()
    closings: int = 0


_ID: Any = bindparam("assessment_id")
_ROWS = declared_rows(
    exists(select(Assignment.assessment_id).where(Assignment.assessment_id == _ID)).label("letter"),
    select(func.count())
    .select_from(Closing)
    .where(Closing.assessment_id == _ID)
    .scalar_subquery()
    .label("closings"),
)


def get_arranged(session: Session, assessment: Assessment) -> Arranged:
    """What is there: one query, none for a self-assessment."""
    if assessment.kind is Kind.self:
        return Arranged()
    rows = session.execute(_ROWS, {"assessment_id": assessment.id}).all()
    return Arranged(
        assigned=bool(rows) and bool(rows[0].letter),
        team=declared_of(rows),
        closings=rows[0].closings if rows else 0,
    )


def missing(kind: Kind, arranged: Arranged) -> Iterator[tuple[Requirement, Sentence]]:
    """What is needed for this kind and not there, each with what to do."""
    needed = REQUIRED[kind]
    if Requirement.assignment in needed and not arranged.assigned:
        yield (
            Requirement.assignment,
            Sentence("Surat tugas belum dicatat. Catat nomor dan tanggalnya."),
        )
    if Requirement.declarations in needed:
        for each in arranged.team:
            if each.waits:
                yield (
                    Requirement.declarations,
                    Sentence(
                        "%(name)s belum menyatakan ada atau tidaknya konflik kepentingan.",
                        {"name": each.name},
                    ),
                )
            elif each.conflicted:
                yield (
                    Requirement.declarations,
                    Sentence(
                        "%(name)s menyatakan ada konflik kepentingan. Ganti orangnya dulu.",
                        {"name": each.name},
                    ),
                )
    if Requirement.closing in needed and not arranged.closings:
        yield (
            Requirement.closing,
            Sentence("Pertemuan penutupan belum diadakan dan hasil sementara belum dibekukan."),
        )
