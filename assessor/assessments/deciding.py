"""How is an assessment handed over, given back, verified, sealed and corrected?

Each sign-off holds who, when, its meaning and the hash of exactly what was on the screen; if
anything changed since, nothing is signed.
"""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.content import build_content, screen_hash
from assessor.assessments.events import (
    AssessmentReturned,
    AssessmentSealed,
    AssessmentSubmitted,
    RevisionOpened,
)
from assessor.assessments.findings import issue_findings
from assessor.assessments.independence import Act, breaches, team_of
from assessor.assessments.judging import Judged, judge, lacks
from assessor.assessments.models import (
    Answer,
    Assessment,
    Basis,
    Exemption,
    Finding,
    FindingStatus,
    Kind,
    Meaning,
    SealedDocument,
    SignOff,
    Status,
    TeamMember,
)
from assessor.assessments.queries import lock_assessment, subject_of, today_of
from assessor.assessments.seal import make_seal
from assessor.assessments.workflow import Step, after
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence, Stale

_CHANGED = Sentence(
    "Isi penilaian berubah sejak Anda membukanya. Baca lagi yang terbaru, lalu tanda tangani."
)


def _sign(work: Work, assessment: Assessment, meaning: Meaning, content_hash: str) -> None:
    work.session.add(
        SignOff(
            id=new_id(),
            assessment_id=assessment.id,
            person_id=work.actor.person_id or "",
            meaning=meaning,
            content_hash=content_hash,
            signed_at=work.now,
        )
    )
    work.session.flush()


def _as_shown(session: Session, judged: Judged, shown_hash: str) -> str:
    """The hash of what is there now, if it is what the person saw. Raises Stale."""
    content_hash = screen_hash(session, judged)
    if content_hash != shown_hash:
        raise Stale(_CHANGED)
    return content_hash


def _seal(work: Work, judged: Judged, *, demo: bool) -> str:
    """Freeze the assessment: the document, its root, the event. Inside `write()`."""
    assessment = judged.assessment
    assessment.status = Status.sealed
    assessment.sealed_at = work.now
    work.session.flush()
    seal = make_seal(build_content(work.session, judged, demo=demo), lambda: secrets.token_hex(16))
    work.session.add(
        SealedDocument(
            assessment_id=assessment.id,
            content=seal.content,
            root=seal.root,
            sealed_at=work.now,
            journal_seq=work.lock(),
        )
    )
    work.record(
        AssessmentSealed(
            subject=assessment.id,
            auditee=assessment.auditee_id,
            kind=assessment.kind,
            outcome=judged.decision.outcome,
            root=seal.root,
        )
    )
    if assessment.revises_id is not None:
        revised = work.session.get_one(Assessment, assessment.revises_id)
        if revised.status is Status.sealed:
            revised.status = after(revised.status, Step.revise)
            work.record(
                RevisionOpened(
                    subject=assessment.id,
                    auditee=assessment.auditee_id,
                    revises=revised.id,
                    revision=assessment.revision,
                )
            )
    return seal.root


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
        content_hash = _as_shown(session, judged, shown_hash)
        own = assessment.kind is Kind.self
        if not own:
            issue_findings(work, judged)
        assessment.status = target
        assessment.submitted_at = work.now
        assessment.return_reason = None
        _sign(work, assessment, Meaning.attests if own else Meaning.submits, content_hash)
        work.record(
            AssessmentSubmitted(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                kind=assessment.kind,
                content_hash=content_hash,
            )
        )
        if own:
            _seal(work, judged, demo=demo)


def return_assessment(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, reason: str
) -> None:
    """Give it back to the team with a reason. Raises NotPermitted, Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused(Sentence("Tulis alasan pengembalian, supaya tim tahu apa yang diperbaiki."))
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        ensure(actor, Permission.return_assessment, subject_of(session, assessment))
        assessment.status = after(assessment.status, Step.give_back)
        assessment.return_reason = reason[:2000]
        issued = session.execute(
            select(Finding).where(
                Finding.assessment_id == assessment.id, Finding.status == FindingStatus.issued
            )
        ).scalars()
        for finding in issued:
            finding.status = FindingStatus.proposed
        work.record(
            AssessmentReturned(subject=assessment.id, auditee=assessment.auditee_id), why=reason
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
        auditee = session.get_one(Auditee, assessment.auditee_id)
        team = frozenset(team_of(session, assessment))
        for breach in breaches(
            session,
            auditee,
            Act.verify,
            person_id=actor.person_id or "",
            team=team,
            on=work.today(auditee.time_zone),
        ):
            if not breach.rule.exemptible or not exempt_reason.strip():
                raise Refused(breach.sentence)
            session.add(
                Exemption(
                    id=new_id(),
                    assessment_id=assessment.id,
                    rule=breach.rule.name,
                    person_id=actor.person_id or "",
                    reason=exempt_reason.strip(),
                    granted_by=actor.person_id or "",
                    granted_at=work.now,
                )
            )
        judged = judge(session, assessment, today_of(session, assessment, work.now))
        content_hash = _as_shown(session, judged, shown_hash)
        _sign(work, assessment, Meaning.verifies, content_hash)
        return _seal(work, judged, demo=demo)


def revise_assessment(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, reason: str
) -> Assessment:
    """Open a correction: a new revision with the same answers, for a reason. The sealed one
    stays the latest until the revision is sealed. Raises NotPermitted, Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused(Sentence("Tulis alasan revisi. Alasan ini tercetak pada laporan."))
    with write(session, actor, clock) as work:
        old = lock_assessment(session, assessment_id)
        ensure(actor, Permission.revise, subject_of(session, old))
        after(old.status, Step.revise)
        taken = session.execute(
            select(Assessment.reference).where(Assessment.revises_id == old.id)
        ).scalar()
        if taken is not None:
            raise Refused(Sentence("Revisinya sudah dibuka: %(reference)s.", {"reference": taken}))
        base = old.reference.split("/")[0]
        new = Assessment(
            id=new_id(),
            reference=f"{base}/R{old.revision + 1}",
            **{
                name: getattr(old, name)
                for name in (
                    "auditee_id",
                    "kind",
                    "mode",
                    "year",
                    "edition",
                    "tags",
                    "follows_id",
                    "scope",
                    "due_on",
                    "visit_on",
                )
            },
            status=Status.in_progress,
            opened_by=actor.person_id or "",
            opened_at=work.now,
            revision=old.revision + 1,
            revises_id=old.id,
            revision_reason=reason[:2000],
        )
        session.add(new)
        session.flush()
        _copy_team(session, old, new)
        _copy_entries(session, old, new)
        work.record(
            RevisionOpened(
                subject=new.id,
                auditee=new.auditee_id,
                revises=old.id,
                revision=new.revision,
            ),
            why=reason,
        )
    return new


def _copy_team(session: Session, old: Assessment, new: Assessment) -> None:
    """The team, with the exceptions from independence granted to its people: what was printed on
    the first report stands on the corrected one."""
    team = team_of(session, old)
    for person_id, role in team.items():
        session.add(TeamMember(assessment_id=new.id, person_id=person_id, role=role))
    for granted in session.execute(
        select(Exemption).where(Exemption.assessment_id == old.id, Exemption.person_id.in_(team))
    ).scalars():
        session.add(
            Exemption(
                id=new_id(),
                assessment_id=new.id,
                rule=granted.rule,
                person_id=granted.person_id,
                reason=granted.reason,
                granted_by=granted.granted_by,
                granted_at=granted.granted_at,
            )
        )


def _copy_entries(session: Session, old: Assessment, new: Assessment) -> None:
    for answer in session.execute(select(Answer).where(Answer.assessment_id == old.id)).scalars():
        session.add(
            Answer(
                assessment_id=new.id,
                **{
                    column.key: getattr(answer, column.key)
                    for column in Answer.__table__.columns
                    if column.key != "assessment_id"
                },
            )
        )
    for basis in session.execute(
        select(Basis).where(Basis.assessment_id == old.id, Basis.removed_by.is_(None))
    ).scalars():
        session.add(
            Basis(
                op_id=new_id(),
                assessment_id=new.id,
                item=basis.item,
                kind=basis.kind,
                evidence_id=basis.evidence_id,
                detail=basis.detail,
                removed_by=None,
            )
        )
    for finding in session.execute(
        select(Finding).where(
            Finding.assessment_id == old.id, Finding.status != FindingStatus.dropped
        )
    ).scalars():
        session.add(
            Finding(
                id=new_id(),
                assessment_id=new.id,
                number=0,
                item=finding.item,
                finding_class=finding.finding_class,
                statement=finding.statement,
                status=FindingStatus.proposed,
                drop_reason=None,
            )
        )
