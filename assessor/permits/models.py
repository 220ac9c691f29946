"""Which table holds permits? A renewed one names the old one; nothing is overwritten."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import Base, Instant, Prose, Protected, new_id


class Permit(Protected, Base):
    """A permit of a site, or of one of its services. What was entered stays; a scan is linked
    once, a withdrawn one is kept with the reason."""

    __tablename__ = "permit"
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= valid_from", name="ends_after_start"),
        Index(None, "auditee_id", "expires_on"),
        # one renewal of each; what was withdrawn leaves the place to another
        Index(
            "uq_permit_replaces_id",
            "replaces_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"))
    kind: Mapped[str] = mapped_column(String(40))  # a code of kinds.yaml
    service: Mapped[str | None] = mapped_column(String(40))  # a tag; none: the whole site
    issuer: Mapped[str] = mapped_column(Prose)
    number: Mapped[str] = mapped_column(Prose)
    scope: Mapped[str] = mapped_column(Prose)
    valid_from: Mapped[date]
    expires_on: Mapped[date | None]  # the last day; none: without end
    evidence_id: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"))
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("permit.id"))
    entered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str | None] = mapped_column(Prose)
