"""What is asked of somebody who edits, proposes, approves or ends a draft?

Fields of an item take whatever is typed: a draft keeps it, and the loader says what is wrong with
it. Only what ends a draft is held to its form at once.
"""

from flask_babel import lazy_gettext as _
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from assessor.accounts.forms import code_field
from assessor.instruments.draft_ending import LONGEST_DECREE, LONGEST_REASON
from assessor.ui.day_field import DayField

MOST_EVIDENCE = 4
_SHORT = {"rows": 2}
_LONG = {"rows": 5}


class ManyField(SelectMultipleField):
    """Several of a list, as boxes to tick; what is not in the list is kept, too."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ExampleForm(Form):
    """An example of evidence in both languages."""

    id = StringField(_("Contoh bukti (Indonesia)"), [Optional()])
    en = StringField(_("Contoh bukti (Inggris)"), [Optional()], render_kw={"lang": "en"})


class OwnWordsForm(Form):
    """The words in which one checklist asks the auditee."""

    checklist = HiddenField()
    id = TextAreaField(_("Pertanyaan (Indonesia)"), [Optional()], render_kw=_SHORT)
    en = TextAreaField(_("Pertanyaan (Inggris)"), [Optional()], render_kw={**_SHORT, "lang": "en"})


class ItemForm(Form):
    """An item with its requirement. `was` are digests of what the page was made from."""

    was = HiddenField()
    text_id = TextAreaField(_("Bunyi persyaratan (Indonesia)"), render_kw=_SHORT)
    text_en = TextAreaField(_("Bunyi persyaratan (Inggris)"), render_kw={**_SHORT, "lang": "en"})
    good_id = TextAreaField(_("Yang baik terlihat seperti apa (Indonesia)"), render_kw=_LONG)
    good_en = TextAreaField(
        _("Yang baik terlihat seperti apa (Inggris)"), render_kw={**_LONG, "lang": "en"}
    )
    how_id = TextAreaField(_("Cara memeriksa (Indonesia)"), render_kw=_LONG)
    how_en = TextAreaField(_("Cara memeriksa (Inggris)"), render_kw={**_LONG, "lang": "en"})
    evidence = FieldList(FormField(ExampleForm), min_entries=MOST_EVIDENCE)
    section = SelectField(_("Bagian"), validate_choice=False)
    applies = StringField(
        _("Berlaku untuk"), render_kw={"autocapitalize": "none", "spellcheck": "false"}
    )
    origin = SelectField(_("Asal persyaratan"), validate_choice=False)
    sources = ManyField(_("Sumber"), validate_choice=False)
    clause = StringField(_("Pasal resmi"))
    methods = ManyField(_("Diperiksa dengan"), validate_choice=False)
    citation = SelectField(_("Tautan bukti"), validate_choice=False)
    critical = RadioField(_("Butir kritis"), validate_choice=False)
    weight = StringField(_("Bobot"), render_kw={"inputmode": "numeric"})
    effort = StringField(_("Upaya"), render_kw={"inputmode": "numeric"})
    ask_id = TextAreaField(_("Pertanyaan bagi yang dinilai (Indonesia)"), render_kw=_SHORT)
    ask_en = TextAreaField(
        _("Pertanyaan bagi yang dinilai (Inggris)"), render_kw={**_SHORT, "lang": "en"}
    )
    own_words = FieldList(FormField(OwnWordsForm))


class AboutForm(Form):
    """What the edition is called and what it says about itself."""

    was = HiddenField()
    edition = StringField(
        _("Nama edisi"),
        [InputRequired(_("Isi nama edisi, misalnya 2027.1."))],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    standard_edition = StringField(
        _("Nama edisi standarnya"), render_kw={"autocapitalize": "none", "spellcheck": "false"}
    )
    title_id = StringField(_("Judul instrumen (Indonesia)"))
    title_en = StringField(_("Judul instrumen (Inggris)"), render_kw={"lang": "en"})
    note_id = TextAreaField(_("Keterangan instrumen (Indonesia)"), render_kw=_LONG)
    note_en = TextAreaField(_("Keterangan instrumen (Inggris)"), render_kw={**_LONG, "lang": "en"})
    about_id = TextAreaField(_("Tentang standarnya (Indonesia)"), render_kw=_LONG)
    about_en = TextAreaField(_("Tentang standarnya (Inggris)"), render_kw={**_LONG, "lang": "en"})


class NewItemForm(Form):
    """The id of a new item."""

    item = StringField(
        _("Kode butir baru"),
        [InputRequired(_("Isi kode butir."))],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )


class MoveForm(Form):
    """Which way an item moves."""

    by = IntegerField(validators=[InputRequired()])
    seen = IntegerField(validators=[InputRequired()])


class ReasonForm(Form):
    """Why a draft goes back, or is given up."""

    reason = TextAreaField(
        _("Alasan"),
        [
            InputRequired(_("Tulis alasannya.")),
            Length(max=LONGEST_REASON, message=_("Alasan paling panjang 1.000 huruf.")),
        ],
        render_kw={"rows": 4},
    )


class ApproveForm(Form):
    """The decree, as it lies before the approver, the password once more, and a code of
    the second step from who has one."""

    fingerprint = HiddenField()
    decree = StringField(
        _("Nomor keputusan"),
        [
            InputRequired(_("Isi nomor keputusan seperti tertulis pada keputusannya.")),
            Length(max=LONGEST_DECREE, message=_("Isi nomor keputusan, paling panjang 200 huruf.")),
        ],
    )
    signed_on = DayField(_("Tanggal keputusan"), [InputRequired(_("Isi tanggal keputusan."))])
    effective_on = DayField(_("Mulai berlaku"), [InputRequired(_("Isi tanggal mulai berlaku."))])
    password = PasswordField(
        _("Kata sandi Anda"),
        [
            InputRequired(_("Isi kata sandi Anda untuk mengesahkan.")),
            Length(max=1000, message=_("Periksa kata sandi Anda; ini terlalu panjang.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    factor_code = code_field()
