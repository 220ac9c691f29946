"""What stands on the page of findings: proposals to edit, or findings with their answers?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.answering import answers_here
from assessor.assessments.findings.forms import AnswerForm, FindingForm
from assessor.assessments.findings.proposed import finding_form, proposed_card
from assessor.assessments.findings.services import list_proposed
from assessor.assessments.history import answerers
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, Finding, FindingAnswer, FindingStatus, Kind
from assessor.assessments.page_parts import (
    Act,
    answers_href,
    checklist_href,
    kind_name,
    may,
    may_judge,
    overview_href,
    status_chip,
)
from assessor.assessments.queries import answers_to_findings, asked_items, list_findings
from assessor.assessments.workflow import FROZEN, OPEN
from assessor.auditees.models import Auditee
from assessor.instruments.queries import get_checklist
from assessor.ui.current import the_language, the_zone
from assessor.ui.formats import Zone, day, day_in, due, moment
from assessor.ui.parts import Chip, ChipStatus, Fact, FindingCard, Link, Severity
from checklists.findings import FindingClass
from checklists.model import Item


@dataclass(frozen=True)
class Said:
    """What the auditee said to a finding."""

    words: str
    who: str
    when: str
    late: bool


@dataclass(frozen=True)
class FindingRow:
    """A finding: a card, and the form that changes it or the answers to it."""

    anchor: str
    card: FindingCard
    statement: str
    dropped: str
    action: str = ""
    form: FindingForm | None = None
    answers: tuple[Said, ...] = ()
    answer_form: AnswerForm | None = None
    open: bool = False  # the answer that is asked for next, or came back with an error


@dataclass(frozen=True)
class FindingsPage:
    """The findings of an assessment."""

    h1: str
    kicker: str
    back: Link
    chip: Chip
    lead: str
    list_title: str
    rows: tuple[FindingRow, ...]
    dropped: tuple[FindingRow, ...]
    dropped_title: str
    counts: tuple[Fact, ...]
    primary: Act | None
    wrong: FindingForm | AnswerForm | None


def build_proposed(
    session: Session,
    assessment: Assessment,
    today: date,
    *,
    editable: bool,
    wrong: Mapping[str, FindingForm],
) -> FindingsPage:
    """The page while the team works. `wrong`: forms that came back, by item."""
    judged = judge(session, assessment, today)
    rows = []
    for proposed in list_proposed(session, judged):
        item = proposed.item.id
        form = (wrong.get(item) or finding_form(proposed)) if editable else None
        rows.append(
            FindingRow(
                anchor=f"finding-{item}",
                card=proposed_card(proposed, judged, today),
                statement=proposed.statement,
                dropped=proposed.drop_reason,
                form=form,
                action=url_for("assessments.edit", assessment_id=assessment.id, item=item),
            )
        )
    primary = None
    if editable and may(Permission.submit):
        primary = Act(_("Periksa dan kirim"), href=f"/assessments/{assessment.id}/submit")
    return _page(
        session,
        assessment,
        rows=tuple(row for row in rows if not row.dropped),
        dropped=tuple(row for row in rows if row.dropped),
        primary=primary,
        lead=_(
            "Diusulkan dari butir yang belum terpenuhi. Ubah kata-katanya bila perlu; temuan "
            "terbit ketika penilaian dikirim."
        ),
        wrong=next(iter(wrong.values()), None),
    )


def build_issued(
    session: Session,
    assessment: Assessment,
    today: date,
    *,
    wrong: Mapping[str, AnswerForm],
) -> FindingsPage:
    """The page from submission on: read only, with what the auditee says."""
    findings = [
        each
        for each in list_findings(session, assessment.id)
        if each.status is not FindingStatus.proposed
    ]
    issued = sorted(
        (each for each in findings if each.status is FindingStatus.issued), key=_heaviest_first
    )
    said = answers_to_findings(session, [each.id for each in issued])
    names = answerers(session, [each for answers in said.values() for each in answers])
    checklist = get_checklist(session, assessment.edition)
    asked = asked_items(checklist, assessment)
    answering = answers_here(session, assessment)
    zone = Zone(session.get_one(Auditee, assessment.auditee_id).time_zone.value)
    own = the_actor().has(Role.institution, Role.unit)
    rows = tuple(
        FindingRow(
            anchor=f"finding-{each.item}",
            card=_issued_card(assessment, each, asked, today, answered=bool(said.get(each.id))),
            statement=each.statement,
            dropped="",
            answers=tuple(_said(answer, names, each, zone) for answer in said.get(each.id, ())),
            action=url_for("assessments.answer", finding_id=each.id),
            answer_form=(wrong.get(each.id) or AnswerForm(prefix=f"{each.item}-"))
            if answering
            else None,
        )
        for each in issued
    )
    dropped = tuple(
        FindingRow(
            anchor=f"finding-{each.item}",
            card=_issued_card(assessment, each, asked, today, answered=False),
            statement=each.statement,
            dropped=each.drop_reason or _("Butir ini sekarang dinilai terpenuhi."),
        )
        for each in findings
        if each.status is FindingStatus.dropped and not own
    )
    waiting = [
        row for row in rows if not row.answers and row.card.severity is not Severity.suggestion
    ]
    primary = None
    if answering and waiting:
        label = ngettext("Tanggapi %(num)s temuan", "Tanggapi %(num)s temuan", len(waiting))
        primary = Act(label, href=f"#{waiting[0].anchor}")
    rows = tuple(
        replace(
            row,
            open=bool(row.answer_form and (row.answer_form.errors or row in waiting[:1])),
        )
        for row in rows
    )
    return _page(
        session,
        assessment,
        rows=rows,
        dropped=dropped,
        primary=primary,
        lead=_("Temuan ini diterbitkan bersama penilaian dan tidak diubah lagi."),
        wrong=next(iter(wrong.values()), None),
    )


def _heaviest_first(finding: Finding) -> int:
    """What must be answered stands before what is only suggested; within, as it was issued."""
    return list(FindingClass).index(finding.finding_class)


def _said(answer: FindingAnswer, names: Mapping[str, str], finding: Finding, zone: Zone) -> Said:
    """What was said; after the due date it is marked so, never refused."""
    when = moment(answer.answered_at, the_zone(), the_language())
    late = finding.due_on is not None and day_in(answer.answered_at, zone) > finding.due_on
    return Said(answer.words, names.get(answer.answered_by, ""), when, late)


def _issued_card(
    assessment: Assessment,
    finding: Finding,
    asked: Mapping[str, Item],
    today: date,
    *,
    answered: bool,
) -> FindingCard:
    language = the_language()
    item = asked.get(finding.item)
    sealed = assessment.status in FROZEN
    href = answers_href if sealed else checklist_href
    if finding.status is FindingStatus.dropped:
        state = Chip(ChipStatus.neutral, _("Dihapus"))
    elif answered:
        state = Chip(ChipStatus.info, _("Sudah ditanggapi"))
    else:
        state = Chip(ChipStatus.neutral, _("Belum ditanggapi"))
    words = ""
    if finding.due_on is not None and finding.status is FindingStatus.issued:
        words = _(
            "Batas waktu %(day)s (%(due)s)",
            day=day(finding.due_on, language),
            due=due(finding.due_on, today, language),
        )
    return FindingCard(
        reference=f"{assessment.reference}/{finding.number}" if finding.number else finding.item,
        title=f"{finding.item} · {item.text.in_(language)}" if item else finding.item,
        severity=Severity(finding.finding_class.value),
        chip=state,
        href=href(assessment.id, finding.item),
        item=item.aspect.title.in_(language) if item else "",
        due=words,
    )


def _page(
    session: Session,
    assessment: Assessment,
    *,
    rows: tuple[FindingRow, ...],
    dropped: tuple[FindingRow, ...],
    primary: Act | None,
    lead: str,
    wrong: FindingForm | AnswerForm | None,
) -> FindingsPage:
    auditee = session.get_one(Auditee, assessment.auditee_id)
    counts = Counter(row.card.severity.value for row in rows)
    language = the_language()
    return FindingsPage(
        h1=_("Temuan"),
        kicker=f"{auditee.name} · {kind_name(assessment.kind)} · {assessment.reference}",
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        chip=status_chip(assessment.status),
        lead=lead,
        list_title=_("Usulan temuan") if assessment.status in OPEN else _("Yang diterbitkan"),
        rows=rows,
        dropped=dropped,
        dropped_title=_("Dihapus oleh tim")
        if assessment.status in OPEN
        else _("Tidak diterbitkan"),
        counts=tuple(
            Fact(wording.in_(language, wording.FINDING_CLASSES, each), str(counts[each.value]))
            for each in FindingClass
        ),
        primary=primary,
        wrong=wrong,
    )


def is_editable(assessment: Assessment) -> bool:
    """Whether the reader words the findings now."""
    return assessment.status in OPEN and may_judge() and assessment.kind is not Kind.self
