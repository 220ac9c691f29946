"""How does somebody open an assessment: for an auditee by a team, or of one's own?"""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.blueprint import blueprint
from assessor.assessments.candidates import (
    Offered,
    Usable,
    kinds_of,
    list_candidates,
    list_usable,
)
from assessor.assessments.independence import Act, Breach, breaches
from assessor.assessments.models import Assessment, Kind, Mode
from assessor.assessments.opening.forms import LONGEST_SEARCH, OpenForm
from assessor.assessments.opening.services import Opening, open_assessment
from assessor.assessments.page_parts import (
    checklist_href,
    edition_chip,
    more_words,
    overview_href,
    ruling,
)
from assessor.assessments.workflow import RUNNING
from assessor.auditees.loaders import loaded_auditee
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.sentences import NotPermitted, Refused
from assessor.ui.choices import offer, offered
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.formats import Zone, day_in
from assessor.ui.parts import Chip, Link


@dataclass(frozen=True)
class EditionLine:
    """An edition with its status label."""

    title: str
    note: str
    chip: Chip


@dataclass(frozen=True)
class OpenPage:
    """The form that opens an assessment by a team."""

    auditee: str
    back: Link
    action: str
    form: OpenForm
    editions: tuple[EditionLine, ...]
    offers_exemption: bool
    has_team: bool
    more: str
    has_edition: bool
    purposes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OpenSelfPage:
    """One button: the auditee assesses itself."""

    auditee: str
    back: Link
    action: str
    edition: EditionLine | None
    days: int
    items: int
    running: Link | None
    refusal: str


def _edition_line(usable: Usable) -> EditionLine:
    checklist, language = usable.checklist, the_language()
    return EditionLine(
        title=_(
            "%(title)s, edisi %(edition)s",
            title=checklist.title.in_(language),
            edition=checklist.edition,
        ),
        note=checklist.note.in_(language),
        chip=edition_chip(usable.status),
    )


def _back(auditee: Auditee) -> Link:
    return Link(auditee.name, f"/auditees/{auditee.id}")


def _own_case(auditee: Auditee) -> bool:
    """Whether the reader opens a self-assessment here. Raises NotPermitted for neither."""
    if ruling(Permission.open_assessment).allowed:
        return False
    own = ruling(Permission.open_self_assessment)
    if not own.allowed and own.reason is not None:
        raise NotPermitted(own.reason)
    del auditee
    return True


@blueprint.get("/auditees/<auditee_id>/assessments/new")
@requires(Permission.see_auditee, loaded_auditee)
def open_form(loaded: Auditee) -> str:
    """The way to open an assessment of this auditee."""
    if _own_case(loaded):
        return _show_own(loaded)
    form = OpenForm(data={"mode": Mode.on_site.value, "kind": request.args.get("kind")})
    return _show(loaded, form)


@blueprint.post("/auditees/<auditee_id>/assessments/new")
@requires(Permission.see_auditee, loaded_auditee)
def open_it(loaded: Auditee) -> Response | tuple[str, int]:
    """Open it, or say what is in the way and keep what was chosen."""
    if _own_case(loaded):
        return _open_own(loaded)
    form = OpenForm(request.form)
    auditee_id = loaded.id
    usable = _usable(loaded)
    _offer(form, usable, _people(loaded, form))
    if request.form.get("find"):
        return _show(loaded, form), 200
    broken: tuple[Breach, ...] = ()
    if form.validate() and _offered(form):
        broken = breaches(db.session(), loaded, Act.lead, person_id=form.lead.data or "")
        _say_breaches(form, broken)
    if not form.errors:
        try:
            opened = open_assessment(
                db.session(), the_actor(), the_clock(), wanted=_wanted(form, auditee_id)
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Penilaian %(reference)s sudah dibuka.", reference=opened.reference), "ok")
            return redirect(overview_href(opened.id), 303)
    auditee = db.session.get_one(Auditee, auditee_id)
    return _show(auditee, form, broken=broken), 400


def _usable(auditee: Auditee) -> tuple[Usable, ...]:
    return list_usable(db.session(), auditee, _today(auditee))


def _today(auditee: Auditee) -> date:
    return day_in(the_clock()(), Zone(auditee.time_zone.value))


def _people(auditee: Auditee, form: OpenForm) -> Offered:
    """Whom the form offers: those it is narrowed to, and those chosen already."""
    chosen = [each for each in (form.lead.data, *(form.members.data or ())) if each]
    return list_candidates(
        db.session(),
        auditee,
        words=(form.words.data or "")[:LONGEST_SEARCH],
        chosen=tuple(dict.fromkeys(chosen)),
    )


def _offer(form: OpenForm, usable: tuple[Usable, ...], candidates: Offered) -> None:
    language = the_language()
    kinds = [kind for kind in kinds_of(usable) if kind is not Kind.self]
    offer(form.kind, {kind: wording.in_(language, wording.KINDS, kind) for kind in kinds})
    offer(form.mode, {mode: wording.in_(language, wording.MODES, mode) for mode in Mode})
    people = {each.person_id: f"{each.name} · {each.office}" for each in candidates.people}
    offer(form.lead, people, none=_("Pilih orangnya"))
    offer(form.members, people)
    offer(
        form.edition,
        {each.checklist.fingerprint: _choice_words(each) for each in _choosable(usable)},
        none=_("Sesuai jenis penilaian (dianjurkan)"),
    )


def _choosable(usable: tuple[Usable, ...]) -> tuple[Usable, ...]:
    """Between which editions one may choose: what only a self-assessment or a follow-up uses
    follows from the kind."""
    settled = {Kind.self, Kind.follow_up}
    return tuple(each for each in usable if set(each.checklist.kinds) - settled)


def _choice_words(usable: Usable) -> str:
    """An edition in the list; what is made for one kind or one place says so."""
    language, checklist = the_language(), usable.checklist
    words = [_edition_line(usable).title]
    if len(checklist.kinds) == 1:
        words.append(wording.in_(language, wording.KINDS, checklist.kinds[0]))
    if len(checklist.places) == 1:
        words.append(wording.in_(language, wording.MODES, checklist.places[0]))
    return " · ".join(words)


def _offered(form: OpenForm) -> bool:
    """Whether everything chosen is on offer; an address can be written by hand."""
    for field, sentence in (
        (form.kind, _("Pilih jenis penilaian.")),
        (form.mode, _("Pilih cara menilai.")),
        (form.lead, _("Pilih ketua tim penilai.")),
    ):
        if field.data not in offered(field):
            field.errors = [*field.errors, sentence]
    if set(form.members.data or ()) - offered(form.members):
        form.members.errors = [_("Tim hanya dapat berisi petugas penilai. Periksa pilihan Anda.")]
    return not form.errors


def _say_breaches(form: OpenForm, broken: tuple[Breach, ...]) -> None:
    excused = bool((form.exempt_reason.data or "").strip())
    for breach in broken:
        if not (breach.rule.exemptible and excused):
            form.lead.errors = [*form.lead.errors, say(breach.sentence)]


def _wanted(form: OpenForm, auditee_id: str) -> Opening:
    return Opening(
        auditee_id=auditee_id,
        kind=Kind(form.kind.data),
        mode=Mode(form.mode.data),
        lead_id=form.lead.data,
        member_ids=tuple(form.members.data or ()),
        visit_on=form.visit_on.data,
        edition=form.edition.data or None,
        exempt_reason=form.exempt_reason.data or "",
    )


def _show(auditee: Auditee, form: OpenForm, *, broken: tuple[Breach, ...] = ()) -> str:
    usable = _usable(auditee)
    candidates = _people(auditee, form)
    _offer(form, usable, candidates)
    language = the_language()
    page = OpenPage(
        auditee=auditee.name,
        back=_back(auditee),
        action=url_for("assessments.open_it", auditee_id=auditee.id),
        form=form,
        editions=tuple(_edition_line(each) for each in _choosable(usable)),
        offers_exemption=bool(form.exempt_reason.data)
        or any(breach.rule.exemptible for breach in broken),
        has_team=bool(candidates.people) or bool(form.words.data),
        more=more_words(candidates),
        has_edition=bool(usable),
        purposes=tuple(
            (
                wording.in_(language, wording.KINDS, kind),
                wording.in_(language, wording.KIND_PURPOSES, kind),
            )
            for kind in kinds_of(usable)
            if kind is not Kind.self
        ),
    )
    return render_template("assessments/open.html", page=page)


# ---- one's own ----


def _running(auditee: Auditee) -> Assessment | None:
    return (
        db.session.execute(
            select(Assessment)
            .where(
                Assessment.auditee_id == auditee.id,
                Assessment.kind == Kind.self,
                Assessment.status.in_(RUNNING),
            )
            .limit(1)
        )
        .scalars()
        .one_or_none()
    )


def _show_own(auditee: Auditee, refusal: str = "") -> str:
    fitting = [each for each in _usable(auditee) if Kind.self in each.checklist.kinds]
    running = _running(auditee)
    checklist = fitting[0].checklist if fitting else None
    page = OpenSelfPage(
        auditee=auditee.name,
        back=_back(auditee),
        action=url_for("assessments.open_it", auditee_id=auditee.id),
        edition=_edition_line(fitting[0]) if fitting else None,
        days=checklist.days.self_assessment if checklist else 0,
        items=len(checklist.applicable(frozenset(auditee.tags))) if checklist else 0,
        running=Link(running.reference, overview_href(running.id)) if running else None,
        refusal=refusal,
    )
    return render_template("assessments/open_self.html", page=page)


def _open_own(auditee: Auditee) -> Response | tuple[str, int]:
    auditee_id = auditee.id
    try:
        opened = open_assessment(
            db.session(),
            the_actor(),
            the_clock(),
            wanted=Opening(auditee_id=auditee_id, kind=Kind.self, mode=Mode.online),
        )
    except Refused as refused:
        return _show_own(db.session.get_one(Auditee, auditee_id), say(refused.sentence)), 409
    flash(
        _("Penilaian mandiri sudah dibuka. Anda dapat berhenti dan melanjutkan kapan saja."), "ok"
    )
    return redirect(checklist_href(opened.id), 303)
