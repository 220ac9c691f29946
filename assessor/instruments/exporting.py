"""In which forms does an edition leave the house, and as which bytes?

Pure: content in, bytes out. Every form says which edition it is, with its fingerprint, and whether
the edition is approved.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assessor.instruments.workbooks import filling_workbook, sheets_workbook
from checklists.checking import Checked
from checklists.formats.csv_text import csv_text
from checklists.formats.oscal import catalog
from checklists.formats.xlsform import xlsform
from checklists.formats.yaml_files import checklist_files, material_files, standard_files
from checklists.material import Material
from checklists.model import Checklist
from standards.model import Standard, Text

_STILL = (1980, 1, 1, 0, 0, 0)


class FileFormat(StrEnum):
    """The forms; the values stand in addresses and on the command line."""

    xlsx = "xlsx"
    csv = "csv"
    xlsform = "xlsform"
    yaml = "yaml"
    oscal = "oscal"


# what only a checklist can be: a standard alone cannot be filled in
FOR_CHECKLISTS = frozenset({FileFormat.xlsx, FileFormat.xlsform})

_ENDINGS: Mapping[FileFormat, tuple[str, str]] = {
    FileFormat.xlsx: (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    FileFormat.csv: (".csv", "text/csv; charset=utf-8"),
    FileFormat.xlsform: (
        "-xlsform.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    FileFormat.yaml: ("-yaml.zip", "application/zip"),
    FileFormat.oscal: ("-oscal.json", "application/json"),
}


@dataclass(frozen=True)
class Exported:
    """A file: its name, what it is, and its bytes."""

    name: str
    media_type: str
    content: bytes


def formats_of(instrument: Standard | Checklist) -> tuple[FileFormat, ...]:
    """The forms that an instrument can take."""
    checklist = isinstance(instrument, Checklist)
    return tuple(each for each in FileFormat if checklist or each not in FOR_CHECKLISTS)


def export(
    instrument: Standard | Checklist,
    file_format: FileFormat,
    *,
    language: str,
    status: Text,
    published_at: datetime,
    base: Checklist | None = None,
) -> Exported:
    """One edition in one form; `base` is the checklist that it is based on, which its YAML needs
    to be read again. ValueError for a form that it cannot take."""
    ending, media_type = _ENDINGS[file_format]
    if file_format is FileFormat.yaml:
        content = _zipped(instrument, base, status.in_(language))
    else:
        content = _content(instrument, file_format, language, status, published_at)
    said = "" if file_format in {FileFormat.yaml, FileFormat.xlsform} else f"-{language}"
    return Exported(f"{instrument.id}-{instrument.edition}{said}{ending}", media_type, content)


def _content(
    instrument: Standard | Checklist,
    file_format: FileFormat,
    language: str,
    status: Text,
    published_at: datetime,
) -> bytes:
    said = status.in_(language)
    match file_format:
        case FileFormat.csv:
            # a spreadsheet takes the mark as a sign that it is UTF-8
            return csv_text(instrument, language=language, status=said).encode("utf-8-sig")
        case FileFormat.oscal:
            made = catalog(instrument, language=language, status=said, modified=published_at)
            return json.dumps(made, ensure_ascii=False, indent=2).encode()
    if not isinstance(instrument, Checklist):
        message = f"a standard has no form {file_format}"
        raise ValueError(message)  # the value is wrong, not its type
    if file_format is FileFormat.xlsform:
        return sheets_workbook(xlsform(instrument, status=status).sheets)
    return filling_workbook(instrument, language=language, status=said)


def draft_archive(material: Material, checked: Checked) -> Exported:
    """The folders of a draft as the packaged library has them. One without problems is written as
    the edition that it makes; one with problems as it was typed."""
    folders: dict[str, Mapping[str, str]] = {}
    if checked.checklist is None:
        folders = dict(material_files(material))
        head = f"# {material.name}: {len(checked.troubles)}\n"
    else:
        folders = _folders(checked.editions)
        head = f"# {checked.checklist.id} {checked.checklist.edition}\n"
    edition = material.checklist.get("edition", "")
    return Exported(
        f"{material.name}-{edition}-yaml.zip", "application/zip", _packed(folders, head)
    )


def _folders(editions: Sequence[Standard | Checklist]) -> dict[str, Mapping[str, str]]:
    """The files of each edition; of a checklist with its standard."""
    folders: dict[str, Mapping[str, str]] = {}
    for each in editions:
        if isinstance(each, Checklist):
            folders[f"checklists/{each.id}"] = checklist_files(each)
        standard = each.standard if isinstance(each, Checklist) else each
        folders[f"standards/{standard.id}"] = standard_files(standard)
    return folders


def _zipped(instrument: Standard | Checklist, base: Checklist | None, status: str) -> bytes:
    """The folders as `assessor standards check` reads them."""
    head = f"# {instrument.id} {instrument.edition} · {status}\n# {instrument.fingerprint}\n"
    return _packed(_folders([instrument, *((base,) if base else ())]), head)


def _packed(folders: Mapping[str, Mapping[str, str]], head: str) -> bytes:
    """The same files give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, files in folders.items():
            for name, text in files.items():
                entry = zipfile.ZipInfo(f"{folder}/{name}", _STILL)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, head + text)
    return written.getvalue()
