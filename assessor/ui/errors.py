"""What does a page say when something does not work, and what can be done next?"""

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True)
class ErrorPage:
    """One page for all errors.

    `reason` is the rule's own sentence; `reference` finds the log entry; an empty `next_href` leads
    back to the page that was asked for.
    """

    status: int
    title: str
    sentence: str
    next_label: str
    next_href: str = ""
    reason: str = ""
    reference: str = ""


@dataclass(frozen=True)
class _Text:
    title: str
    sentence: str
    next_label: str
    goes_home: bool = False


# The last resort when even the templates cannot be rendered; both languages, nothing to load.
FAILSAFE_500 = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ada gangguan · Asesor 8807</title></head>
<body>
<main>
<h1>Asesor 8807 sedang terganggu</h1>
<p>Isian yang sudah bertanda "Tersimpan" aman.
Tunggu beberapa menit, lalu muat ulang halaman ini.</p>
<p lang="en">Something went wrong on our side. What was marked as saved is safe.
Wait a few minutes, then reload this page.</p>
<p><a href="/">Ke halaman utama</a></p>
</main>
</body>
</html>
"""


def error_page(
    status: int, reason: str | None = None, *, back: str = "", reference: str = ""
) -> ErrorPage:
    """The texts for a status. `back` is where to try again, when not at the same address."""
    text = _text(status)
    return ErrorPage(
        status=status,
        title=text.title,
        sentence=text.sentence,
        next_label=text.next_label,
        next_href="/" if text.goes_home else back,
        reason=reason or "",
        reference=reference,
    )


def _text(status: int) -> _Text:
    texts = _request_texts() | _moment_texts()
    if status in texts:
        return texts[status]
    if 400 <= status < 500:
        return texts[400]
    return _Text(
        _("Ada gangguan di pihak kami"),
        _("Isian yang sudah bertanda Tersimpan aman. Tunggu sebentar, lalu coba lagi."),
        _("Coba lagi"),
    )


def _request_texts() -> dict[int, _Text]:
    """Something about what was asked for."""
    return {
        400: _Text(
            _("Kiriman ini tidak dapat diproses"),
            _("Mungkin halaman terlalu lama terbuka. Mulai lagi dari halaman utama."),
            _("Ke halaman utama"),
            goes_home=True,
        ),
        403: _Text(
            _("Langkah ini belum terbuka bagi Anda"),
            _("Bila menurut Anda ini keliru, hubungi administrator atau kantor pembina Anda."),
            _("Ke halaman utama"),
            goes_home=True,
        ),
        404: _Text(
            _("Halaman ini tidak ditemukan"),
            _("Alamatnya mungkin keliru, atau bagian ini bukan untuk akun Anda."),
            _("Ke halaman utama"),
            goes_home=True,
        ),
        413: _Text(
            _("Berkas ini terlalu besar"),
            _("Kirim berkas satu per satu, atau perkecil dulu; foto cukup selebar 1.600 piksel."),
            _("Pilih berkas lain"),
        ),
    }


def _moment_texts() -> dict[int, _Text]:
    """Something about the moment: the same may work later."""
    return {
        409: _Text(
            _("Orang lain sudah mengubahnya"),
            _("Isian Anda belum disimpan, dan isian orang lain tidak ditimpa."),
            _("Lihat isi yang terbaru"),
        ),
        429: _Text(
            _("Terlalu banyak percobaan"),
            _("Demi keamanan, tunggu beberapa menit sebelum mencoba lagi."),
            _("Coba lagi"),
        ),
        503: _Text(
            _("Sedang dirawat sebentar"),
            _("Isian yang sudah bertanda Tersimpan aman. Coba lagi beberapa menit lagi."),
            _("Coba lagi"),
        ),
    }
