"""Which editions are there, which are in force, and what do they say?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.instruments.models import Approval, Edition, EditionKind
from checklists.model import AssessmentKind, AuditeeKind, Checklist


@dataclass(frozen=True)
class EditionStatus:
    """Whether an edition is approved: without a decree it is a working instrument."""

    decree: str | None = None
    effective_on: date | None = None
    fictitious: bool = False

    @property
    def approved(self) -> bool:
        """Whether a decree puts it in force."""
        return self.decree is not None


# an edition never changes, so what was read once by fingerprint stays right
_read: dict[str, Checklist] = {}


def get_checklist(session: Session, fingerprint: str) -> Checklist:
    """The checklist of a published edition. Raises NoResultFound."""
    if (known := _read.get(fingerprint)) is not None:
        return known
    content = session.execute(
        select(Edition.content).where(
            Edition.fingerprint == fingerprint, Edition.kind == EditionKind.checklist
        )
    ).scalar_one()
    checklist = Checklist.from_document(json.loads(content))
    if checklist.fingerprint != fingerprint:
        message = f"the stored edition {fingerprint} is not what it says"
        raise ValueError(message)
    _read[fingerprint] = checklist
    return checklist


def get_status(session: Session, fingerprint: str, on: date) -> EditionStatus:
    """Whether an edition was in force on a day, and by which decree."""
    approval = session.execute(
        select(Approval)
        .where(Approval.fingerprint == fingerprint, Approval.effective_on <= on)
        .order_by(Approval.effective_on.desc(), Approval.id)
        .limit(1)
    ).scalar_one_or_none()
    if approval is None:
        return EditionStatus()
    return EditionStatus(approval.decree, approval.effective_on, approval.fictitious)


def list_editions(session: Session, kind: EditionKind) -> Sequence[Edition]:
    """All editions of a kind, the newest first."""
    return (
        session.execute(
            select(Edition)
            .where(Edition.kind == kind)
            .order_by(Edition.published_at.desc(), Edition.name)
        )
        .scalars()
        .all()
    )


def usable_checklists(
    session: Session, auditee: AuditeeKind, kind: AssessmentKind
) -> list[tuple[Edition, Checklist]]:
    """The newest edition of each checklist that fits an auditee and a kind of assessment; what
    is made for fewer kinds comes first."""
    found: dict[str, tuple[Edition, Checklist]] = {}
    for edition in list_editions(session, EditionKind.checklist):
        if edition.name in found:
            continue
        checklist = get_checklist(session, edition.fingerprint)
        if auditee in checklist.auditees and kind in checklist.kinds:
            found[edition.name] = (edition, checklist)
    return sorted(found.values(), key=lambda each: len(each[1].kinds))
