"""Where does somebody change what an auditee is called, where it is, what it is and offers?"""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.auditees.changing import (
    Facts,
    begin_service,
    change_facts,
    end_service_of,
    facts_of,
    move_auditee,
)
from assessor.auditees.forms import EndServiceForm, FactsForm, PlaceForm, ServiceForm, TagsForm
from assessor.auditees.history import list_all_services
from assessor.auditees.loaders import loaded_auditee, loaded_service
from assessor.auditees.models import Agency, Auditee, AuditeeKind, Service
from assessor.auditees.pages import (
    PlacePage,
    ServiceLine,
    ServicesPage,
    TagsPage,
    agency_choices,
    capacity_words,
    nothing_found,
    place_hint,
    tag_name,
)
from assessor.auditees.registering_views import PLACES, place_lines
from assessor.auditees.services import change_tags
from assessor.auditees.tags import TAGS, derived_tags
from assessor.database.extension import db
from assessor.organization.queries import get_place, list_offices
from assessor.ui.attempts import attempt
from assessor.ui.choices import offer, offered
from assessor.ui.current import the_clock, the_language
from assessor.ui.form_page import Asked, FormPage, show_form
from assessor.ui.formats import Zone, day, day_in
from assessor.ui.parts import Link

blueprint = Blueprint("keeping", __name__, template_folder="templates")


def back_to(auditee: Auditee) -> Link:
    """Where each of these pages leads back to."""
    return Link(auditee.name, f"/auditees/{auditee.id}")


def today_at(auditee: Auditee) -> date:
    """The day it is where the auditee is."""
    return day_in(the_clock()(), Zone(auditee.time_zone.value))


def saved(auditee_id: str, words: str) -> Response:
    """Say that it is done, on the page of the auditee."""
    flash(words, "ok")
    return redirect(f"/auditees/{auditee_id}", 303)


# ---- name, address, operator ----


def _facts_page(auditee: Auditee, form: FactsForm) -> FormPage:
    offer(form.agency, agency_choices())
    every = {each.id: each.name for each in db.session.scalars(list_offices())}
    offer(form.operating_office, every, none=_("Bukan milik BNN"))
    fields: tuple[Asked, ...] = (Asked("name"), Asked("address"), Asked("agency", width="medium"))
    if auditee.kind is AuditeeKind.site:
        hint = _("Hanya untuk lembaga yang dijalankan BNN sendiri.")
        fields = (*fields, Asked("operating_office", hint, "medium"))
    return FormPage(
        title=_("Ubah keterangan"),
        lead=auditee.name,
        back=back_to(auditee),
        action=url_for("keeping.change", auditee_id=auditee.id),
        form=form,
        fields=fields,
        button=_("Simpan"),
        notes=(
            _("Penilaian yang sudah dikunci tetap menyebut keterangan yang lama."),
            _("Penilaian yang sedang berjalan tetap memakai ciri saat dibuka."),
        ),
    )


@blueprint.get("/auditees/<auditee_id>/edit")
@requires(Permission.keep_auditee, loaded_auditee)
def edit(loaded: Auditee) -> tuple[str, int]:
    """The form with what is kept now."""
    form = FactsForm(
        data={
            "name": loaded.name,
            "address": loaded.address,
            "agency": loaded.agency.value,
            "operating_office": loaded.operating_office_id or "",
            "seen": facts_of(loaded),
        }
    )
    return show_form(_facts_page(loaded, form))


@blueprint.post("/auditees/<auditee_id>/edit")
@requires(Permission.keep_auditee, loaded_auditee)
def change(loaded: Auditee) -> Response | tuple[str, int]:
    """Keep what was said anew."""
    form = FactsForm(request.form)
    page, auditee_id = _facts_page(loaded, form), loaded.id
    if form.validate() and form.agency.data not in offered(form.agency):
        form.agency.errors = [_("Pilih pengelolanya.")]
    if not form.errors and (form.operating_office.data or "") not in offered(form.operating_office):
        form.operating_office.errors = [_("Pilih kantornya dari daftar.")]
    if not form.errors:
        done = attempt(
            form,
            lambda: change_facts(
                db.session(),
                the_actor(),
                the_clock(),
                auditee_id=auditee_id,
                facts=Facts(
                    name=form.name.data or "",
                    address=form.address.data or "",
                    agency=Agency(form.agency.data),
                    operating_office_id=form.operating_office.data or None,
                ),
                seen=form.seen.data or "",
            ),
        )
        if done is not None:
            return saved(auditee_id, _("Perubahan sudah disimpan."))
    return show_form(page, 400)


# ---- place ----


def _place_page(auditee: Auditee, form: PlaceForm, refusal: str = "") -> PlacePage:
    words = (form.q.data or "").strip()[:100]
    present = get_place(db.session(), auditee.village_code or auditee.regency_code).line
    return PlacePage(
        title=_("Ubah wilayah"),
        lead=_("Sekarang: %(place)s.", place=present),
        back=back_to(auditee),
        action=url_for("keeping.place", auditee_id=auditee.id),
        hint=place_hint(auditee.kind),
        nothing=nothing_found(auditee.kind),
        form=form,
        words=words,
        found=place_lines(words, auditee.kind, href={}),
        choose=url_for("keeping.move", auditee_id=auditee.id),
        seen=facts_of(auditee),
        refusal=refusal,
    )


@blueprint.get("/auditees/<auditee_id>/place")
@requires(Permission.keep_auditee, loaded_auditee)
def place(loaded: Auditee) -> str:
    """Search the place where it really is."""
    page = _place_page(loaded, PlaceForm(request.args))
    return render_template("keeping/place.html", page=page)


@blueprint.post("/auditees/<auditee_id>/place")
@requires(Permission.keep_auditee, loaded_auditee)
def move(loaded: Auditee) -> Response | tuple[str, int]:
    """Put it there."""
    form, auditee_id = PlaceForm(), loaded.id
    page = _place_page(loaded, form)
    done = attempt(
        form,
        lambda: move_auditee(
            db.session(),
            the_actor(),
            the_clock(),
            auditee_id=auditee_id,
            territory_code=request.form.get("territory", ""),
            seen=request.form.get("seen", ""),
        ),
    )
    if done is not None:
        return saved(
            auditee_id,
            _("Wilayah sudah diubah. Kantor penanggung jawabnya tetap; alihkan bila perlu."),
        )
    return render_template("keeping/place.html", page=page), 400


# ---- tags ----


def _tags_page(auditee: Auditee, form: TagsForm) -> TagsPage:
    present = frozenset(each.tag for each in _present_services(auditee))
    derived = derived_tags(auditee.kind, auditee.agency, auditee.village_code) | present
    free = [tag for tag in TAGS[auditee.kind] if tag not in derived]
    offer(form.tags, {tag: tag_name(auditee.kind, tag) for tag in free})
    return TagsPage(
        name=auditee.name,
        back=back_to(auditee),
        action=url_for("keeping.change_them", auditee_id=auditee.id),
        form=form,
        derived=tuple(tag_name(auditee.kind, tag) for tag in TAGS[auditee.kind] if tag in derived),
    )


def _present_services(auditee: Auditee) -> list[Service]:
    return [each for each in list_all_services(db.session(), auditee.id) if each.valid_to is None]


@blueprint.get("/auditees/<auditee_id>/tags")
@requires(Permission.keep_auditee, loaded_auditee)
def tags(loaded: Auditee) -> str:
    """What it is and offers, as boxes to tick."""
    form = TagsForm(data={"tags": list(loaded.tags), "seen": " ".join(sorted(loaded.tags))})
    return render_template("keeping/tags.html", page=_tags_page(loaded, form))


@blueprint.post("/auditees/<auditee_id>/tags")
@requires(Permission.keep_auditee, loaded_auditee)
def change_them(loaded: Auditee) -> Response | tuple[str, int]:
    """Keep the tags that are ticked, with those that follow from other facts."""
    form = TagsForm(request.form)
    page, auditee_id = _tags_page(loaded, form), loaded.id
    present = {each.tag for each in _present_services(loaded)}
    if form.validate() and set(form.tags.data or ()) - offered(form.tags):
        form.tags.errors = [_("Pilih dari daftar ciri.")]
    if not form.errors:
        done = attempt(
            form,
            lambda: change_tags(
                db.session(),
                the_actor(),
                the_clock(),
                auditee_id=auditee_id,
                tags=sorted({*(form.tags.data or ()), *present}),
                seen=(form.seen.data or "").split(),
                why=(form.reason.data or "").strip(),
            ),
        )
        if done is not None:
            return saved(auditee_id, _("Ciri sudah disimpan."))
    return render_template("keeping/tags.html", page=page), 400


# ---- services ----


def _services_page(auditee: Auditee, form: ServiceForm) -> ServicesPage:
    offer(form.tag, {tag: tag_name(auditee.kind, tag) for tag in PLACES})
    language = the_language()
    return ServicesPage(
        name=auditee.name,
        back=back_to(auditee),
        action=url_for("keeping.begin", auditee_id=auditee.id),
        form=form,
        lines=tuple(
            ServiceLine(
                name=tag_name(auditee.kind, each.tag),
                capacity=capacity_words(each.capacity),
                since=day(each.valid_from, language),
                until=day(each.valid_to, language) if each.valid_to else "",
                end_href="" if each.valid_to else url_for("keeping.end", service_id=each.id),
            )
            for each in list_all_services(db.session(), auditee.id)
        ),
    )


@blueprint.get("/auditees/<auditee_id>/services")
@requires(Permission.keep_auditee, loaded_auditee)
def services(loaded: Auditee) -> str:
    """What a site gives, and the form for more."""
    form = ServiceForm(data={"begins": today_at(loaded)})
    return render_template("keeping/services.html", page=_services_page(loaded, form))


@blueprint.post("/auditees/<auditee_id>/services")
@requires(Permission.keep_auditee, loaded_auditee)
def begin(loaded: Auditee) -> Response | tuple[str, int]:
    """A service begins, or has another number of places from a day on."""
    form = ServiceForm(request.form)
    page, auditee_id = _services_page(loaded, form), loaded.id
    begins = form.begins.data
    if form.validate() and form.tag.data not in offered(form.tag):
        form.tag.errors = [_("Pilih layanannya.")]
    begins = form.begins.data
    if not form.errors and begins is not None:
        done = attempt(
            form,
            lambda: begin_service(
                db.session(),
                the_actor(),
                the_clock(),
                auditee_id=auditee_id,
                tag=form.tag.data or "",
                capacity=form.capacity.data,
                begins=begins,
            ),
        )
        if done is not None:
            return saved(auditee_id, _("Layanan sudah dicatat."))
    return render_template("keeping/services.html", page=page), 400


def _end_page(service: Service, auditee: Auditee, form: EndServiceForm) -> FormPage:
    return FormPage(
        title=_("Akhiri layanan"),
        lead=f"{auditee.name} · {tag_name(auditee.kind, service.tag)}",
        back=Link(_("Layanan"), url_for("keeping.services", auditee_id=auditee.id)),
        action=url_for("keeping.end_it", service_id=service.id),
        form=form,
        fields=(Asked("ends", width="short"),),
        button=_("Akhiri layanan"),
        notes=(
            _("Persyaratan untuk layanan ini tidak lagi berlaku pada penilaian berikutnya."),
            _("Penilaian yang sedang berjalan tetap memakai ciri saat dibuka."),
        ),
    )


@blueprint.get("/services/<service_id>/end")
@requires(Permission.keep_auditee, loaded_service)
def end(loaded: tuple[Service, Auditee]) -> tuple[str, int]:
    """From which day on it is given no longer."""
    service, auditee = loaded
    return show_form(_end_page(service, auditee, EndServiceForm(data={"ends": today_at(auditee)})))


@blueprint.post("/services/<service_id>/end")
@requires(Permission.keep_auditee, loaded_service)
def end_it(loaded: tuple[Service, Auditee]) -> Response | tuple[str, int]:
    """End it."""
    service, auditee = loaded
    form = EndServiceForm(request.form)
    page, service_id, auditee_id = _end_page(service, auditee, form), service.id, auditee.id
    valid, ends = form.validate(), form.ends.data
    if valid and ends is not None:
        done = attempt(
            form,
            lambda: end_service_of(
                db.session(), the_actor(), the_clock(), service_id=service_id, ends=ends
            ),
        )
        if done is not None:
            return saved(auditee_id, _("Layanan sudah diakhiri."))
    return show_form(page, 400)
