"""How does a team review what is cited, and how does the auditee see what is to be completed?"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import Loaded, requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.citation_models import Sufficiency
from assessor.assessments.citation_queries import (
    MOST_LISTED,
    Cited,
    Wanted,
    cited_pieces,
    to_complete,
)
from assessor.assessments.citation_words import shown_title, sufficiency_chip
from assessor.assessments.citations.forms import CitationForm
from assessor.assessments.citations.services import review_citation
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment, Kind
from assessor.assessments.page_parts import checklist_href, may, overview_href
from assessor.assessments.workflow import OPEN
from assessor.database.extension import db
from assessor.evidence.loaders import loaded_owner
from assessor.evidence.queries import Owner
from assessor.instruments.queries import get_checklist
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.parts import Chip, Link, Task


@dataclass(frozen=True)
class OneCitation:
    """An assessment and the citation a route is about."""

    assessment: Assessment
    citation: str


def loaded_citation(assessment_id: str, citation: str) -> Loaded | None:
    """A citation of the assessment of an address."""
    loaded = loaded_assessment(assessment_id)
    if loaded is None:
        return None
    return Loaded(OneCitation(loaded.thing, citation), loaded.subject, seen_with=loaded.seen_with)


@dataclass(frozen=True)
class CitationsPage:
    """All that an assessment cites, and what was said of it."""

    back: Link
    kicker: str
    tasks: tuple[Task, ...]
    next_href: str
    reviewed: int
    editable: bool


@dataclass(frozen=True)
class CitationPage:
    """One citation, to be reviewed."""

    title: str
    back: Link
    kicker: str
    item: str
    item_text: str
    item_href: str
    evidence_href: str
    picture: str
    chip: Chip
    action: str
    form: CitationForm


def _is_editable(assessment: Assessment) -> bool:
    return assessment.status in OPEN and assessment.kind is not Kind.self and may(Permission.score)


def _list_href(assessment: Assessment) -> str:
    return url_for("assessments.citations", assessment_id=assessment.id)


def _href(assessment: Assessment, citation: str) -> str:
    return url_for("assessments.citation", assessment_id=assessment.id, citation=citation)


def _cited(assessment: Assessment) -> tuple[Cited, ...]:
    """What is cited, in the order of the standard."""
    items = get_checklist(db.session(), assessment.edition).items
    place = {item.id: number for number, item in enumerate(items)}
    found = cited_pieces(db.session(), assessment.id)
    return tuple(sorted(found, key=lambda each: place.get(each.item, len(place))))


def _needs_looking(each: Cited) -> bool:
    wanting = each.sufficiency not in {None, Sufficiency.sufficient}
    return each.sufficiency is None or (wanting and each.replaced)


@blueprint.get("/assessments/<assessment_id>/citations")
@requires(Permission.see_assessment, loaded_assessment)
def citations(loaded: Assessment) -> str:
    """Everything cited, by item."""
    found, editable = _cited(loaded), _is_editable(loaded)
    waiting = [each for each in found if _needs_looking(each)]
    page = CitationsPage(
        back=Link(loaded.reference, overview_href(loaded.id)),
        kicker=loaded.reference,
        tasks=tuple(
            Task(
                shown_title(each.title),
                _href(loaded, each.citation) if editable else f"/evidence/{each.evidence_id}",
                " · ".join(filter(None, (_("butir %(items)s", items=each.item), each.reason))),
                sufficiency_chip(each.sufficiency, replaced=each.replaced),
            )
            for each in found
        ),
        next_href=_href(loaded, waiting[0].citation) if waiting and editable else "",
        reviewed=len(found) - len(waiting),
        editable=editable,
    )
    return render_template("assessments/citations.html", page=page)


def _find(one: OneCitation) -> Cited | None:
    found = _cited(one.assessment)
    return next((each for each in found if each.citation == one.citation), None)


@blueprint.get("/assessments/<assessment_id>/citations/<citation>")
@requires(Permission.score, loaded_citation)
def citation(loaded: OneCitation) -> str | Response:
    """One citation with its picture and the question."""
    cited = _find(loaded)
    if cited is None or not _is_editable(loaded.assessment):
        return redirect(_list_href(loaded.assessment), 303)
    said = cited.sufficiency.value if cited.sufficiency else None
    return _page(
        loaded.assessment, cited, CitationForm(data={"sufficiency": said, "reason": cited.reason})
    )


def _page(assessment: Assessment, cited: Cited, form: CitationForm) -> str:
    checklist = get_checklist(db.session(), assessment.edition)
    page = CitationPage(
        title=shown_title(cited.title),
        back=Link(_("Tinjau bukti"), _list_href(assessment)),
        kicker=assessment.reference,
        item=cited.item,
        item_text=checklist.item(cited.item).text.in_(the_language()),
        item_href=checklist_href(assessment.id, cited.item),
        evidence_href=f"/evidence/{cited.evidence_id}",
        picture=f"/evidence/{cited.evidence_id}/thumb",
        chip=sufficiency_chip(cited.sufficiency, replaced=cited.replaced),
        action=_href(assessment, cited.citation),
        form=form,
    )
    return render_template("assessments/citation.html", page=page)


@blueprint.post("/assessments/<assessment_id>/citations/<citation>")
@requires(Permission.score, loaded_citation)
def review(loaded: OneCitation) -> str | Response | tuple[str, int]:
    """Keep what was said, and on to the next."""
    cited, form, assessment_id = _find(loaded), CitationForm(request.form), loaded.assessment.id
    if cited is None:
        return redirect(_list_href(loaded.assessment), 303)
    if not form.validate():
        return _page(loaded.assessment, cited, form), 422
    try:
        review_citation(
            db.session(),
            the_actor(),
            the_clock(),
            assessment_id=assessment_id,
            citation=cited.citation,
            sufficiency=Sufficiency(form.sufficiency.data),
            reason=form.reason.data or "",
        )
    except Refused as refused:
        assessment = db.session.get_one(Assessment, assessment_id)
        form.reason.errors = [say(refused.sentence)]
        return _page(assessment, cited, form), 422
    flash(_("Tinjauan disimpan: %(title)s.", title=shown_title(cited.title)), "ok")
    assessment = db.session.get_one(Assessment, assessment_id)
    waiting = (each.citation for each in _cited(assessment) if _needs_looking(each))
    after = next(waiting, None)
    return redirect(_list_href(assessment) if after is None else _href(assessment, after), 303)


@dataclass(frozen=True)
class WantedLine:
    """One piece to be completed."""

    title: str
    href: str
    about: str
    reason: str
    chip: Chip
    replace_href: str


@dataclass(frozen=True)
class WantedPage:
    """What an auditee is to complete."""

    back: Link
    kicker: str
    lines: tuple[WantedLine, ...]


@blueprint.get("/auditees/<auditee_id>/evidence/to-complete")
@requires(Permission.see_evidence, loaded_owner)
def wanted(loaded: Owner) -> str:
    """What the team found wanting in the evidence, and the way to answer it."""
    session = db.session()
    found = to_complete(session, the_actor(), auditee_id=loaded.auditee_id, most=MOST_LISTED)
    library = url_for("evidence.library", auditee_id=loaded.auditee_id)
    page = WantedPage(
        back=Link(_("Semua bukti dukung"), library),
        kicker=f"{loaded.name} · {loaded.reference}",
        lines=tuple(_line(each, library) for each in found.rows),
    )
    return render_template("assessments/wanted.html", page=page)


def _line(each: Wanted, library: str) -> WantedLine:
    subject = the_request().loaded
    uploads = (
        subject is not None
        and decide(the_actor(), Permission.upload_evidence, subject.subject).allowed
    )
    return WantedLine(
        title=shown_title(each.title),
        href=f"/evidence/{each.evidence_id}",
        about=f"{each.assessment} · {_('butir %(items)s', items=each.item)}",
        reason=each.reason,
        chip=sufficiency_chip(each.sufficiency),
        replace_href=f"{library}?replaces={each.evidence_id}#hand-in" if uploads else "",
    )
