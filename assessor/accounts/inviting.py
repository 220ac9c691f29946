"""How does somebody come to a password that nobody else ever knew?

By a link: random, for one person, for one use, for a short time. Whoever makes it may hand it
over and never learns the password. Only its hash is kept, so a link cannot be shown again;
making another one voids it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.accounts.events import LinkMade, LinkUsed, PersonInvited
from assessor.accounts.limits import lift_holds
from assessor.accounts.models import AccountLink, LinkPurpose, LinkWay, Person, SignIn
from assessor.accounts.names import fold_user_name, is_mail, is_phone
from assessor.accounts.password_rules import check_password
from assessor.accounts.passwords import Hashing
from assessor.accounts.positions import Place, Term, add_position
from assessor.accounts.queries import get_person, hash_secret
from assessor.accounts.reach import ensure_administrator, ensure_reaches_person
from assessor.accounts.services import (
    NAME_TAKEN,
    PASSWORD_CHANGED,
    add_person,
    end_living,
    proper_name,
    proper_user_name,
)
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.mail.letters import send_letter
from assessor.organization.models import TimeZone
from assessor.sentences import NotPermitted, Refused, Sentence

LASTS = {
    (LinkPurpose.invitation, LinkWay.mail): timedelta(days=7),
    (LinkPurpose.invitation, LinkWay.hand): timedelta(days=7),
    (LinkPurpose.reset, LinkWay.mail): timedelta(minutes=60),
    (LinkPurpose.reset, LinkWay.hand): timedelta(hours=24),
}
LONGEST_SECRET = 64
LINK = "accounts.link"  # the name of the letter that brings one


class DeadLink(Refused):
    """The link is unknown, used, replaced or too old; which of these is not said."""

    def __init__(self) -> None:
        super().__init__(
            Sentence(
                "Tautan ini tidak bisa dipakai lagi: sudah dipakai, sudah diganti yang lebih "
                "baru, atau sudah lewat waktunya."
            )
        )


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Who is invited, and to which first position."""

    user_name: str
    name: str
    place: Place
    mail: str = ""
    phone: str = ""
    time_zone: TimeZone = TimeZone.wib
    term: Term = Term()  # noqa: RUF009  # frozen


@dataclass(frozen=True)
class Made:
    """A fresh link. The secret exists here and with its holder only."""

    secret: str
    purpose: LinkPurpose
    expires_at: datetime


def proper_mail(typed: str) -> str | None:
    """A mail address in its one form, None when none was typed. Raises Refused."""
    folded = fold_user_name(typed)
    if folded and not is_mail(folded):
        raise Refused(Sentence("Periksa alamat surelnya; contoh: nama@contoh.go.id."))
    return folded or None


def proper_phone(typed: str) -> str | None:
    """A phone number in its one form, None when none was typed. Raises Refused."""
    folded = fold_user_name(typed)
    if folded and not is_phone(folded):
        raise Refused(Sentence("Periksa nomor teleponnya; contoh: 0812 3456 7890."))
    return folded or None


def mail_of(person: Person) -> str | None:
    """Where to write to somebody: the address of the account, or a sign-in name that is one."""
    if person.mail:
        return person.mail
    return person.user_name if is_mail(person.user_name) else None


def invite_person(session: Session, actor: Actor, clock: Clock, *, new: NewPerson) -> str:
    """Give somebody an account without a password, and a first position; the person's id.
    Raises Refused and NotPermitted."""
    ensure_administrator(actor)
    user_name, name = proper_user_name(new.user_name), proper_name(new.name)
    mail, phone = proper_mail(new.mail), proper_phone(new.phone)
    try:
        with write(session, actor, clock) as work:
            person = Person(
                id=new_id(),
                user_name=user_name,
                name=name,
                password_hash="",
                language="id",
                time_zone=new.time_zone,
                created_at=work.now,
                disabled_at=None,
                mail=mail,
                phone=phone,
            )
            add_person(work, person)
            position = add_position(work, person, new.place, new.term)
            work.record(
                PersonInvited(
                    subject=person.id,
                    auditee=position.auditee_id,
                    position=position.id,
                    role=position.role.value,
                    valid_from=position.valid_from.isoformat(),
                )
            )
            return person.id
    except IntegrityError as error:  # two at the same moment: the constraint decides
        raise Refused(NAME_TAKEN) from error


def make_link(
    session: Session, actor: Actor, clock: Clock, *, person_id: str, way: LinkWay
) -> Made:
    """Make the one living link of a person: to the first password, or to another one. For the
    actor to hand over, or (as the installation) to be sent. Raises NotPermitted and Refused."""
    ensure_administrator(actor)
    if person_id == actor.person_id:
        raise NotPermitted(
            Sentence("Kata sandi Anda sendiri diganti di halaman profil, atau lewat surel.")
        )
    with write(session, actor, clock) as work:
        ensure_reaches_person(session, actor, person_id)
        person = get_person(session, person_id)
        if person.disabled_at is not None:
            raise Refused(Sentence("Akun ini nonaktif. Aktifkan dulu, lalu buat tautannya."))
        purpose = LinkPurpose.reset if person.password_hash else LinkPurpose.invitation
        return _add_link(work, person_id, purpose, way)


def _add_link(work: Work, person_id: str, purpose: LinkPurpose, way: LinkWay) -> Made:
    void_links(work, person_id)
    secret = secrets.token_urlsafe(32)
    made = AccountLink(
        id=new_id(),
        secret_hash=hash_secret(secret),
        person_id=person_id,
        purpose=purpose,
        way=way,
        made_at=work.now,
        expires_at=work.now + LASTS[purpose, way],
        used_at=None,
        replaced_at=None,
    )
    work.session.add(made)
    work.record(
        LinkMade(
            subject=person_id,
            link=made.id,
            purpose=purpose.value,
            way=way.value,
            expires_at=made.expires_at.isoformat(),
        )
    )
    return Made(secret, purpose, made.expires_at)


def void_links(work: Work, person_id: str) -> None:
    """Links of a person that were not used yet open nothing any more."""
    for each in work.session.scalars(
        select(AccountLink).where(
            AccountLink.person_id == person_id,
            AccountLink.used_at.is_(None),
            AccountLink.replaced_at.is_(None),
        )
    ):
        each.replaced_at = work.now


def open_link(session: Session, secret: str, *, now: datetime) -> tuple[AccountLink, Person]:
    """The living link with this secret, and whose it is. Raises DeadLink."""
    if not secret or len(secret) > LONGEST_SECRET:
        raise DeadLink
    row = session.execute(
        select(AccountLink, Person)
        .join(Person, Person.id == AccountLink.person_id)
        .where(
            AccountLink.secret_hash == hash_secret(secret),
            AccountLink.used_at.is_(None),
            AccountLink.replaced_at.is_(None),
            AccountLink.expires_at > now,
            Person.disabled_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise DeadLink
    return row[0], row[1]


def choose_password(
    session: Session, clock: Clock, *, secret: str, new: str, hashing: Hashing
) -> str:
    """Whoever holds a living link chooses the person's password; every sign-in ends. Whose it is
    comes back. Raises DeadLink and WeakPassword; a refused password leaves the link alive."""
    _, person = open_link(session, secret, now=clock())
    check_password(new, about=(person.name, person.user_name))
    person_id = person.id
    session.rollback()
    hashed = hashing.hash(new)
    with write(session, Actor(person_id), clock) as work:
        link, person = open_link(session, secret, now=work.now)  # nobody else used it meanwhile
        link.used_at = work.now
        person.password_hash = hashed
        ended = end_living(work, select(SignIn).where(SignIn.person_id == person_id))
        lift_holds(work, person_id, codes=False)
        send_letter(work, letter=PASSWORD_CHANGED, person_id=person_id)
        work.record(
            LinkUsed(
                subject=person_id,
                link=link.id,
                purpose=link.purpose.value,
                sign_ins_ended=ended,
            )
        )
    return person_id
