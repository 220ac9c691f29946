"""What does a page show that is one form with one act?"""

from dataclasses import dataclass

from flask import render_template
from wtforms import Form

from assessor.ui.parts import Link


@dataclass(frozen=True)
class Asked:
    """A field of a form page with its hint."""

    name: str
    hint: str = ""
    width: str = "long"


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """One form, one act. `notes` say beforehand what follows from it."""

    title: str
    back: Link
    action: str
    form: Form
    fields: tuple[Asked, ...]
    button: str
    lead: str = ""
    notes: tuple[str, ...] = ()
    confirm: str = ""


def show_form(page: FormPage, status: int = 200) -> tuple[str, int]:
    """The page of one form."""
    return render_template("ui/form.html", page=page), status
