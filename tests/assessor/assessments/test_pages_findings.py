"""Findings worded by the team and answered by the auditee, in the browser."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.accounts.services import end_position
from assessor.assessments.findings.services import proposals
from assessor.assessments.judging import judge
from assessor.assessments.models import Assessment, Finding, FindingStatus, Kind
from assessor.assessments.queries import asked_items
from assessor.instruments.queries import get_checklist
from checklists.findings import FindingClass
from tests import audits
from tests.client import Page, PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


@pytest.fixture
def scene(session: Session, clock: StandingClock) -> audits.Scene:
    return audits.make_scene(session, clock)


@pytest.fixture
def audit(session: Session, clock: StandingClock, scene: audits.Scene) -> Assessment:
    found = audits.open_audit(session, clock, scene)
    asked = asked_items(get_checklist(session, found.edition), found)
    poor = tuple(item.id for item in asked.values() if item.citation.value == "required")
    audits.score(session, clock, scene, found, unmet=poor)
    return found


def items_of(session: Session, audit: Assessment, clock: StandingClock) -> dict[str, list[str]]:
    judged = judge(session, audit, clock().date())
    found: dict[str, list[str]] = {"major": [], "minor": [], "suggestion": []}
    for each in proposals(judged):
        found[each.finding_class.value].append(each.item)
    session.rollback()
    return found


def form_of(page: Page, item: str) -> object:
    return page.form_to(f"{page.path.split('/findings')[0]}/findings/{item}")


def test_the_team_words_classes_drops_and_takes_back(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    item = items_of(session, audit, clock)["minor"][0]
    lead = as_person(scene.people["assessor"])
    path = f"/assessments/{audit.id}/findings"
    page = lead.get(path)
    assert f"Fakta {item}" in page.text
    form = page.form_to(f"{path}/{item}")
    form.fill(
        {f"{item}-statement": "Papan nama belum dipasang.", f"{item}-finding_class": "suggestion"}
    )
    page = form.submit()
    assert page.flashes == [f"Temuan {item} sudah disimpan."]
    kept = session.execute(select(Finding).where(Finding.item == item)).scalar_one()
    assert (kept.statement, kept.finding_class) == (
        "Papan nama belum dipasang.",
        FindingClass.suggestion,
    )
    # dropping needs a reason; what was typed stays
    form = page.form_to(f"{path}/{item}")
    form.fill({f"{item}-statement": "Papan nama belum dipasang sama sekali."})
    form.button = next(each for each in form.element.iter("button") if each.get("value") == "drop")
    page = form.submit(status=400)
    assert page.errors == ["Tulis alasan temuan ini dihapus."]
    form = page.form_to(f"{path}/{item}")
    assert form.value(f"{item}-statement") == "Papan nama belum dipasang sama sekali."
    form.fill({f"{item}-drop_reason": "Dipasang saat kunjungan."})
    form.button = next(each for each in form.element.iter("button") if each.get("value") == "drop")
    page = form.submit()
    assert "Dihapus oleh tim" in page.text
    assert "Dipasang saat kunjungan." in page.text
    session.refresh(kept)
    assert kept.status is FindingStatus.dropped
    page = page.form_to(f"{path}/{item}").submit()
    session.refresh(kept)
    assert (kept.status, kept.drop_reason) == (FindingStatus.proposed, None)


def test_a_stale_form_overwrites_nothing(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    item = items_of(session, audit, clock)["minor"][0]
    path = f"/assessments/{audit.id}/findings"
    mine = as_person(scene.people["assessor"]).get(path).form_to(f"{path}/{item}")
    theirs = as_person(scene.people["assessor2"]).get(path).form_to(f"{path}/{item}")
    theirs.fill({f"{item}-statement": "Kata rekan."}).submit()
    page = mine.fill({f"{item}-statement": "Kata saya."}).submit(status=409)
    assert "diubah orang lain" in page.errors[0]
    assert "Kata rekan." in page.text
    kept = session.execute(select(Finding).where(Finding.item == item)).scalar_one()
    assert kept.statement == "Kata rekan."
    again = page.form_to(f"{path}/{item}")
    assert again.value(f"{item}-statement") == "Kata saya."
    again.submit()
    session.refresh(kept)
    assert kept.statement == "Kata saya."


def test_a_finding_on_a_hard_critical_item_stays_major(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    as_person: AsPerson,
) -> None:
    audit = audits.open_audit(session, clock, scene)
    asked = asked_items(get_checklist(session, audit.edition), audit)
    hard = next(item.id for item in asked.values() if item.critical.value == "hard")
    entry = audits.operation(audit, hard, "choice", "0")
    actor = scene.actor(session, clock, "assessor")
    audits.enter(session, clock, actor, audit, [entry])
    lead = as_person(scene.people["assessor"])
    path = f"/assessments/{audit.id}/findings"
    page = lead.get(path)
    assert "selalu mayor dan tidak dapat dihapus" in page.text
    form = page.form_to(f"{path}/{hard}")
    seen = form.value(f"{hard}-seen")
    page = lead.post(
        f"{path}/{hard}",
        {
            f"{hard}-seen": seen,
            f"{hard}-finding_class": "minor",
            f"{hard}-statement": "x",
            "act": "keep",
        },
        status=400,
    )
    assert page.errors == ["Temuan pada butir kritis selalu mayor. Ubah nilainya bila keliru."]
    page = lead.post(
        f"{path}/{hard}",
        {
            f"{hard}-seen": seen,
            f"{hard}-finding_class": "major",
            f"{hard}-drop_reason": "tidak setuju",
            "act": "drop",
        },
        status=400,
    )
    assert "selalu mayor" in page.errors[0]


def test_others_read_the_proposals_and_change_nothing(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    item = items_of(session, audit, clock)["minor"][0]
    path = f"/assessments/{audit.id}/findings"
    coach = as_person(scene.people["coach"])
    assert "Simpan temuan" not in coach.get(path).text
    coach.post(f"{path}/{item}", {}, status=403)
    as_person(scene.people["institution"]).get(path, status=404)
    lead = as_person(scene.people["assessor"])
    page = lead.post(f"{path}/NONE-1", {}, status=400)
    assert "tidak ada temuannya" in page.text
    assert lead.get(f"{path}/{item}").path == f"{path}#finding-{item}".split("#")[0]


def _by_weight(session: Session) -> list[Finding]:
    found = session.execute(select(Finding).where(Finding.number.is_not(None))).scalars()
    order = list(FindingClass)
    return sorted(found, key=lambda each: (order.index(each.finding_class), each.number))


def test_the_institution_answers_what_was_issued(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    audits.submit(session, clock, scene, audit)
    path = f"/assessments/{audit.id}/findings"
    institution = as_person(scene.people["institution"])
    page = institution.get(path)
    finding = (
        session.execute(select(Finding).where(Finding.finding_class != FindingClass.suggestion))
        .scalars()
        .first()
    )
    assert finding is not None
    heavy = len(
        session.execute(
            select(Finding).where(Finding.finding_class != FindingClass.suggestion)
        ).all()
    )
    assert f"Tanggapi {heavy} temuan" in page.links()
    # what must be answered stands first, and only the next answer is open
    shown = [page.text.index(f"{audit.reference}/{each.number}") for each in _by_weight(session)]
    assert shown == sorted(shown)
    assert page.html.count('<details class="fold" open>') == 1
    form = page.form_to(f"/findings/{finding.id}/answer")
    page = form.submit(status=400)
    assert page.errors == ["Tulis tanggapan Anda atas temuan ini."]
    page = (
        page.form_to(f"/findings/{finding.id}/answer")
        .fill({f"{finding.item}-words": "Kami pasang minggu depan."})
        .submit()
    )
    assert page.flashes == ["Tanggapan Anda sudah disimpan."]
    assert "Kami pasang minggu depan." in page.text
    assert "Orang lembaga" in page.text
    assert f"Tanggapi {heavy - 1} temuan" in page.links()
    # the team reads it, and has no form for it
    page = as_person(scene.people["assessor"]).get(path)
    assert "Kami pasang minggu depan." in page.text
    assert "Kirim tanggapan" not in page.text
    as_person(scene.people["assessor"]).post(f"/findings/{finding.id}/answer", {}, status=403)
    assert institution.get(f"/findings/{finding.id}/answer").h1 == "Temuan"


def test_an_office_answers_only_for_who_has_no_account(
    session: Session,
    clock: StandingClock,
    scene: audits.Scene,
    audit: Assessment,
    as_person: AsPerson,
) -> None:
    from assessor.accounts.models import Position

    audits.submit(session, clock, scene, audit)
    path = f"/assessments/{audit.id}/findings"
    coach = as_person(scene.people["coach"])
    assert "Kirim tanggapan" not in coach.get(path).text
    position = session.execute(
        select(Position).where(Position.role == Role.institution)
    ).scalar_one()
    end_position(session, SYSTEM, clock, position_id=position.id)
    assert "Kirim tanggapan" in coach.get(path).text


def test_a_self_assessment_has_its_gaps_in_its_result(
    session: Session, clock: StandingClock, scene: audits.Scene, as_person: AsPerson
) -> None:
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    page = as_person(scene.people["institution"]).get(f"/assessments/{own.id}/findings")
    assert page.h1 == "Hasil penilaian"
