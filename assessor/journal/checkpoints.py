"""What leaves the house, so that even whoever owns the database cannot rewrite the past?

A checkpoint is a signed statement of where the chain ended: sequence, head, Merkle root, time.
It is printed on every report; each copy outside is a witness.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.database.base import new_id
from assessor.database.engine import taking_the_write_lock
from assessor.journal import chain, merkle
from assessor.journal.capture import coded
from assessor.journal.models import JournalCheckpoint, JournalHead
from standards.canonical import canonical_json

DOMAIN = b"checkpoint-v1\x00"


class WrongCheckpoint(Exception):
    """A checkpoint file cannot be read or its signature does not hold."""


@dataclass(frozen=True)
class Signer:
    """The key that signs checkpoints; it lives in a file outside the database."""

    key: Ed25519PrivateKey

    @property
    def key_id(self) -> str:
        """A short name of the public key."""
        return _short(self.public)

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self.key.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )


def _short(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def load_signer(path: Path, *, create: bool = False) -> Signer:
    """Read the key, or make it (mode 0600) at set-up. Raises FileNotFoundError."""
    if create and not path.exists():
        _make_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        message = f"{path} holds no Ed25519 key"
        raise WrongCheckpoint(message)
    return Signer(key)


def _make_key(path: Path) -> None:
    """A new key, complete before it has its name; whoever comes second takes the first one's."""
    data = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()


def statement(*, seq: int, head: str, root: str, at: datetime) -> bytes:
    """The bytes that are signed."""
    return DOMAIN + canonical_json({"seq": seq, "head": head, "root": root, "at": coded(at)})


def signature_holds(row: Mapping[str, Any], public: bytes) -> bool:
    """Whether a stored checkpoint, in coded values, was signed with this key."""
    body = {key: row[key] for key in ("seq", "head", "root", "at")}
    try:
        signature = bytes.fromhex(row["signature"])
        Ed25519PublicKey.from_public_bytes(public).verify(signature, DOMAIN + canonical_json(body))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return bool(row["key_id"] == _short(public))


def make_checkpoint(
    session: Session, signer: Signer, clock: Callable[[], datetime]
) -> JournalCheckpoint:
    """Sign where the chain ends now, unless that was done already. A transaction of its own."""
    with taking_the_write_lock():
        session.rollback()
        try:
            return _sign_head(session, signer, clock)
        except BaseException:
            session.rollback()
            raise


def _sign_head(
    session: Session, signer: Signer, clock: Callable[[], datetime]
) -> JournalCheckpoint:
    head = session.execute(
        select(JournalHead).where(JournalHead.id == 1).with_for_update()
    ).scalar_one()
    found = session.execute(
        select(JournalCheckpoint).where(
            JournalCheckpoint.seq == head.seq, JournalCheckpoint.head == head.hash
        )
    ).scalars()
    if (present := found.first()) is not None:
        session.rollback()
        return session.merge(present, load=False)
    now = clock().astimezone(UTC)
    root = merkle.root(chain.frontier_from_text(head.frontier)).hex()
    signature = signer.key.sign(statement(seq=head.seq, head=head.hash, root=root, at=now))
    checkpoint = JournalCheckpoint(
        id=new_id(),
        seq=head.seq,
        head=head.hash,
        root=root,
        at=now,
        key_id=signer.key_id,
        signature=signature.hex(),
    )
    session.add(checkpoint)
    session.commit()
    return checkpoint


def checkpoint_document(checkpoint: JournalCheckpoint, public: bytes) -> bytes:
    """The file that others keep: all that is needed to check it, as canonical JSON."""
    return canonical_json(
        {
            "checkpoint": "v1",
            "seq": checkpoint.seq,
            "head": checkpoint.head,
            "root": checkpoint.root,
            "at": coded(checkpoint.at),
            "public_key": public.hex(),
            "signature": checkpoint.signature,
        }
    )


@dataclass(frozen=True)
class Statement:
    """A checkpoint read back from a file whose signature holds."""

    seq: int
    head: str
    root: str
    at: str
    public_key: str


def read_checkpoint(data: bytes, *, trusted: bytes | None = None) -> Statement:
    """Read a checkpoint file and check its signature. Raises WrongCheckpoint."""
    try:
        document = json.loads(data)
        body = {key: document[key] for key in ("seq", "head", "root", "at")}
        key = bytes.fromhex(document["public_key"])
        signature = bytes.fromhex(document["signature"])
        Ed25519PublicKey.from_public_bytes(key).verify(signature, DOMAIN + canonical_json(body))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = "the file is not a checkpoint of this system"
        raise WrongCheckpoint(message) from error
    except InvalidSignature as error:
        message = "the signature of the checkpoint does not hold"
        raise WrongCheckpoint(message) from error
    if trusted is not None and key != trusted:
        message = "the checkpoint was signed with another key than this installation's"
        raise WrongCheckpoint(message)
    return Statement(
        seq=int(document["seq"]),
        head=document["head"],
        root=document["root"],
        at=document["at"],
        public_key=document["public_key"],
    )
