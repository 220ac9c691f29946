"""How is a sealed assessment corrected? By a new revision, for a reason; the sealed one stays."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.events import RevisionOpened
from assessor.assessments.independence import team_of
from assessor.assessments.models import (
    Answer,
    Assessment,
    Basis,
    Exemption,
    Finding,
    FindingStatus,
    Status,
    TeamMember,
)
from assessor.assessments.objection_models import Objection
from assessor.assessments.objection_queries import open_objection
from assessor.assessments.queries import lock_assessment, subject_of
from assessor.assessments.review_models import Remark
from assessor.assessments.review_queries import standing_corrections
from assessor.assessments.sample.interviews import copy_interviews
from assessor.assessments.sample.services import copy_samples
from assessor.assessments.visit.carrying import carry_visit
from assessor.assessments.workflow import Step, after
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence

_KEPT = (
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
        if open_objection(session, old.id) is not None:
            raise Refused(Sentence("Ada keberatan atas hasil ini. Putusannya yang membuka revisi."))
        return open_revision(work, old, reason)


def revision_of(session: Session, assessment_id: str) -> Assessment | None:
    """The revision that was opened of an assessment, if there is one."""
    return (
        session.execute(select(Assessment).where(Assessment.revises_id == assessment_id))
        .scalars()
        .one_or_none()
    )


def open_revision(
    work: Work, old: Assessment, reason: str, *, objection: Objection | None = None
) -> Assessment:
    """The same, inside `write()`; `objection` is the one whose ruling asks for it."""
    session = work.session
    after(old.status, Step.revise)
    if (taken := revision_of(session, old.id)) is not None:
        raise Refused(
            Sentence("Revisinya sudah dibuka: %(reference)s.", {"reference": taken.reference})
        )
    base = old.reference.split("/")[0]
    new = Assessment(
        id=new_id(),
        reference=f"{base}/R{old.revision + 1}",
        **{name: getattr(old, name) for name in _KEPT},
        status=Status.in_progress,
        opened_by=work.actor.person_id or "",
        opened_at=work.now,
        revision=old.revision + 1,
        revises_id=old.id,
        revision_reason=reason[:2000],
    )
    session.add(new)
    session.flush()
    if objection is not None:
        objection.revision_id = new.id
    _copy_team(session, old, new)
    _copy_entries(session, old, new)
    copy_samples(session, old, new)
    _tell_corrections(work, old, new)
    copy_interviews(session, old, new)
    carry_visit(session, old, new)
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


def _tell_corrections(work: Work, old: Assessment, new: Assessment) -> None:
    """What was corrected in the sealed one stays beside its scores; the team of the revision
    learns of it as a remark at the item."""
    session = work.session
    answers = {
        each.item: each
        for each in session.execute(select(Answer).where(Answer.assessment_id == old.id)).scalars()
    }
    corrected = standing_corrections(session, old.id).values()
    kept = [each for each in corrected if each.choice != each.instead_of]
    for number, each in enumerate(kept, start=1):
        answer = answers.get(each.item)
        session.add(
            Remark(
                id=new_id(),
                assessment_id=new.id,
                in_round=0,
                number=number,
                item=each.item,
                words=f"{old.reference}: {each.instead_of or 'BD'} → {each.choice}. {each.reason}",
                choice=answer.choice if answer else None,
                facts=answer.facts if answer else None,
                bases=[],
                made_by=each.made_by,
                made_at=work.now,
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
