"""How does a person give the code of the second step, switch it on and off, and keep a way back?

Recovery codes and the app's secret are shown in the answer to an act and nowhere else. Somebody
whose role asks for a second step and who has none gets this page instead of any other.
"""

from dataclasses import dataclass

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts import second_factor as acts
from assessor.accounts.addresses import HOME, local_path
from assessor.accounts.confirming import proved
from assessor.accounts.expiry import (
    is_of_somebody_else,
    keep_present,
    show_code_page,
    wants_json,
)
from assessor.accounts.factor_codes import PURPOSE, are_living
from assessor.accounts.factor_pages import factor_page, switch_on_page
from assessor.accounts.forms import FactorForm, SecondStepForm, SwitchOnForm
from assessor.accounts.identity import (
    forget_first_step,
    the_first_step,
    the_hashing,
    the_proving,
    the_sealer,
)
from assessor.accounts.kept import Kept, read_kept
from assessor.accounts.limits import TooManyAttempts
from assessor.accounts.queries import get_person
from assessor.accounts.second_factor import OldOffer, make_offer, read_offer
from assessor.accounts.second_step import BeginAgain, WrongCode, pass_second_step
from assessor.accounts.views import blueprint, let_in, this_device
from assessor.database.extension import db
from assessor.sentences import NotPermitted, Refused, Sentence
from assessor.ui.current import say, the_clock
from assessor.ui.form_page import Asked, FormPage, show_form
from assessor.ui.parts import Link

# ---- signing in ----


def _to_the_first(target: str) -> Response:
    return redirect(url_for("accounts.sign_in", next=None if target == HOME else target), 303)


def _from_the_beginning(words: str, target: str) -> Response:
    flash(words, "warn")
    response = _to_the_first(target)
    forget_first_step(response)
    return response


@blueprint.get("/sign-in/code")
@requires(Permission.public)
def code_form() -> Response:
    """The page of the second step, for a browser that has taken the first."""
    target = local_path(request.args.get("next"))
    if the_actor().signed_in:
        return redirect(target, 303)
    if the_first_step() is None:
        return _to_the_first(target)
    return show_code_page(SecondStepForm(), status=200, next_path=target)


@blueprint.post("/sign-in/code")
@requires(Permission.public)
def enter_code() -> Response:
    """The code of the second step; then as after any sign-in."""
    form, kept = SecondStepForm(request.form), read_kept(request.form.get("kept"))
    target = local_path(request.form.get("next"))
    found = the_first_step()
    if found is None:
        return _from_the_beginning(say(BeginAgain().sentence), target)
    first, shared = found
    if not form.validate() or not form.typed:
        if not form.errors:
            form.say(_("Isi kode enam angka dari aplikasi di ponsel Anda"))
        return show_code_page(form, status=400, kept=kept, next_path=target)
    try:
        opened = pass_second_step(
            db.session(),
            the_clock(),
            first=first,
            code=form.typed,
            device=this_device(shared=shared),
            proving=the_proving(),
        )
    except BeginAgain as refused:
        return _from_the_beginning(say(refused.sentence), target)
    except (WrongCode, TooManyAttempts) as refused:
        return _refused(form, refused, kept=kept, target=target)
    return let_in(opened, shared=shared, kept=kept, target=target)


def _refused(form: SecondStepForm, refused: Refused, *, kept: Kept | None, target: str) -> Response:
    form.say(say(refused.sentence))
    if isinstance(refused, TooManyAttempts):
        response = show_code_page(form, status=429, kept=kept, next_path=target)
        response.headers["Retry-After"] = str(int(refused.wait.total_seconds()) + 1)
        return response
    return show_code_page(form, status=400, kept=kept, next_path=target)


# ---- having to ----


def ask_first() -> Response:
    """The answer to somebody who has to switch the second step on before anything else."""
    if wants_json():
        # as to somebody not signed in: scripts then keep what was typed and lead to a page
        answer = jsonify(
            status=401,
            error=_("Nyalakan dulu masuk dua langkah; jabatan Anda mewajibkannya."),
            sign_in=url_for("accounts.second_factor"),
        )
        answer.status_code = 401
        return answer
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.second_factor"), 303)
    if request.method != "POST":  # by a script: nothing that a page could send again
        raise NotPermitted(Sentence("Nyalakan masuk dua langkah dulu; jabatan Anda mewajibkannya."))
    return _show_switch_on(SwitchOnForm(), status=403, kept=keep_present())


# ---- on ----


def _user_name() -> str:
    return get_person(db.session(), str(the_actor().person_id)).user_name


def _show_switch_on(
    form: SwitchOnForm, *, status: int, kept: Kept | None = None, offer: acts.Offer | None = None
) -> Response:
    if offer is None:
        offer = make_offer(the_sealer(PURPOSE), str(the_actor().person_id), the_clock()())
    if kept is not None and is_of_somebody_else(kept, the_actor().person_id):
        kept = None
    page = switch_on_page(form, offer, user_name=_user_name(), kept=kept)
    html = render_template("accounts/switch_on.html", page=page)
    return Response(html, status, mimetype="text/html")


@blueprint.get("/profile/second-factor")
@requires(Permission.second_factor, while_held_back=True)
def second_factor() -> Response:
    """How it is; who has it off sees how to switch it on."""
    page = factor_page(db.session(), the_actor())
    if page is None:
        return _show_switch_on(SwitchOnForm(), status=200)
    return Response(render_template("accounts/factor.html", page=page), mimetype="text/html")


@blueprint.post("/profile/second-factor")
@requires(Permission.second_factor, while_held_back=True)
def switch_on() -> Response:
    """Switch it on with the first code; the recovery codes are shown this once."""
    form, kept = SwitchOnForm(request.form), read_kept(request.form.get("kept"))
    if factor_page(db.session(), the_actor()) is not None:
        return redirect(url_for("accounts.second_factor"), 303)
    try:
        offer = read_offer(
            the_sealer(PURPOSE),
            form.offer.data or "",
            str(the_actor().person_id),
            the_clock()(),
        )
    except OldOffer as refused:
        form.form_errors.append(say(refused.sentence))
        return _show_switch_on(form, status=400, kept=kept)
    codes = None
    if form.validate():
        codes = proved(
            form,
            form.current_password,
            lambda: acts.switch_on(
                db.session(),
                the_actor(),
                the_clock(),
                offer=offer,
                password=form.current_password.data or "",
                code=form.factor_code.data or "",
                hashing=the_hashing(),
                proving=the_proving(),
            ),
        )
    if codes is None:
        return _show_switch_on(form, status=400, kept=kept, offer=offer)
    return _show_codes(codes, kept=kept, fresh=True)


@dataclass(frozen=True)
class CodesPage:
    """The recovery codes, this once."""

    codes: tuple[str, ...]
    fresh: bool  # the second step was switched on with them
    kept: Kept | None
    home: str

    @property
    def words(self) -> str:
        """All of them in a hidden field."""
        return " ".join(self.codes)


def _show_codes(codes: tuple[str, ...], *, kept: Kept | None, fresh: bool) -> Response:
    home = HOME if fresh else url_for("accounts.second_factor")
    if kept is not None and is_of_somebody_else(kept, the_actor().person_id):
        kept = None
    page = CodesPage(codes, fresh, kept, home)
    return Response(render_template("accounts/codes.html", page=page), mimetype="text/html")


# ---- a way back, and off ----


def _back() -> Link:
    return Link(_("Masuk dua langkah"), url_for("accounts.second_factor"))


def _asked() -> tuple[Asked, ...]:
    return (
        Asked("current_password", width="medium"),
        Asked(
            "factor_code", _("Enam angka dari aplikasi, atau satu kode pemulihan."), width="short"
        ),
    )


def _codes_page(form: FactorForm) -> FormPage:
    return FormPage(
        title=_("Buat kode pemulihan baru"),
        lead=_("Sepuluh kode baru menggantikan semua kode yang lama."),
        back=_back(),
        action=url_for("accounts.make_codes"),
        form=form,
        fields=_asked(),
        button=_("Buat kode baru"),
    )


@blueprint.get("/profile/second-factor/codes")
@requires(Permission.second_factor)
def codes_form() -> tuple[str, int]:
    """Ask who it is."""
    return show_form(_codes_page(FactorForm()))


@blueprint.post("/profile/second-factor/codes")
@requires(Permission.second_factor)
def make_codes() -> Response | tuple[str, int]:
    """New recovery codes, shown this once."""
    form = FactorForm(request.form)
    if form.validate():
        codes = proved(
            form,
            form.current_password,
            lambda: acts.renew_recovery_codes(
                db.session(),
                the_actor(),
                the_clock(),
                password=form.current_password.data or "",
                code=form.factor_code.data or "",
                hashing=the_hashing(),
                proving=the_proving(),
            ),
        )
        if codes is not None:
            return _show_codes(codes, kept=None, fresh=False)
    return show_form(_codes_page(form), 400)


@blueprint.post("/profile/second-factor/codes.txt")
@requires(Permission.second_factor)
def codes_file() -> Response:
    """The codes on the page as a file. They come with the request; nobody keeps them here."""
    codes = tuple(request.form.get("codes", "")[:400].split())
    if not are_living(db.session(), str(the_actor().person_id), codes):
        flash(_("Kode di halaman itu tidak bisa dipakai lagi. Buat yang baru."), "warn")
        return redirect(url_for("accounts.second_factor"), 303)
    lines = (
        _("Kode pemulihan Asesor 8807"),
        _("Nama masuk: %(name)s", name=_user_name()),
        _("Satu kode sekali pakai. Simpan di tempat yang tidak dibaca orang lain."),
        "",
        *codes,
        "",
    )
    response = Response("\r\n".join(lines), mimetype="text/plain")
    response.headers.set("Content-Disposition", "attachment", filename="kode-pemulihan.txt")
    return response


def _off_page(form: FactorForm) -> FormPage:
    return FormPage(
        title=_("Matikan masuk dua langkah"),
        lead=_("Setelah itu kata sandi saja cukup untuk masuk ke akun Anda."),
        back=_back(),
        action=url_for("accounts.switch_off"),
        form=form,
        fields=_asked(),
        button=_("Matikan"),
        notes=(_("Perangkat lain yang sedang masuk ke akun Anda akan dikeluarkan."),),
    )


@blueprint.get("/profile/second-factor/off")
@requires(Permission.second_factor)
def off_form() -> tuple[str, int]:
    """Ask who it is."""
    return show_form(_off_page(FactorForm()))


@blueprint.post("/profile/second-factor/off")
@requires(Permission.second_factor)
def switch_off() -> Response | tuple[str, int]:
    """Switch it off."""
    form = FactorForm(request.form)

    def act() -> bool:
        acts.switch_off(
            db.session(),
            the_actor(),
            the_clock(),
            password=form.current_password.data or "",
            code=form.factor_code.data or "",
            hashing=the_hashing(),
            proving=the_proving(),
        )
        return True

    if form.validate() and proved(form, form.current_password, act):
        flash(_("Masuk dua langkah sudah dimatikan. Perangkat lain sudah dikeluarkan."), "ok")
        return redirect(url_for("accounts.profile"), 303)
    return show_form(_off_page(form), 400)
