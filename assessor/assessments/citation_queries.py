"""Which pieces does an assessment cite, what did the team say of them, what is to be completed?"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.access.decide import reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns
from assessor.assessments.citation_models import CitationReview, Sufficiency
from assessor.assessments.models import Assessment, Basis
from assessor.assessments.workflow import RUNNING
from assessor.auditees.models import Auditee
from assessor.evidence.models import Evidence

MOST_TASKS = 12
MOST_LISTED = 200

_later = aliased(CitationReview)
_newer = aliased(Evidence)
# Who handed it in and the coaches complete it: neither rule asks who is on a team.
_COLUMNS = Columns(auditee_id=Auditee.id, office_id=Auditee.responsible_office_id)

# the title of a piece in quarantine is not shown: whoever puts it into words says so
_TITLE = case((Evidence.quarantined_at.is_(None), Evidence.title), else_="")


def _stands() -> ColumnElement[bool]:
    return ~exists(
        select(_later.id).where(
            _later.citation == CitationReview.citation, _later.number > CitationReview.number
        )
    )


def _is_replaced() -> ColumnElement[bool]:
    return exists(
        select(_newer.id).where(_newer.replaces_id == Evidence.id, _newer.withdrawn_at.is_(None))
    )


@dataclass(frozen=True)
class Cited:
    """A piece at an item, with what was said of it last."""

    citation: str
    item: str
    evidence_id: str
    title: str
    replaced: bool
    sufficiency: Sufficiency | None
    reason: str


def cited_pieces(session: Session, assessment_id: str) -> tuple[Cited, ...]:
    """Every citation of an assessment that stands, by item: one query."""
    rows = session.execute(
        select(
            Basis.op_id,
            Basis.item,
            Evidence.id,
            _TITLE,
            _is_replaced(),
            CitationReview.sufficiency,
            CitationReview.reason,
        )
        .join(Evidence, Evidence.id == Basis.evidence_id)
        .outerjoin(CitationReview, and_(CitationReview.citation == Basis.op_id, _stands()))
        .where(Basis.assessment_id == assessment_id, Basis.removed_by.is_(None))
        .order_by(Basis.item, Evidence.created_at, Basis.op_id)
    ).all()
    return tuple(
        Cited(row[0], row[1], row[2], row[3], row[4], row[5], row[6] or "") for row in rows
    )


@dataclass(frozen=True)
class Wanted:
    """A piece that the team found wanting and nobody has answered yet."""

    evidence_id: str
    title: str
    auditee_id: str
    auditee: str
    assessment: str
    item: str
    sufficiency: Sufficiency
    reason: str
    said_at: datetime


@dataclass(frozen=True)
class ManyWanted:
    """The oldest ones, and how many there are altogether."""

    rows: tuple[Wanted, ...]
    count: int


def to_complete(
    session: Session, actor: Actor, *, auditee_id: str | None = None, most: int = MOST_TASKS
) -> ManyWanted:
    """What the actor's auditees are to complete, the longest waiting first: one query. A newer
    version of the piece answers it, and so does its withdrawal; what is sealed asks no more.
    With `auditee_id`, of this auditee, whoever asks: the caller has asked whether they may."""
    whose = (
        reaches(actor, Permission.upload_evidence, _COLUMNS)
        if auditee_id is None
        else Auditee.id == auditee_id
    )
    rows = session.execute(
        select(
            Evidence.id,
            _TITLE,
            Auditee.id,
            Auditee.name,
            Assessment.reference,
            Basis.item,
            CitationReview.sufficiency,
            CitationReview.reason,
            CitationReview.made_at,
            func.count().over(),
        )
        .join(Basis, Basis.op_id == CitationReview.citation)
        .join(Evidence, Evidence.id == CitationReview.evidence_id)
        .join(Assessment, Assessment.id == CitationReview.assessment_id)
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(
            whose,
            _stands(),
            CitationReview.sufficiency != Sufficiency.sufficient,
            Basis.removed_by.is_(None),
            Assessment.status.in_(RUNNING),
            Evidence.withdrawn_at.is_(None),
            ~_is_replaced(),
        )
        .order_by(CitationReview.made_at, CitationReview.id)
        .limit(most)
    ).all()
    return ManyWanted(tuple(Wanted(*row[:9]) for row in rows), rows[0][9] if rows else 0)
