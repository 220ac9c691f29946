"""What stands on the pages of evidence?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from assessor.evidence.forms import UploadForm, WithdrawForm
from assessor.evidence.models import EvidenceKind, Source
from assessor.evidence.papers import paper_label
from assessor.evidence.queries import Owner, Piece, State
from assessor.evidence.scan_models import ScanState
from assessor.evidence.services import HandedIn
from assessor.evidence.validity import Validity, validity_of
from assessor.evidence.versions import Ending, Version
from assessor.ui.formats import Zone, day, file_size, moment
from assessor.ui.parts import Chip, ChipStatus, EvidenceTile, Fact, Link, Task

_TYPES = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "image/heic": "HEIC",
}


@dataclass(frozen=True)
class FileResult:
    """What became of one file of an upload; `state` is also what scripts read."""

    name: str
    state: str  # accepted, present, refused, failed
    sentence: str
    id: str = ""
    title: str = ""
    href: str = ""
    thumb: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def taken(self) -> bool:
        """Whether the piece is there now."""
        return self.state in {"accepted", "present"}


@dataclass(frozen=True)
class LibraryPage:
    """All that an auditee handed in, and the form for more."""

    owner: Owner
    back: Link
    tiles: tuple[EvidenceTile, ...]
    may_upload: bool
    action: str
    megabytes: int
    limit: int
    most_files: int
    why: str
    form: UploadForm
    results: tuple[FileResult, ...] = ()
    replaced_title: str = ""
    newer_href: str = ""
    older_href: str = ""

    @property
    def refused(self) -> tuple[FileResult, ...]:
        """The files of the last upload that are not there."""
        return tuple(result for result in self.results if not result.taken)

    @property
    def taken(self) -> tuple[FileResult, ...]:
        """The files of the last upload that are there."""
        return tuple(result for result in self.results if result.taken)


@dataclass(frozen=True)
class CitedBy:
    """An assessment whose answers lean on the piece."""

    reference: str
    href: str
    items: str


@dataclass(frozen=True)
class VersionLine:
    """One version of a piece; `href` is empty for the one that is looked at."""

    title: str
    detail: str
    href: str


@dataclass(frozen=True)
class PiecePage:
    """One piece: its facts, one page of its copy, what leans on it, what may be done."""

    piece: Piece
    kicker: str
    back: Link
    chip: Chip
    facts: tuple[Fact, ...]
    declaration: str
    number: int
    picture: str
    newer_href: str
    older_href: str
    citations: tuple[CitedBy, ...]
    original_href: str
    replace_href: str
    withdraw_action: str
    why_not_withdraw: str
    withdraw_form: WithdrawForm
    versions: tuple[VersionLine, ...] = ()
    about_href: str = ""
    scan_notice: str = ""
    report_href: str = ""

    @property
    def more_in_original(self) -> bool:
        """Whether the original has pages that were not copied."""
        return self.piece.page_count > len(self.piece.page_digests)


def kind_name(kind: EvidenceKind) -> str:
    """What a kind is called."""
    return str({EvidenceKind.document: _("Dokumen"), EvidenceKind.photo: _("Foto")}[kind])


def source_name(source: Source) -> str:
    """Whose side handed it in."""
    names: dict[Source, str] = {
        Source.auditee: _("diserahkan lembaga atau unit sendiri"),
        Source.officer: _("diserahkan petugas"),
    }
    return names[source]


def state_chip(piece: Piece) -> Chip:
    """How the state of a piece is shown."""
    if piece.scan is ScanState.found:
        return Chip(ChipStatus.bad, _("Berisi virus"))
    if piece.scan is ScanState.waiting:
        return Chip(ChipStatus.warn, _("Belum dipindai"))
    return {
        State.live: Chip(ChipStatus.ok, _("Berlaku")),
        State.replaced: Chip(ChipStatus.neutral, _("Sudah diganti")),
        State.quarantined: Chip(ChipStatus.bad, _("Dikarantina")),
        State.withdrawn: Chip(ChipStatus.warn, _("Ditarik")),
    }[piece.state]


def scan_notice(piece: Piece) -> str:
    """What a reader must know of a piece that is not known to be clean."""
    if piece.scan is ScanState.waiting:
        return str(
            _(
                "Berkas ini belum dipindai virus. Sampai itu selesai hanya pengirim dan tim "
                "penilai yang melihatnya; buka berkas asli hanya di komputer yang punya antivirus."
            )
        )
    if piece.scan is ScanState.found:
        return str(
            _(
                "Pemindai menemukan virus di berkas ini (%(found)s), jadi tidak seorang pun dapat "
                "membukanya. Periksa perangkat Anda, lalu kirim berkas yang bersih.",
                found=piece.found or "",
            )
        )
    return ""


def _end_fact(piece: Piece, today: date, language: str) -> Fact:
    if piece.valid_until is None:
        return Fact(_("Berlaku sampai"), _("tidak disebut"))
    notes = {
        Validity.expired: _("Sudah lewat. Nilai tidak turun karenanya; kirim pengganti bila ada."),
        Validity.ending: _("Segera berakhir. Siapkan penggantinya."),
    }
    note = notes.get(validity_of(piece.valid_until, today), "")
    return Fact(_("Berlaku sampai"), day(piece.valid_until, language), note=note)


def piece_chip(piece: Piece, today: date, language: str) -> Chip:
    """How a piece stands: its state, or that it ends while it is still offered."""
    if piece.scan in {ScanState.waiting, ScanState.found}:
        return state_chip(piece)
    if piece.state is State.live and piece.valid_until is not None:
        standing = validity_of(piece.valid_until, today)
        if standing in {Validity.ending, Validity.expired}:
            return end_chip(piece.valid_until, today, language)
    return state_chip(piece)


def end_chip(valid_until: date, today: date, language: str) -> Chip:
    """The last day of a piece that is near or over."""
    when = day(valid_until, language)
    if valid_until < today:
        return Chip(ChipStatus.late, _("Habis %(day)s", day=when))
    return Chip(ChipStatus.warn, _("Berlaku sampai %(day)s", day=when))


def ending_task(each: Ending, *, href: str, today: date, language: str) -> Task:
    """A piece that ends, among what somebody has to do."""
    return Task(
        _("Perbarui bukti: %(name)s", name=each.auditee),
        href,
        each.title,
        end_chip(each.valid_until, today, language),
    )


def version_lines(
    found: tuple[Version, ...], shown: str, *, href: Callable[[str], str], language: str, zone: Zone
) -> tuple[VersionLine, ...]:
    """The versions of a piece in words; none where there is only one."""
    if len(found) < 2:
        return ()
    lines = []
    for number, each in zip(range(len(found), 0, -1), found, strict=True):
        words = [_("Versi %(number)s", number=number), moment(each.created_at, zone, language)]
        words += [each.uploader, *([_("ditarik")] if each.withdrawn else [])]
        target = "" if each.id == shown else href(each.id)
        lines.append(VersionLine(each.title, " · ".join(words), target))
    return tuple(lines)


def facts_of(
    piece: Piece, *, href: Callable[[str], str], language: str, zone: Zone, today: date
) -> tuple[Fact, ...]:
    """What is known of a piece, in words."""
    stands_for = _("tidak disebut") if piece.stands_for is None else day(piece.stands_for, language)
    paper = paper_label(piece.paper, language) if piece.paper else _("belum disebut")
    facts = [
        Fact(_("Jenis"), kind_name(piece.kind)),
        Fact(_("Macam bukti"), paper),
        Fact(_("Tanggal yang dibuktikan"), stands_for),
        _end_fact(piece, today, language),
        Fact(
            _("Dikirim"),
            moment(piece.created_at, zone, language),
            note=f"{piece.uploader}, {source_name(piece.source)}",
        ),
        Fact(
            _("Berkas asli"),
            piece.original_name,
            note=f"{_TYPES[piece.media_type]}, {file_size(piece.size, language)}",
        ),
        Fact(
            _("Sidik jari SHA-256"),
            " ".join(piece.digest[at : at + 8] for at in range(0, 64, 8)),
            note=_("Siapa pun yang memegang berkas asli dapat mencocokkannya."),
        ),
    ]
    if piece.replaces_id is not None:
        link = Link(_("Lihat bukti lama"), href(piece.replaces_id))
        facts.append(Fact(_("Menggantikan"), _("bukti yang lebih lama"), act=link))
    if piece.replaced_by_id is not None:
        link = Link(_("Lihat pengganti"), href(piece.replaced_by_id))
        facts.append(
            Fact(
                _("Digantikan oleh"),
                _("bukti yang lebih baru"),
                note=_("Tautan bukti dari jawaban tidak berubah."),
                act=link,
            )
        )
    if piece.withdrawn_at is not None:
        when = moment(piece.withdrawn_at, zone, language)
        facts.append(Fact(_("Ditarik"), when, note=piece.withdrawn_reason or ""))
    return tuple(facts)


def tile(piece: Piece, *, href: str, thumb: str, language: str, today: date) -> EvidenceTile:
    """A piece in a list."""
    if piece.quarantined:
        words = _("Bukti dikarantina")
        return EvidenceTile(words, href, "", state_chip(piece), icon="lock")
    if piece.stands_for is None:
        about = _("tanpa tanggal")
    else:
        about = _("tanggal %(day)s", day=day(piece.stands_for, language))
    what = paper_label(piece.paper, language) if piece.paper else kind_name(piece.kind)
    return EvidenceTile(
        title=piece.title,
        href=href,
        detail=f"{what} · {about}",
        chip=piece_chip(piece, today, language),
        thumbnail="" if piece.scan is ScanState.found else thumb,
        icon="camera" if piece.kind is EvidenceKind.photo else "file",
    )


def taken(result: HandedIn, *, href: str, thumb: str, remarks: tuple[str, ...]) -> FileResult:
    """What is said of a file that was accepted, or was there before."""
    if result.is_new:
        sentence = _("“%(title)s” diterima.", title=result.title)
    else:
        sentence = _(
            "“%(name)s” sudah ada sebagai “%(title)s”, jadi tidak disimpan dua kali.",
            name=result.name,
            title=result.title,
        )
    return FileResult(
        name=result.name,
        state="accepted" if result.is_new else "present",
        sentence=sentence,
        id=result.evidence_id,
        title=result.title,
        href=href,
        thumb=thumb,
        remarks=remarks,
    )
