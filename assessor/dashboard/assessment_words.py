"""What are the rounds and states of an assessment called in the interface?"""

from flask_babel import gettext as _

from assessor.assessments.models import Kind, Status
from assessor.ui.parts import Chip, ChipStatus


def kind_name(kind: Kind) -> str:
    """Which round it is."""
    names: dict[Kind, str] = {
        Kind.self: _("Penilaian mandiri"),
        Kind.baseline: _("Penilaian awal"),
        Kind.evaluation: _("Evaluasi pemenuhan"),
        Kind.follow_up: _("Penilaian ulang terbatas"),
        Kind.periodic: _("Pemantauan berkala"),
    }
    return names[kind]


def status_chip(status: Status) -> Chip:
    """How far it is."""
    return {
        Status.draft: Chip(ChipStatus.neutral, _("Baru dibuka")),
        Status.in_progress: Chip(ChipStatus.progress, _("Sedang diisi")),
        Status.submitted: Chip(ChipStatus.info, _("Menunggu verifikasi")),
        Status.returned: Chip(ChipStatus.warn, _("Dikembalikan")),
        Status.sealed: Chip(ChipStatus.sealed, _("Dikunci")),
        Status.revised: Chip(ChipStatus.neutral, _("Diganti revisi")),
        Status.cancelled: Chip(ChipStatus.neutral, _("Dibatalkan")),
    }[status]


def outcome_name(outcome: str) -> str:
    """What a decision says, by its code in the sealed document."""
    names: dict[str, str] = {
        "memenuhi": _("Memenuhi"),
        "memenuhi_dengan_catatan": _("Memenuhi dengan catatan"),
        "belum_memenuhi": _("Belum memenuhi"),
        "sementara": _("Sementara"),
        "belum_lengkap": _("Belum lengkap"),
    }
    return names.get(outcome, outcome)
