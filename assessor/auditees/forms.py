"""By what can the list of auditees be narrowed?"""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Form, SearchField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

ANY = SelectChoice("", _("Semua"))


class SoughtForm(Form):
    """The filter bar. Its lists are filled by the view; a value that is not in them means any."""

    q = SearchField(
        _("Nama, wilayah, atau nomor"),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"},
    )
    kind = SelectField(_("Jenis"), choices=[ANY], validate_choice=False)
    agency = SelectField(_("Pengelola"), choices=[ANY], validate_choice=False)
    province = SelectField(_("Provinsi"), choices=[ANY], validate_choice=False)
    regency = SelectField(_("Kabupaten atau kota"), choices=[ANY], validate_choice=False)

    def offer(self, name: str, offered: Mapping[str, str]) -> None:
        """Let a list offer these values with their labels, besides "all"."""
        field: Any = self[name]
        field.choices = [ANY, *(SelectChoice(*each) for each in offered.items())]
