"""What would be decided by the answers of this moment, why, and what do they lean on?"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.assessments import wording
from assessor.assessments.document.provisional import decision_document, waiting_facts
from assessor.assessments.judging import Judged
from assessor.assessments.page_parts import (
    ReasonLine,
    cause_chip,
    checklist_href,
    edition_chip,
    finding_hrefs,
    is_note,
    outcome_chip,
    ratio_words,
)
from assessor.assessments.people import PEOPLE
from assessor.assessments.sample.content import interviews_content
from assessor.assessments.sample_state import read_sheet
from assessor.instruments.queries import get_status
from assessor.ui.current import the_language
from assessor.ui.formats import number, percent
from assessor.ui.parts import Chip, Fact
from checklists.decision import Reason


@dataclass(frozen=True)
class Decided:
    """The decision as it stands now."""

    outcome: Chip
    words: str
    decides: bool
    total: str
    threshold: str
    counts: str
    reasons: tuple[ReasonLine, ...]
    edition: Chip
    waits: tuple[Fact, ...] = ()  # what a provisional decision waits for
    leans: tuple[Fact, ...] = ()


def reason_lines(session: Session, judged: Judged) -> tuple[ReasonLine, ...]:
    """The reasons of the decision so far, each leading to its item, its aspect or the earlier
    finding."""
    first = {
        item.aspect.id: checklist_href(judged.assessment.id, item.id)
        for item in reversed(judged.asked.values())
    }
    reasons = judged.decision.reasons
    earlier = finding_hrefs(session, (reason.document() for reason in reasons))
    return tuple(_reason_line(judged, reason, first | earlier) for reason in reasons)


def _reason_line(judged: Judged, reason: Reason, hrefs: Mapping[str, str]) -> ReasonLine:
    """`hrefs`: where an aspect or an earlier finding is read."""
    language, checklist = the_language(), judged.checklist

    def item_text(item: str) -> str:
        return checklist.item(item).text.in_(language)

    def aspect_title(aspect: str) -> str:
        return checklist.standard.aspect(aspect).title.in_(language)

    about = [reason.item] if reason.item else []
    if reason.aspect:
        about.append(aspect_title(reason.aspect))
    href = hrefs.get(reason.values.get("finding") or reason.aspect or "", "")
    if reason.item in judged.asked:
        href = checklist_href(judged.assessment.id, reason.item)
    return ReasonLine(
        words=wording.reason_in(
            language, reason.document(), item_text=item_text, aspect_title=aspect_title
        ),
        about=" · ".join(about),
        href=href,
        chip=cause_chip(reason.code, reason.leads_to, decides=checklist.decides),
        note=is_note(reason.leads_to, decides=checklist.decides),
    )


def _counts(judged: Judged) -> str:
    result, language = judged.decision.result, the_language()
    return str(
        _(
            "%(applicable)s butir berlaku: %(scored)s dinilai, %(not_applicable)s tidak berlaku "
            "(TB), %(not_assessed)s belum dinilai (BD).",
            applicable=number(result.applicable, language),
            scored=number(result.scored, language),
            not_applicable=number(result.not_applicable, language),
            not_assessed=number(result.not_assessed, language),
        )
    )


def decided_now(session: Session, judged: Judged) -> Decided:
    """The decision by the answers of this moment."""
    language, assessment = the_language(), judged.assessment
    outcome, result = judged.decision.outcome, judged.decision.result
    decides = judged.checklist.decides
    status = get_status(session, assessment.edition, assessment.opened_at.date())
    return Decided(
        outcome=outcome_chip(outcome),
        words=wording.in_(language, wording.OUTCOME_MEANINGS, outcome),
        decides=decides,
        total=ratio_words(result.total)
        if decides
        else wording.unmet_in(language, judged.decision.unmet, result.applicable),
        threshold=percent(judged.checklist.thresholds.total, language) if decides else "",
        counts=_counts(judged),
        reasons=reason_lines(session, judged),
        edition=edition_chip(status),
        waits=waiting_facts(language, decision_document(judged)),
        leans=leaning_facts(session, judged),
    )


def leaning_facts(session: Session, judged: Judged) -> tuple[Fact, ...]:
    """What the scores lean on beside their own bases: the sample of files and the interviews."""
    language, facts = the_language(), []
    sheet = read_sheet(session, judged.assessment, judged.checklist)
    if sheet is not None:
        looked_at = sum(1 for tally in sheet.tallies.values() if tally.looked_at)
        said = _(
            "%(label)s: %(size)s berkas dari %(register)s",
            label=sheet.label,
            size=number(sheet.sample.size, language),
            register=number(sheet.register, language),
        )
        items = ngettext("%(num)s butir ditelusur", "%(num)s butir ditelusur", looked_at)
        facts.append(Fact(_("Telusur berkas"), f"{said}, {items}"))
    spoken = interviews_content(session, judged.assessment.id)
    if spoken:
        counted = (
            f"{number(each['count'], language)} {PEOPLE[each['kind']].in_(language).lower()}"
            for each in spoken
        )
        facts.append(Fact(_("Wawancara"), ", ".join(counted)))
    return tuple(facts)
