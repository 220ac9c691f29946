"""Which importer reads a file, judged by its name and its first bytes?

The kind is said by whoever uploads; the name must fit it, so that a spreadsheet of an older kind or
a program is refused by name before anything of it is read.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import PurePosixPath

from checklists.imports.arrival import Arrival, refusal, too_large
from checklists.imports.ciso import import_ciso
from checklists.imports.oscal import import_oscal
from checklists.imports.workbook import import_workbook
from checklists.imports.yaml_upload import import_yaml, import_yaml_archive
from checklists.library import Library
from standards.sentence import Sentence, sentence

LARGEST = 16 * 2**20


class ImportKind(StrEnum):
    """What can be imported; the values stand in addresses and on the command line."""

    xlsx = "xlsx"
    yaml = "yaml"
    oscal = "oscal"
    ciso = "ciso"


_ENDINGS: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.xlsx: (".xlsx",),
    ImportKind.yaml: (".zip", ".yaml", ".yml"),
    ImportKind.oscal: (".json",),
    ImportKind.ciso: (".yaml", ".yml"),
}
_ZIP = b"PK\x03\x04"
_SAVE_AS: Mapping[str, Sentence] = {
    ".xlsm": sentence("simpan sebagai Excel Workbook (.xlsx) tanpa makro"),
    ".xls": sentence("simpan sebagai Excel Workbook (.xlsx), lalu unggah lagi"),
    ".xlsb": sentence("simpan sebagai Excel Workbook (.xlsx), lalu unggah lagi"),
    ".ods": sentence("simpan sebagai Excel Workbook (.xlsx), lalu unggah lagi"),
    ".csv": sentence("simpan sebagai Excel Workbook (.xlsx), lalu unggah lagi"),
}


def endings_of(kind: ImportKind) -> tuple[str, ...]:
    """Give the endings that a file of a kind may have."""
    return _ENDINGS[kind]


def import_files(
    kind: ImportKind, files: Mapping[str, bytes], *, known: Library | None = None
) -> Arrival:
    """Read what was uploaded; several files only as YAML."""
    for name, raw in files.items():
        if (refused := _refused(kind, name, raw)) is not None:
            return refused
    library = known or Library({}, {})
    if not files:
        return refusal(
            "-", sentence("belum ada berkas"), sentence("pilih berkas yang akan diimpor")
        )
    (name, raw), *more = files.items()
    if kind is ImportKind.yaml:
        if not more and raw.startswith(_ZIP):
            return import_yaml_archive(raw, name, known=library)
        return import_yaml(files, known=library)
    if more:
        return refusal(
            more[0][0],
            sentence("hanya satu berkas dapat diimpor"),
            sentence("unggah satu per satu"),
        )
    read: Mapping[ImportKind, Callable[[bytes, str], Arrival]] = {
        ImportKind.xlsx: import_workbook,
        ImportKind.oscal: import_oscal,
        ImportKind.ciso: import_ciso,
    }
    return read[kind](raw, name)


def _refused(kind: ImportKind, name: str, raw: bytes) -> Arrival | None:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _ENDINGS[kind]:
        endings = ", ".join(_ENDINGS[kind])
        remedy = _SAVE_AS.get(suffix) if kind is ImportKind.xlsx else None
        return refusal(
            name,
            sentence("nama berkas “%(name)s” tidak cocok dengan jenisnya", name=name[:60]),
            remedy or sentence("pilih berkas yang berakhiran %(endings)s", endings=endings),
        )
    if len(raw) > LARGEST:
        return too_large(name, LARGEST)
    return None
