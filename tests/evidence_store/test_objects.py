"""What only a bucket can show."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from evidence_store.objects import Place, S3Store, place_from_url
from evidence_store.store import Full, Unavailable, no_room, store_from_url
from tests.bench.server import free_port
from tests.evidence_store import buckets

DAY = timedelta(days=1)
PROOF = hashlib.sha256(b"proof").hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[S3Store]:
    with buckets.pretended(tmp_path) as store:
        yield store


@pytest.fixture
def real(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> buckets.Gateway:
    gateway: buckets.Gateway = request.getfixturevalue("ceph")
    for name, value in gateway.environment.items():
        monkeypatch.setenv(name, value)
    return gateway


def put(store: S3Store, digest: str, data: bytes) -> None:
    store._s3.put_object(Bucket=store._place.bucket, Key=store._key(digest), Body=data)


def sweep(store: S3Store, *, known: object = ()) -> tuple[str, ...]:
    in_two_days = datetime.now(UTC) + 2 * DAY
    return store.sweep(older_than=DAY, known=set(known).__contains__, now=in_two_days).orphans  # type: ignore[call-overload]


def refuse(store: S3Store, monkeypatch: pytest.MonkeyPatch, code: str, status: int) -> None:
    def fail(**_: object) -> None:
        answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
        raise ClientError(answer, "PutObject")  # type: ignore[arg-type]

    monkeypatch.setattr(store._s3, "put_object", fail)


def test_an_address_says_where_and_how() -> None:
    url = "s3://bukti/a/b?endpoint=http://127.0.0.1:9000&region=id-1&retention_days=30"
    assert place_from_url(url) == Place(
        bucket="bukti",
        prefix="a/b/",
        endpoint="http://127.0.0.1:9000",
        region="id-1",
        retention_days=30,
    )
    assert place_from_url("s3://bukti") == Place(bucket="bukti")
    assert isinstance(store_from_url("s3://bukti"), S3Store)


def test_who_keeps_files_in_a_folder_does_not_load_the_client(tmp_path: Path) -> None:
    code = (
        "import sys; from evidence_store.store import store_from_url; "
        f"store_from_url({str(tmp_path)!r}); print('boto3' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


def test_the_folder_for_staging_is_nobody_elses(tmp_path: Path, store: S3Store) -> None:
    folder = store.stage(io.BytesIO(b"x"), limit=1).path.parent
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.symlink_to(tmp_path)
    with pytest.raises(Unavailable, match="belongs to somebody else"):
        S3Store(store._place)


def test_one_changed_byte_is_noticed_and_a_new_upload_heals_it(store: S3Store) -> None:
    store.keep_bytes(b"proof")
    put(store, PROOF, b"prooF")
    assert store.exists(PROOF)
    assert not store.verify(PROOF)
    store.keep_bytes(b"proof")
    assert store.verify(PROOF)


def test_a_staged_file_that_was_altered_is_not_sent(store: S3Store) -> None:
    staged = store.stage(io.BytesIO(b"proof"), limit=10)
    staged.path.write_bytes(b"prooF")
    with pytest.raises(Unavailable, match="altered"):
        store.keep(staged)
    assert not store.exists(PROOF)


def test_what_is_there_is_not_sent_again(store: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.keep_bytes(b"proof")
    versions = store._versions(store._key(PROOF))
    store.keep_bytes(b"proof")
    assert store._versions(store._key(PROOF)) == versions


def test_two_who_bring_the_same_at_once_are_both_told_that_it_is_kept(
    store: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep_bytes(b"proof")
    with monkeypatch.context() as at_once:
        at_once.setattr(store, "exists", lambda _: False)
        assert store.keep_bytes(b"proof") == PROOF
    assert len(store._versions(store._key(PROOF))) == 1


def test_a_sweep_leaves_a_version_that_came_while_it_looked(
    store: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep_bytes(b"proof")
    listed = store._versions

    def and_then_somebody_uploads(key: str) -> list[tuple[str, datetime]]:
        found = listed(key)
        put(store, PROOF, b"proof")
        return found

    monkeypatch.setattr(store, "_versions", and_then_somebody_uploads)
    sweep(store)
    assert store.verify(PROOF)


def test_a_file_that_becomes_known_during_the_sweep_stays(store: S3Store) -> None:
    digest = store.keep_bytes(b"its row is being committed")
    answers = iter([False, True])
    in_two_days = datetime.now(UTC) + 2 * DAY
    store.sweep(older_than=DAY, known=lambda _: next(answers), now=in_two_days)
    assert store.verify(digest)


def test_without_versions_orphans_stay_because_removing_them_would_be_a_gamble(
    tmp_path: Path,
) -> None:
    with buckets.pretended(tmp_path, versioned=False) as store:
        digest = store.keep_bytes(b"orphan")
        assert sweep(store) == ()
        assert store.verify(digest)


def test_what_is_locked_is_swept_by_nobody_without_the_right(tmp_path: Path) -> None:
    with buckets.pretended(tmp_path, lock=True) as store:
        digest = store.keep_bytes(b"locked")
        found = store._s3.head_object(Bucket=store._place.bucket, Key=store._key(digest))
        assert found["ObjectLockMode"] == "GOVERNANCE"
        unlocked = S3Store(Place(bucket=store._place.bucket, prefix="bukti/"))
        assert sweep(unlocked) == ()
        assert store.verify(digest)
        assert sweep(store) == (digest,)


def test_foreign_objects_are_no_evidence(store: S3Store) -> None:
    digest = store.keep_bytes(b"proof")
    for key in ("bukti/kept/README", "kept/" + "a" * 64, "bukti/" + "a" * 64):
        store._s3.put_object(Bucket=store._place.bucket, Key=key, Body=b"not ours")
    assert list(store.digests()) == [digest]


@pytest.mark.parametrize(
    ("code", "status", "full"),
    [("QuotaExceeded", 403, True), ("AccessDenied", 403, False), ("InternalError", 500, False)],
)
def test_a_refusal_says_whether_room_is_lacking(
    store: S3Store, monkeypatch: pytest.MonkeyPatch, code: str, status: int, full: bool
) -> None:
    staged = store.stage(io.BytesIO(b"proof"), limit=10)
    with monkeypatch.context() as broken:
        refuse(store, broken, code, status)
        with pytest.raises(Full if full else Unavailable) as failed:
            store.keep(staged)
    assert no_room(failed.value) is full
    assert store.keep(staged) == PROOF


def test_a_bucket_that_is_not_there_is_said_and_not_taken_for_an_empty_one(
    store: S3Store,
) -> None:
    elsewhere = S3Store(Place(bucket="elsewhere"))
    with pytest.raises(Unavailable, match="NoSuchBucket"):
        elsewhere.keep_bytes(b"proof")
    with pytest.raises(Unavailable):
        list(elsewhere.digests())


def test_a_server_that_is_down_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    store = S3Store(Place(bucket="b", endpoint=f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(Unavailable, match="does not answer"):
        store.exists(PROOF)
    store._s3.close()


def test_each_process_has_connections_of_its_own(
    store: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store._s3
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert store._s3 is not before


@pytest.mark.slow
class TestRealGateway:
    """What a pretended server would wave through."""

    def test_a_forged_signature_is_refused(
        self, real: buckets.Gateway, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = real.store("forged")
        buckets.make_bucket(store)
        store.keep_bytes(b"proof")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
        forger = real.store("forged")
        for act in (lambda: forger.keep_bytes(b"x"), lambda: forger.open(PROOF)):
            with pytest.raises(Unavailable, match=r"SignatureDoesNotMatch|403"):
                act()
        assert store.verify(PROOF)

    def test_a_name_is_given_once(self, real: buckets.Gateway) -> None:
        store = real.store("once")
        buckets.make_bucket(store, versioned=False)
        put(store, PROOF, b"prooF")
        staged = store.stage(io.BytesIO(b"proof"), limit=10)
        assert store._put_new(store._key(PROOF), staged) is False
        assert not store.verify(PROOF)
        assert store._put_new(store._key("0" * 64), staged) is True

    def test_the_same_content_again_makes_no_version(self, real: buckets.Gateway) -> None:
        store = real.store("again")
        buckets.make_bucket(store)
        store.keep_bytes(b"proof")
        store.keep_bytes(b"proof")
        assert len(store._versions(store._key(PROOF))) == 1

    def test_a_lock_holds_until_somebody_with_the_right_lifts_it(
        self, real: buckets.Gateway
    ) -> None:
        store = real.store(f"l{uuid.uuid4().hex}", retention_days=1)
        buckets.make_bucket(store, lock=True)
        digest = store.keep_bytes(b"locked")
        unlocked = real.store(store._place.bucket)
        assert sweep(unlocked) == ()
        assert store.verify(digest)
        assert sweep(store) == (digest,)
