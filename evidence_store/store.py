"""Where is evidence kept? The one place to import stores and their errors from."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from evidence_store.contract import (
    Digest,
    Empty,
    Full,
    Missing,
    PartName,
    Staged,
    Store,
    StoreError,
    Swept,
    TooLarge,
    Unavailable,
    UnsupportedStore,
    is_digest,
    no_room,
)
from evidence_store.local import LocalStore
from evidence_store.memory import MemoryStore

__all__ = [
    "Digest",
    "Empty",
    "Full",
    "LocalStore",
    "MemoryStore",
    "Missing",
    "PartName",
    "Staged",
    "Store",
    "StoreError",
    "Swept",
    "TooLarge",
    "Unavailable",
    "UnsupportedStore",
    "is_digest",
    "no_room",
    "store_from_url",
]


def store_from_url(url: str) -> Store:
    """The store that an address names: a folder, `file:///folder`, `s3://bucket/prefix`, or
    `memory:`."""
    if url == "memory:":
        return MemoryStore()
    if url.startswith("file:"):
        return LocalStore(_folder(url))
    if url.startswith("s3:"):
        # Its client takes 30 MB of each process; who keeps files in a folder does without.
        from evidence_store.objects import S3Store, place_from_url

        return S3Store(place_from_url(url))
    if not url.strip() or "://" in url:
        raise UnsupportedStore(
            f"Evidence cannot be kept at {url!r}: name a folder, file:///folder, "
            "s3://bucket/prefix, or memory:."
        )
    return LocalStore(Path(url))


def _folder(url: str) -> Path:
    parts = urlsplit(url)
    path = unquote(parts.path)
    if parts.netloc not in ("", "localhost") or not path.startswith("/"):
        raise UnsupportedStore(
            f"Evidence cannot be kept at {url!r}: write the whole path, as in file:///srv/evidence."
        )
    return Path(path)
