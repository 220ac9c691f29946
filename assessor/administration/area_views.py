"""Where is it arranged, and read, which office serves which territory?"""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.administration.coverage_building import coverage_page
from assessor.administration.forms import AreaForm, EndAreaForm, SearchForm
from assessor.administration.office_views import back_to, today_at
from assessor.administration.pages import Found, NewAreaPage
from assessor.database.extension import db
from assessor.organization.finding import find_territories
from assessor.organization.loaders import ServedArea, loaded_area, loaded_office, the_own_part
from assessor.organization.models import Office, TerritoryKind
from assessor.organization.services import end_service, serve_area
from assessor.ui.attempts import attempt
from assessor.ui.choices import offer, offered
from assessor.ui.current import the_clock, the_zone
from assessor.ui.form_page import Asked, FormPage, show_form
from assessor.ui.formats import day_in

blueprint = Blueprint("service_areas", __name__, template_folder="templates")

_SERVED = (TerritoryKind.nation, TerritoryKind.province, TerritoryKind.regency)


@blueprint.get("/service-areas")
@requires(Permission.see_office, the_own_part)
def index(loaded: None) -> str:
    """Who serves which regency today, and what is wrong with it."""
    del loaded
    page = coverage_page(db.session(), the_actor(), day_in(the_clock()(), the_zone()))
    return render_template("administration/coverage.html", page=page)


# ---- serve ----


def _found(words: str, on: date) -> tuple[Found, ...]:
    return tuple(
        Found(
            each.code,
            each.name,
            " · ".join(
                part
                for part in (
                    each.around,
                    _("sekarang dilayani %(office)s", office=each.serving) if each.serving else "",
                )
                if part
            ),
        )
        for each in find_territories(db.session(), words, _SERVED, on=on)
    )


def _new_page(office: Office, form: AreaForm) -> NewAreaPage:
    words = request.args.get("q", "").strip()[:100]
    found = _found(words, today_at(office))
    offer(form.territory, {each.code: each.name for each in found})
    action = url_for("service_areas.serve", office_id=office.id)
    return NewAreaPage(
        office=office.name,
        back=back_to(office),
        action=url_for("service_areas.serve", office_id=office.id, q=words) if words else action,
        search=SearchForm(data={"q": words}),
        form=form,
        found=found,
        words=words,
    )


def _show_new(page: NewAreaPage, status: int = 200) -> tuple[str, int]:
    return render_template("administration/new_area.html", page=page), status


@blueprint.get("/offices/<office_id>/areas/new")
@requires(Permission.arrange_offices, loaded_office)
def new(loaded: Office) -> tuple[str, int]:
    """Search a territory, choose it, say from when on."""
    return _show_new(_new_page(loaded, AreaForm(data={"valid_from": today_at(loaded)})))


@blueprint.post("/offices/<office_id>/areas/new")
@requires(Permission.arrange_offices, loaded_office)
def serve(loaded: Office) -> Response | tuple[str, int]:
    """Let the office serve it."""
    form = AreaForm(request.form)
    page = _new_page(loaded, form)
    if form.validate() and form.territory.data not in offered(form.territory):
        form.territory.errors = [_("Cari dan pilih wilayahnya.")]
    begins = form.valid_from.data
    if not form.errors and begins is not None:
        area = attempt(
            form,
            lambda: serve_area(
                db.session(),
                the_actor(),
                the_clock(),
                office_id=loaded.id,
                territory_code=form.territory.data or "",
                valid_from=begins,
                valid_to=form.valid_to.data,
            ),
        )
        if area is not None:
            flash(_("Wilayah layanan sudah ditambahkan."), "ok")
            return redirect(url_for("offices.page", office_id=area.office_id), 303)
    return _show_new(page, 400)


# ---- end ----


def _end_page(served: ServedArea, form: EndAreaForm) -> FormPage:
    return FormPage(
        title=_("Akhiri wilayah layanan"),
        lead=f"{served.office.name} · {served.territory.name}",
        back=back_to(served.office),
        action=url_for("service_areas.end_it", area_id=served.area.id),
        form=form,
        fields=(Asked("valid_to", width="short"),),
        button=_("Akhiri layanan"),
        notes=(
            _(
                "Sesudah itu kantor yang melayani wilayah di sekitarnya yang melayani: kabupaten "
                "tanpa BNNK dilayani BNNP."
            ),
            _("Lembaga dan unit yang sudah terdaftar tidak berpindah dengan sendirinya."),
        ),
    )


@blueprint.get("/service-areas/<area_id>/end")
@requires(Permission.arrange_offices, loaded_area)
def end(loaded: ServedArea) -> tuple[str, int]:
    """From which day on it no longer serves."""
    return show_form(_end_page(loaded, EndAreaForm(data={"valid_to": today_at(loaded.office)})))


@blueprint.post("/service-areas/<area_id>/end")
@requires(Permission.arrange_offices, loaded_area)
def end_it(loaded: ServedArea) -> Response | tuple[str, int]:
    """End it."""
    form = EndAreaForm(request.form)
    page = _end_page(loaded, form)
    last = form.valid_to.data
    if form.validate() and last is not None:
        ended = attempt(
            form,
            lambda: end_service(
                db.session(),
                the_actor(),
                the_clock(),
                area_id=loaded.area.id,
                valid_to=last,
            ),
        )
        if ended is not None:
            flash(_("Layanan sudah diakhiri."), "ok")
            return redirect(url_for("offices.page", office_id=ended.office_id), 303)
    return show_form(page, 400)
