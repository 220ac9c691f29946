"""What does an administrator do with accounts, besides giving them?"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.accounts.events import DetailsChanged, HoldLifted, PersonEnabled, SignInsEnded
from assessor.accounts.inviting import proper_mail, proper_phone
from assessor.accounts.limits import lift_holds
from assessor.accounts.models import Person, PersonKey, SignIn
from assessor.accounts.names import person_keys
from assessor.accounts.queries import get_person
from assessor.accounts.reach import ensure_reaches_person
from assessor.accounts.services import end_living, proper_name
from assessor.journal.work import Clock, Work, write
from assessor.organization.models import TimeZone


def enable_person(session: Session, actor: Actor, clock: Clock, *, person_id: str) -> None:
    """A disabled person may sign in again, with the password there was."""
    with write(session, actor, clock) as work:
        ensure_reaches_person(session, actor, person_id)
        person = get_person(session, person_id)
        if person.disabled_at is not None:
            person.disabled_at = None
            work.record(PersonEnabled(subject=person_id))


def end_all_sign_ins(session: Session, actor: Actor, clock: Clock, *, person_id: str) -> int:
    """Put a person out everywhere; on how many devices comes back."""
    with write(session, actor, clock) as work:
        ensure_reaches_person(session, actor, person_id)
        ended = end_living(work, select(SignIn).where(SignIn.person_id == person_id))
        if ended:
            work.record(SignInsEnded(subject=person_id, count=ended, by_owner=False))
    return ended


def lift_hold(session: Session, actor: Actor, clock: Clock, *, person_id: str) -> None:
    """Let somebody who tried too often try again at once."""
    with write(session, actor, clock) as work:
        ensure_reaches_person(session, actor, person_id)
        if lift_holds(work, person_id):
            work.record(HoldLifted(subject=person_id))


def change_details(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    person_id: str,
    name: str,
    mail: str,
    phone: str,
    time_zone: TimeZone,
) -> None:
    """Correct what is known of a person. Raises Refused and NotPermitted."""
    wanted = {
        "name": proper_name(name),
        "mail": proper_mail(mail),
        "phone": proper_phone(phone),
        "time_zone": time_zone,
    }
    with write(session, actor, clock) as work:
        ensure_reaches_person(session, actor, person_id)
        set_details(work, get_person(session, person_id), wanted, by_owner=False)


def set_details(
    work: Work, person: Person, wanted: Mapping[str, object], *, by_owner: bool
) -> list[str]:
    """Write what differs, if anything does; the names of those fields come back."""
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, wanted[field])
    if not changed:
        return []
    key = work.session.get_one(PersonKey, person.id)
    key.search_key, key.sort_key = person_keys(person.name, person.user_name)
    work.record(DetailsChanged(subject=person.id, fields=changed, by_owner=by_owner))
    return changed
