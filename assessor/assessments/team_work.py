"""May the team still change what belongs to an assessment as a whole, and does that begin it?"""

from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.declarations import ensure_declared
from assessor.assessments.models import Assessment, Kind, Status
from assessor.assessments.queries import lock_assessment, subject_of
from assessor.assessments.workflow import OPEN, Step, after
from assessor.journal.work import Work
from assessor.sentences import Refused, Sentence


def lock_for_team(work: Work, assessment_id: str, *, own: Sentence, closed: Sentence) -> Assessment:
    """The assessment, locked for a change by its team. Raises NotPermitted, and Refused with
    `own` where the auditee assesses itself, with `closed` where it is not being filled in."""
    assessment = lock_assessment(work.session, assessment_id)
    subject = subject_of(work.session, assessment)
    ensure(work.actor, Permission.score, subject)
    ensure_declared(work.session, assessment, work.actor, subject)
    if assessment.kind is Kind.self:
        raise Refused(own)
    if assessment.status not in OPEN:
        raise Refused(closed)
    return assessment


def begin(assessment: Assessment) -> None:
    """The first thing that is entered begins it."""
    if assessment.status is Status.draft:
        assessment.status = after(Status.draft, Step.start)
