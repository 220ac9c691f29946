"""How does an assessment begin: for whom, of which kind, by which team, with which edition?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.assessments.events import AssessmentCancelled, AssessmentOpened, VisitDeclared
from assessor.assessments.models import (
    Assessment,
    Kind,
    Mode,
    Status,
    TeamMember,
    TeamRole,
)
from assessor.assessments.opening.asking import what_to_ask
from assessor.assessments.queries import lock_assessment, subject_of
from assessor.assessments.visit.team import assessors_among, keep_to_the_rules
from assessor.assessments.workflow import FROZEN, OPEN, RUNNING, Step, after
from assessor.auditees.models import Auditee
from assessor.journal.work import Clock, Work, write
from assessor.organization.models import OfficeClosure
from assessor.sentences import Refused, Sentence


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is asked for when an assessment is opened. `exempt_reason` excuses the lead from a
    rule of independence that allows it."""

    auditee_id: str
    kind: Kind
    mode: Mode
    lead_id: str | None = None
    member_ids: Sequence[str] = ()
    visit_on: date | None = None
    edition: str | None = None
    exempt_reason: str = ""


def auditee_subject(session: Session, auditee: Auditee) -> Subject:
    """What the rules ask about an auditee."""
    offices = session.execute(
        select(OfficeClosure.ancestor_id).where(
            OfficeClosure.descendant_id == auditee.responsible_office_id
        )
    ).scalars()
    return Subject(auditee_id=auditee.id, offices=frozenset(offices))


def next_reference(session: Session, year: int) -> str:
    """The next readable reference of a year; call it with the journal's head locked."""
    prefix = f"NILAI-{year}-"
    last = session.execute(
        select(Assessment.reference)
        .where(Assessment.reference.like(f"{prefix}%"), Assessment.revision == 1)
        .order_by(func.length(Assessment.reference).desc(), Assessment.reference.desc())
        .limit(1)
    ).scalar()
    number = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{number:04d}"


def _check_team(session: Session, wanted: Opening, today: date) -> None:
    if wanted.lead_id is None:
        raise Refused(Sentence("Pilih ketua tim penilai."))
    people = {wanted.lead_id, *wanted.member_ids}
    if people - assessors_among(session, people, today):
        raise Refused(Sentence("Tim hanya dapat berisi petugas penilai. Periksa pilihan Anda."))


def _add_team(work: Work, assessment: Assessment, auditee: Auditee, wanted: Opening) -> None:
    _check_team(work.session, wanted, work.today(auditee.time_zone))
    team = {wanted.lead_id or "": TeamRole.lead}
    team |= {person: TeamRole.member for person in wanted.member_ids if person not in team}
    for person_id, role in team.items():
        work.session.add(TeamMember(assessment_id=assessment.id, person_id=person_id, role=role))
        keep_to_the_rules(work, assessment, auditee, person_id, role, wanted.exempt_reason)


def _one_at_a_time(session: Session, wanted: Opening) -> None:
    going = session.execute(
        select(Assessment.reference)
        .where(
            Assessment.auditee_id == wanted.auditee_id,
            Assessment.kind == wanted.kind,
            Assessment.status.in_(RUNNING),
        )
        .limit(1)
    ).scalar()
    if going is not None:
        raise Refused(
            Sentence(
                "Penilaian sejenis masih berjalan: %(reference)s. Selesaikan dulu yang itu.",
                {"reference": going},
            )
        )


def open_assessment(session: Session, actor: Actor, clock: Clock, *, wanted: Opening) -> Assessment:
    """Open an assessment. Raises NotPermitted and Refused with what to do instead."""
    with write(session, actor, clock) as work:
        auditee = session.get_one(Auditee, wanted.auditee_id)
        own = wanted.kind is Kind.self
        permission = Permission.open_self_assessment if own else Permission.open_assessment
        ensure(actor, permission, auditee_subject(session, auditee))
        if auditee.closed_on is not None:
            raise Refused(Sentence("Lembaga ini sudah ditutup, jadi tidak dinilai lagi."))
        today = work.today(auditee.time_zone)
        if wanted.visit_on is not None and wanted.visit_on > today:
            raise Refused(Sentence("Tanggal kunjungan tidak boleh sesudah hari ini."))
        work.lock()
        _one_at_a_time(session, wanted)
        asked = what_to_ask(
            session,
            auditee,
            kind=wanted.kind,
            mode=Mode.online if own else wanted.mode,
            edition=wanted.edition,
            on=today,
        )
        checklist, follows = asked.checklist, asked.follows
        days = checklist.days.self_assessment if own else 30
        assessment = Assessment(
            id=work.new_id(),
            reference=next_reference(session, today.year),
            auditee_id=auditee.id,
            kind=wanted.kind,
            mode=Mode.online if own else wanted.mode,
            year=today.year,
            edition=checklist.fingerprint,
            tags=list(follows.tags if follows else sorted(auditee.tags)),
            follows_id=follows.id if follows else None,
            scope=asked.scope,
            status=Status.draft,
            opened_by=actor.person_id or "",
            opened_at=work.now,
            due_on=today + timedelta(days=days),
            visit_on=wanted.visit_on,
            revision=1,
        )
        session.add(assessment)
        session.flush()
        if not own:
            _add_team(work, assessment, auditee, wanted)
        work.record(
            AssessmentOpened(
                subject=assessment.id,
                auditee=auditee.id,
                kind=assessment.kind,
                mode=assessment.mode,
                edition=assessment.edition,
            )
        )
    return assessment


def cancel_assessment(session: Session, actor: Actor, clock: Clock, *, assessment_id: str) -> None:
    """Take back an assessment that was opened by mistake and never scored. Raises Refused."""
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        own = assessment.kind is Kind.self
        permission = Permission.open_self_assessment if own else Permission.open_assessment
        ensure(actor, permission, subject_of(session, assessment))
        assessment.status = after(assessment.status, Step.cancel)
        work.record(AssessmentCancelled(subject=assessment.id, auditee=assessment.auditee_id))


def set_visit(
    session: Session, actor: Actor, clock: Clock, *, assessment_id: str, visit_on: date
) -> None:
    """Say on which day the team was there. Raises Refused for a day to come."""
    with write(session, actor, clock) as work:
        assessment = lock_assessment(session, assessment_id)
        ensure(actor, Permission.score, subject_of(session, assessment))
        auditee = session.get_one(Auditee, assessment.auditee_id)
        if assessment.status in FROZEN or assessment.status not in OPEN:
            raise Refused(Sentence("Penilaian ini sudah dikirim. Tanggal kunjungan tetap."))
        if visit_on > work.today(auditee.time_zone):
            raise Refused(Sentence("Tanggal kunjungan tidak boleh sesudah hari ini."))
        assessment.visit_on = visit_on
        work.record(VisitDeclared(subject=assessment.id, auditee=assessment.auditee_id))
