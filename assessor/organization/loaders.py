"""Which office or service area is a route about, and who may see it? For the guard."""

from dataclasses import dataclass

from assessor.access.guard import Loaded, the_actor
from assessor.access.permissions import Permission
from assessor.access.rules import Subject
from assessor.database.extension import db
from assessor.organization.models import Office, ServiceArea, Territory
from assessor.organization.reach import office_subject, top_offices


def loaded_office(office_id: str) -> Loaded | None:
    """The office of an address."""
    office = db.session.get(Office, office_id)
    if office is None:
        return None
    return Loaded(office, office_subject(db.session(), office_id), Permission.see_office)


def the_whole_house() -> Loaded:
    """What concerns no single office: only positions at the centre reach it."""
    tops = top_offices(db.session())
    return Loaded(None, Subject(offices=tops, tops=tops), seen_with=Permission.home)


def the_own_part() -> Loaded:
    """What lists no more than the reader reaches: the offices of the own positions."""
    return Loaded(None, Subject(offices=the_actor().offices()), seen_with=Permission.home)


@dataclass(frozen=True)
class ServedArea:
    """A service area with its office and its territory."""

    area: ServiceArea
    office: Office
    territory: Territory


def loaded_area(area_id: str) -> Loaded | None:
    """The service area of an address."""
    session = db.session()
    area = session.get(ServiceArea, area_id)
    if area is None:
        return None
    found = ServedArea(
        area,
        session.get_one(Office, area.office_id),
        session.get_one(Territory, area.territory_code),
    )
    return Loaded(found, office_subject(session, area.office_id), Permission.see_office)
