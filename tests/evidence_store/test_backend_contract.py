"""Every store keeps the same promises: one set of tests over all of them."""

import gc
import hashlib
import io
import os
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from evidence_store.objects import S3Store
from evidence_store.store import (
    Empty,
    LocalStore,
    MemoryStore,
    Missing,
    Staged,
    Store,
    TooLarge,
    UnsupportedStore,
    store_from_url,
)
from tests.evidence_store import buckets

DAY = timedelta(days=1)
ABSENT = "0" * 64


@pytest.fixture(params=["local", "memory", "s3", pytest.param("ceph", marks=pytest.mark.slow)])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    if request.param == "local":
        yield LocalStore(tmp_path / "evidence")
    elif request.param == "memory":
        yield MemoryStore()
    elif request.param == "s3":
        with buckets.pretended(tmp_path) as store:
            yield store
    else:
        gateway = request.getfixturevalue("ceph")
        for name, value in gateway.environment.items():
            monkeypatch.setenv(name, value)
        store = gateway.store(f"b{uuid.uuid4().hex}")
        buckets.make_bucket(store)
        yield store
        store._s3.close()
        gc.collect()  # a connection whose answer was an error is closed with the error


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stage(store: Store, data: bytes, *, limit: int = 1000) -> Staged:
    return store.stage(io.BytesIO(data), limit=limit)


def read(store: Store, digest: str) -> bytes:
    with store.open(digest) as file:
        return file.read()


def tomorrow() -> datetime:
    return datetime.now(UTC) + 2 * DAY


class Dribble(io.RawIOBase):
    """A slow line: a few bytes at a time, then perhaps it breaks."""

    def __init__(self, data: bytes, *, breaks: bool = False) -> None:
        self._source = io.BytesIO(data)
        self._breaks = breaks

    def read(self, size: int = -1, /) -> bytes:
        part = self._source.read(min(size, 7))
        if not part and self._breaks:
            raise ConnectionResetError("the line broke")
        return part


def test_what_was_kept_is_read_back_under_its_digest(store: Store) -> None:
    staged = stage(store, b"bukti dukung")
    assert (staged.digest, staged.size) == (sha(b"bukti dukung"), 12)
    assert staged.path.read_bytes() == b"bukti dukung"
    assert store.keep(staged) == staged.digest
    assert read(store, staged.digest) == b"bukti dukung"
    assert store.size(staged.digest) == 12
    assert store.exists(staged.digest)
    assert store.verify(staged.digest)
    assert not staged.path.exists()


def test_a_staged_file_is_not_kept_yet(store: Store) -> None:
    staged = stage(store, b"not yet")
    assert not store.exists(staged.digest)
    assert list(store.digests()) == []


def test_a_stream_that_arrives_in_small_pieces_is_whole(store: Store) -> None:
    data = bytes(range(256)) * 3
    staged = store.stage(Dribble(data), limit=1000)  # type: ignore[arg-type]  # a raw stream reads alike
    assert staged.digest == sha(data)
    assert staged.path.read_bytes() == data


def test_the_limit_itself_is_allowed_and_one_byte_more_is_not(store: Store) -> None:
    assert stage(store, b"x" * 99, limit=100).size == 99
    assert stage(store, b"x" * 100, limit=100).size == 100
    with pytest.raises(TooLarge) as refused:
        stage(store, b"x" * 101, limit=100)
    assert refused.value.limit == 100


def test_an_endless_stream_is_read_no_further_than_the_limit(store: Store) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(TooLarge):
        store.stage(endless, limit=1_000_000)  # type: ignore[arg-type]
    assert endless.given == 1_000_001


def test_nothing_is_refused(store: Store) -> None:
    with pytest.raises(Empty):
        stage(store, b"")
    with pytest.raises(Empty):
        store.keep_bytes(b"")


@pytest.mark.parametrize("fault", ["too large", "empty", "broken line"])
def test_a_refused_stream_leaves_nothing_behind(store: Store, fault: str) -> None:
    folder = stage(store, b"where staged files lie").path.parent
    before = set(folder.iterdir())
    streams = {
        "too large": io.BytesIO(b"x" * 2000),
        "empty": io.BytesIO(),
        "broken line": Dribble(b"half of", breaks=True),
    }
    with pytest.raises((TooLarge, Empty, ConnectionResetError)):
        store.stage(streams[fault], limit=1000)  # type: ignore[arg-type]
    assert set(folder.iterdir()) == before


def test_a_discarded_file_is_gone_and_may_be_discarded_again(store: Store) -> None:
    staged = stage(store, b"forget me")
    store.discard(staged)
    store.discard(staged)
    assert not staged.path.exists()
    with pytest.raises(Missing):
        store.keep(staged)


def test_duplicates_are_kept_once(store: Store) -> None:
    first, second = stage(store, b"same"), stage(store, b"same")
    assert first.path != second.path
    assert store.keep(first) == store.keep(second)
    assert list(store.digests()) == [sha(b"same")]
    assert not second.path.exists()


def test_keeping_the_same_staged_file_again_changes_nothing(store: Store) -> None:
    staged = stage(store, b"once")
    assert store.keep(staged) == store.keep(staged)
    assert read(store, staged.digest) == b"once"


def read_parts(store: Store, *names: str) -> bytes:
    with store.open_parts(names) as file:
        return file.read()


def test_parts_are_read_in_the_order_that_is_asked_for(store: Store) -> None:
    names = [store.keep_part(stage(store, data)) for data in (b"Bukti ", b"dukung")]
    assert read_parts(store, *names) == b"Bukti dukung"
    assert read_parts(store, *names[::-1]) == b"dukungBukti "
    assert read_parts(store) == b""
    with store.open_parts(names) as file:
        staged = store.stage(file, limit=1000)
    assert store.keep(staged) == sha(b"Bukti dukung")


def test_equal_parts_are_two_parts(store: Store) -> None:
    one, other = (store.keep_part(stage(store, b"same")) for _ in range(2))
    store.drop_parts([one])
    assert read_parts(store, other) == b"same"


def test_parts_are_no_evidence(store: Store) -> None:
    store.keep_part(stage(store, b"half of a file"))
    assert list(store.digests()) == []
    assert not store.exists(sha(b"half of a file"))


@pytest.mark.parametrize("name", ["0" * 32, "", "../tmp/x", "A" * 32, "0" * 31 + "\n"])
def test_a_part_that_is_not_there_is_missing(store: Store, name: str) -> None:
    kept = store.keep_part(stage(store, b"there"))
    with pytest.raises(Missing):
        read_parts(store, kept, name)
    store.drop_parts([name])
    assert read_parts(store, kept) == b"there"


def test_a_staged_file_that_is_gone_makes_no_part(store: Store) -> None:
    staged = stage(store, b"gone")
    store.discard(staged)
    with pytest.raises(Missing):
        store.keep_part(staged)


def test_a_sweep_removes_old_parts_that_nobody_knows(store: Store) -> None:
    wanted, abandoned = (store.keep_part(stage(store, data)) for data in (b"wanted", b"left"))
    store.sweep(older_than=DAY, known=lambda _: False, now=datetime.now(UTC))
    assert read_parts(store, wanted, abandoned) == b"wantedleft"
    store.sweep(older_than=DAY, known={wanted}.__contains__, now=tomorrow())
    assert read_parts(store, wanted) == b"wanted"
    with pytest.raises(Missing):
        read_parts(store, abandoned)


def test_digests_are_listed_in_order(store: Store) -> None:
    kept = {store.keep_bytes(f"file {n}".encode()) for n in range(40)}
    assert list(store.digests()) == sorted(kept)


@pytest.mark.parametrize(
    "digest",
    [
        *(ABSENT, "", "../../etc/passwd", "A" * 64, "/etc/passwd", "a" * 63, "a" * 65, "٣" * 64),
        *("\0" * 64, "a" * 63 + "\n", "a" * 64 + "\n", "aa/../" + "a" * 58),
    ],
)
def test_what_was_never_kept_is_missing_however_it_is_spelled(store: Store, digest: str) -> None:
    assert not store.exists(digest)
    assert not store.verify(digest)
    assert store.path(digest) is None
    with pytest.raises(Missing) as missing:
        store.open(digest)
    assert missing.value.digest == digest
    with pytest.raises(Missing):
        store.size(digest)


def test_a_sweep_leaves_what_is_young(store: Store) -> None:
    staged = stage(store, b"arriving")
    kept = store.keep_bytes(b"no row yet")
    swept = store.sweep(older_than=DAY, known=lambda _: False, now=datetime.now(UTC))
    assert (swept.temporary, swept.orphans) == (0, ())
    assert staged.path.exists()
    assert store.exists(kept)


def test_a_sweep_removes_old_temporary_files_and_old_orphans_only(store: Store) -> None:
    staged = stage(store, b"abandoned")
    orphan, wanted = store.keep_bytes(b"orphan"), store.keep_bytes(b"wanted")
    swept = store.sweep(older_than=DAY, known={wanted}.__contains__, now=tomorrow())
    assert (swept.temporary, swept.orphans) == (1, (orphan,))
    assert not staged.path.exists()
    assert list(store.digests()) == [wanted]


def test_a_sweep_survives_files_that_vanish_under_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(store, b"swept by somebody else")
    monkeypatch.setattr(Path, "unlink", vanishing)
    swept = store.sweep(older_than=DAY, known=lambda _: True, now=tomorrow())
    assert swept.temporary == 0


def test_a_second_upload_makes_an_old_orphan_young_again(store: Store, tmp_path: Path) -> None:
    digest = store.keep_bytes(b"uploaded twice")
    make_old(store, digest)
    store.keep_bytes(b"uploaded twice")
    store.sweep(older_than=DAY, known=lambda _: False, now=datetime.now(UTC))
    assert store.exists(digest)


def make_old(store: Store, digest: str) -> None:
    place = store.path(digest)
    if isinstance(store, S3Store):
        if store._place.endpoint is not None:
            pytest.skip("a real server lets nobody change the age of a file")
        buckets.make_old(store, digest)
    elif place is None:
        assert isinstance(store, MemoryStore)
        kept = store._kept[digest]
        store._kept[digest] = type(kept)(kept.data, kept.at - 3 * DAY)
    else:
        past = (datetime.now(UTC) - 3 * DAY).timestamp()
        os.utime(place, (past, past))


def test_parallel_uploads_of_the_same_and_of_other_files_all_arrive(store: Store) -> None:
    wanted = [f"file {n % 5}".encode() * 100 for n in range(40)]
    failures: list[BaseException] = []

    def upload(part: list[bytes]) -> None:
        try:
            for data in part:
                store.keep_bytes(data)
                store.sweep(older_than=DAY, known=lambda _: False, now=datetime.now(UTC))
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=upload, args=(wanted[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(store.digests()) == sorted({sha(data) for data in wanted})
    assert all(store.verify(digest) for digest in store.digests())


class TestLocalStore:
    """What only a folder can show."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> LocalStore:
        return LocalStore(tmp_path / "a" / "evidence")

    def test_a_kept_file_lies_two_folders_deep_and_cannot_be_written(
        self, store: LocalStore, tmp_path: Path
    ) -> None:
        digest = store.keep_bytes(b"proof")
        place = store.path(digest)
        assert place == tmp_path / "a" / "evidence" / digest[:2] / digest[2:4] / digest
        assert place.stat().st_mode & 0o777 == 0o400

    def test_nobody_else_may_look_into_the_folder(self, tmp_path: Path) -> None:
        LocalStore(tmp_path / "evidence")
        assert (tmp_path / "evidence").stat().st_mode & 0o777 == 0o700

    def test_a_new_store_on_the_same_folder_finds_everything(
        self, store: LocalStore, tmp_path: Path
    ) -> None:
        digest = store.keep_bytes(b"proof")
        assert LocalStore(tmp_path / "a" / "evidence").verify(digest)

    def test_one_changed_byte_is_noticed(self, store: LocalStore) -> None:
        digest = store.keep_bytes(b"proof")
        spoil(store, digest, b"prooF")
        assert store.exists(digest)
        assert not store.verify(digest)

    @pytest.mark.parametrize("spoiled", [b"prooF", b"", b"proof and more"])
    def test_a_new_upload_heals_a_damaged_file(self, store: LocalStore, spoiled: bytes) -> None:
        digest = store.keep_bytes(b"proof")
        spoil(store, digest, spoiled)
        assert store.keep_bytes(b"proof") == digest
        assert read(store, digest) == b"proof"

    def test_a_file_that_vanishes_while_it_is_opened_is_missing(
        self, store: LocalStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(LocalStore, "path", lambda *_: tmp_path / "gone")
        with pytest.raises(Missing):
            store.open(ABSENT)

    def test_foreign_files_in_the_folder_are_no_evidence(
        self, store: LocalStore, tmp_path: Path
    ) -> None:
        digest = store.keep_bytes(b"proof")
        place = store.path(digest)
        assert place is not None
        (place.parent / "README").write_text("not ours")
        (place.parent / ABSENT).write_text("in the wrong folder")
        (tmp_path / "a" / "evidence" / "lost+found").mkdir()
        swept = store.sweep(older_than=DAY, known=lambda _: True, now=tomorrow())
        assert list(store.digests()) == [digest]
        assert (swept.temporary, swept.orphans) == (0, ())

    def test_a_file_that_becomes_known_during_the_sweep_stays(self, store: LocalStore) -> None:
        digest = store.keep_bytes(b"its row is being committed")
        answers = iter([False, True])
        swept = store.sweep(older_than=DAY, known=lambda _: next(answers), now=tomorrow())
        assert swept.orphans == ()
        assert store.verify(digest)

    @pytest.mark.parametrize("call", ["fsync", "fchmod", "utime"])
    def test_a_disk_that_fails_keeps_nothing_and_the_next_try_works(
        self, store: LocalStore, monkeypatch: pytest.MonkeyPatch, call: str
    ) -> None:
        staged = stage(store, b"proof")

        def fail(*_: object, **__: object) -> None:
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as broken:
            broken.setattr(os, call, fail)
            with pytest.raises(OSError, match="Input/output"):
                store.keep(staged)
        assert not store.exists(staged.digest)
        assert store.keep(staged) == staged.digest
        assert store.verify(staged.digest)

    def test_a_write_that_takes_only_a_part_is_continued(
        self, store: LocalStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = os.fdopen

        def short(handle: int, *args: object, **kwargs: object) -> object:
            file = real(handle, *args, **kwargs)  # type: ignore[call-overload]
            return ShortWrites(file)

        monkeypatch.setattr(os, "fdopen", short)
        assert stage(store, b"written in portions of three").path.read_bytes() == (
            b"written in portions of three"
        )


class ShortWrites:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __enter__(self) -> "ShortWrites":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        return self._file.write(data[:3])


def vanishing(path: Path, *, missing_ok: bool = False) -> None:
    raise FileNotFoundError(path)


def spoil(store: LocalStore, digest: str, data: bytes) -> None:
    place = store.path(digest)
    assert place is not None
    place.chmod(0o600)
    place.write_bytes(data)


def test_an_address_names_its_store(tmp_path: Path) -> None:
    folder = tmp_path / "bukti dukung"
    digest = store_from_url(str(folder)).keep_bytes(b"proof")
    assert store_from_url(folder.as_uri()).verify(digest)
    assert store_from_url(f"file://localhost{folder.as_uri()[7:]}").verify(digest)
    assert store_from_url("memory:").exists(digest) is False


@pytest.mark.parametrize(
    "url",
    [
        "s3://b?retention_days=x",
        "s3://b?endpoint=ftp://x",
        "s3://bucket/x?secret=y",
        "s3://key:secret@bucket",
        "s3:bucket",
        "s3://",
        "http://host/x",
        "file://host/srv",
        "file:relative",
        "",
        " ",
        "file:",
    ],
)
def test_other_addresses_are_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(UnsupportedStore) as refused:
        store_from_url(url)
    assert repr(url) in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.fixture(autouse=True)
def no_descriptor_is_left_open() -> Iterator[None]:
    before = len(list(Path("/proc/self/fd").iterdir()))
    yield
    # fewer is possible: what other tests left to the garbage collector is closed at any moment
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
