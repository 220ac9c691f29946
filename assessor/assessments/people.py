"""With what kinds of people does a team speak? Data: a kind is a code and its words, never a name.

The codes stand in bases and in sealed documents; one that is here stays for good.
"""

from collections.abc import Mapping

from standards.model import Text

PEOPLE: Mapping[str, Text] = {
    "klien": Text("Klien", "Clients"),
    "keluarga": Text("Keluarga klien", "Relatives of clients"),
    "petugas": Text("Petugas", "Staff"),
    "pimpinan": Text("Pimpinan", "Managers"),
    "agen": Text("Agen pemulihan", "Recovery agents"),
    "mitra": Text("Mitra kerja", "Partner organisations"),
    "warga": Text("Warga atau tokoh", "Residents or local leaders"),
}
