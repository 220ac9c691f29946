"""Where are offices seen, opened, changed, moved and closed?"""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.administration.forms import (
    NewOfficeForm,
    OfficeForm,
    SearchForm,
)
from assessor.administration.office_building import office_page, offices_page
from assessor.database.extension import db
from assessor.organization.changing import change_office, seen_of
from assessor.organization.finding import offices_in_order
from assessor.organization.loaders import loaded_office, the_own_part, the_whole_house
from assessor.organization.models import Office, OfficeKind, TimeZone
from assessor.organization.reach import is_at_the_top
from assessor.organization.services import ABOVE, NewOffice, open_office
from assessor.ui.attempts import attempt
from assessor.ui.choices import offer, offered
from assessor.ui.current import the_clock
from assessor.ui.form_page import Asked, FormPage, show_form
from assessor.ui.formats import Zone, day_in
from assessor.ui.parts import Link

blueprint = Blueprint("offices", __name__, template_folder="templates")


def may_see_to(permission: Permission) -> bool:
    """Whether the reader may do this to what the page is about."""
    loaded = the_request().loaded
    return loaded is not None and decide(the_actor(), permission, loaded.subject).allowed


def today_at(office: Office) -> date:
    """The day it is where the office is."""
    return day_in(the_clock()(), Zone(office.time_zone.value))


def back_to(office: Office) -> Link:
    """Where the form of an office leads back to."""
    return Link(office.name, url_for("offices.page", office_id=office.id))


@blueprint.get("/offices")
@requires(Permission.see_office, the_own_part)
def index(loaded: None) -> str:
    """The tree of offices that the reader sees."""
    del loaded
    session, actor = db.session(), the_actor()
    page = offices_page(
        session, actor, SearchForm(request.args), arranges=is_at_the_top(session, actor)
    )
    return render_template("administration/offices.html", page=page)


@blueprint.get("/offices/<office_id>")
@requires(Permission.see_office, loaded_office)
def page(loaded: Office) -> str:
    """One office: its people, its area, what is below it."""
    shown = office_page(
        db.session(),
        the_actor(),
        loaded,
        today_at(loaded),
        arranges=may_see_to(Permission.arrange_offices),
        keeps_days=may_see_to(Permission.keep_days),
    )
    return render_template("administration/office.html", page=shown)


def _offer_zones(form: OfficeForm) -> None:
    offer(form.time_zone, {zone.value: zone.value for zone in TimeZone})


def _right_zone(form: OfficeForm) -> bool:
    if form.time_zone.data not in offered(form.time_zone):
        form.time_zone.errors = [_("Pilih waktu setempat kantor.")]
    return not form.errors


# ---- open ----


def parents_of_kind(kinds: tuple[OfficeKind, ...]) -> dict[str, str]:
    """The offices that an office can stand below, as the tree is read."""
    return {
        office.id: office.name
        for office, _depth in offices_in_order(db.session(), the_actor())
        if office.kind in kinds and office.closed_on is None
    }


def _new_page(form: NewOfficeForm) -> FormPage:
    _offer_zones(form)
    offer(
        form.parent,
        parents_of_kind((OfficeKind.centre, OfficeKind.bnnp)),
        none=_("Pilih kantornya"),
    )
    return FormPage(
        title=_("Buka kantor baru"),
        lead=_("Di bawah pusat berdiri BNNP, di bawah BNNP berdiri BNNK."),
        back=Link(_("Kantor"), url_for("offices.index")),
        action=url_for("offices.open_it"),
        form=form,
        fields=(
            Asked("parent", width="medium"),
            Asked("name"),
            Asked("short_name", _("Tampil di daftar dan tabel."), "medium"),
            Asked("time_zone", width="short"),
        ),
        button=_("Buka kantor"),
    )


@blueprint.get("/offices/new")
@requires(Permission.arrange_offices, the_whole_house)
def new(loaded: None) -> tuple[str, int]:
    """The form for a new office."""
    del loaded
    return show_form(_new_page(NewOfficeForm(data={"time_zone": TimeZone.wib.value})))


@blueprint.post("/offices/new")
@requires(Permission.arrange_offices, the_whole_house)
def open_it(loaded: None) -> Response | tuple[str, int]:
    """Open it below the chosen office."""
    del loaded
    form = NewOfficeForm(request.form)
    page = _new_page(form)
    if form.validate() and form.parent.data not in offered(form.parent):
        form.parent.errors = [_("Pilih kantor induk.")]
    if not form.errors and _right_zone(form):
        above = db.session.get_one(Office, form.parent.data).kind
        kind = next(each for each, parent in ABOVE.items() if parent is above)
        opened = attempt(
            form,
            lambda: open_office(
                db.session(),
                the_actor(),
                the_clock(),
                new=NewOffice(
                    kind=kind,
                    name=form.name.data or "",
                    short_name=form.short_name.data or "",
                    time_zone=TimeZone(form.time_zone.data),
                    parent_id=form.parent.data,
                ),
            ),
        )
        if opened is not None:
            flash(_("Kantor sudah dibuka. Sekarang atur wilayah layanannya."), "ok")
            return redirect(url_for("offices.page", office_id=opened.id), 303)
    return show_form(page, 400)


# ---- change ----


def _edit_page(office: Office, form: OfficeForm) -> FormPage:
    _offer_zones(form)
    return FormPage(
        title=_("Ubah kantor"),
        back=back_to(office),
        action=url_for("offices.change", office_id=office.id),
        form=form,
        fields=(
            Asked("name"),
            Asked("short_name", _("Tampil di daftar dan tabel."), "medium"),
            Asked("time_zone", width="short"),
        ),
        button=_("Simpan"),
        notes=(_("Laporan yang sudah dikunci tetap menyebut nama yang lama."),),
    )


@blueprint.get("/offices/<office_id>/edit")
@requires(Permission.arrange_offices, loaded_office)
def edit(loaded: Office) -> tuple[str, int]:
    """The form with what is kept now."""
    form = OfficeForm(
        data={
            "name": loaded.name,
            "short_name": loaded.short_name,
            "time_zone": loaded.time_zone.value,
            "seen": seen_of(loaded),
        }
    )
    return show_form(_edit_page(loaded, form))


@blueprint.post("/offices/<office_id>/edit")
@requires(Permission.arrange_offices, loaded_office)
def change(loaded: Office) -> Response | tuple[str, int]:
    """Keep the new name and time."""
    form = OfficeForm(request.form)
    page = _edit_page(loaded, form)
    if form.validate() and _right_zone(form):
        changed = attempt(
            form,
            lambda: change_office(
                db.session(),
                the_actor(),
                the_clock(),
                office_id=loaded.id,
                name=form.name.data or "",
                short_name=form.short_name.data or "",
                time_zone=TimeZone(form.time_zone.data),
                seen=form.seen.data or "",
            ),
        )
        if changed is not None:
            flash(_("Perubahan sudah disimpan."), "ok")
            return redirect(url_for("offices.page", office_id=changed.id), 303)
    return show_form(page, 400)
