"""Which tables hold people, their positions and their sign-ins?"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from assessor.access.actor import Role
from assessor.database.base import (
    Base,
    Free,
    Instant,
    Prose,
    Protected,
    Secret,
    enumerated,
    new_id,
)
from assessor.organization.models import TimeZone


class Person(Protected, Base):
    """Somebody who may sign in. Sign-in name: mail address, phone or a chosen name. An empty
    `password_hash`: none was chosen yet, and none fits."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    user_name: Mapped[str] = mapped_column(Prose, unique=True)
    name: Mapped[str] = mapped_column(Prose)
    password_hash: Mapped[str] = mapped_column(Secret)
    language: Mapped[str] = mapped_column(default="id")
    time_zone: Mapped[TimeZone] = mapped_column(enumerated(TimeZone), default=TimeZone.wib)
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    mail: Mapped[str | None] = mapped_column(Prose)
    phone: Mapped[str | None] = mapped_column(Prose)


class PersonKey(Free, Base):
    """Under which keys a person is found, and where in the list. Free: derived from the names."""

    __tablename__ = "person_key"
    __table_args__ = (Index(None, "sort_key", "person_id"),)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    search_key: Mapped[str] = mapped_column(Prose)
    sort_key: Mapped[str] = mapped_column(Prose)


class LinkPurpose(StrEnum):
    """What a link lets its holder do: choose the first password, or another one."""

    invitation = "invitation"
    reset = "reset"


class LinkWay(StrEnum):
    """How a link reaches its person: by mail, or handed over by whoever made it."""

    mail = "mail"
    hand = "hand"


class AccountLink(Protected, Base):
    """A link with which one person chooses a password, once; only its hash is kept."""

    __tablename__ = "account_link"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    secret_hash: Mapped[str] = mapped_column(Secret, unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enumerated(LinkPurpose))
    way: Mapped[LinkWay] = mapped_column(enumerated(LinkWay))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)


class MailChange(Protected, Base):
    """A mail address that somebody wants to use, until its owner followed the link sent there.
    Without a `secret_hash` no letter left yet; `previous` is the address it took the place of."""

    __tablename__ = "mail_change"
    __table_args__ = (Index(None, "person_id", "asked_at"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(Prose)
    previous: Mapped[str | None] = mapped_column(Prose)
    secret_hash: Mapped[str | None] = mapped_column(Secret, unique=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)


class Position(Protected, Base):
    """A role at an office or at an auditee, from a date until another or further notice."""

    __tablename__ = "position"
    __table_args__ = (
        CheckConstraint("(office_id IS NULL) != (auditee_id IS NULL)", name="one_place"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates"),
    )
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(enumerated(Role))
    office_id: Mapped[str | None] = mapped_column(ForeignKey("office.id"), index=True)
    auditee_id: Mapped[str | None] = mapped_column(ForeignKey("auditee.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class SignIn(Free, Base):
    """One sign-in on one device; the cookie's secret is kept only as a hash. Free: events of
    signing in and out are journalled, the time last seen is not."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "person_id", "ended_at"),)
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    shared_computer: Mapped[bool]
    device: Mapped[str] = mapped_column(Prose)


class SecondFactor(Protected, Base):
    """The app with which a person proves a sign-in a second time. Without a secret it is off. The
    secret is sealed (see sealing.py); `reset_at`: an administrator switched it off, and the person
    has not been told yet."""

    __tablename__ = "second_factor"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[str | None] = mapped_column(Secret)
    since: Mapped[datetime | None] = mapped_column(Instant)
    reset_at: Mapped[datetime | None] = mapped_column(Instant)


class UsedStep(Free, Base):
    """The last half minute whose code a person used; none up to it is taken again. Free: a number
    that only grows; what a code was used for, the journal tells."""

    __tablename__ = "used_step"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    step: Mapped[int]


class RecoveryCode(Protected, Base):
    """A code on paper for the day the app is gone: once, and only its hash is kept. It does not
    hang on the installation's key, so that it still works when that was lost."""

    __tablename__ = "recovery_code"
    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(Secret, unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)


class Attempt(Free, Base):
    """How often something was tried in a window of time. Free: counters that fade."""

    __tablename__ = "attempt"
    bucket: Mapped[str] = mapped_column(primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]


class Hold(Free, Base):
    """An account that ran into a limit of attempts, until its window is over; so that somebody
    who may can let its owner try again. Free: told by the counters, which fade."""

    __tablename__ = "attempt_hold"
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    bucket: Mapped[str] = mapped_column(primary_key=True)
    window: Mapped[int]
    until: Mapped[datetime] = mapped_column(Instant, index=True)
