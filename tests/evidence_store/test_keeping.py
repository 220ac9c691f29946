"""The report of lost files names each one, and the portions cover everything."""

from pathlib import Path

import pytest

from evidence_store.keeping import Damage, Loss, verify_all
from evidence_store.store import LocalStore, MemoryStore


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path)


def place(store: LocalStore, digest: str) -> Path:
    path = store.path(digest)
    assert path is not None
    path.chmod(0o600)
    return path


def test_whole_files_give_an_empty_report(store: LocalStore) -> None:
    digests = [store.keep_bytes(bytes([n])) for n in range(20)]
    assert list(verify_all(store, digests)) == []


def test_missing_and_altered_files_are_named(store: LocalStore) -> None:
    whole, lost, altered = (store.keep_bytes(data) for data in (b"whole", b"lost", b"altered"))
    place(store, lost).unlink()
    place(store, altered).write_bytes(b"Altered")
    assert list(verify_all(store, [whole, lost, altered])) == [
        Damage(lost, Loss.MISSING),
        Damage(altered, Loss.ALTERED),
    ]


def test_two_swapped_files_are_both_altered(store: LocalStore) -> None:
    one, two = store.keep_bytes(b"one"), store.keep_bytes(b"two")
    first, second = place(store, one), place(store, two)
    first.write_bytes(b"two")
    second.write_bytes(b"one")
    assert {damage.digest for damage in verify_all(store, [one, two])} == {one, two}


def test_the_portions_share_all_files_between_them() -> None:
    store = MemoryStore()
    lost = {f"{n * 7919:064x}" for n in range(500)}
    shares = [
        {damage.digest for damage in verify_all(store, lost, portion=(k, 30))} for k in range(1, 31)
    ]
    assert set.union(*shares) == lost
    assert sum(map(len, shares)) == len(lost)


def test_a_file_stays_in_its_portion_when_others_come_and_go() -> None:
    store = MemoryStore()
    digest = "ab" * 32
    alone = [bool(list(verify_all(store, [digest], portion=(k, 7)))) for k in range(1, 8)]
    digests = [f"{n:064x}" for n in range(50)] + [digest]
    together = [
        digest in {damage.digest for damage in verify_all(store, digests, portion=(k, 7))}
        for k in range(1, 8)
    ]
    assert alone == together


def test_what_is_no_digest_is_reported_in_every_portion() -> None:
    for k in (1, 2):
        report = list(verify_all(MemoryStore(), ["not a digest"], portion=(k, 2)))
        assert report == [Damage("not a digest", Loss.MISSING)]


@pytest.mark.parametrize("portion", [(0, 30), (31, 30), (1, 0)])
def test_a_portion_that_does_not_exist_is_refused(portion: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        list(verify_all(MemoryStore(), [], portion=portion))
