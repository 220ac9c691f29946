"""Where is the kop of an office seen and written?"""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import requires, the_actor
from assessor.access.permissions import Permission
from assessor.administration.forms import LetterheadForm
from assessor.administration.office_views import back_to, may_see_to
from assessor.database.extension import db
from assessor.installation.letterheads import (
    MOST_LINES,
    Logo,
    change_letterhead,
    letterhead_of,
    logo_bytes,
    read_logo,
    seen_of,
)
from assessor.organization.loaders import loaded_office
from assessor.organization.models import Office
from assessor.ui.attempts import attempt
from assessor.ui.current import the_clock, the_store
from assessor.ui.parts import Link

blueprint = Blueprint("letterheads", __name__, template_folder="templates")


@dataclass(frozen=True, kw_only=True)
class LetterheadPage:
    """The kop as it is printed, and the form that changes it."""

    office: str
    back: Link
    action: str
    lines: tuple[str, ...]
    logo_href: str
    form: LetterheadForm | None
    most_lines: int


def logo_address(office: Office) -> str:
    """Where the logo of an office is seen; its digest, so that no browser shows an older one."""
    if office.logo_digest is None:
        return ""
    return url_for("letterheads.logo", office_id=office.id, v=office.logo_digest[:12])


def _page(office: Office, form: LetterheadForm | None) -> LetterheadPage:
    return LetterheadPage(
        office=office.name,
        back=back_to(office),
        action=url_for("letterheads.change", office_id=office.id),
        lines=letterhead_of(db.session(), office).lines,
        logo_href=logo_address(office),
        form=form,
        most_lines=MOST_LINES,
    )


@blueprint.get("/offices/<office_id>/letterhead")
@requires(Permission.see_office, loaded_office)
def page(loaded: Office) -> str:
    """The kop as it is printed; whoever arranges offices changes it."""
    form = None
    if may_see_to(Permission.arrange_offices):
        form = LetterheadForm(
            data={
                "lines": "\n".join(loaded.letterhead),
                "keep_logo": loaded.logo_digest is not None,
                "seen": seen_of(loaded),
            }
        )
    return render_template("administration/letterhead.html", page=_page(loaded, form))


@blueprint.post("/offices/<office_id>/letterhead")
@requires(Permission.arrange_offices, loaded_office)
def change(loaded: Office) -> Response | tuple[str, int]:
    """Keep another kop."""
    form = LetterheadForm(request.form)
    shown, office_id = _page(loaded, form), loaded.id
    file = request.files.get("logo")
    logo: Logo | None = None
    if form.validate() and file is not None and file.filename:
        logo = attempt(
            form,
            lambda: read_logo(the_store(), file.stream),  # type: ignore[arg-type]  # typed as IO[bytes]
        )
    if not form.form_errors and not form.errors:
        done = attempt(
            form,
            lambda: change_letterhead(
                db.session(),
                the_actor(),
                the_clock(),
                office_id=office_id,
                lines=(form.lines.data or "").splitlines(),
                logo=logo,
                keep_logo=bool(form.keep_logo.data),
                seen=form.seen.data or "",
            ),
        )
        if done is not None:
            flash(_("Kop sudah disimpan."), "ok")
            return redirect(url_for("letterheads.page", office_id=office_id), 303)
    return render_template("administration/letterhead.html", page=shown), 400


@blueprint.get("/offices/<office_id>/logo")
@requires(Permission.see_office, loaded_office)
def logo(loaded: Office) -> Response:
    """The logo itself."""
    content = logo_bytes(db.session(), loaded.logo_digest)
    if content is None:
        abort(404)
    return Response(content, mimetype="image/jpeg")
