"""Which evidence does each auditee of the demonstration hand in, and for which sections?"""

import io
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from assessor.auditees.models import Auditee
from assessor.demo import drawing
from assessor.demo.stage import Stage
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import Evidence, EvidenceKind
from assessor.evidence.services import hand_in
from assessor.ui.formats import day


@dataclass(frozen=True)
class Sheet:
    """A piece: its title, the sections it speaks for, and either lines or a picture."""

    key: str
    title: str
    sections: str
    lines: tuple[str, ...] = ()
    picture: str = ""
    items: tuple[str, ...] = ()  # single items it speaks for, whatever their section
    age: int = 120  # days before it is handed in
    paper: str = ""  # a code of the kinds of evidence
    lasts: int | None = None  # days from the date on it to its last day


_SOP = (
    "1. Petugas menerima klien dan keluarganya dengan hormat.",
    "2. Petugas menjelaskan layanan, hak, dan kewajiban sebelum apa pun dimulai.",
    "3. Setiap langkah dicatat dengan kode klien, tanpa nama.",
    "4. Keadaan darurat dirujuk ke fasilitas kesehatan terdekat.",
    "5. SOP ini ditinjau setiap tahun.",
)
_LEGAL = (
    "Badan ini didirikan untuk layanan rehabilitasi bagi penyalah guna narkotika.",
    "Pengurus: ketua, sekretaris, bendahara (nama disamarkan dalam contoh ini).",
    "Pengesahan badan hukum: AHU-CONTOH-8807.",
)
_PLAN = (
    "Sasaran: 60 klien menyelesaikan program dalam satu tahun.",
    "Sumber dana: iuran, hibah, dan bantuan pemerintah (angka contoh).",
    "Laporan keuangan diumumkan setiap bulan Januari.",
)
_STAFF = (
    "Konselor adiksi: 3 orang, bersertifikat 2 orang.",
    "Perawat: 1 orang. Pekerja sosial: 2 orang. Petugas keamanan: 2 orang.",
    "Pelatihan tahun ini: wawancara motivasi, penanganan darurat.",
)
FULL = (
    Sheet("akta", "Akta pendirian dan pengesahan", "A", _LEGAL, age=900, paper="deed"),
    Sheet("rencana", "Rencana kerja dan anggaran", "B", _PLAN, age=300, paper="plan", lasts=365),
    Sheet(
        "pegawai", "Daftar petugas dan sertifikat", "C", _STAFF, age=60, paper="staff", lasts=265
    ),
    Sheet("konseling", "Ruang konseling", "D", picture="counselling", age=10),
    Sheet(
        "evakuasi",
        "Alat pemadam dan jalur evakuasi",
        "",
        picture="extinguisher",
        items=("SAR-12",),
        age=10,
    ),
    Sheet("kamar", "Kamar klien", "EI", picture="bedroom", age=10),
    Sheet(
        "sop",
        "SOP penerimaan, asesmen, dan rujukan",
        "FGJK",
        _SOP,
        age=200,
        paper="procedure",
        lasts=1095,
    ),
    Sheet(
        "program",
        "Jadwal dan kurikulum program",
        "HN",
        (
            "Pagi: pertemuan pagi, tugas rumah tangga, konseling kelompok.",
            "Siang: seminar, olahraga, konseling perorangan.",
            "Malam: pertemuan keluarga setiap Sabtu, refleksi harian.",
        ),
        age=150,
    ),
    Sheet(
        "rekam",
        "Pengelolaan rekam dan mutu layanan",
        "LMO",
        (
            "Berkas klien disimpan di lemari terkunci; akses tercatat.",
            "Rekapitulasi layanan: hanya jumlah dan kode.",
            "Pengaduan yang masuk: 4, selesai: 4. Rapat mutu setiap triwulan.",
        ),
        age=90,
    ),
)
SHORT = (
    Sheet("lembaga", "Dokumen kelembagaan dan petugas", "ABCO", _LEGAL + _PLAN + _STAFF, age=300),
    Sheet("ruang", "Ruang layanan", "DEI", picture="counselling", age=10),
    Sheet("sop", "Kumpulan SOP layanan", "FGHJKLMN", _SOP, age=200),
)
UNIT_DECREE = (
    Sheet(
        "sk",
        "Surat keputusan pembentukan unit",
        "ABCDEFG",
        (
            "Unit dibentuk oleh kepala desa atau lurah dengan lima agen pemulihan.",
            "Masa kerja agen dua tahun. Rahasia klien dijaga oleh setiap agen.",
            "Sosialisasi 4 kali, skrining 12 orang, rujukan 1 orang dalam sebulan.",
        ),
        age=250,
    ),
)
UNIT = (
    Sheet("kegiatan", "Papan kegiatan bulanan", "CE", picture="meeting", age=5),
    *UNIT_DECREE,
)


def _bytes(sheet: Sheet, owner: str, handed_on: date) -> bytes:
    if sheet.picture:
        return drawing.picture(sheet.picture, caption=f"{sheet.title}, {owner}")
    stands = handed_on - timedelta(days=sheet.age)
    return drawing.document(
        owner=owner,
        title=sheet.title,
        number=f"CONTOH-{sheet.key.upper()}/{stands.year}",
        day=day(stands, "id"),
        lines=sheet.lines,
    )


def hand_in_pieces(stage: Stage, key: str, sheets: tuple[Sheet, ...], by: str) -> None:
    """Let somebody hand in these sheets for an auditee, except those that are there."""
    auditee_id = stage.auditees[key]
    name = stage.session.scalars(select(Auditee.name).where(Auditee.id == auditee_id)).one()
    there = _titles(stage, auditee_id)
    handed_on = stage.clock().date()
    for sheet in sheets:
        if sheet.title in there:
            continue
        hand_in(
            stage.session,
            stage.actor(by),
            stage.clock,
            store=stage.store,
            limit=stage.upload_limit,
            auditee_id=auditee_id,
            stream=io.BytesIO(_bytes(sheet, name, handed_on)),
            name=f"{sheet.key}.{'png' if sheet.picture else 'pdf'}",
            title=sheet.title,
            stands_for=handed_on - timedelta(days=sheet.age),
            kind=EvidenceKind.photo if sheet.picture else EvidenceKind.document,
            declaration=CURRENT,
            paper=sheet.paper or ("photo" if sheet.picture else ""),
            valid_until=_last_day(sheet, handed_on),
        )


def _last_day(sheet: Sheet, handed_on: date) -> date | None:
    if sheet.lasts is None:
        return None
    return handed_on + timedelta(days=sheet.lasts - sheet.age)


def _titles(stage: Stage, auditee_id: str) -> dict[str, str]:
    rows = stage.session.execute(
        select(Evidence.title, Evidence.id).where(Evidence.auditee_id == auditee_id)
    )
    return {row.title: row.id for row in rows}


def pieces_by_part(stage: Stage, key: str, sheets: tuple[Sheet, ...]) -> dict[str, str]:
    """Section or item → the piece that speaks for it."""
    there = _titles(stage, stage.auditees[key])
    found: dict[str, str] = {}
    for sheet in sheets:
        if sheet.title in there:
            for part in (*sheet.sections, *sheet.items):
                found.setdefault(part, there[sheet.title])
    return found
