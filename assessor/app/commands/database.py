"""`assessor db`: bring the database to this version's form, and look whether it is fit."""

import click
from sqlalchemy import select

from assessor.app.commands.opening import opened
from assessor.database.engine import check_engine
from assessor.database.migrate import check_revision, newest, present, upgrade
from assessor.database.triggers import check_triggers
from assessor.journal.checkpoints import load_signer
from assessor.journal.models import JournalCheckpoint


@click.group(name="db", help="Siapkan dan periksa basis data.")
def command() -> None:
    """Group of the database's commands."""


@command.command(name="upgrade", help="Bawa basis data ke bentuk yang dipakai versi ini.")
def upgrade_database() -> None:
    """Migrate; at the first time also make the key that signs checkpoints."""
    with opened(migrated=False) as here:
        check_engine(here.engine)
        with here.engine.connect() as connection:
            before = present(connection)
        upgrade(here.engine)
        signed = here.session.execute(select(JournalCheckpoint.id).limit(1)).first()
        load_signer(here.settings.checkpoint_key, create=signed is None)
    if before == newest():
        click.echo(f"Basis data sudah sesuai ({before}).")
    else:
        click.echo(f"Basis data dibawa dari {before or 'kosong'} ke {newest()}.")


@command.command(name="check", help="Periksa apakah basis data sesuai dan terlindungi.")
def check_database() -> None:
    """Settings read back, form, triggers."""
    with opened(migrated=False) as here:
        check_engine(here.engine)
        with here.engine.connect() as connection:
            check_revision(connection)
            check_triggers(connection)
    click.echo(f"Basis data baik: bentuk {newest()}, pengaturan dan pelindungnya lengkap.")
