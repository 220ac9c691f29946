"""How do people fetch the report of an assessment, and have it issued in the other language?"""

import logging
import re

from flask import Blueprint, abort, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.evidence.names import as_attachment
from assessor.journal.checkpoints import Signer, load_signer
from assessor.reports import queries, services
from assessor.sentences import Refused, Sentence
from assessor.ui.current import the_clock, the_language, the_settings, the_store

log = logging.getLogger("assessor.reports")

blueprint = Blueprint("reports", __name__)

_CHUNK = 256 * 1024


def file_name(reference: str, name: str, language: str) -> str:
    """`Laporan-NILAI-2026-0117-klinik-harapan-baru.pdf`: what it is and of whom."""
    short = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")
    parts = ("Laporan" if language == "id" else "Report", reference, short)
    return "-".join(part for part in parts if part) + ".pdf"


@blueprint.get("/assessments/<assessment_id>/report.pdf")
@requires(Permission.see_assessment, loaded_assessment)
def download(loaded: Assessment) -> Response:
    """The report as it was issued, to be saved."""
    language = request.args.get("language", the_language())
    issued = queries.issued_report(db.session(), loaded.id, language)
    if issued is None:
        abort(404)
    store = the_store()
    if not store.verify(issued.digest):
        log.critical("the store lacks the report %s, or it was altered", issued.digest)
        abort(500)
    name = db.session.get_one(Auditee, loaded.auditee_id).name
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
    response.headers["Content-Disposition"] = as_attachment(
        file_name(loaded.reference, name, issued.language)
    )
    return response


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
