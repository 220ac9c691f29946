"""Which assessments has an auditee had, as far as the reader may see them?"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TypeAlias

from sqlalchemy.orm import Session

import assessor.assessments.queries  # noqa: F401  # says who sees which assessment
from assessor.access.actor import Actor
from assessor.access.decide import visible
from assessor.assessments.models import Assessment, Kind, Mode, SealedDocument, Status

MOST = 40


@dataclass(frozen=True)
class Round:
    """One assessment in the history. Outcome and total are those of the sealed document."""

    id: str
    reference: str
    kind: Kind
    mode: Mode
    status: Status
    opened_at: datetime
    submitted_at: datetime | None
    sealed_at: datetime | None
    due_on: date | None
    outcome: str | None
    total: Fraction | None
    unmet: tuple[int, int] | None = None  # of a part: how many items of how many

    @property
    def at(self) -> datetime:
        """When it came to its present state, as far as that is known."""
        return self.sealed_at or self.submitted_at or self.opened_at


_Result: TypeAlias = tuple[str | None, Fraction | None, tuple[int, int] | None]


def _result(sealed: bytes | None) -> _Result:
    if sealed is None:
        return None, None, None
    content = json.loads(sealed)["content"]
    if not content["instrument"].get("decides", True):
        decision = content["decision"]
        return decision["outcome"], None, (decision["unmet"], content["results"]["applicable"])
    total = content["results"]["total"]
    denominator = Fraction(total["d"])
    share = Fraction(total["n"]) / denominator if denominator else None
    decision = content.get("decision")
    return (decision["outcome"] if decision else None), share, None


def list_rounds(session: Session, actor: Actor, auditee_id: str) -> tuple[Round, ...]:
    """The auditee's assessments, the newest first: one query."""
    rows = session.execute(
        visible(Assessment, actor)
        .add_columns(SealedDocument.content)
        .outerjoin(SealedDocument, SealedDocument.assessment_id == Assessment.id)
        .where(Assessment.auditee_id == auditee_id, Assessment.status != Status.cancelled)
        .order_by(Assessment.opened_at.desc(), Assessment.revision.desc(), Assessment.id)
        .limit(MOST)
    )
    rounds = []
    for assessment, sealed in rows:
        outcome, total, unmet = _result(sealed)
        rounds.append(
            Round(
                id=assessment.id,
                reference=assessment.reference,
                kind=assessment.kind,
                mode=assessment.mode,
                status=assessment.status,
                opened_at=assessment.opened_at,
                submitted_at=assessment.submitted_at,
                sealed_at=assessment.sealed_at,
                due_on=assessment.due_on,
                outcome=outcome,
                total=total,
                unmet=unmet,
            )
        )
    return tuple(rounds)
