"""How does what is known of an auditee change: facts, place, services, closing?

Assessments that are open keep the tags they were opened with; sealed ones keep everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import column, or_, select, table
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.auditees.events import (
    AuditeeClosed,
    AuditeeReopened,
    FactsChanged,
    ServiceChanged,
)
from assessor.auditees.models import Agency, Auditee, AuditeeKind, Service
from assessor.auditees.registering import (
    checked_name,
    checked_operator,
    checked_territory,
    zone_at,
)
from assessor.auditees.services import CHANGED_MEANWHILE, ensure_may_keep
from assessor.auditees.tags import OF_AGENCIES, OF_VILLAGES, SERVICE_TAGS, settle_tags
from assessor.client_identity import refuse_identity
from assessor.journal.work import Clock, Work, write
from assessor.organization.keys import search_key, sort_key
from assessor.organization.models import Territory, TerritoryKind
from assessor.sentences import Refused, Sentence, Stale
from standards.canonical import fingerprint

# Assessments stand above auditees and are not imported: only these columns of theirs are read.
_assessment = table("assessment", column("auditee_id"), column("status"), column("reference"))
_FINISHED = ("sealed", "revised", "cancelled")
LONGEST_ADDRESS = 500
MOST_PLACES = 10_000

_UNKNOWN = Sentence("Layanan ini tidak dikenal. Pilih dari daftar.")
_TO_COME = Sentence("Catat saat sudah terjadi: tanggalnya tidak boleh sesudah hari ini.")


def facts_of(auditee: Auditee) -> str:
    """What a form had before it, to notice what somebody else changed meanwhile."""
    return fingerprint(
        [
            auditee.name,
            auditee.address,
            auditee.agency.value,
            auditee.operating_office_id,
            auditee.regency_code,
            auditee.village_code,
        ]
    )


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What somebody says anew of an auditee."""

    name: str
    address: str
    agency: Agency
    operating_office_id: str | None = None


def _kept(work: Work, actor: Actor, auditee_id: str, *, seen: str | None = None) -> Auditee:
    """The auditee, for somebody who keeps it and saw it as it is now."""
    work.lock()
    auditee = work.session.get_one(Auditee, auditee_id)
    ensure_may_keep(work.session, actor, auditee.responsible_office_id)
    if seen is not None and facts_of(auditee) != seen:
        raise Stale(CHANGED_MEANWHILE)
    return auditee


def _open(auditee: Auditee) -> Auditee:
    if auditee.closed_on is not None:
        raise Refused(Sentence("Lembaga atau unit ini sudah ditutup. Buka lagi dulu."))
    return auditee


def _resettle(auditee: Auditee, tags: Iterable[str]) -> None:
    settled = settle_tags(
        auditee.kind, tags, agency=auditee.agency, village_code=auditee.village_code
    )
    if settled != sorted(auditee.tags):
        auditee.tags = settled


def _changed(work: Work, auditee: Auditee, before: dict[str, object]) -> None:
    """Record what is otherwise than before, in names of columns."""
    changed = [name for name, value in before.items() if getattr(auditee, name) != value]
    if changed:
        work.record(FactsChanged(subject=auditee.id, auditee=auditee.id, changed=" ".join(changed)))


def change_facts(
    session: Session, actor: Actor, clock: Clock, *, auditee_id: str, facts: Facts, seen: str
) -> Auditee:
    """Say anew what an auditee is called, where it stands and who operates it. Raises Refused
    and Stale."""
    address = " ".join(facts.address.split())
    if len(address) > LONGEST_ADDRESS:
        raise Refused(Sentence("Alamat paling panjang 500 huruf."))
    refuse_identity(facts.name, address)
    with write(session, actor, clock) as work:
        auditee = _kept(work, actor, auditee_id, seen=seen)
        if auditee.kind is AuditeeKind.site:
            checked_operator(facts.agency, facts.operating_office_id)
        before = {
            name: getattr(auditee, name)
            for name in ("name", "address", "agency", "operating_office_id", "tags")
        }
        auditee.name = checked_name(facts.name)
        auditee.search_key, auditee.sort_key = search_key(auditee.name), sort_key(auditee.name)
        auditee.address = address
        if facts.agency is not auditee.agency:
            auditee.agency = facts.agency
            _resettle(auditee, frozenset(auditee.tags) - OF_AGENCIES)
        auditee.operating_office_id = facts.operating_office_id
        _changed(work, auditee, before)
    return auditee


def move_auditee(
    session: Session, actor: Actor, clock: Clock, *, auditee_id: str, territory_code: str, seen: str
) -> Auditee:
    """Put an auditee where it really is: a site in a regency, a unit in a village. Who is
    responsible stays; that is handed over. Raises Refused and Stale."""
    with write(session, actor, clock) as work:
        auditee = _kept(work, actor, auditee_id, seen=seen)
        before = {name: getattr(auditee, name) for name in ("regency_code", "village_code", "tags")}
        if auditee.kind is AuditeeKind.site:
            checked_territory(session, territory_code, TerritoryKind.regency)
            auditee.regency_code = territory_code
        else:
            village = checked_territory(session, territory_code, TerritoryKind.village)
            auditee.village_code = village.code
            district = session.get_one(Territory, village.parent_code)
            auditee.regency_code = district.parent_code or ""
            _resettle(auditee, frozenset(auditee.tags) - OF_VILLAGES)
        auditee.time_zone = zone_at(territory_code)
        _changed(work, auditee, before)
    return auditee


# ---- services ----


def _in_force(session: Session, auditee_id: str, tag: str, on: date) -> Service | None:
    return session.scalars(
        select(Service)
        .where(
            Service.auditee_id == auditee_id,
            Service.tag == tag,
            or_(Service.valid_to.is_(None), Service.valid_to > on),
        )
        .order_by(Service.valid_from.desc(), Service.id)
        .limit(1)
    ).first()


def begin_service(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    auditee_id: str,
    tag: str,
    capacity: int | None,
    begins: date,
) -> Service:
    """A site gives a service from a day on; with another capacity than before, the former ends
    that day. The tag of the service comes with it. Raises Refused."""
    if tag not in SERVICE_TAGS:
        raise Refused(_UNKNOWN)
    if capacity is not None and not 1 <= capacity <= MOST_PLACES:
        raise Refused(Sentence("Isi jumlah tempat antara 1 dan 10.000, atau kosongkan."))
    with write(session, actor, clock) as work:
        auditee = _open(_kept(work, actor, auditee_id))
        if auditee.kind is not AuditeeKind.site:
            raise Refused(Sentence("Hanya lembaga mencatat layanan dengan jumlah tempat."))
        if begins > work.today(auditee.time_zone.value):
            raise Refused(_TO_COME)
        former = _in_force(session, auditee_id, tag, begins)
        if former is not None:
            if former.valid_from >= begins:
                raise Refused(
                    Sentence(
                        "Layanan ini sudah dicatat sejak tanggal itu. Isi tanggal yang lebih baru."
                    )
                )
            former.valid_to = begins
        service = Service(
            id=work.new_id(),
            auditee_id=auditee_id,
            tag=tag,
            capacity=capacity,
            valid_from=begins,
            valid_to=None,
        )
        session.add(service)
        _resettle(auditee, {*auditee.tags, tag})
        work.record(
            ServiceChanged(
                subject=auditee_id,
                auditee=auditee_id,
                tag=tag,
                ended=False,
                on=begins.isoformat(),
                capacity=capacity,
            )
        )
    return service


def end_service_of(
    session: Session, actor: Actor, clock: Clock, *, service_id: str, ends: date
) -> Service:
    """A site no longer gives a service from a day on; the tag goes with it. Raises Refused."""
    with write(session, actor, clock) as work:
        work.lock()
        service = session.get_one(Service, service_id)
        auditee = _kept(work, actor, service.auditee_id)
        if service.valid_to is not None:
            raise Refused(Sentence("Layanan ini sudah berakhir."))
        if ends > work.today(auditee.time_zone.value):
            raise Refused(_TO_COME)
        if ends <= service.valid_from:
            raise Refused(Sentence("Tanggal akhir layanan harus sesudah tanggal mulainya."))
        service.valid_to = ends
        _resettle(auditee, frozenset(auditee.tags) - {service.tag})
        work.record(
            ServiceChanged(
                subject=auditee.id,
                auditee=auditee.id,
                tag=service.tag,
                ended=True,
                on=ends.isoformat(),
            )
        )
    return service


# ---- closing ----


def close_auditee(
    session: Session, actor: Actor, clock: Clock, *, auditee_id: str, on: date, why: str
) -> Auditee:
    """An auditee is judged no more from a day on, for a reason that the journal keeps. Raises
    Refused while an assessment goes on."""
    why = why.strip()
    if not why:
        raise Refused(Sentence("Tulis alasan lembaga atau unit ini ditutup."))
    refuse_identity(why)
    with write(session, actor, clock) as work:
        auditee = _kept(work, actor, auditee_id)
        if auditee.closed_on is not None:
            raise Refused(Sentence("Lembaga atau unit ini sudah ditutup."))
        if on > work.today(auditee.time_zone.value):
            raise Refused(_TO_COME)
        going = session.execute(
            select(_assessment.c.reference)
            .where(_assessment.c.auditee_id == auditee_id, _assessment.c.status.not_in(_FINISHED))
            .order_by(_assessment.c.reference)
        ).scalars()
        if references := list(going):
            raise Refused(
                Sentence(
                    "Masih ada penilaian yang berjalan: %(references)s. Selesaikan atau batalkan "
                    "dulu.",
                    {"references": ", ".join(references)},
                )
            )
        auditee.closed_on = on
        work.record(
            AuditeeClosed(subject=auditee_id, auditee=auditee_id, closed_on=on.isoformat()),
            why=why,
        )
    return auditee


def reopen_auditee(
    session: Session, actor: Actor, clock: Clock, *, auditee_id: str, why: str
) -> Auditee:
    """A closed auditee is judged again, for a reason that the journal keeps. Raises Refused."""
    why = why.strip()
    if not why:
        raise Refused(Sentence("Tulis alasan lembaga atau unit ini dibuka lagi."))
    refuse_identity(why)
    with write(session, actor, clock) as work:
        auditee = _kept(work, actor, auditee_id)
        if auditee.closed_on is None:
            raise Refused(Sentence("Lembaga atau unit ini tidak sedang ditutup."))
        auditee.closed_on = None
        work.record(AuditeeReopened(subject=auditee_id, auditee=auditee_id), why=why)
    return auditee
