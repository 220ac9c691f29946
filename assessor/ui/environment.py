"""What do the interface's templates need from their Jinja environment?

Framework-free: the application calls `prepare` once, and installs gettext itself.
"""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

from jinja2 import Environment, StrictUndefined

from assessor.ui import fields, formats
from assessor.ui.assets import asset
from assessor.ui.formats import Zone


def prepare(
    environment: Environment, *, language: Callable[[], str], zone: Callable[[], Zone]
) -> None:
    """Make undefined names fail, and add the filters and functions the components use.

    `language` and `zone` answer for the reader of the moment.
    """

    def moment_of(value: datetime, in_zone: Zone | None = None) -> str:
        return formats.moment(value, in_zone or zone(), language())

    def day_of(value: date) -> str:
        return formats.day(value, language())

    def long_day_of(value: date) -> str:
        return formats.long_day(value, language())

    def due_of(value: date, today: date) -> str:
        return formats.due(value, today, language())

    def number_of(value: int) -> str:
        return formats.number(value, language())

    def percent_of(value: Fraction | None) -> str:
        return formats.percent(value, language())

    def file_size_of(value: int) -> str:
        return formats.file_size(value, language())

    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(
        moment=moment_of,
        day=day_of,
        long_day=long_day_of,
        due=due_of,
        number=number_of,
        percent=percent_of,
        file_size=file_size_of,
    )
    environment.globals.update(
        asset=asset,
        field_kind=fields.field_kind,
        input_type=fields.input_type,
        is_required=fields.is_required,
        error_links=fields.error_links,
    )
