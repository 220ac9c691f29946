"""Which findings would be issued now, and how does the team change them?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from assessor.assessments import wording
from assessor.assessments.findings import default_statement, due_date, proposals
from assessor.assessments.forms import FindingForm
from assessor.assessments.judging import Judged
from assessor.assessments.pages import (
    checklist_href,
)
from assessor.assessments.queries import list_findings
from assessor.ui.choices import offer
from assessor.ui.current import the_language
from assessor.ui.formats import day
from assessor.ui.parts import Chip, ChipStatus, FindingCard, Severity
from checklists.findings import FindingClass
from checklists.model import Item
from standards.canonical import fingerprint


@dataclass(frozen=True)
class Proposed:
    """A finding as it would be issued now: the team's words, else the rule's."""

    item: Item
    proposed_class: FindingClass
    finding_class: FindingClass
    statement: str
    drop_reason: str

    @property
    def seen(self) -> str:
        """Names exactly this, so that a form made from it never overwrites something else."""
        return fingerprint(
            [self.item.id, self.finding_class.value, self.statement, self.drop_reason]
        )


def list_proposed(session: Session, judged: Judged) -> tuple[Proposed, ...]:
    """The findings of an open assessment, in standard order: one query."""
    kept = {each.item: each for each in list_findings(session, judged.assessment.id)}
    found = []
    for proposal in proposals(judged):
        finding = kept.get(proposal.item)
        found.append(
            Proposed(
                item=judged.asked[proposal.item],
                proposed_class=proposal.finding_class,
                finding_class=finding.finding_class if finding else proposal.finding_class,
                statement=finding.statement
                if finding
                else default_statement(judged, proposal.item),
                drop_reason=(finding.drop_reason or "") if finding else "",
            )
        )
    return tuple(found)


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
