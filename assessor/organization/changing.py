"""How does an office get another name or time, and how is it closed and opened again?

What stands above and below is never changed here; see `services.py`.
"""

from sqlalchemy import column, func, or_, select, table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.journal.work import Clock, write
from assessor.organization.events import OfficeChanged, OfficeClosed, OfficeReopened
from assessor.organization.models import Office, ServiceArea, TimeZone
from assessor.organization.queries import get_office
from assessor.organization.reach import ensure_arranges
from assessor.organization.services import NAME_TAKEN, checked_name
from assessor.sentences import Refused, Sentence, Stale
from standards.canonical import fingerprint

# Auditees and people stand above offices and are not imported: only these columns are read.
_auditee = table("auditee", column("responsible_office_id"), column("closed_on"))
_position = table("position", column("office_id"), column("valid_to"))

CHANGED_MEANWHILE = Sentence(
    "Data kantor ini baru saja diubah orang lain. Muat ulang halaman untuk melihat isinya sekarang."
)


def seen_of(office: Office) -> str:
    """What a form had before it, to notice what somebody else changed meanwhile."""
    return fingerprint([office.name, office.short_name, office.time_zone.value])


def change_office(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    office_id: str,
    name: str,
    short_name: str,
    time_zone: TimeZone,
    seen: str,
) -> Office:
    """Call an office otherwise, or let it go by another time. Raises Refused and Stale."""
    try:
        with write(session, actor, clock) as work:
            ensure_arranges(session, actor)
            office = get_office(session, office_id)
            if seen_of(office) != seen:
                raise Stale(CHANGED_MEANWHILE)
            name, short_name = checked_name(name), checked_name(short_name)
            taken = select(Office.id).where(Office.name == name, Office.id != office_id)
            if session.execute(taken).first():
                raise Refused(NAME_TAKEN)
            office.name, office.short_name, office.time_zone = name, short_name, time_zone
            if session.is_modified(office):
                work.record(OfficeChanged(subject=office_id))
    except IntegrityError as error:  # two at the same moment: the constraint decides
        raise Refused(NAME_TAKEN) from error
    return office


def _count(session: Session, model: object, *conditions: object) -> int:
    statement = select(func.count()).select_from(model).where(*conditions)  # type: ignore[arg-type]
    return int(session.execute(statement).scalar_one())


def _ensure_may_close(session: Session, office: Office) -> None:
    """An office leaves nobody behind: neither auditees nor offices nor people."""
    if office.parent_id is None:
        raise Refused(Sentence("Kantor pusat tidak dapat ditutup."))
    if office.closed_on is not None:
        raise Refused(Sentence("Kantor ini sudah ditutup."))
    auditees = _count(
        session,
        _auditee,
        _auditee.c.responsible_office_id == office.id,
        _auditee.c.closed_on.is_(None),
    )
    if auditees:
        raise Refused(
            Sentence(
                "Kantor ini masih bertanggung jawab atas %(count)s lembaga atau unit. Serahkan "
                "dulu ke kantor lain, lalu tutup.",
                {"count": auditees},
            )
        )
    if below := _count(session, Office, Office.parent_id == office.id, Office.closed_on.is_(None)):
        raise Refused(
            Sentence(
                "Masih ada %(count)s kantor di bawah kantor ini. Pindahkan atau tutup dulu.",
                {"count": below},
            )
        )
    if people := _count(
        session, _position, _position.c.office_id == office.id, _position.c.valid_to.is_(None)
    ):
        raise Refused(
            Sentence(
                "Masih ada %(count)s jabatan di kantor ini. Akhiri dulu, atau serah terimakan "
                "pekerjaan petugasnya.",
                {"count": people},
            )
        )


def close_office(
    session: Session, actor: Actor, clock: Clock, *, office_id: str, why: str
) -> Office:
    """Close an office from today on, with the services it gives. Raises Refused with what has to
    be done before."""
    why = why.strip()
    if not why:
        raise Refused(Sentence("Tulis alasan kantor ini ditutup."))
    with write(session, actor, clock) as work:
        ensure_arranges(session, actor)
        office = get_office(session, office_id)
        _ensure_may_close(session, office)
        today = work.today(office.time_zone.value)
        areas = session.scalars(
            select(ServiceArea).where(
                ServiceArea.office_id == office_id,
                or_(ServiceArea.valid_to.is_(None), ServiceArea.valid_to > today),
            )
        ).all()
        ended = 0
        for area in areas:
            if area.valid_from < today:
                area.valid_to = today
            else:  # it has not begun, and never will
                session.delete(area)
            ended += 1
        office.closed_on = today
        work.record(
            OfficeClosed(subject=office_id, closed_on=today.isoformat(), services_ended=ended),
            why=why,
        )
    return office


def reopen_office(
    session: Session, actor: Actor, clock: Clock, *, office_id: str, why: str
) -> Office:
    """Let a closed office work again; what it served is said anew. Raises Refused."""
    why = why.strip()
    if not why:
        raise Refused(Sentence("Tulis alasan kantor ini dibuka lagi."))
    with write(session, actor, clock) as work:
        ensure_arranges(session, actor)
        office = get_office(session, office_id)
        if office.closed_on is None:
            raise Refused(Sentence("Kantor ini tidak sedang ditutup."))
        if office.parent_id and get_office(session, office.parent_id).closed_on is not None:
            raise Refused(Sentence("Kantor induk ini sudah ditutup. Pilih induk yang lain."))
        office.closed_on = None
        work.record(OfficeReopened(subject=office_id), why=why)
    return office
