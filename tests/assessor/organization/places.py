"""A few territories, enough for offices and auditees, without loading the whole country."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.journal.work import write
from assessor.organization.keys import search_key, sort_key
from assessor.organization.models import Office, OfficeKind, Territory, TerritoryKind, TimeZone
from assessor.organization.services import NewOffice, open_office

Clock = Callable[[], datetime]

FEW = (
    ("ID", TerritoryKind.nation, "Indonesia", None),
    ("33", TerritoryKind.province, "Jawa Tengah", "ID"),
    ("33.02", TerritoryKind.regency, "Kabupaten Banyumas", "33"),
    ("33.03", TerritoryKind.regency, "Kabupaten Purbalingga", "33"),
    ("33.02.22", TerritoryKind.district, "Baturraden", "33.02"),
    ("33.02.22.2007", TerritoryKind.village, "Karang Tengah", "33.02.22"),
    ("33.02.27", TerritoryKind.district, "Purwokerto Timur", "33.02"),
    ("33.02.27.1004", TerritoryKind.village, "Arcawinangun", "33.02.27"),
    ("94", TerritoryKind.province, "Papua Tengah", "ID"),
    ("94.01", TerritoryKind.regency, "Kabupaten Nabire", "94"),
)


def add_territories(session: Session, clock: Clock) -> None:
    with write(session, SYSTEM, clock):
        for code, kind, name, parent in FEW:
            session.add(
                Territory(
                    code=code,
                    kind=kind,
                    name=name,
                    parent_code=parent,
                    decree="uji",
                    valid_from=date(2025, 4, 25),
                    valid_to=None,
                    search_key=search_key(name),
                    sort_key=sort_key(name),
                )
            )
            session.flush()


def office(
    session: Session, clock: Clock, kind: OfficeKind, name: str, parent: Office | None = None
) -> Office:
    return open_office(
        session,
        SYSTEM,
        clock,
        new=NewOffice(
            kind=kind,
            name=name,
            short_name=name,
            time_zone=TimeZone.wib,
            parent_id=parent.id if parent is not None else None,
        ),
    )
