"""How does somebody put their name to an assessment, and how is it frozen?

A sign-off holds who, when, its meaning and the hash of exactly what was on the screen; if
anything changed since, nothing is signed.
"""

import secrets

from sqlalchemy.orm import Session

from assessor.assessments.document.content import build_content, screen_hash
from assessor.assessments.events import AssessmentSealed, RevisionOpened
from assessor.assessments.judging import Judged
from assessor.assessments.models import Assessment, Meaning, SealedDocument, SignOff, Status
from assessor.assessments.seal import make_seal
from assessor.assessments.workflow import Step, after
from assessor.database.base import new_id
from assessor.journal.work import Work
from assessor.sentences import Sentence, Stale

_CHANGED = Sentence(
    "Isi penilaian berubah sejak Anda membukanya. Baca lagi yang terbaru, lalu tanda tangani."
)


def sign(work: Work, assessment: Assessment, meaning: Meaning, content_hash: str) -> None:
    """Keep who signed what. Inside `write()`."""
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


def as_shown(session: Session, judged: Judged, shown_hash: str) -> str:
    """The hash of what is there now, if it is what the person saw. Raises Stale."""
    content_hash = screen_hash(session, judged)
    if content_hash != shown_hash:
        raise Stale(_CHANGED)
    return content_hash


def seal(work: Work, judged: Judged, *, demo: bool) -> str:
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
