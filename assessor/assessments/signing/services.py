"""How is an assessment handed over, checked, given back, verified?

Three signatures follow each other: the team's, that of a checker who was not on it, and that of
a verifier of the directorate who was neither; the last one seals.
"""

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.document.sealing import as_shown, seal, sign
from assessor.assessments.events import (
    AssessmentChecked,
    AssessmentReturned,
    AssessmentSubmitted,
)
from assessor.assessments.findings.services import give_back_findings, issue_findings
from assessor.assessments.independence import Act, breaches, involved_in
from assessor.assessments.judging import judge, lacks
from assessor.assessments.models import (
    Assessment,
    Exemption,
    Kind,
    Meaning,
)
from assessor.assessments.queries import lock_assessment, subject_of, today_of
from assessor.assessments.review.state import record_draw, to_look_at
from assessor.assessments.signing.holding import why_held_back
from assessor.assessments.workflow import Step, after, transition
from assessor.auditees.models import Auditee
from assessor.client_identity import refuse_identity
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence


def submit_assessment(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    shown_hash: str,
    demo: bool,
) -> None:
    """Hand the assessment over. A self-assessment is sealed at once by the institution's
    attestation. Raises NotPermitted, Refused (also with everything that is lacking), Stale."""
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        ensure(actor, Permission.submit, subject_of(session, assessment))
        target = after(assessment.status, Step.submit)
        judged = judge(session, assessment, today_of(session, assessment, work.now))
        if missing := lacks(judged):
            raise Refused(
                Sentence(
                    "Belum dapat dikirim: %(count)s hal masih kurang. Lengkapi dulu yang ditandai.",
                    {"count": len(missing)},
                )
            )
        content_hash = as_shown(session, judged, shown_hash)
        own = assessment.kind is Kind.self
        if not own:
            issue_findings(work, judged)
        assessment.status = target
        assessment.submitted_at = work.now
        assessment.return_reason = None
        sign(work, assessment, Meaning.attests if own else Meaning.submits, content_hash)
        if not own:
            record_draw(work, judged)
        work.record(
            AssessmentSubmitted(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                kind=assessment.kind,
                content_hash=content_hash,
            )
        )
        if own:
            seal(work, judged, demo=demo)


def return_assessment(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, reason: str
) -> None:
    """Give it back to the team with a reason: the checker what was handed over, the directorate
    what was checked. Raises NotPermitted, Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused(Sentence("Tulis alasan pengembalian, supaya tim tahu apa yang diperbaiki."))
    refuse_identity(reason)
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        subject = subject_of(session, assessment)
        ensure(actor, Permission.return_assessment, subject)
        line = transition(assessment.status, Step.give_back)
        ensure(actor, line.permission, subject)
        assessment.status = line.target
        assessment.return_reason = reason[:2000]
        give_back_findings(work, assessment)
        work.record(
            AssessmentReturned(subject=assessment.id, auditee=assessment.auditee_id), why=reason
        )


def _ensure_independent(work: Work, assessment: Assessment, act: Act, exempt_reason: str) -> None:
    """Refuse who must not do this; keep the reason of an exception where one is possible."""
    auditee = work.session.get_one(Auditee, assessment.auditee_id)
    for breach in breaches(
        work.session,
        auditee,
        act,
        person_id=work.actor.person_id or "",
        involved=involved_in(work.session, assessment.id),
        on=work.today(auditee.time_zone),
    ):
        if not breach.rule.exemptible or not exempt_reason.strip():
            raise Refused(breach.sentence)
        work.session.add(
            Exemption(
                id=new_id(),
                assessment_id=assessment.id,
                rule=breach.rule.name,
                person_id=work.actor.person_id or "",
                reason=exempt_reason.strip(),
                granted_by=work.actor.person_id or "",
                granted_at=work.now,
            )
        )


def check_assessment(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    shown_hash: str,
    exempt_reason: str = "",
) -> None:
    """Pass what was handed over on to the directorate. Raises NotPermitted, Refused
    (independence), Stale."""
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        ensure(actor, Permission.check, subject_of(session, assessment))
        target = after(assessment.status, Step.check)
        _ensure_independent(work, assessment, Act.check, exempt_reason)
        judged = judge(session, assessment, today_of(session, assessment, work.now))
        content_hash = as_shown(session, judged, shown_hash)
        assessment.status = target
        sign(work, assessment, Meaning.checks, content_hash)
        work.record(
            AssessmentChecked(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                kind=assessment.kind,
                content_hash=content_hash,
            )
        )


def verify_assessment(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    shown_hash: str,
    demo: bool,
    exempt_reason: str = "",
) -> str:
    """Verify and seal; gives the root. Raises NotPermitted, Refused (independence), Stale."""
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        ensure(actor, Permission.verify, subject_of(session, assessment))
        after(assessment.status, Step.seal)
        _ensure_independent(work, assessment, Act.verify, exempt_reason)
        today = today_of(session, assessment, work.now)
        judged = judge(session, assessment, today)
        content_hash = as_shown(session, judged, shown_hash)
        if (why := why_held_back(session, judged, today)) is not None:
            raise Refused(why)
        unseen = to_look_at(session, judged, actor.person_id or "").unseen
        if unseen:
            raise Refused(
                Sentence(
                    "%(count)s butir wajib belum Anda lihat. Lihat dulu, mulai dari %(item)s.",
                    {"count": len(unseen), "item": unseen[0].item.id},
                )
            )
        sign(work, assessment, Meaning.verifies, content_hash)
        return seal(work, judged, demo=demo)
