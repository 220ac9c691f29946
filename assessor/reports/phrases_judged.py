"""What does the report say about what was judged? Cover, summary and items: name → (id, en)."""

from collections.abc import Mapping

COVER: Mapping[str, tuple[str, str]] = {
    "decision": ("Keputusan", "Decision"),
    "decision_self": ("Hasil menurut %(who)s sendiri", "Result as %(who)s sees it"),
    "monitoring": ("Hasil pemantauan", "Result of the monitoring"),
    "unmet_note": ("dari %(asked)s butir tidak terpenuhi", "of %(asked)s items are not met"),
    "share_note": ("%(n)s dari %(d)s poin", "%(n)s of %(d)s points"),
    "number": ("Nomor", "Reference"),
    "revision": ("Revisi", "Revision"),
    "revision_value": (
        "ke-%(revision)s, menggantikan %(revises)s",
        "no. %(revision)s, replaces %(revises)s",
    ),
    "revision_reason": ("Alasan revisi", "Reason of the revision"),
    "objection": ("Keberatan", "Objection"),
    "objection_value": (
        "ke-%(number)s atas %(reference)s, diajukan %(filed)s (%(items)s); diputus %(when)s oleh "
        "%(who)s, yang tidak ikut dalam penilaian: hasil direvisi",
        "no. %(number)s against %(reference)s, filed %(filed)s (%(items)s); decided %(when)s by "
        "%(who)s, who had no part in the assessment: the result is revised",
    ),
    "who_site": ("lembaga", "the institution"),
    "who_unit": ("unit", "the unit"),
    "auditee_site": ("Lembaga", "Institution"),
    "auditee_unit": ("Unit IBM", "Community unit"),
    "entity": ("Badan", "Legal entity"),
    "address": ("Alamat", "Address"),
    "office": ("Kantor pembina", "Responsible office"),
    "kind_mode": ("Jenis dan cara", "Kind and mode"),
    "visited": ("Tanggal kunjungan", "Date of visit"),
    "submitted": ("Dikirim", "Submitted"),
    "sealed": ("Dikunci", "Sealed"),
    "instrument": ("Instrumen", "Instrument"),
    "instrument_value": (
        "%(title)s, edisi %(edition)s (standar %(standard)s edisi %(standard_edition)s)",
        "%(title)s, edition %(edition)s (standard %(standard)s, edition %(standard_edition)s)",
    ),
    "status": ("Status instrumen", "Status of the instrument"),
    "approved_value": (
        "Disahkan dengan %(decree)s, berlaku sejak %(effective)s",
        "Approved by %(decree)s, in force since %(effective)s",
    ),
    "working_means": (
        "Skala, ambang, dan butir kritis instrumen ini masih usulan. Hasilnya dipakai untuk "
        "membina, bukan untuk merekomendasikan.",
        "The scale, the thresholds and the critical items are still proposals. The result serves "
        "coaching, not recommendation.",
    ),
    "fictitious_means": (
        "Keputusan pengesahan yang disebut di sini rekaan, untuk data contoh saja.",
        "The decree named here is fictitious, for sample data only.",
    ),
    "demo_means": (
        "Semua nama orang, lembaga, dan angka di laporan ini rekaan.",
        "All names of people and institutions and all figures in this report are made up.",
    ),
    "no_certificate": (
        "Laporan ini bukan sertifikat. Sertifikat diterbitkan oleh lembaga penilaian kesesuaian "
        "(LPK).",
        "This report is not a certificate. Certificates are issued by conformity assessment "
        "bodies.",
    ),
    "standard_means": (
        "Butir penilaian disusun dari sumber terbuka dan bukan naskah resmi SNI 8807:2022.",
        "The items are compiled from open sources; they are not the official text of SNI "
        "8807:2022.",
    ),
}

SUMMARY: Mapping[str, tuple[str, str]] = {
    "summary": ("Ringkasan hasil", "Summary of results"),
    "counts": (
        "%(applicable)s butir berlaku: %(scored)s dinilai, %(not_applicable)s tidak berlaku (TB),"
        " %(not_assessed)s belum dinilai (BD).",
        "%(applicable)s items apply: %(scored)s scored, %(not_applicable)s not applicable (TB), "
        "%(not_assessed)s not assessed (BD).",
    ),
    "counts_part": (
        "%(applicable)s butir ditanyakan: %(scored)s dinilai, %(not_applicable)s tidak berlaku "
        "(TB), %(not_assessed)s belum dinilai (BD).",
        "%(applicable)s items were asked: %(scored)s scored, %(not_applicable)s not applicable "
        "(TB), %(not_assessed)s not assessed (BD).",
    ),
    "scope": (
        "Penilaian ini menilai ulang %(asked)s dari %(applicable)s butir. Nilai butir lain dibawa"
        " dari penilaian yang diikutinya.",
        "This assessment judged %(asked)s of %(applicable)s items again. The other scores are "
        "carried over from the assessment it follows.",
    ),
    "chart_part": (
        "Nilai per aspek, dari butir yang ditanyakan",
        "Score of each aspect, of the items that were asked",
    ),
    "found": ("Yang perlu ditindaklanjuti", "What calls for action"),
    "found_lead": (
        "Pemantauan ini tidak memutuskan apakah standar terpenuhi. Yang tidak terpenuhi:",
        "This monitoring does not decide whether the standard is met. Not met:",
    ),
    "nothing_found": (
        "Semua butir yang ditanyakan terpenuhi.",
        "All items that were asked are met.",
    ),
    "corrected": (
        "%(count)s nilai dikoreksi di luar tim; nilai tim tercetak di sampingnya.",
        "%(count)s scores were corrected from outside the team; the team's own stand beside them.",
    ),
    "waiting": ("Yang masih ditunggu", "What is still to come"),
    "chart": ("Nilai per aspek terhadap ambang", "Score of each aspect against its threshold"),
    "figures": ("Angka per aspek", "Figures by aspect"),
    "aspect": ("Aspek", "Aspect"),
    "points": ("Poin", "Points"),
    "share": ("Persen", "Percent"),
    "threshold": ("Ambang", "Threshold"),
    "total": ("Jumlah", "Total"),
    "below": ("di bawah ambang %(threshold)s", "below the threshold of %(threshold)s"),
    "n_of_d": ("%(n)s dari %(d)s", "%(n)s of %(d)s"),
    "not_judged": ("tidak ada butir yang dinilai", "no item was judged"),
    "compared_with": (
        "%(label)s: %(reference)s, dikunci %(sealed)s",
        "%(label)s: %(reference)s, sealed %(sealed)s",
    ),
    "nothing_compared": (
        "Tidak ada penilaian mandiri atau penilaian awal yang dikunci untuk dibandingkan.",
        "There is no sealed self-assessment or baseline assessment to compare with.",
    ),
    "adding_up": (
        "Nilai dijumlahkan sebagai pembilang dan penyebut; rata-rata tidak dirata-ratakan. Butir "
        "TB keluar dari penyebut, butir BD tetap di dalamnya.",
        "Scores are added up as numerators and denominators; averages are never averaged. TB "
        "leaves the denominator, BD stays in it.",
    ),
    "reasons": ("Semua sebab keputusan", "Every reason for the decision"),
    "no_reasons": (
        "Tidak ada sebab yang menghalangi: semua ambang dan semua butir kritis terpenuhi.",
        "Nothing stands in the way: all thresholds and all critical items are met.",
    ),
    "leads_to": ("%(outcome)s karena:", "%(outcome)s because:"),
    "outside_values": ("Nilai luar, tidak ikut dihitung", "Values from outside, not computed with"),
    "outside_value": (
        "%(label)s, %(year)s: %(value)s. Sumber: %(source)s.",
        "%(label)s, %(year)s: %(value)s. Source: %(source)s.",
    ),
    "outside_scale": (" Skala: %(scale)s.", " Scale: %(scale)s."),
}

ITEMS: Mapping[str, tuple[str, str]] = {
    "items": ("Hasil per butir", "Results item by item"),
    "items_lead": ("Cara memeriksa: %(methods)s.", "How it was checked: %(methods)s."),
    "section": ("%(section)s. %(title)s", "%(section)s. %(title)s"),
    "correction": ("Koreksi", "Correction"),
    "correction_value": (
        "nilai tim %(before)s, nilai yang berlaku %(after)s. %(reason)s (%(by)s, %(role)s, "
        "%(when)s)",
        "the team's score %(before)s, the score that counts %(after)s. %(reason)s (%(by)s, "
        "%(role)s, %(when)s)",
    ),
    "basis": ("Dasar nilai", "Basis"),
    "no_basis": ("tidak ada dasar yang dicatat", "no basis was recorded"),
    "reason": ("Alasan TB", "Reason for TB"),
    "reason_other": ("Alasan", "Reason"),
    "facts": ("Fakta", "Facts"),
    "recommendation": ("Saran", "Advice"),
    "earlier": ("Sebelumnya", "Earlier"),
    "expired": ("Izin habis", "Expired permit"),
    "expired_permit": (
        "%(permit)s nomor %(number)s habis %(end)s, sebelum %(day)s. Petunjuk saja; nilai tidak "
        "berubah karenanya.",
        "%(permit)s number %(number)s expired on %(end)s, before %(day)s. A hint only; no score "
        "changes by it.",
    ),
    "earlier_value": ("%(label)s %(choice)s", "%(label)s %(choice)s"),
    "basis_evidence": ("bukti dukung %(numbers)s", "evidence %(numbers)s"),
    "basis_sighted": (
        "dilihat di tempat, tidak disalin: %(what)s",
        "sighted, not copied: %(what)s",
    ),
    "basis_sample": (
        "telusur berkas: %(drawn)s diambil dari %(register)s, %(hits)s sesuai",
        "record sample: %(drawn)s drawn from %(register)s, %(hits)s conform",
    ),
    "people_klien": ("klien", "clients"),
    "people_petugas": ("petugas", "staff"),
    "people_pimpinan": ("pimpinan", "managers"),
    "people_keluarga": ("keluarga", "relatives"),
    "people_agen": ("agen pemulihan", "recovery agents"),
    "people_mitra": ("mitra kerja", "partner organisations"),
    "people_warga": ("warga", "residents"),
    "basis_interviews": ("wawancara: %(kinds)s", "interviews: %(kinds)s"),
    "evidence_mark": ("B-%(number)s", "B-%(number)s"),
}
