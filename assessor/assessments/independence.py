"""Who must not judge whom?

The rules are data: which rule guards which act, and whether an exception with a reason is
possible at all. A refusal names who could do it instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, literal, or_, select, union_all
from sqlalchemy.orm import Session

from assessor.access.actor import Role
from assessor.accounts.models import Person, Position
from assessor.assessments.models import (
    Assessment,
    Meaning,
    Operation,
    SignOff,
    TeamMember,
    TeamRole,
)
from assessor.auditees.models import Auditee
from assessor.organization.models import OfficeClosure
from assessor.sentences import Sentence


class Act(StrEnum):
    """What the rules guard."""

    lead = "lead"
    check = "check"
    score = "score"  # as a member of the team
    verify = "verify"
    decide_objection = "decide_objection"


class RuleName(StrEnum):
    """The rules, as they are named in exemptions and on reports."""

    checker_not_on_team = "checker_not_on_team"
    verifier_not_on_team = "verifier_not_on_team"
    verifier_not_checker = "verifier_not_checker"
    decider_not_involved = "decider_not_involved"
    decider_not_coach = "decider_not_coach"
    not_of_operating_office = "not_of_operating_office"
    not_of_the_auditee = "not_of_the_auditee"
    lead_without_conflict = "lead_without_conflict"
    member_without_conflict = "member_without_conflict"


@dataclass(frozen=True)
class IndependenceRule:
    """A rule, the acts it guards, and whether an exception may be granted."""

    name: RuleName
    guards: frozenset[Act]
    exemptible: bool


RULES: tuple[IndependenceRule, ...] = (
    IndependenceRule(RuleName.checker_not_on_team, frozenset({Act.check}), exemptible=False),
    IndependenceRule(RuleName.verifier_not_on_team, frozenset({Act.verify}), exemptible=False),
    IndependenceRule(RuleName.verifier_not_checker, frozenset({Act.verify}), exemptible=False),
    IndependenceRule(
        RuleName.decider_not_involved, frozenset({Act.decide_objection}), exemptible=False
    ),
    IndependenceRule(
        RuleName.decider_not_coach, frozenset({Act.decide_objection}), exemptible=False
    ),
    IndependenceRule(RuleName.not_of_the_auditee, frozenset(Act), exemptible=False),
    IndependenceRule(
        RuleName.not_of_operating_office,
        frozenset({Act.lead, Act.check, Act.verify}),
        exemptible=True,
    ),
)

# who does an act, by role
DOERS: Mapping[Act, Role] = {
    Act.lead: Role.assessor,
    Act.score: Role.assessor,
    Act.check: Role.checker,
    Act.verify: Role.directorate,
    Act.decide_objection: Role.directorate,
}

# acts of an office over the auditee; the others are for the whole nation
_NEAR = frozenset({Act.lead, Act.score, Act.check})

# What somebody declares is asked of the declarations (`declarations.py`), not of positions.
OF_DECLARATIONS: Mapping[TeamRole, IndependenceRule] = {
    TeamRole.lead: IndependenceRule(
        RuleName.lead_without_conflict, frozenset({Act.lead}), exemptible=False
    ),
    TeamRole.member: IndependenceRule(
        RuleName.member_without_conflict, frozenset({Act.score}), exemptible=True
    ),
}

_SENTENCES = {
    RuleName.checker_not_on_team: Sentence(
        "Yang menilai tidak boleh memeriksa penilaiannya sendiri. Yang dapat: %(others)s."
    ),
    RuleName.verifier_not_on_team: Sentence(
        "Yang menilai tidak boleh memverifikasi. Minta orang lain di direktorat: %(others)s."
    ),
    RuleName.verifier_not_checker: Sentence(
        "Yang sudah memeriksa penilaian ini tidak boleh memverifikasinya juga. Minta orang lain "
        "di direktorat: %(others)s."
    ),
    RuleName.decider_not_involved: Sentence(
        "Yang menilai, memeriksa atau memverifikasi penilaian ini tidak boleh memutus keberatan "
        "atasnya. Yang dapat: %(others)s."
    ),
    RuleName.decider_not_coach: Sentence(
        "Yang membina lembaga ini tidak boleh memutus keberatan atas hasilnya. Yang dapat: "
        "%(others)s."
    ),
    RuleName.not_of_the_auditee: Sentence(
        "Orang dari lembaga ini tidak boleh menilai lembaganya sendiri. Yang dapat: %(others)s."
    ),
    RuleName.not_of_operating_office: Sentence(
        "Orang dari kantor yang menjalankan lembaga ini tidak boleh memimpin, memeriksa atau "
        "memverifikasi penilaiannya, atau memutus keberatannya. Yang dapat: %(others)s."
    ),
}


@dataclass(frozen=True)
class Involved:
    """Who took part in an assessment so far, by what they did."""

    team: frozenset[str] = frozenset()
    checkers: frozenset[str] = frozenset()
    verifiers: frozenset[str] = frozenset()
    coaches: frozenset[str] = frozenset()

    @property
    def everybody(self) -> frozenset[str]:
        """All of them."""
        return self.team | self.checkers | self.verifiers | self.coaches


NO_ONE = Involved()


def involved_in(session: Session, assessment_id: str) -> Involved:
    """Who took part in an assessment: one query."""
    rows = session.execute(
        union_all(
            select(literal("team"), TeamMember.person_id).where(
                TeamMember.assessment_id == assessment_id
            ),
            # who worked on it and left the team has judged it all the same
            select(literal("team"), Operation.actor_id)
            .where(Operation.assessment_id == assessment_id)
            .distinct(),
            *(
                select(literal(meaning.value), SignOff.person_id).where(
                    SignOff.assessment_id == assessment_id, SignOff.meaning == meaning
                )
                for meaning in (Meaning.checks, Meaning.verifies)
            ),
        )
    ).all()
    return Involved(
        team=frozenset(person for part, person in rows if part == "team"),
        checkers=frozenset(person for part, person in rows if part == Meaning.checks),
        verifiers=frozenset(person for part, person in rows if part == Meaning.verifies),
    )


def involved_and_coaches(session: Session, assessment: Assessment, auditee: Auditee) -> Involved:
    """The same, with those who coached the auditee in the year of the assessment or since: whoever
    held the position of a coach over its office, or opened the assessment: two queries."""
    above = select(OfficeClosure.ancestor_id).where(
        OfficeClosure.descendant_id == auditee.responsible_office_id
    )
    begins = date(assessment.year, 1, 1)
    coaches = session.execute(
        select(Position.person_id).where(
            Position.role == Role.coach,
            Position.office_id.in_(above),
            or_(Position.valid_to.is_(None), Position.valid_to > begins),
        )
    ).scalars()
    found = involved_in(session, assessment.id)
    opened_by = {assessment.opened_by} if assessment.revises_id is None else set()
    return replace(found, coaches=frozenset(coaches) | opened_by)


@dataclass(frozen=True)
class Breach:
    """A rule that is broken, with the sentence that says who could do it instead."""

    rule: IndependenceRule
    sentence: Sentence


def _offices_of(session: Session, person_id: str, on: date | None) -> frozenset[str]:
    holds: ColumnElement[bool] = Position.valid_to.is_(None)
    if on is not None:  # a position that ends some day still holds today
        holds = or_(holds, Position.valid_to > on)
    found = session.execute(
        select(Position.office_id).where(Position.person_id == person_id, holds)
    ).scalars()
    return frozenset(office for office in found if office is not None)


def _broken(
    session: Session,
    auditee: Auditee,
    rule: RuleName,
    *,
    person_id: str,
    involved: Involved,
    on: date | None,
) -> bool:
    if rule in {RuleName.checker_not_on_team, RuleName.verifier_not_on_team}:
        return person_id in involved.team
    if rule is RuleName.verifier_not_checker:
        return person_id in involved.checkers
    if rule is RuleName.decider_not_involved:
        return person_id in involved.team | involved.checkers | involved.verifiers
    if rule is RuleName.decider_not_coach:
        return person_id in involved.coaches
    if rule is RuleName.not_of_the_auditee:
        return (
            session.execute(
                select(Position.id)
                .where(Position.person_id == person_id, Position.auditee_id == auditee.id)
                .limit(1)
            ).scalar()
            is not None
        )
    return auditee.operating_office_id in _offices_of(session, person_id, on)


def who_could(
    session: Session, auditee: Auditee, act: Act, *, not_these: frozenset[str] = frozenset()
) -> Sequence[str]:
    """Names of people who may do it: at most five."""
    statement = (
        select(Person.name)
        .join(Position, Position.person_id == Person.id)
        .where(
            Position.role == DOERS[act],
            Position.valid_to.is_(None),
            Person.disabled_at.is_(None),
            Person.id.not_in(not_these),
        )
        .distinct()
        .order_by(Person.name)
        .limit(5)
    )
    if auditee.operating_office_id is not None:
        statement = statement.where(
            or_(
                Position.office_id.is_(None),
                Position.office_id != auditee.operating_office_id,
            )
        )
    if act in _NEAR:
        near = select(OfficeClosure.ancestor_id).where(
            OfficeClosure.descendant_id == auditee.responsible_office_id
        )
        statement = statement.where(Position.office_id.in_(near))
    return session.execute(statement).scalars().all()


def breaches(
    session: Session,
    auditee: Auditee,
    act: Act,
    *,
    person_id: str,
    involved: Involved = NO_ONE,
    on: date | None = None,
) -> tuple[Breach, ...]:
    """Every rule this person would break by this act; with a day, also by positions that end
    after it."""
    broken = [
        rule
        for rule in RULES
        if act in rule.guards
        and _broken(session, auditee, rule.name, person_id=person_id, involved=involved, on=on)
    ]
    if not broken:
        return ()
    not_these = involved.everybody | {person_id}
    others = ", ".join(who_could(session, auditee, act, not_these=not_these)) or "-"
    return tuple(
        Breach(rule, Sentence(_SENTENCES[rule.name].text, {"others": others})) for rule in broken
    )


def team_of(session: Session, assessment: Assessment) -> dict[str, TeamRole]:
    """Person → role on the team."""
    rows = session.execute(
        select(TeamMember.person_id, TeamMember.role).where(
            TeamMember.assessment_id == assessment.id
        )
    )
    return dict(rows.all())
