"""Which lists of clients does an auditee keep, from which records are drawn?

A stratum is one such list. Which of them there are follows from the tags an auditee is judged by;
where no tag names a kind of service, clients are only told apart by whether they are still here.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from standards.model import Text


@dataclass(frozen=True)
class Stratum:
    """One list of clients; `tag` is the service it is of, empty for any."""

    code: str
    name: Text
    tag: str = ""


_BY_SERVICE = (
    Stratum(
        "active-outpatient",
        Text("klien aktif rawat jalan", "active outpatients"),
        "rawat-jalan",
    ),
    Stratum(
        "active-inpatient",
        Text("klien aktif rawat inap", "active inpatients"),
        "rawat-inap",
    ),
    Stratum(
        "discharged-outpatient",
        Text("klien selesai rawat jalan", "discharged outpatients"),
        "rawat-jalan",
    ),
    Stratum(
        "discharged-inpatient",
        Text("klien selesai rawat inap", "discharged inpatients"),
        "rawat-inap",
    ),
)
_PLAIN = (
    Stratum("active", Text("klien aktif", "active clients")),
    Stratum("discharged", Text("klien selesai", "discharged clients")),
)
STRATA = {stratum.code: stratum for stratum in (*_BY_SERVICE, *_PLAIN)}


def strata_for(tags: AbstractSet[str]) -> tuple[Stratum, ...]:
    """Give the lists that an auditee with these tags keeps."""
    return tuple(each for each in _BY_SERVICE if each.tag in tags) or _PLAIN


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Give codes in the order in which lists are shown; one of a later version comes last."""
    order = {code: rank for rank, code in enumerate(STRATA)}
    return tuple(sorted(codes, key=lambda code: (order.get(code, len(order)), code)))
