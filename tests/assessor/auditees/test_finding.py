"""Does one find an auditee by what one remembers of it, page by page?"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Held, Role
from assessor.auditees.models import Agency, AuditeeKind
from assessor.auditees.queries import (
    PAGE_SIZE,
    Cursor,
    Sought,
    count_auditees,
    list_auditees,
)
from assessor.auditees.registering import (
    NewSite,
    NewUnit,
    register_entity,
    register_site,
    register_unit,
)
from assessor.organization.models import OfficeKind
from tests.assessor.organization.places import Clock, add_territories, office

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


@pytest.fixture
def nation(session: Session, clock: Clock) -> Actor:
    """The directorate, which sees all that is registered here."""
    add_territories(session, clock)
    centre = office(session, clock, OfficeKind.centre, "Pusat")
    entity = register_entity(session, SYSTEM, clock, name="Badan", legal_form="yayasan")
    for name, regency, agency in (
        ("Klinik Pratama Sehat", "33.02", Agency.local_government),
        ("Pesantren Al-Ikhlas", "33.03", Agency.foundation),
        ("Rumah Pulih Nabire", "94.01", Agency.foundation),
    ):
        register_site(
            session,
            SYSTEM,
            clock,
            new=NewSite(
                entity_id=entity.id,
                name=name,
                regency_code=regency,
                agency=agency,
                responsible_office_id=centre.id,
            ),
        )
    for name, village in (("IBM Karang Tengah", "33.02.22.2007"), ("IBM Arca", "33.02.27.1004")):
        register_unit(
            session,
            SYSTEM,
            clock,
            new=NewUnit(name=name, village_code=village, responsible_office_id=centre.id),
        )
    return Actor("p", (Held("h", Role.directorate, office_id=centre.id),))


@pytest.mark.parametrize(
    ("sought", "names"),
    [
        (Sought("karangtengah"), ["IBM Karang Tengah"]),
        (Sought("KARANG"), ["IBM Karang Tengah"]),
        (Sought("tengah karang"), ["IBM Karang Tengah"]),
        (Sought("al ikhlas"), ["Pesantren Al-Ikhlas"]),
        (Sought("ibm-0002"), ["IBM Arca"]),
        (Sought("LBG0001"), ["Klinik Pratama Sehat"]),
        (Sought("purbalingga"), ["Pesantren Al-Ikhlas"]),
        (Sought("ibm banyumas"), ["IBM Arca", "IBM Karang Tengah"]),
        (Sought("100%"), []),
        (Sought(kind=AuditeeKind.unit), ["IBM Arca", "IBM Karang Tengah"]),
        (Sought(province="94"), ["Rumah Pulih Nabire"]),
        (Sought(province="33", regency="33.03"), ["Pesantren Al-Ikhlas"]),
        (Sought(agency=Agency.local_government), ["Klinik Pratama Sehat"]),
        (Sought(kind=AuditeeKind.unit, agency=Agency.foundation), []),
    ],
)
def test_it_is_found(session: Session, nation: Actor, sought: Sought, names: list[str]) -> None:
    assert [each.name for each in list_auditees(session, nation, sought, now=NOW).rows] == names
    assert count_auditees(session, nation, sought) == len(names)


def test_a_line_says_what_and_where_it_is(session: Session, nation: Actor) -> None:
    (line,) = list_auditees(session, nation, Sought("nabire"), now=NOW).rows
    assert (line.reference, line.kind, line.agency) == (
        "LBG-0003",
        AuditeeKind.site,
        Agency.foundation,
    )
    assert (line.regency, line.province, line.office) == (
        "Kabupaten Nabire",
        "Papua Tengah",
        "Pusat",
    )


def test_pages_follow_each_other_both_ways(session: Session, clock: Clock, nation: Actor) -> None:
    centre = nation.held[0].office_id
    for number in range(2 * PAGE_SIZE):
        register_unit(
            session,
            SYSTEM,
            clock,
            new=NewUnit(
                name=f"Unit {number % 60}",  # names repeat
                village_code="33.02.22.2007",
                responsible_office_id=centre,
            ),
        )
    first = list_auditees(session, nation, Sought(), now=NOW)
    second = list_auditees(session, nation, Sought(), cursor=first.after, now=NOW)
    third = list_auditees(session, nation, Sought(), cursor=second.after, now=NOW)
    assert [len(page.rows) for page in (first, second, third)] == [50, 50, 5]
    assert first.before is None
    assert third.after is None
    together = [each.id for page in (first, second, third) for each in page.rows]
    assert len(set(together)) == 105
    back = list_auditees(session, nation, Sought(), cursor=third.before, now=NOW)
    assert back.rows == second.rows
    again = list_auditees(session, nation, Sought(), cursor=back.before, now=NOW)
    assert again.rows == first.rows
    assert again.before is None


def test_a_page_takes_one_query_however_many_lines_it_has(
    session: Session, clock: Clock, nation: Actor
) -> None:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    list_auditees(session, nation, Sought("karang"), now=NOW)
    list_auditees(session, nation, Sought(), now=NOW)
    event.remove(session.get_bind(), "before_cursor_execute", note)
    assert len([each for each in statements if each.startswith("SELECT")]) == 2


@pytest.mark.parametrize("text", ["", "a", "a.", "a.b", "x.id.key", "a.i-d.key", "a.'.key"])
def test_a_cursor_that_is_none_is_no_cursor(text: str) -> None:
    assert Cursor.from_text(text) is None


def test_a_cursor_survives_the_address() -> None:
    for cursor in (Cursor("karang0tengah", "abc"), Cursor("", "abc", backwards=True)):
        assert Cursor.from_text(cursor.text) == cursor


def test_a_condition_can_be_taken_away() -> None:
    sought = Sought("x", AuditeeKind.unit, "33", "33.02", Agency.bnn)
    assert sought.without("regency") == Sought("x", AuditeeKind.unit, "33", "", Agency.bnn)
    assert sought.without("province") == Sought("x", AuditeeKind.unit, "", "", Agency.bnn)
    assert Sought().nothing
    assert not sought.nothing
