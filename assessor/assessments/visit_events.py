"""What does the journal say about what surrounds the judging?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AssignmentRecorded(Event):
    """The letter that sends the team was recorded, or recorded anew."""

    act: ClassVar[str] = "assessments.assignment_recorded"
    evidence: str | None


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Event):
    """Somebody joined or left the team, or leads it now; the reason is kept."""

    act: ClassVar[str] = "assessments.team_changed"
    change: str
    person: str


@dataclass(frozen=True, kw_only=True)
class GuestsChanged(Event):
    """Somebody of another agency comes along, or no longer does."""

    act: ClassVar[str] = "assessments.guests_changed"
    change: str


@dataclass(frozen=True, kw_only=True)
class ConflictDeclared(Event):
    """A member of the team declared that there is no conflict of interest, or that there is."""

    act: ClassVar[str] = "assessments.conflict_declared"
    stance: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class ConflictExcused(Event):
    """A declared conflict was excused with a reason, where the rule allows it."""

    act: ClassVar[str] = "assessments.conflict_excused"
    person: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class MeetingRecorded(Event):
    """The opening or the closing meeting was recorded with who was there."""

    act: ClassVar[str] = "assessments.meeting_recorded"
    meeting: str


@dataclass(frozen=True, kw_only=True)
class PointDisputed(Event):
    """An item on which both sides do not agree was put down, worded anew or taken away."""

    act: ClassVar[str] = "assessments.point_disputed"
    item: str
    change: str


@dataclass(frozen=True, kw_only=True)
class AssessmentClosed(Event):
    """What stood at the closing meeting was frozen; a second time with a reason."""

    act: ClassVar[str] = "assessments.closed"
    number: int
    root: str


@dataclass(frozen=True, kw_only=True)
class SignedMinutesLinked(Event):
    """A scan of the signed minutes was linked to its closing, in place of an earlier one or as
    the first."""

    act: ClassVar[str] = "assessments.signed_minutes_linked"
    number: int
    evidence: str
    replaces: str | None
