"""Which tables hold the journal? The chain, its head, the erasable texts, the checkpoints."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import AppendOnly, Base, Free, Instant, Prose

ZERO = "0" * 64


class JournalEntry(AppendOnly, Base):
    """One act. `body` is canonical JSON; `hash` covers the previous hash and the body."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index(None, "act", "seq"),
        Index(None, "at"),
        Index(None, "actor_id", "seq"),
        Index(None, "auditee_id", "seq"),
        Index(None, "subject_id", "seq"),
    )
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    actor_id: Mapped[str | None]
    act: Mapped[str]
    subject_id: Mapped[str]
    auditee_id: Mapped[str | None]
    body: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class JournalText(Free, Base):
    """The words behind a digest. Free: may be erased by law; then only its row goes."""

    __tablename__ = "journal_text"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[str]
    words: Mapped[str] = mapped_column(Prose)


class JournalHead(Free, Base):
    """The end of the chain: one row, locked by each write. Free: checked against the chain."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]
    frontier: Mapped[str]


class JournalCheckpoint(AppendOnly, Base):
    """A signed statement: at this time the chain ended so. Copies live outside the house."""

    __tablename__ = "journal_checkpoint"
    id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, index=True)
    head: Mapped[str]
    root: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    key_id: Mapped[str]
    signature: Mapped[str]
