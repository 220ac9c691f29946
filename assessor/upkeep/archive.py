"""What is a backup file, and is it still what was written?

A plain tar: the parts, then `manifest.json` with size and SHA-256 of each, then `signature.json`
with which the installation's key signs the manifest. Nothing is unpacked by name: only parts that
the manifest lists are read, and every byte of them is compared.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from assessor.journal.checkpoints import Signer
from standards.canonical import Json, canonical_json

FORMAT = "backup-v1"
MANIFEST, SIGNATURE, CHECKPOINT = "manifest.json", "signature.json", "checkpoint.json"
EVIDENCE = "evidence/"
DATABASE = "database/"
_DOMAIN = b"backup-v1\x00"
_NAME = re.compile(r"checkpoint\.json|database/[a-z_]+\.gz|evidence/[0-9a-f]{64}", re.ASCII)
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Part:
    """What a part must be."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and of what installation."""

    product: str
    engine: str
    revision: str
    at: str
    seq: int
    public_key: str
    parts: Mapping[str, Part]
    lost: tuple[str, ...] = ()

    def document(self) -> dict[str, Json]:
        """The JSON form."""
        return {
            "format": FORMAT,
            "product": self.product,
            "engine": self.engine,
            "revision": self.revision,
            "at": self.at,
            "seq": self.seq,
            "public_key": self.public_key,
            "parts": {
                name: {"sha256": part.sha256, "size": part.size}
                for name, part in self.parts.items()
            },
            "lost": list(self.lost),
        }


class BrokenBackup(Exception):
    """A backup file is not what was written; `faults` names every part concerned."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class _Hashed:
    """A stream that is hashed as it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.sha256.update(data)
        return data


@dataclass
class Writer:
    """An archive that is being written."""

    tar: tarfile.TarFile
    parts: dict[str, Part] = field(default_factory=dict)

    def add(self, name: str, stream: BinaryIO, size: int) -> str:
        """Put a part in; its digest comes back."""
        head = tarfile.TarInfo(name)
        head.size, head.mode = size, 0o600
        hashed = _Hashed(stream)
        self.tar.addfile(head, hashed)
        found = hashed.sha256.hexdigest()
        if name not in (MANIFEST, SIGNATURE):
            self.parts[name] = Part(found, size)
        return found

    def add_bytes(self, name: str, data: bytes) -> str:
        """Put a small part in."""
        return self.add(name, io.BytesIO(data), len(data))

    def sign(self, manifest: Manifest, signer: Signer) -> None:
        """Close the list of parts."""
        data = canonical_json(manifest.document())
        self.add_bytes(MANIFEST, data)
        signature = signer.key.sign(_DOMAIN + data).hex()
        self.add_bytes(SIGNATURE, canonical_json({"signature": signature}))


@contextmanager
def new_archive(target: Path) -> Iterator[Writer]:
    """Write an archive under a temporary name; it gets its own when it is whole and synced.
    Readable by its owner only: it holds everything. Raises FileExistsError."""
    if target.exists():
        raise FileExistsError(17, "File exists", str(target))
    partial = target.with_name(f".{target.name}.partial")
    handle = os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as tar:
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, target)  # never over something that appeared meanwhile
    finally:
        partial.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Reader:
    """An archive whose every byte was compared."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self.manifest = manifest

    def names(self, folder: str) -> list[str]:
        """The parts in a folder, in the order in which they were written."""
        return [name for name in self._tar.getnames() if name.startswith(folder)]

    def open(self, name: str) -> BinaryIO:
        """Read a part."""
        found = self._tar.extractfile(name)
        if found is None:
            raise BrokenBackup((f"{name}: tidak dapat dibaca",))
        return found  # type: ignore[return-value]  # the stubs say IO[bytes]

    def read(self, name: str) -> bytes:
        """The whole of a small part."""
        with self.open(name) as file:
            return file.read()


@contextmanager
def open_archive(path: Path) -> Iterator[Reader]:
    """Compare everything, then let it be read. Raises BrokenBackup, FileNotFoundError."""
    try:
        with tarfile.open(path, "r:") as tar:
            members = tar.getmembers()
            yield Reader(tar, _checked(tar, members))
    except (tarfile.TarError, EOFError) as error:
        raise BrokenBackup((f"{path.name}: bukan arsip cadangan yang utuh ({error})",)) from error


def _checked(tar: tarfile.TarFile, members: list[tarfile.TarInfo]) -> Manifest:
    names = [member.name for member in members]
    if names[-2:] != [MANIFEST, SIGNATURE]:
        last = names[-1] if names else "awalnya"
        raise BrokenBackup((f"arsip terputus atau rusak sesudah {last}",))
    data = _bytes(tar, MANIFEST)
    manifest = _manifest(data, _bytes(tar, SIGNATURE))
    faults = [f"{name}: tidak ada" for name in manifest.parts if name not in names]
    seen: set[str] = set()
    for member in members[:-2]:
        fault = _fault(tar, member, manifest, seen)
        if fault is not None:
            faults.append(f"{member.name}: {fault}")
        seen.add(member.name)
    if faults:
        raise BrokenBackup(tuple(faults))
    return manifest


def _fault(
    tar: tarfile.TarFile, member: tarfile.TarInfo, manifest: Manifest, seen: set[str]
) -> str | None:
    wanted = manifest.parts.get(member.name)
    if wanted is None or member.name in seen or not _NAME.fullmatch(member.name):
        return "tidak termasuk cadangan ini"
    file = tar.extractfile(member) if member.isreg() else None
    if file is None or member.size != wanted.size:
        return "bukan lagi bagian yang ditulis"
    hashed = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        hashed.update(chunk)
    return None if hashed.hexdigest() == wanted.sha256 else "isinya berubah"


def _bytes(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        raise BrokenBackup((f"{name}: tidak dapat dibaca",))
    return file.read()


def _manifest(data: bytes, signature: bytes) -> Manifest:
    try:
        said = json.loads(data)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["public_key"]))
        key.verify(bytes.fromhex(json.loads(signature)["signature"]), _DOMAIN + data)
        if said["format"] != FORMAT:
            raise BrokenBackup((f"{MANIFEST}: bentuk {said['format']} tidak dikenal versi ini",))
        return Manifest(
            product=said["product"],
            engine=said["engine"],
            revision=said["revision"],
            at=said["at"],
            seq=said["seq"],
            public_key=said["public_key"],
            parts={name: Part(**part) for name, part in said["parts"].items()},
            lost=tuple(said["lost"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
        raise BrokenBackup((f"{MANIFEST}: isinya atau tanda tangannya berubah",)) from error
