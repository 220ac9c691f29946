"""How do people sign in, sign out and look after their own account in the browser?"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import Field

from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.accounts import services
from assessor.accounts.addresses import local_path
from assessor.accounts.devices import describe_device
from assessor.accounts.expiry import (
    is_of_somebody_else,
    show_code_page,
    show_kept,
    show_sign_in,
)
from assessor.accounts.factor_codes import Second, recovery_codes_left
from assessor.accounts.factor_pages import factor_fact
from assessor.accounts.forms import PasswordForm, SecondStepForm, SignInForm
from assessor.accounts.identity import (
    become,
    forget_first_step,
    forget_secret,
    keep_first_step,
    keep_secret,
    remember_device,
    the_attempts,
    the_hashing,
)
from assessor.accounts.inviting import mail_of
from assessor.accounts.kept import Kept, read_kept
from assessor.accounts.limits import TooManyAttempts
from assessor.accounts.mail_changing import waiting_change
from assessor.accounts.models import Person, SignIn
from assessor.accounts.page_marks import TOKEN, new_token
from assessor.accounts.pages import PositionRow, ProfilePage, SignInRow, demo_accounts, role_name
from assessor.accounts.password_rules import WeakPassword
from assessor.accounts.queries import (
    Limits,
    get_own_sign_in,
    get_person,
    living_sign_ins,
    places_of,
)
from assessor.accounts.services import Device, FirstStep, Opened, WrongPassword
from assessor.database.extension import db
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_settings
from assessor.ui.parts import Fact, Link

blueprint = Blueprint("accounts", __name__, template_folder="templates")

LANGUAGES = frozenset({"id", "en"})
THEMES = frozenset({"auto", "light", "dark"})


@blueprint.get("/sign-in")
@requires(Permission.public)
def sign_in() -> Response:
    """The sign-in page; who is signed in already goes on."""
    target = local_path(request.args.get("next"))
    if the_actor().signed_in:
        return redirect(target, 303)
    return show_sign_in(SignInForm(), status=200, next_path=target)


@blueprint.post("/sign-in")
@requires(Permission.public)
def open_sign_in() -> Response:
    """Sign in, then back to where the person wanted to go, or to what was being sent."""
    form = SignInForm(request.form)
    target = local_path(request.form.get("next"))
    kept = read_kept(request.form.get("kept"))
    fill = request.form.get("fill", "")
    if the_settings().demo and fill in {each.user_name for each in demo_accounts()}:
        filled = SignInForm(data={"user_name": fill, "shared": form.shared.data})
        return show_sign_in(filled, status=200, kept=kept, next_path=target)
    if not form.validate():
        return show_sign_in(form, status=400, kept=kept, next_path=target)
    try:
        found = services.sign_in(
            db.session(),
            the_clock(),
            user_name=form.user_name.data or "",
            password=form.password.data or "",
            device=this_device(shared=bool(form.shared.data)),
            attempts=the_attempts(),
            hashing=the_hashing(),
        )
    except (WrongPassword, TooManyAttempts) as refused:
        return _refused(form, refused, kept=kept, target=target)
    shared = bool(form.shared.data)
    if isinstance(found, FirstStep):
        return show_second_step(found, shared=shared, kept=kept, target=target)
    return let_in(found, shared=shared, kept=kept, target=target)


def show_second_step(first: FirstStep, *, shared: bool, kept: Kept | None, target: str) -> Response:
    """On to the page for the code; what was being sent goes along."""
    if kept is None:
        response: Response = redirect(url_for("accounts.code_form", next=target), 303)
    else:
        response = show_code_page(SecondStepForm(), status=200, kept=kept, next_path=target)
    keep_first_step(response, first, shared=shared)
    return response


def let_in(opened: Opened, *, shared: bool, kept: Kept | None, target: str) -> Response:
    """Answer somebody who has proved everything: the browser gets its secret."""
    response = _welcome(opened, kept=kept, target=target)
    keep_secret(response, opened.secret)
    forget_first_step(response)
    if not shared:
        remember_device(response, opened.user_name)
    return response


def this_device(*, shared: bool) -> Device:
    """The browser of this request."""
    return Device(
        description=describe_device(request.user_agent.string),
        shared=shared,
        replaces=the_actor().session_id,
    )


def _refused(form: SignInForm, refused: Refused, *, kept: Kept | None, target: str) -> Response:
    form.form_errors.append(say(refused.sentence))
    if isinstance(refused, TooManyAttempts):
        response = show_sign_in(form, status=429, kept=kept, next_path=target)
        response.headers["Retry-After"] = str(int(refused.wait.total_seconds()) + 1)
        return response
    return show_sign_in(form, status=400, kept=kept, next_path=target)


def _welcome(opened: Opened, *, kept: Kept | None, target: str) -> Response:
    """Everything the browser knew before belongs to whoever was here before, but the theme."""
    theme = cookie.get("theme")
    cookie.clear()
    cookie["language"], cookie["zone"] = opened.language, opened.time_zone.value
    cookie[TOKEN] = new_token(opened.person_id, key=the_settings().secret_key)
    if theme is not None:
        cookie["theme"] = theme
    if opened.factor_was_reset:
        flash(
            _(
                "Administrator menyetel ulang masuk dua langkah Anda. Nyalakan lagi di halaman "
                "profil. Bila Anda tidak memintanya, hubungi administrator."
            ),
            "warn",
        )
    if opened.second == Second.recovery:
        _say_how_many_are_left(opened.person_id)
    if kept is None:
        return redirect(target, 303)
    if is_of_somebody_else(kept, opened.person_id):
        flash(
            _("Isian di halaman tadi ditulis orang lain, jadi tidak dikirim atas nama Anda."),
            "warn",
        )
        return redirect(target, 303)
    become(opened.secret)
    return show_kept(
        kept,
        status=200,
        title=_("Anda sudah masuk lagi; isian Anda masih ada"),
        lead=_("Isian ini belum terkirim. Periksa, lalu kirim lagi."),
    )


def _say_how_many_are_left(person_id: str) -> None:
    left = recovery_codes_left(db.session(), person_id)
    flash(
        ngettext(
            "Anda masuk dengan kode pemulihan; tersisa %(num)s kode.",
            "Anda masuk dengan kode pemulihan; tersisa %(num)s kode.",
            left,
        )
        + " "
        + _("Ponsel hilang atau ganti? Atur ulang di halaman profil, pada “Masuk dua langkah”."),
        "warn",
    )


@blueprint.post("/sign-out")
@requires(Permission.public, while_held_back=True)
def sign_out() -> Response:
    """End this sign-in. The browser forgets the pages it kept."""
    services.sign_out(db.session(), the_actor(), the_clock())
    kept = {name: cookie[name] for name in ("language", "theme") if name in cookie}
    cookie.clear()
    cookie.update(kept)
    flash(_("Anda sudah keluar."), "ok")
    response = redirect(url_for("accounts.sign_in"), 303)
    forget_secret(response)
    forget_first_step(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.post("/preferences")
@requires(Permission.public, while_held_back=True)
def preferences() -> Response:
    """Language and theme, from the menu of every page; then back to that page."""
    language, theme = request.form.get("language"), request.form.get("theme")
    if language in LANGUAGES:
        cookie["language"] = language
        if the_actor().signed_in:
            services.choose_language(db.session(), the_actor(), the_clock(), language=str(language))
    if theme in THEMES:
        cookie["theme"] = theme
    return redirect(local_path(request.form.get("next")), 303)


@blueprint.get("/profile")
@requires(Permission.profile)
def profile() -> str:
    """The own account: positions, password, where one is signed in."""
    session, actor = db.session(), the_actor()
    person = get_person(session, str(actor.person_id))
    sign_ins = living_sign_ins(
        session, person.id, now=the_clock()(), limits=Limits.of(the_settings())
    )
    places = places_of(session, actor)
    page = ProfilePage(
        details=_details(session, person),
        positions=tuple(
            PositionRow(role=role_name(held.role), place=places.get(held.position_id, ""))
            for held in actor.held
        ),
        sign_ins=tuple(_row(each) for each in sign_ins),
        factor=factor_fact(session, person.id),
    )
    return render_template("accounts/profile.html", page=page)


def _details(session: Session, person: Person) -> tuple[Fact, ...]:
    """What the person can change, each with its way there."""

    def change(endpoint: str) -> Link:
        return Link(_("Ubah"), url_for(endpoint))

    language = {"id": _("Bahasa Indonesia"), "en": "English"}[person.language]
    waiting = waiting_change(session, person.id)
    return (
        Fact(_("Nama"), person.name, note=_("Diubah oleh administrator.")),
        Fact(_("Nama masuk"), person.user_name),
        Fact(
            _("Alamat surel"),
            mail_of(person) or _("belum diisi"),
            note=_("%(address)s menunggu Anda: buka tautan di surelnya.", address=waiting.address)
            if waiting is not None
            else "",
            act=change("accounts.mail_form"),
        ),
        Fact(
            _("Nomor telepon"),
            person.phone or _("belum diisi"),
            act=change("accounts.phone_form"),
        ),
        Fact(
            _("Bahasa dan waktu setempat"),
            f"{language}, {person.time_zone.value}",
            act=change("accounts.reading_form"),
        ),
    )


def _row(each: SignIn) -> SignInRow:
    return SignInRow(
        device=each.device or _("Perangkat tak dikenal"),
        since=each.created_at,
        seen=each.seen_at,
        shared=each.shared_computer,
        present=each.id == the_actor().session_id,
        end_href=url_for("accounts.end_sign_in", sign_in_id=each.id),
    )


def _own_sign_in(sign_in_id: str) -> Loaded | None:
    found = get_own_sign_in(db.session(), the_actor(), sign_in_id)
    return None if found is None else Loaded(found, Subject(), seen_with=Permission.profile)


@blueprint.post("/profile/sign-ins/<sign_in_id>/end")
@requires(Permission.profile, _own_sign_in)
def end_sign_in(loaded: SignIn) -> Response:
    """End one of one's own sign-ins elsewhere."""
    services.end_sign_ins(db.session(), the_actor(), the_clock(), only=loaded.id)
    flash(_("Perangkat itu sudah dikeluarkan."), "ok")
    return redirect(url_for("accounts.profile"), 303)


@blueprint.post("/profile/sign-ins/end-others")
@requires(Permission.profile)
def end_other_sign_ins() -> Response:
    """End all of one's own sign-ins elsewhere."""
    services.end_sign_ins(db.session(), the_actor(), the_clock())
    flash(_("Semua perangkat lain sudah dikeluarkan."), "ok")
    return redirect(url_for("accounts.profile"), 303)


def _say_at(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


@blueprint.get("/profile/password")
@requires(Permission.profile)
def password_form() -> str:
    """The form for a new password."""
    return render_template("accounts/password.html", form=PasswordForm())


@blueprint.post("/profile/password")
@requires(Permission.profile)
def change_password() -> Response | tuple[str, int]:
    """Change the password; sign-ins elsewhere end."""
    form = PasswordForm(request.form)
    if not form.validate():
        return render_template("accounts/password.html", form=form), 400
    try:
        services.change_password(
            db.session(),
            the_actor(),
            the_clock(),
            current=form.current_password.data or "",
            new=form.new_password.data or "",
            attempts=the_attempts(),
            hashing=the_hashing(),
        )
    except WeakPassword as refused:
        _say_at(form.new_password, say(refused.sentence))
    except (WrongPassword, TooManyAttempts) as refused:
        _say_at(form.current_password, say(refused.sentence))
    if form.errors:
        return render_template("accounts/password.html", form=form), 400
    flash(_("Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan."), "ok")
    return redirect(url_for("accounts.profile"), 303)
