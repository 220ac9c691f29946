"""What can happen to people, their positions and their sign-ins?"""

from dataclasses import dataclass
from typing import ClassVar

from assessor.journal.events import Event

UNKNOWN = "unknown"  # the subject of a failed sign-in whose name belongs to nobody


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """Somebody signed in on a device."""

    act: ClassVar[str] = "accounts.signed_in"
    sign_in: str
    shared_computer: bool
    second: str = ""  # what proved it a second time: "app", "recovery", or nothing


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    """Name and password did not fit. `origin` is a keyed digest of the address, so that series
    of attempts can be seen without keeping addresses."""

    act: ClassVar[str] = "accounts.sign_in_failed"
    origin: str


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """Somebody signed out."""

    act: ClassVar[str] = "accounts.signed_out"
    sign_in: str


@dataclass(frozen=True, kw_only=True)
class SignInsEnded(Event):
    """Sign-ins were ended: those on other devices by their owner, or all by an administrator."""

    act: ClassVar[str] = "accounts.sign_ins_ended"
    count: int
    by_owner: bool = True


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A password was changed by its owner."""

    act: ClassVar[str] = "accounts.password_changed"
    by_owner: bool
    sign_ins_ended: int


@dataclass(frozen=True, kw_only=True)
class LanguageChosen(Event):
    """A person reads in another language from now on."""

    act: ClassVar[str] = "accounts.language_chosen"
    language: str


@dataclass(frozen=True, kw_only=True)
class PersonCreated(Event):
    """A person got an account."""

    act: ClassVar[str] = "accounts.person_created"


@dataclass(frozen=True, kw_only=True)
class PersonDisabled(Event):
    """A person may no longer sign in."""

    act: ClassVar[str] = "accounts.person_disabled"


@dataclass(frozen=True, kw_only=True)
class PositionGiven(Event):
    """A person holds a position from a date."""

    act: ClassVar[str] = "accounts.position_given"
    position: str
    role: str
    valid_from: str


@dataclass(frozen=True, kw_only=True)
class PositionEnded(Event):
    """A position is over from a date on."""

    act: ClassVar[str] = "accounts.position_ended"
    position: str
    valid_to: str


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    """A person got an account with a first position, and no password yet."""

    act: ClassVar[str] = "accounts.person_invited"
    position: str
    role: str
    valid_from: str


@dataclass(frozen=True, kw_only=True)
class PersonEnabled(Event):
    """A person may sign in again."""

    act: ClassVar[str] = "accounts.person_enabled"


@dataclass(frozen=True, kw_only=True)
class DetailsChanged(Event):
    """Name, mail address, phone number, language or time zone of a person changed; `fields` names
    them."""

    act: ClassVar[str] = "accounts.details_changed"
    fields: list[str]
    by_owner: bool


@dataclass(frozen=True, kw_only=True)
class MailChangeAsked(Event):
    """Somebody wants to use another mail address; a link is to be sent there."""

    act: ClassVar[str] = "accounts.mail_change_asked"
    change: str


@dataclass(frozen=True, kw_only=True)
class MailLinkMade(Event):
    """A link was made that confirms a mail address; an earlier one is void."""

    act: ClassVar[str] = "accounts.mail_link_made"
    change: str
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class MailConfirmed(Event):
    """The owner of an account followed the link; the address is used from now on."""

    act: ClassVar[str] = "accounts.mail_confirmed"
    change: str


@dataclass(frozen=True, kw_only=True)
class MailChangeDropped(Event):
    """An address that was not confirmed yet is not wanted any more."""

    act: ClassVar[str] = "accounts.mail_change_dropped"
    change: str


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event):
    """A person who had tried too often may try again at once."""

    act: ClassVar[str] = "accounts.hold_lifted"


@dataclass(frozen=True, kw_only=True)
class LinkMade(Event):
    """A link was made with which the person chooses a password; an earlier one is void."""

    act: ClassVar[str] = "accounts.link_made"
    link: str
    purpose: str
    way: str
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class LinkUsed(Event):
    """A person chose a password with a link; it is used up, and every sign-in ended."""

    act: ClassVar[str] = "accounts.link_used"
    link: str
    purpose: str
    sign_ins_ended: int


@dataclass(frozen=True, kw_only=True)
class LinkAsked(Event):
    """A link to choose a password with is to be sent by mail, if the person has an address.
    `origin` is a keyed digest of the address it was asked from; empty if by an administrator."""

    act: ClassVar[str] = "accounts.link_asked"
    origin: str


@dataclass(frozen=True, kw_only=True)
class PasswordRehashed(Event):
    """The same password is kept with the work that is asked for today."""

    act: ClassVar[str] = "accounts.password_rehashed"


@dataclass(frozen=True, kw_only=True)
class CodeFailed(Event):
    """The password fitted and the code of the second step did not. `origin` as in SignInFailed."""

    act: ClassVar[str] = "accounts.code_failed"
    origin: str


@dataclass(frozen=True, kw_only=True)
class CodeUsed(Event):
    """A code of the second step confirmed an act of a person who was signed in."""

    act: ClassVar[str] = "accounts.code_used"
    second: str


@dataclass(frozen=True, kw_only=True)
class FactorOn(Event):
    """A person signs in with two steps from now on."""

    act: ClassVar[str] = "accounts.factor_on"
    sign_ins_ended: int


@dataclass(frozen=True, kw_only=True)
class FactorOff(Event):
    """The second step was switched off: by its owner, or reset by somebody who may."""

    act: ClassVar[str] = "accounts.factor_off"
    by_owner: bool
    sign_ins_ended: int


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesMade(Event):
    """A person has new recovery codes; the earlier ones are void."""

    act: ClassVar[str] = "accounts.recovery_codes_made"
    count: int
