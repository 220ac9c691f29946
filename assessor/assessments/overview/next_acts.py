"""Whose turn is an assessment, and what is the one thing the reader should do next?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.accounts.models import Person
from assessor.assessments import independence
from assessor.assessments.answering import answers_here, count_unanswered
from assessor.assessments.history import (
    Excused,
    Happened,
    Member,
    list_events,
    list_exemptions,
    list_team,
)
from assessor.assessments.judging import Judged, judge, lacks
from assessor.assessments.models import (
    Assessment,
    Kind,
    SealedDocument,
    Status,
)
from assessor.assessments.objection_models import Objection
from assessor.assessments.objection_queries import list_objections
from assessor.assessments.objections.services import why_not_now
from assessor.assessments.page_parts import (
    Act,
    checklist_href,
    ever_may,
    may,
    reason_of,
    ruling,
    turn_words,
)
from assessor.assessments.review_models import Remark
from assessor.assessments.review_queries import returned_remarks
from assessor.assessments.seal import open_seal
from assessor.assessments.visit.signed_minutes import OWING_PAPER, waits_for_paper
from assessor.assessments.visit.steps import Visit, next_act, read_visit, why_not_score_now
from assessor.assessments.workflow import FROZEN, OPEN
from assessor.auditees.models import Auditee
from assessor.ui.current import say, the_language
from assessor.ui.formats import day, due


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
    visit: Visit | None
    sealed: dict[str, Any] | None
    unanswered: int
    remarks: tuple[Remark, ...]
    objections: tuple[Objection, ...]
    objectable: bool
    unsigned: bool
    breach: str
    today: date


def _objectable(session: Session, assessment: Assessment, now: datetime) -> bool:
    """Whether the reader can object to the result now."""
    if assessment.status is not Status.sealed or not may(Permission.object):
        return False
    return answers_here(session, assessment) and why_not_now(session, assessment, now) is None


def _unsigned(session: Session, assessment: Assessment) -> bool:
    """Whether the reader's team still owes the signed paper of its closing."""
    if assessment.status not in OWING_PAPER or not may(Permission.close):
        return False
    return bool(session.execute(select(waits_for_paper(literal(assessment.id)))).scalar())


def read(session: Session, assessment: Assessment, today: date, now: datetime) -> Read:
    """A constant number of queries, whatever was entered. The result of a sealed assessment
    comes from its bytes."""
    sealed = None
    if assessment.status in FROZEN:
        row = session.get_one(SealedDocument, assessment.id)
        sealed = open_seal(row.content, row.root)
    judged = None
    if sealed is None and assessment.status is not Status.cancelled:
        judged = judge(session, assessment, today)
    auditee = session.get_one(Auditee, assessment.auditee_id)
    team = list_team(session, assessment.id)
    return Read(
        assessment=assessment,
        auditee=auditee,
        team=team,
        events=list_events(session, assessment),
        exemptions=list_exemptions(session, assessment.id),
        opened_by=session.get_one(Person, assessment.opened_by).name,
        judged=judged,
        visit=read_visit(session, judged) if judged is not None else None,
        sealed=sealed,
        unanswered=count_unanswered(session, assessment)
        if answers_here(session, assessment)
        else 0,
        remarks=returned_remarks(session, assessment),
        objections=tuple(list_objections(session, assessment.id))
        if assessment.status in FROZEN
        else (),
        objectable=_objectable(session, assessment, now),
        unsigned=_unsigned(session, assessment),
        breach=_breach(session, assessment, auditee),
        today=today,
    )


@dataclass(frozen=True)
class _Deciding:
    """What somebody outside the team does to an assessment of a status."""

    permission: Permission
    act: independence.Act


_DECIDING = {
    Status.submitted: _Deciding(Permission.check, independence.Act.check),
    Status.checked: _Deciding(Permission.verify, independence.Act.verify),
}


def _breach(session: Session, assessment: Assessment, auditee: Auditee) -> str:
    """Which rule keeps the reader from checking or verifying, without exception; empty for
    none."""
    deciding = _DECIDING.get(assessment.status)
    if deciding is None or not may(deciding.permission):
        return ""
    broken = independence.breaches(
        session,
        auditee,
        deciding.act,
        person_id=the_actor().person_id or "",
        involved=independence.involved_in(session, assessment.id),
    )
    return " ".join(say(each.sentence) for each in broken if not each.rule.exemptible)


# ---- what next ----


def primary_act(given: Read) -> Act | None:
    """The one thing the reader should do next, if there is any."""
    assessment = given.assessment
    if assessment.status in OPEN and given.judged is not None:
        return _act_of_team(assessment, given.judged)
    if assessment.status in _DECIDING:
        return _act_of_decider(given) or _act_of_paper(given)
    if assessment.status is Status.sealed and given.unanswered:
        label = ngettext("Tanggapi %(num)s temuan", "Tanggapi %(num)s temuan", given.unanswered)
        return Act(label, href=f"/assessments/{assessment.id}/findings")
    return _act_of_paper(given)


def _act_of_paper(given: Read) -> Act | None:
    if not given.unsigned:
        return None
    href = f"/assessments/{given.assessment.id}/closing#signed"
    return Act(_("Unggah berita acara"), href=href, icon="upload")


def _act_of_team(assessment: Assessment, judged: Judged) -> Act | None:
    if (act := next_act(judged)) is not None:
        return act
    if why_not_score_now(judged):
        return None
    if assessment.status is Status.returned and may(Permission.score):
        return Act(_("Perbaiki isinya"), href=checklist_href(assessment.id), icon="pencil")
    if may(Permission.submit) and not lacks(judged):
        label = _("Periksa dan kunci") if assessment.kind is Kind.self else _("Periksa dan kirim")
        return Act(label, href=f"/assessments/{assessment.id}/submit", icon="arrow")
    if may(Permission.score):
        label = _("Mulai mengisi") if assessment.status is Status.draft else _("Lanjutkan mengisi")
        return Act(label, href=checklist_href(assessment.id), icon="pencil")
    return None


def _decide_label(act: independence.Act) -> str:
    if act is independence.Act.check:
        return str(_("Periksa dan teruskan"))
    return str(_("Verifikasi dan kunci"))


def _act_of_decider(given: Read) -> Act | None:
    assessment, deciding = given.assessment, _DECIDING[given.assessment.status]
    if may(deciding.permission) and not given.breach:
        href = f"/assessments/{assessment.id}/{deciding.act.value}"
        return Act(_decide_label(deciding.act), href=href, icon="check-circle")
    return None


def blocked_acts(given: Read) -> tuple[Act, ...]:
    """Acts of the reader's own role that are not open here, each with its reason."""
    found = []
    status = given.assessment.status
    if given.breach:
        found.append(Act(_decide_label(_DECIDING[status].act), reason=given.breach))
    if status in OPEN and ever_may(Permission.score) and not may(Permission.score):
        reason = reason_of(ruling(Permission.score))
        found.append(Act(_("Isi penilaian"), reason=reason))
    if given.judged is not None and (reason := why_not_score_now(given.judged)):
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
