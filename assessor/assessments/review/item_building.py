"""What stands on the page on which somebody outside the team looks at one item?"""

import json
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from assessor.access.guard import the_actor
from assessor.access.permissions import Permission
from assessor.assessments.document.answers import AnswerRow, answer_row
from assessor.assessments.document.content import build_content
from assessor.assessments.document.told import tell
from assessor.assessments.judging import Judged
from assessor.assessments.page_parts import kicker_of, may
from assessor.assessments.review.building import (
    RemarkLine,
    choice_words,
    concern_titles,
    remark_lines,
    review_href,
    worry_words,
)
from assessor.assessments.review.exceptions_first import Exceptional
from assessor.assessments.review.forms import CorrectForm, RemarkForm
from assessor.assessments.review.services import READINGS
from assessor.assessments.review.state import ToLookAt, to_look_at
from assessor.ui.choices import offer
from assessor.ui.current import the_language, the_settings
from assessor.ui.parts import Link
from checklists.model import NOT_APPLICABLE


@dataclass(frozen=True)
class ReviewItemPage:
    """One item with everything that was said to it, and what the reader can say."""

    h1: str
    text: str
    kicker: str
    back: Link
    lead: str
    row: AnswerRow
    answered: str
    concerns: str
    good: str
    remarks: tuple[RemarkLine, ...]
    seen: bool
    see_action: str
    see_label: str
    remark_action: str
    correct_action: str
    remark_form: RemarkForm
    correct_form: CorrectForm
    after: Link | None


def decide_href(judged: Judged) -> str:
    """The page on which the reader signs."""
    return f"/assessments/{judged.assessment.id}/{READINGS[judged.assessment.status].act.value}"


def next_unseen(looked: ToLookAt, item: str) -> str:
    """The mandatory item to look at after this one, empty when none is left."""
    waiting = [each.item.id for each in looked.unseen if each.item.id != item]
    order = [each.item.id for each in looked.found]
    place = order.index(item) if item in order else -1
    later = [each for each in waiting if order.index(each) > place]
    return next(iter(later or waiting), "")


def _concerns(judged: Judged, exceptional: Exceptional | None) -> str:
    if exceptional is None:
        return ""
    title = concern_titles()[exceptional.concern][0]
    return " · ".join([title, *worry_words(judged, exceptional)])


def _correct_form(judged: Judged, item: str, form: CorrectForm | None) -> CorrectForm:
    form = form or CorrectForm()
    standing = judged.state.choice(item)
    codes = [choice.code for choice in judged.checklist.scale] + [NOT_APPLICABLE]
    offer(form.choice, {code: choice_words(judged, code) for code in codes if code != standing})
    return form


def build_review_item(
    session: Session,
    judged: Judged,
    item: str,
    *,
    remark_form: RemarkForm | None = None,
    correct_form: CorrectForm | None = None,
) -> ReviewItemPage:
    """The page in the reader's language."""
    assessment, asked, language = judged.assessment, judged.asked[item], the_language()
    person_id = the_actor().person_id or ""
    looked = to_look_at(session, judged, person_id)
    content = build_content(session, judged, demo=the_settings().demo)
    told = tell(json.loads(json.dumps(content)), language)
    found = next(each for each in told.content["items"] if each["item"] == item)
    titles = {each["id"]: each for each in told.content["evidence"]}
    exceptional = next((each for each in looked.found if each.item.id == item), None)
    said = [each for each in looked.remarks if each.item == item]
    own = [each for each in said if each.made_by == person_id and each.in_round == looked.in_round]
    after = next_unseen(looked, item)
    return ReviewItemPage(
        h1=item,
        text=asked.text.in_(language),
        kicker=kicker_of(session, assessment),
        back=Link(_("Semua yang perlu dilihat"), f"{decide_href(judged)}#exceptions"),
        lead=_(
            "%(seen)s dari %(all)s butir wajib sudah Anda lihat.",
            seen=looked.mandatory - len(looked.unseen),
            all=looked.mandatory,
        ),
        row=answer_row(told, found, titles, links=may(Permission.see_evidence)),
        answered=told.choice_text(found["answered"]),
        concerns=_concerns(judged, exceptional),
        good=asked.requirement.good.in_(language),
        remarks=remark_lines(session, judged, said, on_checklist=False),
        seen=item in looked.seen,
        see_action=url_for("assessments.see", assessment_id=assessment.id),
        see_label=_("Sudah saya lihat, lanjut") if after else _("Sudah saya lihat"),
        remark_action=url_for("assessments.remark", assessment_id=assessment.id, item=item),
        correct_action=url_for("assessments.correct", assessment_id=assessment.id, item=item),
        remark_form=remark_form or RemarkForm(data={"words": own[-1].words if own else ""}),
        correct_form=_correct_form(judged, item, correct_form),
        after=Link(_("Butir berikutnya: %(item)s", item=after), review_href(assessment.id, after))
        if after
        else None,
    )
