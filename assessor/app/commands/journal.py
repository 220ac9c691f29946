"""`assessor journal`: was anything altered, and what may others keep as a witness?"""

from pathlib import Path

import click
from sqlalchemy import select

from assessor.access.actor import SYSTEM
from assessor.app.commands.opening import Opened, opened
from assessor.evidence.access_log import altered_stretches, checkpoint_access_log
from assessor.journal.checkpoints import (
    checkpoint_document,
    load_signer,
    make_checkpoint,
    read_checkpoint,
)
from assessor.journal.models import JournalHead
from assessor.journal.verify import verify
from assessor.journal.work import write
from assessor.upkeep.events import JournalVerified
from assessor.upkeep.tables import standing_still


@click.group(name="journal", help="Periksa jurnal dan buat titik periksanya.")
def command() -> None:
    """Group of the journal's commands."""


@command.command(
    name="verify",
    help="Bandingkan jurnal dengan dirinya, dengan tabel-tabel, dan dengan titik periksa.",
)
@click.option(
    "--checkpoint",
    "files",
    metavar="FILE",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Berkas titik periksa yang disimpan di luar; boleh lebih dari satu.",
)
def verify_journal(files: tuple[Path, ...]) -> int:
    """Name every difference."""
    with opened() as here:
        trusted = _public_key(here)
        witnesses = [read_checkpoint(file.read_bytes(), trusted=trusted) for file in files]
        count = 0
        with standing_still(here.engine) as session:
            for fault in verify(session, witnesses=witnesses, trusted=trusted):
                count += 1
                click.echo(str(fault))
            for stretch in altered_stretches(session):
                count += 1
                click.echo(f"evidence_access: pembacaan sampai {stretch.until} tidak seperti dulu")
            seq = session.scalars(select(JournalHead.seq)).one_or_none()
        if seq is not None:
            with write(here.session, SYSTEM, here.clock) as work:
                work.record(JournalVerified(subject="journal", until=seq, faults=count))
    if count:
        click.echo(f"Jurnal TIDAK utuh: {count} perbedaan ditemukan.", err=True)
        return 1
    outside = f", cocok dengan {len(files)} titik periksa dari luar" if files else ""
    click.echo(f"Jurnal utuh: {seq} catatan{outside}.")
    return 0


def _public_key(here: Opened) -> bytes | None:
    """What this installation's checkpoints are signed with, where the key is at hand."""
    key = here.settings.checkpoint_key
    return load_signer(key).public if key.exists() else None


@command.command(
    name="checkpoint",
    help="Tanda tangani ujung jurnal sekarang; simpan berkasnya di luar pemasangan ini.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Berkas tujuan; tanpa ini isinya ditampilkan.",
)
def checkpoint(out: Path | None) -> None:
    """Sign where the chain ends."""
    with opened() as here:
        signer = load_signer(here.settings.checkpoint_key)
        checkpoint_access_log(here.session, SYSTEM, here.clock)
        made = make_checkpoint(here.session, signer, here.clock)
        document, seq = checkpoint_document(made, signer.public), made.seq
    if out is None:
        click.echo(document.decode())
    else:
        out.write_bytes(document)
        click.echo(f"Titik periksa pada catatan {seq} ditulis ke {out}.")
