"""`assessor evidence`: is every piece of evidence still there, and still the same?"""

import click

from assessor.app.commands.opening import opened
from assessor.upkeep.backup import all_digests
from evidence_store.keeping import Loss, verify_all

_WORDS = {Loss.MISSING: "hilang", Loss.ALTERED: "berubah"}


@click.group(name="evidence", help="Periksa berkas bukti dukung.")
def command() -> None:
    """Group of the commands about evidence."""


@command.command(name="verify", help="Baca lagi setiap berkas bukti dan sebut yang tidak utuh.")
@click.option(
    "--portion",
    nargs=2,
    type=click.IntRange(min=1),
    default=(1, 1),
    metavar="K N",
    help="Hanya bagian ke-K dari N, untuk pemeriksaan bergilir.",
)
def verify_evidence(portion: tuple[int, int]) -> int:
    """Name what is lost or altered."""
    if portion[0] > portion[1]:
        raise click.BadParameter("K paling besar sama dengan N", param_hint="--portion")
    with opened() as here:
        digests = sorted(all_digests(here.session))
        here.session.rollback()
        damages = list(verify_all(here.store, digests, portion=portion))
    for damage in damages:
        click.echo(f"{damage.digest}: {_WORDS[damage.loss]}")
    if damages:
        click.echo(f"{len(damages)} berkas bukti tidak utuh.", err=True)
        return 1
    click.echo(f"Bukti utuh: {len(digests)} berkas dikenal, bagian {portion[0]} dari {portion[1]}.")
    return 0
