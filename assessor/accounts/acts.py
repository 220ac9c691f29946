"""What is each act of the journal about accounts called?"""

from collections.abc import Mapping

from assessor.sentences import Sentence

ACCOUNT_ACTS: Mapping[str, Sentence] = {
    "accounts.details_changed": Sentence("Keterangan akun diubah"),
    "accounts.hold_lifted": Sentence("Percobaan masuk dibuka lagi"),
    "accounts.language_chosen": Sentence("Bahasa dipilih"),
    "accounts.link_asked": Sentence("Tautan kata sandi diminta lewat surel"),
    "accounts.link_made": Sentence("Tautan kata sandi dibuat"),
    "accounts.link_used": Sentence("Kata sandi dibuat lewat tautan"),
    "accounts.password_changed": Sentence("Kata sandi diganti"),
    "accounts.person_created": Sentence("Akun dibuat"),
    "accounts.person_disabled": Sentence("Akun dinonaktifkan"),
    "accounts.person_enabled": Sentence("Akun diaktifkan lagi"),
    "accounts.person_invited": Sentence("Orang diundang"),
    "accounts.position_ended": Sentence("Jabatan diakhiri"),
    "accounts.position_given": Sentence("Jabatan diberikan"),
    "accounts.sign_in_failed": Sentence("Gagal masuk"),
    "accounts.sign_ins_ended": Sentence("Masuk di perangkat lain diakhiri"),
    "accounts.signed_in": Sentence("Masuk"),
    "accounts.signed_out": Sentence("Keluar"),
}
