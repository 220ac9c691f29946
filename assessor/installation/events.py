"""What does the journal say about settings?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class SettingChanged(Event):
    """A setting of the whole installation has another value; the subject is its name."""

    act: ClassVar[str] = "installation.setting_changed"
