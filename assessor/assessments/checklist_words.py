"""What are the parts of the checklist called in the reader's language?

Each function translates once; whoever writes many items out keeps what it gave.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from assessor.assessments.checklist_page import Order, Show
from assessor.assessments.models import BasisKind, Status
from assessor.assessments.wording import STATUSES, in_
from assessor.assessments.workflow import FROZEN
from assessor.ui.parts import Chip, ChipStatus
from checklists.model import Method
from standards.model import Origin

# whom one interviews; the code is kept in the basis
PEOPLE = ("klien", "petugas", "pimpinan", "keluarga", "warga")


def work_steps() -> Mapping[Method, str]:
    """The steps of the work, as heads."""
    return {
        Method.D: _("Periksa dokumen"),
        Method.O: _("Berkeliling melihat tempat"),
        Method.W: _("Wawancara"),
        Method.R: _("Telusur berkas"),
        Method.S: _("Simulasi"),
        Method.F: _("Foto"),
    }


def origins() -> Mapping[Origin, str]:
    """How we know that a requirement holds."""
    return {
        Origin.stated: _("dinyatakan sumber"),
        Origin.derived: _("diturunkan dari sumber"),
        Origin.comparator: _("pembanding luar negeri"),
        Origin.proposed: _("usulan, tanpa sumber"),
    }


def fields() -> Mapping[str, str]:
    """What a field of an answer is called."""
    return {
        "choice": _("Nilai"),
        "reason": _("Alasan tidak berlaku"),
        "facts": _("Fakta dan analisis"),
        "recommendation": _("Rekomendasi"),
        "basis": _("Dasar nilai"),
    }


STATUS_MARKS: Mapping[Status, ChipStatus] = {
    Status.draft: ChipStatus.neutral,
    Status.in_progress: ChipStatus.progress,
    Status.submitted: ChipStatus.info,
    Status.returned: ChipStatus.warn,
    Status.sealed: ChipStatus.sealed,
    Status.revised: ChipStatus.sealed,
    Status.cancelled: ChipStatus.neutral,
}


def status_chip(status: Status, language: str) -> Chip:
    """How far the assessment is."""
    return Chip(STATUS_MARKS[status], in_(language, STATUSES, status))


def why_closed(status: Status, *, mine: bool) -> str:
    """Why nothing can be entered; empty when something can."""
    if status in FROZEN:
        return str(_("Penilaian ini sudah dikunci. Isinya tidak dapat diubah lagi."))
    if status is Status.submitted:
        return str(_("Penilaian ini sudah dikirim dan sedang diperiksa. Isinya tidak diubah dulu."))
    if status is Status.cancelled:
        return str(_("Penilaian ini dibatalkan. Isinya hanya dapat dibaca."))
    if not mine:
        return str(_("Anda membaca penilaian ini. Yang mengisinya adalah tim yang ditugaskan."))
    return ""


def shows() -> Mapping[Show, str]:
    """Ways to look at the checklist."""
    return {
        Show.all: _("Semua"),
        Show.unanswered: _("Belum dinilai"),
        Show.critical: _("Kritis"),
        Show.different: _("Beda dari mandiri"),
        Show.lacking: _("Perlu dilengkapi"),
    }


def orders() -> Mapping[Order, str]:
    """Orders of the items."""
    return {Order.work: _("Urutan kerja"), Order.standard: _("Urutan standar")}


def people() -> Mapping[str, str]:
    """Whom one interviews."""
    return {
        "klien": _("Klien"),
        "petugas": _("Petugas"),
        "pimpinan": _("Pimpinan"),
        "keluarga": _("Keluarga klien"),
        "warga": _("Warga atau tokoh"),
    }


def basis_kinds() -> Mapping[BasisKind, str]:
    """What a score leans on."""
    return {
        BasisKind.evidence: _("Bukti dukung"),
        BasisKind.sighted: _("Dilihat di tempat"),
        BasisKind.sample: _("Telusur berkas"),
        BasisKind.interviews: _("Wawancara"),
    }


def basis_detail(kind: BasisKind, detail: Mapping[str, Any], named: Mapping[str, str]) -> str:
    """What a basis other than a piece of evidence says; `named` is `people()`."""
    if kind is BasisKind.sighted:
        return ", ".join(part for part in (detail["what"], detail["where"], detail["when"]) if part)
    if kind is BasisKind.sample:
        said = _(
            "%(hits)s dari %(drawn)s berkas sesuai, isi register %(register)s",
            hits=detail["hits"],
            drawn=detail["drawn"],
            register=detail["register"],
        )
    else:
        said = ", ".join(
            f"{count} {named.get(who, who).lower()}" for who, count in detail["kinds"].items()
        )
    return f"{said}; {detail['note']}" if detail["note"] else said
