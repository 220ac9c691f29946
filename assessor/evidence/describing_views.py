"""How does somebody say in the browser what a piece is and until when it holds?"""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.evidence.describing import describe
from assessor.evidence.forms import DescribeForm, offer_papers
from assessor.evidence.loaders import loaded_evidence
from assessor.evidence.queries import Piece
from assessor.sentences import Refused
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.parts import Link


@dataclass(frozen=True)
class AboutPage:
    """What is said of one piece, to be changed."""

    title: str
    back: Link
    action: str
    thumbnail: str
    form: DescribeForm


def about(loaded: Piece) -> str:
    """The form, filled in with what is known."""
    form = DescribeForm(data={"paper": loaded.paper or "", "valid_until": loaded.valid_until})
    return _page(loaded, form)


def _page(piece: Piece, form: DescribeForm) -> str:
    offer_papers(form.paper, the_language())
    page = AboutPage(
        title=piece.title,
        back=Link(piece.title, url_for("evidence.piece", evidence_id=piece.id)),
        action=url_for("evidence.change_about", evidence_id=piece.id),
        thumbnail=url_for("evidence.thumb", evidence_id=piece.id),
        form=form,
    )
    return render_template("evidence/about.html", page=page)


def change_about(loaded: Piece) -> Response | tuple[str, int]:
    """Keep what was said."""
    form = DescribeForm(request.form)
    offer_papers(form.paper, the_language())
    if not form.validate():
        return _page(loaded, form), 422
    try:
        describe(
            db.session(),
            the_actor(),
            the_clock(),
            evidence_id=loaded.id,
            paper=form.paper.data or "",
            valid_until=form.valid_until.data,
        )
    except Refused as refused:
        form.valid_until.errors = [say(refused.sentence)]
        return _page(loaded, form), 422
    flash(_("Keterangan bukti disimpan."), "ok")
    return redirect(url_for("evidence.piece", evidence_id=loaded.id), 303)


def add_to(blueprint: Blueprint) -> None:
    """Put these answers under their addresses."""
    address, guarded = (
        "/evidence/<evidence_id>/about",
        requires(Permission.upload_evidence, loaded_evidence),
    )
    blueprint.get(address)(guarded(about))
    blueprint.post(address)(guarded(change_about))
