"""What happens to a request whose sender is not, or no longer, signed in?

Nothing that was typed is lost: a posted form comes back with the sign-in page and is offered again
afterwards. The same holds for a form whose token is too old.
"""

from flask import jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge, Unauthorized
from werkzeug.wrappers import Response

from assessor.access.guard import the_actor
from assessor.accounts.addresses import HOME, local_path
from assessor.accounts.forms import SecondStepForm, SignInForm
from assessor.accounts.kept import Kept, keep, read_kept
from assessor.accounts.page_marks import TOKEN, is_of_another, owner_of
from assessor.accounts.pages import DEMO_PASSWORD, CodePage, KeptPage, SignInPage, demo_accounts
from assessor.ui.current import the_settings

_MOST_FILES_READ_PAST = 12


def wants_json() -> bool:
    """Whether a script asks, not a page."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def ask_to_sign_in() -> Response:
    """The answer to somebody who needs to be signed in and is not."""
    if wants_json():
        answer = jsonify(
            status=401,
            error=_("Waktu masuk Anda sudah habis. Masuk lagi untuk melanjutkan."),
            sign_in=url_for("accounts.sign_in"),
        )
        answer.status_code = 401
        return answer
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.sign_in", next=_present_path()), 303)
    if request.method != "POST":
        raise Unauthorized
    kept = keep_present()
    return show_sign_in(
        SignInForm(),
        status=401,
        kept=kept,
        title=_("Waktu masuk Anda sudah habis; isian Anda tetap ada")
        if kept is not None
        else _("Waktu masuk Anda sudah habis"),
        lead=_("Masuk lagi. Setelah itu Anda dapat mengirim isian tadi tanpa mengetik ulang.")
        if kept is not None
        else _("Masuk lagi, lalu buka kembali halaman tadi."),
    )


def answer_lost_token() -> Response | None:
    """The answer to a form whose token does not hold; None when nothing can be kept of it."""
    if wants_json() or request.method != "POST":
        return None
    if request.endpoint == "accounts.open_sign_in":
        form = SignInForm(request.form)
        return show_sign_in(
            form,
            status=400,
            kept=read_kept(request.form.get("kept")),
            next_path=local_path(request.form.get("next")),
            lead=_("Halaman ini sudah terlalu lama terbuka. Isi kata sandi, lalu masuk lagi."),
        )
    if request.endpoint == "accounts.enter_code":
        return show_code_page(
            SecondStepForm(),
            status=400,
            kept=read_kept(request.form.get("kept")),
            next_path=local_path(request.form.get("next")),
        )
    kept = keep_present() if the_actor().signed_in else None
    if kept is None or is_of_somebody_else(kept, the_actor().person_id):
        return None
    return show_kept(
        kept,
        status=400,
        title=_("Isian Anda belum terkirim, dan tetap ada"),
        lead=_("Halaman tadi sudah terlalu lama terbuka. Periksa isian Anda, lalu kirim lagi."),
    )


def is_of_somebody_else(kept: Kept, person_id: str | None) -> bool:
    """Whether somebody else typed this; a person is never shown it as one's own."""
    return is_of_another(kept.owner, person_id, key=the_settings().secret_key)


def show_sign_in(
    form: SignInForm,
    *,
    status: int,
    kept: Kept | None = None,
    next_path: str = HOME,
    title: str = "",
    lead: str = "",
) -> Response:
    """The sign-in page."""
    demo = the_settings().demo
    page = SignInPage(
        title=title or _("Masuk"),
        lead=lead,
        form=form,
        next=next_path,
        kept=kept,
        demo_accounts=demo_accounts() if demo else (),
        demo_password=DEMO_PASSWORD if demo else "",
    )
    return _page(render_template("accounts/sign_in.html", page=page), status)


def show_code_page(
    form: SecondStepForm, *, status: int, kept: Kept | None = None, next_path: str = HOME
) -> Response:
    """The page of the second step. It does not say whose account it is."""
    page = CodePage(
        form=form,
        next=next_path,
        kept=kept,
        lead=_("Buka aplikasi pembuat kode di ponsel Anda, lalu ketik enam angka yang tampil."),
    )
    response = _page(render_template("accounts/code.html", page=page), status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def show_kept(kept: Kept, *, status: int, title: str, lead: str) -> Response:
    """What was posted in vain, with a button that sends it again."""
    page = KeptPage(title=title, lead=lead, kept=kept, person_name=the_actor().name)
    return _page(render_template("accounts/kept.html", page=page), status)


def _page(html: str, status: int) -> Response:
    return Response(html, status=status, content_type="text/html; charset=utf-8")


def _present_path() -> str:
    return request.full_path if request.query_string else request.path


def keep_present() -> Kept | None:
    """The posted form; None when it is larger than anything we would take."""
    if not the_actor().signed_in:
        # files came along, perhaps: they are read past for the sake of the fields beside them
        request.max_content_length = _MOST_FILES_READ_PAST * the_settings().upload_limit
    try:
        fields = list(request.form.items(multi=True))
        files = any(each.filename for each in request.files.values())
    except RequestEntityTooLarge:
        return None
    owner = owner_of(request.form.get(TOKEN), key=the_settings().secret_key)
    kept = keep(_present_path(), fields, files=files, owner=owner)
    return None if kept.path == HOME else kept
