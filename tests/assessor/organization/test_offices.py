"""Do offices form a tree whose closure is right, and is it clear who serves where?"""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Held, Role
from assessor.database.base import new_id
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.models import Office, OfficeClosure, OfficeKind, ServiceArea
from assessor.organization.queries import (
    get_place,
    office_serving,
    offices_above,
    offices_below,
)
from assessor.organization.services import end_service, move_office, serve_area
from assessor.sentences import NotPermitted, Refused
from tests.assessor.organization.places import Clock, add_territories, office

TODAY = date(2026, 11, 21)
COACH = Actor("p2", (Held("h2", Role.coach, office_id="o1"),))


@pytest.fixture
def tree(session: Session, clock: Clock) -> dict[str, str]:
    centre = office(session, clock, OfficeKind.centre, "Pusat")
    java = office(session, clock, OfficeKind.bnnp, "BNNP Jawa", centre)
    papua = office(session, clock, OfficeKind.bnnp, "BNNP Papua", centre)
    banyumas = office(session, clock, OfficeKind.bnnk, "BNNK Banyumas", java)
    names = {"centre": centre, "java": java, "papua": papua, "banyumas": banyumas}
    return {name: each.id for name, each in names.items()}


def test_an_office_stands_below_all_above_it(session: Session, tree: dict[str, str]) -> None:
    assert offices_above(session, tree["banyumas"]) == (
        tree["banyumas"],
        tree["java"],
        tree["centre"],
    )
    assert offices_below(session, tree["java"]) == {tree["java"], tree["banyumas"]}
    assert offices_below(session, tree["centre"]) == set(tree.values())


def test_a_moved_office_takes_leave_of_its_old_place(
    session: Session, clock: Clock, tree: dict[str, str]
) -> None:
    move_office(
        session, SYSTEM, clock, office_id=tree["banyumas"], parent_id=tree["papua"], why="uji"
    )
    assert offices_above(session, tree["banyumas"]) == (
        tree["banyumas"],
        tree["papua"],
        tree["centre"],
    )
    assert offices_below(session, tree["java"]) == {tree["java"]}
    assert list(verify(session)) == []


def test_the_centre_stays_where_it_is(session: Session, clock: Clock, tree: dict[str, str]) -> None:
    with pytest.raises(Refused, match="pusat"):
        move_office(
            session, SYSTEM, clock, office_id=tree["centre"], parent_id=tree["java"], why="uji"
        )


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (OfficeKind.bnnk, "centre"),
        (OfficeKind.bnnp, "java"),
        (OfficeKind.bnnp, None),
        (OfficeKind.centre, "centre"),
    ],
)
def test_an_office_stands_below_the_right_kind(
    session: Session, clock: Clock, tree: dict[str, str], kind: OfficeKind, parent: str | None
) -> None:
    above = session.get(Office, tree[parent]) if parent else None
    with pytest.raises(Refused, match="di bawah"):
        office(session, clock, kind, "Baru", above)


def test_two_offices_do_not_share_a_name(
    session: Session, clock: Clock, tree: dict[str, str]
) -> None:
    with pytest.raises(Refused, match="sudah ada"):
        office(session, clock, OfficeKind.bnnp, "BNNP Jawa", session.get(Office, tree["centre"]))


def administrator(office_id: str) -> Actor:
    return Actor("p1", (Held("h1", Role.administrator, office_id=office_id),))


def test_only_an_administrator_at_the_centre_arranges_offices(
    session: Session, clock: Clock, tree: dict[str, str]
) -> None:
    arguments = {"office_id": tree["banyumas"], "parent_id": tree["papua"], "why": "uji"}
    for actor in (COACH, administrator(tree["java"]), administrator(tree["banyumas"])):
        with pytest.raises(NotPermitted):
            move_office(session, actor, clock, **arguments)
    move_office(session, administrator(tree["centre"]), clock, **arguments)
    assert tree["banyumas"] in offices_below(session, tree["papua"])


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    hung=st.lists(st.integers(0, 2), max_size=8),
    moves=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2)), max_size=6),
)
def test_the_closure_is_what_the_parents_say_after_any_moves(
    session: Session, clock: Clock, hung: list[int], moves: list[tuple[int, int]]
) -> None:
    mark = new_id()
    centre = session.execute(
        select(Office).where(Office.kind == OfficeKind.centre)
    ).scalar() or office(session, clock, OfficeKind.centre, "Pusat")
    provinces = [office(session, clock, OfficeKind.bnnp, f"P{i} {mark}", centre) for i in range(3)]
    leaves = [
        office(session, clock, OfficeKind.bnnk, f"K{i} {mark}", provinces[under])
        for i, under in enumerate(hung)
    ]
    for which, under in moves:
        if which < len(leaves):
            move_office(
                session,
                SYSTEM,
                clock,
                office_id=leaves[which].id,
                parent_id=provinces[under].id,
                why="uji",
            )
    parents = dict(session.execute(select(Office.id, Office.parent_id)).all())
    expected = set()
    for each in parents:
        above: str | None = each
        depth = 0
        while above is not None:
            expected.add((above, each, depth))
            above, depth = parents[above], depth + 1
    kept = session.execute(
        select(OfficeClosure.ancestor_id, OfficeClosure.descendant_id, OfficeClosure.depth)
    )
    assert {tuple(row) for row in kept} == expected


def _serve(session: Session, clock: Clock, office_id: str, code: str, **dates: date) -> ServiceArea:
    dates.setdefault("valid_from", date(2026, 1, 1))
    return serve_area(session, SYSTEM, clock, office_id=office_id, territory_code=code, **dates)


def test_the_nearest_office_serves(session: Session, clock: Clock, tree: dict[str, str]) -> None:
    add_territories(session, clock)
    _serve(session, clock, tree["java"], "33")
    _serve(session, clock, tree["banyumas"], "33.02")
    served = {
        code: office_serving(session, code, TODAY)
        for code in ("33.02.22.2007", "33.02", "33.03", "33", "94.01")
    }
    assert {code: each and each.id for code, each in served.items()} == {
        "33.02.22.2007": tree["banyumas"],
        "33.02": tree["banyumas"],
        "33.03": tree["java"],
        "33": tree["java"],
        "94.01": None,
    }


def test_a_joint_office_serves_several_regencies(
    session: Session, clock: Clock, tree: dict[str, str]
) -> None:
    add_territories(session, clock)
    _serve(session, clock, tree["banyumas"], "33.02")
    _serve(session, clock, tree["banyumas"], "33.03")
    for code in ("33.02", "33.03"):
        serving = office_serving(session, code, TODAY)
        assert serving is not None
        assert serving.id == tree["banyumas"]


def test_a_successor_ends_the_service_before_it(
    session: Session, clock: Clock, tree: dict[str, str]
) -> None:
    add_territories(session, clock)
    _serve(session, clock, tree["java"], "33.02")
    _serve(session, clock, tree["banyumas"], "33.02", valid_from=date(2026, 7, 1))
    before = office_serving(session, "33.02", date(2026, 6, 30))
    since = office_serving(session, "33.02", date(2026, 7, 1))
    assert before is not None
    assert since is not None
    assert (before.id, since.id) == (tree["java"], tree["banyumas"])
    assert list(verify(session)) == []


def test_two_offices_do_not_serve_one_territory_at_once(
    session: Session, clock: Clock, tree: dict[str, str]
) -> None:
    add_territories(session, clock)
    _serve(session, clock, tree["java"], "33.02", valid_to=date(2026, 12, 31))
    with pytest.raises(Refused, match="sudah dilayani"):
        _serve(session, clock, tree["banyumas"], "33.02", valid_from=date(2026, 7, 1))


def test_where_service_ends_the_office_around_serves(
    session: Session, clock: Clock, tree: dict[str, str]
) -> None:
    add_territories(session, clock)
    _serve(session, clock, tree["java"], "33")
    area = _serve(session, clock, tree["banyumas"], "33.02")
    end_service(session, SYSTEM, clock, area_id=area.id, valid_to=date(2026, 7, 1))
    serving = office_serving(session, "33.02", TODAY)
    assert serving is not None
    assert serving.id == tree["java"]
    with pytest.raises(Refused, match="sudah berakhir"):
        end_service(session, SYSTEM, clock, area_id=area.id, valid_to=date(2026, 8, 1))


def test_a_place_is_named_up_to_its_province(session: Session, clock: Clock) -> None:
    add_territories(session, clock)
    place = get_place(session, "33.02.22.2007")
    assert place.line == "Karang Tengah, Baturraden, Kabupaten Banyumas, Jawa Tengah"
    assert get_place(session, "33").line == "Jawa Tengah"


def test_every_change_of_an_office_is_in_the_journal(
    session: Session, clock: Clock, tree: dict[str, str]
) -> None:
    acts = session.execute(select(JournalEntry.act).order_by(JournalEntry.seq)).scalars().all()
    assert acts == ["office.opened"] * 4
    assert list(verify(session)) == []
