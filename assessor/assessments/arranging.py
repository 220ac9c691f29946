"""May what surrounds the judging still be changed, and by whom? Asked inside `write()`."""

from sqlalchemy.orm import Session

from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.queries import lock_assessment, subject_of
from assessor.assessments.workflow import OPEN
from assessor.evidence.models import Evidence
from assessor.journal.work import Work
from assessor.sentences import Refused, Sentence

_OWN = Sentence("Penilaian mandiri tidak memakai tim penilai, jadi bagian ini tidak diperlukan.")
_SENT = Sentence(
    "Penilaian ini sudah dikirim, jadi bagian ini tidak diubah lagi. Bila keliru, minta penilaian "
    "dikembalikan."
)


def open_for(work: Work, assessment_id: str, permission: Permission) -> Assessment:
    """The assessment of a team, locked, while it is worked on. Raises NotPermitted, Refused."""
    assessment = lock_assessment(work.session, assessment_id)
    ensure(work.actor, permission, subject_of(work.session, assessment))
    if assessment.kind is Kind.self:
        raise Refused(_OWN)
    if assessment.status not in OPEN:
        raise Refused(_SENT)
    return assessment


def evidence_of(session: Session, assessment: Assessment, evidence_id: str) -> Evidence:
    """A piece of the auditee that was not taken back. Raises Refused."""
    piece = session.get(Evidence, evidence_id)
    if piece is None or piece.auditee_id != assessment.auditee_id:
        raise Refused(Sentence("Bukti ini tidak ada pada lembaga ini. Pilih bukti yang lain."))
    if piece.withdrawn_at is not None:
        raise Refused(Sentence("Bukti ini sudah ditarik. Pilih bukti yang lain."))
    return piece
