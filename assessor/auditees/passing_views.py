"""Where is an auditee closed, opened again, and handed over to another office?"""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.auditees.changing import close_auditee, reopen_auditee
from assessor.auditees.forms import ClosingForm, HandOverForm, ReopeningForm
from assessor.auditees.keeping_views import back_to, blueprint, saved, today_at
from assessor.auditees.loaders import loaded_auditee
from assessor.auditees.models import Auditee
from assessor.auditees.queries import subject_of
from assessor.auditees.services import hand_over
from assessor.database.extension import db
from assessor.organization.queries import get_office, list_offices
from assessor.ui.attempts import attempt
from assessor.ui.choices import offer, offered
from assessor.ui.current import the_clock
from assessor.ui.form_page import Asked, FormPage, show_form


def _reason_hint() -> str:
    return str(_("Misalnya nomor dan tanggal keputusannya."))


# ---- close and open again ----


def _close_page(auditee: Auditee, form: ClosingForm) -> FormPage:
    return FormPage(
        title=_("Tutup lembaga atau unit"),
        lead=auditee.name,
        back=back_to(auditee),
        action=url_for("keeping.close_it", auditee_id=auditee.id),
        form=form,
        fields=(Asked("closed_on", width="short"), Asked("reason", _reason_hint())),
        button=_("Tutup"),
        notes=(
            _("Sesudah ditutup tidak dapat dinilai lagi; riwayatnya tetap ada."),
            _("Penilaian yang berjalan diselesaikan atau dibatalkan dulu."),
        ),
        confirm=_("Tutup sekarang?"),
    )


def _reopen_page(auditee: Auditee, form: ReopeningForm) -> FormPage:
    return FormPage(
        title=_("Buka lagi lembaga atau unit"),
        lead=auditee.name,
        back=back_to(auditee),
        action=url_for("keeping.close_it", auditee_id=auditee.id),
        form=form,
        fields=(Asked("reason"),),
        button=_("Buka lagi"),
    )


@blueprint.get("/auditees/<auditee_id>/close")
@requires(Permission.keep_auditee, loaded_auditee)
def close(loaded: Auditee) -> tuple[str, int]:
    """When and why it is closed, or why it is opened again."""
    if loaded.closed_on is not None:
        return show_form(_reopen_page(loaded, ReopeningForm()))
    return show_form(_close_page(loaded, ClosingForm(data={"closed_on": today_at(loaded)})))


@blueprint.post("/auditees/<auditee_id>/close")
@requires(Permission.keep_auditee, loaded_auditee)
def close_it(loaded: Auditee) -> Response | tuple[str, int]:
    """Close an open one, open a closed one."""
    if loaded.closed_on is not None:
        return _reopen(loaded)
    form, auditee_id = ClosingForm(request.form), loaded.id
    page = _close_page(loaded, form)
    valid, on = form.validate(), form.closed_on.data
    if valid and on is not None:
        done = attempt(
            form,
            lambda: close_auditee(
                db.session(),
                the_actor(),
                the_clock(),
                auditee_id=auditee_id,
                on=on,
                why=form.reason.data or "",
            ),
        )
        if done is not None:
            return saved(auditee_id, _("Sudah ditutup."))
    return show_form(page, 400)


def _reopen(auditee: Auditee) -> Response | tuple[str, int]:
    form, auditee_id = ReopeningForm(request.form), auditee.id
    page = _reopen_page(auditee, form)
    if form.validate():
        done = attempt(
            form,
            lambda: reopen_auditee(
                db.session(),
                the_actor(),
                the_clock(),
                auditee_id=auditee_id,
                why=form.reason.data or "",
            ),
        )
        if done is not None:
            return saved(auditee_id, _("Sudah dibuka lagi."))
    return show_form(page, 400)


# ---- hand over ----


def _hand_over_page(auditee: Auditee, form: HandOverForm) -> FormPage:
    session = db.session()
    present = get_office(session, auditee.responsible_office_id)
    others = {
        each.id: each.name for each in session.scalars(list_offices()) if each.id != present.id
    }
    offer(form.office, others, none=_("Pilih kantornya"))
    return FormPage(
        title=_("Alihkan ke kantor lain"),
        lead=auditee.name,
        back=back_to(auditee),
        action=url_for("keeping.hand_it_over", auditee_id=auditee.id),
        form=form,
        fields=(
            Asked(
                "office",
                _("Sekarang penanggung jawabnya %(office)s.", office=present.name),
                "medium",
            ),
            Asked("reason", _reason_hint()),
        ),
        button=_("Alihkan"),
        notes=(
            _("Berlaku hari ini juga. Kantor yang menerima dan yang di atasnya langsung melihat."),
            _("Penilaian yang sedang berjalan diteruskan timnya."),
        ),
    )


@blueprint.get("/auditees/<auditee_id>/hand-over")
@requires(Permission.keep_auditee, loaded_auditee)
def pass_on(loaded: Auditee) -> tuple[str, int]:
    """To whom, and why."""
    form = HandOverForm(data={"seen": loaded.responsible_office_id})
    return show_form(_hand_over_page(loaded, form))


@blueprint.post("/auditees/<auditee_id>/hand-over")
@requires(Permission.keep_auditee, loaded_auditee)
def hand_it_over(loaded: Auditee) -> Response | tuple[str, int]:
    """Let the other office be responsible from today on."""
    form, auditee_id = HandOverForm(request.form), loaded.id
    page = _hand_over_page(loaded, form)
    if form.validate() and form.office.data not in offered(form.office):
        form.office.errors = [_("Pilih kantor yang menerima.")]
    if form.errors:
        return show_form(page, 400)
    done = attempt(
        form,
        lambda: hand_over(
            db.session(),
            the_actor(),
            the_clock(),
            auditee_id=auditee_id,
            from_office_id=form.seen.data or "",
            to_office_id=form.office.data or "",
            reason=form.reason.data or "",
        ),
    )
    if done is None:
        return show_form(page, 400)
    subject = subject_of(db.session(), done)
    if decide(the_actor(), Permission.see_auditee, subject).allowed:
        return saved(auditee_id, _("Penanggung jawabnya sudah dialihkan."))
    flash(_("Penanggung jawabnya sudah dialihkan. Kantor Anda tidak melihatnya lagi."), "ok")
    return redirect("/auditees", 303)
