"""Does the picture of who serves where say the same as asking about each place?"""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, update
from sqlalchemy.orm import Session

from assessor.database.base import new_id
from assessor.organization.coverage import Trouble, get_coverage
from assessor.organization.finding import find_territories
from assessor.organization.models import Office, OfficeKind, ServiceArea, TerritoryKind
from assessor.organization.queries import office_serving
from tests.assessor.organization.places import Clock, add_territories, office

CODES = ("ID", "33", "33.02", "33.03", "94", "94.01")
REGENCIES = ("33.02", "33.03", "94.01")
DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))


@pytest.fixture
def offices(session: Session, clock: Clock) -> list[str]:
    add_territories(session, clock)
    centre = office(session, clock, OfficeKind.centre, "Pusat")
    java = office(session, clock, OfficeKind.bnnp, "BNNP Jawa", centre)
    banyumas = office(session, clock, OfficeKind.bnnk, "BNNK Banyumas", java)
    ids = [each.id for each in (centre, java, banyumas)]
    session.rollback()
    return ids


@st.composite
def areas(draw: st.DrawFn) -> list[tuple[int, str, date, date | None]]:
    """Services that may contradict each other, as somebody might enter them by hand."""
    found = []
    for _ in range(draw(st.integers(0, 6))):
        begins = draw(DAYS)
        ends = draw(st.none() | st.dates(date(2026, 7, 1), date(2027, 1, 1)))
        found.append((draw(st.integers(0, 2)), draw(st.sampled_from(CODES)), begins, ends))
    return found


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(given_areas=areas(), closed=st.sets(st.integers(1, 2)), on=DAYS)
def test_the_picture_says_what_each_place_says(
    session: Session,
    engine: Engine,
    offices: list[str],
    given_areas: list[tuple[int, str, date, date | None]],
    closed: set[int],
    on: date,
) -> None:
    session.rollback()
    with engine.begin() as connection:
        connection.execute(delete(ServiceArea))
        connection.execute(update(Office).values(closed_on=None))
        for which in closed:
            connection.execute(
                update(Office).where(Office.id == offices[which]).values(closed_on=date(2026, 1, 1))
            )
        for number, (which, code, begins, ends) in enumerate(given_areas):
            connection.execute(
                insert(ServiceArea).values(
                    id=f"{number}{new_id()}",
                    office_id=offices[which],
                    territory_code=code,
                    valid_from=begins,
                    valid_to=ends,
                )
            )
    coverage = get_coverage(session, on)
    shown = {each.code: each.office_id for p in coverage.provinces for each in p.regencies}
    assert set(shown) == set(REGENCIES)
    several = {each.code for each in coverage.problems if each.trouble is Trouble.several}
    gaps = {each.code for each in coverage.problems if each.trouble is Trouble.nobody}
    for code in REGENCIES:
        serving = office_serving(session, code, on)
        assert (serving is None) == (code in gaps)
        if not several:  # where two serve at once, the picture names both
            assert shown[code] == (serving.id if serving is not None else None)
    for code in CODES:
        now = [
            each
            for each in given_areas
            if each[1] == code and each[2] <= on and (each[3] is None or on < each[3])
        ]
        assert (len(now) > 1) == (code in several)


def test_what_ends_without_a_successor_is_named(
    session: Session, engine: Engine, offices: list[str]
) -> None:
    with engine.begin() as connection:
        for code, begins, ends in (
            ("33.02", date(2026, 1, 1), date(2026, 12, 1)),
            ("33.03", date(2026, 1, 1), date(2026, 12, 1)),
            ("33.03", date(2026, 12, 1), None),
        ):
            connection.execute(
                insert(ServiceArea).values(
                    id=new_id(),
                    office_id=offices[2],
                    territory_code=code,
                    valid_from=begins,
                    valid_to=ends,
                )
            )
    problems = get_coverage(session, date(2026, 11, 21)).problems
    ending = [(each.code, each.on) for each in problems if each.trouble is Trouble.ends]
    assert ending == [("33.02", date(2026, 12, 1))]


def test_territories_are_found_by_their_name_their_surroundings_and_their_code(
    session: Session, clock: Clock
) -> None:
    add_territories(session, clock)

    def found(words: str, *kinds: TerritoryKind) -> list[str]:
        matches = find_territories(
            session, words, kinds or tuple(TerritoryKind), on=date(2026, 11, 21)
        )
        return [each.code for each in matches]

    assert found("karangtengah banyumas") == ["33.02.22.2007"]
    assert found("BANYUMAS", TerritoryKind.regency) == ["33.02"]
    assert found("33.03") == ["33.03"]
    assert found("jawa", TerritoryKind.regency) == []  # nothing of its own name
    assert found("%") == []
    assert found("") == []
