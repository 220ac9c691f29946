"""Which tables hold who is judged? Entities, their sites with services, and community units."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
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
from assessor.organization.models import TimeZone


class Agency(StrEnum):
    """Who operates an auditee."""

    bnn = "bnn"
    kemensos = "kemensos"
    kemenkes = "kemenkes"
    ditjenpas = "ditjenpas"
    polri = "polri"
    local_government = "pemda"
    foundation = "yayasan"
    village = "desa"
    other = "lain"


class Entity(Protected, Base):
    """The body (foundation, ministry unit) behind one or several sites."""

    __tablename__ = "entity"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    legal_form: Mapped[str]


class AuditeeKind(StrEnum):
    """A site of an institution, or a community unit."""

    site = "site"
    unit = "unit"


class Auditee(Protected, Base):
    """Who an assessment is of: a site or a community unit. One office is responsible now."""

    __tablename__ = "auditee"
    __table_args__ = (
        CheckConstraint("(kind = 'site') = (entity_id IS NOT NULL)", name="site_has_entity"),
        Index(None, "responsible_office_id", "sort_key"),
        Index(None, "search_key"),
        Index(None, "sort_key", "id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[AuditeeKind] = mapped_column(enumerated(AuditeeKind))
    entity_id: Mapped[str | None] = mapped_column(ForeignKey("entity.id"), index=True)
    name: Mapped[str]
    regency_code: Mapped[str] = mapped_column(ForeignKey("territory.code"), index=True)
    village_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"))
    address: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[TimeZone] = mapped_column(enumerated(TimeZone))
    agency: Mapped[Agency] = mapped_column(enumerated(Agency))
    operating_office_id: Mapped[str | None] = mapped_column(ForeignKey("office.id"))
    responsible_office_id: Mapped[str] = mapped_column(ForeignKey("office.id"))
    tags: Mapped[list[str]] = mapped_column(Document, default=list)
    created_at: Mapped[datetime] = mapped_column(Instant)
    closed_on: Mapped[date | None]
    search_key: Mapped[str]
    sort_key: Mapped[str]


class Service(Protected, Base):
    """What a site offers: a kind of service in a setting, with its capacity."""

    __tablename__ = "service"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"), index=True)
    tag: Mapped[str] = mapped_column(String(40))
    capacity: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Hold(Protected, Base):
    """While it lasts nothing opens or is published in the auditee's favour. The auditee does not
    learn of it. `cause` and `cause_kind` name what it rests on; that lives in a higher feature."""

    __tablename__ = "hold"
    __table_args__ = (Index(None, "auditee_id", "ended_at"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"))
    cause: Mapped[str] = mapped_column(String(40), index=True)  # the id of what it rests on
    cause_kind: Mapped[str] = mapped_column(String(40))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[date | None]  # the last day; none: until it is ended
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    def lasts_on(self, day: date) -> bool:
        """Whether it is in force on a day where the auditee is."""
        return self.ended_at is None and (self.until is None or self.until >= day)


class Handover(AppendOnly, Protected, Base):
    """Another office became responsible for an auditee: from whom, to whom, when and why."""

    __tablename__ = "auditee_handover"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"), index=True)
    from_office_id: Mapped[str] = mapped_column(ForeignKey("office.id"))
    to_office_id: Mapped[str] = mapped_column(ForeignKey("office.id"))
    handed_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Prose)


class ReferenceSeries(Free, Base):
    """The last number given out of a series of references. Free: told by the references."""

    __tablename__ = "reference_series"
    prefix: Mapped[str] = mapped_column(String(8), primary_key=True)
    last: Mapped[int]
