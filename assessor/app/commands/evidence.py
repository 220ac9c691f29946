"""`assessor evidence`: is every file there and the same, can it be healed, can all of it move?"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import click

from assessor.app.commands.opening import Opened, opened
from assessor.app.commands.speaking import Failed
from assessor.evidence.uploads import known_parts
from assessor.upkeep.archive import open_archive
from assessor.upkeep.backup import FilesOf, all_digests
from evidence_store.keeping import Loss, verify_all
from evidence_store.moving import Fate, Source, bring
from evidence_store.store import Store, store_from_url

_WORDS = {Loss.MISSING: "hilang", Loss.ALTERED: "berubah"}
# What arrived so recently may be getting its row at this moment.
_YOUNG = timedelta(days=1)


@click.group(name="evidence", help="Periksa, pulihkan, dan pindahkan berkas bukti dukung.")
def command() -> None:
    """Group of the commands about evidence."""


def _known(here: Opened) -> list[str]:
    digests = sorted(all_digests(here.session))
    here.session.rollback()  # no read transaction stays open while files are read
    return digests


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
    """Name what is lost or altered, and count what nobody knows."""
    if portion[0] > portion[1]:
        raise click.BadParameter("K paling besar sama dengan N", param_hint="--portion")
    with opened() as here:
        digests = _known(here)
        damages = list(verify_all(here.store, digests, portion=portion))
        strangers = len(set(here.store.digests()).difference(digests))
    for damage in damages:
        click.echo(f"{damage.digest}: {_WORDS[damage.loss]}")
    if strangers:
        click.echo(
            f"{strangers} berkas tidak tercatat di mana pun (kiriman yang tidak selesai); buang "
            "dengan: assessor evidence sweep"
        )
    if damages:
        click.echo(
            f"{len(damages)} berkas bukti tidak utuh; pulihkan dengan: assessor evidence repair",
            err=True,
        )
        return 1
    click.echo(f"Bukti utuh: {len(digests)} berkas dikenal, bagian {portion[0]} dari {portion[1]}.")
    return 0


@command.command(name="repair", help="Pulihkan berkas yang hilang atau berubah dari tempat lain.")
@click.argument("sources", nargs=-1, required=True, metavar="CADANGAN|TEMPAT…")
def repair_evidence(sources: tuple[str, ...]) -> int:
    """Bring back what is damaged from backups or other stores, each compared with its digest."""
    with opened() as here, _opened_sources(sources) as found:
        damaged = [damage.digest for damage in verify_all(here.store, _known(here))]
        return _report(damaged, found, here.store, done="dipulihkan")


@command.command(name="move", help="Salin semua berkas bukti ke tempat lain, dengan pembuktian.")
@click.argument("target", metavar="TEMPAT")
def move_evidence(target: str) -> int:
    """Copy everything; a second time copies only what is lacking."""
    with opened() as here:
        status = _report(_known(here), [here.store], store_from_url(target), done="disalin")
    if status == 0:
        click.echo(
            "Lengkap. Hentikan layanan, jalankan perintah ini sekali lagi untuk yang baru masuk, "
            f"atur ASSESSOR_EVIDENCE_URL={target.partition('?')[0]}, lalu jalankan layanan lagi."
        )
    return status


@command.command(name="sweep", help="Buang berkas yang tidak tercatat di mana pun sejak sehari.")
def sweep_evidence() -> int:
    """Remove what was received and never got its row."""
    with opened() as here:
        known = {*all_digests(here.session), *known_parts(here.session)}
        here.session.rollback()

        def is_known(name: str) -> bool:
            # A file that is met again may have got its row since; it is young again then.
            return name in known

        swept = here.store.sweep(older_than=_YOUNG, known=is_known, now=here.clock())
    click.echo(
        f"Dibuang: {len(swept.orphans)} berkas tanpa catatan, {swept.temporary} berkas sementara."
    )
    return 0


@contextmanager
def _opened_sources(names: Sequence[str]) -> Iterator[list[Source]]:
    """Backups are files; everything else is a place."""
    with ExitStack() as stack:
        found: list[Source] = []
        for name in names:
            if Path(name).is_file():
                found.append(FilesOf(stack.enter_context(open_archive(Path(name)))))
            elif "://" not in name and not Path(name).is_dir():
                message = f"{name} tidak ada; sebut berkas cadangan, folder, atau s3://…"
                raise Failed(message)
            else:
                found.append(store_from_url(name))
        yield found


def _report(digests: list[str], sources: Sequence[Source], target: Store, *, done: str) -> int:
    counted: Counter[Fate] = Counter()
    for number, moved in enumerate(bring(digests, sources=sources, target=target), start=1):
        counted[moved.fate] += 1
        if moved.fate is Fate.lost:
            click.echo(f"{moved.digest}: tidak ada yang utuh di sumber mana pun")
        if sys.stderr.isatty() and number % 100 == 0:
            click.echo(f"{number} dari {len(digests)} …", err=True)
    click.echo(f"{counted[Fate.copied]} berkas {done}, {counted[Fate.there]} sudah utuh di sana.")
    if counted[Fate.lost]:
        click.echo(f"{counted[Fate.lost]} berkas belum pulih.", err=True)
        return 1
    return 0
