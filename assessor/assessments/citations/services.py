"""How does a team say whether a cited piece proves what it should?"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.assessments.citation_models import CitationReview, Sufficiency
from assessor.assessments.events import CitationReviewed
from assessor.assessments.models import Basis
from assessor.assessments.team_work import begin, lock_for_team
from assessor.assessments.written import LONGEST_REASON
from assessor.client_identity import refuse_identity
from assessor.evidence.names import paragraphs
from assessor.journal.work import Clock, write
from assessor.sentences import Refused, Sentence

_OWN = Sentence("Bukti pada penilaian mandiri ditinjau saat petugas menilai.")
_CLOSED = Sentence("Penilaian ini sudah dikirim, jadi tautan buktinya tidak ditinjau lagi.")
_GONE = Sentence("Tautan bukti ini tidak ada lagi. Buka daftarnya sekali lagi.")


def review_citation(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    citation: str,
    sufficiency: Sufficiency,
    reason: str,
) -> None:
    """Say whether a piece suffices at an item; what is wanting needs the reason, which the
    auditee reads. Saying the same again changes nothing. Raises NotPermitted, Refused."""
    reason = paragraphs(reason, LONGEST_REASON)
    if sufficiency is Sufficiency.sufficient:
        reason = ""
    elif not reason:
        raise Refused(Sentence("Tulis apa yang kurang, agar lembaga tahu apa yang dilengkapi."))
    refuse_identity(reason)
    with write(session, actor, clock) as work:
        assessment = lock_for_team(work, assessment_id, own=_OWN, closed=_CLOSED)
        basis = session.get(Basis, citation)
        if basis is None or basis.assessment_id != assessment_id or basis.evidence_id is None:
            raise Refused(_GONE)
        if basis.removed_by is not None:
            raise Refused(_GONE)
        last = _last(session, citation)
        if last is not None and (last.sufficiency, last.reason) == (sufficiency, reason):
            return
        begin(assessment)
        session.add(
            CitationReview(
                assessment_id=assessment_id,
                citation=citation,
                evidence_id=basis.evidence_id,
                number=1 if last is None else last.number + 1,
                sufficiency=sufficiency,
                reason=reason,
                made_by=actor.person_id or "",
                made_at=work.now,
            )
        )
        work.record(
            CitationReviewed(
                subject=assessment_id,
                auditee=assessment.auditee_id,
                citation=citation,
                evidence=basis.evidence_id,
                item=basis.item,
                sufficiency=sufficiency.value,
            )
        )


def _last(session: Session, citation: str) -> CitationReview | None:
    highest = (
        select(func.max(CitationReview.number))
        .where(CitationReview.citation == citation)
        .scalar_subquery()
    )
    return session.scalars(
        select(CitationReview).where(
            CitationReview.citation == citation, CitationReview.number == highest
        )
    ).one_or_none()
