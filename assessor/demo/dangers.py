"""Which urgent reports does the demonstration show? One that waits, one that was decided."""

from dataclasses import dataclass

from sqlalchemy import select

from assessor.assessments.models import Assessment, Kind
from assessor.database.base import new_id
from assessor.demo.stage import Stage
from assessor.urgent.models import UrgentDecision, UrgentReport, Verdict
from assessor.urgent.queries import content_hash
from assessor.urgent.services import Decided, Seen, add_note, decide_report, report_urgent


@dataclass(frozen=True)
class Danger:
    """What was seen, at whom, by whom; `during` an evaluation or at another time."""

    auditee: str
    by: str
    kind: str
    facts: str
    place: str
    done: str
    told: tuple[str, ...] = ()
    affected: int | None = None
    during: bool = False


WAITING = Danger(
    auditee="pesantren",
    by="asesor",
    kind="confinement",
    facts=(
        "Satu ruang di bangunan belakang digembok dari luar. Di dalamnya 2 orang dewasa (kode A1 "
        "dan A2), sejak malam sebelumnya menurut petugas jaga. Ada kasur dan air minum."
    ),
    place="bangunan belakang, lantai 1",
    done="Ketua tim meminta pintu dibuka saat itu juga. Keduanya pindah ke kamar biasa.",
    told=("social",),
    affected=2,
    during=True,
)
DECIDED = Danger(
    auditee="teluk",
    by="pembina-kaltim",
    kind="violence",
    facts="Dua klien (kode K3 dan K7) bercerita dipukul petugas malam minggu lalu. Ada lebam.",
    place="asrama putra",
    done="Petugas itu tidak bertugas malam selama diperiksa. Lebam diperiksa perawat.",
    told=("health", "police"),
    affected=2,
)
NOTE = "Dinas kesehatan memeriksa kedua orang itu; lebamnya karena jatuh saat olahraga."
REASON = (
    "Pemeriksaan dinas kesehatan dan wawancara terpisah tidak menguatkan laporan. Petugas kembali "
    "bertugas; lembaga tetap dikunjungi bulan depan."
)


def _find(stage: Stage, danger: Danger) -> UrgentReport | None:
    return stage.session.scalars(
        select(UrgentReport).where(
            UrgentReport.auditee_id == stage.auditees[danger.auditee],
            UrgentReport.kind == danger.kind,
        )
    ).first()


def report(stage: Stage, danger: Danger) -> None:
    """Report it."""
    if _find(stage, danger) is not None:
        return
    auditee_id = stage.auditees[danger.auditee]
    during = stage.session.scalars(
        select(Assessment.id).where(
            Assessment.auditee_id == auditee_id, Assessment.kind == Kind.evaluation
        )
    ).first()
    report_urgent(
        stage.session,
        stage.actor(danger.by),
        stage.clock,
        auditee_id=auditee_id,
        assessment_id=during if danger.during else None,
        seen=Seen(
            report_id=new_id(),
            kind=danger.kind,
            facts=danger.facts,
            affected=danger.affected,
            seen_on=stage.clock().date(),
            seen_at="10:20",
            place=danger.place,
            done=danger.done,
            told=danger.told,
        ),
    )


def decide(stage: Stage, danger: Danger, by: str, note_by: str) -> None:
    """Add what came out, and decide it as unfounded."""
    found = _find(stage, danger)
    if found is None:
        return
    report_id = found.id
    if stage.session.scalars(
        select(UrgentDecision.id).where(UrgentDecision.report_id == report_id)
    ).first():
        return
    add_note(stage.session, stage.actor(note_by), stage.clock, report_id=report_id, words=NOTE)
    shown = content_hash(stage.session, stage.session.get_one(UrgentReport, report_id))
    decide_report(
        stage.session,
        stage.actor(by),
        stage.clock,
        report_id=report_id,
        decided=Decided(verdict=Verdict.unfounded, reason=REASON),
        shown_hash=shown,
    )
