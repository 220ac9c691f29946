"""How does a bucket of an S3-compatible server keep evidence?

Layout under the prefix: `kept/<digest>`, and `parts/<name>` for files that arrive in parts. The
server itself compares what arrives with its digest, and writes a name only if there is none yet.
What people hand in is staged in a folder of this machine, because whoever looks into it needs a
path. Several machines may share a bucket.

Versioning is what makes sweeping safe: a sweep removes exactly the versions it saw to be old, so
an upload of the same content in that very moment leaves a younger one behind. In a bucket without
versioning orphans stay; they harm nobody. Where Object Lock is offered and the address asks for
it (`retention_days`), what is kept is locked in governance mode: nobody shortens it by mistake,
and a lawful erasure by somebody with that right stays possible.
"""

import base64
import hashlib
import io
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from evidence_store.contract import (
    Digest,
    Full,
    Missing,
    PartName,
    Staged,
    Swept,
    Unavailable,
    UnsupportedStore,
    digest_of,
    is_digest,
    is_part_name,
    one_after_the_other,
)
from evidence_store.staging import Staging

_KEPT, _PARTS = "kept/", "parts/"
_OPTIONS = frozenset({"endpoint", "region", "retention_days"})
_ABSENT = frozenset({"NoSuchKey", "404", "NotFound"})
_FULL = frozenset({"QuotaExceeded", "InsufficientStorage", "507", "XMinioStorageFull"})
_THERE_ALREADY = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
# A kept file that is met again gets younger when it is older than this, so that no sweep takes it.
_FRESH = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in which bucket. Keys and secrets come from the usual places of S3 clients."""

    bucket: str
    prefix: str = ""
    endpoint: str | None = None
    region: str = "us-east-1"
    retention_days: int = 0


def place_from_url(url: str) -> Place:
    """Read `s3://bucket/prefix?endpoint=https://…&region=…&retention_days=…`."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    days = options.get("retention_days", "0")
    endpoint = options.get("endpoint")
    wrong = (
        not url.startswith("s3://")
        or not parts.netloc
        or "@" in parts.netloc
        or not set(options) <= _OPTIONS
        or not (days.isascii() and days.isdecimal())
        or (endpoint is not None and urlsplit(endpoint).scheme not in ("http", "https"))
    )
    if wrong:
        raise UnsupportedStore(
            f"Evidence cannot be kept at {url!r}: write "
            "s3://bucket/prefix?endpoint=https://host&region=name&retention_days=0, and give the "
            "key and its secret as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    prefix = parts.path.strip("/")
    return Place(
        bucket=parts.netloc,
        prefix=f"{prefix}/" if prefix else "",
        endpoint=endpoint,
        region=options.get("region", "us-east-1"),
        retention_days=int(days),
    )


class S3Store:
    """Keeps files in a bucket."""

    def __init__(self, place: Place) -> None:
        self._place = place
        name = hashlib.sha256(repr(place).encode()).hexdigest()[:16]
        self._staging = Staging.shared(f"evidence-{name}")
        self._client: tuple[int, Any] | None = None

    def stage(self, stream: BinaryIO, *, limit: int) -> Staged:
        return self._staging.stage(stream, limit=limit)

    def keep(self, staged: Staged) -> Digest:
        digest, key = staged.digest, self._key(staged.digest)
        try:
            if not self.exists(digest) and self._put_new(key, staged):
                pass
            elif self.verify(digest):
                self._make_young(key)
            else:
                self._put(key, staged)
        except FileNotFoundError:
            raise Missing(digest) from None
        self.discard(staged)
        return digest

    def _put_new(self, key: str, staged: Staged) -> bool:
        """Whether the name was free. A server that heeds no condition in a bucket with versions
        says yes to two at once; both versions hold the same."""
        try:
            self._put(key, staged, only_new=True)
        except _ThereAlready:
            return False
        return True

    def discard(self, staged: Staged) -> None:
        staged.path.unlink(missing_ok=True)

    def keep_bytes(self, data: bytes) -> Digest:
        return self.keep(self.stage(io.BytesIO(data), limit=len(data)))

    def keep_part(self, staged: Staged) -> PartName:
        name = secrets.token_hex(16)
        try:
            self._put(f"{self._place.prefix}{_PARTS}{name}", staged, locked=False)
        except FileNotFoundError:
            raise Missing(name) from None
        self.discard(staged)
        return name

    def open_parts(self, parts: Sequence[PartName]) -> BinaryIO:
        return one_after_the_other(parts, self._open_part)

    def drop_parts(self, parts: Sequence[PartName]) -> None:
        for name in filter(is_part_name, parts):
            self._remove(f"{self._place.prefix}{_PARTS}{name}")

    def _open_part(self, name: PartName) -> BinaryIO:
        if not is_part_name(name):
            raise Missing(name)
        return self._open(f"{self._place.prefix}{_PARTS}{name}", name)

    def open(self, digest: Digest) -> BinaryIO:
        if not is_digest(digest):
            raise Missing(digest)
        return self._open(self._key(digest), digest)

    def size(self, digest: Digest) -> int:
        if not is_digest(digest):
            raise Missing(digest)
        with _answered(digest):
            return int(self._s3.head_object(**self._named(self._key(digest)))["ContentLength"])

    def path(self, digest: Digest) -> Path | None:  # noqa: ARG002  the contract's signature
        return None

    def exists(self, digest: Digest) -> bool:
        try:
            self.size(digest)
        except Missing:
            return False
        return True

    def verify(self, digest: Digest) -> bool:
        try:
            with self.open(digest) as file:
                return digest_of(file) == digest
        except Missing:
            return False

    def digests(self) -> Iterator[Digest]:
        for key, _at in self._listed(_KEPT):
            if is_digest(key):
                yield key

    def sweep(
        self, *, older_than: timedelta, known: Callable[[Digest], bool], now: datetime
    ) -> Swept:
        limit = now - older_than
        temporary = self._staging.sweep(limit)
        for name, at in self._listed(_PARTS):
            if at < limit and not known(name):
                self.drop_parts([name])
                temporary += 1
        orphans = [
            digest
            for digest, at in self._listed(_KEPT)
            if at < limit
            and is_digest(digest)
            and not known(digest)
            and self._remove_orphan(digest, limit=limit, known=known)
        ]
        return Swept(temporary, tuple(orphans))

    def _remove_orphan(
        self, digest: Digest, *, limit: datetime, known: Callable[[Digest], bool]
    ) -> bool:
        if not self._versioned:
            return False
        versions = self._versions(self._key(digest))
        # Asked again after the versions were listed: what comes in from now on has another one.
        if known(digest) or not versions or any(at >= limit for _, at in versions):
            return False
        return all(self._remove(self._key(digest), version) for version, _ in versions)

    # ---- one request each ----

    @property
    def _s3(self) -> Any:
        """A client of this process: connections do not survive a fork."""
        if self._client is None or self._client[0] != os.getpid():
            client = boto3.session.Session().client(
                "s3",
                endpoint_url=self._place.endpoint,
                region_name=self._place.region,
                config=Config(
                    signature_version="s3v4",
                    s3={"addressing_style": "path", "payload_signing_enabled": True},
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                    connect_timeout=5,
                    read_timeout=60,
                    retries={"mode": "standard", "total_max_attempts": 4},
                    max_pool_connections=16,
                ),
            )
            self._client = (os.getpid(), client)
        return self._client[1]

    @cached_property
    def _versioned(self) -> bool:
        with _answered(self._place.bucket):
            found = self._s3.get_bucket_versioning(Bucket=self._place.bucket)
        return bool(found.get("Status") == "Enabled")

    def _key(self, digest: Digest) -> str:
        return f"{self._place.prefix}{_KEPT}{digest}"

    def _named(self, key: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": key}

    def _lock(self) -> dict[str, Any]:
        if not self._place.retention_days:
            return {}
        until = datetime.now(UTC) + timedelta(days=self._place.retention_days)
        return {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": until}

    def _put(
        self, key: str, staged: Staged, *, only_new: bool = False, locked: bool = True
    ) -> None:
        checksum = base64.b64encode(bytes.fromhex(staged.digest)).decode()
        condition = {"IfNoneMatch": "*"} if only_new else {}
        with staged.path.open("rb") as file, _answered(staged.digest):
            self._s3.put_object(
                **self._named(key),
                Body=_Checked(file, staged.digest),
                ContentType="application/octet-stream",
                ChecksumAlgorithm="SHA256",
                ChecksumSHA256=checksum,
                **condition,
                **(self._lock() if locked else {}),
            )

    def _make_young(self, key: str) -> None:
        with _answered(key):
            at = self._s3.head_object(**self._named(key))["LastModified"]
            if datetime.now(UTC) - at > _FRESH:
                self._s3.copy_object(
                    **self._named(key),
                    CopySource=self._named(key),
                    MetadataDirective="REPLACE",
                    ContentType="application/octet-stream",
                    **self._lock(),
                )

    def _open(self, key: str, name: str) -> BinaryIO:
        with _answered(name):
            body = self._s3.get_object(**self._named(key))["Body"]
        return io.BufferedReader(_Arriving(body, name), 256 * 1024)

    def _listed(self, kind: str) -> Iterator[tuple[str, datetime]]:
        prefix = self._place.prefix + kind
        pages = self._s3.get_paginator("list_objects_v2")
        with _answered(self._place.bucket):
            for page in pages.paginate(Bucket=self._place.bucket, Prefix=prefix):
                for each in page.get("Contents", ()):
                    yield each["Key"].removeprefix(prefix), each["LastModified"]

    def _versions(self, key: str) -> list[tuple[str, datetime]]:
        pages = self._s3.get_paginator("list_object_versions")
        with _answered(key):
            return [
                (each["VersionId"], each["LastModified"])
                for page in pages.paginate(Bucket=self._place.bucket, Prefix=key)
                for each in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
                if each["Key"] == key
            ]

    def _remove(self, key: str, version: str = "") -> bool:
        """Whether it is gone; what is locked stays."""
        exactly = {"VersionId": version} if version else {}
        bypass = {"BypassGovernanceRetention": True} if self._place.retention_days else {}
        try:
            with _answered(key):
                self._s3.delete_object(**self._named(key), **exactly, **bypass)
        except Unavailable:
            if version:
                return False
            raise
        return True


class _ThereAlready(Exception):
    """The name is taken."""


class _Checked:
    """A file that is read whole once to be signed, and again to be sent. The signature covers
    its content; that the content is what was staged is seen here, before anything is sent. Not
    every server compares the checksum that goes with it."""

    def __init__(self, file: BinaryIO, digest: Digest) -> None:
        self._file, self._digest = file, digest
        self._hashed = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._hashed.update(data)
        if (not data or size < 0) and self._hashed.hexdigest() != self._digest:
            raise Unavailable(f"The staged file {self._digest} was altered.")
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._hashed = hashlib.sha256()
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


class _Arriving(io.RawIOBase):
    """What the server sends, as a file."""

    def __init__(self, body: Any, name: str) -> None:
        self._body, self._name = body, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        with _answered(self._name):
            data = self._body.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._body.close()
        super().close()


@contextmanager
def _answered(name: str) -> Iterator[None]:
    """Say what the server's refusal or silence means to us."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _ABSENT:
            raise Missing(name) from None
        if code in _THERE_ALREADY:
            raise _ThereAlready from None
        if code in _FULL:
            raise Full(f"The object store has no room left ({code}).") from None
        raise Unavailable(f"The object store refuses: {code}.") from error
    except BotoCoreError as error:
        raise Unavailable(f"The object store does not answer: {error}") from error
