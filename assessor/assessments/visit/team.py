"""How does a team change after an assessment was opened? For a reason, under the same rules."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor, Role
from assessor.access.permissions import Permission
from assessor.accounts.models import Person, Position
from assessor.assessments.arranging import open_for
from assessor.assessments.independence import Act, breaches, team_of
from assessor.assessments.models import Assessment, Exemption, TeamMember, TeamRole
from assessor.assessments.queries import today_of
from assessor.assessments.visit_events import TeamChanged
from assessor.assessments.written import words
from assessor.auditees.models import Auditee
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence

MOST_MEMBERS = 20
_WHY = Sentence("Tulis alasan perubahan tim.")


def assessors_among(session: Session, people: set[str], today: date) -> set[str]:
    """Those of these people who are assessors today, and whose account is in use."""
    rows = session.execute(
        select(Position.person_id)
        .join(Person, Person.id == Position.person_id)
        .where(
            Position.person_id.in_(people),
            Position.role == Role.assessor,
            Position.valid_from <= today,
            or_(Position.valid_to.is_(None), Position.valid_to > today),
            Person.disabled_at.is_(None),
        )
    )
    return set(rows.scalars())


def keep_to_the_rules(
    work: Work,
    assessment: Assessment,
    auditee: Auditee,
    person_id: str,
    role: TeamRole,
    exempt_reason: str,
) -> None:
    """Refuse whom a rule of independence keeps from this place, or note the exemption where the
    rule knows one. Inside `write()`."""
    act = Act.lead if role is TeamRole.lead else Act.score
    today = work.today(auditee.time_zone)
    for breach in breaches(work.session, auditee, act, person_id=person_id, on=today):
        if not breach.rule.exemptible or not exempt_reason.strip():
            raise Refused(breach.sentence)
        work.session.add(
            Exemption(
                id=new_id(),
                assessment_id=assessment.id,
                rule=breach.rule.name,
                person_id=person_id,
                reason=exempt_reason.strip(),
                granted_by=work.actor.person_id or "",
                granted_at=work.now,
            )
        )


def _member(work: Work, assessment: Assessment, person_id: str) -> TeamMember:
    found = work.session.get(TeamMember, (assessment.id, person_id))
    if found is None:
        raise Refused(Sentence("Orang ini tidak ada dalam tim. Muat ulang halaman."))
    return found


def _record(work: Work, assessment: Assessment, change: str, person_id: str, why: str) -> None:
    work.record(
        TeamChanged(
            subject=assessment.id,
            auditee=assessment.auditee_id,
            change=change,
            person=person_id,
        ),
        why=why,
    )


def add_member(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    person_id: str,
    reason: str,
) -> None:
    """An assessor joins the team. Raises NotPermitted, Refused."""
    why = words(reason, _WHY)
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.open_assessment)
        team = team_of(session, assessment)
        if person_id in team:
            raise Refused(Sentence("Orang ini sudah ada dalam tim."))
        if len(team) >= MOST_MEMBERS:
            raise Refused(
                Sentence("Paling banyak %(most)s orang dalam tim.", {"most": MOST_MEMBERS})
            )
        if not assessors_among(session, {person_id}, today_of(session, assessment, work.now)):
            raise Refused(Sentence("Tim hanya dapat berisi petugas penilai. Periksa pilihan Anda."))
        auditee = session.get_one(Auditee, assessment.auditee_id)
        keep_to_the_rules(work, assessment, auditee, person_id, TeamRole.member, "")
        session.add(
            TeamMember(assessment_id=assessment.id, person_id=person_id, role=TeamRole.member)
        )
        _record(work, assessment, "added", person_id, why)


def remove_member(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    person_id: str,
    reason: str,
) -> None:
    """Somebody leaves the team; what they entered stays. Raises NotPermitted, Refused."""
    why = words(reason, _WHY)
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.open_assessment)
        member = _member(work, assessment, person_id)
        if member.role is TeamRole.lead:
            raise Refused(Sentence("Ini ketua tim. Tunjuk dulu ketua yang lain."))
        session.delete(member)
        _record(work, assessment, "removed", person_id, why)


def change_lead(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    person_id: str,
    reason: str,
    exempt_reason: str = "",
) -> None:
    """A member leads the team from now on; who led stays as a member. Raises NotPermitted,
    Refused."""
    why = words(reason, _WHY)
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.open_assessment)
        member = _member(work, assessment, person_id)
        if member.role is TeamRole.lead:
            raise Refused(Sentence("Orang ini sudah memimpin tim."))
        auditee = session.get_one(Auditee, assessment.auditee_id)
        keep_to_the_rules(work, assessment, auditee, person_id, TeamRole.lead, exempt_reason)
        for other, role in team_of(session, assessment).items():
            if role is TeamRole.lead:
                _member(work, assessment, other).role = TeamRole.member
        member.role = TeamRole.lead
        _record(work, assessment, "lead", person_id, why)
