"""How does somebody who forgot the password, or never had one, choose one with a link?

Opening the link shows a form and changes nothing, so that a machine which looks at links in
messages uses none up. Nobody is signed in by it: the second step of signing in stays.
"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts import services
from assessor.accounts.forgetting import ask_for_link
from assessor.accounts.forms import ForgottenForm, NewPasswordForm
from assessor.accounts.identity import forget_first_step, forget_secret, the_attempts, the_hashing
from assessor.accounts.inviting import DeadLink, choose_password, open_link
from assessor.accounts.limits import TooManyAttempts
from assessor.accounts.models import LinkPurpose, Person
from assessor.accounts.password_rules import WeakPassword
from assessor.accounts.views import blueprint
from assessor.database.extension import db
from assessor.ui.current import say, the_clock, the_settings

GONE = 410


@dataclass(frozen=True)
class ChoosePage:
    """Whose password it is, and the form."""

    form: NewPasswordForm
    secret: str
    name: str
    user_name: str
    invitation: bool


def _dead() -> tuple[str, int]:
    return render_template("accounts/dead_link.html"), GONE


def _show(secret: str, form: NewPasswordForm, status: int) -> Response | tuple[str, int]:
    try:
        link, person = open_link(db.session(), secret, now=the_clock()())
    except DeadLink:
        return _dead()
    page = _page(form, secret, person, invitation=link.purpose is LinkPurpose.invitation)
    response = Response(
        render_template("accounts/choose_password.html", page=page), status, mimetype="text/html"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(form: NewPasswordForm, secret: str, person: Person, *, invitation: bool) -> ChoosePage:
    return ChoosePage(form, secret, person.name, person.user_name, invitation)


@blueprint.get("/account-link/<secret>")
@requires(Permission.public)
def account_link(secret: str) -> Response | tuple[str, int]:
    """The form for the password."""
    return _show(secret, NewPasswordForm(), 200)


@blueprint.post("/account-link/<secret>")
@requires(Permission.public)
def use_account_link(secret: str) -> Response | tuple[str, int]:
    """Choose the password; then sign in with it."""
    form = NewPasswordForm(request.form)
    if not form.validate():
        return _show(secret, form, 400)
    try:
        choose_password(
            db.session(),
            the_clock(),
            secret=secret,
            new=form.new_password.data or "",
            hashing=the_hashing(),
        )
    except DeadLink:
        return _dead()
    except WeakPassword as refused:
        form.new_password.errors = [say(refused.sentence)]
        return _show(secret, form, 400)
    return _to_sign_in()


def _to_sign_in() -> Response:
    """Whoever was signed in here before is out: what follows is another person's, perhaps."""
    services.sign_out(db.session(), the_actor(), the_clock())
    kept = {name: cookie[name] for name in ("language", "theme") if name in cookie}
    cookie.clear()
    cookie.update(kept)
    flash(_("Kata sandi sudah dibuat. Masuk dengan kata sandi itu."), "ok")
    response = redirect(url_for("accounts.sign_in"), 303)
    forget_secret(response)
    forget_first_step(response)
    return response


@dataclass(frozen=True)
class ForgottenPage:
    """The form, or where no mail is set up, whom to ask."""

    form: ForgottenForm
    by_mail: bool


def _forgotten(form: ForgottenForm) -> str:
    page = ForgottenPage(form, by_mail=bool(the_settings().mail_url))
    return render_template("accounts/forgotten.html", page=page)


@blueprint.get("/forgotten")
@requires(Permission.public)
def forgotten_form() -> str:
    """Whose password it is."""
    return _forgotten(ForgottenForm())


@blueprint.post("/forgotten")
@requires(Permission.public)
def forgotten() -> str | Response | tuple[str, int]:
    """Let a link be sent, if there is anywhere to send it; the answer does not say."""
    form = ForgottenForm(request.form)
    if not form.validate() or not the_settings().mail_url:
        return _forgotten(form), 400
    try:
        ask_for_link(
            db.session(),
            the_clock(),
            user_name=form.user_name.data or "",
            attempts=the_attempts(),
        )
    except TooManyAttempts as refused:
        form.form_errors.append(
            _(
                "Terlalu banyak permintaan. Tunggu %(minutes)s menit, lalu coba lagi.",
                minutes=refused.minutes,
            )
        )
        response = Response(_forgotten(form), 429, mimetype="text/html")
        response.headers["Retry-After"] = str(int(refused.wait.total_seconds()) + 1)
        return response
    return render_template("accounts/forgotten_sent.html")
