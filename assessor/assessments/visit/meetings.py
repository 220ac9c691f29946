"""When did the team and the institution meet, where, and who was there? Staff only, no clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.permissions import Permission
from assessor.assessments.arranging import open_for
from assessor.assessments.models import Mode
from assessor.assessments.visit_events import MeetingRecorded
from assessor.assessments.visit_models import Attendance, Meeting, MeetingKind, Party
from assessor.assessments.written import LONGEST_NAME, line
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.journal.work import HOURS_AHEAD, Clock, Work, write
from assessor.sentences import Refused, Sentence

MOST_PRESENT = 100
_EARLIEST = timedelta(days=365)
_CLIENTS = ("klien", "pasien", "residen", "mantan klien", "keluarga klien", "keluarga pasien")


@dataclass(frozen=True, kw_only=True)
class Present:
    """A line of the list of attendance."""

    name: str
    party: Party
    function: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting as people say it: day and hour where the auditee is, the place or the means."""

    on: date
    at: time
    mode: Mode
    place: str
    present: Sequence[Present]


def get_meetings(session: Session, assessment_id: str) -> dict[MeetingKind, Meeting]:
    """The meetings of an assessment, the opening first: one query."""
    rows = session.execute(select(Meeting).where(Meeting.assessment_id == assessment_id)).scalars()
    found = {each.kind: each for each in rows}
    return {kind: found[kind] for kind in MeetingKind if kind in found}


def list_present(session: Session, assessment_id: str) -> dict[str, tuple[Attendance, ...]]:
    """Meeting → who was there, in the order of the list: one query."""
    found: dict[str, list[Attendance]] = {}
    for each in session.execute(
        select(Attendance)
        .where(Attendance.assessment_id == assessment_id)
        .order_by(Attendance.line, Attendance.id)
    ).scalars():
        found.setdefault(each.meeting_id, []).append(each)
    return {meeting_id: tuple(rows) for meeting_id, rows in found.items()}


def record_meeting(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    kind: MeetingKind,
    held: Held,
) -> None:
    """Record a meeting, or record it anew; the list of attendance is replaced as a whole. Raises
    NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.arrange)
        zone = session.get_one(Auditee, assessment.auditee_id).time_zone
        local = datetime.combine(held.on, held.at, work.now.tzinfo)
        held_at = local - timedelta(hours=HOURS_AHEAD[zone])
        meetings = get_meetings(session, assessment.id)
        _check_moment(work, kind, held_at, meetings)
        wanted = (
            Sentence("Isi tempat pertemuan.")
            if held.mode is Mode.on_site
            else Sentence("Isi sarana pertemuan daring, misalnya nama aplikasinya.")
        )
        place, present = line(held.place, wanted), _checked(held.present)
        meeting = meetings.get(kind)
        if meeting is None:
            meeting = Meeting(id=new_id(), assessment_id=assessment.id, kind=kind)
            session.add(meeting)
        meeting.held_at, meeting.mode, meeting.place = held_at, held.mode, place
        meeting.recorded_by, meeting.recorded_at = actor.person_id or "", work.now
        session.flush()
        _replace_present(work, meeting, present)
        work.record(
            MeetingRecorded(subject=assessment.id, auditee=assessment.auditee_id, meeting=kind)
        )


def _check_moment(
    work: Work, kind: MeetingKind, held_at: datetime, meetings: dict[MeetingKind, Meeting]
) -> None:
    if held_at > work.now:
        raise Refused(Sentence("Waktu pertemuan belum tiba. Catat pertemuan sesudah diadakan."))
    if held_at < work.now - _EARLIEST:
        raise Refused(Sentence("Waktu pertemuan terlalu lama berlalu. Periksa tanggalnya."))
    opening, closing = meetings.get(MeetingKind.opening), meetings.get(MeetingKind.closing)
    if kind is MeetingKind.closing and opening is not None and held_at < opening.held_at:
        raise Refused(Sentence("Pertemuan penutupan diadakan sesudah pembukaan. Periksa waktunya."))
    if kind is MeetingKind.opening and closing is not None and held_at > closing.held_at:
        raise Refused(Sentence("Pertemuan pembukaan diadakan sebelum penutupan. Periksa waktunya."))


def _checked(present: Sequence[Present]) -> tuple[Present, ...]:
    """The lines as they are kept. Raises Refused with what to do."""
    if len(present) > MOST_PRESENT:
        raise Refused(
            Sentence("Daftar hadir memuat paling banyak %(most)s orang.", {"most": MOST_PRESENT})
        )
    kept = tuple(
        Present(
            name=line(each.name, Sentence("Isi nama setiap orang yang hadir."), LONGEST_NAME),
            party=each.party,
            function=line(each.function, Sentence("Isi jabatan setiap orang yang hadir.")),
        )
        for each in present
    )
    if any(each.function.lower().startswith(_CLIENTS) for each in kept):
        raise Refused(
            Sentence(
                "Daftar hadir hanya untuk petugas dan pengurus. Nama klien dan keluarganya tidak "
                "ditulis di sini."
            )
        )
    if {Party.team, Party.institution} - {each.party for each in kept}:
        raise Refused(
            Sentence("Tulis paling sedikit satu orang dari tim penilai dan satu dari lembaga.")
        )
    return kept


def _replace_present(work: Work, meeting: Meeting, present: Sequence[Present]) -> None:
    session = work.session
    for former in list_present(session, meeting.assessment_id).get(meeting.id, ()):
        session.delete(former)
    session.flush()
    for number, each in enumerate(present, start=1):
        session.add(
            Attendance(
                id=new_id(),
                assessment_id=meeting.assessment_id,
                meeting_id=meeting.id,
                line=number,
                name=each.name,
                party=each.party,
                function=each.function,
            )
        )
