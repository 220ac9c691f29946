"""What lies in a zip archive, if nothing about it is suspicious?

Looked at before anything is unpacked: how many entries, how large they say they are, how much
smaller they were packed, what they are called. While unpacking, what they said is held against what
comes out.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from standards.sentence import Sentence, sentence

MOST_ENTRIES = 500
LARGEST_ENTRY = 32 * 2**20
LARGEST_SUM = 64 * 2**20
_MOST_RATIO = 200
_RATIO_FROM = 2**20
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_CHUNK = 2**16
_NAME = re.compile(r"[^\x00-\x1f\x7f\\:]{1,200}")
_BROKEN = sentence("arsip rusak atau bukan arsip zip")
_AGAIN = sentence("simpan ulang berkas dengan program asalnya")
# whatever the reader of archives says of a damaged one
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,  # NotImplementedError is one
)


class BadArchive(Exception):
    """An archive is refused; `what` and `remedy` are for people."""

    def __init__(self, what: Sentence, remedy: Sentence) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Archive:
    """The names in an archive that was looked at."""

    _file: zipfile.ZipFile
    entries: Mapping[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes:
        """Unpack one entry. Raises BadArchive where it is not what it said."""
        entry = self.entries[name]
        out = bytearray()
        try:
            with self._file.open(entry) as packed:
                while part := packed.read(_CHUNK):
                    out += part
                    if len(out) > entry.file_size:
                        raise BadArchive(_BROKEN, _AGAIN)
        except _FAULTS as error:
            raise BadArchive(_BROKEN, _AGAIN) from error
        return bytes(out)


def open_archive(raw: bytes) -> Archive:
    """Look at an archive. Raises BadArchive."""
    try:
        file = zipfile.ZipFile(io.BytesIO(raw))
        infos = file.infolist()
    except _FAULTS as error:
        raise BadArchive(_BROKEN, _AGAIN) from error
    if len(infos) > MOST_ENTRIES:
        raise BadArchive(
            sentence("arsip berisi lebih dari %(most)s berkas", most=MOST_ENTRIES), _AGAIN
        )
    if sum(info.file_size for info in infos) > LARGEST_SUM:
        raise BadArchive(
            sentence("isi arsip lebih besar dari %(most)s MB", most=LARGEST_SUM // 2**20), _AGAIN
        )
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        _look_at(info, entries)
        if not info.is_dir():
            entries[info.filename] = info
    return Archive(file, entries)


def _look_at(info: zipfile.ZipInfo, known: Mapping[str, zipfile.ZipInfo]) -> None:
    name = info.filename
    path = PurePosixPath(name)
    if not _NAME.fullmatch(name) or path.is_absolute() or ".." in path.parts or name in known:
        raise BadArchive(sentence("nama berkas di dalam arsip tidak wajar"), _AGAIN)
    if info.flag_bits & 0x1:
        raise BadArchive(
            sentence("berkas dilindungi kata sandi"), sentence("simpan tanpa kata sandi")
        )
    packed = max(info.compress_size, 1)
    bomb = info.file_size > _RATIO_FROM and info.file_size // packed > _MOST_RATIO
    if info.compress_type not in _PACKED or info.file_size > LARGEST_ENTRY or bomb:
        raise BadArchive(sentence("isi arsip terlalu besar setelah dibuka"), _AGAIN)
