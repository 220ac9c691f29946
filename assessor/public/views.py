"""How does anybody, signed in or not, check that a report is genuine?"""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser, default_stream_factory
from werkzeug.wrappers import Response

from assessor.access.guard import requires
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.installation.settings import Name, text_of
from assessor.public import queries
from assessor.public.forms import CodeForm, FileForm
from assessor.public.limits import FileChecks
from assessor.public.pages import Answer, CheckPage, answer_to_code, answer_to_file
from assessor.public.prefixes import LARGEST, TooLarge, fingerprints
from assessor.reports.codes import read_code
from assessor.ui.current import the_clock, the_language, the_settings

blueprint = Blueprint("public", __name__, template_folder="templates")

_AROUND_THE_FILE = 64 * 1024  # the other fields and the boundaries of the form


class _FilesOfAnybody(FormDataParser):
    """Elsewhere the files of somebody who is not signed in are read past. Here they are the
    question: held in memory or an unnamed temporary file until it is answered."""

    def __init__(self, stream_factory: object = None, **more: Any) -> None:
        del stream_factory
        super().__init__(default_stream_factory, **more)


@blueprint.url_value_preprocessor
def _bound_the_request(endpoint: str | None, values: object) -> None:
    """Before anything of the body is read: nothing larger than a report comes in here."""
    del values
    request.max_content_length = LARGEST + _AROUND_THE_FILE
    if endpoint == "public.check_file":
        request.form_data_parser_class = _FilesOfAnybody


@blueprint.after_request
def _not_for_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(
    answer: Answer | None = None,
    *,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
) -> str:
    page = CheckPage(
        code_form=code_form or CodeForm(),
        file_form=file_form or FileForm(),
        megabytes=LARGEST // (1024 * 1024),
        contact="" if answer else text_of(db.session(), Name.public_contact),
        answer=answer,
    )
    return render_template("public/check.html", page=page)


@blueprint.get("/check")
@requires(Permission.public)
def check() -> str | Response | tuple[str, int]:
    """Both ways to check; a code that was typed leads to its own address."""
    if "code" not in request.args:
        return _page()
    form = CodeForm(request.args)
    if not form.validate():
        return _page(code_form=form)
    code = read_code(form.code.data or "")
    if code is None:
        return _unknown(form)
    return redirect(url_for("public.check_code", code=code), 303)


@blueprint.get("/check/<code>")
@requires(Permission.public)
def check_code(code: str) -> str | tuple[str, int]:
    """Where the QR code of a report leads."""
    read = read_code(code)
    form = CodeForm(data={"code": read or code[:60]})
    known = queries.find_by_code(db.session(), read) if read is not None else None
    if known is None:
        return _unknown(form)
    return _page(answer_to_code(known, language=the_language()), code_form=form)


def _unknown(form: CodeForm) -> tuple[str, int]:
    answer = answer_to_code(None, language=the_language())
    return _page(answer, code_form=form), 404


@blueprint.get("/check/file")
@requires(Permission.public)
def check_file_again() -> Response:
    """Where somebody gets who reloads the answer to a file by its address."""
    return redirect(url_for("public.check"), 303)


@blueprint.post("/check/file")
@requires(Permission.public)
def check_file() -> str | tuple[str, int]:
    """Compare a file with what was issued. Nothing of it is kept."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        form = FileForm()
        form.file.errors = (_("Pilih berkas PDF laporan, lalu periksa."),)
        return _page(file_form=form), 400
    session = db.session()
    FileChecks(address=request.remote_addr or "", key=the_settings().secret_key).count(
        session, the_clock()
    )
    try:
        found = fingerprints(sent)
    except TooLarge:
        return _too_large()
    match = queries.find_by_beginnings(session, found.size, found.beginnings)
    return _page(answer_to_file(match, is_pdf=found.is_pdf, language=the_language()))


@blueprint.errorhandler(413)
def _refused_for_size(error: RequestEntityTooLarge) -> tuple[str, int]:
    del error
    return _too_large()


def _too_large() -> tuple[str, int]:
    form = FileForm()
    form.file.errors = (
        _(
            "Berkas ini lebih besar dari %(megabytes)s MB, jadi bukan laporan dari sistem ini. "
            "Pilih berkas lain.",
            megabytes=LARGEST // (1024 * 1024),
        ),
    )
    return _page(file_form=form), 413
