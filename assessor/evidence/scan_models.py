"""Which table holds what the scanner said of a piece?"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import Base, Instant, Protected, enumerated


class ScanState(StrEnum):
    """What is known of a piece that was to be scanned."""

    waiting = "waiting"  # not scanned yet
    clean = "clean"
    found = "found"


class EvidenceScan(Protected, Base):
    """The last word on one piece. Pieces from before there was a scanner have none; they are
    shown, and the well-being page says that they were never scanned."""

    __tablename__ = "evidence_scan"
    __table_args__ = (Index(None, "state"),)
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    state: Mapped[ScanState] = mapped_column(enumerated(ScanState))
    found: Mapped[str | None]  # the scanner's own word for it
    since: Mapped[datetime] = mapped_column(Instant)
