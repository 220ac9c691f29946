"""`assessor users`: give somebody an account, a new password, or a way in without the app."""

import click
from sqlalchemy import or_, select

from assessor.access.actor import OFFICE_ROLES, SYSTEM, Role
from assessor.accounts.names import fold_user_name
from assessor.accounts.pages import role_name
from assessor.accounts.passwords import Hashing
from assessor.accounts.queries import person_named
from assessor.accounts.second_factor import reset_factor
from assessor.accounts.services import create_person, give_position, set_password
from assessor.app.commands.opening import Opened, opened
from assessor.app.commands.speaking import Failed
from assessor.auditees.models import Auditee
from assessor.organization.models import Office, TimeZone


@click.group(name="users", help="Beri orang akun, jabatan, atau cara masuk yang baru.")
def command() -> None:
    """Group of the commands about people."""


_password = click.option(
    "--password",
    prompt="Kata sandi",
    hide_input=True,
    confirmation_prompt="Ketik sekali lagi",
    help="Lebih baik dikosongkan: nanti ditanyakan tanpa ditampilkan.",
)


@command.command(name="add", help="Beri seseorang akun, dan jabatan bila --role disebut.")
@click.argument("user_name", metavar="NAMA_MASUK")
@click.option("--name", required=True, help="Nama lengkap.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Peran jabatannya.")
@click.option("--office", help="Nama kantor, untuk peran di kantor.")
@click.option("--auditee", help="Nomor lembaga atau unit, seperti LBG-0001.")
@click.option(
    "--zone",
    type=click.Choice([zone.value for zone in TimeZone]),
    default="WIB",
    show_default=True,
    help="Waktu setempat.",
)
@_password
def add(
    user_name: str,
    name: str,
    role: str | None,
    office: str | None,
    auditee: str | None,
    zone: str,
    password: str,
) -> None:
    """The person first, then the position."""
    with opened() as here:
        place = _place(here, Role(role), office, auditee) if role is not None else None
        person = create_person(
            here.session,
            SYSTEM,
            here.clock,
            user_name=user_name,
            name=name,
            password=password,
            hashing=Hashing(here.settings.password_memory_kib),
            time_zone=TimeZone(zone),
        )
        shown = person.user_name
        if place is not None and role is not None:
            at_office = Role(role) in OFFICE_ROLES
            give_position(
                here.session,
                SYSTEM,
                here.clock,
                person_id=person.id,
                role=Role(role),
                office_id=place if at_office else None,
                auditee_id=None if at_office else place,
            )
        click.echo(f"{shown} dapat masuk sekarang{_as(role)}.")


def _as(role: str | None) -> str:
    return "" if role is None else f" sebagai {role_name(Role(role))}"


def _place(here: Opened, role: Role, office: str | None, auditee: str | None) -> str:
    """The id of the office or auditee where the role is held."""
    if role in OFFICE_ROLES:
        if office is None:
            raise Failed(f"Peran {role.value} dipegang di kantor; sebutkan --office.")
        found = here.session.scalars(
            select(Office.id).where(or_(Office.name == office, Office.short_name == office))
        ).first()
        if found is None:
            raise Failed(f"Kantor {office!r} tidak dikenal; periksa ejaan namanya.")
        return found
    if auditee is None:
        raise Failed(f"Peran {role.value} dipegang di lembaga atau unit; sebutkan --auditee.")
    reference = here.session.scalars(select(Auditee.id).where(Auditee.reference == auditee)).first()
    if reference is None:
        raise Failed(f"Lembaga atau unit {auditee!r} tidak dikenal; periksa nomornya.")
    return reference


@command.command(name="password", help="Beri seseorang kata sandi baru; semua masuknya diakhiri.")
@click.argument("user_name", metavar="NAMA_MASUK")
@_password
def password_command(user_name: str, password: str) -> None:
    """Set anew, whatever it was."""
    with opened() as here:
        ended = set_password(
            here.session,
            SYSTEM,
            here.clock,
            user_name=user_name,
            new=password,
            hashing=Hashing(here.settings.password_memory_kib),
        )
    click.echo(f"Kata sandi {user_name} diganti; {ended} perangkat dikeluarkan.")


@command.command(
    name="reset-factor",
    help="Setel ulang masuk dua langkah seseorang; semua masuknya diakhiri.",
)
@click.argument("user_name", metavar="NAMA_MASUK")
def reset_factor_command(user_name: str) -> None:
    """For whoever lost the app and has no administrator in reach."""
    with opened() as here:
        person = person_named(here.session, fold_user_name(user_name))
        if person is None:
            raise Failed(f"Nama masuk {user_name!r} tidak dikenal; periksa ejaannya.")
        ended = reset_factor(here.session, SYSTEM, here.clock, person_id=person.id)
    click.echo(f"Masuk dua langkah {user_name} disetel ulang; {ended} perangkat dikeluarkan.")
