"""How do people sign in and out, and how do they come to accounts and positions?

Passwords are hashed outside the write transaction, which is then short.
"""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.accounts.events import (
    UNKNOWN,
    LanguageChosen,
    PasswordChanged,
    PasswordRehashed,
    PersonCreated,
    PersonDisabled,
    PositionEnded,
    SignedIn,
    SignedOut,
    SignInFailed,
    SignInsEnded,
)
from assessor.accounts.factor_codes import has_factor
from assessor.accounts.limits import Attempts
from assessor.accounts.models import Person, PersonKey, Position, SecondFactor, SignIn
from assessor.accounts.names import LONGEST_NAME, fold_user_name, person_keys
from assessor.accounts.password_rules import check_password
from assessor.accounts.passwords import Hashing
from assessor.accounts.positions import Place, Term, place_person
from assessor.accounts.queries import get_person, hash_secret, person_named, today_in
from assessor.accounts.reach import (
    ensure_administrator,
    ensure_reaches_person,
    ensure_reaches_place,
)
from assessor.database.base import new_id
from assessor.journal.work import Clock, Work, write
from assessor.mail.letters import send_letter
from assessor.organization.models import TimeZone
from assessor.sentences import NotPermitted, Refused, Sentence

LONGEST_DEVICE = 200
PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105  # the name of a letter
WRONG = Sentence("Nama masuk atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.")
WRONG_PASSWORD = Sentence("Kata sandi Anda sekarang tidak cocok. Ketik lagi dengan teliti.")
NAME_TAKEN = Sentence("Nama masuk ini sudah dipakai. Pilih nama masuk yang lain.")


class WrongPassword(Refused):
    """Name and password do not fit; which of them is wrong is not said."""


@dataclass(frozen=True, kw_only=True)
class Device:
    """Where a sign-in happens: the cookie's earlier sign-in, if any, ends with it."""

    description: str
    shared: bool = False
    replaces: str | None = None


@dataclass(frozen=True)
class Opened:
    """A fresh sign-in. The secret exists here and in the browser only."""

    secret: str
    sign_in_id: str
    person_id: str
    language: str
    time_zone: TimeZone
    user_name: str
    factor_was_reset: bool = False
    second: str = ""  # what proved it a second time


@dataclass(frozen=True)
class FirstStep:
    """The password fitted, and a code is asked for. Nobody is signed in by it. The mark is of the
    password that fitted: with another one the first step is taken again."""

    person_id: str
    password_mark: str


def sign_in(
    session: Session,
    clock: Clock,
    *,
    user_name: str,
    password: str,
    device: Device,
    attempts: Attempts,
    hashing: Hashing,
) -> Opened | FirstStep:
    """Open a sign-in, or ask who has a second factor for a code. Raises TooManyAttempts and
    WrongPassword; both say the same of accounts that exist and of those that do not, after the
    same work."""
    name = fold_user_name(user_name)
    tried = attempts.reserve(session, clock, account=name)
    person = person_named(session, name)
    person_id = person.id if person is not None else None
    kept = person.password_hash if person is not None else None
    active = person is not None and person.disabled_at is None
    session.rollback()
    fits = hashing.verify(kept, password)
    if not (fits and active) or person_id is None or kept is None:
        with write(session, SYSTEM, clock) as work:
            if person_id is not None:
                tried.hold(work, person_id)
            work.record(SignInFailed(subject=person_id or UNKNOWN, origin=attempts.origin))
        raise WrongPassword(WRONG)
    renewed = hashing.hash(password) if hashing.is_outdated(kept) else None
    with write(session, Actor(person_id), clock) as work:
        person = get_person(session, person_id)
        if person.disabled_at is not None or person.password_hash != kept:
            raise WrongPassword(WRONG)  # changed in this very moment
        if renewed is not None:
            person.password_hash = renewed
        tried.refund(session)
        if not has_factor(session, person_id):
            return open_here(work, person, device)
        if renewed is not None:
            work.record(PasswordRehashed(subject=person_id))
        return FirstStep(person_id, hash_secret(person.password_hash))


def open_here(work: Work, person: Person, device: Device, *, second: str = "") -> Opened:
    """Open the sign-in of a person who proved everything that is asked."""
    if device.replaces is not None:
        end_living(work, select(SignIn).where(SignIn.id == device.replaces))
    secret = secrets.token_urlsafe(32)
    opened = SignIn(
        id=new_id(),
        secret_hash=hash_secret(secret),
        person_id=person.id,
        created_at=work.now,
        seen_at=work.now,
        ended_at=None,
        shared_computer=device.shared,
        device=device.description[:LONGEST_DEVICE],
    )
    work.session.add(opened)
    factor = work.session.get(SecondFactor, person.id)
    was_reset = factor is not None and factor.reset_at is not None
    if factor is not None:
        factor.reset_at = None  # told now
    work.record(
        SignedIn(
            subject=person.id,
            sign_in=opened.id,
            shared_computer=opened.shared_computer,
            second=second,
        )
    )
    return Opened(
        secret,
        opened.id,
        person.id,
        person.language,
        person.time_zone,
        person.user_name,
        factor_was_reset=was_reset,
        second=second,
    )


def end_living(work: Work, statement: Select[SignIn]) -> int:
    """End the living ones among these sign-ins, for good."""
    found = work.session.scalars(statement.where(SignIn.ended_at.is_(None))).all()
    for each in found:
        each.ended_at = work.now
    return len(found)


def sign_out(session: Session, actor: Actor, clock: Clock) -> None:
    """End the sign-in the actor uses."""
    if actor.person_id is None or actor.session_id is None:
        return
    with write(session, actor, clock) as work:
        if end_living(work, select(SignIn).where(SignIn.id == actor.session_id)):
            work.record(SignedOut(subject=actor.person_id, sign_in=actor.session_id))


def end_sign_ins(session: Session, actor: Actor, clock: Clock, *, only: str | None = None) -> int:
    """End own sign-ins elsewhere: one of them, or all but the present one."""
    with write(session, actor, clock) as work:
        others = select(SignIn).where(
            SignIn.person_id == actor.person_id, SignIn.id != actor.session_id
        )
        count = end_living(work, others if only is None else others.where(SignIn.id == only))
        if count:
            work.record(SignInsEnded(subject=_own_id(actor), count=count))
    return count


def _own_id(actor: Actor) -> str:
    if actor.person_id is None:
        raise NotPermitted(Sentence("Masuk dulu untuk membuka halaman ini."))
    return actor.person_id


def confirm_password(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    password: str,
    attempts: Attempts,
    hashing: Hashing,
) -> None:
    """Ask the acting person's password again, before what weighs much: a sign-off, a change of
    the password. Raises TooManyAttempts and WrongPassword."""
    person_id = _own_id(actor)
    tried = attempts.reserve_again(session, clock, person_id=person_id)
    kept = get_person(session, person_id).password_hash
    session.rollback()
    if not hashing.verify(kept, password):
        with write(session, actor, clock) as work:
            tried.hold(work, person_id)
            work.record(SignInFailed(subject=person_id, origin=attempts.origin))
        raise WrongPassword(WRONG_PASSWORD)
    with write(session, actor, clock) as work:
        tried.refund(work.session)


def change_password(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    current: str,
    new: str,
    attempts: Attempts,
    hashing: Hashing,
) -> int:
    """The owner changes the password; sign-ins elsewhere end, and their number comes back.
    Raises TooManyAttempts, WrongPassword and WeakPassword."""
    confirm_password(session, actor, clock, password=current, attempts=attempts, hashing=hashing)
    person = get_person(session, _own_id(actor))
    before = person.password_hash
    check_password(new, about=(person.name, person.user_name))
    session.rollback()
    hashed = hashing.hash(new)
    with write(session, actor, clock) as work:
        person = get_person(session, _own_id(actor))
        if person.password_hash != before:
            raise WrongPassword(WRONG_PASSWORD)  # changed elsewhere meanwhile
        person.password_hash = hashed
        ended = end_living(
            work,
            select(SignIn).where(SignIn.person_id == person.id, SignIn.id != actor.session_id),
        )
        send_letter(work, letter=PASSWORD_CHANGED, person_id=person.id)
        work.record(PasswordChanged(subject=person.id, by_owner=True, sign_ins_ended=ended))
    return ended


def choose_language(session: Session, actor: Actor, clock: Clock, *, language: str) -> None:
    """Remember in which language the person reads, for the next sign-in on any device."""
    person = get_person(session, _own_id(actor))
    if person.language == language:
        return
    with write(session, actor, clock) as work:
        get_person(session, _own_id(actor)).language = language
        work.record(LanguageChosen(subject=_own_id(actor), language=language))


def create_person(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    user_name: str,
    name: str,
    password: str,
    hashing: Hashing,
    time_zone: TimeZone = TimeZone.wib,
) -> Person:
    """Give somebody an account. Raises Refused when the name is taken, WeakPassword."""
    ensure_administrator(actor)
    folded, name = proper_user_name(user_name), proper_name(name)
    check_password(password, about=(name, folded))
    hashed = hashing.hash(password)
    try:
        with write(session, actor, clock) as work:
            person = add_person(
                work,
                Person(
                    id=new_id(),
                    user_name=folded,
                    name=name,
                    password_hash=hashed,
                    language="id",
                    time_zone=time_zone,
                    created_at=work.now,
                    disabled_at=None,
                ),
            )
            work.record(PersonCreated(subject=person.id))
    except IntegrityError as error:  # two at the same moment: the constraint decides
        raise Refused(NAME_TAKEN) from error
    return person


def proper_user_name(typed: str) -> str:
    """A sign-in name in its one form. Raises Refused when it would not do."""
    folded = fold_user_name(typed)
    if not 3 <= len(folded) <= LONGEST_NAME or " " in folded:
        raise Refused(
            Sentence("Nama masuk terdiri atas 3 sampai 200 huruf atau angka, tanpa spasi.")
        )
    return folded


def proper_name(typed: str) -> str:
    """Somebody's name without needless spaces. Raises Refused when there is none."""
    name = " ".join(typed.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused(Sentence("Isi nama orangnya, paling panjang 200 huruf."))
    return name


def add_person(work: Work, person: Person) -> Person:
    """Put a new person into the tables, findable. Raises Refused when the name is taken."""
    if person_named(work.session, person.user_name) is not None:
        raise Refused(NAME_TAKEN)
    search, sort = person_keys(person.name, person.user_name)
    work.session.add(person)
    work.session.flush()  # the key points to the person
    work.session.add(PersonKey(person_id=person.id, search_key=search, sort_key=sort))
    return person


def disable_person(session: Session, actor: Actor, clock: Clock, *, person_id: str) -> None:
    """A person may no longer sign in, and is out at the next request everywhere."""
    if person_id == actor.person_id:
        raise NotPermitted(
            Sentence("Akun Anda sendiri dinonaktifkan oleh administrator yang lain.")
        )
    with write(session, actor, clock) as work:
        ensure_reaches_person(session, actor, person_id)
        person = get_person(session, person_id)
        if person.disabled_at is None:
            person.disabled_at = work.now
            end_living(work, select(SignIn).where(SignIn.person_id == person_id))
            work.record(PersonDisabled(subject=person_id))


def give_position(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    person_id: str,
    role: Role,
    office_id: str | None = None,
    auditee_id: str | None = None,
    valid_from: date | None = None,
) -> Position:
    """Let a person hold a role at an office or at an auditee, from today if no date is given."""
    place = Place(role, office_id, auditee_id)
    return place_person(
        session, actor, clock, person_id=person_id, place=place, term=Term(valid_from)
    )


def end_position(
    session: Session, actor: Actor, clock: Clock, *, position_id: str, on: date | None = None
) -> None:
    """End a position: from that day on (today if none is given) it no longer holds."""
    ensure_administrator(actor)
    with write(session, actor, clock) as work:
        position = session.scalars(select(Position).where(Position.id == position_id)).one()
        ensure_reaches_place(
            session, actor, person_id=position.person_id, auditee_id=position.auditee_id
        )
        today = today_in(get_person(session, position.person_id).time_zone, work.now)
        last = max(on or today, position.valid_from)
        if position.valid_to is not None and position.valid_to <= last:
            return
        position.valid_to = last
        work.record(
            PositionEnded(
                subject=position.person_id,
                auditee=position.auditee_id,
                position=position.id,
                valid_to=last.isoformat(),
            )
        )
