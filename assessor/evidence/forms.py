"""What is asked of somebody who hands in or withdraws evidence?"""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # not in the stubs
from wtforms.validators import InputRequired, Length, Optional

from assessor.evidence.declaration import CURRENT, WORDINGS
from assessor.evidence.describing import LATEST
from assessor.evidence.models import EvidenceKind
from assessor.evidence.names import LONGEST_TITLE
from assessor.evidence.papers import papers
from assessor.evidence.services import LONGEST_REASON
from assessor.ui.day_field import DayField

MOST_FILES = 20
_TAKEN = "application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif"


def offer_papers(field: SelectField, language: str) -> None:
    """Let the field offer every kind of paper, in the language of the page."""
    known = [SelectChoice(code, paper.label.in_(language)) for code, paper in papers().items()]
    field.choices = [SelectChoice("", str(_("Belum disebut"))), *known]


def _check_end(form: "UploadForm", field: DateField) -> None:
    """Nothing ends before it begins."""
    if field.data is not None and field.data > LATEST:
        raise ValidationError(_("Periksa tahun berakhirnya."))
    begins = form.stands_for.data
    if field.data is not None and begins is not None and field.data < begins:
        raise ValidationError(_("Hari terakhir berlaku tidak boleh sebelum tanggal bukti."))


class UploadForm(Form):
    """One or several files, and what holds for all of them."""

    files = MultipleFileField(_("Berkas"), render_kw={"accept": _TAKEN})
    camera = FileField(
        _("Atau ambil foto dengan kamera"),
        render_kw={"accept": "image/jpeg", "capture": "environment"},
    )
    title = StringField(
        _("Judul"),
        [Optional(), Length(max=LONGEST_TITLE, message=_("Judul paling panjang 160 huruf."))],
    )
    stands_for = DayField(_("Tanggal yang dibuktikan"), [Optional()])
    kind = RadioField(
        _("Jenis"),
        [InputRequired(_("Pilih jenisnya: dokumen atau foto."))],
        choices=[
            SelectChoice(
                EvidenceKind.document.value, _("Dokumen, termasuk foto atau pindaian dokumen")
            ),
            SelectChoice(EvidenceKind.photo.value, _("Foto tempat, barang, atau kegiatan")),
        ],
        default=EvidenceKind.document.value,
    )
    paper = SelectField(_("Macam bukti"), [Optional()], default="")
    valid_until = DayField(_("Berlaku sampai"), [Optional(), _check_end])
    declaration = BooleanField(
        _(WORDINGS[CURRENT].text),
        [
            InputRequired(
                _("Centang pernyataan ini setelah Anda memeriksa setiap berkas, lalu kirim lagi.")
            )
        ],
        render_kw={"value": CURRENT},
    )
    replaces = HiddenField()

    today: date | None = None  # where the auditee is

    def validate_stands_for(self, field: DateField) -> None:
        """Nothing can be evidence of a day that has not come."""
        if self.today is not None and field.data is not None and field.data > self.today:
            raise ValidationError(_("Tanggal ini belum tiba. Isi hari ini atau sebelumnya."))


def what_is_said(form: UploadForm) -> dict[str, Any]:
    """What the form says of every file that comes with it, as `hand_in` takes it."""
    return {
        "stands_for": form.stands_for.data,
        "kind": EvidenceKind(form.kind.data),
        "declaration": (form.declaration.raw_data or [""])[0],
        "replaces": form.replaces.data or None,
        "paper": form.paper.data or "",
        "valid_until": form.valid_until.data,
    }


class DescribeForm(Form):
    """What a piece is, and until when it holds."""

    paper = SelectField(_("Macam bukti"), [Optional()], default="")
    valid_until = DayField(_("Berlaku sampai"), [Optional()])


class WithdrawForm(Form):
    """Why a piece is taken off the list."""

    reason = TextAreaField(
        _("Alasan menarik bukti"),
        [
            InputRequired(_("Tulis alasannya, agar orang lain dapat memahaminya.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )
