"""Who answers the findings of an assessment, and how many wait for an answer?"""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.accounts.queries import has_account
from assessor.assessments.models import (
    Assessment,
    Finding,
    FindingAnswer,
    FindingStatus,
    Kind,
)
from assessor.assessments.page_parts import may
from checklists.findings import FindingClass


def answers_here(session: Session, assessment: Assessment) -> bool:
    """Whether the reader answers the findings of an assessment: those of the auditee do, and an
    office for who has no account."""
    if assessment.kind is Kind.self or not may(Permission.answer_finding):
        return False
    own = assessment.auditee_id in the_actor().auditees()
    return own or not session.execute(select(has_account(assessment.auditee_id))).scalar()


def count_unanswered(session: Session, assessment: Assessment) -> int:
    """Issued findings that wait for an answer; suggestions ask for none."""
    answered = exists(select(FindingAnswer.id).where(FindingAnswer.finding_id == Finding.id))
    return int(
        session.execute(
            select(func.count())
            .select_from(Finding)
            .where(
                Finding.assessment_id == assessment.id,
                Finding.status == FindingStatus.issued,
                Finding.finding_class != FindingClass.suggestion,
                ~answered,
            )
        ).scalar_one()
    )
