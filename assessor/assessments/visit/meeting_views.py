"""How is a meeting of the team with the institution recorded, with who was there?"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.blueprint import blueprint
from assessor.assessments.history import list_team
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment, Mode
from assessor.assessments.page_parts import kicker_of, overview_href
from assessor.assessments.visit.assignment import list_guests
from assessor.assessments.visit.forms import MeetingForm
from assessor.assessments.visit.meetings import (
    MOST_PRESENT,
    Held,
    Present,
    get_meetings,
    list_present,
    record_meeting,
)
from assessor.assessments.visit.pages import MeetingPage
from assessor.assessments.visit.steps import why_not_arranged
from assessor.assessments.visit_models import Attendance, Meeting, MeetingKind, Party
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.journal.work import HOURS_AHEAD
from assessor.sentences import Refused
from assessor.ui.choices import offer, offered
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.formats import Zone, moment
from assessor.ui.parts import Fact, Link

EMPTY_LINES = 2


@dataclass(frozen=True)
class At:
    """An assessment, and one of its meetings."""

    assessment: Assessment
    kind: MeetingKind


def _loaded_meeting(assessment_id: str, kind: str) -> Loaded | None:
    loaded = loaded_assessment(assessment_id)
    if loaded is None or kind not in set(MeetingKind):
        return None
    at = At(loaded.thing, MeetingKind(kind))
    return Loaded(at, loaded.subject, seen_with=loaded.seen_with)


@blueprint.get("/assessments/<assessment_id>/meetings/<kind>")
@requires(Permission.arrange, _loaded_meeting)
def meeting(loaded: At) -> str:
    """The meeting as it was recorded, or the form with everybody who probably was there."""
    session, assessment = db.session(), loaded.assessment
    found = get_meetings(session, assessment.id)
    held = found.get(loaded.kind)
    present = list_present(session, assessment.id)
    lines = (
        [_line(each) for each in present.get(held.id, ())]
        if held is not None
        else _expected(assessment, found, present)
    )
    zone = session.get_one(Auditee, assessment.auditee_id).time_zone
    local = (held.held_at if held else the_clock()()) + timedelta(hours=HOURS_AHEAD[zone])
    earlier = held or next(iter(found.values()), None)
    form = MeetingForm(
        data={
            "held_on": local.date(),
            "held_at": local.time() if held else None,
            "mode": earlier.mode if earlier else assessment.mode,
            "place": earlier.place if earlier else "",
            "present": lines + [_blank() for _number in range(EMPTY_LINES)],
        }
    )
    return _show(loaded, form)


def _blank() -> dict[str, str]:
    return {"name": "", "party": Party.institution.value, "function": ""}


def _line(each: Attendance) -> dict[str, str]:
    return {"name": each.name, "party": each.party.value, "function": each.function}


def _expected(
    assessment: Assessment,
    meetings: dict[MeetingKind, Meeting],
    present: dict[str, tuple[Attendance, ...]],
) -> list[dict[str, str]]:
    """Who was at the other meeting, else the team and its guests."""
    session, language = db.session(), the_language()
    for other in meetings.values():
        return [_line(each) for each in present.get(other.id, ())]
    team = [
        {
            "name": each.name,
            "party": Party.team.value,
            "function": wording.in_(language, wording.TEAM_ROLES, each.role),
        }
        for each in list_team(session, assessment.id)
    ]
    guests = [
        {"name": each.name, "party": Party.guest.value, "function": each.function}
        for each in list_guests(session, assessment.id)
    ]
    return team + guests


def _offer(form: MeetingForm) -> None:
    language = the_language()
    offer(form.mode, {mode: wording.in_(language, wording.MODES, mode) for mode in Mode})
    parties = {party.value: wording.in_(language, wording.PARTIES, party) for party in Party}
    for line in form.present:
        offer(line.party, parties)


def _show(at: At, form: MeetingForm) -> str:
    session, assessment, language = db.session(), at.assessment, the_language()
    _offer(form)
    refusal = why_not_arranged(assessment)
    zone = Zone(session.get_one(Auditee, assessment.auditee_id).time_zone.value)
    held = get_meetings(session, assessment.id).get(at.kind) if refusal else None
    present = list_present(session, assessment.id).get(held.id, ()) if held else ()
    page = MeetingPage(
        title=wording.in_(language, wording.MEETINGS, at.kind),
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        form=None if refusal else form,
        facts=(
            Fact(_("Waktu"), moment(held.held_at, zone, language)),
            Fact(_("Tempat"), held.place, note=wording.in_(language, wording.MODES, held.mode)),
        )
        if held is not None
        else (),
        present=tuple(
            Fact(wording.in_(language, wording.PARTIES, each.party), each.name, note=each.function)
            for each in present
        ),
        zone=zone.value,
        refusal=refusal,
    )
    return render_template(
        "assessments/meeting.html", page=page, assessment_id=assessment.id, kind=at.kind.value
    )


@blueprint.post("/assessments/<assessment_id>/meetings/<kind>")
@requires(Permission.arrange, _loaded_meeting)
def hold(loaded: At) -> Response | str | tuple[str, int]:
    """Record it; or give the list more lines, with everything that was typed."""
    assessment_id, kind = loaded.assessment.id, loaded.kind
    form = MeetingForm(_bounded(request.form))
    _offer(form)
    if request.form.get("more"):
        for _number in range(3):
            form.present.append_entry(_blank())
        return _show(loaded, form)
    if form.validate() and _complete(form):
        try:
            record_meeting(
                db.session(),
                the_actor(),
                the_clock(),
                assessment_id=assessment_id,
                kind=kind,
                held=_held(form),
            )
        except Refused as refused:
            form.form_errors.append(say(refused.sentence))
        else:
            flash(_("Pertemuan sudah dicatat."), "ok")
            return redirect(_onward(assessment_id, kind), 303)
    fresh = At(db.session.get_one(Assessment, assessment_id), kind)
    return _show(fresh, form), 400


def _onward(assessment_id: str, kind: MeetingKind) -> str:
    if kind is MeetingKind.closing:
        return url_for("assessments.closing", assessment_id=assessment_id)
    return overview_href(assessment_id)


def _bounded(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """No more lines than a list can have, however many a request names."""
    kept = {f"present-{number}-" for number in range(MOST_PRESENT)}
    pairs = [
        (name, value)
        for name, value in form.items(multi=True)
        if not name.startswith("present-") or any(name.startswith(each) for each in kept)
    ]
    return MultiDict(pairs)


def _filled(form: MeetingForm) -> list[Any]:
    return [
        line
        for line in form.present
        if (line.form.name.data or "").strip() or (line.form.function.data or "").strip()
    ]


def _complete(form: MeetingForm) -> bool:
    """Whether every line that was begun is whole, and everything chosen is on offer."""
    right = True
    if form.mode.data not in offered(form.mode):
        form.mode.errors = [_("Pilih caranya.")]
        right = False
    for line in _filled(form):
        if not (line.form.name.data or "").strip():
            line.form.name.errors = [_("Isi nama orang ini, atau kosongkan barisnya.")]
            right = False
        if not (line.form.function.data or "").strip():
            line.form.function.errors = [_("Isi jabatan orang ini.")]
            right = False
        if line.form.party.data not in offered(line.form.party):
            line.form.party.errors = [_("Pilih pihaknya.")]
            right = False
    return right


def _held(form: MeetingForm) -> Held:
    assert form.held_on.data is not None  # noqa: S101  # required by the form
    assert form.held_at.data is not None  # noqa: S101
    return Held(
        on=form.held_on.data,
        at=form.held_at.data,
        mode=Mode(form.mode.data),
        place=form.place.data or "",
        present=tuple(
            Present(
                name=line.form.name.data or "",
                party=Party(line.form.party.data),
                function=line.form.function.data or "",
            )
            for line in _filled(form)
        ),
    )
