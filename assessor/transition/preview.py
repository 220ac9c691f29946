"""How does a draft look on the page on which assessors work?

The real page over the draft's items, with nobody's answers and nothing to enter. No row is made:
the assessment that the page needs exists for the length of one request.
"""

from dataclasses import replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from assessor.assessments.checklist.lines import Given
from assessor.assessments.checklist.looking import Order, Show, View
from assessor.assessments.checklist.pages import ChecklistPage, ShowLink
from assessor.assessments.checklist.queries import Named
from assessor.assessments.checklist.reading import Reading, build_page
from assessor.assessments.judging import Judged
from assessor.assessments.models import Assessment, Kind, Mode, Status
from assessor.assessments.queries import State
from assessor.instruments.queries import EditionStatus
from assessor.organization.models import TimeZone
from assessor.ui.current import the_language, the_zone
from assessor.ui.parts import Chip, ChipStatus
from checklists.decision import Facts, decide
from checklists.derivation import Wording
from checklists.model import Checklist

_ID = "pratinjau"


def preview_page(draft_id: str, checklist: Checklist, view: View, now: datetime) -> ChecklistPage:
    """The checklist page of an edition that is not published."""
    own = checklist.derivation is not None and checklist.derivation.wording is Wording.auditee
    assessment = Assessment(
        id=_ID,
        reference=checklist.id,
        auditee_id="",
        kind=Kind.self if own else checklist.kinds[-1],
        mode=Mode.on_site,
        year=now.year,
        edition=checklist.fingerprint,
        tags=[],
        status=Status.draft,
        opened_at=now,
        revision=1,
    )
    if assessment.kind is Kind.self and not own:
        assessment.kind = Kind.evaluation
    judged = Judged(
        assessment,
        checklist,
        {item.id: item for item in checklist.items},
        State({}, {}, (), ()),
        decide(checklist, frozenset(), {}, Facts()),
    )
    title = checklist.title.in_(the_language())
    given = Given(
        judged=judged,
        auditee=Named(title, TimeZone.wib),
        now=now,
        status=EditionStatus(),
        view=view,
        language=the_language(),
        zone=the_zone(),
        pieces={},
        authors={},
        earlier={},
    )
    page = build_page(Reading(given, mine=False, against="", uploads=False, submits=False))
    here = preview_href(draft_id, checklist.id, view)
    return replace(
        page,
        kicker=_("Pratinjau rancangan edisi %(edition)s", edition=checklist.edition),
        status=Chip(ChipStatus.info, _("Pratinjau")),
        back=url_for("drafts.page", draft_id=draft_id),
        here=here,
        go=f"{here}{'&' if '?' in here else '?'}at=",
        why_closed=_(
            "Ini pratinjau: tidak ada yang dinilai dan tidak ada yang disimpan. Semua butir "
            "ditampilkan, apa pun ciri lembaganya."
        ),
        orders=_led(page.orders, draft_id, checklist.id, view, "order"),
        shows=_led(page.shows, draft_id, checklist.id, view, "show"),
    )


def preview_href(draft_id: str, checklist: str, view: View, **changes: str) -> str:
    """The address of a view of a preview."""
    asked = {"order": view.order.value, "show": view.show.value, "q": view.search, **changes}
    plain = {"order": Order.work.value, "show": Show.all.value}
    kept = {name: value for name, value in asked.items() if value and plain.get(name) != value}
    return url_for("transition.preview", draft_id=draft_id, checklist=checklist, **kept)  # type: ignore[arg-type]


def _led(
    links: tuple[ShowLink, ...], draft_id: str, checklist: str, view: View, name: str
) -> tuple[ShowLink, ...]:
    return tuple(
        replace(each, href=preview_href(draft_id, checklist, view, **{name: each.show}))
        for each in links
    )
