"""Who is acting, and in which positions?"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a position lets its holder do. The interface words are in `ROLE_NAMES`."""

    assessor = "assessor"
    coach = "coach"
    checker = "checker"
    institution = "institution"
    unit = "unit"
    directorate = "directorate"
    privacy = "privacy"
    observer = "observer"
    administrator = "administrator"


OFFICE_ROLES = frozenset(
    {
        Role.assessor,
        Role.coach,
        Role.checker,
        Role.directorate,
        Role.privacy,
        Role.observer,
        Role.administrator,
    }
)


@dataclass(frozen=True)
class Held:
    """A position in force: a role at an office or at an auditee."""

    position_id: str
    role: Role
    office_id: str | None = None
    auditee_id: str | None = None

    @property
    def coded(self) -> str:
        """The position as the journal records it."""
        return f"{self.role}@{self.office_id or self.auditee_id or '-'}"


@dataclass(frozen=True)
class Actor:
    """A person (or the system itself) with the positions held now."""

    person_id: str | None
    held: tuple[Held, ...] = ()
    session_id: str | None = None
    name: str = field(default="", compare=False)

    @property
    def signed_in(self) -> bool:
        """Whether this is a person at all."""
        return self.person_id is not None

    def has(self, *roles: Role) -> bool:
        """Whether any position carries one of these roles."""
        return any(held.role in roles for held in self.held)

    def offices(self, *roles: Role) -> frozenset[str]:
        """The offices where the actor holds one of these roles (any role if none is named)."""
        return frozenset(
            held.office_id
            for held in self.held
            if held.office_id is not None and (not roles or held.role in roles)
        )

    def auditees(self) -> frozenset[str]:
        """The auditees the actor belongs to."""
        return frozenset(held.auditee_id for held in self.held if held.auditee_id is not None)


NOBODY = Actor(person_id=None)
SYSTEM = Actor(person_id=None, name="system")
