"""How is a comparison chosen, read and saved as a paper?"""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from assessor import __version__
from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments.seal import BrokenSeal
from assessor.auditees.loaders import loaded_auditee
from assessor.auditees.models import Auditee
from assessor.comparison.building import build_compared, label_of
from assessor.comparison.mappings import packaged_mappings
from assessor.comparison.page import Compared, ComparisonPage, Offered
from assessor.comparison.paper import render
from assessor.comparison.sides import (
    MOST_SIDES,
    Candidate,
    choose,
    list_candidates,
    read_sides,
)
from assessor.database.extension import db
from assessor.evidence.names import as_attachment
from assessor.installation.letterheads import logo_bytes
from assessor.sentences import Refused, Sentence
from assessor.ui.charts import Bar, bars
from assessor.ui.charts import Comparison as Earlier
from assessor.ui.current import the_language
from assessor.ui.formats import Zone, day, day_in
from assessor.ui.parts import Chip, ChipStatus, Column, Link, Table

log = logging.getLogger("assessor.comparison")

blueprint = Blueprint("comparison", __name__, template_folder="templates")

_BROKEN = Sentence(
    "Isi yang dikunci tidak cocok dengan akarnya, jadi tidak ditampilkan. Hubungi administrator."
)


def _chosen(auditee: Auditee) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """All that can be chosen, and what is."""
    candidates = list_candidates(db.session(), the_actor(), auditee.id)
    wanted = frozenset(request.args.getlist("with"))
    return candidates, choose(candidates, wanted, about=request.args.get("about", ""))


def _compared(chosen: Sequence[Candidate]) -> Compared | None:
    if len(chosen) < 2:
        return None
    try:
        sides = read_sides(db.session(), chosen)
    except BrokenSeal as broken:
        log.critical("a sealed document that was to be compared does not give its root")
        raise Refused(_BROKEN) from broken
    return build_compared(sides, packaged_mappings(), the_language())


def _loaded(auditee_id: str) -> Loaded | None:
    """The auditee, for who may read assessments of it; its own among them."""
    found = loaded_auditee(auditee_id)
    if found is None:
        return None
    subject = replace(found.subject, own_kind=True)
    return Loaded(found.thing, subject, seen_with=Permission.see_assessment)


@blueprint.get("/auditees/<auditee_id>/comparison")
@requires(Permission.see_assessment, _loaded)
def page(loaded: Auditee) -> str:
    """Sealed assessments of one auditee side by side."""
    candidates, chosen = _chosen(loaded)
    compared = _compared(chosen)
    shown = ComparisonPage(
        h1=_("Perbandingan"),
        kicker=f"{loaded.name} · {loaded.reference}",
        back=Link(loaded.name, f"/auditees/{loaded.id}"),
        offered=_offered(candidates, chosen, Zone(loaded.time_zone.value)),
        lacking=_lacking(candidates, chosen),
        compared=compared,
        head_columns=tuple(
            Column(label)
            for label in (_("Penilaian"), _("Dikunci"), _("Nilai"), _("Hasil"), _("Instrumen"))
        ),
        chips=tuple(Chip(ChipStatus.warn, label) for label in compared.labels) if compared else (),
        bars=bars(_bars(compared), title=_("Nilai per aspek"), language=the_language())
        if compared and compared.figures
        else None,
        table=_table(compared) if compared and compared.figures else None,
        pdf=_pdf_href(loaded, chosen) if compared else "",
        action=url_for("comparison.page", auditee_id=loaded.id),
        most=MOST_SIDES,
    )
    return render_template("comparison/page.html", page=shown)


def _offered(
    candidates: Sequence[Candidate], chosen: Sequence[Candidate], zone: Zone
) -> tuple[Offered, ...]:
    language = the_language()
    return tuple(
        Offered(
            id=each.id,
            label=label_of(each, language),
            detail=_(
                "%(reference)s, dikunci %(day)s",
                reference=each.reference,
                day=day(day_in(each.sealed_at, zone), language),
            ),
            chosen=each in chosen,
        )
        for each in reversed(candidates)
    )


def _lacking(candidates: Sequence[Candidate], chosen: Sequence[Candidate]) -> str:
    if len(candidates) < 2:
        return str(
            _(
                "Perbandingan memerlukan paling sedikit dua penilaian yang sudah dikunci. Sampai "
                "sekarang ada %(count)s.",
                count=len(candidates),
            )
        )
    if len(chosen) < 2:
        return str(_("Pilih paling sedikit dua penilaian, lalu bandingkan."))
    return ""


def _bars(compared: Compared) -> list[Bar]:
    *earlier, _last = compared.columns
    return [
        Bar(
            label=row.title,
            share=row.shares[-1],
            comparisons=tuple(
                Earlier(name, share) for name, share in zip(earlier, row.shares[:-1], strict=True)
            ),
        )
        for row in compared.figures
    ]


def _table(compared: Compared) -> Table:
    return Table(
        (_("Aspek"), *compared.columns, _("Selisih")),
        tuple((row.title, *row.cells, row.change) for row in compared.figures),
    )


def _pdf_href(auditee: Auditee, chosen: Sequence[Candidate]) -> str:
    asked: MultiDict[str, str] = MultiDict([("with", each.id) for each in chosen])
    return url_for("comparison.pdf", auditee_id=auditee.id, **asked.to_dict(flat=False))  # type: ignore[arg-type]


@blueprint.get("/auditees/<auditee_id>/comparison.pdf")
@requires(Permission.see_assessment, _loaded)
def pdf(loaded: Auditee) -> Response:
    """The same as a paper: the same bytes each time it is asked for."""
    _candidates, chosen = _chosen(loaded)
    compared = _compared(chosen)
    if compared is None:  # the page says what is lacking
        return redirect(url_for("comparison.page", auditee_id=loaded.id), 303)
    logo = logo_bytes(db.session(), compared.logo_digest)
    db.session.rollback()  # nothing waits while the paper is made
    paper = render(compared, logo=logo, language=the_language(), version=__version__)
    response = Response(paper, mimetype="application/pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = as_attachment(_file_name(compared))
    return response


def _file_name(compared: Compared) -> str:
    """`Perbandingan-LMB-33-0001-awal-2026-evaluasi-2026.pdf`: of whom and of what."""
    short = re.sub(r"[^a-z0-9]+", "-", " ".join(compared.columns).lower()).strip("-")[:80]
    parts = (compared.title, compared.reference, short)
    return "-".join(part.strip("-") for part in parts if part) + ".pdf"
