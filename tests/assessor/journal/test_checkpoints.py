"""What leaves the house can be checked by anybody who has the key's public half."""

from __future__ import annotations

import json
import stat
import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor.access.actor import SYSTEM
from assessor.journal.checkpoints import (
    Signer,
    WrongCheckpoint,
    checkpoint_document,
    load_signer,
    make_checkpoint,
    read_checkpoint,
)
from assessor.journal.work import write
from tests.assessor.journal.rows import RowMade


@pytest.fixture
def document(session, clock, signer):
    with write(session, SYSTEM, clock) as work:
        work.record(RowMade(subject="x"))
    return checkpoint_document(make_checkpoint(session, signer, clock), signer.public)


def test_a_checkpoint_is_read_back(document, signer):
    said = read_checkpoint(document, trusted=signer.public)
    assert said.seq == 1
    assert said.public_key == signer.public.hex()


def test_the_same_end_is_signed_once(session, clock, signer, document):
    clock.forward(hours=1)
    assert checkpoint_document(make_checkpoint(session, signer, clock), signer.public) == document


def test_another_key_is_not_ours(document):
    stranger = Signer(Ed25519PrivateKey.generate())
    with pytest.raises(WrongCheckpoint, match="another key"):
        read_checkpoint(document, trusted=stranger.public)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
@given(data=st.data())
def test_a_changed_value_breaks_the_signature(document, data):
    said = json.loads(document)
    name = data.draw(st.sampled_from(["seq", "head", "root", "at", "signature", "public_key"]))
    if name == "seq":
        said[name] += data.draw(st.integers(1, 10**9))
    else:
        at = data.draw(st.integers(0, len(said[name]) - 1))
        said[name] = (
            said[name][:at] + ("a" if said[name][at] != "a" else "b") + said[name][at + 1 :]
        )
    with pytest.raises(WrongCheckpoint):
        read_checkpoint(json.dumps(said).encode())


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"null", b"\xff", b'{"seq":1}', b"[" * 100_000]
)
def test_what_is_no_checkpoint_is_refused(data):
    with pytest.raises(WrongCheckpoint):
        read_checkpoint(data)


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "kunci" / "checkpoint.key"
    found = []
    start = threading.Barrier(4)

    def make() -> None:
        start.wait()
        found.append(load_signer(path, create=True).public)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["checkpoint.key"]


def test_a_missing_key_is_not_made_by_asking_for_it(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_signer(tmp_path / "checkpoint.key")
