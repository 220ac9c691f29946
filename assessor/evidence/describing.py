"""How is it said what a piece is and until when it holds, after it was handed in?

The bytes never change, and what a sealed assessment says of a piece stays as it was sealed; each
change of these facts is in the journal.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.evidence.events import EvidenceDescribed
from assessor.evidence.models import Evidence, Source
from assessor.evidence.papers import papers
from assessor.evidence.queries import Piece, subject_of
from assessor.journal.work import Clock, write
from assessor.sentences import Refused, Sentence

LATEST = date(2199, 12, 31)


def ensure_describable(paper: str, stands_for: date | None, valid_until: date | None) -> None:
    """What can be known without the database. Raises Refused."""
    if paper and paper not in papers():
        raise Refused(Sentence("Pilih macam bukti dari daftar."))
    if valid_until is None:
        return
    if valid_until > LATEST:
        raise Refused(Sentence("Periksa tahun berakhirnya."))
    if stands_for is not None and valid_until < stands_for:
        raise Refused(Sentence("Hari terakhir berlaku tidak boleh sebelum tanggal bukti."))


def is_of_own_side(actor: Actor, *, auditee_id: str, source: Source, uploaded_by: str) -> bool:
    """Whether one's own side handed it in: the auditee's people theirs, officers theirs."""
    own = auditee_id in actor.auditees()
    return uploaded_by == actor.person_id or own == (source is Source.auditee)


def may_describe(actor: Actor, piece: Piece) -> bool:
    """Whether this is one's own side's piece, and still on the list."""
    return piece.withdrawn_at is None and is_of_own_side(
        actor, auditee_id=piece.auditee_id, source=piece.source, uploaded_by=piece.uploaded_by
    )


def describe(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    evidence_id: str,
    paper: str,
    valid_until: date | None,
) -> None:
    """Say what a piece is and until when it holds. Saying the same again changes nothing.
    Raises NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        evidence = session.execute(
            select(Evidence).where(Evidence.id == evidence_id).with_for_update()
        ).scalar_one()
        ensure(actor, Permission.upload_evidence, subject_of(session, evidence.auditee_id))
        ensure_describable(paper, evidence.stands_for, valid_until)
        if evidence.withdrawn_at is not None:
            raise Refused(Sentence("Bukti ini sudah ditarik. Keterangannya tidak diubah lagi."))
        if not is_of_own_side(
            actor,
            auditee_id=evidence.auditee_id,
            source=evidence.source,
            uploaded_by=evidence.uploaded_by,
        ):
            raise Refused(Sentence("Keterangan bukti diubah oleh pihak yang menyerahkannya."))
        if (evidence.paper, evidence.valid_until) == (paper or None, valid_until):
            return
        evidence.paper, evidence.valid_until = paper or None, valid_until
        work.record(
            EvidenceDescribed(
                subject=evidence.id,
                auditee=evidence.auditee_id,
                paper=paper or None,
                valid_until=valid_until,
            )
        )
