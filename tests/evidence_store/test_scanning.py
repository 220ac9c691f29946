"""A scanner that says neither yes nor no has said nothing."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_store.scanning import Clamd, ScannerDown, WrongScanner, scanner_from_url
from tests.bench.server import free_port
from tests.evidence_store import evidence_corpus as corpus
from tests.evidence_store import scanners


@pytest.fixture
def server() -> Iterator[scanners.Pretended]:
    with scanners.pretended() as server:
        yield server


def scan(url: str, data: bytes) -> str | None:
    scanner = scanner_from_url(url)
    assert scanner is not None
    return scanner.scan(io.BytesIO(data))


def test_a_clean_file_is_clean_and_a_known_one_is_named(server: scanners.Pretended) -> None:
    assert scan(server.url, b"") is None
    assert scan(server.url, bytes(700_000)) is None
    assert scan(server.url, bytes(300_000) + scanners.MARK + bytes(9)) == scanners.NAME
    assert "ClamAV" in Clamd(("127.0.0.1", server.server_address[1])).version()


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "INSTREAM size limit exceeded. ERROR",
        "stream: OK and more",
        "OK",
        "stream:  FOUND",
        "x" * 9000,
    ],
)
def test_any_other_answer_is_none(server: scanners.Pretended, answer: str) -> None:
    server.answers = answer
    with pytest.raises(ScannerDown):
        scan(server.url, b"proof")


def test_who_is_not_there_says_nothing(tmp_path: Path) -> None:
    for url in (f"clamd://127.0.0.1:{free_port()}", f"clamd://{tmp_path}/none"):
        with pytest.raises(ScannerDown):
            scan(url, b"proof")


@pytest.mark.parametrize(
    "url",
    ["clamd://", "http://host", "clamd://host:x", "clamd://host/path", "host:3310", "clamd:///"],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(WrongScanner):
        scanner_from_url(url)


def test_no_address_is_no_scanner() -> None:
    assert scanner_from_url("") is None


@pytest.mark.slow
def test_a_real_scanner_says_the_same(tmp_path: Path) -> None:
    if scanners.REAL is None:
        pytest.skip("NOT TESTED against a real scanner: apt install clamav-daemon")
    with scanners.real(tmp_path) as url:
        assert scan(url, corpus.jpeg()) is None
        assert scan(url, corpus.pdf() + scanners.MARK) == scanners.NAME
        with pytest.raises(ScannerDown):
            scan(url, bytes(31 * 1024 * 1024))
        assert scan(url, bytes(3_000_000)) is None
