"""`assessor standards import-report`: how much of a folder of foreign catalogues comes in?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from assessor.app.commands.speaking import Failed
from checklists.imports.arrival import Arrival
from checklists.imports.reading import LARGEST, ImportKind, import_files

_KINDS = {".json": ImportKind.oscal, ".yaml": ImportKind.ciso, ".yml": ImportKind.ciso}
# what is no catalogue at all does not count
_NONE = ("tidak memuat kerangka", "bukan katalog OSCAL")
_MOST_PER_FILE = 3


@dataclass(frozen=True)
class Tried:
    """A file and what came of it."""

    name: str
    arrival: Arrival

    @property
    def catalogue(self) -> bool:
        """Whether it holds one, good or not."""
        problems = self.arrival.problems
        return not (problems and any(said in problems[0].what for said in _NONE))

    @property
    def whole(self) -> bool:
        """Whether every node that is judged is an item now, and a requirement."""
        checklist = self.arrival.checklist
        judged = self.arrival.counts.assessable
        return checklist is not None and (
            judged == len(checklist.items) == len(checklist.standard.requirements)
        )


@click.command(
    name="import-report",
    help=(
        "Coba impor setiap katalog dalam FOLDER (JSON sebagai OSCAL, YAML sebagai CISO Assistant) "
        "tanpa menyimpan apa pun: berapa yang masuk utuh, dan mengapa yang lain ditolak."
    ),
)
@click.argument(
    "folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def command(folder: Path) -> int:
    """Print the refusals and the sums; status 1 where a catalogue came in otherwise than whole."""
    tried = list(_tried(folder))
    if not tried:
        raise Failed(f"Di dalam {folder} tidak ada berkas .json atau .yaml.")
    catalogues = [each for each in tried if each.catalogue]
    came = [each for each in catalogues if each.arrival.checklist is not None]
    for each in catalogues:
        for problem in each.arrival.problems[:_MOST_PER_FILE]:
            click.echo(str(problem))
        more = len(each.arrival.problems) - _MOST_PER_FILE
        if more > 0:
            click.echo(f"{each.name}: {more} masalah lagi")
    notes: Counter[str] = Counter()
    for each in came:
        notes.update(str(note.what) for note in each.arrival.notes)
    for what, count in notes.most_common():
        click.echo(f"Catatan di {count} katalog: {what}")
    whole = sum(each.whole for each in came)
    items = sum(each.arrival.counts.items for each in came)
    click.echo(
        f"{len(tried)} berkas, {len(catalogues)} katalog: {whole} masuk utuh ({items} butir), "
        f"{len(came) - whole} tidak utuh, {len(catalogues) - len(came)} ditolak."
    )
    return 0 if whole == len(came) else 1


def _tried(folder: Path) -> Iterator[Tried]:
    for path in sorted(folder.rglob("*")):
        kind = _KINDS.get(path.suffix.lower())
        if kind is not None and path.is_file():
            with path.open("rb") as file:
                raw = file.read(LARGEST + 1)
            yield Tried(path.name, import_files(kind, {path.name: raw}))
