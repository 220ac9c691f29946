"""Which tables hold territories, offices and who serves where?"""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import (
    AppendOnly,
    Base,
    Document,
    Free,
    Prose,
    Protected,
    enumerated,
    new_id,
)


class TerritoryKind(StrEnum):
    """The level of a territory."""

    nation = "nation"
    province = "province"
    regency = "regency"
    district = "district"
    village = "village"


class Territory(Free, Base):
    """A part of the country in force from a date, by a decree. Free: public reference data,
    checked against the packaged files by their digest."""

    __tablename__ = "territory"
    __table_args__ = (Index(None, "kind", "sort_key"), Index(None, "search_key"))
    code: Mapped[str] = mapped_column(String(13), primary_key=True)
    kind: Mapped[TerritoryKind] = mapped_column(enumerated(TerritoryKind))
    name: Mapped[str]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"), index=True)
    decree: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    search_key: Mapped[str]
    sort_key: Mapped[str]


class OfficeKind(StrEnum):
    """The level of an office of BNN."""

    centre = "centre"
    bnnp = "bnnp"
    bnnk = "bnnk"


class TimeZone(StrEnum):
    """The three times of the country."""

    wib = "WIB"
    wita = "WITA"
    wit = "WIT"


class LetterheadLogo(AppendOnly, Protected, Base):
    """A logo as it was drawn anew, under the SHA-256 of its bytes. It stays for good: sealed
    assessments name it."""

    __tablename__ = "letterhead_logo"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes]


class Office(Protected, Base):
    """The centre, a BNNP or a BNNK. `letterhead` is the kop: lines and a logo as data."""

    __tablename__ = "office"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[OfficeKind] = mapped_column(enumerated(OfficeKind))
    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("office.id"), index=True)
    territory_code: Mapped[str | None] = mapped_column(ForeignKey("territory.code"))
    time_zone: Mapped[TimeZone] = mapped_column(enumerated(TimeZone))
    letterhead: Mapped[list[str]] = mapped_column(Document, default=list)
    logo_digest: Mapped[str | None] = mapped_column(ForeignKey("letterhead_logo.digest"))
    closed_on: Mapped[date | None]


class Holiday(Protected, Base):
    """A day on which an office and those below it do not work, beside the public holidays that
    come with the product."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("office_id", "day"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    office_id: Mapped[str] = mapped_column(ForeignKey("office.id"))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(Prose)


class OfficeClosure(Free, Base):
    """Every office with every office above it and itself. Free: derived from `office.parent_id`."""

    __tablename__ = "office_closure"
    ancestor_id: Mapped[str] = mapped_column(ForeignKey("office.id"), primary_key=True)
    descendant_id: Mapped[str] = mapped_column(
        ForeignKey("office.id"), primary_key=True, index=True
    )
    depth: Mapped[int]


class ServiceArea(Protected, Base):
    """An office serves a territory from a date, until another date or further notice."""

    __tablename__ = "service_area"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    office_id: Mapped[str] = mapped_column(ForeignKey("office.id"), index=True)
    territory_code: Mapped[str] = mapped_column(ForeignKey("territory.code"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
