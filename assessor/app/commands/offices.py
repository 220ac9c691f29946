"""`assessor offices`: open the centre of a fresh installation; the rest is done in the browser."""

import click

from assessor.access.actor import SYSTEM
from assessor.app.commands.opening import opened
from assessor.app.commands.speaking import Failed
from assessor.organization.models import OfficeKind, TimeZone
from assessor.organization.reach import top_offices
from assessor.organization.services import NewOffice, open_office


@click.group(name="offices", help="Buka kantor pusat; kantor lain diatur di peramban.")
def command() -> None:
    """Group of the commands about offices."""


@command.command(name="add-centre", help="Buka kantor pusat, sekali, saat sistem dipasang.")
@click.argument("name", metavar="NAMA")
@click.option("--short-name", required=True, help="Nama singkat untuk daftar dan tabel.")
@click.option(
    "--zone",
    type=click.Choice([zone.value for zone in TimeZone]),
    default="WIB",
    show_default=True,
    help="Waktu setempat.",
)
def add_centre(name: str, short_name: str, zone: str) -> None:
    """One centre stands above all offices."""
    with opened() as here:
        if top_offices(here.session):
            raise Failed("Kantor pusat sudah ada; kantor lain dibuka di peramban.")
        open_office(
            here.session,
            SYSTEM,
            here.clock,
            new=NewOffice(
                kind=OfficeKind.centre,
                name=name,
                short_name=short_name,
                time_zone=TimeZone(zone),
            ),
        )
    click.echo(f"Kantor {short_name} dibuka. Beri administratornya akun: assessor users add.")
