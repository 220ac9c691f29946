"""Which editions are there, which are in force, and what do they say?"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from assessor.instruments.models import Approval, Edition, EditionKind
from assessor.instruments.reading import read_instruments
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


def get_checklist(session: Session, fingerprint: str) -> Checklist:
    """The checklist of a published edition. Raises NoResultFound."""
    found = read_instruments(session, [fingerprint]).get(fingerprint)
    if not isinstance(found, Checklist):
        message = f"no checklist is published as {fingerprint}"
        raise NoResultFound(message)
    return found


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


def newest_checklists(session: Session, on: date) -> dict[str, str]:
    """The fingerprint of the edition of each checklist that is used on a day: of those that may
    be, the one whose first day came last. One query."""
    rows = session.execute(
        select(Edition.name, Edition.fingerprint, Edition.usable_from, Edition.published_at)
        .where(
            Edition.kind == EditionKind.checklist,
            or_(Edition.usable_from.is_(None), Edition.usable_from <= on),
        )
        .order_by(Edition.published_at.desc(), Edition.name)
    ).all()
    newest: dict[str, str] = {}
    for row in sorted(
        rows,
        key=lambda each: (each.usable_from or each.published_at.date(), each.published_at),
        reverse=True,
    ):
        newest.setdefault(row.name, row.fingerprint)
    return newest


def published_checklists(session: Session) -> list[Checklist]:
    """Every edition of every checklist, the newest first."""
    fingerprints = session.scalars(
        select(Edition.fingerprint)
        .where(Edition.kind == EditionKind.checklist)
        .order_by(Edition.published_at.desc(), Edition.name)
    ).all()
    read = read_instruments(session, fingerprints)
    return [each for each in read.values() if isinstance(each, Checklist)]


def usable_checklists(
    session: Session, auditee: AuditeeKind, kind: AssessmentKind, on: date
) -> list[Checklist]:
    """The newest edition of each checklist that fits an auditee and a kind of assessment; what
    is made for fewer kinds comes first."""
    newest = newest_checklists(session, on)
    read = read_instruments(session, list(newest.values()))
    found = [each for each in read.values() if isinstance(each, Checklist)]
    fitting = [each for each in found if auditee in each.auditees and kind in each.kinds]
    return sorted(fitting, key=lambda each: len(each.kinds))


def superseded_by(session: Session, fingerprint: str, on: date) -> str | None:
    """The edition of the same checklist that is used instead on a day; None while this one is."""
    name = session.execute(
        select(Edition.name).where(Edition.fingerprint == fingerprint)
    ).scalar_one()
    newest = newest_checklists(session, on).get(name)
    return None if newest == fingerprint else newest
