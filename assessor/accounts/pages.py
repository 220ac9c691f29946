"""What do the pages of accounts show?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from assessor.access.actor import Role
from assessor.accounts.forms import SecondStepForm, SignInForm
from assessor.accounts.kept import Kept
from assessor.ui.parts import Column, Fact

DEMO_PASSWORD = "contoh-penilaian-8807"  # noqa: S105  # public: exists in demo mode only


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration, offered on its sign-in page."""

    user_name: str
    role: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """One account a role."""
    roles: Mapping[str, str] = {
        "direktorat": _("Direktorat PLRKM"),
        "direktorat2": _("Direktorat PLRKM, orang kedua"),
        "asesor": _("Petugas penilai"),
        "asesor2": _("Petugas penilai, orang kedua"),
        "pemeriksa": _("Pemeriksa di BNNP"),
        "pembina": _("Pembina di BNNP"),
        "pembina-kab": _("Pembina di BNNK"),
        "lembaga": _("Lembaga rehabilitasi"),
        "lembaga2": _("Lembaga rehabilitasi lain"),
        "unit": _("Unit IBM"),
        "privasi": _("Pejabat pelindungan data"),
        "pengamat": _("Pengamat"),
        "admin": _("Administrator"),
        "admin-kab": _("Administrator di BNNK"),
    }
    return tuple(DemoAccount(f"{name}@demo.example", role) for name, role in roles.items())


@dataclass(frozen=True, kw_only=True)
class SignInPage:
    """The sign-in form, and why it is shown."""

    title: str
    lead: str
    form: SignInForm
    next: str
    kept: Kept | None = None
    demo_accounts: tuple[DemoAccount, ...] = ()
    demo_password: str = ""


@dataclass(frozen=True, kw_only=True)
class CodePage:
    """The form of the second step."""

    form: SecondStepForm
    next: str
    lead: str
    kept: Kept | None = None


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    """What was posted in vain, and can be sent again."""

    title: str
    lead: str
    kept: Kept
    person_name: str


@dataclass(frozen=True, kw_only=True)
class SignInRow:
    """One place where the person is signed in."""

    device: str
    since: datetime
    seen: datetime
    shared: bool
    present: bool
    end_href: str


@dataclass(frozen=True, kw_only=True)
class PositionRow:
    """One position the person holds."""

    role: str
    place: str


@dataclass(frozen=True, kw_only=True)
class ProfilePage:
    """The person's own account."""

    details: tuple[Fact, ...]
    positions: tuple[PositionRow, ...]
    sign_ins: tuple[SignInRow, ...]
    factor: Fact

    @property
    def columns(self) -> tuple[Column, ...]:
        """The heads of the table of sign-ins."""
        return (
            Column(_("Perangkat")),
            Column(_("Masuk sejak")),
            Column(_("Terakhir dipakai")),
            Column(_("Tindakan"), hidden=True),
        )


def role_name(role: Role) -> str:
    """What a role is called."""
    names: Mapping[Role, str] = {
        Role.assessor: _("Petugas penilai"),
        Role.coach: _("Pembina"),
        Role.checker: _("Pemeriksa"),
        Role.institution: _("Lembaga rehabilitasi"),
        Role.unit: _("Unit IBM"),
        Role.directorate: _("Direktorat PLRKM"),
        Role.privacy: _("Pejabat pelindungan data"),
        Role.observer: _("Pengamat"),
        Role.administrator: _("Administrator"),
    }
    return names[role]
