"""What stands on the page on which a team, or an auditee for itself, signs and hands over?"""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from assessor.assessments import wording
from assessor.assessments.closing.building import changed_lines
from assessor.assessments.document.content import screen_hash
from assessor.assessments.document.decided import decided_now
from assessor.assessments.findings.proposed import proposed_card
from assessor.assessments.findings.services import list_proposed
from assessor.assessments.judging import Judged, lacks
from assessor.assessments.models import Kind, Meaning, Mode
from assessor.assessments.page_parts import (
    checklist_href,
    kicker_of,
    overview_href,
)
from assessor.assessments.signing.forms import SignForm
from assessor.assessments.signing.parts import (
    LackGroup,
    LackLine,
    SignedFinding,
    SignPage,
)
from assessor.assessments.visit.steps import step_href
from assessor.ui.current import say, the_language
from assessor.ui.parts import Link


def build_submit(
    session: Session, judged: Judged, today: date, *, form: SignForm, stale: str = ""
) -> SignPage:
    """The page on which the team, or the auditee for itself, signs and hands over."""
    assessment, language = judged.assessment, the_language()
    own = assessment.kind is Kind.self
    missing = _lacking(judged)
    count = sum(len(group.lines) for group in missing)
    form.shown_hash.data = screen_hash(session, judged)
    return SignPage(
        h1=_("Kunci penilaian mandiri") if own else _("Kirim penilaian"),
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=ngettext(
            "%(num)s hal masih kurang. Lengkapi dulu, lalu kembali ke sini.",
            "%(num)s hal masih kurang. Lengkapi dulu, lalu kembali ke sini.",
            count,
        )
        if missing
        else _("Semua sudah lengkap. Baca sekali lagi, lalu tanda tangani."),
        form=None if missing else form,
        stale=stale,
        lacks=missing,
        decided=decided_now(session, judged),
        findings=() if own else _proposed(session, judged, today),
        findings_href=f"/assessments/{assessment.id}/findings",
        meaning=wording.in_(
            language, wording.MEANINGS, Meaning.attests if own else Meaning.submits
        ),
        button=_("Tanda tangani dan kunci") if own else _("Tanda tangani dan kirim"),
        button_icon="lock" if own else "arrow",
        own=own,
        changes=changed_lines(session, judged),
        undated_href=f"{overview_href(assessment.id)}#acts"
        if assessment.mode is Mode.on_site and assessment.visit_on is None
        else "",
    )


def _lacking(judged: Judged) -> tuple[LackGroup, ...]:
    """Everything that is lacking, by aspect in standard order."""
    language, assessment_id = the_language(), judged.assessment.id
    lines: dict[str, list[LackLine]] = {}
    for lack in lacks(judged):
        item = judged.asked.get(lack.item or "")
        title = item.aspect.title.in_(language) if item else _("Langkah penilaian")
        href = checklist_href(assessment_id, lack.item or "")
        if lack.requirement is not None:
            href = step_href(assessment_id, lack.requirement)
        line = LackLine(say(lack.sentence), href)
        lines.setdefault(title, []).append(line)
    order = [aspect.title.in_(language) for aspect in judged.checklist.standard.aspects]
    titles = sorted(lines, key=lambda each: order.index(each) if each in order else -1)
    return tuple(LackGroup(title, tuple(lines[title])) for title in titles)


def _proposed(session: Session, judged: Judged, today: date) -> tuple[SignedFinding, ...]:
    return tuple(
        SignedFinding(proposed_card(each, judged, today), each.statement)
        for each in list_proposed(session, judged)
        if not each.drop_reason
    )
