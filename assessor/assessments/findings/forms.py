"""What is asked of somebody who words a finding, or answers one?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from assessor.assessments.findings.services import LONGEST


class FindingForm(Form):
    """Class and words of a finding, or the reason it is dropped. `seen` names what was there
    when the form was made."""

    seen = HiddenField()
    finding_class = SelectField(
        _("Golongan"), [InputRequired(_("Pilih golongan temuan."))], validate_choice=False
    )
    statement = TextAreaField(
        _("Uraian temuan"),
        [Length(max=LONGEST, message=_("Uraian paling panjang 4.000 huruf. Ringkas dulu."))],
    )
    drop_reason = TextAreaField(
        _("Alasan menghapus temuan"),
        [Length(max=LONGEST, message=_("Alasan paling panjang 4.000 huruf. Ringkas dulu."))],
    )


class AnswerForm(Form):
    """What the auditee says to a finding."""

    words = TextAreaField(
        _("Tanggapan"),
        [
            InputRequired(_("Tulis tanggapan Anda atas temuan ini.")),
            Length(max=LONGEST, message=_("Tanggapan paling panjang 4.000 huruf. Ringkas dulu.")),
        ],
    )
