"""What is each act of the journal called? A test holds the table to the acts there are."""

from collections.abc import Mapping

from assessor.accounts.acts import ACCOUNT_ACTS
from assessor.sentences import Sentence

ACTS: Mapping[str, Sentence] = {
    **ACCOUNT_ACTS,
    "assessments.cancelled": Sentence("Penilaian dibatalkan"),
    "assessments.entry_recorded": Sentence("Isian dicatat"),
    "assessments.finding_answered": Sentence("Temuan dijawab"),
    "assessments.finding_edited": Sentence("Temuan disunting"),
    "assessments.item_corrected": Sentence("Nilai butir dikoreksi"),
    "assessments.item_remarked": Sentence("Butir diberi catatan"),
    "assessments.items_seen": Sentence("Butir dilihat"),
    "assessments.opened": Sentence("Penilaian dibuka"),
    "assessments.returned": Sentence("Penilaian dikembalikan"),
    "assessments.revision_opened": Sentence("Revisi dibuka atau diberlakukan"),
    "assessments.sealed": Sentence("Penilaian dikunci"),
    "assessments.submitted": Sentence("Penilaian dikirim"),
    "assessments.checked": Sentence("Penilaian diperiksa"),
    "assessments.visit_declared": Sentence("Tanggal kunjungan dicatat"),
    "auditee.entity_registered": Sentence("Badan didaftarkan"),
    "auditee.handed_over": Sentence("Penanggung jawab dialihkan"),
    "auditee.registered": Sentence("Lembaga atau unit didaftarkan"),
    "auditee.tags_changed": Sentence("Ciri lembaga diubah"),
    "demo.loaded": Sentence("Data contoh dimuat"),
    "evidence.access_checkpointed": Sentence("Catatan pembacaan bukti dikukuhkan"),
    "evidence.handed_in": Sentence("Bukti diserahkan"),
    "evidence.withdrawn": Sentence("Bukti ditarik"),
    "instruments.edition_approved": Sentence("Edisi instrumen disahkan"),
    "instruments.edition_published": Sentence("Edisi instrumen diterbitkan"),
    "journal.words_erased": Sentence("Kata-kata dihapus menurut hukum"),
    "office.changed": Sentence("Data kantor diubah"),
    "office.closed": Sentence("Kantor ditutup"),
    "office.moved": Sentence("Kantor dipindahkan"),
    "office.opened": Sentence("Kantor dibuka"),
    "office.reopened": Sentence("Kantor dibuka lagi"),
    "office.service_begun": Sentence("Wilayah layanan dimulai"),
    "office.service_ended": Sentence("Wilayah layanan diakhiri"),
    "reports.issued": Sentence("Laporan diterbitkan"),
    "urgent.decided": Sentence("Laporan segera diputus"),
    "urgent.hold_lifted": Sentence("Penangguhan diakhiri lebih awal"),
    "urgent.noted": Sentence("Laporan segera diberi catatan"),
    "urgent.reported": Sentence("Laporan segera dibuat"),
    "territories.loaded": Sentence("Data wilayah dimuat"),
}
