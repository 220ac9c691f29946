"""How is a draft proposed, returned, withdrawn, approved and published in the browser?"""

from datetime import date

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts.confirming import for_signer, is_confirmed
from assessor.database.extension import db
from assessor.instruments import draft_ending
from assessor.instruments.draft_forms import ApproveForm, ReasonForm
from assessor.instruments.draft_loaders import loaded_draft
from assessor.instruments.draft_pages import draft_href, said
from assessor.instruments.draft_reading import Drafted
from assessor.instruments.draft_views import blueprint, fresh
from assessor.instruments.pages import edition_href
from assessor.sentences import NotPermitted, Refused, Stale
from assessor.ui.current import say, the_clock, the_language, the_settings, the_zone
from assessor.ui.form_page import Asked, FormPage, show_form
from assessor.ui.formats import day_in, number
from assessor.ui.parts import Link


def _today() -> date:
    return day_in(the_clock()(), the_zone())


def _back(draft_id: str) -> Link:
    return Link(_("Rancangan ini"), draft_href(draft_id))


@blueprint.post("/drafts/<draft_id>/propose")
@requires(Permission.draft_edition, loaded_draft)
def propose(loaded: Drafted) -> Response:
    """Put it before somebody else."""
    draft_id, typed = loaded.draft.id, request.form.get("revision", "")
    draft_ending.propose_draft(
        db.session(),
        the_actor(),
        the_clock(),
        draft_id=draft_id,
        revision=int(typed) if typed.isdecimal() and len(typed) < 9 else -1,
    )
    flash(_("Diajukan. Orang lain di direktorat membacanya, lalu mengesahkan."), "ok")
    return redirect(draft_href(draft_id), 303)


# ---- back, or given up ----


def _reason_page(
    loaded: Drafted, form: ReasonForm, *, endpoint: str, title: str, button: str, note: str
) -> tuple[str, int]:
    return show_form(
        FormPage(
            title=title,
            back=_back(loaded.draft.id),
            action=url_for(endpoint, draft_id=loaded.draft.id),
            form=form,
            fields=(Asked("reason", note),),
            button=button,
        ),
        400 if form.errors else 200,
    )


def _give_back_page(loaded: Drafted, form: ReasonForm) -> tuple[str, int]:
    return _reason_page(
        loaded,
        form,
        endpoint="drafts.return_it",
        title=_("Kembalikan rancangan"),
        button=_("Kembalikan untuk disunting"),
        note=_("Tulis apa yang perlu diubah. Penyusun membacanya pada rancangan ini."),
    )


@blueprint.get("/drafts/<draft_id>/return")
@requires(Permission.approve_edition, loaded_draft)
def give_back(loaded: Drafted) -> tuple[str, int]:
    """Why it goes back."""
    return _give_back_page(loaded, ReasonForm())


@blueprint.post("/drafts/<draft_id>/return")
@requires(Permission.approve_edition, loaded_draft)
def return_it(loaded: Drafted) -> Response | tuple[str, int]:
    """Give it back to its authors."""
    form, draft_id = ReasonForm(request.form), loaded.draft.id
    if not form.validate():
        return _give_back_page(loaded, form)
    try:
        draft_ending.return_draft(
            db.session(), the_actor(), the_clock(), draft_id=draft_id, reason=form.reason.data or ""
        )
    except NotPermitted:
        raise
    except Refused as refused:
        form.reason.errors = [say(refused.sentence)]
        return _give_back_page(fresh(draft_id), form)
    flash(_("Dikembalikan untuk disunting."), "ok")
    return redirect(draft_href(draft_id), 303)


def _withdraw_page(loaded: Drafted, form: ReasonForm) -> tuple[str, int]:
    return _reason_page(
        loaded,
        form,
        endpoint="drafts.withdraw_it",
        title=_("Tarik rancangan"),
        button=_("Tarik rancangan ini"),
        note=_("Rancangan tetap dapat dibaca, tetapi tidak dilanjutkan."),
    )


@blueprint.get("/drafts/<draft_id>/withdraw")
@requires(Permission.draft_edition, loaded_draft)
def withdraw(loaded: Drafted) -> tuple[str, int]:
    """Why it is given up."""
    return _withdraw_page(loaded, ReasonForm())


@blueprint.post("/drafts/<draft_id>/withdraw")
@requires(Permission.draft_edition, loaded_draft)
def withdraw_it(loaded: Drafted) -> Response | tuple[str, int]:
    """Give it up."""
    form, draft_id = ReasonForm(request.form), loaded.draft.id
    if not form.validate():
        return _withdraw_page(loaded, form)
    try:
        draft_ending.withdraw_draft(
            db.session(), the_actor(), the_clock(), draft_id=draft_id, reason=form.reason.data or ""
        )
    except NotPermitted:
        raise
    except Refused as refused:
        form.reason.errors = [say(refused.sentence)]
        return _withdraw_page(fresh(draft_id), form)
    flash(_("Rancangan ditarik."), "ok")
    return redirect(draft_href(draft_id), 303)


# ---- approved and published ----


def _code_hint() -> str:
    return str(
        _(
            "Enam angka dari aplikasi, atau satu kode pemulihan. Kode yang sudah dipakai untuk "
            "masuk tidak bisa dipakai lagi; tunggu yang berikutnya."
        )
    )


def _approve_page(loaded: Drafted, form: ApproveForm) -> tuple[str, int]:
    draft, checklist = loaded.draft, loaded.checked.checklist
    if checklist is not None and not form.fingerprint.data:
        # once shown it stays: what changed since was not read
        form.fingerprint.data = draft_ending.fingerprint_of(loaded.checked)
    language = the_language()
    notes = [
        _(
            "%(title)s, edisi %(edition)s: %(items)s butir.",
            title=said(loaded.material.checklist.get("title")),
            edition=draft.edition,
            items=number(len(loaded.material.items), language),
        ),
        _(
            "Baca dahulu perbedaannya dari edisi dasar. Nomor dan tanggal ditulis dari keputusan "
            "yang sudah ada; sistem ini tidak membuatnya."
        ),
    ]
    if the_settings().demo:
        notes.append(_("Ini data contoh: edisinya ditandai disahkan dengan keputusan fiktif."))
    return show_form(
        FormPage(
            title=_("Sahkan rancangan"),
            back=_back(draft.id),
            action=url_for("drafts.approve_it", draft_id=draft.id),
            form=form,
            fields=(
                Asked("decree", width="medium"),
                Asked("signed_on", width="short"),
                Asked(
                    "effective_on",
                    _("Sejak hari ini penilaian baru dibuka dengan edisi ini."),
                    "short",
                ),
                Asked(
                    "password",
                    _("Ditanyakan lagi agar tidak ada orang lain yang mengesahkan atas nama Anda."),
                    "medium",
                ),
                *(
                    [Asked("factor_code", _code_hint(), "short")]
                    if "factor_code" in form.data
                    else []
                ),
                Asked("fingerprint"),
            ),
            button=_("Sahkan edisi ini"),
            notes=tuple(notes),
        ),
        400 if form.errors else 200,
    )


def _ready(loaded: Drafted) -> None:
    """Whoever may not approve this one, or comes at another time, is told so at once."""
    refusal = draft_ending.why_not_approve(db.session(), the_actor(), loaded.draft)
    if refusal is not None:
        raise NotPermitted(refusal)
    draft_ending.refuse_unless_proposed(loaded.draft)


@blueprint.get("/drafts/<draft_id>/approve")
@requires(Permission.approve_edition, loaded_draft)
def approve(loaded: Drafted) -> tuple[str, int]:
    """What is approved, and by which decree."""
    _ready(loaded)
    return _approve_page(loaded, for_signer(ApproveForm()))


@blueprint.post("/drafts/<draft_id>/approve")
@requires(Permission.approve_edition, loaded_draft)
def approve_it(loaded: Drafted) -> Response | tuple[str, int]:
    """Approve what was read."""
    _ready(loaded)
    form, draft_id = for_signer(ApproveForm(request.form)), loaded.draft.id
    read = form.fingerprint.data or ""
    if not form.validate() or not is_confirmed(form):
        return _approve_page(fresh(draft_id), form)
    signed_on, effective_on = form.signed_on.data, form.effective_on.data
    if signed_on is None or effective_on is None:
        return _approve_page(fresh(draft_id), form)
    try:
        draft_ending.approve_draft(
            db.session(),
            the_actor(),
            the_clock(),
            draft_id=draft_id,
            decree=draft_ending.Decree(
                number=form.decree.data or "", signed_on=signed_on, effective_on=effective_on
            ),
            fingerprint=read,
            today=_today(),
        )
    except (NotPermitted, Stale):
        raise
    except Refused as refused:
        form.form_errors.append(say(refused.sentence))
        return _approve_page(fresh(draft_id), form)
    flash(_("Disahkan. Terbitkan agar edisi ini dapat dipakai."), "ok")
    return redirect(draft_href(draft_id), 303)


@blueprint.post("/drafts/<draft_id>/publish")
@requires(Permission.publish_edition, loaded_draft)
def publish(loaded: Drafted) -> Response:
    """Make it an edition for good."""
    fingerprint = draft_ending.publish_draft(
        db.session(),
        the_actor(),
        the_clock(),
        draft_id=loaded.draft.id,
        fictitious=the_settings().demo,
    )
    flash(_("Edisi ini terbit. Isinya tidak dapat diubah lagi."), "ok")
    return redirect(edition_href(fingerprint), 303)
