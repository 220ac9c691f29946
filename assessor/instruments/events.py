"""What does the journal say about instruments?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Event):
    """An edition was put into the database for good."""

    act: ClassVar[str] = "instruments.edition_published"
    name: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class EditionApproved(Event):
    """A decree put an edition in force."""

    act: ClassVar[str] = "instruments.edition_approved"
    fictitious: bool


@dataclass(frozen=True, kw_only=True)
class DraftStarted(Event):
    """A new edition is being drafted."""

    act: ClassVar[str] = "instruments.draft_started"
    name: str
    edition: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class DraftEdited(Event):
    """Parts of a draft were changed."""

    act: ClassVar[str] = "instruments.draft_edited"
    revision: int
    parts: str


@dataclass(frozen=True, kw_only=True)
class DraftProposed(Event):
    """A draft was put before somebody else for approval."""

    act: ClassVar[str] = "instruments.draft_proposed"
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class DraftReturned(Event):
    """A draft went back to its authors, with a reason."""

    act: ClassVar[str] = "instruments.draft_returned"


@dataclass(frozen=True, kw_only=True)
class DraftApproved(Event):
    """Somebody who had no part in it approved a draft by a decree."""

    act: ClassVar[str] = "instruments.draft_approved"
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class DraftPublished(Event):
    """A draft became editions."""

    act: ClassVar[str] = "instruments.draft_published"
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class DraftWithdrawn(Event):
    """A draft was given up."""

    act: ClassVar[str] = "instruments.draft_withdrawn"
