"""What can happen to a mail that could not be sent?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class MailTriedAgain(Event):
    """Somebody let a mail that was given up be tried again; the subject is its reader."""

    act: ClassVar[str] = "mail.tried_again"
    job: str
    letter: str


@dataclass(frozen=True, kw_only=True)
class MailDropped(Event):
    """Somebody decided that a mail that was given up is not needed."""

    act: ClassVar[str] = "mail.dropped"
    job: str
    letter: str
