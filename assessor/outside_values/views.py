"""How are values from outside read, entered and taken back in the browser?"""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import requires, the_actor, the_request
from assessor.access.permissions import Permission
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.database.extension import db
from assessor.evidence.queries import pieces_of
from assessor.outside_values import services
from assessor.outside_values.forms import ValueForm, WithdrawForm
from assessor.outside_values.kinds import kinds
from assessor.outside_values.loaders import loaded_rated, loaded_value
from assessor.outside_values.models import OutsideValue
from assessor.outside_values.pages import (
    EnterPage,
    ValuesPage,
    WithdrawPage,
    value_fact,
    value_line,
    values_href,
)
from assessor.outside_values.queries import list_values
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.fields import offer
from assessor.ui.formats import Zone, day_in
from assessor.ui.parts import Column, Link

blueprint = Blueprint("outside_values", __name__, template_folder="templates")

MOST_SCANS = 100


def _may(permission: Permission) -> bool:
    loaded = the_request().loaded
    return loaded is not None and decide(the_actor(), permission, loaded.subject).allowed


@blueprint.get("/auditees/<auditee_id>/outside-values")
@requires(Permission.see_outside_values, loaded_rated)
def index(loaded: Auditee) -> str:
    """All values that others gave."""
    keeps, links = _may(Permission.keep_outside_values), _may(Permission.see_evidence)
    zone = Zone(loaded.time_zone.value)
    found = list_values(db.session(), loaded.id)
    lines = [(each.value, value_line(each, zone, keeps=keeps, links=links)) for each in found]
    page = ValuesPage(
        kicker=f"{loaded.name} · {loaded.reference}",
        back=Link(loaded.name, f"/auditees/{loaded.id}"),
        act=Link(_("Catat nilai"), url_for("outside_values.enter_form", auditee_id=loaded.id))
        if keeps
        else None,
        columns=(
            Column(_("Jenis nilai")),
            Column(_("Nilai")),
            Column(_("Sumber")),
            Column(_("Dicatat")),
            Column(_("Tindakan"), hidden=True),
        ),
        standing=tuple(line for value, line in lines if value.withdrawn_at is None),
        withdrawn=tuple(line for value, line in lines if value.withdrawn_at is not None),
    )
    return render_template("outside_values/index.html", page=page)


@blueprint.get("/auditees/<auditee_id>/outside-values/new")
@requires(Permission.keep_outside_values, loaded_rated)
def enter_form(loaded: Auditee) -> str:
    """The form for a value."""
    form = ValueForm()
    form.value_id.data = new_id()
    form.year.data = day_in(the_clock()(), Zone(loaded.time_zone.value)).year
    return _enter_page(loaded, form)


def _enter_page(auditee: Auditee, form: ValueForm) -> str:
    language = the_language()
    offer(
        form.kind,
        {code: each.label.in_(language) for code, each in kinds().items()},
        none=_("Pilih jenis nilai"),
    )
    scans = (
        pieces_of(db.session(), auditee.id, most=MOST_SCANS, only_live=True)
        if _may(Permission.see_evidence)
        else []
    )
    offer(form.evidence, {each.id: each.title for each in scans}, none=_("Belum ada pindaian"))
    page = EnterPage(
        kicker=f"{auditee.name} · {auditee.reference}",
        back=Link(_("Semua nilai dari luar"), values_href(auditee.id)),
        action=url_for("outside_values.enter", auditee_id=auditee.id),
        form=form,
    )
    return render_template("outside_values/enter.html", page=page)


@blueprint.post("/auditees/<auditee_id>/outside-values/new")
@requires(Permission.keep_outside_values, loaded_rated)
def enter(loaded: Auditee) -> Response | tuple[str, int]:
    """Enter a value."""
    form, auditee_id = ValueForm(request.form), loaded.id
    if form.validate():
        try:
            services.enter_value(
                db.session(), the_actor(), the_clock(), auditee_id=auditee_id, new=_new(form)
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Nilai sudah dicatat. Nilai ini tidak ikut dihitung."), "ok")
            return redirect(values_href(auditee_id), 303)
    return _enter_page(db.session.get_one(Auditee, auditee_id), form), 400


def _new(form: ValueForm) -> services.NewValue:
    return services.NewValue(
        value_id=form.value_id.data or "",
        kind=form.kind.data or "",
        year=form.year.data or 0,
        value=form.value.data or "",
        scale=form.scale.data or "",
        source=form.source.data or "",
        evidence_id=form.evidence.data or None,
    )


@blueprint.get("/outside-values/<value_id>/withdraw")
@requires(Permission.keep_outside_values, loaded_value)
def withdraw_form(loaded: OutsideValue) -> str:
    """The form with which a value is taken back."""
    return _withdraw_page(loaded, WithdrawForm())


def _withdraw_page(value: OutsideValue, form: WithdrawForm) -> str:
    auditee = db.session.get_one(Auditee, value.auditee_id)
    page = WithdrawPage(
        kicker=f"{auditee.name} · {auditee.reference}",
        back=Link(_("Semua nilai dari luar"), values_href(auditee.id)),
        action=url_for("outside_values.withdraw", value_id=value.id),
        facts=(value_fact(value),),
        form=form,
    )
    return render_template("outside_values/withdraw.html", page=page)


@blueprint.post("/outside-values/<value_id>/withdraw")
@requires(Permission.keep_outside_values, loaded_value)
def withdraw(loaded: OutsideValue) -> Response | tuple[str, int]:
    """Take back a value, with the reason."""
    form, value_id, auditee_id = WithdrawForm(request.form), loaded.id, loaded.auditee_id
    if not form.validate():
        return _withdraw_page(loaded, form), 400
    try:
        services.withdraw_value(
            db.session(),
            the_actor(),
            the_clock(),
            value_id=value_id,
            reason=form.reason.data or "",
        )
    except Refused as refused:
        flash(say(refused.sentence), "warn")
    else:
        flash(_("Nilai sudah ditarik."), "ok")
    return redirect(values_href(auditee_id), 303)
