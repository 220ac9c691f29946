"""What happens when a letter's turn has come?

It is composed, handed to the mail server, and then marked as sent. Between the last two lies a
moment in which a process can die: the mail left and nobody noted it. Such a mail is sent once
more, and if that happens again it is given up for a person to look at. It is never lost, and it
arrives at most twice.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.jobs.queue import Claimed, GivenUp, NotNeeded, Postponed
from assessor.journal.work import Clock
from assessor.mail.letters import Writing, letter_named, the_readers
from assessor.mail.transport import (
    NO_ADDRESS,
    NOT_SET_UP,
    UNKNOWN_LETTER,
    MailServer,
    UnsafeHeader,
    deliver,
    make_message,
)


@dataclass(frozen=True)
class Post:
    """Where letters go and whose they are; `server` is None where no mail is set up."""

    server: MailServer | None
    sender: str
    base_url: str


def send(session: Session, clock: Clock, claimed: Claimed, *, post: Post) -> None:
    """Send one letter. Raises Postponed and GivenUp."""
    known = letter_named(claimed.payload["letter"])
    if known is None:
        raise Postponed(UNKNOWN_LETTER)
    if post.server is None:
        raise NotNeeded(NOT_SET_UP) if known.notice else Postponed(NOT_SET_UP)
    reader = the_readers().find(session, claimed.payload["person"])
    values = claimed.payload["values"]
    address = known.address(session, reader, values) if reader is not None else None
    session.rollback()
    if reader is None or address is None:
        raise NotNeeded(NO_ADDRESS) if known.notice else GivenUp(NO_ADDRESS)
    letter = known.compose(Writing(session, clock, post.base_url, reader, values))
    session.rollback()  # nothing is held open while a server far away takes its time
    try:
        message = make_message(
            sender=post.sender,
            to=address,
            subject=letter.subject,
            text=letter.text,
            # Each attempt is a mail of its own: its link replaces the one before, so a mail server
            # must not drop the second as a copy of the first.
            message_id=f"{claimed.id}.{claimed.attempts}",
            at=clock(),
        )
    except UnsafeHeader as error:
        raise GivenUp(NO_ADDRESS) from error
    deliver(post.server, message)
