"""Which tables hold evidence and who looked at it?"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import (
    AppendOnly,
    Base,
    Document,
    Free,
    Instant,
    Prose,
    Protected,
    enumerated,
    new_id,
)


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    document = "document"
    photo = "photo"


class Evidence(Protected, Base):
    """One piece an auditee or an assessor handed in. Its bytes never change: a better copy is
    another piece that names this one as replaced."""

    __tablename__ = "evidence"
    __table_args__ = (Index(None, "auditee_id", "created_at"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"))
    kind: Mapped[EvidenceKind] = mapped_column(enumerated(EvidenceKind))
    title: Mapped[str] = mapped_column(Prose)
    original_name: Mapped[str] = mapped_column(Prose)
    stands_for: Mapped[date | None]  # the date it is evidence of, not the day of upload
    digest: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    thumb_digest: Mapped[str]
    page_digests: Mapped[list[str]] = mapped_column(Document, default=list)
    declaration: Mapped[str]  # which wording of the declaration was accepted
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str | None] = mapped_column(Prose)


class EvidenceAccess(AppendOnly, Free, Base):
    """Who opened which piece, when, in which form. Free: its digest is put into the journal
    with each checkpoint."""

    __tablename__ = "evidence_access"
    __table_args__ = (Index(None, "evidence_id", "at"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    form: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant, index=True)
