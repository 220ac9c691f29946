"""Do filters speak for the reader, and do errors of nested forms find their field?"""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from jinja2 import Environment, UndefinedError
from wtforms import FieldList, Form, FormField, HiddenField, StringField
from wtforms.validators import DataRequired

from assessor.ui.environment import prepare
from assessor.ui.fields import ErrorLink, error_links
from assessor.ui.formats import Zone


def shown(source: str, language: str, **values: Any) -> str:
    made = Environment(autoescape=True)
    prepare(made, language=lambda: language, zone=lambda: Zone.wit)
    return made.from_string(source).render(**values)


@pytest.mark.parametrize(
    ("source", "indonesian", "english"),
    [
        ("{{ at|moment }}", "21 Nov 2026 16.02 WIT", "21 Nov 2026 16:02 WIT"),
        ("{{ at|moment(wib) }}", "21 Nov 2026 14.02 WIB", "21 Nov 2026 14:02 WIB"),
        ("{{ day|day }}", "3 Agu 2026", "3 Aug 2026"),
        ("{{ day|long_day }}", "Senin, 3 Agustus 2026", "Monday 3 August 2026"),
        ("{{ day|due(today) }}", "besok", "tomorrow"),
        ("{{ 1416|number }}", "1.416", "1,416"),
        ("{{ share|percent }}", "82,5\u00a0%", "82.5%"),
        ("{{ none|percent }}", "–", "–"),
        ("{{ 376400|file_size }}", "376\u00a0kB", "376\u00a0kB"),
    ],
)
def test_filters_follow_the_reader(source: str, indonesian: str, english: str) -> None:
    values = {
        "at": datetime(2026, 11, 21, 7, 2, tzinfo=UTC),
        "wib": Zone.wib,
        "day": date(2026, 8, 3),
        "today": date(2026, 8, 2),
        "share": Fraction(33, 40),
    }
    assert shown(source, "id", **values) == indonesian
    assert shown(source, "en", **values) == english


def test_undefined_names_fail() -> None:
    with pytest.raises(UndefinedError):
        shown("{{ nothing }}", "id")


class PersonForm(Form):
    name = StringField("Nama", [DataRequired("Isi nama.")])


class VisitForm(Form):
    token = HiddenField(validators=[DataRequired("Muat ulang halaman.")])
    host = FormField(PersonForm)
    places = FieldList(StringField("Tempat", [DataRequired("Isi tempat.")]), min_entries=2)


def test_errors_of_nested_forms_lead_to_the_innermost_field() -> None:
    form = VisitForm(data={"places": ["Balai desa", ""]})
    form.validate()
    form.form_errors.append("Kunjungan ini sudah dicatat.")
    assert error_links(form) == (
        ErrorLink("", "Kunjungan ini sudah dicatat."),
        ErrorLink("", "Muat ulang halaman."),
        ErrorLink("host-name", "Isi nama."),
        ErrorLink("places-1", "Isi tempat."),
    )


def test_an_error_of_the_list_itself_is_said_once() -> None:
    form = VisitForm(data={"places": ["Balai desa", "Puskesmas"], "host": {"name": "Ani"}})
    form.validate()
    form.places.errors = ["Paling banyak satu tempat."]
    assert error_links(form)[-1] == ErrorLink("places", "Paling banyak satu tempat.")
