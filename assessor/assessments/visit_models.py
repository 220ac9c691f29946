"""Which tables hold what surrounds the judging: the assignment, who came along, what the team
declared, the meetings, what stood when the assessment was closed with the institution?"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor.assessments.models import Mode
from assessor.database.base import (
    AppendOnly,
    Base,
    FrozenWhenSealed,
    Instant,
    Prose,
    Protected,
    enumerated,
    new_id,
)


class Assignment(FrozenWhenSealed, Protected, Base):
    """The letter that sends the team, as its office numbered it, and the days it plans to come."""

    __tablename__ = "assignment"
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    letter_number: Mapped[str] = mapped_column(Prose)
    letter_on: Mapped[date]
    office_id: Mapped[str] = mapped_column(ForeignKey("office.id"))  # who issued the letter
    planned_from: Mapped[date | None]
    planned_to: Mapped[date | None]
    evidence_id: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class GuestMember(FrozenWhenSealed, Protected, Base):
    """Somebody of another agency who comes along with the team and has no account."""

    __tablename__ = "guest_member"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), index=True)
    name: Mapped[str] = mapped_column(Prose)
    agency: Mapped[str] = mapped_column(Prose)
    function: Mapped[str] = mapped_column(Prose)
    added_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)


class Stance(StrEnum):
    """What somebody declares about conflicts of interest."""

    none = "none"
    conflict = "conflict"


class ConflictDeclaration(AppendOnly, Protected, Base):
    """What a member of the team declared, in which wording; the highest number counts."""

    __tablename__ = "conflict_declaration"
    __table_args__ = (UniqueConstraint("assessment_id", "person_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    stance: Mapped[Stance] = mapped_column(enumerated(Stance))
    words: Mapped[str | None] = mapped_column(Prose)
    wording: Mapped[str]
    declared_at: Mapped[datetime] = mapped_column(Instant)


class MeetingKind(StrEnum):
    """With which meeting a visit begins and ends."""

    opening = "opening"
    closing = "closing"


class Meeting(FrozenWhenSealed, Protected, Base):
    """A meeting of the team with the institution: when and where it was held."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("assessment_id", "kind"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    kind: Mapped[MeetingKind] = mapped_column(enumerated(MeetingKind))
    held_at: Mapped[datetime] = mapped_column(Instant)
    mode: Mapped[Mode] = mapped_column(enumerated(Mode))
    place: Mapped[str] = mapped_column(Prose)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class Party(StrEnum):
    """For whom somebody sits at a meeting. Clients never do."""

    team = "team"
    institution = "institution"
    guest = "guest"


class Attendance(FrozenWhenSealed, Protected, Base):
    """Somebody who was at a meeting, on the line of the list where it was written."""

    __tablename__ = "attendance"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"), index=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    line: Mapped[int]
    name: Mapped[str] = mapped_column(Prose)
    party: Mapped[Party] = mapped_column(enumerated(Party))
    function: Mapped[str] = mapped_column(Prose)


class DisputedPoint(FrozenWhenSealed, Protected, Base):
    """An item on which the team and the institution do not agree, in the words of both."""

    __tablename__ = "disputed_point"
    __table_args__ = (UniqueConstraint("assessment_id", "item"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    item: Mapped[str]
    institution: Mapped[str] = mapped_column(Prose)
    team: Mapped[str] = mapped_column(Prose)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class Closing(AppendOnly, Protected, Base):
    """What stood when the closing meeting was held: canonical bytes with their root, as a seal
    has them. Closing anew adds a row with its reason; a revision carries the rows along."""

    __tablename__ = "closing"
    __table_args__ = (UniqueConstraint("assessment_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[str] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    summary: Mapped[str] = mapped_column(Prose)
    reason: Mapped[str | None] = mapped_column(Prose)  # of closing anew
    content: Mapped[bytes]
    root: Mapped[str]
    closed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime] = mapped_column(Instant)
    journal_seq: Mapped[int] = mapped_column(BigInteger)
    carried_from_id: Mapped[str | None] = mapped_column(ForeignKey("closing.id"))


class SignedMinutes(AppendOnly, Protected, Base):
    """A scan of the minutes of a closing with the signatures of both sides. A later one replaces
    it for a reason, and both stay."""

    __tablename__ = "signed_minutes"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    closing_id: Mapped[str] = mapped_column(ForeignKey("closing.id"), index=True)
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"), index=True)
    linked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    linked_at: Mapped[datetime] = mapped_column(Instant)
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("signed_minutes.id"), unique=True)
    reason: Mapped[str | None] = mapped_column(Prose)  # of replacing
