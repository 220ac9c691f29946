"""What stands on the pages on which somebody objects to a result, and on which it is ruled?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.answering import answers_here
from assessor.assessments.checklist.queries import handed_in
from assessor.assessments.independence import Act, breaches, involved_and_coaches
from assessor.assessments.judging import Judged
from assessor.assessments.models import Assessment, FindingStatus
from assessor.assessments.objection_models import (
    FiledAs,
    Objection,
    ObjectionPoint,
    ObjectionStatus,
    Ruling,
)
from assessor.assessments.objection_queries import list_points
from assessor.assessments.objections.forms import (
    ObjectionForm,
    PointForm,
    RulingForm,
    WithdrawForm,
)
from assessor.assessments.objections.rules import APPROVED_BY, WORKING_DAYS, last_day
from assessor.assessments.page_parts import answers_href, kicker_of, may, overview_href
from assessor.assessments.queries import list_findings
from assessor.assessments.review.building import choice_words, people_named
from assessor.auditees.models import Auditee
from assessor.ui.current import say, the_language, the_zone
from assessor.ui.fields import offer
from assessor.ui.formats import day, due, moment
from assessor.ui.parts import Chip, ChipStatus, Fact, Link

MOST_PIECES = 60
CHIPS = {
    ObjectionStatus.filed: ChipStatus.warn,
    ObjectionStatus.decided: ChipStatus.ok,
    ObjectionStatus.withdrawn: ChipStatus.neutral,
}


@dataclass(frozen=True)
class Choosable:
    """An item that can be objected to."""

    item: str
    words: str
    detail: str
    chosen: bool


@dataclass(frozen=True)
class Chosen:
    """An item that was chosen, with the form of why."""

    item: str
    title: str
    score: str
    form: PointForm


@dataclass(frozen=True)
class NewObjectionPage:
    """First the items are chosen, then why."""

    h1: str
    kicker: str
    back: Link
    lead: str
    refusal: str
    here: str
    findings: tuple[Choosable, ...]
    others: tuple[tuple[str, tuple[Choosable, ...]], ...]
    chosen: tuple[Chosen, ...]
    form: ObjectionForm
    for_whom: str


@dataclass(frozen=True)
class PointLine:
    """What is objected to."""

    title: str
    href: str
    score: str
    words: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True)
class ObjectionPage:
    """An objection, and what the reader can do with it."""

    h1: str
    kicker: str
    back: Link
    chip: Chip
    lead: str
    words: str
    points: tuple[PointLine, ...]
    facts: tuple[Fact, ...]
    ruling: str
    reason: str
    revision: Link | None
    refusal: str
    ruling_form: RulingForm | None
    decide_action: str
    withdraw_form: WithdrawForm | None
    withdraw_action: str


def point_forms(
    session: Session, auditee_id: str, items: Iterable[str], values: Any = None
) -> dict[str, PointForm]:
    """A form for each point; its names carry the item, as there are several on a page."""
    live = [piece for piece in handed_in(session, auditee_id).values() if piece.live]
    pieces = {piece.id: piece.title for piece in live[:MOST_PIECES]}
    forms = {item: PointForm(values, prefix=f"{item}-") for item in items}
    for form in forms.values():
        offer(form.evidence, pieces)
    return forms


def until_words(session: Session, assessment: Assessment, today: date) -> str:
    """Until when one can object."""
    language = the_language()
    auditee = session.get_one(Auditee, assessment.auditee_id)
    if assessment.sealed_at is None:
        return ""
    until = last_day(session, auditee, assessment.sealed_at)
    return f"{day(until, language)} ({due(until, today, language)})"


def build_new(
    session: Session,
    judged: Judged,
    today: date,
    *,
    refusal: str,
    forms: Mapping[str, PointForm],
    form: ObjectionForm,
) -> NewObjectionPage:
    """The page; `forms` are those of the chosen items."""
    assessment, language = judged.assessment, the_language()
    found = {
        each.item: each
        for each in list_findings(session, assessment.id)
        if each.status is FindingStatus.issued
    }

    def choosable(item: str) -> Choosable:
        finding = found.get(item)
        score = choice_words(judged, judged.state.choice(item))
        return Choosable(
            item=item,
            words=f"{item} · {judged.asked[item].text.in_(language)}",
            detail=f"{wording.in_(language, wording.FINDING_CLASSES, finding.finding_class)} · "
            f"{score}"
            if finding
            else score,
            chosen=item in forms,
        )

    others: dict[str, list[Choosable]] = {}
    for item in judged.asked.values():
        if item.id not in found:
            others.setdefault(item.aspect.title.in_(language), []).append(choosable(item.id))
    own = assessment.auditee_id in the_actor().auditees()
    note = "" if APPROVED_BY else " " + _("Jangka waktu ini contoh, belum disahkan.")
    return NewObjectionPage(
        h1=_("Ajukan keberatan"),
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=_(
            "Sampai %(until)s, yaitu %(days)s hari kerja sesudah dikunci.",
            until=until_words(session, assessment, today),
            days=WORKING_DAYS,
        )
        + note,
        refusal=refusal,
        here=url_for("assessments.object_form", assessment_id=assessment.id),
        findings=tuple(choosable(item) for item in found if item in judged.asked),
        others=tuple((title, tuple(lines)) for title, lines in others.items()),
        chosen=tuple(
            Chosen(
                item=item,
                title=f"{item} · {judged.asked[item].text.in_(language)}",
                score=choice_words(judged, judged.state.choice(item)),
                form=each,
            )
            for item, each in forms.items()
        ),
        form=form,
        for_whom=""
        if own
        else _("Anda mengajukannya sebagai pembina, untuk yang dinilai yang belum punya akun."),
    )


def objection_chip(objection: Objection) -> Chip:
    """How far it is, or how it was ruled."""
    language = the_language()
    if objection.ruling is not None:
        status = ChipStatus.ok if objection.ruling is Ruling.upheld else ChipStatus.info
        return Chip(status, wording.in_(language, wording.RULINGS, objection.ruling))
    label = wording.in_(language, wording.OBJECTION_STATUSES, objection.status)
    return Chip(CHIPS[objection.status], label)


def objection_href(objection_id: str) -> str:
    """The page of an objection."""
    return url_for("assessments.objection", objection_id=objection_id)


def under_objection_link(objections: Sequence[Objection]) -> Link | None:
    """The objection that waits for a ruling, if there is one."""
    waiting = next((each for each in objections if each.status is ObjectionStatus.filed), None)
    if waiting is None:
        return None
    label = _("Keberatan ke-%(number)s", number=waiting.number)
    return Link(label, objection_href(waiting.id))


def _points(
    session: Session, judged: Judged, points: Sequence[ObjectionPoint]
) -> tuple[PointLine, ...]:
    language, assessment = the_language(), judged.assessment
    pieces = handed_in(session, assessment.auditee_id)
    sees = may(Permission.see_evidence)
    lines = []
    for each in points:
        item = judged.asked.get(each.item)
        title = f"{each.item} · {item.text.in_(language)}" if item else each.item
        if each.finding_id is not None:
            title = f"{title} ({_('temuan')})"
        lines.append(
            PointLine(
                title=title,
                href=answers_href(assessment.id, each.item),
                score=choice_words(judged, judged.state.choice(each.item)),
                words=each.words,
                evidence=tuple(
                    Link(
                        pieces[piece].title if piece in pieces else piece,
                        f"/evidence/{piece}" if sees else "",
                    )
                    for piece in each.evidence
                ),
            )
        )
    return tuple(lines)


def _facts(session: Session, objection: Objection) -> tuple[Fact, ...]:
    language, zone = the_language(), the_zone()
    people = [each for each in (objection.filed_by, objection.closed_by) if each]
    names = people_named(session, people)
    facts = [
        Fact(
            _("Diajukan"),
            names.get(objection.filed_by, ""),
            note=moment(objection.filed_at, zone, language)
            + (
                " · " + _("sebagai pembina, untuk yang belum punya akun")
                if objection.filed_as is FiledAs.coach
                else ""
            ),
        ),
        Fact(_("Dapat diajukan sampai"), day(objection.until, language)),
    ]
    if objection.closed_at is not None:
        term = _("Diputus") if objection.ruling is not None else _("Dicabut")
        facts.append(
            Fact(
                term,
                names.get(objection.closed_by or "", ""),
                note=moment(objection.closed_at, zone, language),
            )
        )
    return tuple(facts)


def refusal_to_rule(session: Session, assessment: Assessment, today: date) -> str:
    """Why the reader, whose role rules on objections, must not rule on this one; who could."""
    auditee = session.get_one(Auditee, assessment.auditee_id)
    broken = breaches(
        session,
        auditee,
        Act.decide_objection,
        person_id=the_actor().person_id or "",
        involved=involved_and_coaches(session, assessment, auditee),
        on=today,
    )
    return " ".join(say(each.sentence) for each in broken[:1])


def build_objection(
    session: Session,
    judged: Judged,
    objection: Objection,
    today: date,
    *,
    ruling_form: RulingForm | None = None,
    withdraw_form: WithdrawForm | None = None,
) -> ObjectionPage:
    """The page in the reader's language."""
    assessment, language = judged.assessment, the_language()
    waiting = objection.status is ObjectionStatus.filed
    rules = waiting and may(Permission.decide_objection)
    refusal = refusal_to_rule(session, assessment, today) if rules else ""
    form = None
    if rules and not refusal:
        form = ruling_form or RulingForm()
        offer(form.ruling, {each: wording.in_(language, wording.RULINGS, each) for each in Ruling})
    takes_back = waiting and may(Permission.object) and answers_here(session, assessment)
    revision = session.get_one(Assessment, objection.revision_id) if objection.revision_id else None
    return ObjectionPage(
        h1=_("Keberatan ke-%(number)s", number=objection.number),
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        chip=objection_chip(objection),
        lead=_("Hasil yang dikunci tetap berlaku sampai ada putusan.") if waiting else "",
        words=objection.words,
        points=_points(session, judged, list_points(session, objection.id)),
        facts=_facts(session, objection),
        ruling=wording.in_(language, wording.RULINGS, objection.ruling) if objection.ruling else "",
        reason=objection.reason or "",
        revision=Link(revision.reference, overview_href(revision.id)) if revision else None,
        refusal=refusal,
        ruling_form=form,
        decide_action=url_for("assessments.rule", objection_id=objection.id),
        withdraw_form=(withdraw_form or WithdrawForm()) if takes_back else None,
        withdraw_action=url_for("assessments.withdraw_objection", objection_id=objection.id),
    )
