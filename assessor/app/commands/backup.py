"""`assessor backup`: put everything away into one file while people work."""

from pathlib import Path

import click

from assessor.access.actor import SYSTEM
from assessor.app.commands.opening import opened
from assessor.app.commands.speaking import Failed
from assessor.journal.checkpoints import load_signer
from assessor.journal.work import write
from assessor.upkeep.backup import make_backup
from assessor.upkeep.events import BackedUp


@click.command(
    name="backup",
    help=(
        "Simpan basis data dan semua berkas bukti ke satu FILE, sementara layanan berjalan. "
        "Kunci titik periksa dan kunci rahasia tidak ikut: simpan keduanya di tempat lain."
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> int:
    """One new file, readable by its owner only."""
    with opened() as here:
        signer = load_signer(here.settings.checkpoint_key)
        try:
            made = make_backup(
                here.engine, store=here.store, signer=signer, clock=here.clock, target=file
            )
        except FileExistsError:
            raise Failed(f"{file} sudah ada; sebutkan nama berkas yang baru.") from None
        size = file.stat().st_size
        with write(here.session, SYSTEM, here.clock) as work:
            work.record(
                BackedUp(
                    subject="backup",
                    until=made.manifest.seq,
                    files=made.files,
                    lost=len(made.lost),
                    size=size,
                )
            )
    for digest in made.lost:
        click.echo(f"evidence/{digest}: hilang atau berubah di penyimpanan")
    click.echo(
        f"Cadangan ditulis ke {file}: jurnal sampai catatan {made.manifest.seq}, "
        f"{made.files - len(made.lost)} berkas bukti, {size} bita."
    )
    if made.lost:
        click.echo(f"{len(made.lost)} berkas bukti tidak dapat dicadangkan.", err=True)
        return 1
    return 0
