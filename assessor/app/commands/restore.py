"""`assessor restore`: bring a backup back into an empty place, and prove that it is whole."""

from pathlib import Path

import click
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

import assessor.tables  # noqa: F401  # every table is known
from assessor.app.commands.speaking import Failed
from assessor.database.engine import check_engine, prepare_engine
from assessor.upkeep.archive import BrokenBackup
from assessor.upkeep.restore import NotEmpty, Restored, restore


@click.command(
    name="restore",
    help=(
        "Kembalikan cadangan FILE ke folder kosong, lalu periksa seluruhnya. Cadangan dari "
        "PostgreSQL masuk ke basis data kosong yang disebut --database."
    ),
)
@click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--into",
    required=True,
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder kosong atau yang belum ada.",
)
@click.option("--database", metavar="URL", help="Basis data PostgreSQL yang kosong.")
@click.option(
    "--checkpoint",
    "files",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Titik periksa yang disimpan di luar; boleh lebih dari satu.",
)
def command(file: Path, into: Path, database: str | None, files: tuple[Path, ...]) -> int:
    """Compare, bring back, verify."""
    engine = _engine(database) if database else None
    try:
        done = restore(
            file,
            into=into.absolute(),
            database=engine,
            witnesses=[each.read_bytes() for each in files],
        )
    except BrokenBackup as error:
        raise Failed(f"Cadangan {file} tidak dapat dipakai: {error}") from None
    except NotEmpty as error:
        raise Failed(
            f"Tujuan tidak kosong atau tidak sesuai: {error}; sebutkan yang lain."
        ) from None
    return _tell(done, checkpoints=1 + len(files))


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "postgresql":
        raise Failed("--database hanya untuk PostgreSQL; SQLite dikembalikan ke dalam FOLDER.")
    engine = create_engine(url)
    prepare_engine(engine)
    check_engine(engine)
    return engine


def _tell(done: Restored, *, checkpoints: int) -> int:
    for fault in done.faults:
        click.echo(fault)
    if done.faults:
        click.echo(
            f"TIDAK utuh: {len(done.faults)} masalah. Yang kembali ada di {done.place} untuk "
            "diperiksa; jangan dipakai.",
            err=True,
        )
        return 1
    click.echo(
        f"Kembali di {done.place}: jurnal utuh sampai catatan {done.manifest.seq}, cocok dengan "
        f"{checkpoints} titik periksa; {done.files} berkas bukti utuh."
    )
    click.echo(
        f"Untuk memakainya: ASSESSOR_INSTANCE={done.place}, dan letakkan kunci titik periksa di "
        f"{done.place / 'checkpoint.key'}."
    )
    return 0
