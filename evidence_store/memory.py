"""How can a test keep evidence without a folder of its own?

A real store in every respect but one: what is kept is gone with the process. Staged files lie in
a temporary folder, because whoever looks into them needs a path.
"""

import hashlib
import io
import secrets
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from evidence_store.contract import (
    Digest,
    Missing,
    PartName,
    Staged,
    Swept,
    one_after_the_other,
    receive,
    remove_if_older,
)


@dataclass(frozen=True)
class _Kept:
    data: bytes
    at: datetime


class MemoryStore:
    """Keeps files in the memory of this process."""

    def __init__(self) -> None:
        self._kept: dict[Digest, _Kept] = {}
        self._parts: dict[PartName, _Kept] = {}
        self._lock = threading.Lock()
        self._temporary = Path(tempfile.mkdtemp(prefix="evidence-"))
        weakref.finalize(self, shutil.rmtree, self._temporary, ignore_errors=True)

    def stage(self, stream: BinaryIO, *, limit: int) -> Staged:
        # delete=False: the file outlives this call, `keep` or `discard` removes it.
        with tempfile.NamedTemporaryFile(dir=self._temporary, delete=False) as file:
            path = Path(file.name)
            try:
                digest, size = receive(stream, file.write, limit=limit)
            except BaseException:
                path.unlink()
                raise
        return Staged(path, digest, size)

    def keep(self, staged: Staged) -> Digest:
        with self._lock:
            if self.verify(staged.digest):
                data = self._kept[staged.digest].data
            else:
                data = self._read(staged)
            self._kept[staged.digest] = _Kept(data, datetime.now(UTC))
        self.discard(staged)
        return staged.digest

    def discard(self, staged: Staged) -> None:
        staged.path.unlink(missing_ok=True)

    def keep_bytes(self, data: bytes) -> Digest:
        return self.keep(self.stage(io.BytesIO(data), limit=len(data)))

    def keep_part(self, staged: Staged) -> PartName:
        name = secrets.token_hex(16)
        self._parts[name] = _Kept(self._read(staged), datetime.now(UTC))
        self.discard(staged)
        return name

    def open_parts(self, parts: Sequence[PartName]) -> BinaryIO:
        return one_after_the_other(parts, self._open_part)

    def drop_parts(self, parts: Sequence[PartName]) -> None:
        for name in parts:
            self._parts.pop(name, None)

    def _open_part(self, name: PartName) -> BinaryIO:
        try:
            return io.BytesIO(self._parts[name].data)
        except KeyError:
            raise Missing(name) from None

    def open(self, digest: Digest) -> BinaryIO:
        return io.BytesIO(self._find(digest).data)

    def size(self, digest: Digest) -> int:
        return len(self._find(digest).data)

    def path(self, digest: Digest) -> Path | None:  # noqa: ARG002  the contract's signature
        return None

    def exists(self, digest: Digest) -> bool:
        return digest in self._kept

    def verify(self, digest: Digest) -> bool:
        kept = self._kept.get(digest)
        return kept is not None and hashlib.sha256(kept.data).hexdigest() == digest

    def digests(self) -> Iterator[Digest]:
        yield from sorted(self._kept)

    def sweep(
        self, *, older_than: timedelta, known: Callable[[Digest], bool], now: datetime
    ) -> Swept:
        limit = now - older_than
        temporary = sum(remove_if_older(path, limit) for path in self._temporary.iterdir())
        with self._lock:
            for name, part in list(self._parts.items()):
                if part.at < limit and not known(name):
                    del self._parts[name]
                    temporary += 1
            orphans = [
                digest
                for digest, kept in sorted(self._kept.items())
                if kept.at < limit and not known(digest)
            ]
            for digest in orphans:
                del self._kept[digest]
        return Swept(temporary, tuple(orphans))

    def _find(self, digest: Digest) -> _Kept:
        try:
            return self._kept[digest]
        except KeyError:
            raise Missing(digest) from None

    def _read(self, staged: Staged) -> bytes:
        try:
            return staged.path.read_bytes()
        except FileNotFoundError:
            raise Missing(staged.digest) from None
