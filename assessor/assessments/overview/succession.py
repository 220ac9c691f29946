"""How does all work of one officer pass to others in one step?

Places on teams that are not finished, each asked about by the rules of independence, and
positions at offices: ended or kept, and given to who takes over. One transaction; each thing that
passes has its own entry, so that the history of each assessment tells it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.accounts.events import PositionEnded, PositionGiven
from assessor.accounts.models import Person, Position
from assessor.accounts.positions import Place, Term, add_position
from assessor.accounts.queries import get_person, today_in
from assessor.accounts.reach import ensure_reaches_place
from assessor.assessments.events import TeamPlacePassed
from assessor.assessments.independence import Act, breaches
from assessor.assessments.models import Assessment, Kind, Status, TeamMember, TeamRole
from assessor.assessments.workflow import RUNNING
from assessor.auditees.models import Auditee
from assessor.client_identity import refuse_identity
from assessor.journal.work import Clock, Work, write
from assessor.organization.models import Office, OfficeClosure
from assessor.sentences import Refused, Sentence, Stale

_CHANGED = Sentence(
    "Pekerjaan ini baru saja berubah. Muat ulang halaman untuk melihat yang dipegang sekarang."
)
NOT_AN_ASSESSOR = Sentence(
    "%(name)s belum memegang jabatan petugas penilai. Beri jabatannya bersama serah terima ini."
)


@dataclass(frozen=True)
class TeamPlace:
    """A place on the team of an assessment that is not finished."""

    assessment_id: str
    reference: str
    kind: Kind
    status: Status
    auditee: str
    role: TeamRole
    due_on: date | None


@dataclass(frozen=True)
class OfficePost:
    """A position at an office that holds today."""

    position_id: str
    role: Role
    office_id: str
    office: str


@dataclass(frozen=True, kw_only=True)
class Handing:
    """What passes: assessment → who takes the place; positions that end; position → who is given
    the same."""

    from_person: str
    moves: Mapping[str, str]
    ended: frozenset[str] = field(default_factory=frozenset)
    given: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


def officer_subject(session: Session, person_id: str) -> Subject:
    """What the rules ask about an officer's work: the offices of every position, and above."""
    offices = select(Position.office_id).where(Position.person_id == person_id)
    line = session.execute(
        select(OfficeClosure.ancestor_id).where(OfficeClosure.descendant_id.in_(offices))
    ).scalars()
    return Subject(offices=frozenset(line))


def list_places(session: Session, person_id: str) -> tuple[TeamPlace, ...]:
    """Every unfinished assessment somebody is on the team of, the most urgent first."""
    rows = session.execute(
        select(Assessment, Auditee.name, TeamMember.role)
        .join(TeamMember, TeamMember.assessment_id == Assessment.id)
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(TeamMember.person_id == person_id, Assessment.status.in_(RUNNING))
        .order_by(Assessment.due_on, Assessment.reference)
    )
    return tuple(
        TeamPlace(each.id, each.reference, each.kind, each.status, name, role, each.due_on)
        for each, name, role in rows
    )


def list_posts(session: Session, person_id: str, on: date) -> tuple[OfficePost, ...]:
    """The positions at offices that somebody holds on a day."""
    rows = session.execute(
        select(Position.id, Position.role, Office.id, Office.name)
        .join(Office, Office.id == Position.office_id)
        .where(Position.person_id == person_id, _in_force(on))
        .order_by(Office.name, Position.role, Position.id)
    )
    return tuple(OfficePost(*row) for row in rows)


def _in_force(on: date) -> ColumnElement[bool]:
    return (Position.valid_from <= on) & or_(Position.valid_to.is_(None), Position.valid_to > on)


def is_assessor(session: Session, person_id: str, on: date) -> bool:
    """Whether somebody may be on a team on a day."""
    found = session.execute(
        select(Position.id)
        .join(Person, Person.id == Position.person_id)
        .where(
            Position.person_id == person_id,
            Position.role == Role.assessor,
            Person.disabled_at.is_(None),
            _in_force(on),
        )
        .limit(1)
    )
    return found.first() is not None


def obstacle(
    session: Session, place: TeamPlace | Assessment, to_person: str, role: TeamRole, on: date
) -> Sentence | None:
    """Which rule of independence keeps somebody from a place, with who could take it instead."""
    assessment_id = place.assessment_id if isinstance(place, TeamPlace) else place.id
    auditee = session.scalars(
        select(Auditee)
        .join(Assessment, Assessment.auditee_id == Auditee.id)
        .where(Assessment.id == assessment_id)
    ).one()
    for breach in breaches(session, auditee, Act.lead, person_id=to_person, on=on):
        # a member must not be of the auditee; only who leads must not be of the operating office
        if role is TeamRole.lead or not breach.rule.exemptible:
            return breach.sentence
    return None


def hand_over_work(session: Session, actor: Actor, clock: Clock, *, handing: Handing) -> int:
    """Pass all of it on, or nothing; how many things passed comes back. Raises NotPermitted,
    Refused and Stale."""
    reason = handing.reason.strip()
    if not reason:
        raise Refused(Sentence("Tulis alasan serah terima ini."))
    refuse_identity(reason)
    if not (handing.moves or handing.ended or handing.given):
        raise Refused(Sentence("Pilih dulu apa yang diserahkan, dan kepada siapa."))
    if handing.from_person in {*handing.moves.values(), *handing.given.values()}:
        raise Refused(Sentence("Pilih penerima yang lain dari yang menyerahkan."))
    with write(session, actor, clock) as work:
        if actor is not SYSTEM:
            subject = officer_subject(session, handing.from_person)
            ensure(actor, Permission.hand_over_work, subject)
        passed = _give(work, handing, reason)
        session.flush()
        for assessment_id, to_person in sorted(handing.moves.items()):
            _move(work, handing.from_person, assessment_id, to_person, reason)
        session.flush()
        return passed + len(handing.moves) + _end(work, handing, reason)


def _post(work: Work, person_id: str, position_id: str) -> Position:
    position = work.session.get(Position, position_id)
    if position is None or position.person_id != person_id or position.office_id is None:
        raise Stale(_CHANGED)
    return position


def _give(work: Work, handing: Handing, reason: str) -> int:
    given = 0
    for position_id, to_person in sorted(handing.given.items()):
        kept = _post(work, handing.from_person, position_id)
        person = get_person(work.session, to_person)
        today = today_in(person.time_zone, work.now)
        held = {(each.role, each.office_id) for each in list_posts(work.session, to_person, today)}
        if (kept.role, kept.office_id) in held:
            continue
        place = Place(kept.role, office_id=kept.office_id)
        position = add_position(work, person, place, Term())
        work.record(
            PositionGiven(
                subject=to_person,
                position=position.id,
                role=position.role.value,
                valid_from=position.valid_from.isoformat(),
            ),
            why=reason,
        )
        given += 1
    return given


def _move(work: Work, from_person: str, assessment_id: str, to_person: str, reason: str) -> None:
    session = work.session
    assessment = session.get(Assessment, assessment_id, populate_existing=True)
    place = session.get(TeamMember, (assessment_id, from_person))
    if assessment is None or place is None or assessment.status not in RUNNING:
        raise Stale(_CHANGED)
    today = work.today(session.get_one(Auditee, assessment.auditee_id).time_zone.value)
    role = place.role
    if not is_assessor(session, to_person, today):
        name = get_person(session, to_person).name
        raise Refused(Sentence(NOT_AN_ASSESSOR.text, {"name": name}))
    if (refusal := obstacle(session, assessment, to_person, role, today)) is not None:
        raise Refused(refusal)
    session.delete(place)
    there = session.get(TeamMember, (assessment_id, to_person))
    if there is None:
        session.add(TeamMember(assessment_id=assessment_id, person_id=to_person, role=role))
    elif role is TeamRole.lead:
        there.role = TeamRole.lead
    work.record(
        TeamPlacePassed(
            subject=assessment_id,
            auditee=assessment.auditee_id,
            from_person=from_person,
            to_person=to_person,
            role=role.value,
        ),
        why=reason,
    )


def _end(work: Work, handing: Handing, reason: str) -> int:
    session, ended = work.session, 0
    for position_id in sorted(handing.ended):
        position = _post(work, handing.from_person, position_id)
        ensure_reaches_place(session, work.actor, person_id=position.person_id, auditee_id=None)
        today = today_in(get_person(session, position.person_id).time_zone, work.now)
        if position.valid_to is not None and position.valid_to <= today:
            raise Stale(_CHANGED)
        if position.role is Role.assessor and (left := list_places(session, handing.from_person)):
            raise Refused(
                Sentence(
                    "Jabatan petugas penilai belum dapat diakhiri: %(references)s belum "
                    "diserahkan. Pilih penerimanya, atau pertahankan jabatannya.",
                    {"references": ", ".join(each.reference for each in left)},
                )
            )
        position.valid_to = max(today, position.valid_from)
        work.record(
            PositionEnded(
                subject=position.person_id,
                position=position.id,
                valid_to=position.valid_to.isoformat(),
            ),
            why=reason,
        )
        ended += 1
    return ended
