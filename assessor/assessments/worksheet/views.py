"""How does a team take a checklist away as a sheet, and enter what was written on it?"""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.blueprint import blueprint
from assessor.assessments.checklist.queries import auditee_named
from assessor.assessments.checklist.recording import Fate, Receipt
from assessor.assessments.checklist.words import why_closed
from assessor.assessments.declarations import ensure_declared
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment
from assessor.assessments.page_parts import checklist_href
from assessor.assessments.queries import subject_of
from assessor.assessments.workflow import OPEN
from assessor.assessments.worksheet.comparing import Change, Compared, answers_of, compare
from assessor.assessments.worksheet.forms import EnterForm, SheetForm
from assessor.assessments.worksheet.pages import SHEET, compared_page, sheet_page
from assessor.assessments.worksheet.reading import read_filled
from assessor.assessments.worksheet.services import enter_sheet
from assessor.assessments.worksheet.workbooks import Working, working_sheet
from assessor.database.extension import db
from assessor.instruments.carrying import packed, unpacked
from assessor.instruments.queries import get_checklist
from assessor.sentences import NotPermitted, Refused, Sentence
from assessor.ui.attempts import attempt
from assessor.ui.current import say, the_clock, the_language

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME = "lembar.xlsx"


def _shown(assessment: Assessment, form: SheetForm) -> str:
    page = sheet_page(assessment, closed=_closed(assessment), form=form)
    return render_template("assessments/worksheet.html", page=page)


def _closed(assessment: Assessment) -> str:
    """Why nothing can be entered now; empty when something can."""
    if assessment.status not in OPEN:
        return why_closed(assessment.status, mine=True)
    subject = subject_of(db.session(), assessment)
    try:
        ensure_declared(db.session(), assessment, the_actor(), subject)
    except NotPermitted as no:
        return say(no.sentence)
    return ""


@blueprint.get("/assessments/<assessment_id>/worksheet")
@requires(Permission.score, loaded_assessment)
def worksheet(loaded: Assessment) -> str:
    """Fetch the sheet, or bring it back."""
    return _shown(loaded, SheetForm())


@blueprint.get("/assessments/<assessment_id>/worksheet/file")
@requires(Permission.score, loaded_assessment)
def worksheet_file(loaded: Assessment) -> Response:
    """The sheet with what stands now."""
    session = db.session()
    named = auditee_named(session, loaded.auditee_id)
    working = Working(
        loaded,
        get_checklist(session, loaded.edition),
        answers_of(session, loaded),
        f"{loaded.reference} · {named.name}",
    )
    return Response(
        working_sheet(working, language=the_language()),
        content_type=_WORKBOOK,
        headers={"Content-Disposition": f'attachment; filename="lembar-{loaded.reference}.xlsx"'},
    )


@blueprint.post("/assessments/<assessment_id>/worksheet")
@requires(Permission.score, loaded_assessment)
def worksheet_compare(loaded: Assessment) -> str | tuple[str, int]:
    """Say what the sheet would do; nothing is written."""
    form = SheetForm()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        form.file.errors = (_("Pilih lembar yang sudah diisi."),)
        return _shown(loaded, form), 400
    raw = sent.stream.read()
    sent.close()
    compared = attempt(form, lambda: _compared(loaded, raw))
    if compared is None:
        return _shown(loaded, form), 400
    carried = EnterForm(data={"carried": packed({_NAME: raw})})
    page = compared_page(loaded, compared, carried)
    return render_template("assessments/worksheet_compared.html", page=page)


@blueprint.post("/assessments/<assessment_id>/worksheet/enter")
@requires(Permission.score, loaded_assessment)
def worksheet_enter(loaded: Assessment) -> Response | tuple[str, int]:
    """Enter the sheet, with what was chosen where both have something."""
    carried, form = EnterForm(request.form), SheetForm()
    assessment_id, edition = loaded.id, loaded.edition
    raw = unpacked(carried.carried.data or "").get(_NAME, b"")
    compared = attempt(form, lambda: _compared(loaded, raw))
    if compared is None:
        return _shown(loaded, form), 400
    chosen = list(_chosen(compared, request.form))
    db.session().rollback()  # what was read is old when the service begins
    receipts = enter_sheet(
        db.session(),
        the_actor(),
        the_clock(),
        assessment_id=assessment_id,
        edition=edition,
        changes=chosen,
    )
    _tell(receipts)
    return redirect(checklist_href(assessment_id), 303)


def _compared(assessment: Assessment, raw: bytes) -> Compared:
    """Hold a sheet against what stands. Raises Refused."""
    session = db.session()
    if assessment.status not in OPEN:
        raise Refused(
            Sentence("Penilaian ini sudah dikirim. Minta dikembalikan dulu, lalu unggah lagi.")
        )
    ensure_declared(session, assessment, the_actor(), subject_of(session, assessment))
    checklist = get_checklist(session, assessment.edition)
    return compare(read_filled(raw), assessment, checklist, answers_of(session, assessment))


def _chosen(compared: Compared, sent: Mapping[str, str]) -> "list[tuple[Change, str | None]]":
    """What is entered: all that does not clash, and of what clashes what was chosen; there the
    operation that was on the page when it was chosen is the one that was seen."""
    chosen: list[tuple[Change, str | None]] = []
    for each in compared.changes:
        if f"seen-{each.key}" in sent:
            if sent.get(f"take-{each.key}") == SHEET:
                chosen.append((each, sent[f"seen-{each.key}"] or None))
        else:
            # a clash that came up since the page was shown is kept beside what stands
            chosen.append((each, each.written.base_op))
    return chosen


def _tell(receipts: list[Receipt]) -> None:
    entered = sum(each.fate in {Fate.applied, Fate.repeated} for each in receipts)
    flash(
        ngettext(
            "%(num)s isian dari lembar sudah masuk.",
            "%(num)s isian dari lembar sudah masuk.",
            entered,
        ),
        "ok",
    )
    beside = sum(each.fate in {Fate.conflict, Fate.parked} for each in receipts)
    if beside:
        flash(
            ngettext(
                "%(num)s isian berbeda dengan yang baru saja diisi orang lain. Pilih di instrumen.",
                "%(num)s isian berbeda dengan yang baru saja diisi orang lain. Pilih di instrumen.",
                beside,
            ),
            "warn",
        )
    refused = sum(each.fate is Fate.refused for each in receipts)
    if refused:
        flash(
            ngettext(
                "%(num)s isian ditolak. Unggah lembarnya sekali lagi untuk melihatnya.",
                "%(num)s isian ditolak. Unggah lembarnya sekali lagi untuk melihatnya.",
                refused,
            ),
            "warn",
        )
