"""What does the journal say about assessments?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AssessmentOpened(Event):
    """An assessment was opened for an auditee with a team."""

    act: ClassVar[str] = "assessments.opened"
    kind: str
    mode: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class EditionChanged(Event):
    """An assessment that was going on is judged by the next edition; how many answers were taken
    off because they were answers to something else."""

    act: ClassVar[str] = "assessments.edition_changed"
    before: str
    after: str
    taken: int


@dataclass(frozen=True, kw_only=True)
class AssessmentCancelled(Event):
    """An assessment opened by mistake was closed before anything was scored."""

    act: ClassVar[str] = "assessments.cancelled"


@dataclass(frozen=True, kw_only=True)
class VisitDeclared(Event):
    """The team said on which day it was there."""

    act: ClassVar[str] = "assessments.visit_declared"


@dataclass(frozen=True, kw_only=True)
class EntryRecorded(Event):
    """Something was entered for an item; `result` says what became of it."""

    act: ClassVar[str] = "assessments.entry_recorded"
    item: str
    field: str
    result: str


@dataclass(frozen=True, kw_only=True)
class FilesDrawn(Event):
    """A sample of client files was drawn; the reason of another draw is the entry's why."""

    act: ClassVar[str] = "assessments.files_drawn"
    sample: str
    seed: str
    size: int


@dataclass(frozen=True, kw_only=True)
class FilesMarked(Event):
    """Boxes of the sheet were filled, changed or emptied."""

    act: ClassVar[str] = "assessments.files_marked"
    sample: str
    boxes: int


@dataclass(frozen=True, kw_only=True)
class InterviewsCounted(Event):
    """The team said with how many people of each kind it spoke."""

    act: ClassVar[str] = "assessments.interviews_counted"
    people: int


@dataclass(frozen=True, kw_only=True)
class FindingEdited(Event):
    """The team worded, classed, dropped or took back a finding."""

    act: ClassVar[str] = "assessments.finding_edited"
    item: str


@dataclass(frozen=True, kw_only=True)
class FindingAnswered(Event):
    """The auditee said something to a finding."""

    act: ClassVar[str] = "assessments.finding_answered"
    item: str


@dataclass(frozen=True, kw_only=True)
class AssessmentSubmitted(Event):
    """The team handed the assessment over; its findings were issued."""

    act: ClassVar[str] = "assessments.submitted"
    kind: str
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class AssessmentChecked(Event):
    """Somebody outside the team passed it on to the directorate."""

    act: ClassVar[str] = "assessments.checked"
    kind: str
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class AssessmentReturned(Event):
    """The checker or the verifier gave it back with a reason."""

    act: ClassVar[str] = "assessments.returned"


@dataclass(frozen=True, kw_only=True)
class ItemRemarked(Event):
    """Somebody outside the team said what to look at again, or took that back."""

    act: ClassVar[str] = "assessments.item_remarked"
    item: str


@dataclass(frozen=True, kw_only=True)
class ItemCorrected(Event):
    """Somebody outside the team set another choice beside the team's."""

    act: ClassVar[str] = "assessments.item_corrected"
    item: str
    choice: str


@dataclass(frozen=True, kw_only=True)
class ItemsSeen(Event):
    """Somebody outside the team looked at items."""

    act: ClassVar[str] = "assessments.items_seen"
    count: int


@dataclass(frozen=True, kw_only=True)
class AssessmentSealed(Event):
    """It was verified and frozen for good (a self-assessment: attested)."""

    act: ClassVar[str] = "assessments.sealed"
    kind: str
    outcome: str
    root: str


@dataclass(frozen=True, kw_only=True)
class ObjectionFiled(Event):
    """The auditee, or its coach for it, objects to a sealed result."""

    act: ClassVar[str] = "assessments.objection_filed"
    assessment: str
    filed_as: str
    points: int


@dataclass(frozen=True, kw_only=True)
class ObjectionWithdrawn(Event):
    """It was taken back before anybody ruled on it."""

    act: ClassVar[str] = "assessments.objection_withdrawn"
    assessment: str


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(Event):
    """Somebody uninvolved ruled on it."""

    act: ClassVar[str] = "assessments.objection_decided"
    assessment: str
    ruling: str


@dataclass(frozen=True, kw_only=True)
class RevisionOpened(Event):
    """A sealed assessment is corrected by a new revision, for a reason."""

    act: ClassVar[str] = "assessments.revision_opened"
    revises: str
    revision: int


@dataclass(frozen=True, kw_only=True)
class TeamPlacePassed(Event):
    """Somebody's place on the team passed to somebody else, with all their work."""

    act: ClassVar[str] = "assessments.place_passed"
    from_person: str
    to_person: str
    role: str


@dataclass(frozen=True, kw_only=True)
class CitationReviewed(Event):
    """Somebody of the team said whether a cited piece suffices at an item."""

    act: ClassVar[str] = "assessments.citation_reviewed"
    citation: str
    evidence: str
    item: str
    sufficiency: str
