"""`assessor import`: which instrument does a file of others bring, and what stands in the way?"""

from pathlib import Path

import click

from assessor.app.commands.speaking import Failed
from assessor.instruments.carrying import plain_name
from checklists.formats.xlsx_reading import letters
from checklists.formats.yaml_files import checklist_files, standard_files
from checklists.imports.arrival import Arrival
from checklists.imports.reading import ImportKind, import_files
from checklists.library import load_all
from checklists.model import Checklist
from standards.yaml_source import Problem


@click.command(
    name="import",
    help=(
        "Periksa berkas instrumen dan tulis sebagai folder YAML, yang lalu dapat diperiksa dengan "
        "assessor standards check. Jenisnya: xlsx (templat), yaml (berkas atau ZIP), oscal "
        "(katalog NIST), ciso (pustaka CISO Assistant). Menyimpan sebagai rancangan dilakukan di "
        "peramban."
    ),
)
@click.argument(
    "files", metavar="BERKAS...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--kind",
    type=click.Choice([each.value for each in ImportKind]),
    required=True,
    help="Jenis berkas.",
)
@click.option(
    "--dry-run", is_flag=True, help="Hanya tunjukkan apa yang akan masuk; tidak menulis apa pun."
)
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder tujuan; wajib tanpa --dry-run.",
)
def command(files: tuple[Path, ...], kind: str, dry_run: bool, out: Path | None) -> int:  # noqa: FBT001 - an option
    """Print what comes in or every problem; write the folders unless it is a dry run."""
    if not dry_run and out is None:
        raise Failed("Sebutkan folder tujuan dengan --out, atau pakai --dry-run.")
    wanted = ImportKind(kind)
    known = load_all()[0] if wanted is ImportKind.yaml else None
    arrival = import_files(
        wanted, {plain_name(path.name): path.read_bytes() for path in files}, known=known
    )
    for problem in arrival.problems:
        click.echo(_problem(wanted, problem))
    if arrival.checklist is None:
        click.echo(f"{len(arrival.problems)} masalah; tidak ada yang diimpor.", err=True)
        return 1
    for line in _told(arrival, arrival.checklist):
        click.echo(line)
    if not dry_run and out is not None:
        _write(out, arrival, arrival.checklist)
        click.echo(
            f"Ditulis ke {out}; periksa dengan: assessor standards check {out}/standards "
            f"{out}/checklists"
        )
    return 0


def _problem(kind: ImportKind, problem: Problem) -> str:
    if kind is ImportKind.xlsx:
        cell = f"{letters(problem.column)}{problem.line}"
        return f"{problem.file}!{cell}: {problem.what}; {problem.remedy}"
    return str(problem)


def _told(arrival: Arrival, checklist: Checklist) -> list[str]:
    counts = arrival.counts
    return [
        f"{checklist.title.id} ({checklist.id}, edisi {checklist.edition})",
        f"{counts.nodes} baris atau node, {counts.assessable} dinilai, {counts.items} butir masuk",
        f"{counts.aspects} aspek, {counts.sections} bagian, {counts.tags} label, "
        f"{len(checklist.scale)} pilihan skala",
        *(
            f"Catatan: {note.what} ({note.count} kali"
            + (f", mulai di {note.first})" if note.first else ")")
            for note in arrival.notes
        ),
    ]


def _write(out: Path, arrival: Arrival, checklist: Checklist) -> None:
    folders = {out / "standards" / checklist.standard.id: standard_files(checklist.standard)}
    for each in (checklist, *arrival.based):
        folders[out / "checklists" / each.id] = checklist_files(each)
    for folder, written in folders.items():
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            raise Failed(f"Folder {folder} sudah ada; sebutkan tujuan lain dengan --out.") from None
        for name, text in written.items():
            (folder / name).write_text(text, encoding="utf-8")
