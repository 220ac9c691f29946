"""What is asked of somebody who enters a permit, links its scan, or withdraws it?"""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FileField,
    Form,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from assessor.client_identity import why_not
from assessor.evidence.declaration import CURRENT, WORDINGS
from assessor.permits.services import LONGEST_LINE, LONGEST_REASON, LONGEST_SCOPE
from assessor.ui.current import say
from assessor.ui.day_field import DayField

_LINE = Length(max=LONGEST_LINE, message=_("Isian ini paling panjang 200 huruf."))
_TAKEN = "application/pdf,image/jpeg,image/png,image/webp"


class PermitForm(Form):
    """What stands on a permit, and its scan: one already handed in, or a new file."""

    permit_id = HiddenField()
    replaces = HiddenField()
    kind = SelectField(
        _("Jenis izin"), [InputRequired(_("Pilih jenis izin."))], validate_choice=False
    )
    service = SelectField(_("Untuk layanan"), [Optional()], validate_choice=False)
    issuer = StringField(
        _("Penerbit"), [InputRequired(_("Isi siapa yang menerbitkan izin ini.")), _LINE]
    )
    number = StringField(_("Nomor"), [InputRequired(_("Isi nomor izin.")), _LINE])
    scope = TextAreaField(
        _("Cakupan"),
        [Length(max=LONGEST_SCOPE, message=_("Cakupan paling panjang 1.000 huruf."))],
        render_kw={"rows": 2},
    )
    valid_from = DayField(_("Berlaku sejak"), [InputRequired(_("Isi tanggal mulai berlaku."))])
    expires_on = DayField(_("Berlaku sampai"), [Optional()])
    evidence = SelectField(_("Pindaian yang sudah diserahkan"), [Optional()], validate_choice=False)
    file = FileField(_("Atau unggah pindaian baru"), render_kw={"accept": _TAKEN})
    declaration = BooleanField(_(WORDINGS[CURRENT].text), render_kw={"value": CURRENT})

    def validate_expires_on(self, field: DayField) -> None:
        """A permit does not end before it begins."""
        start = self.valid_from.data
        if field.data is not None and start is not None and field.data < start:
            raise ValidationError(
                gettext("Hari terakhir berlaku tidak boleh sebelum hari mulai berlaku.")
            )


class ScanForm(Form):
    """Which piece is the scan of a permit."""

    evidence = SelectField(
        _("Pindaian yang sudah diserahkan"),
        [InputRequired(_("Pilih pindaiannya."))],
        validate_choice=False,
    )


def _names_nobody(form: Form, field: Any) -> None:
    del form
    if field.data and (sentence := why_not(field.data)) is not None:
        raise ValidationError(say(sentence))


class WithdrawForm(Form):
    """Why a permit leaves the register."""

    reason = TextAreaField(
        _("Alasan menarik izin"),
        [
            InputRequired(_("Tulis alasan menarik izin ini.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
            _names_nobody,
        ],
        render_kw={"rows": 3},
    )
