"""What does the page of the public check carry?"""

from dataclasses import dataclass

from flask_babel import gettext as _

from assessor.assessments import wording
from assessor.public.forms import CodeForm, FileForm
from assessor.public.queries import Known, Match, Paper
from assessor.reports.reading import groups
from assessor.ui import formats
from assessor.ui.parts import Fact


@dataclass(frozen=True)
class Answer:
    """What was found: a kind of notice, its words, and the facts to compare with the paper."""

    kind: str
    title: str
    sentences: tuple[str, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class CheckPage:
    """Both ways to check, and the answer to the last question if there was one."""

    code_form: CodeForm
    file_form: FileForm
    megabytes: int
    contact: str = ""
    answer: Answer | None = None


def facts_of(known: Known, *, language: str) -> tuple[Fact, ...]:
    """What everybody may know, in the order and in the time of the report's cover."""
    kind = wording.in_(language, wording.KINDS, known.kind)
    facts = [
        Fact(_("Yang dinilai"), known.institution, note=known.place),
        Fact(_("Jenis penilaian"), kind),
        Fact(_("Nomor"), known.reference),
    ]
    if known.visited_on is not None:
        facts.append(Fact(_("Tanggal kunjungan"), formats.day(known.visited_on, language)))
    title = known.instrument.get(language) or known.instrument["id"]
    facts += [
        *_times(known, language),
        Fact(_("Instrumen"), title, note=_("edisi %(edition)s", edition=known.edition)),
        Fact(_("Status instrumen"), _instrument_status(known, language)),
        Fact(_("Kedudukan"), _standing(known, language)),
        Fact(_("Bahasa"), _("Inggris") if known.language == "en" else _("Indonesia")),
        Fact(_("Kode"), known.code),
        Fact(
            _("Akar isi yang dikunci") if _final(known) else _("Akar isi yang dibekukan"),
            groups(known.root),
        ),
    ]
    return tuple(facts)


def _final(known: Known) -> bool:
    return known.paper is Paper.report


def _times(known: Known, language: str) -> tuple[Fact, ...]:
    made_of = formats.moment(known.made_of_at, known.zone, language)
    issued = formats.moment(known.issued_at, known.zone, language)
    if _final(known):
        return Fact(_("Dikunci"), made_of), Fact(_("Laporan terbit"), issued)
    return Fact(_("Hasil sementara dibekukan"), made_of), Fact(_("Berita acara terbit"), issued)


def _instrument_status(known: Known, language: str) -> str:
    if not known.approved:
        return wording.WORKING.in_(language)
    return (wording.FICTITIOUS if known.fictitious else wording.APPROVED).in_(language)


def _standing(known: Known, language: str) -> str:
    if not _final(known):
        return str(
            _("Sudah diganti oleh berita acara yang lebih baru")
            if known.replaced
            else _("Berita acara terbaru")
        )
    if not known.replaced:
        if known.objected:
            return str(_("Revisi terbaru, sedang dalam keberatan"))
        return str(_("Revisi terbaru"))
    if known.successor is None or known.successor.sealed_at is None:
        return str(_("Sudah diganti oleh revisi yang lebih baru"))
    return str(
        _(
            "Sudah diganti oleh revisi %(reference)s, dikunci %(sealed)s",
            reference=known.successor.reference,
            sealed=formats.moment(known.successor.sealed_at, known.zone, language),
        )
    )


def _cautions(known: Known) -> tuple[str, ...]:
    said = []
    if not _final(known):
        said.append(_("Berita acara memuat hasil sementara. Yang berlaku adalah laporan akhirnya."))
    if known.replaced and not _final(known):
        said.append(
            _("Berita acara ini asli, tetapi sudah diganti. Minta yang terbaru kepada pemberinya.")
        )
    elif known.replaced:
        said.append(
            _("Laporan ini asli, tetapi sudah diganti. Minta revisi terbaru kepada pemberinya.")
        )
    if known.objected:
        said.append(
            _("Hasil ini sedang dalam keberatan. Hasilnya tetap berlaku sampai ada putusan.")
        )
    if known.demo:
        said.append(_("DATA CONTOH: semua nama dan angka di dalamnya rekaan."))
    return tuple(said)


def answer_to_code(known: Known | None, *, language: str) -> Answer:
    """A code says that there is such a report, not that the paper is it."""
    if known is None:
        return Answer(
            "bad",
            _("Kode ini tidak kami kenal"),
            (
                _("Periksa ejaannya. Kode tidak memakai angka 0 dan 1, atau huruf I, L, O, U."),
                _("Bila ejaannya benar, laporan itu tidak diterbitkan oleh sistem ini."),
            ),
        )
    return Answer(
        "warn" if known.replaced or known.objected else "ok",
        _("Laporan dengan kode ini ada")
        if _final(known)
        else _("Berita acara dengan kode ini ada"),
        (
            *_cautions(known),
            _("Cocokkan keterangan di bawah ini dengan kertas Anda."),
            _(
                "Kode dapat disalin ke kertas lain. Untuk memastikan isinya, periksa juga "
                "berkas PDF-nya."
            ),
        ),
        facts_of(known, language=language),
    )


def answer_to_file(match: Match | None, *, is_pdf: bool, language: str) -> Answer:
    """A file is the report, begins with it, or is something else."""
    if match is None:
        return _foreign(is_pdf=is_pdf)
    facts = facts_of(match.known, language=language)
    if match.added == 0:
        return Answer(
            "warn" if match.known.replaced else "ok",
            _("Berkas ini asli dan utuh"),
            (
                *_cautions(match.known),
                _("Setiap bita sama dengan yang diterbitkan."),
            ),
            facts,
        )
    return Answer(
        "warn",
        _("Isi asli utuh, ada tambahan setelah diterbitkan"),
        (
            *_cautions(match.known),
            _(
                "Isi asli utuh, ada tambahan %(added)s bita setelah diterbitkan.",
                added=formats.number(match.added, language),
            ),
            _(
                "Tambahan seperti itu biasanya tanda tangan elektronik, tetapi dapat juga mengubah "
                "yang tampak di layar. Periksa tanda tangannya, atau minta berkas aslinya."
            ),
        ),
        facts,
    )


def _foreign(*, is_pdf: bool) -> Answer:
    if not is_pdf:
        return Answer(
            "bad",
            _("Berkas ini bukan PDF"),
            (
                _("Pilih berkas PDF laporan yang Anda terima, bukan foto atau hasil pindaiannya."),
                _("Bila Anda hanya memegang kertasnya, periksa dengan kode."),
            ),
        )
    return Answer(
        "bad",
        _("Berkas ini bukan laporan asli dari sistem ini"),
        (
            _("Tidak ada laporan terbitan kami yang sama dengan berkas ini, bita demi bita."),
            _(
                "Isinya mungkin telah diubah, disimpan ulang, dicetak lalu dipindai, atau dibuat "
                "di tempat lain. Minta berkas asli kepada kantor yang menerbitkannya."
            ),
        ),
    )
