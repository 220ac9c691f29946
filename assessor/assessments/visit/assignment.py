"""By which letter is a team sent, when does it plan to come, and who comes along?"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.permissions import Permission
from assessor.accounts.models import Position
from assessor.assessments.arranging import evidence_of, open_for
from assessor.assessments.models import Assessment, TeamMember
from assessor.assessments.queries import today_of
from assessor.assessments.visit_events import AssignmentRecorded, GuestsChanged
from assessor.assessments.visit_models import Assignment, Closing, GuestMember
from assessor.assessments.written import LONGEST_NAME, line
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.evidence.names import plain
from assessor.journal.work import Clock, Work, write
from assessor.organization.models import Office, OfficeClosure
from assessor.sentences import Refused, Sentence

LONGEST_NUMBER = 80
LONGEST_VISIT = timedelta(days=60)
MOST_GUESTS = 20
_EARLIEST = timedelta(days=730)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What stands on the letter, and the days that are planned. Numbers are entered as the
    issuing office gave them, never made up here."""

    number: str
    issued_on: date
    office_id: str
    planned_from: date | None = None
    planned_to: date | None = None
    evidence_id: str | None = None


def issuing_offices(session: Session, assessment: Assessment) -> dict[str, str]:
    """Office → name of those that can send this team, the nearest first: the responsible office
    and those above it, then the offices of the members and what is above them."""
    auditee = session.get_one(Auditee, assessment.auditee_id)
    of_the_team = (
        select(Position.office_id)
        .join(TeamMember, TeamMember.person_id == Position.person_id)
        .where(
            TeamMember.assessment_id == assessment.id,
            Position.office_id.is_not(None),
            Position.valid_to.is_(None),
        )
    )
    rows = session.execute(
        select(Office.id, Office.name, OfficeClosure.descendant_id, OfficeClosure.depth)
        .join(OfficeClosure, OfficeClosure.ancestor_id == Office.id)
        .where(
            (OfficeClosure.descendant_id == auditee.responsible_office_id)
            | OfficeClosure.descendant_id.in_(of_the_team)
        )
    ).all()
    near = sorted(
        rows, key=lambda row: (row[2] != auditee.responsible_office_id, row[3], row[1], row[0])
    )
    found: dict[str, str] = {}
    for office_id, name, _member, _depth in near:
        found.setdefault(office_id, name)
    return found


def record_assignment(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, letter: Letter
) -> None:
    """Record the letter, or record it anew. Without a new piece the linked one stays. Raises
    NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.arrange)
        number = plain(letter.number, LONGEST_NUMBER)
        if not number:
            raise Refused(Sentence("Isi nomor surat tugas seperti tertulis pada suratnya."))
        _check_days(letter, today_of(session, assessment, work.now))
        if letter.office_id not in issuing_offices(session, assessment):
            raise Refused(Sentence("Pilih kantor yang menerbitkan surat tugas dari daftar."))
        if letter.evidence_id is not None:
            evidence_of(session, assessment, letter.evidence_id)
        found = session.get(Assignment, assessment.id)
        if found is None:
            found = Assignment(assessment_id=assessment.id, evidence_id=None)
            session.add(found)
        found.letter_number = number
        found.letter_on = letter.issued_on
        found.office_id = letter.office_id
        found.planned_from = letter.planned_from
        found.planned_to = letter.planned_to or letter.planned_from
        found.evidence_id = letter.evidence_id or found.evidence_id
        found.recorded_by = actor.person_id or ""
        found.recorded_at = work.now
        work.record(
            AssignmentRecorded(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                evidence=found.evidence_id,
            )
        )


def _check_days(letter: Letter, today: date) -> None:
    if letter.issued_on > today:
        raise Refused(Sentence("Tanggal surat tugas belum tiba. Periksa tanggalnya."))
    if letter.issued_on < today - _EARLIEST:
        raise Refused(Sentence("Tanggal surat tugas terlalu lama berlalu. Periksa tahunnya."))
    if letter.planned_to is None:
        return
    if letter.planned_from is None or letter.planned_to < letter.planned_from:
        raise Refused(
            Sentence("Hari terakhir kunjungan tidak boleh sebelum hari pertamanya. Periksa lagi.")
        )
    if letter.planned_to - letter.planned_from > LONGEST_VISIT:
        raise Refused(Sentence("Rencana kunjungan paling lama 60 hari. Periksa tanggalnya."))


# ---- who comes along ----


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody of another agency, for instance of the social service."""

    name: str
    agency: str
    function: str


_CLOSED = Sentence(
    "Hasil sementara sudah dibekukan, jadi anggota tamu tidak diubah lagi. Yang hadir dicatat pada "
    "daftar hadir."
)


def _before_closing(work: Work, assessment_id: str) -> Assessment:
    assessment = open_for(work, assessment_id, Permission.arrange)
    closed = select(Closing.id).where(Closing.assessment_id == assessment.id).limit(1)
    if work.session.execute(closed).scalar() is not None:
        raise Refused(_CLOSED)
    return assessment


def list_guests(session: Session, assessment_id: str) -> tuple[GuestMember, ...]:
    """Who comes along, in the order in which they were added."""
    rows = session.execute(
        select(GuestMember)
        .where(GuestMember.assessment_id == assessment_id)
        .order_by(GuestMember.added_at, GuestMember.id)
    ).scalars()
    return tuple(rows)


def add_guest(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, guest: Guest
) -> None:
    """Somebody of another agency comes along. Raises NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        assessment = _before_closing(work, assessment_id)
        if len(list_guests(session, assessment.id)) >= MOST_GUESTS:
            raise Refused(Sentence("Paling banyak %(most)s anggota tamu.", {"most": MOST_GUESTS}))
        session.add(
            GuestMember(
                id=new_id(),
                assessment_id=assessment.id,
                name=line(guest.name, Sentence("Isi nama anggota tamu."), LONGEST_NAME),
                agency=line(guest.agency, Sentence("Isi instansinya, misalnya Dinas Kesehatan.")),
                function=line(guest.function, Sentence("Isi tugas atau jabatannya.")),
                added_by=actor.person_id or "",
                added_at=work.now,
            )
        )
        work.record(
            GuestsChanged(subject=assessment.id, auditee=assessment.auditee_id, change="added")
        )


def remove_guest(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, guest_id: str
) -> None:
    """They do not come along after all. Raises NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        assessment = _before_closing(work, assessment_id)
        guest = session.get(GuestMember, guest_id)
        if guest is None or guest.assessment_id != assessment.id:
            raise Refused(Sentence("Anggota tamu ini sudah tidak ada dalam daftar."))
        session.delete(guest)
        work.record(
            GuestsChanged(subject=assessment.id, auditee=assessment.auditee_id, change="removed")
        )
