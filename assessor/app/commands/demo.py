"""`assessor demo`: fill an empty demonstration with fictitious data."""

import sys

import click

from assessor.accounts.pages import DEMO_PASSWORD, demo_accounts
from assessor.app.commands.opening import opened
from assessor.demo.loading import House, Tell, ensure_demo, load_demo
from assessor.journal.checkpoints import load_signer


@click.command(name="demo", help="Isi basis data kosong dengan data contoh; aman diulang.")
def command() -> None:
    """Only in demo mode; what is there already stays."""
    with opened() as here:
        ensure_demo(demo=here.settings.demo)
        house = House(
            store=here.store,
            upload_limit=here.settings.upload_limit,
            password_memory_kib=here.settings.password_memory_kib,
            signer=load_signer(here.settings.checkpoint_key),
            base_url=here.settings.base_url,
        )
        if not load_demo(here.session, here.clock, house=house, tell=_tell()):
            click.echo("Data contoh sudah ada; tidak ada yang diubah.")
            return
        click.echo("Data contoh siap. Semua nama orang, lembaga, dan unit rekaan.")
        for account in demo_accounts():
            click.echo(f"  {account.user_name:28}{account.role}")
        click.echo(f"Kata sandi semua akun itu: {DEMO_PASSWORD}")


def _tell() -> Tell:
    """Say each tenth of a part once; where nobody watches, only that it is done."""
    said: dict[str, int] = {}
    watched = sys.stdout.isatty()

    def tell(part: str, done: int, total: int) -> None:
        tenth = 10 * done // max(total, 1)
        if said.get(part) == tenth or not (watched or done >= total):
            return
        said[part] = tenth
        click.echo(f"\r{part}: {10 * tenth} %" if watched else f"{part}: siap", nl=done >= total)

    return tell
