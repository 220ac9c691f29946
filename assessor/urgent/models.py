"""Which tables hold urgent reports? The report, the notes that follow, the decision: none of them
is ever changed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import (
    AppendOnly,
    Base,
    Document,
    Instant,
    Prose,
    Protected,
    enumerated,
    new_id,
)


class UrgentReport(AppendOnly, Protected, Base):
    """Grave danger seen at an auditee: facts in counts and codes, no client identity."""

    __tablename__ = "urgent_report"
    __table_args__ = (Index(None, "auditee_id", "reported_at"), Index(None, "reported_at", "id"))
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"))
    assessment_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id"))
    kind: Mapped[str] = mapped_column(String(40))  # a code of kinds.yaml
    facts: Mapped[str] = mapped_column(Prose)
    affected: Mapped[int | None]
    seen_on: Mapped[date]
    seen_at: Mapped[str | None] = mapped_column(String(5))  # hour and minute where the auditee is
    place: Mapped[str] = mapped_column(Prose)
    done: Mapped[str] = mapped_column(Prose)
    told: Mapped[list[str]] = mapped_column(Document, default=list)  # codes of kinds.yaml
    reported_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reported_at: Mapped[datetime] = mapped_column(Instant)


class UrgentNote(AppendOnly, Protected, Base):
    """What happened since, as somebody who sees the report wrote it down."""

    __tablename__ = "urgent_note"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    report_id: Mapped[str] = mapped_column(ForeignKey("urgent_report.id"), index=True)
    words: Mapped[str] = mapped_column(Prose)
    written_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)


class Verdict(StrEnum):
    """How an urgent report is decided."""

    founded = "terbukti"
    unfounded = "tidak_terbukti"
    passed_on = "diteruskan"


class UrgentDecision(AppendOnly, Protected, Base):
    """What somebody of the directorate, not the reporter, decided; the hash is of exactly what
    was on the screen."""

    __tablename__ = "urgent_decision"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    report_id: Mapped[str] = mapped_column(ForeignKey("urgent_report.id"), unique=True)
    verdict: Mapped[Verdict] = mapped_column(enumerated(Verdict))
    reason: Mapped[str] = mapped_column(Prose)
    hold_until: Mapped[date | None]  # the last day of the hold; none: it ended with the decision
    content_hash: Mapped[str]
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)
