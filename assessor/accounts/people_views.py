"""How does an administrator look after people and their positions in the browser?"""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts import administering, second_factor, services
from assessor.accounts.forgetting import send_link
from assessor.accounts.handing import hand_over
from assessor.accounts.inviting import NewPerson, invite_person, mail_of, make_link
from assessor.accounts.loaders import loaded_person
from assessor.accounts.models import LinkWay, Person, Position
from assessor.accounts.pages import role_name
from assessor.accounts.people_forms import (
    DetailsForm,
    EndForm,
    InviteForm,
    PeopleForm,
    PositionForm,
)
from assessor.accounts.people_pages import offered_roles, people_page, person_page
from assessor.accounts.people_queries import (
    MOST_PLACES,
    find_places,
    offices_for,
    positions_of,
)
from assessor.accounts.positions import Place, Term, place_person
from assessor.accounts.queries import get_person, today_in
from assessor.database.extension import db
from assessor.organization.models import TimeZone
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_language, the_settings, the_zone
from assessor.ui.formats import day_in, moment

blueprint = Blueprint("people", __name__, url_prefix="/people", template_folder="templates")


def _to_person(person_id: str) -> Response:
    return redirect(url_for("people.page", person_id=person_id), 303)


@blueprint.get("")
@requires(Permission.manage_accounts)
def index() -> str:
    """Everybody the actor decides over, by name, 50 at a time."""
    page = people_page(
        db.session(), the_actor(), PeopleForm(request.args), request.args.get("at", "")
    )
    return render_template("people/index.html", page=page)


@blueprint.get("/<person_id>")
@requires(Permission.manage_accounts, loaded_person)
def page(loaded: Person) -> str:
    """One account: how it is doing, its positions, what happened to it."""
    return render_template("people/page.html", page=person_page(db.session(), the_actor(), loaded))


# ---- positions ----


def _offer(form: PositionForm) -> None:
    session, actor = db.session(), the_actor()
    form.offer("role", offered_roles(session, actor))
    form.offer("office", {each.id: each.name for each in offices_for(session, actor)})


def _chosen_place(form: PositionForm) -> Place | None:
    """Where the role is to be held; None when the form has to ask again."""
    role = form.chosen_role
    if role is None:
        return None
    if form.at_office:
        return Place(role, office_id=form.office.data)
    found = find_places(db.session(), the_actor(), form.auditee.data or "")
    if len(found) > MOST_PLACES:
        form.auditee.errors = [_("Terlalu banyak yang cocok. Tulis lebih lengkap, atau nomornya")]
        return None
    if not found:
        form.auditee.errors = [_("Tidak ditemukan. Periksa ejaannya, atau tulis nomornya")]
        return None
    chosen = next((each for each in found if each.id == form.auditee_id.data), None)
    if chosen is None and len(found) == 1:
        chosen = found[0]
    if chosen is None:
        form.auditee_id.choices = [
            SelectChoice(each.id, f"{each.name} ({each.reference})") for each in found
        ]
        form.auditee_id.errors = [_("Ada beberapa yang cocok; pilih salah satu")]
        return None
    return Place(role, auditee_id=chosen.id)


@blueprint.get("/new")
@requires(Permission.manage_accounts)
def invite_form() -> str:
    """The form for a new person."""
    form = InviteForm(time_zone=the_zone().value)
    _offer(form)
    return render_template("people/new.html", form=form)


@blueprint.post("/new")
@requires(Permission.manage_accounts)
def invite() -> Response | tuple[str, int]:
    """Give somebody an account and a first position; the next page gives the invitation."""
    form = InviteForm(request.form)
    form.today = day_in(the_clock()(), the_zone())
    _offer(form)
    place = _chosen_place(form) if form.validate() else None
    if place is not None:
        try:
            person_id = invite_person(
                db.session(),
                the_actor(),
                the_clock(),
                new=NewPerson(
                    user_name=form.sign_in_name,
                    name=form.name.data or "",
                    place=place,
                    mail=form.mail.data or "",
                    phone=form.phone.data or "",
                    time_zone=TimeZone(form.time_zone.data),
                    term=Term(form.valid_from.data, form.valid_to.data),
                ),
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Akun sudah dibuat. Sekarang buat undangannya."), "ok")
            return redirect(url_for("people.link_form", person_id=person_id), 303)
    return render_template("people/new.html", form=form), 400


@blueprint.get("/<person_id>/positions/new")
@requires(Permission.manage_accounts, loaded_person)
def position_form(loaded: Person) -> str:
    """The form for another position."""
    form = PositionForm()
    _offer(form)
    return render_template("people/position.html", form=form, person=_named(loaded))


@dataclass(frozen=True)
class Named:
    """Whom a form is about."""

    id: str
    name: str
    user_name: str


def _named(person: Person) -> Named:
    return Named(person.id, person.name, person.user_name)


@blueprint.post("/<person_id>/positions/new")
@requires(Permission.manage_accounts, loaded_person)
def give_position(loaded: Person) -> Response | tuple[str, int]:
    """Give the person another position."""
    form, person = PositionForm(request.form), _named(loaded)
    form.today = today_in(loaded.time_zone, the_clock()())
    _offer(form)
    place = _chosen_place(form) if form.validate() else None
    if place is not None:
        try:
            place_person(
                db.session(),
                the_actor(),
                the_clock(),
                person_id=person.id,
                place=place,
                term=Term(form.valid_from.data, form.valid_to.data),
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Jabatan sudah diberikan."), "ok")
            return _to_person(person.id)
    return render_template("people/position.html", form=form, person=person), 400


def _loaded_position(person_id: str, position_id: str) -> Loaded | None:
    loaded = loaded_person(person_id)
    position = db.session.scalar(
        select(Position).where(Position.id == position_id, Position.person_id == person_id)
    )
    if loaded is None or position is None:
        return None
    return Loaded(position, loaded.subject, loaded.seen_with)


@dataclass(frozen=True)
class EndPage:
    """Which position is to be ended."""

    person: Named
    position_id: str
    words: str


def _end_page(position: Position) -> EndPage:
    session = db.session()
    person = get_person(session, position.person_id)
    held = next(
        each for each in positions_of(session, [person.id])[person.id] if each.id == position.id
    )
    return EndPage(_named(person), position.id, f"{role_name(held.role)}, {held.place}")


@blueprint.get("/<person_id>/positions/<position_id>/end")
@requires(Permission.manage_accounts, _loaded_position)
def end_form(loaded: Position) -> str:
    """From which day on does it not hold any more?"""
    page = _end_page(loaded)
    person = get_person(db.session(), loaded.person_id)
    form = EndForm(on=today_in(person.time_zone, the_clock()()))
    return render_template("people/end.html", page=page, form=form)


@blueprint.post("/<person_id>/positions/<position_id>/end")
@requires(Permission.manage_accounts, _loaded_position)
def end_position(loaded: Position) -> Response | tuple[str, int]:
    """End a position."""
    form, page = EndForm(request.form), _end_page(loaded)
    form.today = today_in(get_person(db.session(), loaded.person_id).time_zone, the_clock()())
    if not form.validate():
        return render_template("people/end.html", page=page, form=form), 400
    services.end_position(
        db.session(), the_actor(), the_clock(), position_id=page.position_id, on=form.on.data
    )
    flash(_("Jabatan sudah diakhiri."), "ok")
    return _to_person(page.person.id)


# ---- the account ----


@blueprint.get("/<person_id>/details")
@requires(Permission.manage_accounts, loaded_person)
def details_form(loaded: Person) -> str:
    """Name, phone, mail, time zone."""
    form = DetailsForm(
        name=loaded.name,
        phone=loaded.phone or "",
        mail=loaded.mail or "",
        time_zone=loaded.time_zone.value,
    )
    return render_template("people/details.html", form=form, person=_named(loaded))


@blueprint.post("/<person_id>/details")
@requires(Permission.manage_accounts, loaded_person)
def change_details(loaded: Person) -> Response | tuple[str, int]:
    """Correct them."""
    form, person = DetailsForm(request.form), _named(loaded)
    if form.validate():
        try:
            administering.change_details(
                db.session(),
                the_actor(),
                the_clock(),
                person_id=person.id,
                name=form.name.data or "",
                mail=form.mail.data or "",
                phone=form.phone.data or "",
                time_zone=TimeZone(form.time_zone.data),
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Keterangan sudah diubah."), "ok")
            return _to_person(person.id)
    return render_template("people/details.html", form=form, person=person), 400


@dataclass(frozen=True)
class LinkPage:
    """How a link can reach the person; afterwards the message, once."""

    person: Named
    invitation: bool
    mail: str  # empty where none can be sent
    message: str = ""
    until: str = ""


def _link_page(person: Person, *, message: str = "", until: str = "") -> LinkPage:
    return LinkPage(
        person=_named(person),
        invitation=not person.password_hash,
        mail=(mail_of(person) or "") if the_settings().mail_url else "",
        message=message,
        until=until,
    )


@blueprint.get("/<person_id>/link")
@requires(Permission.manage_accounts, loaded_person)
def link_form(loaded: Person) -> str:
    """How is the link to reach the person?"""
    return render_template("people/link.html", page=_link_page(loaded))


@blueprint.post("/<person_id>/link")
@requires(Permission.manage_accounts, loaded_person)
def make_link_by_hand(loaded: Person) -> Response:
    """Make a link to be handed over, and show its message this once."""
    session, person_id = db.session(), loaded.id
    made = make_link(session, the_actor(), the_clock(), person_id=person_id, way=LinkWay.hand)
    person = get_person(session, person_id)
    shown = _link_page(
        person,
        message=hand_over(person, made, base_url=the_settings().base_url),
        until=moment(made.expires_at, the_zone(), the_language()),
    )
    return Response(render_template("people/handed.html", page=shown), mimetype="text/html")


@blueprint.post("/<person_id>/link/mail")
@requires(Permission.manage_accounts, loaded_person)
def send_link_by_mail(loaded: Person) -> Response:
    """Let a link be sent; it is made when the mail leaves."""
    person_id = loaded.id
    if not the_settings().mail_url:
        flash(_("Pengiriman surel belum disiapkan. Kirim lewat WhatsApp saja."), "warn")
        return redirect(url_for("people.link_form", person_id=person_id), 303)
    send_link(db.session(), the_actor(), the_clock(), person_id=person_id)
    flash(_("Surel dengan tautan akan dikirim dalam beberapa menit."), "ok")
    return _to_person(person_id)


@blueprint.post("/<person_id>/disable")
@requires(Permission.manage_accounts, loaded_person)
def disable(loaded: Person) -> Response:
    """The person may no longer sign in."""
    person_id = loaded.id
    services.disable_person(db.session(), the_actor(), the_clock(), person_id=person_id)
    flash(_("Akun sudah dinonaktifkan, dan keluar dari semua perangkat."), "ok")
    return _to_person(person_id)


@blueprint.post("/<person_id>/enable")
@requires(Permission.manage_accounts, loaded_person)
def enable(loaded: Person) -> Response:
    """The person may sign in again."""
    person_id = loaded.id
    administering.enable_person(db.session(), the_actor(), the_clock(), person_id=person_id)
    flash(_("Akun sudah aktif lagi."), "ok")
    return _to_person(person_id)


@blueprint.post("/<person_id>/try-again")
@requires(Permission.manage_accounts, loaded_person)
def lift_hold(loaded: Person) -> Response:
    """The person may try again at once."""
    person_id = loaded.id
    administering.lift_hold(db.session(), the_actor(), the_clock(), person_id=person_id)
    flash(_("Orang ini dapat langsung mencoba lagi."), "ok")
    return _to_person(person_id)


@blueprint.post("/<person_id>/sign-ins/end")
@requires(Permission.manage_accounts, loaded_person)
def end_sign_ins(loaded: Person) -> Response:
    """Put the person out everywhere."""
    person_id = loaded.id
    ended = administering.end_all_sign_ins(
        db.session(), the_actor(), the_clock(), person_id=person_id
    )
    flash(
        ngettext(
            "%(num)s perangkat sudah dikeluarkan.", "%(num)s perangkat sudah dikeluarkan.", ended
        ),
        "ok",
    )
    return _to_person(person_id)


@blueprint.post("/<person_id>/second-factor/reset")
@requires(Permission.manage_accounts, loaded_person)
def reset_factor(loaded: Person) -> Response:
    """The person lost the app: the password alone, until it is switched on anew."""
    person_id = loaded.id
    try:
        second_factor.reset_factor(db.session(), the_actor(), the_clock(), person_id=person_id)
    except Refused as refused:
        flash(say(refused.sentence), "info")
    else:
        flash(_("Masuk dua langkah sudah disetel ulang. Orang ini diberi tahu."), "ok")
    return _to_person(person_id)
