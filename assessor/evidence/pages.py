"""What stands on the pages of evidence?"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from assessor.evidence.forms import UploadForm, WithdrawForm
from assessor.evidence.models import EvidenceKind, Source
from assessor.evidence.queries import Owner, Piece, State
from assessor.evidence.services import HandedIn
from assessor.ui.formats import Zone, day, file_size, moment
from assessor.ui.parts import Chip, ChipStatus, EvidenceTile, Fact, Link

_TYPES = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
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


def state_chip(state: State) -> Chip:
    """How the state of a piece is shown."""
    return {
        State.live: Chip(ChipStatus.ok, _("Berlaku")),
        State.replaced: Chip(ChipStatus.neutral, _("Sudah diganti")),
        State.withdrawn: Chip(ChipStatus.warn, _("Ditarik")),
    }[state]


def facts_of(
    piece: Piece, *, href: Callable[[str], str], language: str, zone: Zone
) -> tuple[Fact, ...]:
    """What is known of a piece, in words."""
    stands_for = _("tidak disebut") if piece.stands_for is None else day(piece.stands_for, language)
    facts = [
        Fact(_("Jenis"), kind_name(piece.kind)),
        Fact(_("Tanggal yang dibuktikan"), stands_for),
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


def tile(piece: Piece, *, href: str, thumb: str, language: str) -> EvidenceTile:
    """A piece in a list."""
    if piece.stands_for is None:
        about = _("tanpa tanggal")
    else:
        about = _("tanggal %(day)s", day=day(piece.stands_for, language))
    return EvidenceTile(
        title=piece.title,
        href=href,
        detail=f"{kind_name(piece.kind)} · {about}",
        chip=state_chip(piece.state),
        thumbnail=thumb,
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
