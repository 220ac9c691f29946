"""Do sites and units become known with the right office, number and tags?"""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Held, Role
from assessor.auditees.models import Agency, Auditee, AuditeeKind, Service
from assessor.auditees.queries import get_surroundings, list_services
from assessor.auditees.registering import (
    NewSite,
    NewUnit,
    Offered,
    register_entity,
    register_site,
    register_unit,
)
from assessor.auditees.services import change_tags, hand_over
from assessor.auditees.tags import SITE_TAGS, TAGS, UNIT_TAGS
from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.journal.models import JournalEntry, JournalText
from assessor.journal.verify import verify
from assessor.organization.models import OfficeKind, TimeZone
from assessor.organization.services import serve_area
from assessor.sentences import NotPermitted, Refused, Stale
from checklists.library import load_all
from tests.assessor.organization.places import Clock, add_territories, office

TODAY = date(2026, 11, 21)


@pytest.fixture
def offices(session: Session, clock: Clock) -> dict[str, str]:
    add_territories(session, clock)
    centre = office(session, clock, OfficeKind.centre, "Pusat")
    java = office(session, clock, OfficeKind.bnnp, "BNNP Jawa Tengah", centre)
    papua = office(session, clock, OfficeKind.bnnp, "BNNP Papua Tengah", centre)
    banyumas = office(session, clock, OfficeKind.bnnk, "BNNK Banyumas", java)
    named = {"centre": centre, "java": java, "papua": papua, "banyumas": banyumas}
    ids = {name: each.id for name, each in named.items()}
    for name, code in (("java", "33"), ("papua", "94"), ("banyumas", "33.02")):
        serve_area(
            session,
            SYSTEM,
            clock,
            office_id=ids[name],
            territory_code=code,
            valid_from=date(2026, 1, 1),
        )
    return ids


def _site(session: Session, clock: Clock, actor: Actor = SYSTEM, **facts: object) -> Auditee:
    entity = register_entity(session, SYSTEM, clock, name="Yayasan Contoh", legal_form="yayasan")
    known: dict[str, object] = {
        "entity_id": entity.id,
        "name": "Rumah Contoh",
        "regency_code": "33.02",
        "agency": Agency.foundation,
    }
    return register_site(session, actor, clock, new=NewSite(**{**known, **facts}))


def _unit(session: Session, clock: Clock, actor: Actor = SYSTEM, **facts: object) -> Auditee:
    known: dict[str, object] = {"name": "IBM Contoh", "village_code": "33.02.22.2007"}
    return register_unit(session, actor, clock, new=NewUnit(**{**known, **facts}))


def _coach(office_id: str) -> Actor:
    return Actor("p1", (Held("h1", Role.coach, office_id=office_id),))


def test_the_office_that_serves_the_regency_is_responsible(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    assert _site(session, clock).responsible_office_id == offices["banyumas"]
    elsewhere = _site(session, clock, regency_code="33.03")
    assert elsewhere.responsible_office_id == offices["java"]
    named = _site(session, clock, responsible_office_id=offices["java"])
    assert named.responsible_office_id == offices["java"]


def test_references_count_on_in_their_series(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    given = [_site(session, clock).reference, _unit(session, clock).reference]
    given += [_site(session, clock).reference, _unit(session, clock).reference]
    assert given == ["LBG-0001", "IBM-0001", "LBG-0002", "IBM-0002"]


def test_a_refused_registration_gives_its_number_back(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        _site(session, clock, regency_code="33.22")
    assert _site(session, clock).reference == "LBG-0001"


@pytest.fixture
def shared_engine(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """A database for several connections at once: in memory there is only one."""
    if engine.dialect.name == "postgresql":
        yield engine
        return
    own = create_engine(f"sqlite:///{tmp_path / 'assessor.db'}")
    prepare_engine(own)
    upgrade(own)
    yield own
    own.dispose()


def test_two_at_the_same_moment_get_different_numbers(shared_engine: Engine, clock: Clock) -> None:
    with Session(shared_engine, autoflush=False) as session:
        add_territories(session, clock)
        centre_id = office(session, clock, OfficeKind.centre, "Pusat").id
    faults: list[BaseException] = []

    def register() -> None:
        try:
            with Session(shared_engine, autoflush=False) as own:
                for _ in range(5):
                    _unit(own, clock, responsible_office_id=centre_id)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=register) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with Session(shared_engine, autoflush=False) as session:
        references = session.execute(select(Auditee.reference)).scalars().all()
        assert sorted(references) == [f"IBM-{number:04d}" for number in range(1, 21)]
        assert list(verify(session)) == []


def test_the_zone_is_that_of_the_place(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    assert _site(session, clock).time_zone is TimeZone.wib
    assert _site(session, clock, regency_code="94.01").time_zone is TimeZone.wit


@pytest.mark.parametrize(
    ("agency", "chosen", "expected"),
    [
        (Agency.foundation, ("rawat-inap",), ["km", "rawat-inap"]),
        (Agency.kemensos, ("sosial",), ["ip", "sosial"]),
        (Agency.other, ("km",), ["km"]),
    ],
)
def test_tags_that_follow_from_the_agency_are_not_asked(
    session: Session,
    clock: Clock,
    offices: dict[str, str],
    agency: Agency,
    chosen: tuple[str, ...],
    expected: list[str],
) -> None:
    assert _site(session, clock, agency=agency, tags=chosen).tags == expected


def test_a_unit_knows_whether_it_is_in_a_desa_or_a_kelurahan(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    assert _unit(session, clock).tags == ["desa", "unit-baru"]
    city = _unit(session, clock, village_code="33.02.27.1004", tags=("unit-berkelanjutan",))
    assert city.tags == ["kelurahan", "unit-berkelanjutan"]
    assert (city.regency_code, city.responsible_office_id) == ("33.02", offices["banyumas"])


def test_services_become_tags_and_keep_their_capacity(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    site = _site(session, clock, services=(Offered("rawat-inap", 20), Offered("rawat-jalan")))
    assert site.tags == ["km", "rawat-inap", "rawat-jalan"]
    offered = list_services(session, site.id, TODAY)
    assert [(each.tag, each.capacity) for each in offered] == [
        ("rawat-inap", 20),
        ("rawat-jalan", None),
    ]
    assert session.execute(select(Service.valid_from)).scalars().all() == [TODAY, TODAY]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"tags": ("ip",)}, "tidak dapat berlaku bersama"),
        ({"tags": ("apa",)}, "tidak dikenal"),
        ({"tags": ("bnn",)}, "hanya untuk lembaga yang dijalankan BNN"),
        ({"services": (Offered("tc"),)}, "Layanan tc tidak dikenal"),
        ({"agency": Agency.bnn}, "kantor yang menjalankan"),
        ({"name": "  "}, "Isi nama"),
        ({"name": "—"}, "Isi nama"),
        ({"name": "x" * 201}, "Isi nama"),
        ({"regency_code": "33.02.22"}, "Pilih wilayah dari daftar"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    session: Session, clock: Clock, offices: dict[str, str], facts: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        _site(session, clock, **facts)
    assert session.execute(select(Auditee)).first() is None


def test_where_nobody_serves_an_office_must_be_named(session: Session, clock: Clock) -> None:
    add_territories(session, clock)
    centre = office(session, clock, OfficeKind.centre, "Pusat")
    with pytest.raises(Refused, match="Belum ada kantor yang melayani"):
        _site(session, clock)
    assert _site(session, clock, responsible_office_id=centre.id).reference == "LBG-0001"


def test_a_coach_registers_below_the_own_office_only(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    _unit(session, clock, _coach(offices["banyumas"]))
    _unit(session, clock, _coach(offices["java"]))
    with pytest.raises(NotPermitted):
        _unit(session, clock, _coach(offices["papua"]))
    with pytest.raises(NotPermitted):
        _unit(session, clock, Actor("p", (Held("h", Role.assessor, office_id=offices["java"]),)))
    with pytest.raises(NotPermitted):
        _unit(session, clock, Actor(None))


def test_an_auditee_passes_to_another_office_with_a_reason(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    site_id = _site(session, clock).id
    handing = {"auditee_id": site_id, "from_office_id": offices["banyumas"]}
    hand_over(
        session, SYSTEM, clock, **handing, to_office_id=offices["java"], reason="BNNK digabung"
    )
    assert session.get_one(Auditee, site_id).responsible_office_id == offices["java"]
    entry = session.execute(
        select(JournalEntry).where(JournalEntry.act == "auditee.handed_over")
    ).scalar_one()
    assert entry.auditee_id == site_id
    assert "BNNK digabung" not in entry.body
    words = session.execute(select(JournalText.words).where(JournalText.seq == entry.seq))
    assert words.scalars().all() == ["BNNK digabung"]
    with pytest.raises(Stale):
        hand_over(session, SYSTEM, clock, **handing, to_office_id=offices["papua"], reason="lagi")
    assert list(verify(session)) == []


def test_a_handover_needs_a_reason_and_another_office(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    handing = {"auditee_id": _site(session, clock).id, "from_office_id": offices["banyumas"]}
    with pytest.raises(Refused, match="alasan"):
        hand_over(session, SYSTEM, clock, **handing, to_office_id=offices["java"], reason=" ")
    with pytest.raises(Refused, match="sudah bertanggung jawab"):
        hand_over(session, SYSTEM, clock, **handing, to_office_id=offices["banyumas"], reason="uji")
    with pytest.raises(NotPermitted):
        hand_over(
            session,
            _coach(offices["papua"]),
            clock,
            **handing,
            to_office_id=offices["papua"],
            reason="uji",
        )


def test_tags_are_changed_against_what_was_seen(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    site_id = _site(session, clock, tags=("rawat-jalan",)).id
    change = {"auditee_id": site_id, "seen": ["km", "rawat-jalan"], "why": "layanan baru"}
    changed = change_tags(session, SYSTEM, clock, **change, tags=["rawat-inap", "rawat-jalan"])
    assert changed.tags == ["km", "rawat-inap", "rawat-jalan"]
    with pytest.raises(Stale):
        change_tags(session, SYSTEM, clock, **change, tags=["rawat-jalan"])
    assert list(verify(session)) == []


def test_the_vocabulary_is_that_of_the_packaged_standards() -> None:
    library, problems = load_all()
    assert not problems
    for checklist in library.checklists.values():
        for kind in checklist.auditees:
            expected = {tag.id: tag.label.id for tag in checklist.standard.tags}
            assert expected == {
                tag: words.text for tag, words in TAGS[AuditeeKind(kind.value)].items()
            }
    assert not set(SITE_TAGS) & set(UNIT_TAGS)


def test_the_names_around_an_auditee_are_known(
    session: Session, clock: Clock, offices: dict[str, str]
) -> None:
    site = _site(
        session, clock, agency=Agency.bnn, operating_office_id=offices["banyumas"], tags=("medis",)
    )
    around = get_surroundings(session, site)
    assert (around.entity, around.legal_form) == ("Yayasan Contoh", "yayasan")
    assert around.responsible_office == around.operating_office == "BNNK Banyumas"
    assert get_surroundings(session, _unit(session, clock)).entity is None
