"""Which reports and minutes were issued of an assessment, and what were they made from?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.assessments.models import SealedDocument
from assessor.assessments.seal import open_seal
from assessor.assessments.visit_models import Closing
from assessor.installation.letterheads import logo_bytes
from assessor.journal.models import JournalCheckpoint
from assessor.reports.models import IssuedMinutes, IssuedReport
from assessor.reports.reading import CheckpointFacts


def issued_report(session: Session, assessment_id: str, language: str) -> IssuedReport | None:
    """The report of an assessment in a language, once it was issued."""
    return session.execute(
        select(IssuedReport).where(
            IssuedReport.assessment_id == assessment_id, IssuedReport.language == language
        )
    ).scalar_one_or_none()


def reports_of(session: Session, assessment_id: str) -> Sequence[IssuedReport]:
    """All reports of an assessment, Indonesian first."""
    return (
        session.execute(
            select(IssuedReport)
            .where(IssuedReport.assessment_id == assessment_id)
            .order_by(IssuedReport.language.desc())
        )
        .scalars()
        .all()
    )


def source_of(closing: Closing) -> str:
    """The closing whose minutes count for this one: a revision carries closings along."""
    return closing.carried_from_id or closing.id


def issued_minutes(session: Session, closing: Closing, language: str) -> IssuedMinutes | None:
    """The minutes of a closing in a language, once they were issued."""
    return session.execute(
        select(IssuedMinutes).where(
            IssuedMinutes.closing_id == source_of(closing), IssuedMinutes.language == language
        )
    ).scalar_one_or_none()


@dataclass(frozen=True)
class Sealed:
    """A sealed or frozen content proved against its root, where the journal was then, and the logo
    whose digest it names."""

    content: Mapping[str, Any]
    root: str
    journal_seq: int
    logo: bytes | None = None

    @property
    def logo_digest(self) -> str | None:
        """The digest of the office's logo; none in what was sealed before there were logos."""
        digest = self.content["auditee"]["responsible_office"].get("logo")
        return None if digest is None else str(digest)


def get_sealed(session: Session, assessment_id: str) -> Sealed | None:
    """The sealed content of an assessment; None while it is not sealed. Raises BrokenSeal."""
    row = session.get(SealedDocument, assessment_id)
    if row is None:
        return None
    sealed = Sealed(open_seal(row.content, row.root), row.root, row.journal_seq)
    return replace(sealed, logo=logo_bytes(session, sealed.logo_digest))


def get_frozen(session: Session, closing_id: str) -> Sealed:
    """The content that a closing froze. Raises BrokenSeal."""
    row = session.get_one(Closing, closing_id)
    frozen = Sealed(open_seal(row.content, row.root), row.root, row.journal_seq)
    return replace(frozen, logo=logo_bytes(session, frozen.logo_digest))


def checkpoint_facts(checkpoint: JournalCheckpoint) -> CheckpointFacts:
    """A checkpoint as it is printed."""
    return CheckpointFacts(
        seq=checkpoint.seq,
        head=checkpoint.head,
        root=checkpoint.root,
        at=checkpoint.at,
        key_id=checkpoint.key_id,
        signature=checkpoint.signature,
    )


def kept_digests(session: Session) -> Iterator[str]:
    """Every file of the store that a report or minutes promise: the sweep leaves them alone."""
    yield from session.execute(select(IssuedReport.digest)).scalars()
    yield from session.execute(select(IssuedMinutes.digest)).scalars()
