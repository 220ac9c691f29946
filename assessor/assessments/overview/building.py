"""What does the page of one assessment say: how far, whose turn, what next?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.closing.building import changes_words
from assessor.assessments.events import AssessmentReturned
from assessor.assessments.history import (
    Happened,
    get_kin,
    list_reports,
    list_sign_offs,
)
from assessor.assessments.judging import Judged, lacks
from assessor.assessments.models import (
    Kind,
    Status,
)
from assessor.assessments.objections.building import (
    objection_chip,
    objection_href,
    under_objection_link,
    until_words,
)
from assessor.assessments.opening.forms import ReviseForm
from assessor.assessments.opening.moving import newer_edition
from assessor.assessments.overview.next_acts import Read, blocked_acts, lead_words, primary_act
from assessor.assessments.page_parts import (
    Act,
    answers_href,
    checklist_href,
    edition_chip,
    kind_name,
    language_name,
    may,
    outcome_chip,
    overview_href,
    result_href,
    share_of,
    status_chip,
)
from assessor.assessments.review.building import RemarkLine, remark_lines
from assessor.assessments.review.forms import ReturnForm
from assessor.assessments.visit.forms import VisitDayForm
from assessor.assessments.visit.steps import build_steps
from assessor.assessments.visit_events import ConflictExcused, TeamChanged
from assessor.assessments.workflow import FROZEN, OPEN, Step, steps_from
from assessor.instruments.queries import get_checklist, get_status
from assessor.ui.current import the_clock, the_language
from assessor.ui.formats import Zone, day, day_in, moment, percent
from assessor.ui.parts import Chip, ChipStatus, Event, Fact, Link, Task
from assessor.ui.parts import Step as StepLine


@dataclass(frozen=True)
class AspectProgress:
    """How far one aspect is."""

    title: str
    href: str
    done: int
    total: int


@dataclass(frozen=True)
class OverviewPage:
    """An assessment as a whole."""

    title: str
    kicker: str
    back: Link
    chip: Chip
    lead: str
    primary: Act | None
    blocked: tuple[Act, ...]
    returned: str
    newer: Link | None
    remarks: tuple[RemarkLine, ...]
    revised: Link | None
    revision_reason: str
    superseded: Link | None
    steps: tuple[StepLine, ...]
    changes: str
    under_objection: Link | None
    objections: tuple[Task, ...]
    objecting: Link | None
    objecting_until: str
    aspects: tuple[AspectProgress, ...]
    done: int
    asked: int
    lacking: str
    outcome: Chip | None
    outcome_words: str
    result_title: str
    total: str
    links: tuple[Link, ...]
    facts: tuple[Fact, ...]
    edition: Chip
    edition_title: str
    team: tuple[Fact, ...]
    exemptions: tuple[Fact, ...]
    events: tuple[Event, ...]
    parked: str
    visit_form: VisitDayForm | None
    return_form: ReturnForm | None
    revise_form: ReviseForm | None
    may_cancel: bool


# ---- the parts ----


def _progress(judged: Judged) -> tuple[AspectProgress, ...]:
    asked = Counter(item.aspect.id for item in judged.asked.values())
    done = Counter(
        item.aspect.id for item in judged.asked.values() if judged.state.choice(item.id) is not None
    )
    first = {item.aspect.id: item.id for item in reversed(judged.asked.values())}
    language = the_language()
    return tuple(
        AspectProgress(
            title=aspect.title.in_(language),
            href=checklist_href(judged.assessment.id, first[aspect.id]),
            done=done[aspect.id],
            total=asked[aspect.id],
        )
        for aspect in judged.checklist.standard.aspects
        if asked[aspect.id]
    )


def _facts(given: Read) -> tuple[Fact, ...]:
    assessment, language = given.assessment, the_language()
    zone = Zone(given.auditee.time_zone.value)
    facts = [
        Fact(
            _("Yang dinilai"),
            given.auditee.name,
            note=given.auditee.reference,
            act=Link(_("Lihat"), f"/auditees/{given.auditee.id}"),
        ),
        Fact(_("Jenis"), kind_name(assessment.kind)),
    ]
    if assessment.kind is not Kind.self:
        facts.append(Fact(_("Cara"), wording.in_(language, wording.MODES, assessment.mode)))
        visited = day(assessment.visit_on, language) if assessment.visit_on else _("Belum dicatat")
        facts.append(Fact(_("Tanggal kunjungan"), visited))
    opened = day(day_in(assessment.opened_at, zone), language)
    facts.append(Fact(_("Dibuka"), opened, note=given.opened_by))
    if assessment.submitted_at is not None:
        facts.append(Fact(_("Dikirim"), moment(assessment.submitted_at, zone, language)))
    if assessment.sealed_at is not None:
        facts.append(Fact(_("Dikunci"), moment(assessment.sealed_at, zone, language)))
    return tuple(facts)


def _team(given: Read) -> tuple[Fact, ...]:
    language = the_language()
    return tuple(
        Fact(
            wording.in_(language, wording.TEAM_ROLES, member.role),
            member.name,
            note=", ".join(member.offices),
        )
        for member in given.team
    )


_RETURNED = AssessmentReturned.act
_INSIDE = {_RETURNED, TeamChanged.act, ConflictExcused.act}
_EVENT_STATES = {
    "assessments.submitted": ChipStatus.info,
    "assessments.checked": ChipStatus.info,
    _RETURNED: ChipStatus.warn,
    "assessments.sealed": ChipStatus.sealed,
    "assessments.cancelled": ChipStatus.neutral,
}


def _event_title(happened: Happened, *, own: bool) -> str:
    if happened.act == "assessments.revision_opened":
        if happened.why:
            return str(_("Revisi dibuka"))
        return str(_("Menggantikan penilaian yang direvisi"))
    titles = {
        "assessments.opened": _("Dibuka"),
        "assessments.visit_declared": _("Tanggal kunjungan dicatat"),
        "assessments.edition_changed": _("Dipindahkan ke edisi baru"),
        "assessments.assignment_recorded": _("Surat tugas dicatat"),
        "assessments.team_changed": _("Tim penilai diubah"),
        "assessments.conflict_declared": _("Konflik kepentingan dinyatakan"),
        "assessments.conflict_excused": _("Konflik kepentingan dikecualikan"),
        "assessments.meeting_recorded": _("Pertemuan dicatat"),
        "assessments.closed": _("Hasil sementara dibekukan"),
        "assessments.signed_minutes_linked": _("Berita acara bertanda tangan diunggah"),
        "assessments.submitted": _("Dinyatakan benar oleh yang dinilai") if own else _("Dikirim"),
        "assessments.checked": _("Diperiksa dan diteruskan"),
        _RETURNED: _("Dikembalikan"),
        "assessments.sealed": _("Dikunci") if own else _("Diverifikasi dan dikunci"),
        "assessments.cancelled": _("Dibatalkan"),
    }
    return str(titles.get(happened.act, happened.act))


def _events(session: Session, given: Read) -> tuple[Event, ...]:
    language, zone = the_language(), Zone(given.auditee.time_zone.value)
    own = given.assessment.kind is Kind.self
    meanings = {
        (sign.signed_at, sign.name): wording.in_(language, wording.MEANINGS, sign.meaning)
        for sign in list_sign_offs(session, given.assessment.id)
    }
    # why it went back, and why the team changed, is between officers
    outside = the_actor().has(Role.institution, Role.unit) and not own
    return tuple(
        Event(
            when=moment(each.at, zone, language),
            title=_event_title(each, own=own),
            detail="" if outside and each.act in _INSIDE else each.why or _signed(meanings, each),
            who=each.who or "",
            status=_EVENT_STATES.get(each.act, ChipStatus.neutral),
        )
        for each in given.events
    )


def _signed(meanings: Mapping[tuple[datetime, str], str], each: Happened) -> str:
    """What the sign-off of that moment says; handing over, checking and
    sealing are signed."""
    if each.act in {"assessments.submitted", "assessments.checked", "assessments.sealed"}:
        return meanings.get((each.at, each.who or ""), "")
    return ""


def _objections(given: Read) -> tuple[Task, ...]:
    language, zone = the_language(), Zone(given.auditee.time_zone.value)
    return tuple(
        Task(
            _("Keberatan ke-%(number)s", number=each.number),
            objection_href(each.id),
            _("diajukan %(day)s", day=day(day_in(each.filed_at, zone), language)),
            objection_chip(each),
        )
        for each in given.objections
    )


def _can_be_sent(given: Read) -> bool:
    steps = {line.step for line in steps_from(given.assessment.status)}
    return Step.submit in steps and may(Permission.submit)


def _links(session: Session, given: Read) -> tuple[Link, ...]:
    assessment_id = given.assessment.id
    if given.assessment.status is Status.cancelled:
        return ()
    links = [Link(_("Hasil dan alasannya"), result_href(assessment_id))]
    if given.assessment.kind is not Kind.self:
        links.append(Link(_("Temuan"), f"/assessments/{assessment_id}/findings"))
        links.append(Link(_("Telusur berkas"), f"/assessments/{assessment_id}/sample"))
        links.append(Link(_("Wawancara"), f"/assessments/{assessment_id}/interviews"))
        links.append(Link(_("Tim penilai dan tamu"), f"/assessments/{assessment_id}/team"))
        links.append(Link(_("Penutupan dan berita acara"), f"/assessments/{assessment_id}/closing"))
    if given.assessment.status in FROZEN:
        links.append(Link(_("Jawaban semua butir"), answers_href(assessment_id)))
        links += [
            Link(
                _("Unduh laporan (%(language)s, PDF)", language=language_name(each.language)),
                f"/assessments/{assessment_id}/report.pdf?language={each.language}",
            )
            for each in list_reports(session, assessment_id)
        ]
    else:
        links.append(Link(_("Instrumen dan jawabannya"), checklist_href(assessment_id)))
        if given.assessment.status in OPEN and may(Permission.score):
            sheet = f"/assessments/{assessment_id}/worksheet"
            links.append(Link(_("Lembar isian (XLSX)"), sheet))
    if _can_be_sent(given):
        links.append(Link(_("Periksa dan kirim"), f"/assessments/{assessment_id}/submit"))
    if may(Permission.see_evidence):
        links.append(Link(_("Bukti dukung"), f"/auditees/{given.auditee.id}/evidence"))
    return tuple(links)


def _newer(session: Session, given: Read) -> Link | None:
    """To the new edition, for those who can move there."""
    if not may(Permission.change_edition):
        return None
    today = day_in(the_clock()(), Zone(given.auditee.time_zone.value))
    if newer_edition(session, given.assessment, today) is None:
        return None
    href = f"/assessments/{given.assessment.id}/edition"
    return Link(_("Lihat apa yang berubah"), href)


def build(
    session: Session,
    given: Read,
    *,
    visit_form: VisitDayForm | None,
    return_form: ReturnForm | None,
    revise_form: ReviseForm | None,
    may_cancel: bool,
) -> OverviewPage:
    """The page in the reader's language."""
    assessment, language = given.assessment, the_language()
    kin = get_kin(session, assessment)
    checklist = get_checklist(session, assessment.edition)
    status = get_status(session, assessment.edition, assessment.opened_at.date())
    missing = len(lacks(given.judged)) if given.judged is not None else 0
    parked = len(given.judged.state.parked) if given.judged is not None else 0
    outcome, total = _result(given)
    return OverviewPage(
        title=given.auditee.name,
        kicker=f"{kind_name(assessment.kind)} · {assessment.reference}",
        back=Link(_("Penilaian"), "/assessments"),
        chip=status_chip(assessment.status),
        lead=lead_words(given),
        primary=primary_act(given),
        blocked=blocked_acts(given),
        returned=assessment.return_reason or "",
        newer=_newer(session, given),
        remarks=remark_lines(session, given.judged, given.remarks, on_checklist=True)
        if given.judged is not None and given.remarks
        else (),
        revised=Link(kin.revised.reference, overview_href(kin.revised.id)) if kin.revised else None,
        revision_reason=assessment.revision_reason or "",
        superseded=Link(kin.revision.reference, overview_href(kin.revision.id))
        if kin.revision
        else None,
        steps=build_steps(given.visit) if given.visit is not None else (),
        changes=changes_words(given.visit.changed)
        if given.visit is not None and given.visit.changed
        else "",
        under_objection=under_objection_link(given.objections),
        objections=_objections(given),
        objecting=Link(_("Ajukan keberatan"), f"/assessments/{assessment.id}/objection")
        if given.objectable
        else None,
        objecting_until=until_words(session, assessment, given.today) if given.objectable else "",
        aspects=_progress(given.judged) if given.judged is not None else (),
        done=sum(1 for item in given.judged.asked if given.judged.state.choice(item) is not None)
        if given.judged
        else 0,
        asked=len(given.judged.asked) if given.judged else 0,
        lacking=ngettext(
            "%(num)s hal masih kurang sebelum dapat dikirim.",
            "%(num)s hal masih kurang sebelum dapat dikirim.",
            missing,
        )
        if missing and assessment.status in OPEN
        else "",
        outcome=outcome_chip(outcome) if outcome else None,
        result_title=_("Hasil pemantauan") if not checklist.decides else _("Keputusan"),
        outcome_words=wording.in_(language, wording.OUTCOME_MEANINGS, outcome) if outcome else "",
        total=total,
        links=_links(session, given),
        facts=_facts(given),
        edition=edition_chip(status),
        edition_title=_(
            "%(title)s, edisi %(edition)s",
            title=checklist.title.in_(language),
            edition=checklist.edition,
        ),
        team=_team(given),
        exemptions=tuple(
            Fact(wording.in_(language, wording.RULES, each.rule), each.name, note=each.reason)
            for each in given.exemptions
        ),
        events=_events(session, given),
        parked=ngettext(
            "%(num)s isian datang sesudah penilaian dikirim. Isian itu disimpan terpisah.",
            "%(num)s isian datang sesudah penilaian dikirim. Isian itu disimpan terpisah.",
            parked,
        )
        if parked
        else "",
        visit_form=visit_form,
        return_form=return_form,
        revise_form=revise_form,
        may_cancel=may_cancel,
    )


def _result(given: Read) -> tuple[str, str]:
    """Outcome and total of a sealed assessment, from its bytes."""
    if given.sealed is None:
        return "", ""
    decision, results = given.sealed["decision"], given.sealed["results"]
    if not given.sealed["instrument"].get("decides", True):
        said = wording.unmet_in(the_language(), decision["unmet"], results["applicable"])
        return decision["outcome"], said
    return decision["outcome"], percent(share_of(results["total"]), the_language())
