"""Which tables hold an assessment: its team, operations, answers, bases, findings, seal?"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.database.base import (
    AppendOnly,
    Base,
    Document,
    FrozenWhenSealed,
    Instant,
    Prose,
    Protected,
    enumerated,
    new_id,
)
from checklists.model import AssessmentKind
from checklists.rules import FindingClass

# which round of judging it is; the instruments know the same kinds
Kind = AssessmentKind


class Mode(StrEnum):
    """Where it is done."""

    on_site = "on_site"
    online = "online"


class Status(StrEnum):
    """How far it is. `revised` is a sealed one that a later revision replaced; `cancelled`
    was opened by mistake and never scored."""

    draft = "draft"
    in_progress = "in_progress"
    submitted = "submitted"
    checked = "checked"
    returned = "returned"
    sealed = "sealed"
    revised = "revised"
    cancelled = "cancelled"


class Assessment(Protected, Base):
    """One round of judging one auditee with one edition of a checklist."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index(None, "auditee_id", "kind", "opened_at"),
        Index(None, "status", "opened_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True)
    auditee_id: Mapped[str] = mapped_column(ForeignKey("auditee.id"))
    kind: Mapped[Kind] = mapped_column(enumerated(Kind))
    mode: Mapped[Mode] = mapped_column(enumerated(Mode))
    year: Mapped[int]
    edition: Mapped[str] = mapped_column(ForeignKey("edition.fingerprint"))
    tags: Mapped[list[str]] = mapped_column(Document, default=list)
    follows_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id"))
    scope: Mapped[list[str] | None] = mapped_column(Document)  # a follow-up's items; None: all
    status: Mapped[Status] = mapped_column(enumerated(Status))
    opened_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date | None]
    visit_on: Mapped[date | None]  # as declared by the team, never after today
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    sealed_at: Mapped[datetime | None] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(default=1)
    revises_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id"), unique=True)
    revision_reason: Mapped[str | None] = mapped_column(Prose)
    return_reason: Mapped[str | None] = mapped_column(Prose)


class TeamRole(StrEnum):
    """What somebody does on the team."""

    lead = "lead"
    member = "member"


class TeamMember(FrozenWhenSealed, Protected, Base):
    """Somebody assigned to an assessment."""

    __tablename__ = "team_member"
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    role: Mapped[TeamRole] = mapped_column(enumerated(TeamRole))


class OperationResult(StrEnum):
    """What became of an operation that was kept."""

    applied = "applied"
    conflict = "conflict"
    parked = "parked"


class Operation(Protected, Base):
    """One thing somebody entered on a device. Kept for good, whatever became of it;
    `settled_by` names the operation in which somebody chose between two."""

    __tablename__ = "operation"
    __table_args__ = (Index(None, "assessment_id", "result", "settled_by"),)
    op_id: Mapped[str] = mapped_column(primary_key=True)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    device: Mapped[str]
    seq: Mapped[int]
    item: Mapped[str]
    field: Mapped[str]
    value: Mapped[str | None] = mapped_column(Prose)
    base_op: Mapped[str | None]
    payload: Mapped[str]  # digest of everything sent, to tell a repeat from a forgery
    actor_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    device_at: Mapped[str]  # the device's own clock, as it said
    received_at: Mapped[datetime] = mapped_column(Instant)
    result: Mapped[OperationResult] = mapped_column(enumerated(OperationResult))
    settled_by: Mapped[str | None]


class Answer(FrozenWhenSealed, Protected, Base):
    """What stands for one item now; beside each field the operation it came from."""

    __tablename__ = "answer"
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    choice: Mapped[str | None]
    choice_op: Mapped[str | None]
    reason: Mapped[str | None] = mapped_column(Prose)
    reason_op: Mapped[str | None]
    facts: Mapped[str | None] = mapped_column(Prose)
    facts_op: Mapped[str | None]
    recommendation: Mapped[str | None] = mapped_column(Prose)
    recommendation_op: Mapped[str | None]


class BasisKind(StrEnum):
    """What a score leans on."""

    evidence = "evidence"
    sighted = "sighted"
    sample = "sample"
    interviews = "interviews"


class Basis(FrozenWhenSealed, Protected, Base):
    """One basis of one answer. Added and removed by operations; adding twice or in another
    order gives the same set."""

    __tablename__ = "basis"
    __table_args__ = (
        Index(None, "assessment_id", "item"),
        CheckConstraint("(kind = 'evidence') = (evidence_id IS NOT NULL)", name="evidence"),
    )
    op_id: Mapped[str] = mapped_column(primary_key=True)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    item: Mapped[str]
    kind: Mapped[BasisKind] = mapped_column(enumerated(BasisKind))
    evidence_id: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(Document, info={"prose": True}, default=dict)
    removed_by: Mapped[str | None]


class FindingStatus(StrEnum):
    """How far a finding is in its assessment. That it was answered, and what is done about it,
    is told by rows of their own: a sealed finding never changes."""

    proposed = "proposed"
    dropped = "dropped"
    issued = "issued"


class Finding(FrozenWhenSealed, Protected, Base):
    """What is not met. Proposed from unmet items, edited by the team, issued on submission."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("assessment_id", "item"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), index=True)
    number: Mapped[int]
    item: Mapped[str]
    finding_class: Mapped[FindingClass] = mapped_column(enumerated(FindingClass))
    statement: Mapped[str] = mapped_column(Prose)
    status: Mapped[FindingStatus] = mapped_column(enumerated(FindingStatus))
    drop_reason: Mapped[str | None] = mapped_column(Prose)
    # the correction by which it was added or dropped after submission
    correction_id: Mapped[str | None] = mapped_column(ForeignKey("correction.id"))
    due_on: Mapped[date | None]
    issued_at: Mapped[datetime | None] = mapped_column(Instant)


class FindingAnswer(AppendOnly, Protected, Base):
    """What the institution says to a finding."""

    __tablename__ = "finding_answer"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    finding_id: Mapped[str] = mapped_column(ForeignKey("finding.id"), index=True)
    words: Mapped[str] = mapped_column(Prose)
    answered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime] = mapped_column(Instant)


class Meaning(StrEnum):
    """What a sign-off says."""

    attests = "attests"
    submits = "submits"
    checks = "checks"
    verifies = "verifies"


class SignOff(AppendOnly, Protected, Base):
    """Who put their name to what, when and with which meaning; the hash is of exactly what
    was on the screen."""

    __tablename__ = "sign_off"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    meaning: Mapped[Meaning] = mapped_column(enumerated(Meaning))
    content_hash: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(Instant)


class Exemption(AppendOnly, Protected, Base):
    """An exception from a rule of independence, with its reason; printed on the report."""

    __tablename__ = "exemption"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), index=True)
    rule: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Prose)
    granted_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime] = mapped_column(Instant)


class SealedDocument(AppendOnly, Protected, Base):
    """The `seal-v1` document of an assessment: canonical JSON bytes and their root hash."""

    __tablename__ = "sealed_document"
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    content: Mapped[bytes]
    root: Mapped[str]
    sealed_at: Mapped[datetime] = mapped_column(Instant)
    journal_seq: Mapped[int] = mapped_column(BigInteger)
