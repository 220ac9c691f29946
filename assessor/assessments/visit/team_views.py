"""Who judges and who comes along, and how does that change?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.assessments import wording
from assessor.assessments.blueprint import blueprint
from assessor.assessments.candidates import Offered, list_candidates
from assessor.assessments.declarations import Declared, excuse_conflict, list_declared
from assessor.assessments.history import Member, list_team
from assessor.assessments.independence import OF_DECLARATIONS
from assessor.assessments.judging import judge
from assessor.assessments.loaders import loaded_assessment
from assessor.assessments.models import Assessment, TeamMember, TeamRole
from assessor.assessments.page_parts import kicker_of, may, more_words, overview_href
from assessor.assessments.queries import today_of
from assessor.assessments.visit.assignment import Guest, add_guest, list_guests, remove_guest
from assessor.assessments.visit.content import list_closings
from assessor.assessments.visit.forms import GuestForm, JoinForm, MemberForm
from assessor.assessments.visit.pages import GuestLine, MemberLine, TeamPage
from assessor.assessments.visit.steps import next_act, stance_chip, why_not_arranged
from assessor.assessments.visit.team import add_member, change_lead, remove_member
from assessor.assessments.visit_models import GuestMember
from assessor.auditees.models import Auditee
from assessor.database.extension import db
from assessor.sentences import Refused
from assessor.ui.choices import offer
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.parts import Link


@blueprint.get("/assessments/<assessment_id>/team")
@requires(Permission.see_assessment, loaded_assessment)
def team(loaded: Assessment) -> str:
    """Who judges, and who comes along."""
    return _show(loaded)


def _show(
    assessment: Assessment,
    *,
    join: JoinForm | None = None,
    member: MemberForm | None = None,
    guest: GuestForm | None = None,
) -> str:
    session = db.session()
    refusal = why_not_arranged(assessment)
    changes = may(Permission.open_assessment) and not refusal
    invites = may(Permission.arrange) and not refusal and not list_closings(session, assessment.id)
    declared = {each.person_id: each for each in list_declared(session, assessment.id)}
    people = list_team(session, assessment.id)
    join = (join or JoinForm()) if changes else None
    candidates = _offer(assessment, join, people) if join is not None else Offered((), 0)
    page = TeamPage(
        kicker=kicker_of(session, assessment),
        back=Link(_("Penilaian ini"), overview_href(assessment.id)),
        lead=refusal or _("Perubahan tim dicatat dengan alasannya."),
        primary=None if refusal else _next(assessment),
        members=tuple(
            _line(each, declared[each.person_id], member, changes=changes) for each in people
        ),
        join=join,
        more=more_words(candidates) if join is not None else "",
        guests=tuple(
            GuestLine(
                each.name,
                f"{each.agency} · {each.function}",
                url_for("assessments.uninvite", assessment_id=assessment.id, guest_id=each.id)
                if invites
                else "",
            )
            for each in list_guests(session, assessment.id)
        ),
        guest_form=(guest or GuestForm(prefix="guest-")) if invites else None,
    )
    return render_template("assessments/team.html", page=page, assessment_id=assessment.id)


def _next(assessment: Assessment) -> Link | None:
    """What the reader does next around the judging; a member is replaced right here."""
    session = db.session()
    act = next_act(judge(session, assessment, today_of(session, assessment, the_clock()())))
    if act is None:
        return None
    here = url_for("assessments.team", assessment_id=assessment.id)
    return Link(act.label, "#members" if act.href == here else act.href, icon=act.icon)


def _offer(assessment: Assessment, form: JoinForm, people: tuple[Member, ...]) -> Offered:
    there = {each.person_id for each in people}
    found = list_candidates(
        db.session(),
        db.session.get_one(Auditee, assessment.auditee_id),
        words=(form.words.data or "")[:100],
        chosen=(form.person.data,) if form.person.data else (),
    )
    offered = {
        each.person_id: f"{each.name} · {each.office}"
        for each in found.people
        if each.person_id not in there
    }
    offer(form.person, offered, none=_("Pilih orangnya"))
    return found


def _line(
    member: Member, declared: Declared, sent: MemberForm | None, *, changes: bool
) -> MemberLine:
    mine = sent is not None and sent.person.data == member.person_id
    form = sent if mine else MemberForm(prefix=f"{member.person_id}-")
    assert form is not None  # noqa: S101  # either the one that came back or a fresh one
    form.person.data = member.person_id
    leads = member.role is TeamRole.lead
    return MemberLine(
        name=member.name,
        role=wording.in_(the_language(), wording.TEAM_ROLES, member.role),
        office=", ".join(member.offices),
        chip=stance_chip(declared),
        said=declared.words,
        form=form if changes else None,
        may_lead=not leads and not declared.conflicted,
        may_leave=not leads,
        may_excuse=declared.conflicted and OF_DECLARATIONS[member.role].exemptible,
        open=mine or declared.conflicted,
    )


def _again(assessment_id: str) -> Assessment:
    return db.session.get_one(Assessment, assessment_id)


def _back(assessment_id: str, words: str) -> Response:
    flash(words, "ok")
    return redirect(url_for("assessments.team", assessment_id=assessment_id), 303)


def _did(act: Callable[..., None], form: Any, **named: Any) -> bool:
    """Whether the service did it; else the form says why not."""
    try:
        act(db.session(), the_actor(), the_clock(), **named)
    except Refused as refused:
        form.form_errors.append(say(refused.sentence))
        return False
    return True


@blueprint.post("/assessments/<assessment_id>/team/join")
@requires(Permission.open_assessment, loaded_assessment)
def join(loaded: Assessment) -> Response | str | tuple[str, int]:
    """Somebody joins the team."""
    form, assessment_id = JoinForm(request.form), loaded.id
    if request.form.get("find"):
        return _show(loaded, join=form)
    if form.validate() and _did(
        add_member,
        form,
        assessment_id=assessment_id,
        person_id=form.person.data,
        reason=form.reason.data or "",
    ):
        return _back(assessment_id, _("Anggota tim sudah ditambahkan."))
    return _show(_again(assessment_id), join=form), 400


@dataclass(frozen=True)
class Place:
    """An assessment, and somebody's place on its team."""

    assessment: Assessment
    person_id: str


def _loaded_place(assessment_id: str, person_id: str) -> Loaded | None:
    loaded = loaded_assessment(assessment_id)
    if loaded is None or db.session.get(TeamMember, (assessment_id, person_id)) is None:
        return None
    return Loaded(Place(loaded.thing, person_id), loaded.subject, seen_with=loaded.seen_with)


@blueprint.post("/assessments/<assessment_id>/team/<person_id>")
@requires(Permission.open_assessment, _loaded_place)
def change(loaded: Place) -> Response | tuple[str, int]:
    """Somebody leads the team, leaves it, or is excused; the pressed button says which."""
    assessment_id, person_id = loaded.assessment.id, loaded.person_id
    form = MemberForm(request.form, prefix=f"{person_id}-")
    form.person.data = person_id
    said = {"assessment_id": assessment_id, "person_id": person_id}
    reason, wanted = form.reason.data or "", request.form.get("change")
    if form.validate():
        exempt = form.exempt_reason.data or ""
        done = False
        if wanted == "lead":
            done = _did(change_lead, form, **said, reason=reason, exempt_reason=exempt)
        elif wanted == "leave":
            done = _did(remove_member, form, **said, reason=reason)
        elif wanted == "excuse":
            done = _did(excuse_conflict, form, **said, reason=reason)
        else:
            form.form_errors.append(_("Pilih perubahannya dengan salah satu tombol."))
        if done:
            return _back(assessment_id, _("Perubahan tim sudah dicatat."))
    return _show(_again(assessment_id), member=form), 400


# ---- who comes along ----


@blueprint.post("/assessments/<assessment_id>/guests")
@requires(Permission.arrange, loaded_assessment)
def invite(loaded: Assessment) -> Response | tuple[str, int]:
    """Somebody of another agency comes along."""
    form, assessment_id = GuestForm(request.form, prefix="guest-"), loaded.id
    if form.validate() and _did(
        add_guest,
        form,
        assessment_id=assessment_id,
        guest=Guest(
            name=form.name.data or "",
            agency=form.agency.data or "",
            function=form.function.data or "",
        ),
    ):
        return _back(assessment_id, _("Anggota tamu sudah ditambahkan."))
    return _show(_again(assessment_id), guest=form), 400


@dataclass(frozen=True)
class Invited:
    """An assessment, and somebody who comes along."""

    assessment: Assessment
    guest_id: str


def _loaded_guest(assessment_id: str, guest_id: str) -> Loaded | None:
    loaded = loaded_assessment(assessment_id)
    found = db.session.get(GuestMember, guest_id)
    if loaded is None or found is None or found.assessment_id != assessment_id:
        return None
    return Loaded(Invited(loaded.thing, guest_id), loaded.subject, seen_with=loaded.seen_with)


@blueprint.post("/assessments/<assessment_id>/guests/<guest_id>/remove")
@requires(Permission.arrange, _loaded_guest)
def uninvite(loaded: Invited) -> Response:
    """They do not come along after all."""
    assessment_id = loaded.assessment.id
    remove_guest(
        db.session(),
        the_actor(),
        the_clock(),
        assessment_id=assessment_id,
        guest_id=loaded.guest_id,
    )
    return _back(assessment_id, _("Anggota tamu sudah dihapus dari daftar."))
