"""What are the parts of the checklist called in the reader's language?

Each function translates once; whoever writes many items out keeps what it gave.
"""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from assessor.assessments.checklist.looking import Order, Show
from assessor.assessments.checklist.queries import Handed
from assessor.assessments.models import Basis, BasisKind, Status
from assessor.assessments.people import PEOPLE
from assessor.assessments.queries import State
from assessor.assessments.sample_state import Sheet, Standing
from assessor.assessments.wording import STATUSES, in_
from assessor.assessments.workflow import DECIDING, FROZEN
from assessor.ui.formats import day
from assessor.ui.parts import Chip, ChipStatus
from checklists.model import Method
from standards.model import Origin


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
    Status.checked: ChipStatus.info,
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
    if status in DECIDING:
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
        Show.remarked: _("Diberi catatan"),
        Show.lacking: _("Perlu dilengkapi"),
    }


def orders() -> Mapping[Order, str]:
    """Orders of the items."""
    return {Order.work: _("Urutan kerja"), Order.standard: _("Urutan standar")}


def people(language: str) -> Mapping[str, str]:
    """Whom one interviews."""
    return {code: words.in_(language) for code, words in PEOPLE.items()}


def basis_kinds() -> Mapping[BasisKind, str]:
    """What a score leans on."""
    return {
        BasisKind.evidence: _("Bukti dukung"),
        BasisKind.sighted: _("Dilihat di tempat"),
        BasisKind.sample: _("Telusur berkas"),
        BasisKind.interviews: _("Wawancara"),
    }


def sheet_note(sheet: Sheet | None, state: State, basis: Basis) -> str:
    """What is to be said where a basis was taken from the sheet of files and the sheet, or the
    score, has moved on since; empty where they agree."""
    if sheet is None or not basis.detail.get("sheet") or basis.item not in sheet.tallies:
        return ""
    standing, tally = sheet.standing(basis.item, state), sheet.tallies[basis.item]
    if standing is Standing.other:
        return str(
            _("Nilainya berbeda dari usulan lembar telusur (%(choice)s).", choice=tally.choice)
        )
    if standing is not Standing.changed:
        return ""
    if tally.choice is None:
        return str(_("Lembar telusur berubah dan belum lengkap."))
    return str(
        _(
            "Lembar telusur berubah: sekarang %(hits)s dari %(drawn)s sesuai, usulan nilai "
            "%(choice)s.",
            hits=tally.met,
            drawn=tally.judged,
            choice=tally.choice,
        )
    )


def script_words() -> dict[str, str | Mapping[str, str]]:
    """The sentences that only the script says; `%(name)s` is filled in by it."""
    blank = {name: f"%({name})s" for name in ("choice", "count", "drawn", "hits", "kind", "time")}
    return {**_saving_words(blank), **_item_words(), **_panel_words(blank)}


def _saving_words(blank: Mapping[str, str]) -> dict[str, str | Mapping[str, str]]:
    count, time = blank["count"], blank["time"]
    return {
        "saved": _("Tersimpan %(time)s", time=time),
        "saved_plain": _("Tersimpan"),
        "saving": _("Menyimpan"),
        "typing": _("Mengetik"),
        "unsent": _("Belum terkirim"),
        "unsent_count": _("Belum terkirim · %(count)s", count=count),
        "look_count": _("Perlu dilihat · %(count)s", count=count),
        "updated": _("Diperbarui dari perangkat lain"),
        "not_saved": _("Tidak tersimpan."),
        "offline": _(
            "Tidak ada sambungan. %(count)s isian aman di perangkat ini dan terkirim sendiri "
            "begitu sambungan kembali.",
            count=count,
        ),
        "offline_lost": _(
            "Tidak ada sambungan. %(count)s isian belum terkirim; jangan tutup halaman ini, "
            "karena isian tidak disimpan di komputer ini.",
            count=count,
        ),
        "close": _("Tutup"),
        "send_now": _("Kirim sekarang"),
        "signin": _("Masuk lagi untuk mengirim; isian Anda aman di perangkat ini."),
        "sign_in": _("Masuk lagi"),
        "other": _(
            "Perangkat ini sekarang dipakai orang lain. Isian Anda tidak dikirim atas namanya; "
            "isian itu terkirim setelah Anda masuk lagi."
        ),
        "shut": _(
            "Anda tidak lagi dapat mengisi penilaian ini. Isian yang belum terkirim masih ada di "
            "perangkat ini dan dapat disalin."
        ),
        "copy_all": _("Salin yang belum terkirim"),
        "copy": _("Salin"),
        "discard": _("Buang"),
        "reload": _("Muat ulang"),
        "closed": _("Penilaian ini sudah dikirim. Isian baru disimpan terpisah."),
        "parked_item": _("Terkirim setelah penilaian dikirim; disimpan terpisah"),
        "leave": _(
            "%(count)s isian belum terkirim. Isian itu tetap ada di perangkat ini, tetapi baru "
            "terkirim setelah Anda masuk lagi di sini. Keluar sekarang?",
            count=count,
        ),
        "leave_lost": _(
            "%(count)s isian belum terkirim dan akan hilang. Keluar sekarang?", count=count
        ),
        "order_offline": _("Urutan lain perlu sambungan. Coba lagi setelah sambungan kembali."),
        "lacking": _("%(count)s butir perlu dilengkapi", count=count),
    }


def _item_words() -> dict[str, str | Mapping[str, str]]:
    item = "%(item)s"
    return {
        "fields": fields(),
        "bases": {kind.value: label for kind, label in basis_kinds().items()},
        "remove_basis": _("Hapus dasar nilai:"),
        "two": _("dua isian berbeda. Pilih salah satu."),
        "stands": _("Berlaku sekarang"),
        "other_entry": _("Isian lain"),
        "nothing": _("belum ada"),
        "use": _("Pakai ini"),
        "merge": _("Gabungkan keduanya"),
        # the sentences of the submission, so that both say the same
        "lack_reason": _("%(item)s dinilai tidak berlaku. Tulis alasannya.", item=item),
        "lack_facts": _(
            "%(item)s dinilai belum. Tulis fakta yang ditemukan atau pilih dasar nilainya.",
            item=item,
        ),
        "lack_citation": _(
            "%(item)s wajib memiliki tautan bukti. Tautkan bukti dukungnya.", item=item
        ),
        "lack_basis": _("%(item)s belum memiliki dasar nilai. Pilih dasar nilainya.", item=item),
    }


def _panel_words(blank: Mapping[str, str]) -> dict[str, str | Mapping[str, str]]:
    count, choice = blank["count"], blank["choice"]
    return {
        "fit": _(
            "Pilih %(count)s butir di bagian ini yang belum punya %(kind)s",
            count=count,
            kind=blank["kind"],
        ),
        "keep": _("Simpan dasar nilai"),
        "keep_many": _("Simpan dasar nilai untuk %(count)s butir", count=count),
        "care": _(
            "Bukti yang sama ditautkan ke %(count)s butir. Hapus centang butir yang tidak "
            "dibuktikannya.",
            count=count,
        ),
        "only_this": _("Hanya butir ini"),
        "untick": _("Hapus semua centang"),
        "draw": _("Ambil acak %(count)s berkas.", count=count),
        "sampled": _(
            "%(hits)s dari %(drawn)s sesuai: usulan nilai %(choice)s.",
            hits=blank["hits"],
            drawn=blank["drawn"],
            choice=choice,
        ),
        "save_with": _("Simpan dan beri nilai %(choice)s", choice=choice),
        "sample": _(
            "%(hits)s dari %(drawn)s berkas sesuai, isi register %(register)s",
            hits=blank["hits"],
            drawn=blank["drawn"],
            register="%(register)s",
        ),
        "sending": _("mengirim"),
        "send_lost": _("belum terkirim. Pilih lagi berkasnya setelah sambungan kembali."),
        "declare": _("Centang dulu pernyataannya, lalu berkas terkirim."),
        "pick_one": _("Pilih paling sedikit satu bukti."),
        "pick_item": _("Pilih paling sedikit satu butir."),
        "say_what": _("Tulis apa yang dilihat."),
        "check_numbers": _(
            "Periksa angkanya: yang sesuai tidak melebihi yang ditelusur, dan yang ditelusur "
            "tidak melebihi isi register."
        ),
        "count_one": _("Isi jumlah orang yang diwawancarai, paling sedikit satu kelompok."),
    }


def end_note(piece: Handed | None, today: date, language: str) -> str:
    """What is said at a citation of a piece that has expired; it lowers no score by itself."""
    if piece is None or piece.valid_until is None or piece.valid_until >= today:
        return ""
    return str(_("habis %(day)s", day=day(piece.valid_until, language)))


def piece_title(piece: Handed | None, evidence_id: str) -> str:
    """What a cited piece is called; the title of one in quarantine is not shown."""
    return evidence_id if piece is None else piece.title or str(_("Bukti dikarantina"))
