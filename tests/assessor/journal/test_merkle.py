"""The laws of the tree: one root for one list, and no two lists share it."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.journal import chain, merkle

leaves = st.lists(st.binary(max_size=40), max_size=70)


def plain_root(data: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, by recursion."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    half = 1
    while half * 2 < len(data):
        half *= 2
    inner = plain_root(data[:half]) + plain_root(data[half:])
    return hashlib.sha256(b"\x01" + inner).digest()


@settings(deadline=None)
@given(leaves)
def test_appending_gives_the_root_that_the_definition_gives(data):
    assert merkle.root_of(data) == plain_root(data)


@settings(deadline=None)
@given(leaves, st.data())
def test_a_frontier_can_be_put_down_and_taken_up_anywhere(data, draw):
    cut = draw.draw(st.integers(0, len(data)))
    frontier: tuple[bytes, ...] = ()
    for size, each in enumerate(data[:cut]):
        frontier = merkle.append(frontier, size, merkle.leaf_hash(each))
    frontier = chain.frontier_from_text(chain.frontier_to_text(frontier))
    assert len(frontier) == cut.bit_count()
    for size, each in enumerate(data[cut:], start=cut):
        frontier = merkle.append(frontier, size, merkle.leaf_hash(each))
    assert merkle.root(frontier) == merkle.root_of(data)


@settings(deadline=None)
@given(leaves, leaves)
def test_other_leaves_have_another_root(one, other):
    assert (merkle.root_of(one) == merkle.root_of(other)) == (one == other)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_a_leaf_is_never_taken_for_a_node(data):
    assert merkle.leaf_hash(data) != merkle.node_hash(data[:32], data[32:])


@settings(deadline=None)
@given(st.lists(st.binary(max_size=60), min_size=1, max_size=20), st.data())
def test_an_entry_depends_on_all_before_it(bodies, draw):
    changed = draw.draw(st.integers(0, len(bodies) - 1))
    other = [body + b"!" if at == changed else body for at, body in enumerate(bodies)]

    def hashes(of: list[bytes]) -> list[str]:
        found, previous = [], "0" * 64
        for body in of:
            previous = chain.entry_hash(previous, body)
            found.append(previous)
        return found

    before, after = hashes(bodies), hashes(other)
    assert before[:changed] == after[:changed]
    assert not set(before[changed:]) & set(after[changed:])
