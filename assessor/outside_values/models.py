"""Which table holds the values that others gave?"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import Base, Instant, Prose, Protected, new_id


class OutsideValue(Protected, Base):
    """A value of another instrument for a year. What was entered stays; one that was entered by
    mistake is withdrawn with the reason."""

    __tablename__ = "outside_value"
    __table_args__ = (Index(None, "auditee_id", "year"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"))
    kind: Mapped[str] = mapped_column(String(40))  # a code of kinds.yaml
    year: Mapped[int]
    value: Mapped[str] = mapped_column(Prose)
    scale: Mapped[str] = mapped_column(Prose)
    source: Mapped[str] = mapped_column(Prose)
    evidence_id: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"))
    entered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str | None] = mapped_column(Prose)
