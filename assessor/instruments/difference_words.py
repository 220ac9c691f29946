"""What are the differences between two editions called, and what do they mean for answers?

Plain tables in both languages: the page says them in the reader's, the command line in Indonesian.
"""

from collections.abc import Mapping

from checklists.differences import Effect, What
from standards.model import Text

EFFECTS: Mapping[Effect, Text] = {
    Effect.void: Text("Jawaban lama tidak dapat dipakai", "Old answers cannot be used"),
    Effect.ask: Text("Perlu dijawab lagi", "Needs an answer"),
    Effect.recount: Text(
        "Jawaban tetap, hasil dapat berubah", "Answers stay, the result may change"
    ),
    Effect.stands: Text("Jawaban dan hasil tetap", "Answers and result stay"),
}
EFFECT_REASONS: Mapping[Effect, Text] = {
    Effect.void: Text(
        "Yang dahulu dijawab sekarang berbunyi lain atau tidak ada lagi.",
        "What was answered now reads differently or is gone.",
    ),
    Effect.ask: Text(
        "Edisi baru menanyakan sesuatu yang mungkin belum pernah dijawab.",
        "The new edition asks for something that may never have been answered.",
    ),
    Effect.recount: Text(
        "Jawaban masih berlaku, tetapi jumlah atau keputusannya dapat menjadi lain.",
        "The answers hold, but the total or the decision may come out otherwise.",
    ),
    Effect.stands: Text(
        "Perubahan ini tidak menyentuh jawaban dan hasil.",
        "This change touches neither answers nor result.",
    ),
}
SUMMARIES: Mapping[Effect, Text] = {
    Effect.void: Text(
        "Kedua edisi tidak cocok: sebagian jawaban lama tidak dapat dipakai pada edisi baru.",
        "The two editions do not fit: some old answers cannot be used with the new one.",
    ),
    Effect.ask: Text(
        "Jawaban lama dapat dipakai, tetapi ada yang perlu dijawab lagi pada edisi baru.",
        "Old answers can be used, but the new edition needs some more.",
    ),
    Effect.recount: Text(
        "Semua jawaban lama dapat dipakai; hasilnya perlu dihitung lagi.",
        "All old answers can be used; the result has to be computed again.",
    ),
    Effect.stands: Text(
        "Semua jawaban lama dan hasilnya tetap.", "All old answers and their results stay."
    ),
}
WHATS: Mapping[What, Text] = {
    What.added: Text("Ditambahkan", "Added"),
    What.removed: Text("Dihapus", "Removed"),
    What.wording: Text("Bunyi persyaratan", "Wording of the requirement"),
    What.question: Text("Pertanyaan", "Question"),
    What.guidance: Text("Panduan", "Guidance"),
    What.evidence: Text("Contoh bukti", "Examples of evidence"),
    What.requirement: Text("Persyaratan yang dinilai", "Requirement that is judged"),
    What.applicability: Text("Keberlakuan", "Applicability"),
    What.section: Text("Bagian", "Section"),
    What.order: Text("Urutan", "Order"),
    What.methods: Text("Cara memeriksa", "Methods"),
    What.citation: Text("Tautan bukti", "Link to evidence (citation)"),
    What.critical: Text("Butir kritis", "Critical item"),
    What.weight: Text("Bobot", "Weight"),
    What.effort: Text("Upaya", "Effort"),
    What.origin: Text("Asal", "Origin"),
    What.sources: Text("Sumber", "Sources"),
    What.clause: Text("Pasal resmi", "Official clause"),
    What.heading: Text("Judul", "Title"),
    What.note: Text("Keterangan", "Note"),
    What.scale: Text("Skala", "Scale"),
    What.met_from: Text("Batas terpenuhi", "From where on an item is met"),
    What.thresholds: Text("Ambang", "Thresholds"),
    What.findings: Text("Kelas temuan", "Classes of findings"),
    What.levels: Text("Tingkat", "Levels"),
    What.sample: Text("Aturan sampel", "Rule for samples"),
    What.days: Text("Tenggat", "Days"),
    What.used_for: Text("Dipakai untuk", "Used for"),
    What.rule: Text("Aturan memilih butir", "Rule that selects items"),
    What.structure: Text(
        "Daftar aspek, bagian, label, atau sumber", "List of aspects, sections, tags or sources"
    ),
}
EMPTY = Text("tidak ada", "none")
EDITION = Text("Seluruh edisi", "The whole edition")
