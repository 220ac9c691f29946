"""Which steps has an assessment by a team, how far is each, and which is the next?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.declarations import Declared, declared_against
from assessor.assessments.judging import Judged, lacks
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.page_parts import Act, checklist_href, may
from assessor.assessments.required import REQUIRED, Requirement
from assessor.assessments.visit.changes import changes_since
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit.meetings import get_meetings
from assessor.assessments.visit.signed_minutes import is_signed, list_scans
from assessor.assessments.visit_models import (
    Assignment,
    Closing,
    MeetingKind,
    Stance,
)
from assessor.assessments.workflow import OPEN
from assessor.auditees.models import Auditee
from assessor.ui.current import say, the_language
from assessor.ui.formats import Zone, day, moment
from assessor.ui.parts import Chip, ChipStatus, Step, StepState


def why_not_arranged(assessment: Assessment) -> str:
    """Why what surrounds the judging can no longer be changed; empty while it can."""
    if assessment.kind is Kind.self:
        return str(_("Penilaian mandiri tidak memakai tim penilai, jadi bagian ini tidak ada."))
    if assessment.status not in OPEN:
        return str(_("Penilaian ini sudah dikirim, jadi bagian ini hanya dapat dibaca."))
    return ""


def stance_chip(declared: Declared) -> Chip:
    """What a member of the team declared."""
    words = wording.in_(the_language(), wording.STANCES, declared.stance or "")
    if declared.waits:
        return Chip(ChipStatus.warn, wording.UNDECLARED.in_(the_language()))
    if declared.excused:
        return Chip(ChipStatus.warn, f"{words}, {_('dikecualikan')}")
    return Chip(ChipStatus.bad if declared.stance is Stance.conflict else ChipStatus.ok, words)


@dataclass(frozen=True)
class Visit:
    """What the steps are made from: six queries, whatever there is."""

    judged: Judged
    zone: Zone
    letter: Assignment | None
    meetings: frozenset[MeetingKind]
    closings: Sequence[Closing]
    changed: int
    signed: bool


def read_visit(session: Session, judged: Judged) -> Visit | None:
    """How far the steps are; None for a self-assessment, which has no visit."""
    assessment = judged.assessment
    if assessment.kind is Kind.self:
        return None
    closings = list_closings(session, assessment.id)
    zone = session.get_one(Auditee, assessment.auditee_id).time_zone
    return Visit(
        judged=judged,
        zone=Zone(zone.value),
        letter=session.get(Assignment, assessment.id),
        meetings=frozenset(get_meetings(session, assessment.id)),
        closings=closings,
        changed=len(changes_since(session, judged, closings[-1])) if closings else 0,
        signed=bool(closings) and is_signed(list_scans(session, closings[-1:])[closings[-1].id]),
    )


@dataclass(frozen=True)
class _Line:
    """One step: done or not, needed or not, who is led there."""

    label: str
    done: bool
    needed: bool
    href: str
    detail: str = ""
    blocked: bool = False


def build_steps(visit: Visit) -> tuple[Step, ...]:
    """The steps in their order; the first that is needed and not done is the present one."""
    steps: list[Step] = []
    found = False
    for line in _lines(visit):
        state = StepState.done if line.done else StepState.next
        if line.blocked:
            state = StepState.blocked
        if not found and line.needed and not line.done:
            found = True
            state = StepState.blocked if line.blocked else StepState.current
        steps.append(Step(line.label, state, detail=line.detail, href=line.href))
    return tuple(steps)


def _lines(visit: Visit) -> Iterator[_Line]:
    assessment = visit.judged.assessment
    needed, base = REQUIRED[assessment.kind], f"/assessments/{assessment.id}"
    arranges = may(Permission.arrange)
    optional = str(_("Boleh dilewati untuk jenis penilaian ini."))
    language = the_language()
    letter = visit.letter
    yield _Line(
        _("Surat tugas"),
        done=letter is not None,
        needed=Requirement.assignment in needed,
        href=f"{base}/assignment" if arranges else "",
        detail=f"{letter.letter_number}, {day(letter.letter_on, language)}"
        if letter is not None
        else ("" if Requirement.assignment in needed else optional),
    )
    yield _declarations(visit, base)
    yield _Line(
        _("Pembukaan"),
        done=MeetingKind.opening in visit.meetings,
        needed=False,
        href=f"{base}/meetings/opening" if arranges else "",
        detail="" if MeetingKind.opening in visit.meetings else _("Catat bila diadakan."),
    )
    yield _judging(visit)
    yield _closing(visit, base, "" if Requirement.closing in needed else optional)
    yield _Line(
        _("Berita acara"),
        done=visit.signed,
        needed=False,
        href=f"{base}/closing#records" if visit.closings else "",
        detail=_("Sudah ditandatangani dan diunggah.")
        if visit.signed
        else _("Cetak, tanda tangani, lalu unggah pindaiannya.")
        if visit.closings
        else "",
    )
    sent = assessment.status not in OPEN
    ready = not sent and not lacks(visit.judged)
    yield _Line(
        _("Kirim"),
        done=sent,
        needed=True,
        href=f"{base}/submit" if may(Permission.submit) and not sent else "",
        detail=_("Semua sudah lengkap.") if ready else "",
    )


def _declarations(visit: Visit, base: str) -> _Line:
    team = visit.judged.arranged.team
    done = [each for each in team if not each.waits]
    conflicted = [each.name for each in team if each.conflicted]
    mine = may(Permission.declare)
    return _Line(
        _("Pernyataan konflik kepentingan"),
        done=len(done) == len(team) and not conflicted,
        needed=True,
        href=f"{base}/declaration" if mine else f"{base}/team",
        detail=_("Ada konflik: %(names)s", names=", ".join(conflicted))
        if conflicted
        else _("%(done)s dari %(all)s anggota sudah menyatakan", done=len(done), all=len(team)),
        blocked=bool(conflicted),
    )


def _judging(visit: Visit) -> _Line:
    judged = visit.judged
    items = [lack for lack in lacks(judged) if lack.requirement is None]
    scored = sum(1 for item in judged.asked if judged.state.choice(item) is not None)
    return _Line(
        _("Penilaian"),
        done=not items,
        needed=True,
        href=checklist_href(judged.assessment.id),
        detail=_("%(done)s dari %(asked)s butir dinilai", done=scored, asked=len(judged.asked)),
    )


def _closing(visit: Visit, base: str, optional: str) -> _Line:
    detail = optional
    if visit.closings:
        at = moment(visit.closings[-1].closed_at, visit.zone, the_language())
        detail = str(_("Hasil sementara dibekukan %(at)s.", at=at))
        if visit.changed:
            detail += " " + str(_("%(count)s perubahan sesudahnya.", count=visit.changed))
    return _Line(
        _("Penutupan"),
        done=bool(visit.closings),
        needed=not optional,
        href=f"{base}/closing",
        detail=detail,
    )


# ---- what the reader does next ----


def next_act(judged: Judged) -> Act | None:
    """What the reader does before or instead of scoring and handing over, if anything."""
    assessment, arranged = judged.assessment, judged.arranged
    base = f"/assessments/{assessment.id}"
    mine = next((each for each in arranged.team if each.person_id == the_actor().person_id), None)
    if may(Permission.open_assessment) and any(each.conflicted for each in arranged.team):
        return Act(_("Ganti anggota tim"), href=f"{base}/team", icon="users")
    if mine is not None and mine.waits and may(Permission.declare):
        return Act(_("Isi pernyataan"), href=f"{base}/declaration", icon="pencil")
    unassigned = Requirement.assignment in REQUIRED[assessment.kind] and not arranged.assigned
    if unassigned and may(Permission.arrange) and not may(Permission.score):
        return Act(_("Catat surat tugas"), href=f"{base}/assignment", icon="file")
    if not may(Permission.score):
        return None
    wanted = lacks(judged)
    if any(lack.requirement is None for lack in wanted):
        return None
    if unassigned:
        return Act(_("Catat surat tugas"), href=f"{base}/assignment", icon="file")
    if any(lack.requirement is Requirement.closing for lack in wanted):
        return Act(_("Tutup bersama lembaga"), href=f"{base}/closing", icon="users")
    return None


def why_not_score_now(judged: Judged) -> str:
    """What the reader's own declaration says against scoring, where they would score otherwise;
    empty for nothing."""
    if judged.assessment.status not in OPEN or not may(Permission.score):
        return ""
    found = declared_against(judged.assessment, judged.arranged.team, the_actor())
    return say(found) if found is not None else ""


def step_href(assessment_id: str, requirement: Requirement) -> str:
    """Where a missing step is made good."""
    where = {
        Requirement.assignment: "assignment",
        Requirement.declarations: "team",
        Requirement.closing: "closing",
    }
    return f"/assessments/{assessment_id}/{where[requirement]}"
