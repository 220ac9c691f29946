"""A real object store, started once for all tests that ask for it."""

from collections.abc import Iterator

import pytest

from tests.evidence_store import buckets


@pytest.fixture(scope="session")
def ceph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[buckets.Gateway]:
    if buckets.MISSING:
        pytest.skip(
            f"NOT TESTED against a real object store: {', '.join(buckets.MISSING)} not installed "
            "(apt install radosgw ceph-mon ceph-osd ceph-common)"
        )
    with buckets.gateway(tmp_path_factory.mktemp("ceph")) as gateway:
        yield gateway
