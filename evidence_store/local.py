"""How does one folder of this machine keep evidence so that it survives a crash?

Layout: `tmp/` holds what is arriving, `parts/` the parts of files that arrive in several,
`ab/cd/abcd…` what is kept. A file is written and synced
under a temporary name and gets its real name in one step, so a name that can be seen always
stands for complete content. The folder must lie on a local file system: locks and renames of
network file systems do not promise enough.
"""

import fcntl
import io
import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from evidence_store.contract import (
    Digest,
    Missing,
    PartName,
    Staged,
    Swept,
    digest_of,
    is_digest,
    is_part_name,
    one_after_the_other,
    receive,
    remove_if_older,
)

_TEMPORARY = "tmp"
_PARTS = "parts"
_LOCK = "lock"
_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW


class LocalStore:
    """Keeps files in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self._temporary = self._root / _TEMPORARY
        self._parts = self._root / _PARTS
        self._ready: set[Path] = set()
        _make_folder(self._temporary)
        _make_folder(self._parts)
        (self._root / _LOCK).touch(mode=0o600)

    def stage(self, stream: BinaryIO, *, limit: int) -> Staged:
        path = self._temporary / secrets.token_hex(16)
        try:
            with os.fdopen(os.open(path, _NEW_FILE, 0o600), "wb", buffering=0) as file:
                digest, size = receive(stream, _whole(file), limit=limit)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Staged(path, digest, size)

    def keep(self, staged: Staged) -> Digest:
        place = self._place(staged.digest)
        # Shared with other writers; a sweep waits. Without the lock a sweep could remove an old
        # orphan just after a new upload of the same content was told that it is kept already.
        with self._locked(fcntl.LOCK_SH):
            if self.verify(staged.digest):
                os.utime(place)
                staged.path.unlink(missing_ok=True)
            else:
                _make_durable(staged)
                self._make_ready(place.parent)
                staged.path.replace(place)
            # Also for what was there before: its writer may have died between name and sync.
            self._make_ready(place.parent)
            _sync_folder(place.parent)
        return staged.digest

    def _make_ready(self, folder: Path) -> None:
        """Let a folder be there for good. Whoever made it may have died before its name was
        synced, so each process does that once for itself."""
        if folder == self._root or (folder in self._ready and folder.is_dir()):
            return
        self._make_ready(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)
        self._ready.add(folder)

    def discard(self, staged: Staged) -> None:
        staged.path.unlink(missing_ok=True)

    def keep_bytes(self, data: bytes) -> Digest:
        return self.keep(self.stage(io.BytesIO(data), limit=len(data)))

    def keep_part(self, staged: Staged) -> PartName:
        name = secrets.token_hex(16)
        _make_durable(staged)
        staged.path.replace(self._parts / name)
        _sync_folder(self._parts)
        return name

    def open_parts(self, parts: Sequence[PartName]) -> BinaryIO:
        return one_after_the_other(parts, self._open_part)

    def drop_parts(self, parts: Sequence[PartName]) -> None:
        for name in filter(is_part_name, parts):
            (self._parts / name).unlink(missing_ok=True)

    def _open_part(self, name: PartName) -> BinaryIO:
        if not is_part_name(name):
            raise Missing(name)
        try:
            return (self._parts / name).open("rb")
        except FileNotFoundError:
            raise Missing(name) from None

    def open(self, digest: Digest) -> BinaryIO:
        place = self.path(digest)
        if place is None:
            raise Missing(digest)
        try:
            return place.open("rb")
        except FileNotFoundError:
            raise Missing(digest) from None

    def size(self, digest: Digest) -> int:
        with self.open(digest) as file:
            return os.fstat(file.fileno()).st_size

    def path(self, digest: Digest) -> Path | None:
        if not is_digest(digest):
            return None
        place = self._place(digest)
        return place if place.is_file() else None

    def exists(self, digest: Digest) -> bool:
        return self.path(digest) is not None

    def verify(self, digest: Digest) -> bool:
        try:
            with self.open(digest) as file:
                return digest_of(file) == digest
        except Missing:
            return False

    def digests(self) -> Iterator[Digest]:
        for first in _folders(self._root):
            for second in _folders(first):
                names = sorted(entry.name for entry in second.iterdir())
                yield from (n for n in names if is_digest(n) and self._place(n).parent == second)

    def sweep(
        self, *, older_than: timedelta, known: Callable[[Digest], bool], now: datetime
    ) -> Swept:
        limit = now - older_than
        temporary = 0
        for entry in self._temporary.iterdir():
            temporary += remove_if_older(entry, limit)
        for entry in self._parts.iterdir():
            temporary += not known(entry.name) and remove_if_older(entry, limit)
        orphans = [
            digest
            for digest in self.digests()
            if not known(digest) and self._remove_orphan(digest, limit=limit, known=known)
        ]
        return Swept(temporary, tuple(orphans))

    def _remove_orphan(
        self, digest: Digest, *, limit: datetime, known: Callable[[Digest], bool]
    ) -> bool:
        # Asked again under the lock: the file may have become known or young since.
        with self._locked(fcntl.LOCK_EX):
            return not known(digest) and remove_if_older(self._place(digest), limit)

    def _place(self, digest: Digest) -> Path:
        return self._root / digest[:2] / digest[2:4] / digest

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        # A descriptor of its own for each use, so that threads exclude each other as well.
        with (self._root / _LOCK).open("rb") as file:
            fcntl.flock(file, kind)
            yield


def _whole(file: io.RawIOBase) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) or 0 :]

    return write


def _make_durable(staged: Staged) -> None:
    try:
        file = os.open(staged.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise Missing(staged.digest) from None
    try:
        os.fchmod(file, 0o400)
        # The age of an orphan counts from the moment it was kept, not from its arrival.
        os.utime(file, (time.time(), time.time()))
        os.fsync(file)
    finally:
        os.close(file)


def _make_folder(folder: Path) -> None:
    """Create what is lacking on the way down, each name synced into the folder above it."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folders(parent: Path) -> list[Path]:
    return sorted(entry for entry in parent.iterdir() if len(entry.name) == 2 and entry.is_dir())
