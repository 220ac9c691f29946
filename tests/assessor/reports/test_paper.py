"""The report says what the sealed content says, on every page what must be said, and survives
whatever people typed."""

import hashlib
import re
import subprocess
import sys
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from assessor.reports import typography
from assessor.reports.drawings import _runs
from assessor.reports.paper import render
from assessor.reports.reading import groups
from tests.assessor.reports.sample import (
    CHECK_URL,
    CHECKPOINT,
    CODE,
    ROOT,
    VERSION,
    make_content,
    make_pdf,
    picture,
)


def read(pdf: bytes) -> list[str]:
    """The text of each page, with plain spaces."""
    pages = PdfReader(BytesIO(pdf)).pages
    return [re.sub(r"\s+", " ", page.extract_text().replace("\u00a0", " ")) for page in pages]


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return make_content()


@pytest.fixture(scope="module")
def pages(content: dict[str, Any]) -> list[str]:
    return read(make_pdf(content))


def test_the_cover_names_what_was_judged_and_decided(pages: list[str]) -> None:
    for said in (
        "BADAN NARKOTIKA NASIONAL PROVINSI JAWA BARAT",
        "Klinik Rehabilitasi Harapan Baru",
        "NILAI-2026-0117",
        "Evaluasi pemenuhan",
        "18 Nov 2026",
        "21 Nov 2026 14.02 WIB",
        "Belum memenuhi",
        "68,2 %",
        "30 dari 44 poin",
        "Instrumen kerja, belum disahkan",
        "bukan sertifikat",
    ):
        assert said in pages[0], said


def test_every_figure_is_the_sealed_one(content: dict[str, Any], pages: list[str]) -> None:
    summary = pages[1]
    for ratio in [content["results"]["total"], *content["results"]["aspects"].values()]:
        n, d = ratio["n"].removesuffix("/1"), ratio["d"].removesuffix("/1")
        assert summary.count(f"{n} dari {d}") >= 2  # beside the bar and in the table
    assert "24 butir berlaku: 22 dinilai, 2 tidak berlaku (TB), 0 belum dinilai (BD)." in summary
    assert "91,7 %" in summary
    assert "NILAI-2026-0044" in summary
    assert "di bawah ambang 80,0 %" in summary


def test_every_reason_is_listed_as_a_sentence(content: dict[str, Any], pages: list[str]) -> None:
    for number, _ in enumerate(content["decision"]["reasons"], start=1):
        assert f"{number}." in pages[1]
    assert "Nilai keseluruhan 68,2 % (30 dari 44) di bawah ambang 80,0 %." in pages[1]
    assert (
        "Butir kritis B-26 harus diperiksa di tempat (pengamatan, wawancara) tetapi belum"
        in pages[1]
    )


def test_every_item_stands_with_its_choice_basis_and_facts(
    content: dict[str, Any], pages: list[str]
) -> None:
    whole = " ".join(pages)
    for item in content["items"]:
        assert f"{item['item']} ·" in whole
    assert whole.count("2 Terpenuhi dan dijalankan") == sum(
        item["choice"] == "2" for item in content["items"]
    )
    assert "telusur berkas: 10 diambil dari 34, 7 sesuai" in whole
    assert "dilihat di tempat, tidak disalin: papan jadwal konseling" in whole
    assert "wawancara: 2 klien, 3 petugas" in whole
    assert "Alasan TB" in whole


def test_findings_evidence_people_and_exceptions_are_there(
    content: dict[str, Any], pages: list[str]
) -> None:
    whole = " ".join(pages)
    assert "Temuan mayor" in whole
    assert "tenggat 20 Jan 2027" in whole
    assert "Tanggapan lembaga, 20 Nov 2026 09.00 WIB" in whole
    for piece in content["evidence"]:
        assert groups(piece["digest"]) in whole
    for said in (
        "dr. Ratna Wulandari",
        "Ketua tim",
        "diverifikasi oleh orang di luar tim",
        "diizinkan oleh Kepala Bidang Rehabilitasi",
    ):
        assert said in whole, said


def test_the_last_page_lets_anybody_check(pages: list[str]) -> None:
    last = pages[-1]
    for said in (groups(ROOT), groups(CHECKPOINT.head), groups(CHECKPOINT.root), CODE, "48.213"):
        assert said in last, said
    assert groups(CHECKPOINT.signature) in last
    assert "2026-11-21T07:02:11.000000Z" in last


@pytest.mark.parametrize(
    ("status", "fictitious", "demo", "said", "unsaid"),
    [
        ("working", False, True, ["DATA CONTOH", "Instrumen kerja, belum disahkan"], []),
        ("working", False, False, ["Instrumen kerja, belum disahkan"], ["DATA CONTOH"]),
        ("approved", True, True, ["Contoh: disahkan dengan keputusan rekaan"], ["Instrumen kerja"]),
        ("approved", False, False, [], ["Instrumen kerja", "DATA CONTOH", "keputusan rekaan"]),
    ],
)
def test_every_page_carries_its_labels_its_code_and_its_number(
    status: str, fictitious: bool, demo: bool, said: list[str], unsaid: list[str]
) -> None:
    content = make_content(status=status, fictitious=fictitious, demo=demo)
    pages = read(make_pdf(content))
    for number, page in enumerate(pages, start=1):
        assert f"halaman {number} dari" in page
        assert CODE in page
        for label in said:
            assert label in page
        for label in unsaid:
            assert label not in page


def test_the_number_of_pages_is_on_every_page() -> None:
    pages = read(make_pdf())
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"halaman {number} dari\s+{len(pages)}\b", page), page[-200:]


def test_the_english_report_says_the_same_figures(content: dict[str, Any]) -> None:
    whole = " ".join(read(make_pdf(content, language="en")))
    wanted = ("Not yet compliant", "68.2%", "30 of 44", "page 1 of", "Working instrument")
    for said in (*wanted, "interviews: 2 clients, 3 staff", "10 drawn from 34, 7 conform"):
        assert said in whole, said
    for indonesian in ("Ringkasan", "halaman", "belum disahkan", "Temuan"):
        assert indonesian not in whole, indonesian


def test_the_same_content_gives_the_same_bytes_in_another_process(content: dict[str, Any]) -> None:
    here = make_pdf(content)
    assert make_pdf(deepcopy(content)) == here
    code = (
        "import hashlib; from tests.assessor.reports.sample import make_pdf;"
        "print(hashlib.sha256(make_pdf()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PATH": "", "TZ": zone},
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Jayapura"))
    }
    assert found == {hashlib.sha256(here).hexdigest()}


def test_every_font_is_in_the_file() -> None:
    names = set()
    for page in PdfReader(BytesIO(make_pdf())).pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()
            names.add(str(described["/BaseFont"]))
            assert "/FontFile2" in described["/FontDescriptor"].get_object()
    assert {name.split("+")[-1] for name in names} == {
        "NotoSans-Regular",
        "NotoSans-Bold",
        "NotoSans-Italic",
    }


def test_title_language_and_outline_are_set(content: dict[str, Any]) -> None:
    reader = PdfReader(BytesIO(make_pdf(content)))
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Laporan penilaian NILAI-2026-0117: Klinik Rehabilitasi Harapan Baru"
    )
    assert reader.trailer["/Root"]["/Lang"] == "id-ID"
    titles = [str(each.title) for each in reader.outline if not isinstance(each, list)]
    assert titles[:2] == ["Laporan penilaian", "Ringkasan hasil"]
    assert titles[-1] == "Keaslian dan keutuhan"


def test_the_qr_code_is_the_matrix_of_the_address() -> None:
    size, runs = _runs(CHECK_URL)
    drawn = [[0] * size for _ in range(size)]
    for row, column, length in runs:
        drawn[row][column : column + length] = [1] * length
    assert drawn == [
        [int(cell) for cell in row] for row in segno.make_qr(CHECK_URL, error="m").matrix
    ]


def test_a_content_without_anything_extra_is_a_whole_report() -> None:
    content = make_content(items=1, photos=0, kind="self")
    content |= {"team": [], "findings": [], "exemptions": [], "sign_offs": []}
    content["comparison"] = {"self": None, "baseline": None}
    content["decision"] = {"outcome": "memenuhi", "reasons": []}
    content["auditee"] |= {"kind": "unit", "entity": None, "village": None, "address": ""}
    content["auditee"]["responsible_office"]["letterhead"] = []
    content["assessment"] |= {"submitted_at": None, "visit_on": None}
    whole = " ".join(read(make_pdf(content)))
    assert "Hasil menurut unit sendiri" in whole
    assert "Unit menilai dirinya sendiri" in whole
    assert "Tidak ada temuan." in whole
    assert "Tidak ada pengecualian" in whole
    assert "isi tidak dapat dicetak" not in whole


def test_a_revision_says_what_it_replaces_and_why() -> None:
    content = make_content()
    content["assessment"] |= {
        "revision": 2,
        "revises": "NILAI-2026-0090",
        "revision_reason": "Salah mencatat jumlah berkas.",
    }
    first = read(make_pdf(content))[0]
    assert "ke-2, menggantikan NILAI-2026-0090" in first
    assert "Salah mencatat jumlah berkas." in first


def test_a_provisional_decision_says_what_it_waits_for_and_that_it_opens_nothing() -> None:
    content = make_content()
    reasons = [each for each in content["decision"]["reasons"] if each["code"].startswith("not_")]
    content["decision"] |= {
        "outcome": "sementara",
        "reasons": reasons,
        "on_site_days": 180,
    }
    pages = read(make_pdf(content))
    unseen = ", ".join(reason["item"] for reason in reasons)
    for page in pages[:2]:  # the cover, and the summary with all that follows
        assert f"Belum dilihat di tempat {len(reasons)} butir kritis: {unseen}" in page
    assert "Keputusan ini belum membuka tahap apa pun." in pages[0]
    for said in ("Yang masih ditunggu", "dalam 180 hari sebelum", "Tahap yang terbuka Tidak ada"):
        assert said in pages[1]
    english = read(make_pdf(content, language="en"))
    assert f"Not seen on site Critical items ({len(reasons)}): {unseen}" in english[1]
    assert "within the 180 days before the decision" in english[1]


def test_a_follow_up_says_how_much_was_judged_again() -> None:
    content = make_content(kind="follow_up")
    content["results"]["applicable"] = 119
    assert "menilai ulang 24 dari 119 butir" in read(make_pdf(content))[1]


def test_the_report_of_monitoring_counts_what_is_not_met_and_names_no_threshold() -> None:
    content = make_content()
    content["instrument"]["decides"] = False
    content["decision"] = {"outcome": "pemantauan", "reasons": [], "unmet": 7}
    content["comparison"] = {"self": None, "baseline": None}
    asked = content["results"]["applicable"]
    pages = read(make_pdf(content))
    assert "Hasil pemantauan" in pages[0]
    assert f"dari {asked} butir tidak terpenuhi" in pages[0]
    assert "Nilai per aspek, dari butir yang ditanyakan" in pages[1]
    assert "Semua butir yang ditanyakan terpenuhi." in " ".join(pages)
    assert "mbang" not in pages[1]
    english = read(make_pdf(content, language="en"))
    assert f"of {asked} items are not met" in english[0]


def test_an_item_that_cannot_be_printed_does_not_cost_the_report(
    caplog: pytest.LogCaptureFixture,
) -> None:
    content = make_content()
    broken = content["items"][3]
    broken["basis"] = [{"kind": "sample", "evidence": None, "detail": {}}]
    pages = read(make_pdf(content))
    whole = " ".join(pages)
    assert f"{broken['item']} [isi tidak dapat dicetak, lihat sistem]" in whole
    assert whole.count("[isi tidak dapat dicetak") == 1
    assert content["items"][4]["item"] in whole
    assert "Keaslian dan keutuhan" in pages[-1]
    assert broken["item"] in caplog.text


def test_a_reason_of_a_later_version_is_still_named() -> None:
    content = make_content()
    content["decision"]["reasons"].append(
        {"code": "something_new", "item": "A-01", "aspect": None, "values": {"count": "4"}}
    )
    assert "something_new: count 4, item A-01" in " ".join(read(make_pdf(content)))


HOSTILE = [
    "<b>x</i>",
    "<para><img src='/etc/passwd' width='9' height='9'/></para>",
    "</para><font color='[[[].__class__ for x in 1]]'>x",
    "<a href='javascript:alert(1)'>x</a><onDraw name='x' label='y'/>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;&#0;&amp;",
    "\x00\x01\x08\x1f\x7f\x85",
    "\u202emurni\u2066\u200f\ufeff\ud800",
    "kata" * 2500,
    "<" * 9999,
    "a\n" * 4999,
    "a\u00a0" * 4999,
    "日本語 عربي 😀 " * 60,
    "\u0301" * 3000,
    "%s %(x)s %d {0} {}",
    " ",
    "%%EOF\ntrailer\n<</Root 1 0 R>>",
]
_TYPED = {
    "name", "entity", "address", "facts", "recommendation", "reason", "statement", "words", "title",
    "what", "where", "when", "register", "note", "person", "granted_by", "office", "village",
    "revision_reason", "decree", "label", "text", "letterhead",
}  # fmt: skip


def _typed_over(value: Any, said: str, *, typed: bool = False) -> Any:
    """The value with every text that somebody may have typed replaced."""
    if isinstance(value, dict):
        return {
            key: _typed_over(each, said, typed=typed or key in _TYPED)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_typed_over(each, said, typed=typed) for each in value]
    return said if typed and isinstance(value, str) else value


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: repr(said[:24]))
def test_whatever_was_typed_the_report_is_whole(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = _typed_over(make_content(items=4, photos=3, status="approved"), said)
    opened: list[str] = []

    def no_file(path: Any, *given: Any, **more: Any) -> Any:
        opened.append(str(path))
        raise AssertionError(f"the report opened {path}")

    make_pdf(make_content(items=1, photos=0))  # fonts and modules are loaded
    with monkeypatch.context() as guard:
        guard.setattr("builtins.open", no_file)
        guard.setattr("socket.socket.connect", no_file)
        pdf = make_pdf(content)
    pages = read(pdf)
    assert opened == []
    assert "Keaslian dan keutuhan" in pages[-1]
    whole = " ".join(pages)
    assert "isi tidak dapat dicetak" not in whole
    assert "root:x:0" not in whole
    for item in content["items"]:
        assert item["item"] in whole
    assert b"/JavaScript" not in pdf
    assert b"/URI" not in pdf


@pytest.mark.parametrize(
    "data", [None, b"", b"not a picture", picture(1)[:400], picture(1, size=(2000, 2000))]
)
def test_a_picture_that_is_none_leaves_its_words(data: bytes | None) -> None:
    pdf = render(
        make_content(items=1, photos=2),
        root=ROOT,
        checkpoint=CHECKPOINT,
        code=CODE,
        check_url=CHECK_URL,
        language="id",
        thumbs=lambda digest: data,
        version=VERSION,
    )
    assert " ".join(read(pdf)).count("tanpa gambar") == 2


def test_paragraphs_are_made_in_one_place_only() -> None:
    folder = Path(typography.__file__).parent
    makers = [
        path.name for path in folder.glob("*.py") if re.search(r"\bParagraph\(", path.read_text())
    ]
    assert makers == ["typography.py"]


def test_a_hundred_and_twenty_items_with_fifty_photos_are_quick() -> None:
    import time

    content = make_content(items=120, photos=50)
    began = time.process_time()
    pdf = make_pdf(content)
    taken = time.process_time() - began
    assert len(PdfReader(BytesIO(pdf)).pages) > 20
    assert taken < 4, f"{taken:.1f} s"  # the pictures are made in that time too


def test_the_moment_is_the_auditees(content: dict[str, Any]) -> None:
    eastern = deepcopy(content)
    eastern["auditee"]["time_zone"] = "WIT"
    assert "21 Nov 2026 16.02 WIT" in read(make_pdf(eastern))[0]
    assert datetime.fromisoformat(content["assessment"]["sealed_at"]).tzinfo is not None
