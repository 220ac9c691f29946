"""What is read for the checklist page, and how is the page put together?

A constant number of statements, however many items there are.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from assessor.access.guard import the_actor
from assessor.assessments.beside import expired_document
from assessor.assessments.beside_words import hints
from assessor.assessments.checklist import words
from assessor.assessments.checklist.building import (
    build_aspects,
    build_lines,
    build_parked,
    build_sources,
    count_shows,
    piece_detail,
)
from assessor.assessments.checklist.guidance import scale_steps
from assessor.assessments.checklist.lines import Given, clashing_ops
from assessor.assessments.checklist.looking import Order, Show, View
from assessor.assessments.checklist.pages import (
    BasesPage,
    BasisPanel,
    ChecklistPage,
    Choosable,
    Group,
    ShowLink,
    Typed,
)
from assessor.assessments.checklist.queries import auditee_named, authors_of, handed_in
from assessor.assessments.citation_queries import cited_pieces
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.queries import earlier_assessments
from assessor.assessments.review_queries import returned_remarks
from assessor.assessments.sample_state import read_sheet
from assessor.assessments.wording import APPROVED, FICTITIOUS, KINDS, WORKING, in_
from assessor.assessments.workflow import OPEN
from assessor.database.base import new_id
from assessor.evidence.declaration import CURRENT, WORDINGS
from assessor.instruments.queries import get_status
from assessor.sentences import Sentence
from assessor.ui.current import say, the_language, the_zone
from assessor.ui.formats import Zone, day, day_in
from checklists.rules import SampleRule

COMPARED = (Kind.self, Kind.baseline, Kind.evaluation, Kind.periodic)
# so many pieces come with the page itself; the others are on the page of bases
MOST_PIECES = 60


def read_given(
    session: Session,
    assessment: Assessment,
    view: View,
    *,
    clock: Callable[[], datetime],
    compared: bool = True,
    typed: Typed | None = None,
    complaints: Mapping[str, Sequence[Sentence]] | None = None,
) -> Given:
    """Everything that stands now; with `compared`, what earlier assessments said and
    what was said of the citations."""
    auditee = auditee_named(session, assessment.auditee_id)
    now = clock()
    judged = judge(session, assessment, day_in(now, Zone(auditee.time_zone.value)))
    status = get_status(session, assessment.edition, assessment.opened_at.date())
    return Given(
        judged=judged,
        auditee=auditee,
        now=now,
        status=status,
        view=view,
        language=the_language(),
        zone=the_zone(),
        pieces=handed_in(session, assessment.auditee_id),
        authors=authors_of(session, assessment.id, clashing_ops(judged)),
        earlier=earlier_assessments(session, assessment, COMPARED) if compared else {},
        expired=hints(expired_document(session, assessment, judged.asked), the_language()),
        reviewed={each.citation: each for each in cited_pieces(session, assessment.id)}
        if compared and assessment.kind is not Kind.self
        else {},
        typed=typed or {},
        complaints=complaints or {},
        remarks=returned_remarks(session, assessment) if compared else (),
        sheet=None
        if assessment.kind is Kind.self
        else read_sheet(session, assessment, judged.checklist),
    )


@dataclass(frozen=True)
class Reading:
    """What was read, and what the reader may do with it."""

    given: Given
    mine: bool
    against: str  # what the reader's own declaration says against scoring
    uploads: bool
    submits: bool

    @property
    def assessment(self) -> Assessment:
        """The assessment."""
        return self.given.judged.assessment

    @property
    def editable(self) -> bool:
        """Whether something can be entered now."""
        return self.mine and not self.against and self.assessment.status in OPEN

    @property
    def why_closed(self) -> str:
        """Why nothing can be entered; empty when something can."""
        return words.why_closed(self.assessment.status, mine=self.mine) or self.against


def checklist_href(assessment_id: str, view: View, **changes: str) -> str:
    """The address of a view of a checklist."""
    asked = {"order": view.order.value, "show": view.show.value, "q": view.search, **changes}
    plain = {"order": Order.work.value, "show": Show.all.value}
    kept = {name: value for name, value in asked.items() if value and plain.get(name) != value}
    return url_for("assessments.checklist", assessment_id=assessment_id, **kept)  # type: ignore[arg-type]


def _instrument(given: Given) -> str:
    checklist = given.judged.checklist
    return f"{checklist.title.in_(given.language)}, {checklist.edition} · {_label(given)}"


def _label(given: Given) -> str:
    status = given.status
    label = FICTITIOUS if status.fictitious else APPROVED if status.approved else WORKING
    return label.in_(given.language)


def _orders(given: Given, assessment_id: str) -> tuple[ShowLink, ...]:
    return tuple(
        ShowLink(
            order.value,
            label,
            checklist_href(assessment_id, given.view, order=order.value),
            0,
            current=order is given.view.order,
        )
        for order, label in words.orders().items()
    )


def _shows(given: Given, groups: Sequence[Group]) -> tuple[ShowLink, ...]:
    counts = count_shows(given, groups)
    return tuple(
        ShowLink(
            show.value,
            label,
            checklist_href(given.judged.assessment.id, given.view, show=show.value),
            counts[show],
            current=show is given.view.show,
        )
        for show, label in words.shows().items()
        if (show is not Show.different or Kind.self in given.earlier)
        and (show is not Show.remarked or given.remarks)
    )


def build_page(reading: Reading) -> ChecklistPage:
    """The page."""
    given, assessment = reading.given, reading.assessment
    groups, aspects = build_lines(given), build_aspects(given)
    lines = [item for group in groups for item in group.items]
    own = assessment.kind is Kind.self
    here = checklist_href(assessment.id, given.view)
    return ChecklistPage(
        assessment_id=assessment.id,
        title=given.auditee.name,
        kicker=f"{in_(given.language, KINDS, assessment.kind)} · {assessment.reference}",
        status=words.status_chip(assessment.status, given.language),
        instrument=_instrument(given),
        label=_label(given),
        back=f"/assessments/{assessment.id}",
        here=here,
        go=f"{here}{'&' if '?' in here else '?'}at=",
        save=f"/assessments/{assessment.id}/items/",
        submit=f"/assessments/{assessment.id}/submit" if reading.submits else "",
        own=own,
        editable=reading.editable,
        why_closed=reading.why_closed,
        declare=url_for("assessments.declaration", assessment_id=assessment.id)
        if reading.against
        else "",
        view=given.view,
        orders=_orders(given, assessment.id),
        shows=_shows(given, groups),
        groups=groups,
        aspects=aspects,
        scale=scale_steps(given.judged.checklist, given.language),
        met_from=given.judged.checklist.met_from,
        sources=build_sources(given),
        parked=build_parked(given),
        panel=build_panel(reading, most=MOST_PIECES) if reading.editable else None,
        edition=given.judged.checklist.fingerprint,
        person=the_actor().person_id or "",
        key=new_id(),
        at=given.now.isoformat(),
        words=json.dumps(words.script_words(), ensure_ascii=False),
        first=next((line.id for line in lines if line.current), lines[0].id if lines else ""),
        answered=sum(each.done for each in aspects),
        asked=len(lines),
        lacking=sum(bool(line.lacks or line.clashes) for line in lines),
        found=sum(line.shown for line in lines),
    )


def _sample_rule(rule: SampleRule) -> str:
    """For the script: how many to draw, and which choice the hits give."""
    return json.dumps(
        {
            "all": rule.all_up_to,
            "middle": rule.middle_up_to,
            "few": rule.middle_draw,
            "many": rule.above_draw,
            "bands": [
                [each.from_share.numerator, each.from_share.denominator, each.choice]
                for each in rule.bands
            ],
        }
    )


def build_panel(reading: Reading, *, most: int | None) -> BasisPanel:
    """What can be a basis here; `most` pieces of evidence, the newest."""
    given, assessment = reading.given, reading.assessment
    rule = given.judged.checklist.sample
    live = [piece for piece in given.pieces.values() if piece.live]
    shown = live if most is None else live[:most]
    library = url_for("evidence.library", auditee_id=assessment.auditee_id)
    today = day_in(given.now, Zone(given.auditee.time_zone.value))
    return BasisPanel(
        action=url_for("assessments.add_bases", assessment_id=assessment.id),
        evidence=tuple(
            Choosable(
                piece.id,
                piece.title,
                piece_detail(piece, given.language),
                f"/evidence/{piece.id}/thumb",
            )
            for piece in shown
        ),
        more=len(live) - len(shown),
        library=library,
        upload=(
            url_for("evidence.hand_in", auditee_id=assessment.auditee_id) if reading.uploads else ""
        ),
        declaration=say(WORDINGS[CURRENT]),
        declaration_code=CURRENT,
        people=tuple(words.people(given.language).items()),
        sample=_sample_rule(rule),
        sample_hint=_(
            "Ambil acak: semua bila sampai %(all)s berkas, %(few)s bila sampai %(middle)s, "
            "%(many)s bila lebih.",
            all=rule.all_up_to,
            few=rule.middle_draw,
            middle=rule.middle_up_to,
            many=rule.above_draw,
        ),
        interviews=(
            "" if given.own else url_for("assessments.interviews", assessment_id=assessment.id)
        ),
        sheet=("" if given.own else url_for("assessments.sample", assessment_id=assessment.id)),
        today=day(today, given.language),
    )


def build_bases_page(
    reading: Reading, form: MultiDict[str, str], *, complaint: str = ""
) -> BasesPage:
    """The page of bases: the panel with all evidence, and the items to choose from."""
    given, assessment = reading.given, reading.assessment
    groups = build_lines(given)
    return BasesPage(
        title=_("Dasar nilai"),
        back=f"{checklist_href(assessment.id, given.view)}#item-{given.view.at}"
        if given.view.at
        else checklist_href(assessment.id, given.view),
        auditee=given.auditee.name,
        instrument=_instrument(given),
        editable=reading.editable,
        why_closed=reading.why_closed,
        panel=build_panel(reading, most=None),
        groups=groups,
        chosen=frozenset(form.getlist("item") if form else [given.view.at]),
        form=form,
        complaint=complaint,
        edition=given.judged.checklist.fingerprint,
        key=new_id(),
        at=given.now.isoformat(),
    )
