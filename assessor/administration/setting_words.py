"""What does each setting from the environment mean to the reader, and what is it now?

Secrets are never shown: not the key, not a password within an address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from assessor.sentences import Sentence
from assessor.settings import Settings

FILLED = Sentence("diisi, tidak ditampilkan")
UNSET = Sentence("belum diatur")
_MB = 1024 * 1024


@dataclass(frozen=True)
class FromOutside:
    """A setting of the environment: its meaning, and how its present value is told."""

    meaning: Sentence
    value: Callable[[Settings], str | Sentence]


def without_password(url: str) -> str:
    """An address with its password, and whatever follows a question mark, left out."""
    place = urlsplit(url).netloc
    address, mark, _rest = url.partition("?")
    user, at, host = place.rpartition("@")
    if at and ":" in user:
        address = address.replace(place, f"{user.partition(':')[0]}:•••@{host}", 1)
    return f"{address}?•••" if mark else address


FROM_OUTSIDE: Mapping[str, FromOutside] = {
    "ASSESSOR_MODE": FromOutside(
        Sentence("Untuk apa pemasangan ini: contoh, sungguhan, atau pengujian."),
        lambda settings: settings.mode.value,
    ),
    "ASSESSOR_INSTANCE": FromOutside(
        Sentence("Folder tempat semua yang disimpan pemasangan ini."),
        lambda settings: str(settings.instance),
    ),
    "ASSESSOR_DATABASE_URL": FromOutside(
        Sentence("Alamat basis data."),
        lambda settings: without_password(settings.database_url),
    ),
    "ASSESSOR_EVIDENCE_URL": FromOutside(
        Sentence("Tempat berkas bukti disimpan."),
        lambda settings: without_password(settings.evidence_url),
    ),
    "ASSESSOR_SCANNER_URL": FromOutside(
        Sentence("Pemindai virus; kosong berarti berkas diterima tanpa dipindai."),
        lambda settings: settings.scanner_url or UNSET,
    ),
    "ASSESSOR_SECRET_KEY": FromOutside(
        Sentence("Kunci yang menandatangani kuki dan menjaga masuk dua langkah."),
        lambda _settings: FILLED,
    ),
    "ASSESSOR_FORMER_SECRET_KEYS": FromOutside(
        Sentence("Kunci sebelumnya: hanya untuk membaca yang disimpan sebelum kunci diganti."),
        lambda settings: FILLED if settings.former_secret_keys else UNSET,
    ),
    "ASSESSOR_CHECKPOINT_KEY": FromOutside(
        Sentence("Berkas kunci yang menandatangani titik periksa jurnal."),
        lambda settings: str(settings.checkpoint_key),
    ),
    "ASSESSOR_BASE_URL": FromOutside(
        Sentence("Alamat yang dipakai orang; tercetak pada laporan dan kode QR."),
        lambda settings: settings.base_url,
    ),
    "ASSESSOR_MAIL_URL": FromOutside(
        Sentence("Layanan yang mengirim surel; kosong berarti tidak ada surel yang dikirim."),
        lambda settings: without_password(settings.mail_url) if settings.mail_url else UNSET,
    ),
    "ASSESSOR_MAIL_FROM": FromOutside(
        Sentence("Alamat pengirim surel."), lambda settings: settings.mail_from
    ),
    "ASSESSOR_UPLOAD_LIMIT_MB": FromOutside(
        Sentence("Berkas bukti paling besar, dalam MB."),
        lambda settings: str(settings.upload_limit // _MB),
    ),
    "ASSESSOR_SESSION_IDLE_MINUTES": FromOutside(
        Sentence("Orang keluar sendiri setelah sekian menit tanpa kegiatan."),
        lambda settings: str(settings.session_idle // 60),
    ),
    "ASSESSOR_SESSION_HOURS": FromOutside(
        Sentence("Orang keluar sendiri setelah sekian jam bagaimanapun juga."),
        lambda settings: str(settings.session_absolute // 3600),
    ),
    "ASSESSOR_TRUSTED_PROXIES": FromOutside(
        Sentence("Berapa perantara di depan layanan yang dipercaya alamatnya."),
        lambda settings: str(settings.trusted_proxies),
    ),
}
