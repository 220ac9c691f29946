"""What does somebody declare who hands in evidence, and in which wording?

A piece keeps the code of the wording that was on the screen. A changed wording gets a new code
and joins the table; the old ones stay, because pieces were handed in under them.
"""

from collections.abc import Mapping

from assessor.sentences import Sentence

CURRENT = "no-client-1"

WORDINGS: Mapping[str, Sentence] = {
    "no-client-1": Sentence(
        "Saya sudah memeriksa setiap berkas: tidak ada klien yang dapat dikenali, baik dari nama, "
        "wajah, NIK, nomor rekam medis, maupun alamatnya."
    ),
}

WHY = Sentence(
    "Klien berhak atas kerahasiaan, dan penilaian tidak memerlukan jati dirinya. Tutup nama dan "
    "wajah sebelum mengirim; bila tidak mungkin, jangan kirim berkasnya: penilai dapat melihatnya "
    "di tempat dan mencatat itu sebagai dasar nilai."
)
