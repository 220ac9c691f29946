"""What does somebody change of the own account: language, time zone, phone number?

The mail address has a way of its own (`mail_changing`), because links for passwords go there.
"""

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.accounts.administering import set_details
from assessor.accounts.inviting import proper_phone
from assessor.accounts.queries import own_person
from assessor.journal.work import Clock, write
from assessor.organization.models import TimeZone


def change_reading(
    session: Session, actor: Actor, clock: Clock, *, language: str, time_zone: TimeZone
) -> None:
    """In which language and time the person reads, on every device from the next sign-in on."""
    with write(session, actor, clock) as work:
        wanted = {"language": language, "time_zone": time_zone}
        set_details(work, own_person(session, actor), wanted, by_owner=True)


def change_phone(session: Session, actor: Actor, clock: Clock, *, phone: str) -> None:
    """The number to which an administrator may hand over a link; the password was asked before.
    Raises Refused."""
    proper = proper_phone(phone)
    with write(session, actor, clock) as work:
        set_details(work, own_person(session, actor), {"phone": proper}, by_owner=True)
