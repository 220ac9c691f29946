"""How does somebody come to another mail address, without links ever going to a wrong one?

The new address is kept aside and gets a letter. Only its owner can follow the link in it, and only
signed in to the account that asked: a mistyped address gives a stranger nothing. Until then links
for passwords go where they went before; afterwards the earlier address is told.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor
from assessor.accounts.administering import set_details
from assessor.accounts.events import (
    MailChangeAsked,
    MailChangeDropped,
    MailConfirmed,
    MailLinkMade,
)
from assessor.accounts.inviting import (
    LONGEST_SECRET,
    DeadLink,
    mail_of,
    proper_mail,
    void_links,
)
from assessor.accounts.models import MailChange, Person
from assessor.accounts.queries import get_person, hash_secret, own_person
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.mail.letters import send_letter
from assessor.sentences import Refused, Sentence

CONFIRM = "accounts.confirm_mail"  # the names of the letters
CHANGED = "accounts.mail_changed"
NOT_WANTED = "not-wanted"  # what became of a letter whose change was dropped
LASTS = timedelta(hours=24)
MOST_A_DAY = 5


@dataclass(frozen=True)
class ConfirmLink:
    """A fresh link. The secret exists here and in the letter only."""

    secret: str
    expires_at: datetime


def waiting_change(session: Session, person_id: str) -> MailChange | None:
    """The address of a person that is not confirmed yet."""
    return session.execute(
        select(MailChange)
        .where(
            MailChange.person_id == person_id,
            MailChange.confirmed_at.is_(None),
            MailChange.dropped_at.is_(None),
        )
        .order_by(MailChange.asked_at.desc(), MailChange.id)
        .limit(1)
    ).scalar_one_or_none()


def ask_mail_change(session: Session, actor: Actor, clock: Clock, *, mail: str) -> bool:
    """Let a letter be sent to a new address; an empty one takes the present address away at once.
    Whether a letter is on its way comes back; the password was asked before. Raises Refused."""
    address = proper_mail(mail)
    with write(session, actor, clock) as work:
        person = own_person(session, actor)
        if address is None:
            _take_away(work, person)
            return False
        if address == mail_of(person):
            raise Refused(Sentence("Alamat surel ini sudah dipakai akun Anda."))
        _not_too_often(work, person.id)
        _drop(work, person)
        change = _add(work, person, address)
        send_letter(work, letter=CONFIRM, person_id=person.id, values={"change": change.id})
        work.record(MailChangeAsked(subject=person.id, change=change.id))
    return True


def _not_too_often(work: Work, person_id: str) -> None:
    """Nobody makes this house write to many strangers."""
    asked = work.session.scalars(
        select(func.count())
        .select_from(MailChange)
        .where(
            MailChange.person_id == person_id, MailChange.asked_at > work.now - timedelta(days=1)
        )
    ).one()
    if asked >= MOST_A_DAY:
        raise Refused(
            Sentence(
                "Alamat surel sudah %(most)s kali diganti dalam sehari. Coba lagi besok.",
                {"most": MOST_A_DAY},
            )
        )


def _add(work: Work, person: Person, address: str) -> MailChange:
    change = MailChange(
        id=new_id(),
        person_id=person.id,
        address=address,
        previous=None,
        secret_hash=None,
        asked_at=work.now,
        expires_at=None,
        confirmed_at=None,
        dropped_at=None,
    )
    work.session.add(change)
    return change


def _drop(work: Work, person: Person) -> MailChange | None:
    waiting = waiting_change(work.session, person.id)
    if waiting is not None:
        waiting.dropped_at = work.now
    return waiting


def _take_away(work: Work, person: Person) -> None:
    """The account has no address of its own any more, and what was sent opens nothing. Raises
    Refused where there is none."""
    dropped = _drop(work, person)
    if person.mail is None and dropped is None:
        raise Refused(Sentence("Belum ada alamat surel yang dapat dihapus. Isi alamat barunya."))
    if person.mail is not None:
        void_links(work, person.id)
        set_details(work, person, {"mail": None}, by_owner=True)
    elif dropped is not None:
        work.record(MailChangeDropped(subject=person.id, change=dropped.id))


def drop_mail_change(session: Session, actor: Actor, clock: Clock) -> None:
    """The present address stays; a letter that was sent opens nothing any more."""
    with write(session, actor, clock) as work:
        person = own_person(session, actor)
        dropped = _drop(work, person)
        if dropped is not None:
            work.record(MailChangeDropped(subject=person.id, change=dropped.id))


def make_mail_link(session: Session, clock: Clock, *, change_id: str) -> ConfirmLink | None:
    """The one living link of a change, for the letter that leaves now; an earlier one is void.
    None when the change is not waited for any more."""
    with write(session, SYSTEM, clock) as work:
        change = session.get_one(MailChange, change_id)
        if change.confirmed_at is not None or change.dropped_at is not None:
            return None
        secret = secrets.token_urlsafe(32)
        change.secret_hash, change.expires_at = hash_secret(secret), work.now + LASTS
        work.record(
            MailLinkMade(
                subject=change.person_id,
                change=change.id,
                expires_at=change.expires_at.isoformat(),
            )
        )
        return ConfirmLink(secret, change.expires_at)


def open_mail_link(session: Session, actor: Actor, secret: str, *, now: datetime) -> MailChange:
    """The living change with this secret, if the actor asked for it. Raises DeadLink."""
    if not secret or len(secret) > LONGEST_SECRET:
        raise DeadLink
    change = session.execute(
        select(MailChange).where(
            MailChange.secret_hash == hash_secret(secret),
            MailChange.person_id == actor.person_id,
            MailChange.confirmed_at.is_(None),
            MailChange.dropped_at.is_(None),
            MailChange.expires_at > now,
        )
    ).scalar_one_or_none()
    if change is None:
        raise DeadLink
    return change


def confirm_mail(session: Session, actor: Actor, clock: Clock, *, secret: str) -> None:
    """Use the new address from now on. Links for passwords that went to the earlier one open
    nothing any more, and it is told. Raises DeadLink."""
    with write(session, actor, clock) as work:
        change = open_mail_link(session, actor, secret, now=work.now)
        person = get_person(session, change.person_id)
        change.confirmed_at, change.previous = work.now, mail_of(person)
        person.mail = change.address
        void_links(work, person.id)
        if change.previous is not None:
            send_letter(work, letter=CHANGED, person_id=person.id, values={"change": change.id})
        work.record(MailConfirmed(subject=person.id, change=change.id))
