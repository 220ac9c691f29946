"""How is a visible client reported, and how does the privacy officer look and decide?"""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.decide import decide
from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.evidence import queries
from assessor.evidence.loaders import OnePage, loaded_even_quarantined, loaded_evidence
from assessor.evidence.quarantine import (
    InQuarantine,
    end_quarantine,
    in_quarantine,
    report_client,
    subject_in_quarantine,
)
from assessor.evidence.quarantine_forms import EndQuarantineForm, ReportClientForm
from assessor.evidence.queries import Piece
from assessor.evidence.serving import page as page_of
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_language, the_zone
from assessor.ui.formats import moment
from assessor.ui.parts import Fact, Link


@dataclass(frozen=True)
class ReportPage:
    """The question where a client is visible."""

    title: str
    back: Link
    action: str
    form: ReportClientForm


@dataclass(frozen=True)
class QuarantinedPage:
    """What everybody sees of a piece in quarantine."""

    back: Link
    look_href: str


@dataclass(frozen=True)
class LookPage:
    """A piece in quarantine, for who handed it in and for the privacy officer."""

    title: str
    kicker: str
    facts: tuple[Fact, ...]
    pictures: tuple[str, ...]
    end_action: str
    form: EndQuarantineForm


def loaded_quarantined(evidence_id: str) -> Loaded | None:
    """A piece in quarantine; any other is not found here."""
    piece = queries.piece(db.session(), evidence_id)
    if piece is None or not piece.quarantined:
        return None
    subject = subject_in_quarantine(piece.auditee_id, piece.uploaded_by)
    return Loaded(piece, subject, seen_with=Permission.see_quarantined)


def loaded_quarantined_page(evidence_id: str, number: int) -> Loaded | None:
    """One page of a piece in quarantine."""
    loaded = loaded_quarantined(evidence_id)
    if loaded is None or not 1 <= number <= len(loaded.thing.page_digests):
        return None
    return Loaded(OnePage(loaded.thing, number), loaded.subject, seen_with=loaded.seen_with)


def quarantined(piece: Piece) -> str:
    """What everybody sees instead of the piece."""
    subject = subject_in_quarantine(piece.auditee_id, piece.uploaded_by)
    looks = decide(the_actor(), Permission.see_quarantined, subject).allowed
    library = url_for("evidence.library", auditee_id=piece.auditee_id)
    page = QuarantinedPage(
        back=Link(_("Semua bukti dukung"), library),
        look_href=url_for("evidence.look", evidence_id=piece.id) if looks else "",
    )
    return render_template("evidence/quarantined.html", page=page)


def _report_page(piece: Piece, form: ReportClientForm) -> str:
    page = ReportPage(
        title=piece.title,
        back=Link(piece.title, url_for("evidence.piece", evidence_id=piece.id)),
        action=url_for("evidence.report_seen", evidence_id=piece.id),
        form=form,
    )
    return render_template("evidence/report_client.html", page=page)


def report(loaded: Piece) -> str:
    """The form with what follows from it."""
    return _report_page(loaded, ReportClientForm())


def report_seen(loaded: Piece) -> Response | tuple[str, int]:
    """Put it into quarantine, at once."""
    shut = redirect(url_for("evidence.piece", evidence_id=loaded.id), 303)
    if loaded.quarantined:  # somebody else was quicker
        return shut
    form = ReportClientForm(request.form)
    if not form.validate():
        return _report_page(loaded, form), 422
    try:
        report_client(
            db.session(),
            the_actor(),
            the_clock(),
            evidence_id=loaded.id,
            where=form.where.data or "",
        )
    except Refused as refused:
        form.where.errors = [say(refused.sentence)]
        return _report_page(loaded, form), 422
    flash(_("Bukti dikarantina. Pejabat pelindungan data akan memeriksanya."), "ok")
    return shut


def look(loaded: Piece) -> str:
    """The piece with its pages; each page that is shown is noted."""
    return _look(loaded, EndQuarantineForm())


def _look(piece: Piece, form: EndQuarantineForm) -> str:
    session = db.session()
    owner = queries.owner(session, piece.auditee_id)
    found = in_quarantine(session, the_actor(), evidence_id=piece.id).rows
    subject = subject_in_quarantine(piece.auditee_id, piece.uploaded_by)
    ends = decide(the_actor(), Permission.end_quarantine, subject).allowed
    page = LookPage(
        title=piece.title,
        kicker="" if owner is None else f"{owner.name} · {owner.reference}",
        facts=tuple(fact for each in found for fact in _facts(each, piece)),
        pictures=tuple(
            url_for("evidence.look_page", evidence_id=piece.id, number=number)
            for number in range(1, len(piece.page_digests) + 1)
        ),
        end_action=url_for("evidence.let_go", evidence_id=piece.id) if ends else "",
        form=form,
    )
    return render_template("evidence/look.html", page=page)


def _facts(each: InQuarantine, piece: Piece) -> tuple[Fact, ...]:
    since = moment(each.since, the_zone(), the_language())
    return (
        Fact(_("Dilaporkan"), since, note=each.reporter),
        Fact(_("Di bagian mana"), each.whereabouts or _("tidak disebut")),
        Fact(_("Dikirim oleh"), piece.uploader),
    )


def look_page(loaded: OnePage) -> Response:
    """The copy of one page, noted in the log like any other."""
    return page_of(loaded)


def let_go(loaded: Piece) -> Response | tuple[str, int]:
    """End the quarantine."""
    form = EndQuarantineForm(request.form)
    if not form.validate():
        return _look(loaded, form), 422
    try:
        end_quarantine(
            db.session(),
            the_actor(),
            the_clock(),
            evidence_id=loaded.id,
            why=form.why.data or "",
        )
    except Refused as refused:
        form.why.errors = [say(refused.sentence)]
        return _look(loaded, form), 422
    flash(_("Karantina diakhiri. Bukti dapat dilihat lagi oleh yang berhak."), "ok")
    return redirect(url_for("dashboard.home"), 303)


def add_to(blueprint: Blueprint) -> None:
    """Put these answers under their addresses."""
    here, there = "/evidence/<evidence_id>/client-visible", "/quarantine/<evidence_id>"
    reads = requires(Permission.see_evidence, loaded_evidence)
    sees = Permission.see_quarantined
    blueprint.get(here)(reads(report))
    blueprint.post(here)(requires(Permission.see_evidence, loaded_even_quarantined)(report_seen))
    blueprint.get(there)(requires(sees, loaded_quarantined)(look))
    blueprint.get(f"{there}/page/<int:number>")(requires(sees, loaded_quarantined_page)(look_page))
    blueprint.post(f"{there}/end")(requires(Permission.end_quarantine, loaded_quarantined)(let_go))
