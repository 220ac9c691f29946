"""What does the page of one assessment say: how far, whose turn, what next?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.accounts.models import Person
from assessor.assessments import independence, wording
from assessor.assessments.forms import ReturnForm, ReviseForm, VisitForm
from assessor.assessments.history import (
    Excused,
    Happened,
    Member,
    get_kin,
    list_events,
    list_exemptions,
    list_sign_offs,
    list_team,
)
from assessor.assessments.judging import Judged, judge, lacks
from assessor.assessments.models import (
    Assessment,
    Finding,
    FindingAnswer,
    FindingStatus,
    Kind,
    SealedDocument,
    Status,
)
from assessor.assessments.pages import (
    Act,
    answers_href,
    checklist_href,
    edition_chip,
    ever_may,
    kind_name,
    may,
    outcome_chip,
    overview_href,
    reason_of,
    result_href,
    ruling,
    share_of,
    status_chip,
    turn_words,
)
from assessor.assessments.seal import open_seal
from assessor.assessments.workflow import FROZEN, OPEN
from assessor.auditees.models import Auditee
from assessor.instruments.queries import get_checklist, get_status
from assessor.ui.current import say, the_language, the_zone
from assessor.ui.formats import Zone, day, day_in, due, moment, percent
from assessor.ui.parts import Chip, ChipStatus, Event, Fact, Link


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
    revised: Link | None
    revision_reason: str
    superseded: Link | None
    aspects: tuple[AspectProgress, ...]
    done: int
    asked: int
    lacking: str
    outcome: Chip | None
    outcome_words: str
    total: str
    links: tuple[Link, ...]
    facts: tuple[Fact, ...]
    edition: Chip
    edition_title: str
    team: tuple[Fact, ...]
    exemptions: tuple[Fact, ...]
    events: tuple[Event, ...]
    parked: str
    visit_form: VisitForm | None
    return_form: ReturnForm | None
    revise_form: ReviseForm | None
    may_cancel: bool


@dataclass(frozen=True)
class Read:
    """What the page is made from."""

    assessment: Assessment
    auditee: Auditee
    team: tuple[Member, ...]
    events: tuple[Happened, ...]
    exemptions: tuple[Excused, ...]
    opened_by: str
    judged: Judged | None
    sealed: dict[str, object] | None
    findings: int
    unanswered: int
    today: date


def read(session: Session, assessment: Assessment, today: date) -> Read:
    """A constant number of queries, whatever was entered. The result of a sealed assessment
    comes from its bytes."""
    sealed = None
    if assessment.status in FROZEN:
        row = session.get_one(SealedDocument, assessment.id)
        sealed = open_seal(row.content, row.root)
    judged = None
    if sealed is None and assessment.status is not Status.cancelled:
        judged = judge(session, assessment, today)
    findings, unanswered = _count_findings(session, assessment.id)
    return Read(
        assessment=assessment,
        auditee=session.get_one(Auditee, assessment.auditee_id),
        team=list_team(session, assessment.id),
        events=list_events(session, assessment),
        exemptions=list_exemptions(session, assessment.id),
        opened_by=session.get_one(Person, assessment.opened_by).name,
        judged=judged,
        sealed=sealed,
        findings=findings,
        unanswered=unanswered,
        today=today,
    )


def _count_findings(session: Session, assessment_id: str) -> tuple[int, int]:
    """Issued findings, and how many of them nobody answered yet."""
    answered = (
        select(FindingAnswer.finding_id).where(FindingAnswer.finding_id == Finding.id).exists()
    )
    rows = session.execute(
        select(answered, func.count())
        .where(Finding.assessment_id == assessment_id, Finding.status == FindingStatus.issued)
        .group_by(answered)
    )
    counts = {bool(was): count for was, count in rows}
    return sum(counts.values()), counts.get(False, 0)


# ---- what next ----


def primary_act(given: Read) -> Act | None:
    """The one thing the reader should do next, if there is any."""
    assessment = given.assessment
    if assessment.status in OPEN and given.judged is not None:
        return _act_of_team(assessment, given.judged)
    if assessment.status is Status.submitted:
        return _act_of_verifier(given)
    if assessment.status in FROZEN and given.unanswered and _answers_findings(assessment):
        label = ngettext("Tanggapi %(num)s temuan", "Tanggapi %(num)s temuan", given.unanswered)
        return Act(label, href=f"/assessments/{assessment.id}/findings")
    return None


def _act_of_team(assessment: Assessment, judged: Judged) -> Act | None:
    if may(Permission.submit) and not lacks(judged):
        label = _("Periksa dan kunci") if assessment.kind is Kind.self else _("Periksa dan kirim")
        return Act(label, href=f"/assessments/{assessment.id}/submit", icon="arrow")
    if may(Permission.score):
        label = _("Mulai mengisi") if assessment.status is Status.draft else _("Lanjutkan mengisi")
        return Act(label, href=checklist_href(assessment.id), icon="pencil")
    return None


def breach_words(given: Read) -> str:
    """Which rule keeps the reader from verifying, without exception; empty for none."""
    broken = independence.breaches(
        _session_of(given.assessment),
        given.auditee,
        independence.Act.verify,
        person_id=the_actor().person_id or "",
        team=frozenset(member.person_id for member in given.team),
    )
    return " ".join(say(each.sentence) for each in broken if not each.rule.exemptible)


def _session_of(assessment: Assessment) -> Session:
    session = Session.object_session(assessment)
    assert session is not None  # noqa: S101  # it was loaded by this request
    return session


def _act_of_verifier(given: Read) -> Act | None:
    assessment = given.assessment
    if may(Permission.verify) and not breach_words(given):
        href = f"/assessments/{assessment.id}/verify"
        return Act(_("Periksa dan verifikasi"), href=href, icon="check-circle")
    if may(Permission.return_assessment) and not may(Permission.verify):
        return Act(_("Baca yang dikirim"), href=result_href(assessment.id), icon="eye")
    return None


def _answers_findings(assessment: Assessment) -> bool:
    return assessment.kind is not Kind.self and may(Permission.answer_finding)


def blocked_acts(given: Read) -> tuple[Act, ...]:
    """Acts of the reader's own role that are not open here, each with its reason."""
    found = []
    status = given.assessment.status
    if status is Status.submitted and may(Permission.verify):
        words = breach_words(given)
        if words:
            found.append(Act(_("Periksa dan verifikasi"), reason=words))
    if status in OPEN and ever_may(Permission.score) and not may(Permission.score):
        reason = reason_of(ruling(Permission.score))
        found.append(Act(_("Isi penilaian"), reason=reason))
    return tuple(found)


def lead_words(given: Read) -> str:
    """Whose turn it is, and until when."""
    assessment = given.assessment
    if assessment.status is Status.cancelled:
        return str(_("Penilaian ini dibuka karena keliru dan sudah dibatalkan."))
    words = turn_words(assessment)
    if assessment.status in OPEN and assessment.due_on is not None:
        language = the_language()
        return str(
            _(
                "%(turn)s, sampai %(day)s (%(due)s).",
                turn=words,
                day=day(assessment.due_on, language),
                due=due(assessment.due_on, given.today, language),
            )
        )
    return f"{words}."


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


_EVENT_STATES = {
    "assessments.submitted": ChipStatus.info,
    "assessments.returned": ChipStatus.warn,
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
        "assessments.submitted": _("Dinyatakan benar oleh yang dinilai") if own else _("Dikirim"),
        "assessments.returned": _("Dikembalikan"),
        "assessments.sealed": _("Dikunci") if own else _("Diverifikasi dan dikunci"),
        "assessments.cancelled": _("Dibatalkan"),
    }
    return str(titles.get(happened.act, happened.act))


def _events(session: Session, given: Read) -> tuple[Event, ...]:
    language, zone = the_language(), the_zone()
    own = given.assessment.kind is Kind.self
    meanings = {
        (sign.signed_at, sign.name): wording.in_(language, wording.MEANINGS, sign.meaning)
        for sign in list_sign_offs(session, given.assessment.id)
    }
    return tuple(
        Event(
            when=moment(each.at, zone, language),
            title=_event_title(each, own=own),
            detail=each.why or _signed(meanings, each),
            who=each.who or "",
            status=_EVENT_STATES.get(each.act, ChipStatus.neutral),
        )
        for each in given.events
    )


def _signed(meanings: Mapping[tuple[datetime, str], str], each: Happened) -> str:
    """What the sign-off of that moment says; sealing and handing over are signed."""
    if each.act in {"assessments.submitted", "assessments.sealed"}:
        return meanings.get((each.at, each.who or ""), "")
    return ""


def _links(given: Read) -> tuple[Link, ...]:
    assessment_id = given.assessment.id
    if given.assessment.status is Status.cancelled:
        return ()
    links = [Link(_("Hasil dan alasannya"), result_href(assessment_id), icon="chart")]
    if given.assessment.kind is not Kind.self:
        links.append(Link(_("Temuan"), f"/assessments/{assessment_id}/findings", icon="flag"))
    if given.assessment.status in FROZEN:
        links.append(Link(_("Jawaban semua butir"), answers_href(assessment_id), icon="list"))
    else:
        links.append(
            Link(_("Instrumen dan jawabannya"), checklist_href(assessment_id), icon="list")
        )
    if may(Permission.see_evidence):
        links.append(Link(_("Bukti dukung"), f"/auditees/{given.auditee.id}/evidence", icon="file"))
    return tuple(links)


def build(
    session: Session,
    given: Read,
    *,
    visit_form: VisitForm | None,
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
        revised=Link(kin.revised.reference, overview_href(kin.revised.id)) if kin.revised else None,
        revision_reason=assessment.revision_reason or "",
        superseded=Link(kin.revision.reference, overview_href(kin.revision.id))
        if kin.revision
        else None,
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
        outcome_words=wording.in_(language, wording.OUTCOME_MEANINGS, outcome) if outcome else "",
        total=total,
        links=_links(given),
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
    return decision["outcome"], percent(share_of(results["total"]), the_language())  # type: ignore[index]
