"""`assessor standards`: are standards and checklists written so that they can be used?"""

from pathlib import Path

import click

from assessor.access.actor import SYSTEM
from assessor.app.commands import import_report
from assessor.app.commands.comparing import (
    difference_lines,
    packaged_instrument,
    published_instrument,
)
from assessor.app.commands.opening import opened
from assessor.app.commands.showing import lines_of
from assessor.app.commands.speaking import Failed
from assessor.instruments.services import FaultyLibrary, publish_packaged
from checklists.comparing import compare
from checklists.differences import Effect, heaviest
from checklists.head import HEAD as CHECKLIST
from checklists.library import load_all
from standards.library import HEAD as STANDARD


@click.group(name="standards", help="Periksa standar dan instrumen penilaian.")
def command() -> None:
    """Group of the commands about content."""


command.add_command(import_report.command)


@command.command(
    name="check",
    help=(
        "Periksa folder standar dan folder instrumen (yang terpasang bila tidak disebut): "
        "setiap masalah disebut dengan berkas, baris, dan cara memperbaikinya."
    ),
)
@click.argument(
    "folders",
    metavar="[FOLDER]...",
    nargs=-1,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def check(folders: tuple[Path, ...]) -> int:
    """Print every problem as a compiler does."""
    standards, checklists = _sorted(folders)
    library, problems = load_all(standards, checklists)
    for problem in problems:
        click.echo(str(problem))
    click.echo(
        f"{len(library.standards)} standar dan {len(library.checklists)} instrumen terbaca; "
        f"{len(problems)} masalah.",
        err=bool(problems),
    )
    return 1 if problems else 0


@command.command(
    name="publish",
    help=(
        "Terbitkan edisi yang terpasang ke basis data. Edisi yang sudah terbit tidak berubah; "
        "penilaian lama tetap memakai edisinya."
    ),
)
def publish() -> None:
    """Put every packaged edition into the database that is not there yet."""
    with opened() as here:
        try:
            added = publish_packaged(here.session, SYSTEM, here.clock)
        except FaultyLibrary as faulty:
            raise Failed(
                f"Isi yang terpasang bermasalah: {faulty.problems[0]}; "
                "jalankan: assessor standards check"
            ) from faulty
    click.echo(f"{added} edisi diterbitkan.")


@command.command(
    name="diff",
    help=(
        "Bandingkan dua edisi standar atau instrumen NAMA: apa yang berubah, dan apa akibatnya "
        "bagi jawaban yang sudah diberikan. Tanpa --to dibandingkan dengan isi yang terpasang; "
        "tanpa --from dipakai edisi terbitan terbaru. Status 1 bila jawaban lama tidak dapat "
        "dipakai."
    ),
)
@click.argument("name", metavar="NAMA")
@click.option("--from", "before", metavar="EDISI", help="Edisi lama, dari yang sudah terbit.")
@click.option("--to", "after", metavar="EDISI", help="Edisi baru, dari yang sudah terbit.")
def diff(name: str, before: str | None, after: str | None) -> int:
    """Print every difference with its effect."""
    with opened() as here:
        old = published_instrument(here.session, name, before)
        new = (
            published_instrument(here.session, name, after) if after else packaged_instrument(name)
        )
    differences = compare(old, new)
    for line in difference_lines(differences):
        click.echo(line)
    return 1 if heaviest(differences) is Effect.void else 0


@command.command(
    name="show",
    help=(
        "Tunjukkan standar dan instrumen yang terpasang. Dengan NAMA: apa yang ditanyakan "
        "instrumen itu, menurut aturan apa. Dengan --auditee dan --year: butir yang mendapat "
        "giliran tahun itu."
    ),
)
@click.argument("name", metavar="[NAMA]", required=False)
@click.option("--auditee", metavar="ID", help="ID lembaga atau unit, untuk instrumen bergilir.")
@click.option("--year", metavar="TAHUN", type=click.IntRange(2000, 2999), help="Tahun giliran.")
def show(name: str | None, auditee: str | None, year: int | None) -> None:
    """Print what a checklist asks, and why."""
    library, problems = load_all()
    if problems:
        raise Failed(
            f"Isi yang terpasang bermasalah: {problems[0]}; jalankan: assessor standards check"
        )
    if name is None:
        for standard in library.standards.values():
            click.echo(
                f"{standard.id}  {standard.edition}  {len(standard.requirements)} persyaratan"
            )
        for checklist in library.checklists.values():
            click.echo(f"{checklist.id}  {checklist.edition}  {len(checklist.items)} butir")
        return
    if name not in library.checklists:
        raise Failed(f"Instrumen {name} tidak ada; pilih satu: {', '.join(library.checklists)}.")
    for line in lines_of(library.checklists[name], auditee=auditee, year=year):
        click.echo(line)


def _sorted(folders: tuple[Path, ...]) -> tuple[Path | None, Path | None]:
    """Which folder holds standards, which checklists."""
    found: dict[str, Path] = {}
    for folder in folders:
        kinds = [head for head in (STANDARD, CHECKLIST) if any(folder.glob(f"*/{head}"))]
        if not kinds:
            raise Failed(
                f"Di dalam {folder} tidak ada folder yang berisi {STANDARD} atau {CHECKLIST}; "
                "sebutkan folder yang memuat folder standar atau instrumen."
            )
        for kind in kinds:
            if kind in found:
                raise Failed(f"{found[kind]} dan {folder} sama-sama berisi {kind}; sebutkan satu.")
            found[kind] = folder
    return found.get(STANDARD), found.get(CHECKLIST)
