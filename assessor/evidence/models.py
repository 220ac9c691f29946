"""Which tables hold evidence and who looked at it?"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
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


class Source(StrEnum):
    """Whose side handed it in: the auditee itself, or an officer."""

    auditee = "auditee"
    officer = "officer"


class Evidence(Protected, Base):
    """One piece an auditee or an officer handed in. Its bytes never change: a better copy is
    another piece that names this one as replaced. A withdrawn one stays where it is cited."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index(None, "auditee_id", "created_at"),
        Index(None, "auditee_id", "valid_until"),
        # the same bytes once per auditee; what was withdrawn may be handed in anew
        Index(
            "uq_evidence_auditee_id_digest",
            "auditee_id",
            "digest",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"))
    kind: Mapped[EvidenceKind] = mapped_column(enumerated(EvidenceKind))
    title: Mapped[str] = mapped_column(Prose)
    original_name: Mapped[str] = mapped_column(Prose)
    paper: Mapped[str | None] = mapped_column(String(40))  # a code of papers.yaml
    valid_until: Mapped[date | None]  # the last day; none: without end
    stands_for: Mapped[date | None]  # the date it is evidence of, not the day of upload
    digest: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    thumb_digest: Mapped[str]
    page_digests: Mapped[list[str]] = mapped_column(Document, default=list)
    page_count: Mapped[int]  # of the original; copies are made of the first ones only
    declaration: Mapped[str]  # which wording of the declaration was accepted
    source: Mapped[Source] = mapped_column(enumerated(Source))
    uploaded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    quarantined_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str | None] = mapped_column(Prose)


class Quarantine(Protected, Base):
    """Somebody saw a client in a piece; until it ends, hardly anybody sees the piece. What ended
    is kept, and the same piece may come in again."""

    __tablename__ = "quarantine"
    __table_args__ = (
        Index(
            "uq_quarantine_evidence_id",
            "evidence_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"))
    whereabouts: Mapped[str] = mapped_column(Prose)
    reported_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reported_at: Mapped[datetime] = mapped_column(Instant)
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_why: Mapped[str | None] = mapped_column(Prose)


class EvidenceAccess(AppendOnly, Free, Base):
    """Who opened which piece, when, in which form. Free: its digest is put into the journal
    with each checkpoint."""

    __tablename__ = "evidence_access"
    __table_args__ = (Index(None, "evidence_id", "at"), Index(None, "person_id", "at"))
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    form: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant, index=True)
