"""What do published editions say, read once however often they are shown?"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.instruments.models import Approval, Edition, EditionKind
from checklists.model import Checklist
from standards.model import Standard, Text

Instrument: TypeAlias = Standard | Checklist

PREFIX = "sha256:"

# Every edition is read here, wherever it came from: the packaged YAML and drafts become rows first.
# It never changes, so that what each worker has read once by fingerprint stays right.
_read: dict[str, Instrument] = {}


@dataclass(frozen=True)
class Decree:
    """What puts an edition in force."""

    number: str
    effective_on: date
    fictitious: bool


@dataclass(frozen=True)
class Published:
    """An edition in the list: everything but its content."""

    fingerprint: str
    kind: EditionKind
    name: str
    edition: str
    title: Text
    published_at: datetime
    decrees: tuple[Decree, ...]

    def in_force(self, on: date) -> Decree | None:
        """The decree that holds on a day, the newest if there are several."""
        past = [decree for decree in self.decrees if decree.effective_on <= on]
        return max(past, key=lambda decree: decree.effective_on, default=None)

    def coming(self, on: date) -> Decree | None:
        """The next decree that does not hold yet."""
        future = [decree for decree in self.decrees if decree.effective_on > on]
        return min(future, key=lambda decree: decree.effective_on, default=None)


def _parse(kind: EditionKind, fingerprint: str, content: bytes) -> Instrument:
    made = Standard if kind is EditionKind.standard else Checklist
    instrument: Instrument = made.from_document(json.loads(content))
    if instrument.fingerprint != fingerprint:
        message = f"the stored edition {fingerprint} is not what it says"
        raise ValueError(message)
    return instrument


def read_instruments(session: Session, wanted: Collection[str]) -> Mapping[str, Instrument]:
    """The instruments with these fingerprints; one query at most, none once they are known."""
    unknown = [each for each in wanted if each not in _read]
    if unknown:
        rows = session.execute(
            select(Edition.fingerprint, Edition.kind, Edition.content).where(
                Edition.fingerprint.in_(unknown)
            )
        )
        for row in rows:
            _read[row.fingerprint] = _parse(row.kind, row.fingerprint, row.content)
    return {each: _read[each] for each in wanted if each in _read}


def read_with_base(session: Session, fingerprint: str) -> tuple[Instrument, Checklist | None]:
    """An edition, and the checklist that it is based on where there is one."""
    instrument = read_instruments(session, [fingerprint])[fingerprint]
    if not isinstance(instrument, Checklist) or instrument.derivation is None:
        return instrument, None
    full = instrument.derivation.base.fingerprint
    base = read_instruments(session, [full]).get(full)
    return instrument, base if isinstance(base, Checklist) else None


def list_published(session: Session, *, fingerprint: str | None = None) -> list[Published]:
    """Every edition (or just one), checklists first, the newest first of each: three queries."""
    columns = (
        Edition.fingerprint,
        Edition.kind,
        Edition.name,
        Edition.edition,
        Edition.published_at,
    )
    statement = select(*columns).order_by(Edition.kind, Edition.published_at.desc(), Edition.name)
    approvals = select(Approval).order_by(Approval.effective_on, Approval.id)
    if fingerprint is not None:
        statement = statement.where(Edition.fingerprint == fingerprint)
        approvals = approvals.where(Approval.fingerprint == fingerprint)
    rows = session.execute(statement).all()
    decrees: dict[str, list[Decree]] = {}
    for each in session.scalars(approvals):
        decree = Decree(each.decree, each.effective_on, each.fictitious)
        decrees.setdefault(each.fingerprint, []).append(decree)
    known = read_instruments(session, [row.fingerprint for row in rows])
    return [
        Published(
            fingerprint=row.fingerprint,
            kind=row.kind,
            name=row.name,
            edition=row.edition,
            title=known[row.fingerprint].title,
            published_at=row.published_at,
            decrees=tuple(decrees.get(row.fingerprint, ())),
        )
        for row in rows
    ]
