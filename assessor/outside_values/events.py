"""What can happen to a value from outside?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class OutsideValueEntered(Event):
    """A value that others gave was entered."""

    act: ClassVar[str] = "outside_values.entered"
    kind: str
    year: int


@dataclass(frozen=True, kw_only=True)
class OutsideValueWithdrawn(Event):
    """A value that was entered by mistake was taken back."""

    act: ClassVar[str] = "outside_values.withdrawn"
