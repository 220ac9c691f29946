"""Where does somebody register an institution or a unit? First the place, then the rest."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from assessor.access.decide import visible
from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.auditees.forms import PlaceForm, RegisterForm, RegisterSiteForm
from assessor.auditees.models import Agency, Auditee, AuditeeKind, Entity
from assessor.auditees.near import Near, find_near
from assessor.auditees.pages import (
    NearLine,
    PlaceLine,
    PlacePage,
    RegisterPage,
    agency_choices,
    near_line,
    nothing_found,
    place_hint,
    tag_name,
)
from assessor.auditees.registering import (
    NewEntity,
    NewSite,
    NewUnit,
    Offered,
    register_site,
    register_unit,
)
from assessor.auditees.services import keepable_offices
from assessor.auditees.tags import OF_VILLAGES, SERVICE_TAGS, TAGS
from assessor.database.extension import db
from assessor.organization.finding import find_territories
from assessor.organization.loaders import the_own_part
from assessor.organization.models import Territory, TerritoryKind
from assessor.organization.queries import get_place, list_offices, office_serving
from assessor.ui.attempts import attempt
from assessor.ui.choices import offer, offered
from assessor.ui.current import the_clock
from assessor.ui.formats import day_in, zone_of
from assessor.ui.parts import Link

blueprint = Blueprint("registering", __name__, template_folder="templates")

KINDS = {AuditeeKind.site: TerritoryKind.regency, AuditeeKind.unit: TerritoryKind.village}
# each service that a site can give → the field that asks for its places
PLACES = {
    "rawat-inap": "inpatient",
    "rawat-jalan": "outpatient",
    "pascarehabilitasi": "aftercare",
    "detoksifikasi": "detoxification",
}


# ---- first: where ----


def _kinds(chosen: AuditeeKind) -> tuple[Link, ...]:
    names = {
        AuditeeKind.site: _("Lembaga rehabilitasi"),
        AuditeeKind.unit: _("Unit IBM di desa atau kelurahan"),
    }
    return tuple(
        Link(name, url_for("registering.place", kind=kind.value), "" if kind is chosen else "arrow")
        for kind, name in names.items()
    )


def place_lines(
    words: str, kind: AuditeeKind, href: Mapping[str, str] | None = None
) -> tuple[PlaceLine, ...]:
    """The territories that the words find, for this kind of auditee."""
    today = day_in(the_clock()(), zone_of(""))
    found = find_territories(db.session(), words, (KINDS[kind],), on=today)
    return tuple(
        PlaceLine(
            each.name,
            each.around,
            _("dilayani %(office)s", office=each.serving) if each.serving else "",
            href=url_for("registering.form", kind=kind.value, code=each.code)
            if href is None
            else "",
            code=each.code,
        )
        for each in found
    )


@blueprint.get("/auditees/new")
@requires(Permission.keep_auditee, the_own_part)
def place(loaded: None) -> str:
    """Which kind it is, and where."""
    del loaded
    asked = request.args.get("kind", "")
    kind = AuditeeKind(asked) if asked in set(AuditeeKind) else AuditeeKind.unit
    form = PlaceForm(request.args)
    words = (form.q.data or "").strip()[:100]
    page = PlacePage(
        title=_("Daftarkan lembaga atau unit"),
        lead=_("Langkah 1 dari 2: jenisnya dan tempatnya."),
        back=Link(_("Lembaga dan unit"), "/auditees"),
        action=url_for("registering.place"),
        hint=place_hint(kind),
        nothing=nothing_found(kind),
        form=form,
        words=words,
        found=place_lines(words, kind),
        kinds=_kinds(kind),
        seen=kind.value,
    )
    return render_template("keeping/place.html", page=page)


# ---- second: what ----


def _loaded_place(kind: str, code: str) -> Loaded | None:
    """The kind and the territory of an address."""
    if kind not in set(AuditeeKind):
        return None
    territory = db.session.get(Territory, code)
    wanted = KINDS[AuditeeKind(kind)]
    if territory is None or territory.kind is not wanted or territory.valid_to is not None:
        return None
    part = the_own_part()
    return Loaded((AuditeeKind(kind), territory.code), part.subject, part.seen_with)


def _tags(kind: AuditeeKind) -> dict[str, str]:
    """What can be chosen: not what follows from the operator, the village or a service."""
    left = SERVICE_TAGS | {"bnn"} | OF_VILLAGES
    return {tag: tag_name(kind, tag) for tag in TAGS[kind] if tag not in left}


def _offer(form: RegisterForm, kind: AuditeeKind) -> None:
    session = db.session()
    none = _("Pilih kantornya")
    offer(form.agency, agency_choices(), none=_("Pilih pengelolanya"))
    kept = keepable_offices(session, the_actor())
    offer(form.responsible_office, {each.id: each.name for each in kept}, none=none)
    every = {each.id: each.name for each in session.scalars(list_offices())}
    offer(form.operating_office, every, none=_("Bukan milik BNN"))
    offer(form.tags, _tags(kind))
    if isinstance(form, RegisterSiteForm):
        offer(form.services, {tag: tag_name(kind, tag) for tag in PLACES})


def _near_lines(found: tuple[Near, ...]) -> tuple[NearLine, ...]:
    session = db.session()
    seen = set(
        session.execute(
            visible(Auditee, the_actor())
            .where(Auditee.id.in_([each.id for each in found]))
            .with_only_columns(Auditee.id)
        ).scalars()
    )
    return tuple(
        near_line(each, f"/auditees/{each.id}" if each.id in seen else "") for each in found
    )


def _page(
    kind: AuditeeKind, code: str, form: RegisterForm, near: tuple[Near, ...] = ()
) -> RegisterPage:
    site = kind is AuditeeKind.site
    serving = _serving(code)
    return RegisterPage(
        title=_("Daftarkan lembaga") if site else _("Daftarkan unit IBM"),
        place=get_place(db.session(), code).line,
        back=Link(_("Pilih tempat lain"), url_for("registering.place", kind=kind.value)),
        action=url_for("registering.register", kind=kind.value, code=code),
        form=form,
        site=site,
        near=_near_lines(near),
        office_hint=_("Wilayah ini dilayani %(office)s.", office=serving[1])
        if serving
        else _("Belum ada kantor yang melayani wilayah ini."),
        derived=_("Ciri instansi pemerintah atau komponen masyarakat mengikuti pengelolanya.")
        if site
        else _("Ciri desa atau kelurahan mengikuti wilayahnya."),
    )


def _serving(code: str) -> tuple[str, str] | None:
    office = office_serving(db.session(), code, day_in(the_clock()(), zone_of(code)))
    return None if office is None else (office.id, office.name)


def _show(page: RegisterPage, status: int = 200) -> tuple[str, int]:
    return render_template("keeping/register.html", page=page), status


@blueprint.get("/auditees/new/<kind>/<code>")
@requires(Permission.keep_auditee, _loaded_place)
def form(loaded: tuple[AuditeeKind, str]) -> tuple[str, int]:
    """The form, with the office that serves the place."""
    kind, code = loaded
    serving = _serving(code)
    data = {"responsible_office": serving[0] if serving else ""}
    if kind is AuditeeKind.site:
        shown: RegisterForm = RegisterSiteForm(data=data)
    else:
        shown = RegisterForm(data=data | {"agency": Agency.village.value, "tags": ["unit-baru"]})
    _offer(shown, kind)
    return _show(_page(kind, code, shown))


@blueprint.post("/auditees/new/<kind>/<code>")
@requires(Permission.keep_auditee, _loaded_place)
def register(loaded: tuple[AuditeeKind, str]) -> Response | tuple[str, int]:
    """Register it, unless it may be known already and nobody said that it is another one."""
    kind, code = loaded
    site = kind is AuditeeKind.site
    filled = RegisterSiteForm(request.form) if site else RegisterForm(request.form)
    _offer(filled, kind)
    near: tuple[Near, ...] = ()
    if filled.validate() and _all_offered(filled):
        near = _near(kind, code, filled)
        if near and not filled.separate.data:
            filled.separate.errors = [
                _("Periksa dulu yang sudah terdaftar. Bila ini yang lain, beri tanda.")
            ]
    if not filled.errors:
        made = attempt(filled, lambda: _register(code, filled))
        if made is not None:
            flash(
                _(
                    "%(name)s sudah didaftarkan. Supaya pengelolanya dapat masuk, minta "
                    "administrator mengundangnya dengan nomor %(reference)s.",
                    name=made.name,
                    reference=made.reference,
                ),
                "ok",
            )
            return redirect(f"/auditees/{made.id}", 303)
    return _show(_page(kind, code, filled, near), 400)


def _near(kind: AuditeeKind, code: str, filled: RegisterForm) -> tuple[Near, ...]:
    village = code if kind is AuditeeKind.unit else ""
    return find_near(
        db.session(),
        kind,
        filled.name.data or "",
        regency_code=".".join(code.split(".")[:2]),
        village_code=village,
    )


def _all_offered(filled: RegisterForm) -> bool:
    """Whether everything chosen is on offer; an address can be written by hand."""
    for field, sentence in (
        (filled.agency, _("Pilih pengelolanya.")),
        (filled.responsible_office, _("Pilih kantor penanggung jawab.")),
    ):
        if not field.data or field.data not in offered(field):
            field.errors = [sentence]
    if (filled.operating_office.data or "") not in offered(filled.operating_office):
        filled.operating_office.errors = [_("Pilih kantornya dari daftar.")]
    if set(filled.tags.data or ()) - offered(filled.tags):
        filled.tags.errors = [_("Pilih dari daftar ciri.")]
    return not filled.errors


def _entity(name: str, legal_form: str) -> tuple[str, NewEntity | None]:
    """The body that is called so already, or a new one."""
    wanted = " ".join(name.split())
    known = db.session.scalars(
        select(Entity.id).where(func.lower(Entity.name) == wanted.lower()).order_by(Entity.id)
    ).first()
    return (known, None) if known else ("", NewEntity(wanted, legal_form))


def _register(code: str, filled: RegisterForm) -> Auditee:
    session, actor, clock = db.session(), the_actor(), the_clock()
    name, address = filled.name.data or "", " ".join((filled.address.data or "").split())
    agency, office = Agency(filled.agency.data), filled.responsible_office.data
    if not isinstance(filled, RegisterSiteForm):
        new_unit = NewUnit(
            name=name,
            village_code=code,
            agency=agency,
            tags=tuple(filled.tags.data or ()),
            address=address,
            responsible_office_id=office,
        )
        return register_unit(session, actor, clock, new=new_unit)
    entity_id, new_entity = _entity(filled.entity.data or "", filled.legal_form.data or "")
    new = NewSite(
        entity_id=entity_id,
        new_entity=new_entity,
        name=name,
        regency_code=code,
        agency=agency,
        tags=tuple(filled.tags.data or ()),
        services=tuple(
            Offered(tag, getattr(filled, PLACES[tag]).data if tag in PLACES else None)
            for tag in filled.services.data or ()
        ),
        address=address,
        operating_office_id=filled.operating_office.data or None,
        responsible_office_id=office,
    )
    return register_site(session, actor, clock, new=new)
