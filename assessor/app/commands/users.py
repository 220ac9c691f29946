"""`assessor users`: give somebody an account, a way to a password, or one without the app."""

import click
from sqlalchemy import or_, select

from assessor.access.actor import OFFICE_ROLES, SYSTEM, Role
from assessor.accounts.handing import hand_over
from assessor.accounts.inviting import NewPerson, invite_person, make_link
from assessor.accounts.models import LinkWay
from assessor.accounts.names import fold_user_name
from assessor.accounts.pages import role_name
from assessor.accounts.positions import Place
from assessor.accounts.queries import get_person, person_named
from assessor.accounts.second_factor import reset_factor
from assessor.app.commands.opening import Opened, opened
from assessor.app.commands.speaking import Failed
from assessor.auditees.models import Auditee
from assessor.organization.models import Office, TimeZone


@click.group(
    name="users", help="Beri orang akun dan jabatan, tautan kata sandi, atau cara masuk yang baru."
)
def command() -> None:
    """Group of the commands about people."""


@command.command(
    name="add", help="Beri seseorang akun dan jabatan; tautan undangannya ditampilkan sekali."
)
@click.argument("user_name", metavar="NAMA_MASUK")
@click.option("--name", required=True, help="Nama lengkap.")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="Peran jabatannya.",
)
@click.option("--office", help="Nama kantor, untuk peran di kantor.")
@click.option("--auditee", help="Nomor lembaga atau unit, seperti LBG-0001.")
@click.option(
    "--zone",
    type=click.Choice([zone.value for zone in TimeZone]),
    default="WIB",
    show_default=True,
    help="Waktu setempat.",
)
def add(
    user_name: str, name: str, role: str, office: str | None, auditee: str | None, zone: str
) -> None:
    """Account and position at once; the person chooses the password."""
    with opened() as here:
        person_id = invite_person(
            here.session,
            SYSTEM,
            here.clock,
            new=NewPerson(
                user_name=user_name,
                name=name,
                place=_place(here, Role(role), office, auditee),
                time_zone=TimeZone(zone),
            ),
        )
        click.echo(f"Akun dibuat, sebagai {role_name(Role(role))}.")
        _hand_over(here, person_id)


@command.command(
    name="link",
    help="Buat tautan agar seseorang memilih kata sandi baru; ditampilkan sekali. Setelah "
    "dipakai, semua masuknya diakhiri.",
)
@click.argument("user_name", metavar="NAMA_MASUK")
def link(user_name: str) -> None:
    """To the first password, or to another one."""
    with opened() as here:
        _hand_over(here, _known(here, user_name))


def _known(here: Opened, user_name: str) -> str:
    """The id of the person with this sign-in name."""
    person = person_named(here.session, fold_user_name(user_name))
    if person is None:
        raise Failed(f"Nama masuk {user_name!r} tidak dikenal; periksa ejaannya.")
    return person.id


def _hand_over(here: Opened, person_id: str) -> None:
    """Make the one living link and show its message this once."""
    made = make_link(here.session, SYSTEM, here.clock, person_id=person_id, way=LinkWay.hand)
    person = get_person(here.session, person_id)
    click.echo("Serahkan pesan ini kepada orangnya; hanya ditampilkan sekali:")
    click.echo()
    click.echo(hand_over(person, made, base_url=here.settings.base_url))


def _place(here: Opened, role: Role, office: str | None, auditee: str | None) -> Place:
    """Where the role is held."""
    if role in OFFICE_ROLES:
        if office is None:
            raise Failed(f"Peran {role.value} dipegang di kantor; sebutkan --office.")
        found = here.session.scalars(
            select(Office.id).where(or_(Office.name == office, Office.short_name == office))
        ).first()
        if found is None:
            raise Failed(f"Kantor {office!r} tidak dikenal; periksa ejaan namanya.")
        return Place(role, office_id=found)
    if auditee is None:
        raise Failed(f"Peran {role.value} dipegang di lembaga atau unit; sebutkan --auditee.")
    reference = here.session.scalars(select(Auditee.id).where(Auditee.reference == auditee)).first()
    if reference is None:
        raise Failed(f"Lembaga atau unit {auditee!r} tidak dikenal; periksa nomornya.")
    return Place(role, auditee_id=reference)


@command.command(
    name="reset-factor",
    help="Setel ulang masuk dua langkah seseorang; semua masuknya diakhiri.",
)
@click.argument("user_name", metavar="NAMA_MASUK")
def reset_factor_command(user_name: str) -> None:
    """For whoever lost the app and has no administrator in reach."""
    with opened() as here:
        person_id = _known(here, user_name)
        ended = reset_factor(here.session, SYSTEM, here.clock, person_id=person_id)
    click.echo(f"Masuk dua langkah {user_name} disetel ulang; {ended} perangkat dikeluarkan.")
