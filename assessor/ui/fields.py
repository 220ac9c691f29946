"""Which kind of control is a form field, and where does each error lead?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Field, FieldList, Form, FormField
from wtforms.fields import HiddenField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import CheckboxInput, FileInput, ListWidget, Select, TextArea


@dataclass(frozen=True)
class ErrorLink:
    """One error of a form; `anchor` is empty when it belongs to the whole form."""

    anchor: str
    message: str


def field_kind(field: Field) -> str:
    """One of checkbox, choices (radio, many checks), file, select, textarea, input."""
    widget = field.widget
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, ListWidget):
        return "choices"
    if isinstance(widget, FileInput):
        return "file"
    if isinstance(widget, Select):
        return "select"
    return "textarea" if isinstance(widget, TextArea) else "input"


def input_type(field: Field) -> str:
    """The type of the input itself; empty for what is not an `<input>`."""
    return str(getattr(field.widget, "input_type", ""))


def is_required(field: Field) -> bool:
    return bool(getattr(field.flags, "required", False))


def error_links(form: Form) -> tuple[ErrorLink, ...]:
    """All errors in the order of the page, those of the whole form first."""
    whole = tuple(ErrorLink("", str(message)) for message in form.form_errors)
    return whole + tuple(link for field in form for link in _links(field))


def _links(field: Any) -> Iterator[ErrorLink]:
    if isinstance(field, FormField):
        yield from error_links(field.form)
        return
    if isinstance(field, FieldList):
        for entry in field.entries:
            yield from _links(entry)
        # What concerns the list itself are plain sentences; the entries' own are lists.
        own = [message for message in field.errors if not isinstance(message, (list, tuple, dict))]
    else:
        own = list(field.errors)
    anchor = _anchor(field)
    yield from (ErrorLink(anchor, str(message)) for message in own)


def _anchor(field: Field) -> str:
    if isinstance(field, HiddenField):
        return ""
    is_group = field_kind(field) == "choices" and not isinstance(field, FieldList)
    return f"{field.id}-0" if is_group else str(field.id)


def offer(field: Any, offered: Mapping[str, str], *, none: str | None = None) -> None:
    """Let a list offer these values with their labels; `none` is the label of no value."""
    first = [] if none is None else [SelectChoice("", none)]
    field.choices = [*first, *(SelectChoice(value, label) for value, label in offered.items())]


def offered(field: Any) -> frozenset[str]:
    """The values a list offers."""
    return frozenset(choice.value for choice in field.choices)
