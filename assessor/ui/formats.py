"""How are moments, numbers and sizes written for the reader?

Pure functions in Indonesian and English. Moments come in UTC and leave in a named zone; shares are
exact fractions and are rounded half up, never through floats.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

NO_BREAK = "\u00a0"
NO_VALUE = "–"
MINUS = "−"


class Zone(StrEnum):
    """The three time zones of Indonesia; the value is the label people know."""

    wib = "WIB"
    wita = "WITA"
    wit = "WIT"


_TZ = {
    Zone.wib: ZoneInfo("Asia/Jakarta"),
    Zone.wita: ZoneInfo("Asia/Makassar"),
    Zone.wit: ZoneInfo("Asia/Jayapura"),
}
_WITA_PROVINCES = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
_WIT_PROVINCES = {"81", "82", "91", "92", "93", "94", "95", "96"}


def zone_of(territory: str) -> Zone:
    """The zone of a province, regency or village code; the nation as a whole goes by WIB."""
    province = territory[:2]
    if province in _WIT_PROVINCES:
        return Zone.wit
    return Zone.wita if province in _WITA_PROVINCES else Zone.wib


def moment(value: datetime, zone: Zone, language: str) -> str:
    """`21 Nov 2026 14.02 WIB`."""
    pattern = "d MMM y HH:mm" if language == "en" else "d MMM y HH.mm"
    return f"{format_datetime(_local(value, zone), pattern, locale=language)} {zone}"


def clock(value: datetime, zone: Zone, language: str) -> str:
    """`14.02`, for what happened today."""
    pattern = "HH:mm" if language == "en" else "HH.mm"
    return format_datetime(_local(value, zone), pattern, locale=language)


def day_in(value: datetime, zone: Zone) -> date:
    """The calendar day of a moment at that place: the same moment may be tomorrow in Papua."""
    return _local(value, zone).date()


def day(value: date, language: str) -> str:
    """`21 Nov 2026`. A moment is refused: its day depends on a zone (see `day_in`)."""
    return format_date(_plain(value), "d MMM y", locale=language)


def long_day(value: date, language: str) -> str:
    """`Sabtu, 21 November 2026`."""
    pattern = "EEEE d MMMM y" if language == "en" else "EEEE, d MMMM y"
    return format_date(_plain(value), pattern, locale=language)


def due(value: date, today: date, language: str) -> str:
    """`3 hari lagi`, `besok`, `hari ini`, `terlambat 2 hari`."""
    days = (_plain(value) - _plain(today)).days
    if language == "en":
        unit = "day" if abs(days) == 1 else "days"
        near = {0: "today", 1: "tomorrow"}
        far = f"in {number(days, language)} {unit}"
        late = f"{number(-days, language)} {unit} late"
    else:
        near = {0: "hari ini", 1: "besok"}
        far = f"{number(days, language)} hari lagi"
        late = f"terlambat {number(-days, language)} hari"
    return late if days < 0 else near.get(days, far)


def number(value: int, language: str) -> str:
    """`1.416`."""
    return format_decimal(value, format="#,##0", locale=language)


def percent(share: Fraction | None, language: str) -> str:
    """`82,5 %`, one decimal, half up (away from zero); a dash when nothing could be divided."""
    if share is None:
        return NO_VALUE
    shown = format_decimal(abs(_tenths(share * 100)), format="#,##0.0", locale=language)
    sign = MINUS if _tenths(share * 100) < 0 else ""
    return f"{sign}{shown}%" if language == "en" else f"{sign}{shown}{NO_BREAK}%"


def file_size(size: int, language: str) -> str:
    """`376 kB`, `1,2 MB`: thousands, as phones and providers count."""
    if size < 1000:
        return f"{size}{NO_BREAK}B"
    value, unit = Fraction(size, 1000), "kB"
    for larger in ("MB", "GB", "TB"):
        if value < Fraction(1999, 2):  # from 999,5 on it would read "1.000"
            break
        value, unit = value / 1000, larger
    pattern = "#,##0" if unit == "kB" else "#,##0.0"
    rounded = Decimal(_half_up(value)) if unit == "kB" else _tenths(value)
    return f"{format_decimal(rounded, format=pattern, locale=language)}{NO_BREAK}{unit}"


def _tenths(value: Fraction) -> Decimal:
    return Decimal(_half_up(value * 10)).scaleb(-1)


def _half_up(value: Fraction) -> int:
    doubled = abs(value) * 2
    whole = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return -whole if value < 0 else whole


def _local(value: datetime, zone: Zone) -> datetime:
    if value.tzinfo is None:
        raise ValueError("A moment needs its time zone; stored moments are in UTC.")
    return value.astimezone(_TZ[zone])


def _plain(value: date) -> date:
    if isinstance(value, datetime):
        raise TypeError("Take the day of a moment with day_in(moment, zone).")
    return value
