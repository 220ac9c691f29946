"""How do people fetch the report of an assessment and the minutes of its closing, and have them
issued in the other language?
"""

import logging
import re
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit_models import Closing
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.evidence.names import as_attachment
from assessor.journal.checkpoints import Signer, load_signer
from assessor.reports import minutes_services, queries, services
from assessor.reports.models import IssuedMinutes, IssuedReport
from assessor.sentences import Refused, Sentence
from assessor.ui.current import the_clock, the_language, the_settings, the_store

log = logging.getLogger("assessor.reports")

blueprint = Blueprint("reports", __name__)

_CHUNK = 256 * 1024


def file_name(reference: str, name: str, language: str, *, kind: str = "") -> str:
    """`Laporan-NILAI-2026-0117-klinik-harapan-baru.pdf`: what it is and of whom."""
    short = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")
    called = kind or ("Laporan" if language == "id" else "Report")
    parts = (called, reference, short)
    return "-".join(part for part in parts if part) + ".pdf"


def _sent(issued: IssuedReport | IssuedMinutes, name: str) -> Response:
    """What was issued, to be saved under this name; never a file that was altered."""
    store = the_store()
    if not store.verify(issued.digest):
        log.critical("the store lacks the paper %s, or it was altered", issued.digest)
        abort(500)
    stream = store.open(issued.digest)
    response = Response(
        wrap_file(request.environ, stream, _CHUNK),
        mimetype="application/pdf",
        direct_passthrough=True,
    )
    if request.method == "HEAD":
        stream.close()  # nobody reads it, so nobody else closes it
    response.content_length = issued.size
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = as_attachment(name)
    return response


@blueprint.get("/assessments/<assessment_id>/report.pdf")
@requires(Permission.see_assessment, loaded_assessment)
def download(loaded: Assessment) -> Response:
    """The report as it was issued, to be saved."""
    language = request.args.get("language", the_language())
    issued = queries.issued_report(db.session(), loaded.id, language)
    if issued is None:
        abort(404)
    name = db.session.get_one(Auditee, loaded.auditee_id).name
    return _sent(issued, file_name(loaded.reference, name, issued.language))


def _signer() -> Signer:
    try:
        return load_signer(the_settings().checkpoint_key)
    except FileNotFoundError:
        raise Refused(
            Sentence(
                "Kunci titik periksa belum ada di pemasangan ini, sehingga laporan belum dapat "
                "diterbitkan. Hubungi administrator."
            )
        ) from None


@blueprint.post("/assessments/<assessment_id>/report/issue")
@requires(Permission.see_assessment, loaded_assessment)
def issue(loaded: Assessment) -> Response:
    """Have the report made in a language, once; then back to the assessment."""
    assessment_id = loaded.id
    language = request.form.get("language", "")
    services.issue_report(
        db.session(),
        the_actor(),
        the_clock(),
        store=the_store(),
        signer=_signer(),
        assessment_id=assessment_id,
        language=language,
        base_url=the_settings().base_url,
    )
    said = {
        "id": _("Laporan berbahasa Indonesia sudah terbit dan dapat diunduh."),
        "en": _("Laporan berbahasa Inggris sudah terbit dan dapat diunduh."),
    }
    flash(said[language], "ok")
    return redirect(f"/assessments/{assessment_id}", 303)


# ---- the minutes of a closing ----


@dataclass(frozen=True)
class Frozen:
    """An assessment, one of its closings, and the language somebody wants it in."""

    assessment: Assessment
    closing: Closing
    language: str


def _loaded_closing(assessment_id: str, number: int, language: str = "") -> Loaded | None:
    loaded = loaded_assessment(assessment_id)
    closings = list_closings(db.session(), assessment_id)
    found = next((each for each in closings if each.number == number), None)
    if loaded is None or found is None:
        return None
    frozen = Frozen(loaded.thing, found, language)
    return Loaded(frozen, loaded.subject, seen_with=loaded.seen_with)


@blueprint.get("/assessments/<assessment_id>/minutes/<int:number>/paper.pdf")
@requires(Permission.see_assessment, _loaded_closing)
def download_minutes(loaded: Frozen) -> Response:
    """The minutes as they were issued, to be printed and signed."""
    language = request.args.get("language", the_language())
    issued = queries.issued_minutes(db.session(), loaded.closing, language)
    if issued is None:
        abort(404)
    assessment = loaded.assessment
    name = db.session.get_one(Auditee, assessment.auditee_id).name
    kind = "Berita-acara" if issued.language == "id" else "Minutes"
    number = f"{assessment.reference}-{loaded.closing.number}"
    return _sent(issued, file_name(number, name, issued.language, kind=kind))


@blueprint.post("/assessments/<assessment_id>/minutes/<int:number>/issue/<language>")
@requires(Permission.see_assessment, _loaded_closing)
def issue_minutes(loaded: Frozen) -> Response:
    """Have the minutes made in a language, once; then back to the closing."""
    assessment_id = loaded.assessment.id
    minutes_services.issue_minutes(
        db.session(),
        the_actor(),
        the_clock(),
        store=the_store(),
        closing_id=loaded.closing.id,
        language=loaded.language,
        base_url=the_settings().base_url,
    )
    flash(_("Berita acara sudah terbit dan dapat diunduh."), "ok")
    return redirect(f"/assessments/{assessment_id}/closing#records", 303)
