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
