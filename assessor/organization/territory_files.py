"""Which territories does the package bring, by which decree?

Reads the files in `territories/`; SUMBER.md there names their source and licence. Touches no
database.
"""

import csv
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessor.organization.keys import search_key, sort_key
from assessor.organization.models import TerritoryKind

FOLDER = Path(__file__).parent / "territories"
DECREE = "Kepmendagri 300.2.2-2138 Tahun 2025"
IN_FORCE_FROM = date(2025, 4, 25)
PACKAGE = "idn-area-data 4.0.1"
ATTRIBUTION = f"Data wilayah: idn-area-data (ODbL), menurut {DECREE}."
NATION = "ID"

_FILES = (
    (TerritoryKind.province, "provinces.csv", None),
    (TerritoryKind.regency, "regencies.csv", "province_code"),
    (TerritoryKind.district, "districts.csv.gz", "regency_code"),
    (TerritoryKind.village, "villages.csv.gz", "district_code"),
)


@dataclass(frozen=True)
class Listed:
    """A territory as the files list it."""

    code: str
    kind: TerritoryKind
    name: str
    parent_code: str | None

    @property
    def search_key(self) -> str:
        """Its key for searching."""
        return search_key(self.name)

    @property
    def sort_key(self) -> str:
        """Its key for sorting; a kabupaten and a kota of one name stand together."""
        name = self.name
        if self.kind is TerritoryKind.regency:
            for form in ("Kabupaten ", "Kota "):
                if name.startswith(form):
                    name = f"{name.removeprefix(form)} {form}"
        return sort_key(name)


@dataclass(frozen=True)
class Packaged:
    """All files together. `digest` names their content."""

    digest: str
    territories: tuple[Listed, ...]


def _content(name: str) -> bytes:
    raw = (FOLDER / name).read_bytes()
    return gzip.decompress(raw) if name.endswith(".gz") else raw


def _rows(kind: TerritoryKind, content: bytes, parent: str | None) -> Iterator[Listed]:
    for row in csv.DictReader(content.decode().splitlines()):
        parent_code = row[parent] if parent else NATION
        yield Listed(row["code"], kind, row["name"].strip(), parent_code)


def packaged_digest() -> str:
    """The digest of what the files hold, however they are compressed."""
    digest = hashlib.sha256()
    for _, name, _ in _FILES:
        digest.update(hashlib.sha256(_content(name)).digest())
    return digest.hexdigest()


def read_packaged() -> Packaged:
    """All territories, parents before their children."""
    listed = [Listed(NATION, TerritoryKind.nation, "Indonesia", None)]
    for kind, name, parent in _FILES:
        listed.extend(_rows(kind, _content(name), parent))
    return Packaged(packaged_digest(), tuple(listed))
