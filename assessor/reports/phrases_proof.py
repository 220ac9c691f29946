"""What does the report say about what follows and what proves it? Name → (id, en)."""

from collections.abc import Mapping

AFTER: Mapping[str, tuple[str, str]] = {
    "findings": ("Temuan dan saran perbaikan", "Findings and suggestions"),
    "no_findings": ("Tidak ada temuan.", "There are no findings."),
    "due": ("tenggat %(date)s", "due %(date)s"),
    "no_due": ("tanpa tenggat", "no due date"),
    "answered": ("Tanggapan %(who)s, %(at)s", "Answer of %(who)s, %(at)s"),
    "not_answered": (
        "Belum ada tanggapan %(who)s saat dikunci.",
        "There was no answer of %(who)s yet when this was sealed.",
    ),
    "findings_counts": (
        "%(major)s mayor, %(minor)s minor, %(suggestion)s saran perbaikan.",
        "%(major)s major, %(minor)s minor, %(suggestion)s suggestions.",
    ),
    "evidence": ("Lampiran bukti dukung", "Annex of evidence"),
    "evidence_lead": (
        "Gambar kecil hanya untuk mengenali. Yang mengikat adalah sidik SHA-256 berkas asli, yang"
        " disimpan di sistem dan tidak pernah diubah.",
        "The small pictures serve recognition only. What binds is the SHA-256 digest of the "
        "original file, which is kept in the system and never changed.",
    ),
    "no_evidence": (
        "Tidak ada bukti dukung berupa berkas.",
        "No files were handed in as evidence.",
    ),
    "evidence_kind_document": ("dokumen", "document"),
    "evidence_kind_photo": ("foto", "photo"),
    "stands_for": ("per %(date)s", "as of %(date)s"),
    "no_date": ("tanpa tanggal", "no date"),
    "cited_by": ("Butir %(items)s", "Items %(items)s"),
    "no_picture": ("tanpa gambar", "no picture"),
    "people": ("Tim, pengesahan, dan pengecualian", "Team, sign-offs and exceptions"),
    "team": ("Tim penilai", "Team"),
    "no_team": (
        "%(who)s menilai dirinya sendiri; tidak ada tim penilai.",
        "%(who)s assessed itself; there is no team.",
    ),
    "name": ("Nama", "Name"),
    "role": ("Peran", "Role"),
    "team_office": ("Kantor", "Office"),
    "sign_offs": ("Pengesahan", "Sign-offs"),
    "sign_offs_lead": (
        "Setiap pengesahan dibuat di sistem setelah kata sandi atau kode dimasukkan lagi, atas "
        "isi yang tampil di layar saat itu. Sidik di bawahnya adalah sidik isi itu.",
        "Each sign-off was made in the system with the password or code entered again, on what "
        "was on the screen at that moment. The digest below it is that of the content shown.",
    ),
    "no_sign_offs": ("Tidak ada pengesahan yang dicatat.", "No sign-offs were recorded."),
    "meaning": ("Menyatakan", "Stating"),
    "when": ("Waktu", "Time"),
    "exemptions": ("Pengecualian dari aturan independensi", "Exceptions from independence"),
    "no_exemptions": (
        "Tidak ada pengecualian: semua aturan independensi dipenuhi.",
        "There are no exceptions: all rules of independence were kept.",
    ),
    "exemption": (
        "%(person)s, diizinkan oleh %(granted_by)s.",
        "%(person)s, granted by %(granted_by)s.",
    ),
}

INTEGRITY: Mapping[str, tuple[str, str]] = {
    "integrity": ("Keaslian dan keutuhan", "Authenticity and integrity"),
    "integrity_lead": (
        "Halaman ini membantu siapa pun memastikan bahwa laporan ini asli dan isinya tidak "
        "berubah sejak dikunci.",
        "This page lets anybody make sure that this report is genuine and unchanged since it was "
        "sealed.",
    ),
    "root": ("Akar isi yang dikunci", "Root of the sealed content"),
    "root_means": (
        "Sidik SHA-256 dari seluruh isi penilaian. Satu huruf saja berubah, akar ini berubah.",
        "The SHA-256 root over the whole content of the assessment. A single changed letter "
        "changes it.",
    ),
    "checkpoint": ("Titik periksa jurnal", "Checkpoint of the journal"),
    "checkpoint_means": (
        "Jurnal mencatat setiap tindakan dalam satu rantai. Titik periksa ini ditandatangani dan "
        "menyatakan sampai di mana rantai itu ketika laporan ini diterbitkan; salinannya pada "
        "kertas ini menjadi saksi di luar sistem.",
        "The journal records every act in one chain. This checkpoint is signed and states where "
        "the chain ended when this report was issued; the copy on this paper is a witness outside"
        " the system.",
    ),
    "checkpoint_seq": ("Nomor entri", "Entry"),
    "checkpoint_head": ("Ujung rantai", "Head of the chain"),
    "checkpoint_root": ("Akar jurnal", "Root of the journal"),
    "checkpoint_at": ("Waktu", "Time"),
    "checkpoint_key": ("Kunci tanda tangan", "Signing key"),
    "checkpoint_signature": ("Tanda tangan Ed25519", "Ed25519 signature"),
    "fingerprint": ("Sidik instrumen", "Fingerprint of the instrument"),
    "how": ("Cara memeriksa", "How to check"),
    "how_code": (
        "Pindai kode QR, atau buka %(url)s. Cocokkan nama, jenis, tanggal, dan akar isi dengan "
        "yang tercetak di sini.",
        "Scan the QR code, or open %(url)s. Compare name, kind, date and root with what is "
        "printed here.",
    ),
    "how_file": (
        "Kode saja dapat disalin ke kertas lain. Untuk memastikan isi, unggah berkas PDF ini di "
        "halaman yang sama: sistem membandingkan berkas itu dengan yang diterbitkan, bita demi "
        "bita.",
        "A code alone can be copied onto other paper. To make sure of the content, upload this "
        "PDF on the same page: the system compares it with what was issued, byte for byte.",
    ),
    "how_signature": (
        "Tanda tangan elektronik yang dibubuhkan kemudian menambah isi berkas; bagian asli tetap "
        "dikenali.",
        "An electronic signature added later extends the file; the original part is still "
        "recognised.",
    ),
    "how_journal": (
        "Kantor yang menyimpan titik periksa dapat menguji seluruh jurnal terhadapnya.",
        "An office that keeps the checkpoint can test the whole journal against it.",
    ),
}
