"""Who is on an assessment, what has happened to it, and what replaced it?"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import column, or_, select, table
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import reaches
from assessor.access.permissions import Permission
from assessor.accounts.models import Person, Position
from assessor.assessments.events import (
    AssessmentCancelled,
    AssessmentChecked,
    AssessmentOpened,
    AssessmentReturned,
    AssessmentSealed,
    AssessmentSubmitted,
    EditionChanged,
    RevisionOpened,
    VisitDeclared,
)
from assessor.assessments.models import (
    Assessment,
    Exemption,
    Finding,
    FindingAnswer,
    FindingStatus,
    Meaning,
    SignOff,
    Status,
    TeamMember,
    TeamRole,
)
from assessor.assessments.queries import ASSESSMENT_COLUMNS
from assessor.assessments.visit_events import (
    AssessmentClosed,
    AssignmentRecorded,
    ConflictDeclared,
    ConflictExcused,
    MeetingRecorded,
    SignedMinutesLinked,
    TeamChanged,
)
from assessor.auditees.models import Auditee
from assessor.database.base import Instant
from assessor.journal.models import JournalEntry, JournalText
from assessor.organization.models import Office

# Reports stand above assessments and are not imported: only these columns of theirs are read.
_report = table(
    "issued_report",
    column("assessment_id"),
    column("language"),
    column("code"),
    column("issued_at", Instant),
)

_TOLD = (
    AssessmentOpened,
    EditionChanged,
    VisitDeclared,
    AssessmentSubmitted,
    AssessmentChecked,
    AssessmentReturned,
    AssessmentSealed,
    RevisionOpened,
    AssessmentCancelled,
    AssignmentRecorded,
    TeamChanged,
    ConflictDeclared,
    ConflictExcused,
    MeetingRecorded,
    AssessmentClosed,
    SignedMinutesLinked,
)
MOST_EVENTS = 60


@dataclass(frozen=True)
class Member:
    """Somebody on the team."""

    person_id: str
    name: str
    role: TeamRole
    offices: tuple[str, ...]


def list_team(session: Session, assessment_id: str) -> tuple[Member, ...]:
    """The team, its leader first: one query."""
    rows = session.execute(
        select(TeamMember.person_id, Person.name, TeamMember.role, Office.short_name)
        .join(Person, Person.id == TeamMember.person_id)
        .outerjoin(
            Position,
            (Position.person_id == Person.id)
            & Position.office_id.is_not(None)
            & Position.valid_to.is_(None),
        )
        .outerjoin(Office, Office.id == Position.office_id)
        .where(TeamMember.assessment_id == assessment_id)
        .order_by(TeamMember.role, Person.name, Person.id, Office.short_name)
    ).all()
    team: dict[str, Member] = {}
    for person_id, name, role, office in rows:
        known = team[person_id].offices if person_id in team else ()
        fresh = () if office in {None, *known} else (office,)
        team[person_id] = Member(person_id, name, role, (*known, *fresh))
    return tuple(team.values())


@dataclass(frozen=True)
class Happened:
    """One act on an assessment as a whole; `why` is the reason somebody wrote."""

    at: datetime
    act: str
    who: str | None
    subject: str
    why: str


def _why(body: str) -> str:
    kept = json.loads(body).get("why")
    return str(kept["#"]) if kept else ""


def list_events(session: Session, assessment: Assessment) -> tuple[Happened, ...]:
    """What happened to an assessment, the newest first, from the journal: two queries."""
    rows = session.execute(
        select(JournalEntry, Person.name)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(
            JournalEntry.subject_id == assessment.id,
            JournalEntry.act.in_([event.act for event in _TOLD]),
        )
        .order_by(JournalEntry.seq.desc())
        .limit(MOST_EVENTS)
    ).all()
    digests = {entry.seq: _why(entry.body) for entry, _name in rows}
    texts = {
        row.seq: row.words
        for row in session.execute(
            select(JournalText.seq, JournalText.digest, JournalText.words).where(
                JournalText.seq.in_([seq for seq, digest in digests.items() if digest])
            )
        )
        if row.digest == digests[row.seq]
    }
    return tuple(
        Happened(entry.at, entry.act, name, entry.subject_id, texts.get(entry.seq, ""))
        for entry, name in rows
    )


@dataclass(frozen=True)
class Signed:
    """Who put their name to it, when and with which meaning."""

    name: str
    meaning: Meaning
    signed_at: datetime
    content_hash: str


def list_sign_offs(session: Session, assessment_id: str) -> tuple[Signed, ...]:
    """The sign-offs of an assessment in time order: one query."""
    rows = session.execute(
        select(Person.name, SignOff.meaning, SignOff.signed_at, SignOff.content_hash)
        .join(Person, Person.id == SignOff.person_id)
        .where(SignOff.assessment_id == assessment_id)
        .order_by(SignOff.signed_at, SignOff.id)
    )
    return tuple(Signed(*row) for row in rows)


@dataclass(frozen=True)
class Excused:
    """An exception from a rule of independence."""

    rule: str
    name: str
    reason: str


def list_exemptions(session: Session, assessment_id: str) -> tuple[Excused, ...]:
    """The exceptions granted for an assessment: one query."""
    rows = session.execute(
        select(Exemption.rule, Person.name, Exemption.reason)
        .join(Person, Person.id == Exemption.person_id)
        .where(Exemption.assessment_id == assessment_id)
        .order_by(Exemption.granted_at, Exemption.id)
    )
    return tuple(Excused(*row) for row in rows)


@dataclass(frozen=True)
class Kin:
    """The revision before and the one after an assessment, if there are such."""

    revised: Assessment | None
    revision: Assessment | None

    @property
    def superseded_by(self) -> Assessment | None:
        """The sealed revision that stands now instead."""
        later = self.revision
        return (
            later if later is not None and later.status in (Status.sealed, Status.revised) else None
        )


def get_kin(session: Session, assessment: Assessment) -> Kin:
    """What an assessment revises and what revises it: one query."""
    rows = session.execute(
        select(Assessment).where(
            or_(Assessment.id == assessment.revises_id, Assessment.revises_id == assessment.id),
        )
    ).scalars()
    found = {each.id: each for each in rows}
    revised = found.pop(assessment.revises_id or "", None)
    return Kin(revised, next(iter(found.values()), None))


@dataclass(frozen=True)
class Issued:
    """A report that can be downloaded."""

    language: str
    code: str
    issued_at: datetime


def list_reports(session: Session, assessment_id: str) -> tuple[Issued, ...]:
    """The issued reports of an assessment: one query."""
    rows = session.execute(
        select(_report.c.language, _report.c.code, _report.c.issued_at)
        .where(_report.c.assessment_id == assessment_id)
        .order_by(_report.c.issued_at)
    )
    return tuple(Issued(*row) for row in rows)


def findings_named(
    session: Session, actor: Actor, references: Collection[str]
) -> dict[str, tuple[str, str]]:
    """Reference of a finding ("NILAI-2026-0004/61") → its assessment and item, as far as the
    actor may see it: one query, none without references."""
    if not references:
        return {}
    assessments = {reference.rpartition("/")[0] for reference in references}
    rows = session.execute(
        select(Assessment.reference, Assessment.id, Finding.number, Finding.item)
        .join(Finding, Finding.assessment_id == Assessment.id)
        .join(Auditee, Auditee.id == Assessment.auditee_id)
        .where(
            Assessment.reference.in_(assessments),
            Finding.status == FindingStatus.issued,
            reaches(actor, Permission.see_findings, ASSESSMENT_COLUMNS),
        )
    )
    found = {f"{row.reference}/{row.number}": (row.id, row.item) for row in rows}
    return {reference: found[reference] for reference in references if reference in found}


def answerers(session: Session, answers: Sequence[FindingAnswer]) -> dict[str, str]:
    """Person → name of those who answered findings: one query, none without answers."""
    people = {each.answered_by for each in answers}
    if not people:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return dict(rows.all())
