"""How do the teams of the demonstration prepare a visit, meet the institution and close?

Numbers of letters say that they are examples. Each step looks first whether it was taken already.
"""

import io
from datetime import timedelta

from sqlalchemy import select

from assessor.accounts.models import Person
from assessor.assessments.checklist.recording import apply_operations
from assessor.assessments.closing.services import (
    close_assessment,
    closing_hash,
    dispute_point,
)
from assessor.assessments.declarations import CURRENT, declare_conflict, list_declared
from assessor.assessments.judging import Judged, judge
from assessor.assessments.models import Assessment, Mode
from assessor.assessments.queries import today_of
from assessor.assessments.visit.assignment import (
    Guest,
    Letter,
    add_guest,
    list_guests,
    record_assignment,
)
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit.meetings import Held, Present, get_meetings, record_meeting
from assessor.assessments.visit.signed_minutes import link_signed_minutes
from assessor.assessments.visit_models import (
    Assignment,
    MeetingKind,
    Party,
    SignedMinutes,
    Stance,
)
from assessor.assessments.workflow import OPEN
from assessor.auditees.models import Auditee, AuditeeKind
from assessor.demo import drawing
from assessor.demo.playing import Round, find
from assessor.demo.stage import Stage
from assessor.evidence.declaration import CURRENT as NO_CLIENT
from assessor.evidence.models import EvidenceKind
from assessor.evidence.services import hand_in
from assessor.journal.work import HOURS_AHEAD
from assessor.reports.minutes_services import issue_minutes
from assessor.ui.formats import day

GUEST = Guest(
    name="Ningsih Rahayu (contoh)", agency="Dinas Sosial", function="Pendamping penilaian layanan"
)
SUMMARY = (
    "Layanan berjalan setiap hari dan petugasnya dikenal klien. Prosedur tertulis belum lengkap, "
    "dan sebagian bukti pelatihan belum diperbarui. Lembaga menyanggupi tindak lanjut sesuai batas "
    "waktu."
)
DISPUTED = (
    "Kami menilai ini sudah dijalankan sejak awal tahun; catatannya tersimpan pada petugas yang "
    "sedang cuti.",
    "Pada hari kunjungan catatan itu belum dapat ditunjukkan, jadi nilainya mengikuti yang "
    "dilihat.",
)
AMENDED = "Dilengkapi sesudah dikembalikan: jumlah berkas yang ditelusur dihitung ulang."


def _open(stage: Stage, each: Round) -> Assessment | None:
    """The assessment, while it is worked on."""
    found = find(stage, each)
    return found if found is not None and found.status in OPEN else None


def _paper(stage: Stage, each: Round, title: str, number: str, lines: tuple[str, ...]) -> str:
    """A drawn sheet handed in for the auditee; its id."""
    auditee_id = stage.auditees[each.auditee]
    today = stage.clock().date()
    name = stage.session.scalars(select(Auditee.name).where(Auditee.id == auditee_id)).one()
    page = drawing.document(
        owner=name, title=title, number=number, day=day(today, "id"), lines=lines
    )
    return hand_in(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        store=stage.store,
        limit=stage.upload_limit,
        auditee_id=auditee_id,
        stream=io.BytesIO(page),
        name="surat.pdf",
        title=title,
        stands_for=today,
        kind=EvidenceKind.document,
        declaration=NO_CLIENT,
    ).evidence_id


def assign(stage: Stage, each: Round) -> None:
    """Record the letter that sends the team, with its scan."""
    assessment = _open(stage, each)
    if assessment is None or stage.session.get(Assignment, assessment.id) is not None:
        return
    auditee = stage.session.get_one(Auditee, assessment.auditee_id)
    today = today_of(stage.session, assessment, stage.clock())
    number = f"CONTOH/ST-{assessment.reference.rpartition('-')[2]}/{today.year}"
    assessment_id, office_id = assessment.id, auditee.responsible_office_id
    piece = _paper(
        stage,
        each,
        f"Surat tugas {number}",
        number,
        (
            "Menugaskan tim penilai untuk menilai lembaga atau unit ini.",
            "Nama tim: lihat penilaian.",
        ),
    )
    record_assignment(
        stage.session,
        stage.actor(each.opener),
        stage.clock,
        assessment_id=assessment_id,
        letter=Letter(
            number=number,
            issued_on=today,
            office_id=office_id,
            planned_from=today + timedelta(days=2),
            planned_to=today + timedelta(days=3),
            evidence_id=piece,
        ),
    )


def invite(stage: Stage, each: Round) -> None:
    """Somebody of another agency comes along."""
    assessment = _open(stage, each)
    if assessment is None or list_guests(stage.session, assessment.id):
        return
    add_guest(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment.id,
        guest=GUEST,
    )


def declare(stage: Stage, each: Round) -> None:
    """The team declares that there is no conflict of interest."""
    assessment = _open(stage, each)
    if assessment is None:
        return
    assessment_id = assessment.id
    if any(said.waits for said in list_declared(stage.session, assessment_id)):
        declare_conflict(
            stage.session,
            stage.actor(each.assessor),
            stage.clock,
            assessment_id=assessment_id,
            stance=Stance.none,
            wording=CURRENT,
        )


def meet(stage: Stage, each: Round, kind: MeetingKind) -> None:
    """Record a meeting that ended just now."""
    assessment = _open(stage, each)
    if assessment is None or kind in get_meetings(stage.session, assessment.id):
        return
    auditee = stage.session.get_one(Auditee, assessment.auditee_id)
    local = stage.clock() + timedelta(hours=HOURS_AHEAD[auditee.time_zone])
    lead = stage.session.get_one(Person, stage.people[each.assessor]).name
    head = "Ketua unit" if auditee.kind is AuditeeKind.unit else "Pimpinan"
    present = [
        Present(name=lead, party=Party.team, function="Ketua tim"),
        Present(name="Bambang Prakoso (contoh)", party=Party.institution, function=head),
        Present(
            name="Retno Wulan (contoh)", party=Party.institution, function="Koordinator layanan"
        ),
    ]
    if list_guests(stage.session, assessment.id):
        present.append(Present(name=GUEST.name, party=Party.guest, function=GUEST.function))
    record_meeting(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment.id,
        kind=kind,
        held=Held(
            on=local.date(),
            at=local.time().replace(second=0, microsecond=0),
            mode=Mode.on_site,
            place=f"Ruang pertemuan {auditee.name}",
            present=present,
        ),
    )


def close(stage: Stage, each: Round, *, disputed: bool = False) -> None:
    """Hold the closing meeting, freeze the preliminary result, issue its minutes."""
    assessment = _open(stage, each)
    if assessment is None:
        return
    assessment_id = assessment.id
    if not list_closings(stage.session, assessment_id):
        meet(stage, each, MeetingKind.closing)
        if disputed:
            _dispute(stage, each, assessment_id)
        _freeze(stage, each, assessment_id)
    issue_minutes(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        store=stage.store,
        closing_id=list_closings(stage.session, assessment_id)[-1].id,
        language="id",
        base_url=stage.base_url,
    )


def _judged(stage: Stage, assessment_id: str) -> Judged:
    fresh = stage.session.get_one(Assessment, assessment_id)
    return judge(stage.session, fresh, today_of(stage.session, fresh, stage.clock()))


def _dispute(stage: Stage, each: Round, assessment_id: str) -> None:
    """Two low scores that the institution does not accept."""
    judged = _judged(stage, assessment_id)
    low = [item for item in judged.asked if judged.state.choice(item) in {"0", "1"}]
    for item in low[:2]:
        dispute_point(
            stage.session,
            stage.actor(each.assessor),
            stage.clock,
            assessment_id=assessment_id,
            item=item,
            institution=DISPUTED[0],
            team=DISPUTED[1],
        )


def _freeze(stage: Stage, each: Round, assessment_id: str) -> None:
    close_assessment(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment_id,
        summary=SUMMARY,
        shown_hash=closing_hash(stage.session, _judged(stage, assessment_id)),
        demo=True,
    )


def sign(stage: Stage, each: Round) -> None:
    """Hand in the signed minutes and link them."""
    assessment = find(stage, each)
    if assessment is None:
        return
    closings = list_closings(stage.session, assessment.id)
    linked = stage.session.scalars(select(SignedMinutes.closing_id)).all()
    if not closings or closings[-1].id in linked:
        return
    assessment_id, reference, number = assessment.id, assessment.reference, closings[-1].number
    piece = _paper(
        stage,
        each,
        f"Berita acara bertanda tangan {reference}",
        reference,
        ("Ditandatangani ketua tim penilai dan pimpinan lembaga (contoh, tanpa tanda tangan).",),
    )
    link_signed_minutes(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment_id,
        number=number,
        evidence_id=piece,
    )


def amend(stage: Stage, each: Round) -> None:
    """Change one answer after the preliminary result was frozen."""
    assessment = _open(stage, each)
    if assessment is None:
        return
    judged = _judged(stage, assessment.id)
    answer = next(answer for answer in judged.state.answers.values() if answer.choice in {"0", "1"})
    if answer.facts == AMENDED:
        return
    apply_operations(
        stage.session,
        stage.actor(each.assessor),
        stage.clock,
        assessment_id=assessment.id,
        raw=[
            {
                "op_id": f"demoamended{assessment.id[:12]}",
                "device": "contoh",
                "seq": 9999,
                "item": answer.item,
                "field": "facts",
                "value": AMENDED,
                "base_op": answer.facts_op,
                "edition": assessment.edition,
                "at": stage.clock().isoformat(),
            }
        ],
    )
