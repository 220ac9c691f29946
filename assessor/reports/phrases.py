"""What does the report say in its own words, in Indonesian and in English?

One table: name → (Indonesian, English). A test holds both languages to the same values and the
report to the names. What people wrote is never here.
"""

from collections.abc import Mapping

from assessor.reports.phrases_judged import COVER, ITEMS, SUMMARY
from assessor.reports.phrases_proof import AFTER, INTEGRITY
from assessor.reports.phrases_sample import SAMPLE
from assessor.reports.phrases_visit import MINUTES, VISIT

LANGUAGES = ("id", "en")

FRAME: Mapping[str, tuple[str, str]] = {
    "report": ("Laporan penilaian", "Assessment report"),
    "subject": (
        "Laporan hasil penilaian menurut %(standard)s",
        "Assessment report against %(standard)s",
    ),
    "page": ("halaman %(page)s dari", "page %(page)s of"),
    "code": ("Kode %(code)s", "Code %(code)s"),
    "check_here": ("Periksa keaslian laporan ini:", "Check that this report is genuine:"),
    "demo": ("DATA CONTOH", "SAMPLE DATA"),
    "made_with": (
        "Dibuat dengan Asesor 8807 versi %(version)s",
        "Made with Asesor 8807 %(version)s",
    ),
    "unprintable": (
        "[isi tidak dapat dicetak, lihat sistem]",
        "[content cannot be printed, see the system]",
    ),
    "none": ("–", "–"),
}

PHRASES: Mapping[str, tuple[str, str]] = {
    **FRAME,
    **COVER,
    **SUMMARY,
    **ITEMS,
    **SAMPLE,
    **AFTER,
    **INTEGRITY,
    **VISIT,
    **MINUTES,
}


def phrase(name: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """A phrase in a language with its values. Raises KeyError for a name that is not here."""
    text = PHRASES[name][LANGUAGES.index(language)]
    return text % values if values else text
