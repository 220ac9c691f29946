"""What came out, why, and what does each answer say?"""

import logging

from flask import render_template

from assessor.access.guard import requires
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.document.answers import build_answers
from assessor.assessments.document.told import Told, read_told
from assessor.assessments.history import get_kin, list_reports
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment
from assessor.assessments.objection_queries import list_objections
from assessor.assessments.page_parts import may
from assessor.assessments.result.building import build_result
from assessor.assessments.seal import BrokenSeal
from assessor.assessments.visit.paper_building import papers_in_short
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.sentences import Refused, Sentence
from assessor.ui.current import the_clock, the_language, the_settings
from assessor.ui.formats import Zone, day_in

log = logging.getLogger("assessor.assessments")

_BROKEN = Sentence(
    "Isi yang dikunci tidak cocok dengan akarnya, jadi tidak ditampilkan. Hubungi administrator."
)


def _told(assessment: Assessment) -> Told:
    session = db.session()
    auditee = session.get_one(Auditee, assessment.auditee_id)
    today = day_in(the_clock()(), Zone(auditee.time_zone.value))
    try:
        return read_told(
            session,
            assessment,
            language=the_language(),
            today=today,
            demo=the_settings().demo,
        )
    except BrokenSeal as broken:
        log.critical("the sealed document of %s does not give its root", assessment.id)
        raise Refused(_BROKEN) from broken


@blueprint.get("/assessments/<assessment_id>/result")
@requires(Permission.see_assessment, loaded_assessment)
def result(loaded: Assessment) -> str:
    """Scores, decision and reasons."""
    session = db.session()
    told = _told(loaded)
    page = build_result(
        session,
        told,
        loaded.id,
        kin=get_kin(session, loaded),
        reports=list_reports(session, loaded.id),
        objections=list_objections(session, loaded.id),
        papers=papers_in_short(session, loaded, told.zone) if told.content.get("closings") else (),
    )
    return render_template("assessments/result.html", page=page)


@blueprint.get("/assessments/<assessment_id>/answers")
@requires(Permission.see_assessment, loaded_assessment)
def answers(loaded: Assessment) -> str:
    """All items as the report prints them."""
    page = build_answers(_told(loaded), loaded.id, may_see_evidence=may(Permission.see_evidence))
    return render_template("assessments/answers.html", page=page)
