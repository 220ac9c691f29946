"""How do bodies, their sites, and community units become known?"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.auditees.events import AuditeeRegistered, EntityRegistered
from assessor.auditees.models import (
    Agency,
    Auditee,
    AuditeeKind,
    Entity,
    ReferenceSeries,
    Service,
)
from assessor.auditees.services import ensure_may_keep, responsible_office
from assessor.auditees.tags import SERVICE_TAGS, settle_tags
from assessor.client_identity import refuse_identity
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.organization.keys import search_key, sort_key
from assessor.organization.models import Territory, TerritoryKind, TimeZone
from assessor.sentences import NotPermitted, Refused, Sentence
from assessor.ui.formats import zone_of

SERIES = {AuditeeKind.site: "LBG", AuditeeKind.unit: "IBM"}
LONGEST_NAME = 200


@dataclass(frozen=True)
class Offered:
    """A service a site gives from the day it is registered."""

    tag: str
    capacity: int | None = None


@dataclass(frozen=True)
class NewEntity:
    """A body that becomes known together with its first site."""

    name: str
    legal_form: str


@dataclass(frozen=True, kw_only=True)
class NewSite:
    """What is known of a site when it is registered. Without a responsible office it is the
    one that serves the regency; `operating_office_id` is for sites that BNN itself runs. Its body
    is known already, or becomes known with it."""

    name: str
    regency_code: str
    agency: Agency
    entity_id: str = ""
    new_entity: NewEntity | None = None
    tags: tuple[str, ...] = ()
    services: tuple[Offered, ...] = ()
    address: str = ""
    operating_office_id: str | None = None
    responsible_office_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """What is known of a community unit when it is registered."""

    name: str
    village_code: str
    agency: Agency = Agency.village
    tags: tuple[str, ...] = ("unit-baru",)
    address: str = ""
    responsible_office_id: str | None = None


def checked_name(name: str) -> str:
    """A name as it is kept. Raises Refused."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not search_key(name):
        raise Refused(Sentence("Isi nama dengan huruf atau angka, paling panjang 200 huruf."))
    return name


def checked_territory(session: Session, code: str, kind: TerritoryKind) -> Territory:
    """A territory of this kind that is in force. Raises Refused."""
    territory = session.get(Territory, code)
    if territory is None or territory.kind is not kind or territory.valid_to is not None:
        raise Refused(Sentence("Wilayah ini tidak dikenal. Pilih wilayah dari daftar."))
    return territory


def checked_operator(agency: Agency, office_id: str | None) -> None:
    """Raise Refused unless an office of BNN runs what BNN runs, and nothing else."""
    if (agency is Agency.bnn) != (office_id is not None):
        raise Refused(
            Sentence(
                "Pilih kantor yang menjalankan bila lembaga ini milik BNN; kosongkan bila bukan."
            )
        )


def next_reference(work: Work, kind: AuditeeKind) -> str:
    """The next readable reference: `LBG-0001`, `IBM-0001`. Holds the journal's head, so that
    nobody else is given the same."""
    work.lock()
    prefix = SERIES[kind]
    series = work.session.get(ReferenceSeries, prefix, populate_existing=True)
    if series is None:
        series = ReferenceSeries(prefix=prefix, last=0)
        work.session.add(series)
    series.last += 1
    return f"{prefix}-{series.last:04d}"


def register_entity(
    session: Session, actor: Actor, clock: Clock, *, name: str, legal_form: str
) -> Entity:
    """Make a body known: a foundation, a ministry's unit, a local government."""
    if actor is not SYSTEM and not actor.has(Role.coach, Role.administrator, Role.directorate):
        raise NotPermitted(
            Sentence("Badan didaftarkan oleh pembina, administrator, atau direktorat.")
        )
    with write(session, actor, clock) as work:
        entity = Entity(id=new_id(), name=checked_name(name), legal_form=legal_form)
        session.add(entity)
        work.record(EntityRegistered(subject=entity.id))
    return entity


def _add(work: Work, actor: Actor, auditee: Auditee, services: Sequence[Service] = ()) -> None:
    """Number a new auditee, keep it with its services, and record it."""
    ensure_may_keep(work.session, actor, auditee.responsible_office_id)
    auditee.reference = next_reference(work, auditee.kind)
    work.session.add(auditee)
    work.session.flush()
    work.session.add_all(services)
    work.record(
        AuditeeRegistered(
            subject=auditee.id,
            auditee=auditee.id,
            reference=auditee.reference,
            kind=auditee.kind.value,
            regency=auditee.regency_code,
            office=auditee.responsible_office_id,
        )
    )


def zone_at(territory_code: str) -> TimeZone:
    """The time it is in a territory."""
    return TimeZone(zone_of(territory_code).value)


def _entity(session: Session, new: NewSite) -> str:
    if new.new_entity is None:
        return session.get_one(Entity, new.entity_id).id
    name = checked_name(new.new_entity.name)
    entity = Entity(id=new_id(), name=name, legal_form=new.new_entity.legal_form.strip())
    session.add(entity)
    session.flush()
    return entity.id


def register_site(session: Session, actor: Actor, clock: Clock, *, new: NewSite) -> Auditee:
    """Make a site of an institution known. Raises Refused with what to correct."""
    name = checked_name(new.name)
    refuse_identity(name, new.address)
    unknown = sorted({each.tag for each in new.services} - SERVICE_TAGS)
    if unknown:
        raise Refused(
            Sentence("Layanan %(tags)s tidak dikenal. Pilih dari daftar.", {"tags": unknown[0]})
        )
    tags = settle_tags(
        AuditeeKind.site, {*new.tags, *(each.tag for each in new.services)}, agency=new.agency
    )
    checked_operator(new.agency, new.operating_office_id)
    zone = zone_at(new.regency_code)
    with write(session, actor, clock) as work:
        entity_id = _entity(session, new)
        checked_territory(session, new.regency_code, TerritoryKind.regency)
        auditee = Auditee(
            id=new_id(),
            kind=AuditeeKind.site,
            entity_id=entity_id,
            name=name,
            regency_code=new.regency_code,
            village_code=None,
            address=new.address,
            time_zone=zone,
            agency=new.agency,
            operating_office_id=new.operating_office_id,
            responsible_office_id=responsible_office(
                work, new.regency_code, new.responsible_office_id
            ),
            tags=tags,
            created_at=work.now,
            closed_on=None,
            search_key=search_key(name),
            sort_key=sort_key(name),
        )
        services = [
            Service(
                id=new_id(),
                auditee_id=auditee.id,
                tag=each.tag,
                capacity=each.capacity,
                valid_from=work.today(zone),
                valid_to=None,
            )
            for each in new.services
        ]
        _add(work, actor, auditee, services)
    return auditee


def register_unit(session: Session, actor: Actor, clock: Clock, *, new: NewUnit) -> Auditee:
    """Make a community unit known. Raises Refused with what to correct."""
    name = checked_name(new.name)
    refuse_identity(name, new.address)
    tags = settle_tags(AuditeeKind.unit, new.tags, agency=new.agency, village_code=new.village_code)
    with write(session, actor, clock) as work:
        village = checked_territory(session, new.village_code, TerritoryKind.village)
        regency = session.get_one(Territory, village.parent_code).parent_code
        auditee = Auditee(
            id=new_id(),
            kind=AuditeeKind.unit,
            entity_id=None,
            name=name,
            regency_code=regency,
            village_code=village.code,
            address=new.address,
            time_zone=zone_at(village.code),
            agency=new.agency,
            operating_office_id=None,
            responsible_office_id=responsible_office(work, village.code, new.responsible_office_id),
            tags=tags,
            created_at=work.now,
            closed_on=None,
            search_key=search_key(name),
            sort_key=sort_key(name),
        )
        _add(work, actor, auditee)
    return auditee
