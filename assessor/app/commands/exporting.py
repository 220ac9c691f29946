"""`assessor export`: what leaves the house as a file, for other programs and for paper?"""

from pathlib import Path

import click

from assessor.app.commands.comparing import chosen_edition
from assessor.app.commands.opening import opened
from assessor.app.commands.speaking import Failed
from assessor.instruments.exporting import FileFormat, export, formats_of
from assessor.instruments.reading import list_published, read_with_base
from assessor.instruments.rule_words import status_text


@click.group(name="export", help="Keluarkan isi sebagai berkas untuk program lain atau kertas.")
def command() -> None:
    """Group of the commands that write files."""


@command.command(
    name="instrument",
    help=(
        "Tulis standar atau instrumen NAMA yang sudah diterbitkan sebagai berkas: xlsx (lembar "
        "isian), csv, xlsform (ODK, Kobo), yaml, atau oscal."
    ),
)
@click.argument("name", metavar="NAMA")
@click.option(
    "--format",
    "file_format",
    type=click.Choice([each.value for each in FileFormat]),
    required=True,
    help="Bentuk berkas.",
)
@click.option("--edition", metavar="EDISI", help="Edisi; tanpa ini yang terbaru.")
@click.option(
    "--language", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa."
)
@click.option(
    "--out",
    metavar="TEMPAT",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Berkas atau folder tujuan; tanpa ini folder sekarang.",
)
def instrument(name: str, file_format: str, edition: str | None, language: str, out: Path) -> None:
    """Write one edition in one form; an existing file is kept."""
    with opened() as here:
        published = chosen_edition(list_published(here.session), name, edition)
        content, base = read_with_base(here.session, published.fingerprint)
        wanted = FileFormat(file_format)
        if wanted not in formats_of(content):
            raise Failed(f"{name} adalah standar; bentuk {file_format} hanya untuk instrumen.")
        made = export(
            content,
            wanted,
            language=language,
            status=status_text(published.in_force(here.clock().date())),
            published_at=published.published_at,
            base=base,
        )
    target = out / made.name if out.is_dir() else out
    try:
        with target.open("xb") as file:
            file.write(made.content)
    except FileExistsError:
        raise Failed(f"Berkas {target} sudah ada; sebutkan nama lain dengan --out.") from None
    click.echo(str(target))
