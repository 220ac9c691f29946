"""How does an office say on which days it does not work?"""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.administration.forms import HolidayForm
from assessor.administration.office_views import back_to, blueprint
from assessor.database.extension import db
from assessor.organization.loaders import loaded_office
from assessor.organization.models import Office
from assessor.organization.working_days import add_holiday
from assessor.ui.attempts import attempt
from assessor.ui.current import the_clock
from assessor.ui.form_page import Asked, FormPage, show_form


def _page(office: Office, form: HolidayForm) -> FormPage:
    return FormPage(
        title=_("Tambah hari libur"),
        lead=office.name,
        back=back_to(office),
        action=url_for("offices.add_holiday_here", office_id=office.id),
        form=form,
        fields=(
            Asked("day", width="short"),
            Asked("name", _("Misalnya hari jadi daerah.")),
        ),
        button=_("Tambah hari libur"),
        notes=(_("Berlaku juga untuk kantor di bawahnya. Batas waktu keberatan mengikutinya."),),
    )


@blueprint.get("/offices/<office_id>/holidays/new")
@requires(Permission.keep_days, loaded_office)
def new_holiday(loaded: Office) -> tuple[str, int]:
    """The form for a day off."""
    return show_form(_page(loaded, HolidayForm()))


@blueprint.post("/offices/<office_id>/holidays/new")
@requires(Permission.keep_days, loaded_office)
def add_holiday_here(loaded: Office) -> Response | tuple[str, int]:
    """Say that this office does not work on a day."""
    form, office_id = HolidayForm(request.form), loaded.id
    page = _page(loaded, form)
    if form.validate() and form.day.data is not None:
        day = form.day.data

        def add() -> bool:
            add_holiday(
                db.session(),
                the_actor(),
                the_clock(),
                office_id=office_id,
                day=day,
                name=form.name.data or "",
            )
            return True

        if attempt(form, add):
            flash(_("Hari libur sudah ditambahkan."), "ok")
            return redirect(url_for("offices.page", office_id=office_id), 303)
    return show_form(page, 400)
