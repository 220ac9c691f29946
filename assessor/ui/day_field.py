"""How is a day asked for?"""

from flask_babel import lazy_gettext as _
from wtforms import DateField


class DayField(DateField):
    """A day, with an error that says what to do."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            message = str(_("Isi tanggal lengkap: hari, bulan, tahun."))
            raise ValueError(message) from None
