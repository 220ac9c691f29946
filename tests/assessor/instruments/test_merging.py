"""Two people on one page: nothing that either of them wrote is lost unseen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assessor.instruments.merging import digests, merge

NAMES = st.sampled_from(["text_id", "text_en", "methods"])
VALUES = st.dictionaries(NAMES, st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=2))


def test_each_keeps_what_only_they_changed() -> None:
    was = {"a": "1", "b": "1", "c": "1"}
    merged = merge({**was, "a": "mine"}, {**was, "b": "theirs"}, digests(was))
    assert merged.values == {"a": "mine", "b": "theirs", "c": "1"}
    assert merged.clashes == ()


def test_what_both_changed_is_a_clash_and_the_same_change_is_none() -> None:
    was = {"a": "1", "b": "1"}
    merged = merge({"a": "mine", "b": "2"}, {"a": "theirs", "b": "2"}, digests(was))
    assert merged.clashes == ("a",)
    assert merged.values == {"a": "mine", "b": "2"}


def test_a_page_that_carries_nothing_writes_over_nothing() -> None:
    assert merge({"a": "mine"}, {"a": "now"}, "").clashes == ("a",)
    assert merge({"a": "now"}, {"a": "now"}, "rusak :: x").clashes == ()


@given(VALUES, VALUES, VALUES)
def test_what_somebody_else_wrote_is_never_written_over_unseen(was, ours, now) -> None:
    merged = merge(ours, now, digests(was))
    for name, standing in now.items():
        kept = merged.values[name] == standing
        alone = was.get(name) == standing
        assert kept or alone or name in merged.clashes
