"""What do reports and minutes say of the visit: letter, meetings, closing? Name → (id, en)."""

from collections.abc import Mapping

VISIT: Mapping[str, tuple[str, str]] = {
    "visit": ("Kunjungan dan penutupan", "Visit and closing"),
    "letter": ("Surat tugas", "Letter of assignment"),
    "letter_value": (
        "%(number)s, %(date)s, diterbitkan %(office)s",
        "%(number)s, %(date)s, issued by %(office)s",
    ),
    "planned": ("Rencana kunjungan", "Planned visit"),
    "planned_value": ("%(first)s sampai %(last)s", "%(first)s to %(last)s"),
    "declarations": (
        "Pernyataan konflik kepentingan",
        "Declarations of conflicts of interest",
    ),
    "declared": ("Menyatakan", "Declared"),
    "excused": ("dikecualikan: %(reason)s", "excused: %(reason)s"),
    "guests": ("Anggota tamu", "Guest members"),
    "agency": ("Instansi", "Agency"),
    "function": ("Tugas atau jabatan", "Function"),
    "party": ("Pihak", "Party"),
    "present": ("Hadir", "Present"),
    "nobody_present": ("Daftar hadir tidak diisi.", "The list of attendance was not filled in."),
    "closing_number": ("Hasil sementara ke-%(number)s", "Preliminary result no. %(number)s"),
    "closed": ("Dibekukan", "Frozen"),
    "closed_value": ("%(at)s, oleh %(who)s", "%(at)s, by %(who)s"),
    "closing_reason": ("Alasan membekukan ulang", "Why it was frozen anew"),
    "frozen_root": ("Akar isi yang dibekukan", "Root of the frozen content"),
    "disputed": ("Hal yang belum disepakati", "Points not agreed"),
    "nothing_disputed": (
        "Tidak ada hal yang belum disepakati.",
        "There are no points on which both sides disagree.",
    ),
    "institution_says": ("Lembaga", "Institution"),
    "team_says": ("Tim penilai", "Team"),
    "changes": ("Berubah sejak hasil sementara", "Changed since the preliminary result"),
    "changes_lead": (
        "Semua yang berbeda dari hasil sementara ke-%(number)s.",
        "Everything that differs from preliminary result no. %(number)s.",
    ),
    "nothing_changed": (
        "Tidak ada yang berubah sejak hasil sementara dibekukan.",
        "Nothing has changed since the preliminary result was frozen.",
    ),
    "whole_assessment": ("Penilaian ini", "This assessment"),
    "before": ("Saat dibekukan", "When frozen"),
    "after": ("Sekarang", "Now"),
}

MINUTES: Mapping[str, tuple[str, str]] = {
    "minutes": ("Berita acara penilaian", "Minutes of assessment"),
    "minutes_subject": (
        "Berita acara penilaian menurut %(standard)s",
        "Minutes of an assessment against %(standard)s",
    ),
    "minutes_check_here": (
        "Periksa keaslian berita acara ini:",
        "Check that these minutes are genuine:",
    ),
    "minutes_on_site": (
        "Pada %(day)s pukul %(hour)s %(zone)s, bertempat di %(place)s, tim penilai dan %(who)s "
        "mengadakan pertemuan penutupan. Yang tertulis di sini adalah hasil sementara seperti yang "
        "dibekukan pada pertemuan itu.",
        "On %(day)s at %(hour)s %(zone)s, at %(place)s, the team and %(who)s held the closing "
        "meeting. What is written here is the preliminary result as it was frozen then.",
    ),
    "minutes_online": (
        "Pada %(day)s pukul %(hour)s %(zone)s, secara daring melalui %(place)s, tim penilai dan "
        "%(who)s mengadakan pertemuan penutupan. Yang tertulis di sini adalah hasil sementara "
        "seperti yang dibekukan pada pertemuan itu.",
        "On %(day)s at %(hour)s %(zone)s, online by %(place)s, the team and %(who)s held the "
        "closing meeting. What is written here is the preliminary result as it was frozen then.",
    ),
    "preliminary": ("Hasil sementara", "Preliminary result"),
    "preliminary_means": (
        "Hasil ini belum final: masih diperiksa pejabat dan diverifikasi di luar tim. Setiap "
        "perubahan sesudah pertemuan ini terdaftar pada laporan akhir.",
        "This result is not final: officials still check it and somebody outside the team verifies "
        "it. Every change after this meeting is listed on the final report.",
    ),
    "bases": ("Dasar nilai", "Bases of the scores"),
    "read_out": ("Ringkasan yang dibacakan", "Summary that was read out"),
    "proposed": ("Usulan temuan", "Proposed findings"),
    "nothing_proposed": ("Tidak ada usulan temuan.", "No findings are proposed."),
    "replaces": (
        "Berita acara ini menggantikan yang dibuat atas hasil sementara sebelumnya. Alasannya: "
        "%(reason)s",
        "These minutes replace those of the earlier preliminary result. The reason: %(reason)s",
    ),
    "attendance": ("Daftar hadir", "List of attendance"),
    "signatures": ("Tanda tangan", "Signatures"),
    "signed_at": ("%(place)s, %(date)s", "%(place)s, %(date)s"),
    "for_team": ("Tim penilai", "For the team"),
    "for_institution": ("Yang dinilai", "For the assessed side"),
    "signer_blank": ("Nama dan jabatan", "Name and function"),
    "minutes_genuine": ("Keaslian berita acara", "Authenticity of these minutes"),
    "minutes_how": (
        "Buka %(url)s atau pindai kode QR: di sana terlihat apakah berita acara ini memang terbit "
        "dan masih yang terbaru. Berkas PDF-nya dapat dibandingkan bita demi bita.",
        "Open %(url)s or scan the QR code: it tells whether these minutes were issued and are the "
        "latest. The PDF file can be compared byte by byte.",
    ),
    "minutes_root_means": (
        "Akar ini dihitung dari seluruh isi yang dibekukan dan tercatat di jurnal.",
        "This root is computed from all that was frozen and stands in the journal.",
    ),
}
