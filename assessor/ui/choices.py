"""Which values does a list of a form offer?"""

from collections.abc import Mapping
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs


def offer(field: Any, offered: Mapping[str, str], *, none: str | None = None) -> None:
    """Let a list offer these values with their labels; `none` is the label of no value."""
    first = [] if none is None else [SelectChoice("", none)]
    field.choices = [*first, *(SelectChoice(value, label) for value, label in offered.items())]


def offered(field: Any) -> frozenset[str]:
    """The values a list offers."""
    return frozenset(choice.value for choice in field.choices)
