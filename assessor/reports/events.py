"""What can happen to a report?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ReportIssued(Event):
    """A PDF of a sealed assessment was made and kept; `digest` names its bytes."""

    act: ClassVar[str] = "reports.issued"
    assessment: str
    language: str
    code: str
    digest: str
    size: int
    version: str
    checkpoint_seq: int
