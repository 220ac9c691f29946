"""Which tables hold the reports and minutes that were issued?"""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import AppendOnly, Base, Instant, Protected, new_id


class IssuedReport(AppendOnly, Protected, Base):
    """One PDF of one sealed assessment in one language, as it was issued. The bytes are in the
    evidence store under the digest; `code` and `check_url` are printed on it for the public
    check. All that it was made from stands here or is sealed, so that it can be made again."""

    __tablename__ = "issued_report"
    __table_args__ = (UniqueConstraint("assessment_id", "language"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    language: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    check_url: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    version: Mapped[str]
    checkpoint_id: Mapped[str] = mapped_column(ForeignKey("journal_checkpoint.id"))
    issued_at: Mapped[datetime] = mapped_column(Instant)


class IssuedMinutes(AppendOnly, Protected, Base):
    """The PDF of the minutes of one closing in one language, as it was issued. The bytes are in
    the evidence store; all that they were made from is frozen, so that they can be made again."""

    __tablename__ = "issued_minutes"
    __table_args__ = (UniqueConstraint("closing_id", "language"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    closing_id: Mapped[str] = mapped_column(ForeignKey("closing.id"))
    language: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    check_url: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    version: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(Instant)
