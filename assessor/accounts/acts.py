"""What is each act of the journal about accounts called?"""

from collections.abc import Mapping

from assessor.sentences import Sentence

ACCOUNT_ACTS: Mapping[str, Sentence] = {
    "accounts.code_failed": Sentence("Kode masuk tidak cocok"),
    "accounts.code_used": Sentence("Kode masuk dipakai"),
    "accounts.details_changed": Sentence("Keterangan akun diubah"),
    "accounts.factor_off": Sentence("Masuk dua langkah dimatikan"),
    "accounts.factor_on": Sentence("Masuk dua langkah dinyalakan"),
    "accounts.hold_lifted": Sentence("Percobaan masuk dibuka lagi"),
    "accounts.language_chosen": Sentence("Bahasa dipilih"),
    "accounts.link_asked": Sentence("Tautan kata sandi diminta lewat surel"),
    "accounts.link_made": Sentence("Tautan kata sandi dibuat"),
    "accounts.link_used": Sentence("Kata sandi dibuat lewat tautan"),
    "accounts.mail_change_asked": Sentence("Alamat surel baru diminta"),
    "accounts.mail_change_dropped": Sentence("Alamat surel baru tidak jadi dipakai"),
    "accounts.mail_confirmed": Sentence("Alamat surel baru dipakai"),
    "accounts.mail_link_made": Sentence("Tautan untuk alamat surel baru dibuat"),
    "accounts.password_changed": Sentence("Kata sandi diganti"),
    "accounts.password_rehashed": Sentence("Kata sandi disimpan dengan cara yang lebih baru"),
    "accounts.person_created": Sentence("Akun dibuat"),
    "accounts.person_disabled": Sentence("Akun dinonaktifkan"),
    "accounts.person_enabled": Sentence("Akun diaktifkan lagi"),
    "accounts.person_invited": Sentence("Orang diundang"),
    "accounts.position_ended": Sentence("Jabatan diakhiri"),
    "accounts.position_given": Sentence("Jabatan diberikan"),
    "accounts.recovery_codes_made": Sentence("Kode pemulihan dibuat"),
    "accounts.sign_in_failed": Sentence("Gagal masuk"),
    "accounts.sign_ins_ended": Sentence("Masuk di perangkat lain diakhiri"),
    "accounts.signed_in": Sentence("Masuk"),
    "accounts.signed_out": Sentence("Keluar"),
}
