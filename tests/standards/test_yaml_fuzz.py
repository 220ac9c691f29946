"""Whatever is done to a file, it is read or refused; nothing breaks.

Bounded and repeatable: the same mutants each time. More of them by ASSESSOR_FUZZ=1000000.
"""

import os
import random
import time
from pathlib import Path

import pytest

from checklists.library import load_checklist
from standards.library import load_standard
from standards.yaml_source import parse
from tests.instrument_fixture import CHECKLIST_ID, STANDARD_ID, make_checklist, write_library
from tests.standards.test_yaml_source import HOSTILE

ROUNDS = int(os.environ.get("ASSESSOR_FUZZ", "20000"))
PIECES = (
    b"[", b"]", b"{", b"}", b": ", b"- ", b"\n", b"\n  ", b"&a ", b"*a", b"<<: ", b"!!str ", b"!x ",
    b"---\n", b"...\n", b"'", b'"', b"|", b">", b"#", b"%", b"@", b"\t", b"\x00", b"\xff", b"\xc3",
    b"? ", b"~", b"\\", b"\xe2\x80\xae", b"no", b"1.10", b"\r", b"\xef\xbb\xbf", b"[" * 40, b"- " * 40,
)  # fmt: skip


def mutated(raw: bytes, random_source: random.Random) -> bytes:
    made = bytearray(raw)
    for _ in range(random_source.randint(1, 6)):
        at = random_source.randrange(len(made) + 1)
        match random_source.randrange(5):
            case 0:
                made[at:at] = random_source.choice(PIECES)
            case 1:
                del made[at : at + random_source.randint(1, 30)]
            case 2:
                made[at : at + 1] = bytes([random_source.randrange(256)])
            case 3:
                length = random_source.randint(1, 60)
                made[at:at] = made[:length]
            case _:
                made[at:] = made[at:][::-1]
    return bytes(made)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    write_library(folder, make_checklist(items=8))
    return folder


def test_a_mutated_file_is_read_or_refused(library: Path) -> None:
    seeds = [path.read_bytes() for path in sorted(library.rglob("*.yaml"))]
    seeds += [raw[:2_000] for raw, _ in HOSTILE.values()]
    random_source = random.Random(8807)
    slowest = 0.0
    for _ in range(ROUNDS):
        raw = mutated(random_source.choice(seeds), random_source)
        before = time.process_time()
        node, problems = parse(raw, "a.yaml")
        slowest = max(slowest, time.process_time() - before)
        assert (node is None) == bool(problems)
        assert all(problem.what and problem.remedy for problem in problems)
    assert slowest < 1


def test_a_mutated_library_is_loaded_or_refused(library: Path) -> None:
    standard_folder = library / "standards" / STANDARD_ID
    checklist_folder = library / "checklists" / CHECKLIST_ID
    whole, problems = load_standard(standard_folder)
    assert whole is not None
    assert problems == ()
    paths = sorted(library.rglob("*.yaml"))
    random_source = random.Random(8807)
    for _ in range(ROUNDS // 50):
        path = random_source.choice(paths)
        raw = path.read_bytes()
        path.write_bytes(mutated(raw, random_source))
        try:
            standard, of_standard = load_standard(standard_folder)
            checklist, of_checklist = load_checklist(checklist_folder, {whole.id: whole})
        finally:
            path.write_bytes(raw)
        assert (standard is None) == bool(of_standard)
        assert (checklist is None) == bool(of_checklist)
