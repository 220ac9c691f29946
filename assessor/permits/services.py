"""How is a permit entered, renewed, given its scan, and taken out of the register?"""

import re
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.auditees.models import Auditee, AuditeeKind
from assessor.auditees.queries import subject_of
from assessor.auditees.tags import SERVICE_TAGS
from assessor.client_identity import refuse_identity
from assessor.evidence.models import Evidence
from assessor.evidence.names import paragraphs, plain
from assessor.journal.work import Clock, Work, write
from assessor.permits.events import PermitEntered, PermitWithdrawn, ScanLinked
from assessor.permits.kinds import kinds
from assessor.permits.models import Permit
from assessor.sentences import Refused, Sentence

LONGEST_LINE = 200
LONGEST_SCOPE = 1_000
LONGEST_REASON = 2_000
EARLIEST = date(1945, 1, 1)
LATEST = date(2199, 12, 31)

_ID = re.compile(r"[a-z2-7]{26}")


@dataclass(frozen=True, kw_only=True)
class NewPermit:
    """What is entered. `permit_id` was given out with the form, so that the same form sent twice
    makes one permit."""

    permit_id: str
    kind: str
    service: str = ""
    issuer: str
    number: str
    scope: str = ""
    valid_from: date
    expires_on: date | None = None
    evidence_id: str | None = None
    replaces: str | None = None


def _wrong(text: str) -> Refused:
    return Refused(Sentence(text))


def with_scan(new: NewPermit, evidence_id: str | None) -> NewPermit:
    """The same with its scan."""
    return replace(new, evidence_id=evidence_id)


def check_permit(new: NewPermit) -> None:
    """What can be known before a scan is taken. Raises Refused."""
    _checked(new)


def _checked(new: NewPermit) -> NewPermit:
    """What can be known without the database. Raises Refused."""
    if not _ID.fullmatch(new.permit_id):
        raise _wrong("Formulir ini rusak. Muat ulang halaman, lalu isi lagi.")
    if new.kind not in kinds():
        raise _wrong("Pilih jenis izin.")
    if new.service and new.service not in SERVICE_TAGS:
        raise _wrong("Pilih layanan dari daftar.")
    issuer, number = plain(new.issuer, LONGEST_LINE), plain(new.number, LONGEST_LINE)
    if not issuer or not number:
        raise _wrong("Isi penerbit dan nomor izin.")
    if not EARLIEST <= new.valid_from <= LATEST:
        raise _wrong("Periksa tahun mulai berlakunya.")
    if new.expires_on is not None and not new.valid_from <= new.expires_on <= LATEST:
        raise _wrong("Hari terakhir berlaku tidak boleh sebelum hari mulai berlaku.")
    return replace(new, issuer=issuer, number=number, scope=paragraphs(new.scope, LONGEST_SCOPE))


def _ensure_may(work: Work, auditee_id: str) -> Auditee:
    auditee = work.session.get_one(Auditee, auditee_id)
    ensure(work.actor, Permission.keep_permits, subject_of(work.session, auditee))
    if auditee.kind is not AuditeeKind.site:
        raise _wrong("Izin dicatat untuk lembaga, bukan untuk unit IBM.")
    if auditee.closed_on is not None:
        raise _wrong("Lembaga ini sudah ditutup. Izinnya tidak dicatat lagi.")
    return auditee


def _ensure_scan(session: Session, auditee_id: str, evidence_id: str) -> None:
    found = session.get(Evidence, evidence_id)
    if found is None or found.auditee_id != auditee_id or found.withdrawn_at is not None:
        raise _wrong("Pindaian ini tidak ditemukan. Pilih dari bukti dukung lembaga ini.")


def _ensure_renewable(session: Session, new: NewPermit, auditee_id: str) -> None:
    """A renewal is of the same kind and of a permit that stands, and the only one of it."""
    if new.replaces is None:
        return
    old = session.get(Permit, new.replaces)
    if old is None or old.auditee_id != auditee_id:
        raise _wrong("Izin yang hendak diganti tidak ditemukan.")
    if old.withdrawn_at is not None:
        raise _wrong("Izin itu sudah ditarik. Catat izin ini sebagai izin baru.")
    if old.kind != new.kind:
        raise _wrong("Pengganti harus sejenis dengan izin lama. Catat jenis lain sebagai baru.")
    if new.valid_from < old.valid_from:
        raise _wrong("Pengganti tidak mungkin berlaku lebih dulu daripada izin yang lama.")
    taken = session.scalar(
        select(Permit.id).where(Permit.replaces_id == old.id, Permit.withdrawn_at.is_(None))
    )
    if taken is not None:
        raise _wrong("Izin itu sudah ada penggantinya. Buka penggantinya, lalu ganti yang itu.")


def enter_permit(
    session: Session, actor: Actor, clock: Clock, *, auditee_id: str, new: NewPermit
) -> str:
    """Enter a permit, or the renewal of one; gives its id. The same form sent again gives the
    permit that is there. Raises NotPermitted, Refused."""
    said = _checked(new)
    with write(session, actor, clock) as work:
        _ensure_may(work, auditee_id)
        there = session.get(Permit, said.permit_id)
        if there is not None:
            if there.auditee_id != auditee_id or there.entered_by != actor.person_id:
                raise _wrong("Formulir ini rusak. Muat ulang halaman, lalu isi lagi.")
            return there.id
        _ensure_renewable(session, said, auditee_id)
        if said.evidence_id is not None:
            _ensure_scan(session, auditee_id, said.evidence_id)
        permit = Permit(
            id=said.permit_id,
            auditee_id=auditee_id,
            kind=said.kind,
            service=said.service or None,
            issuer=said.issuer,
            number=said.number,
            scope=said.scope,
            valid_from=said.valid_from,
            expires_on=said.expires_on,
            evidence_id=said.evidence_id,
            replaces_id=said.replaces,
            entered_by=actor.person_id or "",
            entered_at=work.now,
            withdrawn_by=None,
            withdrawn_at=None,
            withdrawn_reason=None,
        )
        session.add(permit)
        work.record(
            PermitEntered(
                subject=permit.id,
                auditee=auditee_id,
                kind=permit.kind,
                valid_from=permit.valid_from,
                expires_on=permit.expires_on,
                replaces=permit.replaces_id,
            )
        )
    return said.permit_id


def _locked(session: Session, permit_id: str) -> Permit:
    return session.execute(
        select(Permit).where(Permit.id == permit_id).with_for_update()
    ).scalar_one()


def link_scan(
    session: Session, actor: Actor, clock: Clock, *, permit_id: str, evidence_id: str
) -> None:
    """Link the scan of a permit that has none. Raises NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        permit = _locked(session, permit_id)
        _ensure_may(work, permit.auditee_id)
        if permit.withdrawn_at is not None:
            raise _wrong("Izin ini sudah ditarik.")
        if permit.evidence_id is not None:
            raise _wrong("Izin ini sudah mempunyai pindaian.")
        _ensure_scan(session, permit.auditee_id, evidence_id)
        permit.evidence_id = evidence_id
        work.record(ScanLinked(subject=permit.id, auditee=permit.auditee_id, evidence=evidence_id))


def withdraw_permit(
    session: Session, actor: Actor, clock: Clock, *, permit_id: str, reason: str
) -> None:
    """Take a permit out of the register: entered by mistake, or revoked. Raises NotPermitted,
    Refused."""
    reason = paragraphs(reason, LONGEST_REASON)
    if not reason:
        raise _wrong("Tulis alasan menarik izin ini.")
    refuse_identity(reason)
    with write(session, actor, clock) as work:
        permit = _locked(session, permit_id)
        _ensure_may(work, permit.auditee_id)
        if permit.withdrawn_at is not None:
            raise _wrong("Izin ini sudah ditarik.")
        permit.withdrawn_by = actor.person_id
        permit.withdrawn_at = work.now
        permit.withdrawn_reason = reason
        work.record(PermitWithdrawn(subject=permit.id, auditee=permit.auditee_id), why=reason)
