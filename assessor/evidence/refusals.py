"""What is said to somebody whose file is not taken: which file, why, and what to do instead?"""

from collections.abc import Mapping
from typing import Protocol

from assessor.sentences import Sentence
from evidence_store.inspection import Limits, Reason


class Inspected(Protocol):
    """What a sentence is chosen by."""

    @property
    def reason(self) -> Reason | None:
        """Why the file is not taken."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What else was noticed, as `looks_like_zip`."""


_SENTENCES: Mapping[Reason, str] = {
    Reason.EMPTY: (
        "Berkas “%(name)s” kosong. Buka dulu di perangkat Anda; bila isinya ada, simpan ulang "
        "lalu kirim lagi."
    ),
    Reason.TOO_LARGE: (
        "Berkas “%(name)s” lebih besar dari %(megabytes)s MB. Kirim bagian yang menjadi bukti "
        "saja, atau perkecil dulu: foto cukup selebar 2.000 piksel."
    ),
    Reason.WRONG_KIND: (
        "Berkas “%(name)s” bukan PDF, JPEG, PNG, WebP, atau HEIC. Simpan dokumen sebagai PDF atau "
        "foto sebagai JPEG, lalu kirim lagi."
    ),
    Reason.DISGUISED: (
        "Isi berkas “%(name)s” bukan seperti kata namanya. Kirim berkas aslinya, dengan akhiran "
        "nama yang sesuai isinya (misalnya .pdf atau .jpg)."
    ),
    Reason.DAMAGED: (
        "Berkas “%(name)s” rusak atau terpotong. Salin ulang dari asalnya, pastikan dapat dibuka, "
        "lalu kirim lagi."
    ),
    Reason.TOO_MANY_PIXELS: (
        "Gambar “%(name)s” terlalu besar untuk dibuka. Perkecil dulu: selebar 2.000 piksel sudah "
        "cukup jelas."
    ),
    Reason.TOO_MANY_PAGES: (
        "Dokumen “%(name)s” lebih dari %(pages)s halaman. Kirim halaman yang menjadi bukti saja, "
        "atau bagi menjadi beberapa berkas."
    ),
    Reason.ENCRYPTED_PDF: (
        "PDF “%(name)s” memakai kata sandi. Simpan ulang tanpa kata sandi, lalu kirim lagi."
    ),
    Reason.ACTIVE_PDF: (
        "PDF “%(name)s” berisi skrip, formulir hidup, atau berkas lain di dalamnya. Buka, pilih "
        "Cetak ke PDF, lalu kirim hasil cetaknya."
    ),
    Reason.TRAILING_DATA: (
        "Berkas “%(name)s” menyembunyikan berkas lain di belakang isinya. Buka, simpan ulang "
        "sebagai berkas baru, lalu kirim yang baru."
    ),
    Reason.TOO_SLOW: (
        "Berkas “%(name)s” terlalu rumit untuk diperiksa. Cetak ke PDF atau simpan ulang sebagai "
        "JPEG, lalu kirim hasilnya."
    ),
    Reason.ANIMATED: (
        "Gambar “%(name)s” bergerak. Kirim gambar diam: ambil satu foto atau tangkapan layar."
    ),
}

_OFFICE = (
    "Berkas “%(name)s” tampaknya dokumen Word, Excel, atau PowerPoint. Buka berkasnya, pilih "
    "Simpan sebagai PDF, lalu kirim PDF itu."
)
_ARCHIVE = (
    "Berkas “%(name)s” adalah arsip. Buka dulu arsipnya, lalu kirim isinya satu per satu sebagai "
    "PDF atau JPEG."
)
_HEIC = (
    "Foto “%(name)s” berformat AVIF atau rangkaian gambar. Simpan sebagai JPEG, lalu kirim lagi; "
    "di iPhone pilih Pengaturan, Kamera, Format, Paling Kompatibel."
)
_VIDEO = (
    "Berkas “%(name)s” adalah video. Kirim satu atau beberapa foto sebagai gantinya, dalam JPEG."
)

# formats that people hand in by honest mistake, and how they get out of it
_KNOWN_KINDS: Mapping[str, str] = {
    "looks_like_office": _OFFICE,
    "looks_like_rtf": _OFFICE,
    "looks_like_zip": _ARCHIVE,
    "looks_like_archive": _ARCHIVE,
    "looks_like_heic": _HEIC,
    "looks_like_avif": _HEIC,
    "looks_like_video": _VIDEO,
}

_REMARKS: Mapping[str, str] = {
    "extension_differs": (
        "Isi “%(name)s” adalah gambar jenis lain daripada akhiran namanya. Berkas tetap diterima."
    ),
    "trailing_bytes": (
        "“%(name)s” memuat data tambahan di belakang isinya. Salinan yang dilihat orang lain "
        "tidak memuatnya."
    ),
    "trailing_picture": (
        "“%(name)s” memuat gambar tambahan dari kamera. Salinan yang dilihat orang lain tidak "
        "memuatnya."
    ),
    "trailing_video": (
        "“%(name)s” memuat video pendek dari kamera. Salinan yang dilihat orang lain tidak "
        "memuatnya."
    ),
}


def why_refused(inspected: Inspected, *, name: str, limits: Limits) -> Sentence:
    """The sentence for a file that is not taken."""
    reason = inspected.reason or Reason.DAMAGED
    text = _SENTENCES[reason]
    if reason in {Reason.WRONG_KIND, Reason.DISGUISED}:
        text = next((_KNOWN_KINDS[note] for note in inspected.notes if note in _KNOWN_KINDS), text)
    values: dict[str, str | int] = {
        "name": name,
        "megabytes": limits.max_bytes // (1024 * 1024),
        "pages": limits.max_pages,
    }
    return Sentence(text, {key: value for key, value in values.items() if f"%({key})" in text})


def too_large(name: str, most: int) -> Sentence:
    """The sentence for a file that is refused by its size alone."""
    values: dict[str, str | int] = {"name": name, "megabytes": most // (1024 * 1024)}
    return Sentence(_SENTENCES[Reason.TOO_LARGE], values)


def remarks(inspected: Inspected, *, name: str) -> tuple[Sentence, ...]:
    """What the sender of an accepted file ought to know."""
    return tuple(
        Sentence(_REMARKS[note], {"name": name}) for note in inspected.notes if note in _REMARKS
    )
