"""How does an auditee change what it is, and pass to another office?

Registering stands in `registering.py`.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor
from assessor.access.decide import decide, reaches
from assessor.access.permissions import Permission
from assessor.access.rules import Columns, Subject
from assessor.auditees.events import HandedOver, TagsChanged
from assessor.auditees.models import Auditee, Handover
from assessor.auditees.tags import settle_tags
from assessor.client_identity import refuse_identity
from assessor.journal.work import Clock, Work, write
from assessor.organization.models import Office
from assessor.organization.queries import list_offices, office_serving, offices_above
from assessor.sentences import NotPermitted, Refused, Sentence, Stale
from assessor.ui.formats import zone_of

CHANGED_MEANWHILE = Sentence(
    "Data ini baru saja diubah orang lain. Muat ulang halaman untuk melihat isinya sekarang."
)


def ensure_may_keep(session: Session, actor: Actor, office_id: str) -> None:
    """Coaches and administrators keep the auditees of their office and below (see the matrix)."""
    if actor is SYSTEM:
        return
    subject = Subject(offices=frozenset(offices_above(session, office_id)))
    if not decide(actor, Permission.keep_auditee, subject).allowed:
        raise NotPermitted(
            Sentence(
                "Data lembaga dan unit dijaga oleh pembina atau administrator kantor yang "
                "bertanggung jawab atasnya."
            )
        )


def keepable_offices(session: Session, actor: Actor) -> list[Office]:
    """The open offices whose auditees the actor keeps, by name: one query."""
    columns = Columns(auditee_id=Office.id, office_id=Office.id)
    statement = list_offices().where(reaches(actor, Permission.keep_auditee, columns))
    return list(session.scalars(statement))


def responsible_office(work: Work, territory_code: str, wanted: str | None) -> str:
    """The office that is named, or else serves the place."""
    if wanted is not None:
        office = work.session.get_one(Office, wanted)
        if office.closed_on is not None:
            raise Refused(Sentence("Kantor ini sudah ditutup. Pilih kantor yang lain."))
        return office.id
    today = work.today(zone_of(territory_code).value)
    serving = office_serving(work.session, territory_code, today)
    if serving is None:
        raise Refused(
            Sentence(
                "Belum ada kantor yang melayani wilayah ini. Pilih kantor yang bertanggung jawab, "
                "atau minta administrator mengatur wilayah layanan."
            )
        )
    return serving.id


def change_tags(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    auditee_id: str,
    tags: Sequence[str],
    seen: Sequence[str],
    why: str,
) -> Auditee:
    """Say anew what an auditee is and offers. `seen` are the tags the person had before them.
    Assessments that are open keep the tags they were opened with."""
    refuse_identity(why)
    with write(session, actor, clock) as work:
        work.lock()
        auditee = session.get_one(Auditee, auditee_id)
        ensure_may_keep(session, actor, auditee.responsible_office_id)
        if set(auditee.tags) != set(seen):
            raise Stale(CHANGED_MEANWHILE)
        settled = settle_tags(
            auditee.kind, tags, agency=auditee.agency, village_code=auditee.village_code
        )
        before = set(auditee.tags)
        if set(settled) != before:
            auditee.tags = settled
            work.record(
                TagsChanged(
                    subject=auditee.id,
                    auditee=auditee.id,
                    added=" ".join(sorted(set(settled) - before)),
                    removed=" ".join(sorted(before - set(settled))),
                ),
                why=why,
            )
    return auditee


def hand_over(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    auditee_id: str,
    from_office_id: str,
    to_office_id: str,
    reason: str,
) -> Auditee:
    """Let another office be responsible from now on, for a reason that the journal keeps."""
    reason = reason.strip()
    if not reason:
        raise Refused(Sentence("Tulis alasan serah terima ini."))
    refuse_identity(reason)
    with write(session, actor, clock) as work:
        work.lock()
        auditee = session.get_one(Auditee, auditee_id)
        ensure_may_keep(session, actor, auditee.responsible_office_id)
        if auditee.responsible_office_id != from_office_id:
            raise Stale(CHANGED_MEANWHILE)
        receiving = responsible_office(work, auditee.regency_code, to_office_id)
        if receiving == from_office_id:
            raise Refused(Sentence("Kantor ini sudah bertanggung jawab. Pilih kantor yang lain."))
        today = work.today(auditee.time_zone.value)
        auditee.responsible_office_id = receiving
        session.add(
            Handover(
                id=work.new_id(),
                auditee_id=auditee.id,
                from_office_id=from_office_id,
                to_office_id=receiving,
                handed_on=today,
                reason=reason,
            )
        )
        work.record(
            HandedOver(
                subject=auditee.id,
                auditee=auditee.id,
                from_office=from_office_id,
                to_office=receiving,
                handed_on=today.isoformat(),
            ),
            why=reason,
        )
    return auditee
