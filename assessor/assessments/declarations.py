"""Who declared what about conflicts of interest, and who may therefore not score?

A declaration keeps the code of the wording that was on the screen; a changed wording gets a new
code. Declarations are never changed: a later one of the same person counts instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.accounts.models import Person
from assessor.assessments.arranging import open_for
from assessor.assessments.independence import OF_DECLARATIONS
from assessor.assessments.models import Assessment, Exemption, Kind, TeamMember, TeamRole
from assessor.assessments.visit_events import ConflictDeclared, ConflictExcused
from assessor.assessments.visit_models import ConflictDeclaration, Stance
from assessor.assessments.written import words
from assessor.database.base import new_id
from assessor.journal.work import Clock, write
from assessor.sentences import NotPermitted, Refused, Sentence

CURRENT = "conflict-1"

WORDINGS: Mapping[str, Mapping[Stance, Sentence]] = {
    "conflict-1": {
        Stance.none: Sentence(
            "Saya tidak mempunyai konflik kepentingan: dalam dua tahun terakhir saya tidak "
            "bekerja, tidak menerima sesuatu, dan tidak mempunyai keluarga di lembaga atau unit "
            "ini, dan saya tidak membinanya tahun ini."
        ),
        Stance.conflict: Sentence(
            "Ada hal yang dapat memengaruhi penilaian saya, atau dapat dianggap orang lain "
            "memengaruhinya."
        ),
    },
}

WHY = Sentence(
    "Setiap anggota tim menyatakan ini sebelum mulai, supaya lembaga dan direktorat dapat percaya "
    "pada hasilnya. Menyatakan ada konflik bukan kesalahan: orang lain akan menggantikan Anda."
)

_UNDECLARED = Sentence(
    "Anda belum menyatakan ada atau tidaknya konflik kepentingan. Isi dulu pernyataan itu pada "
    "halaman penilaian ini; sesudah itu Anda dapat menilai."
)
_CONFLICTED = Sentence(
    "Anda menyatakan ada konflik kepentingan, jadi Anda tidak menilai di sini. Yang membuka "
    "penilaian sudah diberi tahu."
)


@dataclass(frozen=True)
class Declared:
    """What a member of the team declared last; `excused` where a conflict was excused since."""

    person_id: str
    name: str
    role: TeamRole
    stance: Stance | None = None
    words: str = ""
    wording: str = ""
    declared_at: datetime | None = None
    excused: str = ""

    @property
    def waits(self) -> bool:
        """Nothing was declared yet."""
        return self.stance is None

    @property
    def conflicted(self) -> bool:
        """There is a conflict that nobody excused: somebody else is needed."""
        return self.stance is Stance.conflict and not self.excused


_LATEST = (
    select(ConflictDeclaration.person_id, func.max(ConflictDeclaration.number).label("number"))
    .where(ConflictDeclaration.assessment_id == bindparam("assessment_id"))
    .group_by(ConflictDeclaration.person_id)
    .subquery()
)


def list_declared(session: Session, assessment_id: str) -> tuple[Declared, ...]:
    """Every member of the team, the leader first, with what they declared: one query."""
    return declared_of(session.execute(declared_rows(), {"assessment_id": assessment_id}).all())


def declared_rows(*beside: Any) -> Select[Any]:
    """The rows that `declared_of` reads, of the assessment bound as `assessment_id`; with other
    columns beside each."""
    return (
        select(TeamMember, Person.name, ConflictDeclaration, Exemption, *beside)
        .join(Person, Person.id == TeamMember.person_id)
        .outerjoin(_LATEST, _LATEST.c.person_id == TeamMember.person_id)
        .outerjoin(
            ConflictDeclaration,
            (ConflictDeclaration.assessment_id == TeamMember.assessment_id)
            & (ConflictDeclaration.person_id == TeamMember.person_id)
            & (ConflictDeclaration.number == _LATEST.c.number),
        )
        .outerjoin(
            Exemption,
            (Exemption.assessment_id == TeamMember.assessment_id)
            & (Exemption.person_id == TeamMember.person_id)
            & Exemption.rule.in_([each.name for each in OF_DECLARATIONS.values()])
            & (Exemption.granted_at >= ConflictDeclaration.declared_at),
        )
        .where(TeamMember.assessment_id == bindparam("assessment_id"))
        .order_by(TeamMember.role, Person.name, Person.id)
    )


def declared_of(rows: Sequence[Any]) -> tuple[Declared, ...]:
    """What the members declared; of several exemptions the one that excuses."""
    found: dict[str, Declared] = {}
    for row in rows:
        member, name, said, exemption = tuple(row)[:4]
        before = found.get(member.person_id)
        if before is None or not before.excused:
            found[member.person_id] = _declared(member, name, said, exemption)
    return tuple(found.values())


def _declared(
    member: TeamMember,
    name: str,
    said: ConflictDeclaration | None,
    exemption: Exemption | None,
) -> Declared:
    rule = OF_DECLARATIONS[member.role]
    excuses = exemption is not None and rule.exemptible and exemption.rule == rule.name
    waiting = Declared(member.person_id, name, member.role)
    if said is None:
        return waiting
    return replace(
        waiting,
        stance=said.stance,
        words=said.words or "",
        wording=said.wording,
        declared_at=said.declared_at,
        excused=exemption.reason if exemption is not None and excuses else "",
    )


def why_not_score(session: Session, assessment: Assessment, actor: Actor) -> Sentence | None:
    """What keeps somebody from scoring by their own declaration: one query, none for whom it lets
    score or for a self-assessment, which has no team."""
    if assessment.kind is Kind.self:
        return None
    return declared_against(assessment, list_declared(session, assessment.id), actor)


def declared_against(
    assessment: Assessment, team: Sequence[Declared], actor: Actor
) -> Sentence | None:
    """The same, of a team that was read already."""
    if assessment.kind is Kind.self:
        return None
    found = next((each for each in team if each.person_id == actor.person_id), None)
    if found is None or found.waits:
        return _UNDECLARED
    return _CONFLICTED if found.conflicted else None


def ensure_declared(
    session: Session, assessment: Assessment, actor: Actor, subject: Subject
) -> None:
    """Raise NotPermitted unless the actor's declaration lets them score. What the rules ask about
    the assessment says already who is cleared; only a refusal looks further."""
    if assessment.kind is Kind.self or actor.person_id in subject.cleared:
        return
    raise NotPermitted(why_not_score(session, assessment, actor) or _UNDECLARED)


def declare_conflict(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    stance: Stance,
    wording: str,
    said: str = "",
) -> None:
    """Declare, in the wording that was on the screen. A conflict is described in words. Raises
    NotPermitted, Refused."""
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.declare)
        if wording not in WORDINGS:
            raise Refused(Sentence("Muat ulang halaman, lalu baca pernyataan yang terbaru."))
        described = (
            words(said, Sentence("Tulis konflik apa yang ada, cukup satu atau dua kalimat."))
            if stance is Stance.conflict
            else None
        )
        before = session.execute(
            select(func.max(ConflictDeclaration.number)).where(
                ConflictDeclaration.assessment_id == assessment.id,
                ConflictDeclaration.person_id == actor.person_id,
            )
        ).scalar()
        session.add(
            ConflictDeclaration(
                id=new_id(),
                assessment_id=assessment.id,
                person_id=actor.person_id or "",
                number=(before or 0) + 1,
                stance=stance,
                words=described,
                wording=wording,
                declared_at=work.now,
            )
        )
        work.record(
            ConflictDeclared(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                stance=stance,
                wording=wording,
            )
        )


def excuse_conflict(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    person_id: str,
    reason: str,
) -> None:
    """Let a member score although they declared a conflict, for a reason that is printed. Raises
    NotPermitted, Refused: a leader is replaced instead."""
    with write(session, actor, clock) as work:
        assessment = open_for(work, assessment_id, Permission.open_assessment)
        declared = {each.person_id: each for each in list_declared(session, assessment.id)}
        found = declared.get(person_id)
        if found is None or not found.conflicted:
            raise Refused(Sentence("Orang ini tidak menyatakan konflik yang perlu dikecualikan."))
        rule = OF_DECLARATIONS[found.role]
        if not rule.exemptible:
            raise Refused(
                Sentence("Ketua tim dengan konflik kepentingan harus diganti, tidak dikecualikan.")
            )
        if person_id == actor.person_id:
            raise Refused(Sentence("Pengecualian untuk Anda sendiri diberikan oleh orang lain."))
        why = words(
            reason, Sentence("Tulis alasan pengecualian. Alasan ini tercetak pada laporan.")
        )
        session.add(
            Exemption(
                id=new_id(),
                assessment_id=assessment.id,
                rule=rule.name,
                person_id=person_id,
                reason=why,
                granted_by=actor.person_id or "",
                granted_at=work.now,
            )
        )
        work.record(
            ConflictExcused(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                person=person_id,
                rule=rule.name,
            ),
            why=why,
        )
