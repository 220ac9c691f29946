"""Where does all work of an officer pass to others?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from assessor.access.guard import Loaded, requires, the_actor
from assessor.access.permissions import Permission
from assessor.accounts.models import Person
from assessor.accounts.pages import role_name
from assessor.accounts.queries import today_in
from assessor.administration.forms import ReasonForm, SearchForm
from assessor.administration.officer_queries import (
    Officer,
    find_officers,
    find_receivers,
    get_officers,
)
from assessor.assessments import wording
from assessor.assessments.overview.succession import (
    NOT_AN_ASSESSOR,
    Handing,
    OfficePost,
    TeamPlace,
    hand_over_work,
    is_assessor,
    list_places,
    list_posts,
    obstacle,
    officer_subject,
)
from assessor.assessments.page_parts import kind_name, status_chip
from assessor.database.extension import db
from assessor.organization.loaders import the_own_part
from assessor.organization.reach import is_at_the_top
from assessor.sentences import Sentence
from assessor.ui.attempts import attempt
from assessor.ui.current import say, the_clock, the_language
from assessor.ui.formats import due
from assessor.ui.parts import Chip, ChipStatus, FilterChip, Link, Task

blueprint = Blueprint("succession", __name__, template_folder="templates")


@dataclass(frozen=True)
class OfficersPage:
    """The officers whose work could pass."""

    form: SearchForm
    officers: tuple[Task, ...]
    words: str


@dataclass(frozen=True)
class Choice:
    """Somebody who can be chosen for a place or a position."""

    person_id: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class PlaceLine:
    """A place on a team: who could take it, and what keeps others from it."""

    field: str
    title: str
    detail: str
    chip: Chip
    due: Chip | None
    choices: tuple[Choice, ...]
    obstacles: tuple[str, ...]


@dataclass(frozen=True)
class PostLine:
    """A position: kept or ended, and given to whom."""

    end_field: str
    give_field: str
    title: str
    ended: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class SuccessionPage:
    """Everything an officer holds, and to whom it passes."""

    name: str
    back: Link
    here: str
    action: str
    search: SearchForm
    form: ReasonForm
    receivers: tuple[FilterChip, ...]
    found: tuple[Link, ...]
    places: tuple[PlaceLine, ...]
    posts: tuple[PostLine, ...]
    arranges_posts: bool
    kept: tuple[str, ...]


@blueprint.get("/handovers")
@requires(Permission.hand_over_work, the_own_part)
def index(loaded: None) -> str:
    """Whose work is it?"""
    del loaded
    form = SearchForm(request.args)
    words = (form.q.data or "").strip()[:100]
    officers = tuple(
        Task(
            each.name,
            url_for("succession.page", person_id=each.person_id),
            each.offices,
            Chip(
                ChipStatus.info if each.places else ChipStatus.neutral,
                ngettext("%(num)s penilaian berjalan", "%(num)s penilaian berjalan", each.places),
            ),
        )
        for each in find_officers(db.session(), the_actor(), words)
    )
    return render_template("administration/officers.html", page=OfficersPage(form, officers, words))


def _loaded_officer(person_id: str) -> Loaded | None:
    person = db.session.get(Person, person_id)
    if person is None:
        return None
    subject = officer_subject(db.session(), person_id)
    return Loaded(person, subject, seen_with=Permission.hand_over_work)


def _due_chip(place: TeamPlace, today: date) -> Chip | None:
    if place.due_on is None:
        return None
    words = due(place.due_on, today, the_language())
    return Chip(ChipStatus.late if place.due_on < today else ChipStatus.neutral, words)


class _Builder:
    """Makes the page of one officer from what is chosen so far."""

    def __init__(self, person: Person, receivers: tuple[Officer, ...]) -> None:
        self.session: Session = db.session()
        self.person, self.receivers = person, receivers
        self.today = today_in(person.time_zone, the_clock()())
        self.assessors = {
            each.person_id
            for each in receivers
            if is_assessor(self.session, each.person_id, self.today)
        }

    def place(self, place: TeamPlace, chosen: Mapping[str, str]) -> PlaceLine:
        """The line of a place; without a choice the first who can takes it."""
        obstacles: list[Sentence] = []
        able: list[Officer] = []
        for each in self.receivers:
            refusal = obstacle(self.session, place, each.person_id, place.role, self.today)
            if refusal is None:
                able.append(each)
                if each.person_id not in self.assessors:
                    obstacles.append(Sentence(NOT_AN_ASSESSOR.text, {"name": each.name}))
            else:
                obstacles.append(refusal)
        name = f"move-{place.assessment_id}"
        picked = chosen.get(name, able[0].person_id if able else "")
        role = wording.in_(the_language(), wording.TEAM_ROLES, place.role)
        return PlaceLine(
            field=name,
            title=place.auditee,
            detail=f"{kind_name(place.kind)} · {place.reference} · {role}",
            chip=status_chip(place.status),
            due=_due_chip(place, self.today),
            choices=tuple(
                Choice(each.person_id, each.name, each.person_id == picked) for each in able
            ),
            obstacles=tuple(dict.fromkeys(say(each) for each in obstacles)),
        )

    def post(self, post: OfficePost, chosen: Mapping[str, str]) -> PostLine:
        """The line of a position; kept unless somebody says otherwise."""
        give = f"give-{post.position_id}"
        picked = chosen.get(give, "")
        return PostLine(
            end_field=f"end-{post.position_id}",
            give_field=give,
            title=f"{role_name(post.role)} · {post.office}",
            ended=chosen.get(f"end-{post.position_id}") == "yes",
            choices=tuple(
                Choice(each.person_id, each.name, each.person_id == picked)
                for each in self.receivers
            ),
        )


def _chips(person_id: str, receivers: tuple[Officer, ...]) -> tuple[FilterChip, ...]:
    ids = [each.person_id for each in receivers]
    return tuple(
        FilterChip(
            each.name,
            url_for(
                "succession.page",
                person_id=person_id,
                to=[other for other in ids if other != each.person_id],
            ),
        )
        for each in receivers
    )


def _page(person: Person, form: ReasonForm, chosen: Mapping[str, str]) -> SuccessionPage:
    session, ids = db.session(), request.args.getlist("to")[:6]
    receivers = get_officers(session, [each for each in ids if each != person.id])
    search = SearchForm(request.args)
    builder = _Builder(person, receivers)
    kept = [each.person_id for each in receivers]
    found = find_receivers(session, person.id, (search.q.data or "").strip()[:100], builder.today)
    return SuccessionPage(
        name=person.name,
        back=Link(_("Serah terima"), url_for("succession.index")),
        here=url_for("succession.page", person_id=person.id),
        action=url_for("succession.hand_over", person_id=person.id, to=kept),
        search=search,
        form=form,
        receivers=_chips(person.id, receivers),
        found=tuple(
            Link(
                f"{each.name} · {each.offices}",
                url_for("succession.page", person_id=person.id, to=[*kept, each.person_id]),
            )
            for each in found
            if each.person_id not in kept
        ),
        places=tuple(builder.place(each, chosen) for each in list_places(session, person.id)),
        posts=tuple(
            builder.post(each, chosen) for each in list_posts(session, person.id, builder.today)
        ),
        arranges_posts=is_at_the_top(session, the_actor()),
        kept=tuple(kept),
    )


def _show(page: SuccessionPage, status: int = 200) -> tuple[str, int]:
    return render_template("administration/succession.html", page=page), status


@blueprint.get("/handovers/<person_id>")
@requires(Permission.hand_over_work, _loaded_officer)
def page(loaded: Person) -> tuple[str, int]:
    """Everything the officer holds, and who could take it."""
    return _show(_page(loaded, ReasonForm(), {}))


def _handing(person_id: str, reason: str, page: SuccessionPage) -> Handing:
    """What is chosen, as far as the page offers it."""
    values = request.form
    return Handing(
        from_person=person_id,
        moves={
            each.field.removeprefix("move-"): values[each.field]
            for each in page.places
            if values.get(each.field) in {choice.person_id for choice in each.choices}
        },
        ended=frozenset(
            each.end_field.removeprefix("end-")
            for each in page.posts
            if page.arranges_posts and values.get(each.end_field) == "yes"
        ),
        given={
            each.give_field.removeprefix("give-"): values[each.give_field]
            for each in page.posts
            if page.arranges_posts
            and values.get(each.give_field) in {choice.person_id for choice in each.choices}
        },
        reason=reason,
    )


@blueprint.post("/handovers/<person_id>")
@requires(Permission.hand_over_work, _loaded_officer)
def hand_over(loaded: Person) -> Response | tuple[str, int]:
    """Pass it on, all or nothing."""
    form, person_id = ReasonForm(request.form), loaded.id
    page = _page(loaded, form, request.form)
    if form.validate():
        handing = _handing(person_id, form.reason.data or "", page)
        done = attempt(
            form,
            lambda: hand_over_work(db.session(), the_actor(), the_clock(), handing=handing),
        )
        if done is not None:
            words = ngettext("%(num)s hal diserahkan.", "%(num)s hal diserahkan.", done)
            flash(words, "ok")
            return redirect(url_for("succession.page", person_id=person_id), 303)
    return _show(page, 400)
