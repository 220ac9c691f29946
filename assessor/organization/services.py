"""How do offices come into being, move in the tree, and come to serve territories?

The closure table is kept here and nowhere else: whoever changes `office.parent_id` in another
way breaks who sees what.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, delete, insert, literal, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from assessor.access.actor import Actor
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.organization.events import OfficeMoved, OfficeOpened, ServiceBegun, ServiceEnded
from assessor.organization.keys import search_key
from assessor.organization.models import (
    Office,
    OfficeClosure,
    OfficeKind,
    ServiceArea,
    Territory,
    TimeZone,
)
from assessor.organization.queries import get_office, offices_below
from assessor.organization.reach import ensure_arranges
from assessor.sentences import Refused, Sentence

LONGEST_NAME = 200
# the office an office of a kind stands below
ABOVE = {
    OfficeKind.centre: None,
    OfficeKind.bnnp: OfficeKind.centre,
    OfficeKind.bnnk: OfficeKind.bnnp,
}
NAME_TAKEN = Sentence("Kantor dengan nama ini sudah ada. Periksa daftarnya atau pilih nama lain.")


def checked_name(name: str) -> str:
    """A name of an office as it is kept. Raises Refused."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not search_key(name):
        raise Refused(
            Sentence("Isi nama kantor dengan huruf atau angka, paling panjang 200 huruf.")
        )
    return name


def _ensure_below(kind: OfficeKind, parent: Office | None) -> None:
    if ABOVE[kind] is not (parent.kind if parent is not None else None):
        raise Refused(
            Sentence("BNNP berada di bawah pusat, dan BNNK di bawah BNNP. Pilih induk yang sesuai.")
        )
    if parent is not None and parent.closed_on is not None:
        raise Refused(Sentence("Kantor induk ini sudah ditutup. Pilih induk yang lain."))


@dataclass(frozen=True, kw_only=True)
class NewOffice:
    """What is known of an office when it opens. `letterhead`: the lines of the kop."""

    kind: OfficeKind
    name: str
    short_name: str
    time_zone: TimeZone
    parent_id: str | None = None
    territory_code: str | None = None
    letterhead: tuple[str, ...] = ()


def open_office(session: Session, actor: Actor, clock: Clock, *, new: NewOffice) -> Office:
    """Add an office to the tree. Raises Refused when its name is taken or its parent unfit."""
    try:
        with write(session, actor, clock) as work:
            ensure_arranges(session, actor)
            work.lock()
            parent = get_office(session, new.parent_id) if new.parent_id is not None else None
            _ensure_below(new.kind, parent)
            name, short_name = checked_name(new.name), checked_name(new.short_name)
            if session.execute(select(Office.id).where(Office.name == name)).first():
                raise Refused(NAME_TAKEN)
            office = Office(
                id=new_id(),
                kind=new.kind,
                name=name,
                short_name=short_name,
                parent_id=new.parent_id,
                territory_code=new.territory_code,
                time_zone=new.time_zone,
                letterhead=list(new.letterhead),
                closed_on=None,
            )
            session.add(office)
            session.flush()
            _hang(session, office.id, new.parent_id)
            work.record(OfficeOpened(subject=office.id, kind=new.kind.value, parent=new.parent_id))
    except IntegrityError as error:  # two at the same moment: the constraint decides
        raise Refused(NAME_TAKEN) from error
    return office


def _hang(session: Session, office_id: str, parent_id: str | None) -> None:
    """Write the closure of a new leaf: itself, and all above it."""
    session.execute(
        insert(OfficeClosure).values(ancestor_id=office_id, descendant_id=office_id, depth=0)
    )
    if parent_id is not None:
        above = select(
            OfficeClosure.ancestor_id, literal(office_id), OfficeClosure.depth + 1
        ).where(OfficeClosure.descendant_id == parent_id)
        session.execute(
            insert(OfficeClosure).from_select(["ancestor_id", "descendant_id", "depth"], above)
        )


def move_office(
    session: Session, actor: Actor, clock: Clock, *, office_id: str, parent_id: str, why: str
) -> Office:
    """Put an office, with all below it, below another one, for a reason that the journal keeps."""
    if not why.strip():
        raise Refused(Sentence("Tulis alasan kantor ini dipindahkan."))
    with write(session, actor, clock) as work:
        ensure_arranges(session, actor)
        work.lock()
        office = get_office(session, office_id)
        if office.parent_id is None:
            raise Refused(Sentence("Kantor pusat tidak dapat dipindahkan."))
        before = office.parent_id
        _ensure_below(office.kind, get_office(session, parent_id))
        if before != parent_id:
            office.parent_id = parent_id
            session.flush()
            _rehang(session, office_id, parent_id)
            work.record(
                OfficeMoved(subject=office_id, parent_before=before, parent=parent_id), why=why
            )
    return office


def _rehang(session: Session, office_id: str, parent_id: str) -> None:
    """Cut the subtree from all that was above it and tie it to all that is above it now."""
    below = offices_below(session, office_id)
    session.execute(
        delete(OfficeClosure)
        .where(OfficeClosure.descendant_id.in_(below), OfficeClosure.ancestor_id.not_in(below))
        .execution_options(synchronize_session=False)
    )
    upper, lower = aliased(OfficeClosure), aliased(OfficeClosure)
    pairs = (
        select(upper.ancestor_id, lower.descendant_id, upper.depth + lower.depth + 1)
        .select_from(upper)
        .join(lower, lower.ancestor_id == office_id)
        .where(upper.descendant_id == parent_id)
    )
    session.execute(
        insert(OfficeClosure).from_select(["ancestor_id", "descendant_id", "depth"], pairs)
    )


def serve_area(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    office_id: str,
    territory_code: str,
    valid_from: date,
    valid_to: date | None = None,
) -> ServiceArea:
    """Let an office serve a territory. One territory has one office at a time: an office that
    served it without end before this one serves it until this one begins."""
    if valid_to is not None and valid_to <= valid_from:
        raise Refused(Sentence("Tanggal akhir layanan harus sesudah tanggal mulainya."))
    with write(session, actor, clock) as work:
        ensure_arranges(session, actor)
        work.lock()
        if get_office(session, office_id).closed_on is not None:
            raise Refused(Sentence("Kantor ini sudah ditutup. Pilih kantor yang lain."))
        territory = session.get(Territory, territory_code)
        if territory is None or territory.valid_to is not None:
            raise Refused(Sentence("Wilayah ini tidak dikenal. Pilih wilayah dari daftar."))
        _make_room(work, territory_code, valid_from, valid_to)
        area = ServiceArea(
            id=new_id(),
            office_id=office_id,
            territory_code=territory_code,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        session.add(area)
        work.record(
            ServiceBegun(
                subject=office_id, territory=territory_code, valid_from=valid_from.isoformat()
            )
        )
    return area


def _make_room(work: Work, territory_code: str, begins: date, ends: date | None) -> None:
    overlaps = and_(
        or_(ServiceArea.valid_to.is_(None), ServiceArea.valid_to > begins),
        ServiceArea.valid_from < ends if ends is not None else literal(value=True),
    )
    for other in work.session.scalars(
        select(ServiceArea).where(ServiceArea.territory_code == territory_code, overlaps)
    ).all():
        if other.valid_to is not None or other.valid_from >= begins:
            raise Refused(
                Sentence(
                    "Wilayah ini sudah dilayani kantor lain pada masa itu. Akhiri dulu layanan "
                    "kantor tersebut atau ubah tanggalnya."
                )
            )
        other.valid_to = begins
        work.record(
            ServiceEnded(
                subject=other.office_id, territory=territory_code, valid_to=begins.isoformat()
            )
        )


def end_service(
    session: Session, actor: Actor, clock: Clock, *, area_id: str, valid_to: date
) -> ServiceArea:
    """An office no longer serves a territory from a day on; the office of the territory around
    it does then (a regency without a BNNK is served by the BNNP)."""
    with write(session, actor, clock) as work:
        ensure_arranges(session, actor)
        work.lock()
        area = session.get_one(ServiceArea, area_id)
        if area.valid_to is not None or valid_to <= area.valid_from:
            raise Refused(
                Sentence(
                    "Layanan ini sudah berakhir, atau tanggal akhirnya sebelum tanggal mulainya."
                )
            )
        area.valid_to = valid_to
        work.record(
            ServiceEnded(
                subject=area.office_id,
                territory=area.territory_code,
                valid_to=valid_to.isoformat(),
            )
        )
    return area
