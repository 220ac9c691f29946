"""Which findings would be issued now, and how does the team change them?"""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from assessor.assessments import wording
from assessor.assessments.findings.forms import FindingForm
from assessor.assessments.findings.services import Proposed, due_date
from assessor.assessments.judging import Judged
from assessor.assessments.page_parts import (
    checklist_href,
)
from assessor.ui.choices import offer
from assessor.ui.current import the_language
from assessor.ui.formats import day
from assessor.ui.parts import Chip, ChipStatus, FindingCard, Severity
from checklists.findings import FindingClass


def finding_form(proposed: Proposed, values: Any = None) -> FindingForm:
    """The form of one finding; its names carry the item, as there are many on a page."""
    form = FindingForm(
        values,
        prefix=f"{proposed.item.id}-",
        data={
            "seen": proposed.seen,
            "finding_class": proposed.finding_class.value,
            "statement": proposed.statement,
            "drop_reason": proposed.drop_reason,
        },
    )
    language = the_language()
    # a hard critical item stays a major finding whatever the team thinks of it
    classes = (
        [FindingClass.major]
        if proposed.proposed_class is FindingClass.major
        else list(FindingClass)
    )
    offer(
        form.finding_class,
        {each: wording.in_(language, wording.FINDING_CLASSES, each) for each in classes},
    )
    return form


def proposed_card(proposed: Proposed, judged: Judged, today: date) -> FindingCard:
    """What would be issued."""
    language = the_language()
    until = due_date(judged.checklist, proposed.finding_class, today)
    state = (
        Chip(ChipStatus.neutral, _("Dihapus"))
        if proposed.drop_reason
        else Chip(ChipStatus.progress, _("Usulan"))
    )
    return FindingCard(
        reference=proposed.item.id,
        title=proposed.item.text.in_(language),
        severity=Severity(proposed.finding_class.value),
        chip=state,
        href=checklist_href(judged.assessment.id, proposed.item.id),
        item=proposed.item.aspect.title.in_(language),
        due=_("Batas waktu %(day)s bila dikirim hari ini", day=day(until, language))
        if until and not proposed.drop_reason
        else "",
    )
