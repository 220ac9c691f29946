"""What is uploaded is read by what it is said to be, and refused by name where it cannot be that."""

import io
import zipfile

import pytest

from checklists.formats.yaml_files import checklist_files, standard_files
from checklists.imports.reading import ImportKind, import_files
from checklists.library import Library
from tests.checklists.based_fixture import FULL, make_based
from tests.checklists.imports.catalog_fixture import as_bytes, make_catalog
from tests.checklists.imports.test_ciso import LIBRARY

BASED = make_based()
FOLDERS = {
    f"standards/{FULL.standard.id}": standard_files(FULL.standard),
    f"checklists/{FULL.id}": checklist_files(FULL),
    f"checklists/{BASED.id}": checklist_files(BASED),
}
FILES = {
    f"{where}/{name}": text.encode()
    for where, files in FOLDERS.items()
    for name, text in files.items()
}


def zipped(files: dict[str, bytes]) -> dict[str, bytes]:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return {"edisi-yaml.zip": written.getvalue()}


def test_the_archive_of_an_edition_comes_back_the_same() -> None:
    arrival = import_files(ImportKind.yaml, zipped(FILES))
    assert arrival.problems == ()
    assert (arrival.checklist, arrival.based) == (FULL, (BASED,))
    assert arrival.counts.items == len(FULL.items)


def test_single_files_say_themselves_what_they_are() -> None:
    files = {f"s-{name}": text.encode() for name, text in standard_files(FULL.standard).items()}
    files = {
        name.replace("s-standard.yaml", "standard.yaml").replace("s-", "1"): raw
        for name, raw in files.items()
    }
    files |= {name: text.encode() for name, text in checklist_files(FULL).items()}
    assert import_files(ImportKind.yaml, files).checklist == FULL


def test_a_checklist_may_lean_on_a_standard_that_is_known_here() -> None:
    files = {name: text.encode() for name, text in checklist_files(FULL).items()}
    known = Library({FULL.standard.id: FULL.standard}, {})
    assert import_files(ImportKind.yaml, files, known=known).checklist == FULL
    (problem,) = import_files(ImportKind.yaml, files).problems
    assert "tidak ada atau masih bermasalah" in problem.what


def test_what_is_wrong_with_a_file_is_told_with_its_line() -> None:
    name = f"checklists/{FULL.id}/checklist.yaml"
    for bad, said in (
        (b"a: &x 1\n", "jangkar"),
        (b"a: !x 1\n", "penanda jenis"),
        (b"a: 1\na: 2\n", "dua kali"),
        (b"a: \xff\n", "UTF-8"),
    ):
        arrival = import_files(ImportKind.yaml, zipped({**FILES, name: bad}))
        assert arrival.checklist is None
        (problem,) = arrival.problems
        assert (problem.file, said in problem.what) == (name, True)


def test_two_full_checklists_at_once_are_refused() -> None:
    other = {
        name.replace(FULL.id, "lain"): raw.replace(FULL.id.encode(), b"lain")
        for name, raw in FILES.items()
        if f"/{FULL.id}/" in name
    }
    (problem,) = import_files(ImportKind.yaml, zipped({**FILES, **other})).problems
    assert "2 instrumen lengkap" in problem.what
    only_standard = {name: raw for name, raw in FILES.items() if name.startswith("standards/")}
    (problem,) = import_files(ImportKind.yaml, only_standard).problems
    assert "0 instrumen lengkap" in problem.what


def test_each_kind_is_read_by_its_importer() -> None:
    oscal = import_files(ImportKind.oscal, {"katalog.json": as_bytes(make_catalog())})
    ciso = import_files(ImportKind.ciso, {"mutu.yaml": LIBRARY.encode()})
    assert (len(oscal.checklist.items), len(ciso.checklist.items)) == (40, 3)


@pytest.mark.parametrize(
    ("kind", "names", "said", "remedy"),
    [
        (ImportKind.xlsx, ["a.xlsm"], "tidak cocok", "tanpa makro"),
        (ImportKind.xlsx, ["a.xls"], "tidak cocok", ".xlsx"),
        (ImportKind.xlsx, ["a.csv"], "tidak cocok", ".xlsx"),
        (ImportKind.xlsx, ["a.exe"], "tidak cocok", "berakhiran .xlsx"),
        (ImportKind.oscal, ["a.xml"], "tidak cocok", ".json"),
        (ImportKind.ciso, ["a.json"], "tidak cocok", ".yaml"),
        (ImportKind.yaml, ["a.txt"], "tidak cocok", ".zip"),
        (ImportKind.oscal, ["a.json", "b.json"], "hanya satu berkas", "satu per satu"),
        (ImportKind.yaml, [], "belum ada berkas", "pilih"),
    ],
)  # fmt: skip
def test_what_cannot_be_that_is_refused_by_name(kind, names, said, remedy) -> None:
    arrival = import_files(kind, dict.fromkeys(names, b"x"))
    (problem,) = arrival.problems
    assert arrival.checklist is None
    assert said in problem.what
    assert remedy in problem.remedy


@pytest.mark.parametrize("kind", ImportKind)
def test_what_is_too_large_is_refused_unread(kind) -> None:
    endings = {"xlsx": "xlsx", "yaml": "zip", "oscal": "json", "ciso": "yaml"}
    name = f"besar.{endings[kind]}"
    (problem,) = import_files(kind, {name: b"x" * (16 * 2**20 + 1)}).problems
    assert (problem.file, "lebih besar dari 16 MB" in problem.what) == (name, True)
