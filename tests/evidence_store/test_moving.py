"""Whatever is copied arrives whole, or is named as lost; nothing is copied twice."""

import io
from typing import BinaryIO

import pytest

from evidence_store.moving import Fate, Moved, bring
from evidence_store.store import MemoryStore, Missing


def with_files(*contents: bytes) -> tuple[MemoryStore, list[str]]:
    store = MemoryStore()
    return store, sorted(store.keep_bytes(each) for each in contents)


class Liar:
    """Has something else under every name."""

    def __init__(self, data: bytes = b"something else") -> None:
        self.data = data

    def open(self, digest: str) -> BinaryIO:
        return io.BytesIO(self.data)


class Broken(MemoryStore):
    """Ends in the middle of the work."""

    left = 3

    def keep(self, staged: object) -> str:  # type: ignore[override]
        if self.left == 0:
            raise OSError(28, "No space left on device")
        self.left -= 1
        return super().keep(staged)  # type: ignore[arg-type]


def test_everything_arrives_once() -> None:
    source, digests = with_files(*(bytes([n]) * 9 for n in range(9)))
    target = MemoryStore()
    assert {each.fate for each in bring(digests, sources=[source], target=target)} == {Fate.copied}
    assert list(target.digests()) == digests
    assert {each.fate for each in bring(digests, sources=[source], target=target)} == {Fate.there}


def test_what_was_broken_off_goes_on_where_it_stopped() -> None:
    source, digests = with_files(*(bytes([n]) * 9 for n in range(9)))
    target = Broken()
    with pytest.raises(OSError, match="No space"):
        list(bring(digests, sources=[source], target=target))
    target.left = 99
    fates = [each.fate for each in bring(digests, sources=[source], target=target)]
    assert fates == [Fate.there] * 3 + [Fate.copied] * 6


@pytest.mark.parametrize("liar", [Liar(), Liar(b""), MemoryStore()])
def test_a_source_is_not_believed_and_the_next_one_is_asked(liar: object) -> None:
    source, digests = with_files(b"proof")
    target = MemoryStore()
    assert list(bring(digests, sources=[liar], target=target)) == [  # type: ignore[list-item]
        Moved(digests[0], Fate.lost)
    ]
    with pytest.raises(Missing):
        target.open(digests[0])
    assert list(bring(digests, sources=[liar, source], target=target)) == [  # type: ignore[list-item]
        Moved(digests[0], Fate.copied)
    ]
    assert target.verify(digests[0])
