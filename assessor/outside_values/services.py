"""How is a value from outside entered and taken back? Nothing computes with it."""

import re
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.auditees.models import Auditee
from assessor.auditees.queries import subject_of
from assessor.client_identity import refuse_identity
from assessor.evidence.models import Evidence
from assessor.evidence.names import paragraphs, plain
from assessor.journal.work import Clock, Work, write
from assessor.outside_values.events import OutsideValueEntered, OutsideValueWithdrawn
from assessor.outside_values.kinds import kinds
from assessor.outside_values.models import OutsideValue
from assessor.sentences import Refused, Sentence

LONGEST_VALUE = 60
LONGEST_LINE = 200
LONGEST_REASON = 2_000
FIRST_YEAR = 2000

_ID = re.compile(r"[a-z2-7]{26}")


@dataclass(frozen=True, kw_only=True)
class NewValue:
    """What is entered. `value_id` was given out with the form, so that the same form sent twice
    makes one value."""

    value_id: str
    kind: str
    year: int
    value: str
    scale: str = ""
    source: str
    evidence_id: str | None = None


def _wrong(text: str) -> Refused:
    return Refused(Sentence(text))


def _checked(new: NewValue) -> NewValue:
    if not _ID.fullmatch(new.value_id):
        raise _wrong("Formulir ini rusak. Muat ulang halaman, lalu isi lagi.")
    if new.kind not in kinds():
        raise _wrong("Pilih jenis nilai.")
    value, scale = plain(new.value, LONGEST_VALUE), plain(new.scale, LONGEST_LINE)
    source = plain(new.source, LONGEST_LINE)
    if not value or not source:
        raise _wrong("Isi nilai dan sumbernya.")
    refuse_identity(value, scale, source)
    return replace(new, value=value, scale=scale, source=source)


def _ensure_may(work: Work, auditee_id: str) -> Auditee:
    auditee = work.session.get_one(Auditee, auditee_id)
    ensure(work.actor, Permission.keep_outside_values, subject_of(work.session, auditee))
    return auditee


def enter_value(
    session: Session, actor: Actor, clock: Clock, *, auditee_id: str, new: NewValue
) -> str:
    """Enter a value that others gave; gives its id. The same form sent again gives the value that
    is there. Raises NotPermitted, Refused."""
    said = _checked(new)
    with write(session, actor, clock) as work:
        auditee = _ensure_may(work, auditee_id)
        there = session.get(OutsideValue, said.value_id)
        if there is not None:
            if there.auditee_id != auditee_id or there.entered_by != actor.person_id:
                raise _wrong("Formulir ini rusak. Muat ulang halaman, lalu isi lagi.")
            return there.id
        if not FIRST_YEAR <= said.year <= work.today(auditee.time_zone).year:
            raise _wrong("Periksa tahunnya: tahun ini atau sebelumnya.")
        if said.evidence_id is not None:
            scan = session.get(Evidence, said.evidence_id)
            if scan is None or scan.auditee_id != auditee_id or scan.withdrawn_at is not None:
                raise _wrong("Pindaian ini tidak ditemukan. Pilih dari daftar bukti dukungnya.")
        session.add(
            OutsideValue(
                id=said.value_id,
                auditee_id=auditee_id,
                kind=said.kind,
                year=said.year,
                value=said.value,
                scale=said.scale,
                source=said.source,
                evidence_id=said.evidence_id,
                entered_by=actor.person_id or "",
                entered_at=work.now,
                withdrawn_by=None,
                withdrawn_at=None,
                withdrawn_reason=None,
            )
        )
        work.record(
            OutsideValueEntered(
                subject=said.value_id, auditee=auditee_id, kind=said.kind, year=said.year
            )
        )
    return said.value_id


def withdraw_value(
    session: Session, actor: Actor, clock: Clock, *, value_id: str, reason: str
) -> None:
    """Take back a value that was entered by mistake. Raises NotPermitted, Refused."""
    reason = paragraphs(reason, LONGEST_REASON)
    if not reason:
        raise _wrong("Tulis alasan menarik nilai ini.")
    refuse_identity(reason)
    with write(session, actor, clock) as work:
        value = session.execute(
            select(OutsideValue).where(OutsideValue.id == value_id).with_for_update()
        ).scalar_one()
        _ensure_may(work, value.auditee_id)
        if value.withdrawn_at is not None:
            raise _wrong("Nilai ini sudah ditarik.")
        value.withdrawn_by = actor.person_id
        value.withdrawn_at = work.now
        value.withdrawn_reason = reason
        work.record(OutsideValueWithdrawn(subject=value.id, auditee=value.auditee_id), why=reason)
