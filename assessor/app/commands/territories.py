"""`assessor territories`: take over the packaged list of administrative areas."""

import click

from assessor.access.actor import SYSTEM
from assessor.app.commands.opening import opened
from assessor.organization.territory_files import ATTRIBUTION
from assessor.organization.territory_loading import count_territories, load_territories


@click.group(name="territories", help="Muat daftar wilayah administrasi.")
def command() -> None:
    """Group of the commands about territories."""


@command.command(name="load", help="Muat daftar wilayah yang dibawa versi ini; aman diulang.")
def load() -> None:
    """What is there already stays as it is."""
    with opened() as here:
        with click.progressbar(length=1, label="Memuat wilayah", file=None) as bar:

            def show(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            loading = load_territories(here.session, SYSTEM, here.clock, progress=show)
            bar.update((bar.length or 1) - bar.pos)
        count = count_territories(here.session)
    if loading.nothing:
        click.echo(f"Daftar wilayah sudah yang terbaru: {count} wilayah.")
    else:
        click.echo(
            f"{count} wilayah: {loading.added} ditambahkan, {loading.changed} diperbarui, "
            f"{loading.ended} diakhiri."
        )
    click.echo(ATTRIBUTION)
