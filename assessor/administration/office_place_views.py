"""Where is an office put below another one, closed, and opened again?"""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.administration.forms import MoveForm, ReasonForm
from assessor.administration.office_views import back_to, blueprint, parents_of_kind
from assessor.database.extension import db
from assessor.organization.changing import close_office, reopen_office
from assessor.organization.loaders import loaded_office
from assessor.organization.models import Office
from assessor.organization.services import ABOVE, move_office
from assessor.ui.attempts import attempt
from assessor.ui.choices import offer, offered
from assessor.ui.current import the_clock
from assessor.ui.form_page import Asked, FormPage, show_form

# ---- move ----


def _move_page(office: Office, form: MoveForm) -> FormPage:
    parent_kind = ABOVE[office.kind]
    parents = parents_of_kind((parent_kind,)) if parent_kind is not None else {}
    parents.pop(office.parent_id or "", None)
    offer(form.parent, parents, none=_("Pilih kantornya"))
    return FormPage(
        title=_("Pindahkan kantor"),
        lead=office.name,
        back=back_to(office),
        action=url_for("offices.move_it", office_id=office.id),
        form=form,
        fields=(
            Asked("parent", width="medium"),
            Asked("reason", _("Misalnya nomor dan tanggal keputusannya.")),
        ),
        button=_("Pindahkan kantor"),
        notes=(
            _(
                "Kantor di atasnya yang baru langsung dapat melihat lembaga dan unit kantor ini; "
                "yang lama tidak lagi."
            ),
        ),
    )


@blueprint.get("/offices/<office_id>/move")
@requires(Permission.arrange_offices, loaded_office)
def move(loaded: Office) -> tuple[str, int]:
    """The form for another place in the tree."""
    return show_form(_move_page(loaded, MoveForm()))


@blueprint.post("/offices/<office_id>/move")
@requires(Permission.arrange_offices, loaded_office)
def move_it(loaded: Office) -> Response | tuple[str, int]:
    """Put it, with all below it, below another office."""
    form = MoveForm(request.form)
    page = _move_page(loaded, form)
    if form.validate() and form.parent.data not in offered(form.parent):
        form.parent.errors = [_("Pilih kantor induk.")]
    if not form.errors:
        moved = attempt(
            form,
            lambda: move_office(
                db.session(),
                the_actor(),
                the_clock(),
                office_id=loaded.id,
                parent_id=form.parent.data or "",
                why=form.reason.data or "",
            ),
        )
        if moved is not None:
            flash(_("Kantor sudah dipindahkan."), "ok")
            return redirect(url_for("offices.page", office_id=moved.id), 303)
    return show_form(page, 400)


# ---- close and open again ----


def _close_page(office: Office, form: ReasonForm) -> FormPage:
    closed = office.closed_on is not None
    return FormPage(
        title=_("Buka lagi kantor") if closed else _("Tutup kantor"),
        lead=office.name,
        back=back_to(office),
        action=url_for("offices.close_it", office_id=office.id),
        form=form,
        fields=(Asked("reason", _("Misalnya nomor dan tanggal keputusannya.")),),
        button=_("Buka lagi kantor") if closed else _("Tutup kantor"),
        notes=(_("Wilayah layanannya diatur lagi sesudah dibuka."),)
        if closed
        else (
            _("Serahkan dulu lembaga dan unitnya ke kantor lain, dan akhiri jabatan orangnya."),
            _("Wilayah layanannya berakhir hari ini juga."),
        ),
        confirm="" if closed else _("Tutup kantor ini sekarang?"),
    )


@blueprint.get("/offices/<office_id>/close")
@requires(Permission.arrange_offices, loaded_office)
def close(loaded: Office) -> tuple[str, int]:
    """Why it is closed, or opened again."""
    return show_form(_close_page(loaded, ReasonForm()))


@blueprint.post("/offices/<office_id>/close")
@requires(Permission.arrange_offices, loaded_office)
def close_it(loaded: Office) -> Response | tuple[str, int]:
    """Close an open one, open a closed one."""
    form = ReasonForm(request.form)
    page = _close_page(loaded, form)
    act = close_office if loaded.closed_on is None else reopen_office
    words = (
        _("Kantor sudah ditutup.") if loaded.closed_on is None else _("Kantor sudah dibuka lagi.")
    )
    if form.validate():
        done = attempt(
            form,
            lambda: act(
                db.session(),
                the_actor(),
                the_clock(),
                office_id=loaded.id,
                why=form.reason.data or "",
            ),
        )
        if done is not None:
            flash(words, "ok")
            return redirect(url_for("offices.page", office_id=done.id), 303)
    return show_form(page, 400)
