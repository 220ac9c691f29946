"""What are the parts of an instrument called in the reader's language?"""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from assessor.instruments.exporting import FileFormat
from assessor.instruments.models import EditionKind
from assessor.instruments.reading import Published
from assessor.ui.current import the_language
from assessor.ui.formats import day
from assessor.ui.parts import Chip, ChipStatus
from checklists.model import AssessmentKind, AuditeeKind, Citation, Critical, Method
from standards.model import Origin


def kinds() -> Mapping[EditionKind, str]:
    """What an edition is of."""
    return {
        EditionKind.checklist: _("Instrumen penilaian"),
        EditionKind.standard: _("Standar"),
    }


def methods() -> Mapping[Method, str]:
    """How an item is checked."""
    return {
        Method.D: _("dokumen"),
        Method.O: _("pengamatan di tempat"),
        Method.W: _("wawancara"),
        Method.R: _("telusur berkas"),
        Method.S: _("simulasi"),
        Method.F: _("foto"),
    }


def origins() -> Mapping[Origin, str]:
    """How we know that a requirement holds."""
    return {
        Origin.stated: _("dinyatakan sumber"),
        Origin.derived: _("diturunkan dari sumber"),
        Origin.comparator: _("pembanding luar negeri"),
        Origin.proposed: _("usulan, tanpa sumber"),
    }


def citations() -> Mapping[Citation, str]:
    """Whether an answer must be linked to evidence."""
    return {
        Citation.required: _("tautan bukti wajib"),
        Citation.optional: _("tautan bukti boleh"),
        Citation.none: _("tanpa tautan bukti"),
    }


def criticals() -> Mapping[Critical, str]:
    """Whether an item decides by itself."""
    return {
        Critical.hard: _("Butir kritis"),
        Critical.soft: _("Butir kritis dengan catatan"),
        Critical.no: "",
    }


def auditees() -> Mapping[AuditeeKind, str]:
    """Who can be judged."""
    return {AuditeeKind.site: _("lembaga"), AuditeeKind.unit: _("unit IBM")}


def rounds() -> Mapping[AssessmentKind, str]:
    """Which rounds of judging there are."""
    return {
        AssessmentKind.self: _("penilaian mandiri"),
        AssessmentKind.baseline: _("penilaian awal"),
        AssessmentKind.evaluation: _("evaluasi pemenuhan"),
        AssessmentKind.follow_up: _("penilaian ulang terbatas"),
        AssessmentKind.periodic: _("pemantauan berkala"),
    }


def downloads() -> Mapping[FileFormat, tuple[str, str]]:
    """What an edition can be fetched as, and what for."""
    return {
        FileFormat.xlsx: (
            _("Lembar isian (XLSX)"),
            _("Untuk dicetak dan diisi dengan tangan, atau diisi di komputer."),
        ),
        FileFormat.csv: (_("Daftar butir (CSV)"), _("Satu tabel untuk diolah lebih lanjut.")),
        FileFormat.xlsform: (
            _("Formulir lapangan (XLSForm)"),
            _("Untuk ODK atau KoboToolbox, dalam kedua bahasa."),
        ),
        FileFormat.yaml: (
            _("Berkas sumber (YAML)"),
            _("Isi lengkap edisi ini, dapat dibaca kembali tanpa perubahan."),
        ),
        FileFormat.oscal: (
            _("Katalog OSCAL (JSON)"),
            _("Untuk perangkat lunak kepatuhan lain."),
        ),
    }


def status_chip(published: Published, today: date) -> Chip:
    """Whether a decree puts an edition in force; what is fictitious says so."""
    decree = published.in_force(today)
    if decree is None:
        return Chip(ChipStatus.warn, _("Instrumen kerja, belum disahkan"))
    if decree.fictitious:
        return Chip(ChipStatus.info, _("Disahkan dengan keputusan fiktif (data contoh)"))
    return Chip(ChipStatus.ok, _("Disahkan"))


def status_detail(published: Published, today: date) -> str:
    """The decree in words, or what is still to come."""
    language = the_language()
    decree = published.in_force(today)
    coming = published.coming(today)
    words = []
    if decree is not None:
        words.append(
            _(
                "%(number)s, berlaku sejak %(day)s",
                number=decree.number,
                day=day(decree.effective_on, language),
            )
        )
    if coming is not None:
        words.append(
            _(
                "%(number)s mulai berlaku %(day)s",
                number=coming.number,
                day=day(coming.effective_on, language),
            )
        )
    return "; ".join(words)
