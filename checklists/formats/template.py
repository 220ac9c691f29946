"""Which sheets and columns has the workbook in which an instrument is written, and read back?

Row 1 holds the keys by which columns are known when it is read; row 2 says in words what they are;
what is written begins in row 3. Keys with a dot belong to a text in both languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.item import Citation, Critical, Method
from checklists.model import AssessmentKind, AuditeeKind, FindingCause, FindingClass
from standards.model import Origin, SourceKind, Text

FIRST_ROW = 3
MOST_EVIDENCE = 4


@dataclass(frozen=True)
class Column:
    """A column: the key it is read by, its words, its width, and what may stand in it."""

    key: str
    label: Text
    width: int = 18
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A sheet of the workbook."""

    name: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the keys of the columns in order."""
        return tuple(column.key for column in self.columns)


def _both(key: str, label: Text, width: int = 40) -> tuple[Column, Column]:
    return (
        Column(f"{key}.id", Text(f"{label.id} (Indonesia)", f"{label.en} (Indonesian)"), width),
        Column(f"{key}.en", Text(f"{label.id} (Inggris)", f"{label.en} (English)"), width),
    )


_TITLE = Text("Judul", "Title")
_LABEL = Text("Nama", "Label")

HEAD = Plan(
    "Instrumen",
    (
        Column("key", Text("Kunci", "Key"), 24),
        Column("value", Text("Isi", "Value"), 80),
        Column("words", Text("Keterangan", "What it is"), 60),
    ),
)
SCALE = Plan(
    "Skala",
    (
        Column("choice", Text("Kode pilihan", "Code of the choice"), 14),
        Column("points", Text("Nilai", "Points"), 10),
        *_both("label", _LABEL, 24),
        *_both("meaning", Text("Arti", "Meaning"), 50),
        Column("sample_from", Text("Dari bagian sampel", "From this share of a sample"), 20),
    ),
)
FINDINGS = Plan(
    "Temuan",
    (
        Column("when", Text("Bila", "When"), 26, tuple(FindingCause)),
        Column("class", Text("Kelas temuan", "Class of finding"), 18, tuple(FindingClass)),
    ),
)
LEVELS = Plan(
    "Tingkat",
    (
        Column("level", Text("Kode tingkat", "Code of the level")),
        Column("from", Text("Dari bagian", "From this share"), 16),
        *_both("label", _LABEL, 30),
    ),
)
TAGS = Plan(
    "Label", (Column("tag", Text("Kode label", "Code of the tag")), *_both("label", _LABEL))
)
ASPECTS = Plan(
    "Aspek", (Column("aspect", Text("Kode aspek", "Code of the aspect")), *_both("title", _TITLE))
)
SECTIONS = Plan(
    "Bagian",
    (
        Column("section", Text("Kode bagian", "Code of the section")),
        Column("aspect", Text("Kode aspek", "Code of the aspect")),
        *_both("title", _TITLE),
    ),
)
SOURCES = Plan(
    "Sumber",
    (
        Column("source", Text("Kode sumber", "Code of the source"), 14),
        Column("title", _TITLE, 60),
        Column("kind", Text("Jenis", "Kind"), 14, tuple(SourceKind)),
        Column("url", Text("Alamat", "Address"), 40),
    ),
)
# what of a row belongs to the requirement; a second item of it leaves these columns empty
REQUIREMENT_KEYS = (
    "section",
    "text.id",
    "text.en",
    "good.id",
    "good.en",
    "how.id",
    "how.en",
    *(
        f"evidence{number}.{tongue}"
        for number in range(1, 1 + MOST_EVIDENCE)
        for tongue in ("id", "en")
    ),
    "applies",
    "origin",
    "sources",
    "clause",
)
ITEM_KEYS = ("ask.id", "ask.en", "methods", "citation", "critical", "weight", "effort")
ITEMS = Plan(
    "Butir",
    (
        Column("item", Text("Kode butir", "Code of the item"), 14),
        Column(
            "requirement",
            Text("Kode persyaratan bila lain", "Code of the requirement if another"),
            14,
        ),
        Column("section", Text("Bagian", "Section"), 10),
        *_both("text", Text("Persyaratan", "Requirement"), 50),
        *_both("ask", Text("Pertanyaan bagi yang dinilai", "Question for the auditee"), 50),
        *_both("good", Text("Seperti apa yang baik", "What good looks like"), 50),
        *_both("how", Text("Cara mencapainya", "How to get there"), 50),
        *(
            column
            for number in range(1, 1 + MOST_EVIDENCE)
            for column in _both(
                f"evidence{number}",
                Text(f"Contoh bukti dukung {number}", f"Example of evidence {number}"),
                30,
            )
        ),
        Column("methods", Text("Cara memeriksa (D O W R S F)", "Methods (D O W R S F)"), 14),
        Column("citation", Text("Tautan bukti", "Citation"), 12, tuple(Citation)),
        Column("critical", Text("Kritis", "Critical"), 10, tuple(Critical)),
        Column("weight", Text("Bobot", "Weight"), 8),
        Column("effort", Text("Upaya (1–5)", "Effort (1–5)"), 8),
        Column("applies", Text("Berlaku untuk", "Applies to"), 30),
        Column("origin", Text("Asal", "Origin"), 12, tuple(Origin)),
        Column("sources", Text("Kode sumber", "Codes of sources"), 16),
        Column("clause", Text("Pasal resmi", "Official clause"), 12),
    ),
)
PLANS = (HEAD, ITEMS, SCALE, FINDINGS, LEVELS, ASPECTS, SECTIONS, TAGS, SOURCES)

# what stands under each other on the first sheet
HEAD_KEYS: Mapping[str, Text] = {
    "standard": Text("Kode standar: huruf kecil, angka, tanda hubung", "Code of the standard"),
    "standard_edition": Text("Edisi standar", "Edition of the standard"),
    "standard_title.id": Text("Judul standar (Indonesia)", "Title of the standard (Indonesian)"),
    "standard_title.en": Text("Judul standar (Inggris)", "Title of the standard (English)"),
    "about.id": Text("Tentang standar (Indonesia)", "About the standard (Indonesian)"),
    "about.en": Text("Tentang standar (Inggris)", "About the standard (English)"),
    "checklist": Text("Kode instrumen: huruf kecil, angka, tanda hubung", "Code of the checklist"),
    "edition": Text("Edisi instrumen", "Edition of the checklist"),
    "title.id": Text("Judul instrumen (Indonesia)", "Title of the checklist (Indonesian)"),
    "title.en": Text("Judul instrumen (Inggris)", "Title of the checklist (English)"),
    "note.id": Text("Catatan instrumen (Indonesia)", "Note of the checklist (Indonesian)"),
    "note.en": Text("Catatan instrumen (Inggris)", "Note of the checklist (English)"),
    "auditees": Text(
        "Yang dinilai: " + " ".join(AuditeeKind), "Who is judged: " + " ".join(AuditeeKind)
    ),
    "kinds": Text(
        "Dipakai dalam: " + " ".join(AssessmentKind), "Used in: " + " ".join(AssessmentKind)
    ),
    "met_from": Text("Terpenuhi mulai dari pilihan", "Met from this choice on"),
    "thresholds.total": Text("Ambang total, misalnya 80/100", "Threshold of the total"),
    "thresholds.aspect": Text("Ambang setiap aspek", "Threshold of each aspect"),
    "thresholds.not_applicable": Text("TB paling banyak", "Most that is not applicable"),
    "days.self_assessment": Text("Hari untuk penilaian mandiri", "Days for a self-assessment"),
    "days.major": Text("Hari untuk temuan mayor", "Days for a major finding"),
    "days.minor": Text("Hari untuk temuan minor", "Days for a minor finding"),
    "days.soft_critical": Text("Hari untuk butir kritis lunak", "Days for a soft critical item"),
    "days.on_site": Text("Hari berlakunya pengamatan", "Days that an observation stays good"),
    "sample.all_up_to": Text("Sampel: semua bila paling banyak", "Sample: all if at most"),
    "sample.middle.up_to": Text("Sampel: tengah sampai", "Sample: the middle up to"),
    "sample.middle.draw": Text("Sampel: dari tengah diambil", "Sample: drawn of the middle"),
    "sample.above": Text("Sampel: di atasnya diambil", "Sample: drawn above"),
    "work_order": Text("Urutan kerja: " + " ".join(Method), "Order of work: " + " ".join(Method)),
}
LISTS = frozenset({"auditees", "kinds", "work_order"})
