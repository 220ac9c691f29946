"""Does all work of an officer pass in one step, within the rules, and can its history be read?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Actor, Role
from assessor.accounts.models import Person, Position
from assessor.assessments.independence import involved_in
from assessor.assessments.models import Assessment, Kind, TeamMember, TeamRole
from assessor.assessments.overview.succession import Handing, hand_over_work, list_places
from assessor.auditees.changing import Facts, change_facts, facts_of
from assessor.auditees.models import Agency
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.models import Office, OfficeKind
from assessor.sentences import NotPermitted, Refused, Stale
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock, items=6)


def _centre(session: Session, scene: audits.Scene) -> Office:
    bnnp = session.get_one(Office, scene.office.parent_id)
    return session.get_one(Office, bnnp.parent_id)


def _colleague(session: Session, clock: StandingClock, scene: audits.Scene, **more: object) -> str:
    values = {"role": Role.assessor, "office": scene.office, "name": "Rini Penerima"}
    return builders.make_person(session, clock, **(values | more)).id  # type: ignore[arg-type]


def _team(session: Session, assessment_id: str) -> dict[str, TeamRole]:
    rows = session.execute(
        select(TeamMember.person_id, TeamMember.role).where(
            TeamMember.assessment_id == assessment_id
        )
    )
    return dict(rows.all())


def _pass(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    actor: Actor = SYSTEM,
    **more: object,
) -> int:
    values = {"from_person": scene.people["assessor"].id, "moves": {}, "reason": "Mutasi"}
    handing = Handing(**(values | more))  # type: ignore[arg-type]
    return hand_over_work(session, actor, clock, handing=handing)


def test_every_place_passes_with_its_role_and_its_own_entry(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    one = audits.open_audit(session, clock, scene, kind=Kind.baseline).id
    other = audits.open_audit(session, clock, scene, kind=Kind.evaluation).id
    new = _colleague(session, clock, scene)
    before = session.scalars(select(JournalEntry.seq).order_by(JournalEntry.seq.desc())).first()
    assert _pass(session, clock, scene, moves={one: new, other: new}) == 2
    for assessment_id in (one, other):
        team = _team(session, assessment_id)
        assert team[new] is TeamRole.lead
        assert scene.people["assessor"].id not in team
    entries = session.scalars(select(JournalEntry).where(JournalEntry.seq > before)).all()
    assert {(each.act, each.subject_id) for each in entries} == {
        ("assessments.place_passed", one),
        ("assessments.place_passed", other),
    }
    assert {each.auditee_id for each in entries} == {scene.site.id}
    assert list(verify(session)) == []


def test_who_is_on_the_team_already_takes_the_lead(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene).id
    second = scene.people["assessor2"].id
    _pass(session, clock, scene, moves={audit: second})
    assert _team(session, audit) == {second: TeamRole.lead}


def test_finished_work_stays_with_who_did_it(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    asked = audits.judge(session, audit, clock().date()).asked
    audits.score(session, clock, scene, audit, unmet=list(asked))
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    new = _colleague(session, clock, scene)
    assert list_places(session, scene.people["assessor"].id) == ()
    with pytest.raises(Stale):
        _pass(session, clock, scene, moves={audit.id: new})


def test_all_or_nothing(session: Session, clock: StandingClock, scene: audits.Scene) -> None:
    good = audits.open_audit(session, clock, scene, kind=Kind.baseline).id
    bad = audits.open_audit(session, clock, scene, kind=Kind.evaluation).id
    new = _colleague(session, clock, scene)
    coach = scene.people["coach"].id  # holds no position as assessor
    with pytest.raises(Refused, match="belum memegang jabatan petugas penilai"):
        _pass(session, clock, scene, moves={good: new, bad: coach})
    assert new not in _team(session, good)


def test_the_rules_of_independence_are_asked_for_each_place(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene).id
    office = builders.make_office(session, clock, kind=OfficeKind.bnnk)
    change_facts(
        session,
        SYSTEM,
        clock,
        auditee_id=scene.site.id,
        facts=Facts(
            name=scene.site.name, address="", agency=Agency.bnn, operating_office_id=office.id
        ),
        seen=facts_of(scene.site),
    )
    partial = _colleague(session, clock, scene, office=office, name="Orang Dalam")
    with pytest.raises(Refused, match="menjalankan lembaga ini"):
        _pass(session, clock, scene, moves={audit: partial})
    second = scene.people["assessor2"].id  # as a member the same person may
    handing = Handing(from_person=second, moves={audit: partial}, reason="Mutasi")
    hand_over_work(session, SYSTEM, clock, handing=handing)
    assert _team(session, audit)[partial] is TeamRole.member
    own = builders.make_person(session, clock, role=Role.institution, auditee=scene.site)
    builders.give_position(
        session, SYSTEM, clock, person_id=own.id, role=Role.assessor, office_id=scene.office.id
    )
    handing = Handing(from_person=partial, moves={audit: own.id}, reason="Mutasi")
    with pytest.raises(Refused, match="lembaganya sendiri"):
        hand_over_work(session, SYSTEM, clock, handing=handing)


def test_a_position_is_given_and_the_old_one_ends_in_the_same_step(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene).id
    old = scene.people["assessor"].id
    position = session.scalars(select(Position.id).where(Position.person_id == old)).one()
    new = builders.make_person(session, clock, name="Baru Datang").id
    done = _pass(
        session,
        clock,
        scene,
        moves={audit: new},
        given={position: new},
        ended=frozenset({position}),
    )
    assert done == 3
    assert session.get_one(Position, position).valid_to == clock().date()
    given = session.scalars(select(Position).where(Position.person_id == new)).one()
    assert (given.role, given.office_id) == (Role.assessor, scene.office.id)
    assert list(verify(session)) == []


def test_nobody_stops_being_an_assessor_while_places_are_left(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene)
    reference = audit.reference
    old = scene.people["assessor"].id
    position = session.scalars(select(Position.id).where(Position.person_id == old)).one()
    with pytest.raises(Refused, match=reference):
        _pass(session, clock, scene, ended=frozenset({position}))


def test_who_worked_on_it_does_not_decide_over_it_after_leaving_the_team(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    audits.score(session, clock, scene, audit)
    new, old = _colleague(session, clock, scene), scene.people["assessor"]
    audit_id = audit.id
    _pass(session, clock, scene, moves={audit_id: new})
    assert old.id in involved_in(session, audit_id).team
    assert old.id not in _team(session, audit_id)


@pytest.mark.parametrize("reason", ["", "  ", "NIK 3302051203900004"])
def test_a_reason_is_needed_and_names_no_client(
    session: Session, clock: StandingClock, scene: audits.Scene, reason: str
) -> None:
    audit = audits.open_audit(session, clock, scene).id
    new = _colleague(session, clock, scene)
    with pytest.raises(Refused):
        _pass(session, clock, scene, moves={audit: new}, reason=reason)


def test_nothing_chosen_or_oneself_chosen_is_refused(
    session: Session, clock: StandingClock, scene: audits.Scene
) -> None:
    audit = audits.open_audit(session, clock, scene).id
    with pytest.raises(Refused, match="Pilih dulu"):
        _pass(session, clock, scene)
    with pytest.raises(Refused, match="penerima yang lain"):
        _pass(session, clock, scene, moves={audit: scene.people["assessor"].id})


def test_who_may_pass_work_on(session: Session, clock: StandingClock, scene: audits.Scene) -> None:
    audit = audits.open_audit(session, clock, scene).id
    new = _colleague(session, clock, scene)
    old = scene.people["assessor"].id
    position = session.scalars(select(Position.id).where(Position.person_id == old)).one()
    far = builders.make_office(session, clock, kind=OfficeKind.bnnk)
    for office, allowed in ((far, False), (scene.office, True)):
        person = builders.make_person(session, clock, role=Role.administrator, office=office)
        actor = builders.actor_for(session, clock, person)
        if allowed:
            # the office's administrator passes places on; positions are the centre's
            with pytest.raises(NotPermitted):
                _pass(session, clock, scene, actor, moves={audit: new}, ended=frozenset({position}))
            _pass(session, clock, scene, actor, moves={audit: new})
        else:
            with pytest.raises(NotPermitted):
                _pass(session, clock, scene, actor, moves={audit: new})
    assert new in _team(session, audit)


# ---- the page ----


def test_from_the_officer_to_the_successors_home(
    session: Session, clock: StandingClock, scene: audits.Scene, as_person: AsPerson
) -> None:
    audits.open_audit(session, clock, scene)
    new = builders.make_person(session, clock, name="Rini Penerima")
    builders.give_position(
        session, SYSTEM, clock, person_id=new.id, role=Role.coach, office_id=scene.office.id
    )
    chief = builders.make_person(
        session, clock, role=Role.administrator, office=_centre(session, scene)
    )
    browser = as_person(chief)
    page = browser.get("/handovers").click("Orang assessor")
    assert "Rumah Kenari" in page.text
    page = page.click(next(name for name in page.links() if name.startswith("Rini Penerima")))
    assert "belum memegang jabatan petugas penilai" in page.text
    answer = page.form("Serah terimakan").fill({"Alasan": "Mutasi"}).submit(status=400)
    assert "Beri jabatannya bersama serah terima ini." in answer.errors[0]
    form = answer.form("Serah terimakan")
    give = next(name for name, _ in form.values if name.startswith("give-"))
    end = give.replace("give-", "end-")
    form.values = [each for each in form.values if each[0] not in {give, end}]
    form.values += [(give, new.id), (end, "yes")]
    page = form.submit()
    assert "3 hal diserahkan." in page.flashes
    assert "Tidak ada yang perlu Anda lakukan." in page.text
    home = as_person(new).get("/")
    assert any("Rumah Kenari" in name for name in home.links())


def test_who_cannot_take_a_place_is_named_with_the_reason_and_who_could(
    session: Session, clock: StandingClock, scene: audits.Scene, as_person: AsPerson
) -> None:
    audits.open_audit(session, clock, scene)
    partial = builders.make_person(
        session, clock, name="Orang Dalam", role=Role.institution, auditee=scene.site
    )
    builders.give_position(
        session, SYSTEM, clock, person_id=partial.id, role=Role.assessor, office_id=scene.office.id
    )
    chief = builders.make_person(
        session, clock, role=Role.administrator, office=_centre(session, scene)
    )
    page = as_person(chief).get(
        f"/handovers/{scene.people['assessor'].id}", query={"to": partial.id}
    )
    assert "tidak boleh menilai lembaganya sendiri. Yang dapat: Orang assessor" in page.text
    assert "tambah penerima lain" in page.text


def test_odd_addresses_and_choices_change_nothing(
    session: Session, clock: StandingClock, scene: audits.Scene, as_person: AsPerson
) -> None:
    audit = audits.open_audit(session, clock, scene).id
    chief = builders.make_person(
        session, clock, role=Role.administrator, office=_centre(session, scene)
    )
    browser, old = as_person(chief), scene.people["assessor"].id
    browser.get("/handovers/niemand", status=404)
    browser.get(f"/handovers/{old}", query={"to": ["x", old, "%"]})
    answer = browser.post(
        f"/handovers/{old}?to=x",
        {f"move-{audit}": "x", "move-y": "z", "reason": "Mutasi"},
        status=400,
    )
    assert answer.errors == ["Pilih dulu apa yang diserahkan, dan kepada siapa."]
    assert old in _team(session, audit)
    assert session.get_one(Assessment, audit) is not None
