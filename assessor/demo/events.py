"""What does the journal say about the demonstration?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class DemonstrationLoaded(Event):
    """All fictitious data of the demonstration are there."""

    act: ClassVar[str] = "demo.loaded"
    edition: str
