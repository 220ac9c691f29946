"""Whatever is done in whatever order, a store holds exactly what was kept and is still wanted."""

import hashlib
import io
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from evidence_store.keeping import Damage, Loss, verify_all
from evidence_store.store import Empty, LocalStore, MemoryStore, Staged, Store, TooLarge

LIMIT = 40
contents = st.binary(max_size=LIMIT + 2)


class StoreStates(RuleBasedStateMachine):
    """Beside the store runs a model: a dictionary of what must be there."""

    staged = Bundle("staged")

    def __init__(self) -> None:
        super().__init__()
        self.store = self.new_store()
        self.kept: dict[str, bytes] = {}
        self.waiting: dict[Path, bytes] = {}

    def new_store(self) -> Store:
        return MemoryStore()

    @rule(target=staged, data=contents)
    def stage(self, data: bytes) -> Staged | None:
        if not 0 < len(data) <= LIMIT:
            with pytest.raises(TooLarge if data else Empty):
                self.store.stage(io.BytesIO(data), limit=LIMIT)
            return None
        staged = self.store.stage(io.BytesIO(data), limit=LIMIT)
        assert staged.digest == hashlib.sha256(data).hexdigest()
        self.waiting[staged.path] = data
        return staged

    @rule(staged=consumes(staged))
    def keep(self, staged: Staged | None) -> None:
        if staged is not None and staged.path in self.waiting:
            self.kept[self.store.keep(staged)] = self.waiting.pop(staged.path)

    @rule(staged=consumes(staged))
    def discard(self, staged: Staged | None) -> None:
        if staged is not None:
            self.store.discard(staged)
            self.waiting.pop(staged.path, None)

    @rule(data=st.binary(min_size=1, max_size=LIMIT))
    def keep_bytes(self, data: bytes) -> None:
        self.kept[self.store.keep_bytes(data)] = data

    @rule(odd=st.integers(0, 1))
    def sweep_what_is_old(self, odd: int) -> None:
        def known(digest: str) -> bool:
            return int(digest, 16) % 2 == odd

        later = datetime.now(UTC) + timedelta(days=2)
        swept = self.store.sweep(older_than=timedelta(days=1), known=known, now=later)
        assert swept.temporary == len(self.waiting)
        assert set(swept.orphans) == {digest for digest in self.kept if not known(digest)}
        self.waiting.clear()
        self.kept = {digest: data for digest, data in self.kept.items() if known(digest)}

    @rule()
    def sweep_too_early(self) -> None:
        day = timedelta(days=1)
        swept = self.store.sweep(older_than=day, known=lambda _: False, now=datetime.now(UTC))
        assert (swept.temporary, swept.orphans) == (0, ())

    @rule(digest=st.text("0123456789abcdef", min_size=64, max_size=64))
    def look_for_what_was_never_kept(self, digest: str) -> None:
        lost = list(verify_all(self.store, [*self.kept, digest]))
        assert lost == [Damage(digest, Loss.MISSING)]

    @invariant()
    def holds_exactly_what_was_kept(self) -> None:
        assert list(self.store.digests()) == sorted(self.kept)
        for digest, data in self.kept.items():
            with self.store.open(digest) as file:
                assert file.read() == data
            assert self.store.size(digest) == len(data)
        assert list(verify_all(self.store, self.kept)) == []


class LocalStoreStates(StoreStates):
    def new_store(self) -> Store:
        self.folder = Path(tempfile.mkdtemp())
        return LocalStore(self.folder)

    @rule()
    def open_the_folder_anew(self) -> None:
        self.store = LocalStore(self.folder)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


unhurried = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMemoryStore = StoreStates.TestCase
TestMemoryStore.settings = unhurried
TestLocalStore = LocalStoreStates.TestCase
# Every file is synced to the disk, which may be a slow one.
TestLocalStore.settings = settings(unhurried, max_examples=20)
