"""Which sealed content do the tests of the report print? Realistic, of any size, always the same."""

import hashlib
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from assessor.reports.paper import render
from assessor.reports.reading import CheckpointFacts
from standards.canonical import fraction_text

ROOT = hashlib.sha256(b"root of the sample").hexdigest()
CODE = "K7QM-4RTX-9WHD"
CHECK_URL = f"https://asesor.contoh.go.id/check/{CODE}"
VERSION = "0.1.0"
CHECKPOINT = CheckpointFacts(
    seq=48_213,
    head=hashlib.sha256(b"head").hexdigest(),
    root=hashlib.sha256(b"journal").hexdigest(),
    at=datetime(2026, 11, 21, 7, 2, 11, tzinfo=UTC),
    key_id="9f3c2a71d0e84b56",
    signature=hashlib.sha512(b"signature").hexdigest(),
)

ASPECTS = (
    ("kelembagaan", "Kelembagaan", "Institution"),
    ("sdm", "Sumber daya manusia", "Human resources"),
    ("sarana-prasarana", "Sarana prasarana", "Facilities"),
    ("layanan", "Layanan", "Services"),
)
SECTIONS = (
    ("A", "kelembagaan", "Identitas hukum dan organisasi", "Legal identity and organisation"),
    ("B", "kelembagaan", "Perencanaan, keuangan, dan keterbukaan", "Planning and transparency"),
    ("C", "sdm", "Petugas dan kompetensinya", "Staff and their competence"),
    ("D", "sarana-prasarana", "Sarana umum", "Common facilities"),
    ("E", "sarana-prasarana", "Sarana rawat inap", "Inpatient facilities"),
    ("F", "layanan", "Penerimaan dan skrining", "Intake and screening"),
    ("G", "layanan", "Asesmen dan rencana rawatan", "Clinical assessment and care plan"),
    ("M", "layanan", "Hak klien dan pengaduan", "Client rights and complaints"),
)
TEXTS = (
    (
        "Konselor adiksi tersedia dan bekerja melayani klien.",
        "An addiction counsellor is available and works with clients.",
    ),
    (
        "Lembaga memiliki izin operasional yang masih berlaku, dan izin itu terpampang di tempat yang "
        "mudah dilihat klien dan keluarganya.",
        "The institution holds an operating permit that is in force, shown where clients and their "
        "families easily see it.",
    ),
    (
        "Rencana rawatan disusun bersama klien dalam tujuh hari sejak diterima, dan ditinjau ulang "
        "sedikitnya sebulan sekali.",
        "A care plan is made together with the client within seven days of intake and reviewed at "
        "least once a month.",
    ),
    (
        "Ruang konseling menjaga percakapan tetap rahasia.",
        "The counselling room keeps what is said confidential.",
    ),
    (
        "Pengaduan dicatat, ditanggapi dalam 14 hari, dan hasilnya disampaikan kepada pelapor.",
        "Complaints are recorded, answered within 14 days, and the outcome is told to whoever made them.",
    ),
)
FACTS = (
    "Dua konselor, Sdri. Ayu dan Sdr. Bima, memegang surat tugas tahun 2026. Jadwal konseling "
    "terpasang di papan pengumuman dan dipakai; tiga klien menyebut nama konselornya.",
    "Izin Dinas Sosial nomor 463/118/2024 berlaku sampai 31 Maret 2027. Salinan dipasang di ruang "
    "tunggu, terlindung plastik.\nAslinya disimpan bendahara.",
    "Dari sepuluh berkas yang diambil, tujuh memuat rencana rawatan yang ditandatangani klien; tiga "
    "dibuat lebih dari dua minggu setelah penerimaan.",
)
ADVICE = (
    "Lengkapi tiga berkas yang belum memuat rencana rawatan, lalu periksa setiap Senin pagi berkas "
    "klien yang baru diterima.",
    "Pasang peredam pada pintu atau pindahkan konseling ke ruang belakang.",
)
CHOICES = ("2", "2", "1", "2", "2", "1", "0", "1", "0", "2", "2", "TB")
LETTERHEAD = [
    "BADAN NARKOTIKA NASIONAL REPUBLIK INDONESIA",
    "BADAN NARKOTIKA NASIONAL PROVINSI JAWA BARAT",
    "Jalan Terusan Jakarta Nomor 50, Antapani, Kota Bandung 40291",
    "Telepon (022) 720 7777 · plrkm.jabar@bnn.contoh.go.id",
]


def picture(number: int, *, size: tuple[int, int] = (320, 240)) -> bytes:
    """A small JPEG that differs for each number."""
    image = Image.new("RGB", size, (200 - number * 7 % 90, 205, 190 + number * 11 % 60))
    pen = ImageDraw.Draw(image)
    for step in range(14):
        x = (number * 37 + step * 53) % size[0]
        y = (number * 17 + step * 29) % size[1]
        pen.rectangle((x, y, x + 60, y + 34), fill=((step * 17) % 255, 90, 140))
    target = BytesIO()
    image.save(target, "JPEG", quality=70)
    return target.getvalue()


def _ratio(pairs: list[tuple[int, int]]) -> dict[str, str]:
    return {
        "n": fraction_text(Fraction(sum(n for n, _ in pairs))),
        "d": fraction_text(Fraction(sum(d for _, d in pairs))),
    }


def _points(choice: str | None) -> tuple[int, int]:
    return (0, 0) if choice == "TB" else (int(choice or 0), 2)


def _item(number: int, pieces: list[str], *, choice: str | None) -> dict[str, Any]:
    section, aspect, _, _ = SECTIONS[number * len(SECTIONS) // max(number + 1, 120)]
    text = TEXTS[number % len(TEXTS)]
    basis: list[dict[str, Any]] = []
    if pieces and choice != "TB":
        cited = {pieces[number % len(pieces)], pieces[(number * 7 + 3) % len(pieces)]}
        basis = [{"kind": "evidence", "evidence": each, "detail": {}} for each in sorted(cited)]
    if number % 3 == 0:
        detail: dict[str, Any] = {
            "register": 34,
            "drawn": 10,
            "hits": 7,
            "note": "",
        }
        basis.append({"kind": "sample", "evidence": None, "detail": detail})
    if number % 4 == 1:
        detail = {"what": "papan jadwal konseling", "where": "ruang tunggu", "when": "2026-11-18"}
        basis.append({"kind": "sighted", "evidence": None, "detail": detail})
    if number % 5 == 2:
        detail = {"kinds": {"petugas": 3, "klien": 2}, "note": ""}
        basis.append({"kind": "interviews", "evidence": None, "detail": detail})
    n, d = _points(choice)
    met = choice == "2"
    return {
        "item": f"{section}-{number + 1:02d}",
        "aspect": aspect,
        "section": section,
        "text": {"id": text[0], "en": text[1]},
        "methods": [["D", "W"], ["D"], ["D", "R"], ["O", "F"], ["D", "W", "O"]][number % 5],
        "critical": "hard" if number % 23 == 5 else "soft" if number % 17 == 3 else "no",
        "weight": 1,
        "citation": "required",
        "choice": choice,
        "reason": "Lembaga ini tidak memberi rawat inap." if choice == "TB" else None,
        "facts": FACTS[number % len(FACTS)] if number % 2 == 0 or not met else None,
        "recommendation": None if met or choice == "TB" else ADVICE[number % len(ADVICE)],
        "n": f"{n}/1",
        "d": f"{d}/1",
        "basis": basis,
        "earlier": {"self": "2", "baseline": "1" if number % 2 else "0"},
    }


def make_content(
    *,
    items: int = 24,
    photos: int = 7,
    kind: str = "evaluation",
    status: str = "working",
    fictitious: bool = False,
    demo: bool = True,
) -> dict[str, Any]:
    """A content with these numbers of items and pieces of evidence."""
    pieces = [f"piece{number:03d}" for number in range(photos)]
    step = max(120 // items, 1)
    made = [
        _item(number * step + number % step, pieces, choice=CHOICES[number % len(CHOICES)])
        for number in range(items)
    ]
    unmet = [item for item in made if item["choice"] in {"0", "1"}]
    pairs = {
        aspect: [_points(item["choice"]) for item in made if item["aspect"] == aspect]
        for aspect, _, _ in ASPECTS
    }
    aspects = {aspect: _ratio(found) for aspect, found in pairs.items()}
    total = _ratio([pair for found in pairs.values() for pair in found])
    return {
        "assessment": {
            "id": "a" * 26,
            "reference": "NILAI-2026-0117",
            "kind": kind,
            "mode": "on_site",
            "year": 2026,
            "revision": 1,
            "revises": None,
            "revision_reason": None,
            "opened_at": "2026-11-03T01:10:00.000000Z",
            "submitted_at": "2026-11-19T09:30:00.000000Z",
            "visit_on": "2026-11-18",
            "sealed_at": "2026-11-21T07:02:00.000000Z",
        },
        "auditee": {
            "id": "b" * 26,
            "reference": "LMB-32-0041",
            "kind": "site",
            "name": "Klinik Rehabilitasi Harapan Baru",
            "entity": "Yayasan Harapan Baru Sejahtera",
            "agency": "yayasan",
            "regency": {"code": "3273", "name": "Kota Bandung"},
            "province": {"code": "32", "name": "Jawa Barat"},
            "village": {"code": "3273010001", "name": "Antapani Kidul"},
            "address": "Jalan Cibatu Raya Nomor 12, Antapani Kidul, Kota Bandung",
            "tags": ["km", "rawat-jalan"],
            "responsible_office": {
                "id": "c" * 26,
                "name": "BNN Provinsi Jawa Barat",
                "letterhead": LETTERHEAD,
            },
            "time_zone": "WIB",
        },
        "instrument": {
            "checklist": "sni-8807-2022-penuh",
            "edition": "2026.1",
            "fingerprint": "sha256:" + hashlib.sha256(b"edition").hexdigest(),
            "standard": "sni-8807-2022",
            "standard_edition": "2026.1",
            "title": {
                "id": "Instrumen penilaian lengkap lembaga rehabilitasi",
                "en": "Full checklist for rehabilitation institutions",
            },
            "note": {"id": "Contoh, belum disahkan.", "en": "Example, not approved."},
            "status": status,
            "approval": {
                "decree": "Keputusan Direktur PLRKM Nomor 12 Tahun 2026",
                "effective_on": "2026-07-01",
                "fictitious": fictitious,
            }
            if status == "approved"
            else None,
            "scale": [
                {"choice": "0", "points": 0, "label": {"id": "Belum", "en": "Not yet"}},
                {"choice": "1", "points": 1, "label": {"id": "Sebagian", "en": "Partly"}},
                {
                    "choice": "2",
                    "points": 2,
                    "label": {"id": "Terpenuhi dan dijalankan", "en": "Met and in use"},
                },
            ],
            "thresholds": {"total": "4/5", "aspect": "3/5", "not_applicable": "1/10"},
            "aspects": [
                {"aspect": aspect, "title": {"id": name, "en": english}}
                for aspect, name, english in ASPECTS
            ],
            "sections": [
                {"section": section, "aspect": aspect, "title": {"id": name, "en": english}}
                for section, aspect, name, english in SECTIONS
            ],
        },
        "team": [
            {"person": "p1", "name": "dr. Ratna Wulandari", "role": "lead",
             "office": "BNN Provinsi Jawa Barat"},
            {"person": "p2", "name": "Yohanes Tabuni, S.Psi.", "role": "member",
             "office": "BNN Kabupaten Bandung Barat"},
        ],
        "items": made,
        "results": {
            "total": total,
            "aspects": aspects,
            "applicable": items,
            "scored": sum(1 for item in made if item["choice"] not in {None, "TB"}),
            "not_applicable": sum(1 for item in made if item["choice"] == "TB"),
            "not_assessed": sum(1 for item in made if item["choice"] is None),
        },
        "comparison": {
            "self": {
                "reference": "NILAI-2026-0044",
                "sealed_at": "2026-03-02T03:15:00.000000Z",
                "total": {"n": "44/1", "d": "48/1"},
                "aspects": {aspect: {"n": "11/1", "d": "12/1"} for aspect, _, _ in ASPECTS},
            },
            "baseline": {
                "reference": "NILAI-2026-0061",
                "sealed_at": "2026-04-20T03:15:00.000000Z",
                "total": {"n": "23/1", "d": "48/1"},
                "aspects": {aspect: {"n": "5/1", "d": "12/1"} for aspect, _, _ in ASPECTS},
            },
        },
        "decision": {"outcome": "belum_memenuhi", "reasons": _reasons(unmet, aspects, total)},
        "findings": [
            {
                "number": number,
                "item": item["item"],
                "class": ["major", "minor", "suggestion"][min(number - 1, 2)],
                "statement": f"Butir {item['item']} belum terpenuhi: {FACTS[number % len(FACTS)]}",
                "due_on": None if number > 2 else "2027-01-20",
                "answers": [
                    {
                        "words": "Kami lengkapi sebelum akhir Desember; konselor kedua mulai 1 Desember.",
                        "answered_at": "2026-11-20T02:00:00.000000Z",
                    }
                ]
                if number == 1
                else [],
            }
            for number, item in enumerate(unmet[:6], start=1)
        ],
        "evidence": [
            {
                "id": piece,
                "number": number + 1,
                "title": ["Surat tugas konselor 2026", "Papan jadwal konseling di ruang tunggu",
                          "Izin operasional Dinas Sosial"][number % 3],
                "kind": "document" if number % 3 == 0 else "photo",
                "digest": hashlib.sha256(piece.encode()).hexdigest(),
                "size": 312_456 + number * 9_731,
                "media_type": "image/jpeg",
                "stands_for": "2026-11-18" if number % 4 else None,
                "thumb_digest": hashlib.sha256(f"thumb {number}".encode()).hexdigest(),
                "items": [item["item"] for item in made
                          if any(basis["evidence"] == piece for basis in item["basis"])][:5],
            }
            for number, piece in enumerate(pieces)
        ],
        "exemptions": [
            {
                "rule": "not_of_operating_office",
                "person": "Yohanes Tabuni, S.Psi.",
                "reason": "Tidak ada petugas lain yang bersertifikat di provinsi ini pada bulan November.",
                "granted_by": "Kepala Bidang Rehabilitasi BNNP Jawa Barat",
            }
        ],
        "sign_offs": [
            {
                "person": "p1", "name": "dr. Ratna Wulandari", "meaning": "submits",
                "signed_at": "2026-11-19T09:30:00.000000Z",
                "content_hash": "sha256:" + hashlib.sha256(b"submitted").hexdigest(),
            },
            {
                "person": "p9", "name": "Drs. I Made Suardika, M.Si.", "meaning": "verifies",
                "signed_at": "2026-11-21T07:02:00.000000Z",
                "content_hash": "sha256:" + hashlib.sha256(b"verified").hexdigest(),
            },
        ],
        "demo": demo,
    }  # fmt: skip


def _reasons(
    unmet: list[dict[str, Any]], aspects: dict[str, dict[str, str]], total: dict[str, str]
) -> list[dict[str, Any]]:
    reasons: list[dict[str, Any]] = [
        {"code": "hard_critical_unmet", "item": item["item"], "aspect": item["aspect"],
         "values": {"choice": item["choice"]}}
        for item in unmet[:1]
    ]  # fmt: skip
    limits = [("total_below", None, total, "4/5")]
    limits += [("aspect_below", aspect, ratio, "3/5") for aspect, ratio in aspects.items()]
    for code, aspect, ratio, threshold in limits:
        n, d = Fraction(ratio["n"]), Fraction(ratio["d"])
        if d and n / d < Fraction(threshold):
            values = {
                "n": str(n),
                "d": str(d),
                "share": fraction_text(n / d),
                "threshold": threshold,
            }
            reasons.append({"code": code, "item": None, "aspect": aspect, "values": values})
    reasons += [
        {"code": "not_seen_on_site", "item": item["item"], "aspect": item["aspect"],
         "values": {"methods": "O W"}}
        for item in unmet[1:3]
    ]  # fmt: skip
    return reasons


def thumbs_of(content: dict[str, Any]) -> dict[str, bytes]:
    """The pictures of a content, by digest."""
    return {
        piece["thumb_digest"]: picture(number) for number, piece in enumerate(content["evidence"])
    }


def make_pdf(content: dict[str, Any] | None = None, *, language: str = "id") -> bytes:
    """The report of a content."""
    content = content or make_content()
    return render(
        content,
        root=ROOT,
        checkpoint=CHECKPOINT,
        code=CODE,
        check_url=CHECK_URL,
        language=language,
        thumbs=thumbs_of(content).get,
        version=VERSION,
    )
