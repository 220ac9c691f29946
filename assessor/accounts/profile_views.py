"""How does somebody change language, time zone, phone number and mail address in the browser?"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import StringField

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts import mail_changing, own_details
from assessor.accounts.confirming import for_signer, is_confirmed
from assessor.accounts.inviting import DeadLink
from assessor.accounts.profile_forms import MailForm, PhoneForm, ProofForm, ReadingForm
from assessor.accounts.queries import own_person
from assessor.accounts.views import blueprint
from assessor.database.extension import db
from assessor.organization.models import TimeZone
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_settings

GONE = 410


def _to_profile() -> Response:
    return redirect(url_for("accounts.profile"), 303)


# ---- language and time ----


@blueprint.get("/profile/reading")
@requires(Permission.profile)
def reading_form() -> str:
    """The form, as it is now."""
    person = own_person(db.session(), the_actor())
    form = ReadingForm(language=person.language, time_zone=person.time_zone.value)
    return render_template("accounts/reading.html", form=form)


@blueprint.post("/profile/reading")
@requires(Permission.profile)
def change_reading() -> Response | tuple[str, int]:
    """Read in another language or time, here at once."""
    form = ReadingForm(request.form)
    if not form.validate():
        return render_template("accounts/reading.html", form=form), 400
    zone = TimeZone(form.time_zone.data)
    own_details.change_reading(
        db.session(),
        the_actor(),
        the_clock(),
        language=str(form.language.data),
        time_zone=zone,
    )
    cookie["language"], cookie["zone"] = form.language.data, zone.value
    flash(_("Bahasa dan waktu sudah disimpan."), "ok")
    return _to_profile()


# ---- phone ----


@blueprint.get("/profile/phone")
@requires(Permission.profile)
def phone_form() -> str:
    """The form, as it is now."""
    person = own_person(db.session(), the_actor())
    form = for_signer(PhoneForm(phone=person.phone or ""))
    return render_template("accounts/phone.html", form=form)


@blueprint.post("/profile/phone")
@requires(Permission.profile)
def change_phone() -> Response | tuple[str, int]:
    """Another number."""
    form = for_signer(PhoneForm(request.form))
    number = form.phone.data or ""
    if not _done(
        form,
        form.phone,
        lambda: own_details.change_phone(db.session(), the_actor(), the_clock(), phone=number),
    ):
        return render_template("accounts/phone.html", form=form), 400
    flash(_("Nomor telepon sudah disimpan."), "ok")
    return _to_profile()


def _done(form: ProofForm, field: StringField, act: Callable[[], object]) -> bool:
    """Whether it was done after the person proved who it is; if not, the form says why."""
    if not form.validate() or not is_confirmed(form):
        return False
    try:
        act()
    except Refused as refused:
        field.errors = [say(refused.sentence)]
        return False
    return True


# ---- mail ----


@dataclass(frozen=True)
class MailPage:
    """The form, and what is waited for. `sends`: whether this installation sends mail at all."""

    form: MailForm
    sends: bool
    waiting: str


def _mail_page(form: MailForm) -> str:
    waiting = mail_changing.waiting_change(db.session(), str(the_actor().person_id))
    page = MailPage(
        form,
        sends=bool(the_settings().mail_url),
        waiting=waiting.address if waiting is not None else "",
    )
    return render_template("accounts/mail.html", page=page)


@blueprint.get("/profile/mail")
@requires(Permission.profile)
def mail_form() -> str:
    """The form, as it is now."""
    person = own_person(db.session(), the_actor())
    return _mail_page(for_signer(MailForm(mail=person.mail or "")))


@blueprint.post("/profile/mail")
@requires(Permission.profile)
def ask_mail_change() -> Response | tuple[str, int]:
    """Let a letter be sent to the new address, or take the present one away."""
    form = for_signer(MailForm(request.form))
    if not the_settings().mail_url:
        return _mail_page(form), 400
    address = (form.mail.data or "").strip()
    if not _done(
        form,
        form.mail,
        lambda: mail_changing.ask_mail_change(db.session(), the_actor(), the_clock(), mail=address),
    ):
        return _mail_page(form), 400
    if address:
        flash(_("Surel dikirim ke alamat baru. Buka tautan di dalamnya untuk memakainya."), "ok")
    else:
        flash(_("Alamat surel sudah dihapus dari akun Anda."), "ok")
    return _to_profile()


@blueprint.post("/profile/mail/drop")
@requires(Permission.profile)
def drop_mail_change() -> Response:
    """The present address stays."""
    mail_changing.drop_mail_change(db.session(), the_actor(), the_clock())
    flash(_("Alamat baru tidak jadi dipakai."), "ok")
    return _to_profile()


@dataclass(frozen=True)
class ConfirmPage:
    """The address that is to be used."""

    address: str
    secret: str


def _dead() -> tuple[str, int]:
    return render_template("accounts/dead_mail_link.html"), GONE


@blueprint.get("/profile/mail-link/<secret>")
@requires(Permission.profile)
def mail_link(secret: str) -> str | tuple[str, int]:
    """Ask whether this is the address; a machine that follows links changes nothing."""
    try:
        change = mail_changing.open_mail_link(db.session(), the_actor(), secret, now=the_clock()())
    except DeadLink:
        return _dead()
    page = ConfirmPage(change.address, secret)
    return render_template("accounts/confirm_mail.html", page=page)


@blueprint.post("/profile/mail-link/<secret>")
@requires(Permission.profile)
def confirm_mail(secret: str) -> Response | tuple[str, int]:
    """Use the address from now on."""
    try:
        mail_changing.confirm_mail(db.session(), the_actor(), the_clock(), secret=secret)
    except DeadLink:
        return _dead()
    flash(_("Alamat surel baru dipakai mulai sekarang."), "ok")
    return _to_profile()
