"""Which tables hold files on their way in?"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import Base, Document, Free, Instant, Prose, enumerated, new_id


class UploadState(StrEnum):
    """How far a file has come."""

    receiving = "receiving"
    checking = "checking"  # all bytes are here; somebody looks into them, or soon will
    taken = "taken"
    refused = "refused"


class Upload(Free, Base):
    """A file that comes in parts. Free: nothing is evidence before `hand_in`, which journals it.
    `said` is what its sender wrote on the form; `told`, what became of it, as a sentence."""

    __tablename__ = "upload"
    __table_args__ = (Index(None, "auditee_id", "state"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(Prose)
    said: Mapped[dict[str, Any]] = mapped_column(Document)
    length: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[UploadState] = mapped_column(enumerated(UploadState))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    evidence_id: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"))
    told: Mapped[dict[str, Any] | None] = mapped_column(Document)


class UploadPart(Free, Base):
    """A stretch of bytes that the store holds for an upload. Free: as the upload is."""

    __tablename__ = "upload_part"
    upload_id: Mapped[str] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    start: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
