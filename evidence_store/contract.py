"""What must every place that keeps evidence promise?

    StoreError
    ├── Missing           no file with this digest
    ├── TooLarge          more bytes than the limit allows
    ├── Empty             no bytes at all
    ├── Full              no room is left
    ├── Unavailable       the place does not answer, or does not let us in
    └── UnsupportedStore  the address names no place that we can keep files in

A file arrives in two steps. `stage` writes it down beside the store and says what it is; the
caller may then look into it. `keep` makes it permanent, and returns only when it would survive
a power cut. What is kept is never changed and never overwritten with something else.

A large file may come in parts, over days and through several processes. Each part is made as
lasting as a kept file; at the end they are read one after the other.
"""

import errno
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeAlias

Digest: TypeAlias = str
"""SHA-256 of the content: 64 lower-case hexadecimal digits."""

PartName: TypeAlias = str
"""A part of an arriving file: 32 lower-case hexadecimal digits that mean nothing."""

CHUNK = 256 * 1024

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PART_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class StoreError(Exception):
    """A store cannot do what was asked."""


class Missing(StoreError):
    """No file with this digest is kept."""

    def __init__(self, digest: Digest) -> None:
        super().__init__(f"No file with the digest {digest!r} is kept.")
        self.digest = digest


class TooLarge(StoreError):
    """The stream holds more bytes than the limit allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The file is larger than {limit} bytes.")
        self.limit = limit


class Empty(StoreError):
    """The stream holds nothing."""

    def __init__(self) -> None:
        super().__init__("The file is empty.")


class Full(StoreError):
    """No room is left where files are kept."""


class Unavailable(StoreError):
    """The place where files are kept does not answer, or does not let us in."""


class UnsupportedStore(StoreError):
    """The address names no place that we can keep files in."""


@dataclass(frozen=True)
class Staged:
    """A file that was received and hashed, and is not kept yet."""

    path: Path
    digest: Digest
    size: int


@dataclass(frozen=True)
class Swept:
    """What a sweep removed: the number of temporary files, and each orphan by its digest."""

    temporary: int
    orphans: tuple[Digest, ...]


class Store(Protocol):
    """A place that keeps files under the digest of their content."""

    def stage(self, stream: BinaryIO, *, limit: int) -> Staged:
        """Receive a stream; raise `TooLarge` or `Empty` and leave nothing behind."""

    def keep(self, staged: Staged) -> Digest:
        """Make a staged file permanent; what is kept already costs nothing more."""

    def discard(self, staged: Staged) -> None:
        """Forget a staged file; harmless when it is gone already."""

    def keep_bytes(self, data: bytes) -> Digest:
        """Stage and keep what is in memory already."""

    def keep_part(self, staged: Staged) -> PartName:
        """Let a staged file last as a part of a larger one, under a name of its own."""

    def open_parts(self, parts: Sequence[PartName]) -> BinaryIO:
        """Read what the parts make in this order; reading raises `Missing` at a lost one."""

    def drop_parts(self, parts: Sequence[PartName]) -> None:
        """Forget parts; harmless when they are gone already."""

    def open(self, digest: Digest) -> BinaryIO:
        """Open a kept file for reading, or raise `Missing`."""

    def size(self, digest: Digest) -> int:
        """Number of bytes of a kept file, or raise `Missing`."""

    def path(self, digest: Digest) -> Path | None:
        """Where the file lies on this machine, if it is kept and lies in a folder."""

    def exists(self, digest: Digest) -> bool:
        """Whether a file is kept under this digest; says nothing about its content."""

    def verify(self, digest: Digest) -> bool:
        """Read the file again: is it there, and does its content still have this digest?"""

    def digests(self) -> Iterator[Digest]:
        """Every digest kept, in ascending order."""

    def sweep(
        self, *, older_than: timedelta, known: Callable[[Digest], bool], now: datetime
    ) -> Swept:
        """Remove temporary files, and kept files and parts that nobody knows, older than the
        age. Parts are asked for by their name, and counted as temporary."""


def is_digest(text: str) -> bool:
    """Whether the text has the form of a digest; anything else can name no file."""
    return _DIGEST.fullmatch(text) is not None


def is_part_name(text: str) -> bool:
    """Whether the text has the form of the name of a part."""
    return _PART_NAME.fullmatch(text) is not None


def no_room(error: BaseException) -> bool:
    """Whether a failure says that the disk, or what we may use of it, is full."""
    return isinstance(error, Full) or (isinstance(error, OSError) and error.errno in _NO_ROOM)


class _Joined(io.RawIOBase):
    """Parts read one after the other; each is opened when its turn comes."""

    def __init__(
        self, parts: Sequence[PartName], open_part: Callable[[PartName], BinaryIO]
    ) -> None:
        self._opened = (open_part(name) for name in parts)
        self._current: BinaryIO | None = None

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Some bytes; none at the end of the last part."""
        while True:
            self._current = self._current or next(self._opened, None)
            if self._current is None:
                return 0
            if data := self._current.read(len(buffer)):
                buffer[: len(data)] = data
                return len(data)
            self._put_down()

    def _put_down(self) -> None:
        if self._current is not None:
            self._current.close()
            self._current = None

    def close(self) -> None:
        """Close the part at hand as well."""
        self._put_down()
        super().close()


def one_after_the_other(
    parts: Sequence[PartName], open_part: Callable[[PartName], BinaryIO]
) -> BinaryIO:
    """Parts as one file."""
    return io.BufferedReader(_Joined(parts, open_part), CHUNK)


def receive(
    stream: BinaryIO, write: Callable[[bytes], object], *, limit: int
) -> tuple[Digest, int]:
    """Hand the stream on in portions, hashing; stop at the first byte beyond the limit."""
    hashed = hashlib.sha256()
    size = 0
    while chunk := stream.read(min(CHUNK, limit - size + 1)):
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
        hashed.update(chunk)
        write(chunk)
    if size == 0:
        raise Empty
    return hashed.hexdigest(), size


def digest_of(stream: BinaryIO) -> Digest:
    """The digest of what the stream holds from here on."""
    hashed = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        hashed.update(chunk)
    return hashed.hexdigest()


def remove_if_older(path: Path, limit: datetime) -> bool:
    """Remove a file last changed before the limit; another sweep may have been quicker."""
    try:
        if datetime.fromtimestamp(path.lstat().st_mtime, UTC) >= limit:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True
