"""How does the directorate begin, edit and read drafts in the browser?"""

from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts.models import Person
from assessor.database.extension import db
from assessor.instruments import drafting
from assessor.instruments.comparing_pages import draft_changes_page
from assessor.instruments.draft_about import about_form, about_page, keep_about
from assessor.instruments.draft_ending import why_not_approve
from assessor.instruments.draft_forms import AboutForm, ItemForm, MoveForm, NewItemForm
from assessor.instruments.draft_item_pages import (
    Behind,
    behind,
    changes_of,
    filled_form,
    form_of,
    item_page,
    put_troubles,
    values_now,
    values_sent,
)
from assessor.instruments.draft_loaders import (
    Named,
    OfItem,
    OfSection,
    loaded_draft,
    loaded_item,
    loaded_named,
    loaded_section,
)
from assessor.instruments.draft_models import Draft, DraftStatus
from assessor.instruments.draft_pages import (
    Act,
    draft_href,
    draft_page,
    drafts_page,
    item_href,
    said,
    section_href,
    section_page,
)
from assessor.instruments.draft_reading import Drafted, list_drafts, read_draft
from assessor.instruments.exporting import draft_archive
from assessor.instruments.merging import digests, merge
from assessor.instruments.reading import Published, list_published, read_instruments
from assessor.instruments.trouble_words import Told, field_names, tell
from assessor.instruments.views import blueprint as instruments
from assessor.instruments.views import loaded_edition
from assessor.sentences import NotPermitted, Refused
from assessor.ui.current import say, the_clock, the_language, the_zone
from assessor.ui.formats import moment
from checklists.checking import item_part
from checklists.drafted import part_of, required_by

_PREVIEW, _SIMULATION = "transition.preview", "transition.simulation"

blueprint = Blueprint("drafts", __name__, template_folder="templates")


def fresh(draft_id: str) -> Drafted:
    """A draft as it is after a write."""
    return read_draft(db.session(), db.session.get_one(Draft, draft_id))


def told_of(drafted: Drafted) -> tuple[Told, ...]:
    """Its problems in words."""
    return tell(drafted.checked.troubles, drafted.material)


# ---- all drafts ----


@blueprint.get("/drafts")
@requires(Permission.draft_edition)
def index() -> str:
    """Every draft, what is still worked on first."""
    session = db.session()
    titles = {each.name: each.title.in_(the_language()) for each in list_published(session)}
    page = drafts_page(list_drafts(session), titles)
    return render_template("instruments/drafts.html", page=page)


@instruments.post("/instruments/<digest>/draft")
@requires(Permission.draft_edition, loaded_edition)
def start(loaded: Published) -> Response:
    """Begin the next edition of this one."""
    draft = drafting.start_from_edition(
        db.session(), the_actor(), the_clock(), fingerprint=loaded.fingerprint
    )
    flash(_("Rancangan edisi baru dibuat. Edisi yang berlaku tidak berubah."), "ok")
    return redirect(draft_href(draft.id), 303)


# ---- one draft ----


@blueprint.get("/drafts/<draft_id>")
@requires(Permission.draft_edition, loaded_draft)
def page(loaded: Drafted) -> str:
    """How far it is, what is wrong with it, and what is in it."""
    session, draft = db.session(), loaded.draft
    told = told_of(loaded)
    wanted = {draft.started_by, draft.proposed_by, draft.approved_by} - {None}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    primary, waits = _primary(loaded, troubled=bool(told))
    shown = draft_page(
        loaded,
        told,
        people={row.id: row.name for row in rows},
        acts=_acts(loaded, troubled=bool(told)),
        ends=_ends(draft),
        primary=primary,
        waits=waits,
    )
    return render_template("instruments/draft.html", page=shown)


def _primary(drafted: Drafted, *, troubled: bool) -> tuple[Act | None, str]:
    """The one act that comes next, or why the reader waits."""
    draft = drafted.draft
    match draft.status:
        case DraftStatus.open if troubled:
            told = told_of(drafted)[0]
            href = (
                item_href(draft.id, told.item, told.anchor)
                if told.item
                else url_for("drafts.about", draft_id=draft.id)
            )
            return Act(_("Perbaiki masalah pertama"), href), ""
        case DraftStatus.open if not draft.revision and draft.base:
            first = drafted.material.sections()
            href = section_href(draft.id, first[0]) if first else draft_href(draft.id)
            return Act(_("Mulai menyunting"), href), ""
        case DraftStatus.open:
            return Act(
                _("Ajukan untuk disahkan"),
                url_for("drafts.propose", draft_id=draft.id),
                post=True,
                confirm=_("Rancangan tidak dapat disunting selama menunggu pengesahan. Ajukan?"),
            ), ""
        case DraftStatus.proposed:
            refusal = why_not_approve(db.session(), the_actor(), draft)
            if refusal is not None:
                return None, say(refusal)
            return Act(_("Baca dan sahkan"), url_for("drafts.approve", draft_id=draft.id)), ""
        case DraftStatus.approved:
            return Act(
                _("Terbitkan"),
                url_for("drafts.publish", draft_id=draft.id),
                post=True,
                confirm=_("Edisi yang terbit tidak dapat diubah lagi. Terbitkan?"),
            ), ""
    return None, ""


def _acts(drafted: Drafted, *, troubled: bool) -> list[Act]:
    """What else can be looked at or done."""
    draft_id, draft = drafted.draft.id, drafted.draft
    acts = [Act(_("Judul, keterangan, dan nama edisi"), url_for("drafts.about", draft_id=draft_id))]
    if draft.base is not None:
        acts.append(
            Act(_("Perbedaan dari edisi dasar"), url_for("drafts.changes", draft_id=draft_id))
        )
    if not troubled:
        acts += _further(drafted)
    acts.append(Act(_("Unduh sebagai YAML"), url_for("drafts.download", draft_id=draft_id)))
    return acts


def _further(drafted: Drafted) -> list[Act]:
    """Pages of a higher feature about a draft without problems, where it is installed."""
    if _PREVIEW not in current_app.view_functions:
        return []
    draft_id, material = drafted.draft.id, drafted.material
    named = [
        (material.name, material.checklist),
        *((each.name, each.head) for each in material.based),
    ]
    acts = [
        Act(
            _("Pratinjau: %(title)s", title=said(head.get("title"))),
            url_for(_PREVIEW, draft_id=draft_id, checklist=name),
        )
        for name, head in named
    ]
    if drafted.draft.base is not None:
        acts.append(
            Act(
                _("Coba pada penilaian yang sudah dikunci"), url_for(_SIMULATION, draft_id=draft_id)
            )
        )
    return acts


def _ends(draft: Draft) -> list[Act]:
    acts = []
    if (
        draft.status in {DraftStatus.proposed, DraftStatus.approved}
        and decide(the_actor(), Permission.approve_edition).allowed
    ):
        acts.append(
            Act(_("Kembalikan untuk disunting"), url_for("drafts.give_back", draft_id=draft.id))
        )
    if draft.status in drafting.UNFINISHED:
        acts.append(Act(_("Tarik rancangan"), url_for("drafts.withdraw", draft_id=draft.id)))
    return acts


@blueprint.get("/drafts/<draft_id>/changes")
@requires(Permission.draft_edition, loaded_draft)
def changes(loaded: Drafted) -> str:
    """The draft beside the edition that it began with."""
    base = loaded.draft.base
    pair = None
    if base is not None and loaded.checked.checklist is not None:
        pair = (read_instruments(db.session(), [base])[base], loaded.checked.checklist)
    shown = draft_changes_page(
        title=said(loaded.material.checklist.get("title")),
        href=draft_href(loaded.draft.id),
        pair=pair,
    )
    return render_template("instruments/draft_changes.html", page=shown)


@blueprint.get("/drafts/<draft_id>/download")
@requires(Permission.draft_edition, loaded_draft)
def download(loaded: Drafted) -> Response:
    """The folders of the draft as the packaged library has them, whatever is wrong with them."""
    made = draft_archive(loaded.material, loaded.checked)
    return Response(
        made.content,
        content_type=made.media_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )


@blueprint.get("/drafts/<draft_id>/about")
@requires(Permission.draft_edition, loaded_draft)
def about(loaded: Drafted) -> str:
    """What the edition is called, and what it says about itself."""
    return render_template(
        "instruments/draft_about.html",
        page=about_page(loaded, about_form(loaded), told_of(loaded)),
    )


@blueprint.post("/drafts/<draft_id>/about")
@requires(Permission.draft_edition, loaded_draft)
def save_about(loaded: Drafted) -> Response | tuple[str, int]:
    """Keep it."""
    form = AboutForm(request.form)
    draft_id = loaded.draft.id
    if form.validate():
        clashes = keep_about(db.session(), the_actor(), the_clock(), loaded, form)
        if not clashes:
            flash(_("Tersimpan."), "ok")
            return redirect(draft_href(draft_id), 303)
        form = about_form(fresh(draft_id), form)
        return render_template(
            "instruments/draft_about.html",
            page=about_page(fresh(draft_id), form, (), clashes=clashes),
        ), 409
    return render_template("instruments/draft_about.html", page=about_page(loaded, form, ())), 400


# ---- a section ----


@blueprint.get("/drafts/<draft_id>/sections/<section>")
@requires(Permission.draft_edition, loaded_section)
def section(loaded: OfSection) -> str:
    """Its items in their order."""
    return _section(loaded, NewItemForm())


def _section(loaded: OfSection, form: NewItemForm) -> str:
    if not form.item.data and loaded.drafted.open:
        form.item.data = drafting.proposed_id(db.session(), loaded.drafted, loaded.section)
    shown = section_page(loaded.drafted, told_of(loaded.drafted), loaded.section, form=form)
    return render_template("instruments/draft_section.html", page=shown)


@blueprint.post("/drafts/<draft_id>/sections/<section>/items")
@requires(Permission.draft_edition, loaded_section)
def add(loaded: OfSection) -> Response | tuple[str, int]:
    """Add an item at the end of a section."""
    form = NewItemForm(request.form)
    draft_id, item = loaded.drafted.draft.id, (form.item.data or "").strip()
    if not form.validate():
        return _section(loaded, form), 400
    try:
        drafting.add_item(
            db.session(),
            the_actor(),
            the_clock(),
            draft_id=draft_id,
            section=loaded.section,
            item=item,
        )
    except NotPermitted:
        raise
    except Refused as refused:
        form.item.errors = [say(refused.sentence)]
        return _section(OfSection(fresh(draft_id), loaded.section), form), 400
    flash(_("Butir %(item)s ditambahkan. Isi bunyinya.", item=item), "ok")
    return redirect(item_href(draft_id, item), 303)


@blueprint.post("/drafts/<draft_id>/items/<item>/move")
@requires(Permission.draft_edition, loaded_item)
def move(loaded: OfItem) -> Response:
    """Move an item within its section."""
    form = MoveForm(request.form)
    draft_id, name = loaded.drafted.draft.id, loaded.found.name
    where = str(loaded.found.requirement.get("section", ""))
    if form.validate():
        drafting.move_item(
            db.session(),
            the_actor(),
            the_clock(),
            draft_id=draft_id,
            item=name,
            by=1 if (form.by.data or 0) > 0 else -1,
            seen=form.seen.data or 0,
        )
    return redirect(f"{section_href(draft_id, where)}#butir-{name}", 303)


@blueprint.post("/drafts/<draft_id>/items/<item>/retire")
@requires(Permission.draft_edition, loaded_item)
def retire(loaded: OfItem) -> Response:
    """Take an item out of the edition to be."""
    draft_id, name = loaded.drafted.draft.id, loaded.found.name
    where = str(loaded.found.requirement.get("section", ""))
    typed = request.form.get("seen", "")
    drafting.retire_item(
        db.session(),
        the_actor(),
        the_clock(),
        draft_id=draft_id,
        item=name,
        seen=int(typed) if typed.isdecimal() and len(typed) < 9 else -1,
    )
    flash(_("Butir %(item)s dihapus dari rancangan. Kodenya tidak dipakai lagi.", item=name), "ok")
    return redirect(section_href(draft_id, where), 303)


@blueprint.post("/drafts/<draft_id>/items/<item>/restore")
@requires(Permission.draft_edition, loaded_named)
def restore(loaded: Named) -> Response:
    """Take a retired item back."""
    drafting.restore_item(
        db.session(), the_actor(), the_clock(), draft_id=loaded.draft_id, item=loaded.item
    )
    flash(_("Butir %(item)s ada lagi.", item=loaded.item), "ok")
    return redirect(item_href(loaded.draft_id, loaded.item), 303)


# ---- an item ----


@blueprint.get("/drafts/<draft_id>/items/<item>")
@requires(Permission.draft_edition, loaded_item)
def item(loaded: OfItem) -> str:
    """One item with its requirement."""
    return _item_page(loaded.drafted, loaded.found, filled_form(loaded.drafted, loaded.found))


def _item_page(
    drafted: Drafted, found: Behind, form: ItemForm, clash: list[tuple[str, str]] | None = None
) -> str:
    put_troubles(form, told_of(drafted), found)
    shown = item_page(drafted, found, form, clash=clash or ())
    return render_template("instruments/draft_item.html", page=shown)


@blueprint.post("/drafts/<draft_id>/items/<item>")
@requires(Permission.draft_edition, loaded_item)
def save_item(loaded: OfItem) -> Response | tuple[str, int] | tuple[Response, int]:
    """Keep what was changed; what somebody else changed meanwhile stays."""
    drafted, found = loaded.drafted, loaded.found
    by_script = request.headers.get("Accept") == "application/json"
    sent = ItemForm(request.form)
    merged = merge(values_sent(sent), values_now(drafted, found), sent.was.data or "")
    if merged.clashes:
        if by_script:
            return jsonify(sentence=say(drafting.CHANGED)), 409
        form = form_of(merged.values, drafted, found)
        return _item_page(drafted, found, form, _clash(drafted, found, merged.clashes)), 409
    draft_id, name = drafted.draft.id, found.name
    try:
        drafting.save_parts(
            db.session(),
            the_actor(),
            the_clock(),
            draft_id=draft_id,
            changes=changes_of(merged.values, drafted, found),
        )
    except NotPermitted:
        raise
    except Refused as refused:
        return _not_kept(draft_id, name, merged.values, refused, by_script=by_script)
    if by_script:
        return _receipt(draft_id, name)
    flash(_("Tersimpan."), "ok")
    return redirect(_onward(draft_id, name), 303)


def _clash(drafted: Drafted, found: Behind, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """What stands now in the fields that both changed."""
    labels, now = field_names(), values_now(drafted, found)
    return [
        (
            labels.get(f"own_words_{name[-2:]}" if name.startswith("own_words") else name)
            or (_("Contoh bukti") if name == "evidence" else name),
            _in_words(now[name]),
        )
        for name in names
    ]


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(said(each) for each in value)
    return str(value)


def _not_kept(
    draft_id: str, name: str, values: Any, refused: Refused, *, by_script: bool
) -> tuple[str, int] | tuple[Response, int]:
    """Nothing was written; what was typed stays on the page."""
    status = 409 if isinstance(refused, drafting.PartChanged) else 422
    if by_script:
        return jsonify(sentence=say(refused.sentence)), status
    drafted = fresh(draft_id)
    found = behind(drafted, name)
    if found is None:
        raise refused
    form = form_of(values, drafted, found)
    form.form_errors.append(say(refused.sentence))
    return _item_page(drafted, found, form), status


def _receipt(draft_id: str, name: str) -> tuple[Response, int]:
    """What the script needs to go on: what stands now, and what is wrong with it."""
    drafted = fresh(draft_id)
    found = behind(drafted, name)
    told = told_of(drafted)
    if found is None:
        return jsonify(sentence=say(drafting.CHANGED)), 409
    form = filled_form(drafted, found)
    put_troubles(form, told, found)
    wrong = {
        field.id: " ".join(str(each) for each in field.errors)
        for field in _flat(form)
        if field.errors
    }
    saved = moment(the_clock()(), the_zone(), the_language()).rsplit(" ", 2)
    return jsonify(
        was=digests(values_now(drafted, found)),
        wrong=wrong,
        said=_("Tersimpan %(time)s", time=" ".join(saved[-2:])),
        count=ngettext("%(num)s masalah", "%(num)s masalah", len(told)) if told else "",
    ), 200


def _flat(form: Any) -> list[Any]:
    """Every field that somebody types into."""
    fields: list[Any] = []
    for field in form:
        if hasattr(field, "entries"):
            for entry in field.entries:
                fields += _flat(entry.form)
        else:
            fields.append(field)
    return fields


def _onward(draft_id: str, name: str) -> str:
    """Where the pressed button leads."""
    pressed = request.form.get("then", "")
    drafted = fresh(draft_id)
    own = part_of(drafted.material, item_part(name))
    if pressed == "next" and own is not None:
        order = [str(each["item"]) for each in drafted.material.items]
        at = order.index(name)
        if at + 1 < len(order):
            return item_href(draft_id, order[at + 1])
    if pressed == "section" and own is not None:
        requirement = part_of(drafted.material, f"requirement:{required_by(own)}") or {}
        where = str(requirement.get("section", ""))
        if where in drafted.material.sections():
            return f"{section_href(draft_id, where)}#butir-{name}"
    return item_href(draft_id, name)
