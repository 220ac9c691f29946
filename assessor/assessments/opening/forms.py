"""What is asked of somebody who opens an assessment, or a revision of a sealed one?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from assessor.assessments.written import LONGEST_REASON
from assessor.ui.day_field import DayField

LONGEST_SEARCH = 100


class OpenForm(Form):
    """A new assessment of an auditee by others."""

    kind = RadioField(
        _("Jenis penilaian"), [InputRequired(_("Pilih jenis penilaian."))], validate_choice=False
    )
    mode = RadioField(
        _("Cara menilai"), [InputRequired(_("Pilih cara menilai."))], validate_choice=False
    )
    words = StringField(
        _("Cari petugas"),
        [
            Optional(),
            Length(max=LONGEST_SEARCH, message=_("Cari dengan paling banyak 100 huruf.")),
        ],
        render_kw={"type": "search", "autocomplete": "off"},
    )
    lead = SelectField(
        _("Ketua tim"), [InputRequired(_("Pilih ketua tim penilai."))], validate_choice=False
    )
    members = SelectMultipleField(
        _("Anggota tim"),
        [Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    visit_on = DayField(_("Tanggal kunjungan"), [Optional()])
    edition = SelectField(_("Instrumen"), [Optional()], validate_choice=False)
    exempt_reason = TextAreaField(
        _("Alasan pengecualian"),
        [
            Optional(),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )


class ReviseForm(Form):
    """Why a sealed assessment is corrected."""

    reason = TextAreaField(
        _("Alasan revisi"),
        [
            InputRequired(_("Tulis alasan revisi. Alasan ini tercetak pada laporan.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 2.000 huruf.")),
        ],
    )
