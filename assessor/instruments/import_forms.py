"""What is asked of somebody who imports an instrument?"""

from flask_babel import lazy_gettext as _
from wtforms import Form, HiddenField, MultipleFileField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired

from checklists.imports.reading import ImportKind

_KINDS = [
    SelectChoice(ImportKind.xlsx.value, _("Templat XLSX yang sudah diisi")),
    SelectChoice(ImportKind.yaml.value, _("Berkas YAML, atau ZIP yang diunduh dari sebuah edisi")),
]
_FOREIGN_KINDS = [
    SelectChoice(ImportKind.oscal.value, _("Katalog OSCAL dari NIST (JSON)")),
    SelectChoice(ImportKind.ciso.value, _("Pustaka CISO Assistant (YAML)")),
]


class ImportForm(Form):
    """Which file, and what it is."""

    kind = RadioField(_("Jenis berkas"), [InputRequired(_("Pilih jenis berkas."))], choices=_KINDS)
    files = MultipleFileField(_("Berkas"), render_kw={"accept": ".xlsx,.zip,.yaml,.yml"})


class ForeignForm(Form):
    """Which catalogue of others."""

    kind = RadioField(
        _("Asal katalog"), [InputRequired(_("Pilih asal katalog."))], choices=_FOREIGN_KINDS
    )
    files = MultipleFileField(_("Berkas katalog"), render_kw={"accept": ".json,.yaml,.yml"})


PREFIX = "foreign"  # both forms stand on one page


class ConfirmForm(Form):
    """What was looked at, carried along."""

    kind = HiddenField()
    carried = HiddenField()
