"""The pages of an assessment in a real browser: nothing for axe to find, nothing wider than a
phone, everything done without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from assessor.assessments.models import Kind
from tests import audits
from tests.assessor.assessments.checklist_world import World
from tests.browser.ground import (
    DESK,
    PHONE,
    TESTS_OF_A_BROWSER,
    Ground,
    chromium,
    clock,
    grounded,
    main,
    signed_in,
    window,
)
from tests.builders import PASSWORD

pytestmark = TESTS_OF_A_BROWSER
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with grounded(tmp_path_factory.mktemp("pages"), items=24) as made:
        yield made


@pytest.fixture(scope="module")
def ids(ground: Ground) -> dict[str, str]:
    """An assessment in each state."""
    with ground.world() as world:
        own = world.open(Kind.self)
        _answer(world, own, "institution")
        _submit(world, own, "institution")
        sealed = world.open(Kind.baseline)
        _answer(world, sealed, "lead")
        _submit(world, sealed, "lead")
        _seal(world, sealed)
        returned = world.open(Kind.periodic)
        _answer(world, returned, "lead")
        _look_at_files(world, returned)
        submitted = world.open(Kind.evaluation)
        _answer(world, submitted, "lead")
        _submit(world, submitted, "lead")
        checked = world.open(Kind.baseline)
        _answer(world, checked, "lead")
        _submit(world, checked, "lead")
        _check(world, checked)
        return {
            "checked": checked,
            "own": own,
            "sealed": sealed,
            "ready": returned,
            "submitted": submitted,
            "site": world.site.id,
        }


def _answer(world: World, assessment_id: str, who: str) -> None:
    """Answer all with words; what wants a citation is not met, a critical item among it."""
    from assessor.assessments.judging import judge
    from assessor.assessments.models import Assessment

    assessment = world.session.get_one(Assessment, assessment_id)
    judged = judge(world.session, assessment, clock().date())
    for item in list(judged.asked.values()):
        poor = item.citation.value == "required"
        world.say(assessment_id, who, item.id, "choice", "0" if poor else "2")
        world.say(assessment_id, who, item.id, "facts", f"Yang terlihat pada {item.id}.")
        if not poor:
            seen = {"add": {"kind": "sighted", "what": "ruang", "where": "lantai 1", "when": ""}}
            world.say(assessment_id, who, item.id, "basis", seen)


def _look_at_files(world: World, found: str) -> None:
    """Files drawn twice, some marked and used, people spoken with; no score is touched."""
    from assessor.assessments.models import Assessment
    from assessor.assessments.sample.interviews import Counted, record_interviews
    from assessor.assessments.sample.services import Marking, draw_files, mark_files
    from assessor.assessments.sample.using import use_sheet
    from assessor.assessments.sample_models import Mark
    from assessor.assessments.sample_state import record_items
    from checklists.strata import strata_for

    there = {"assessment_id": found}
    actor, session = world.actor("lead"), world.session
    assessment = session.get_one(Assessment, found)
    first = strata_for(frozenset(assessment.tags))[0].code
    items = [
        name
        for name, item in record_items(world.checklist, assessment).items()
        if item.citation.value != "required"  # those are met, so that sheet and score agree
    ][:2]
    asked = [item.id for item in world.checklist.items if "W" in item.methods][:1]
    again = {"after_number": 1, "reason": "Daftar diperbarui"}
    draw_files(session, actor, clock, counts={first: 30}, **there)
    size = draw_files(session, actor, clock, counts={first: 12}, **again, **there).size
    markings = [
        Marking(item, file, Mark.met, None) for item in items for file in range(1, size + 1)
    ]
    mark_files(session, actor, clock, number=2, markings=markings[:-1], **there)
    use_sheet(session, actor, clock, number=2, items=items, key="page", **there)
    record_interviews(
        session, actor, clock, counts={"klien": Counted(5, 0)}, add=asked, drop=(), key="", **there
    )


def _submit(world: World, assessment_id: str, who: str) -> None:
    from assessor.assessments.models import Assessment
    from assessor.assessments.signing.services import submit_assessment

    assessment = world.session.get_one(Assessment, assessment_id)
    people = {**world.people, "assessor": world.people["lead"]}
    audits.arrange(world.session, clock, audits.Scene(world.office, world.site, people), assessment)
    submit_assessment(
        world.session,
        world.actor(who),
        clock,
        assessment_id=assessment_id,
        shown_hash=audits.shown(world.session, clock, assessment),
        demo=False,
    )


def _check(world: World, assessment_id: str) -> None:
    from assessor.assessments.models import Assessment
    from assessor.assessments.signing.services import check_assessment

    assessment = world.session.get_one(Assessment, assessment_id)
    check_assessment(
        world.session,
        world.actor("checker"),
        clock,
        assessment_id=assessment_id,
        shown_hash=audits.shown(world.session, clock, assessment),
    )


def _seal(world: World, assessment_id: str) -> None:
    from assessor.assessments.judging import judge
    from assessor.assessments.models import Assessment
    from assessor.assessments.queries import today_of
    from assessor.assessments.review.services import see_items
    from assessor.assessments.review.state import to_look_at
    from assessor.assessments.signing.services import verify_assessment

    _check(world, assessment_id)
    assessment = world.session.get_one(Assessment, assessment_id)
    looked = to_look_at(
        world.session,
        judge(world.session, assessment, today_of(world.session, assessment, clock())),
        world.people["verifier"].id,
    )
    see_items(
        world.session,
        world.actor("verifier"),
        clock,
        assessment_id=assessment_id,
        items=[each.item.id for each in looked.unseen],
    )
    verify_assessment(
        world.session,
        world.actor("verifier"),
        clock,
        assessment_id=assessment_id,
        shown_hash=audits.shown(world.session, clock, assessment),
        demo=False,
    )


def _places(ids: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("", "/"),
        ("lead", "/"),
        ("verifier", "/"),
        ("institution", "/"),
        ("verifier", "/assessments"),
        ("coach", f"/auditees/{ids['site']}/assessments/new"),
        ("institution", f"/auditees/{ids['site']}/assessments/new"),
        ("lead", f"/assessments/{ids['ready']}"),
        ("lead", f"/assessments/{ids['ready']}/findings"),
        ("lead", f"/assessments/{ids['ready']}/submit"),
        ("lead", f"/assessments/{ids['ready']}/sample"),
        ("checker", f"/assessments/{ids['ready']}/sample"),
        ("verifier", f"/assessments/{ids['checked']}/sample"),
        ("lead", f"/assessments/{ids['ready']}/interviews"),
        ("checker", f"/assessments/{ids['ready']}/interviews"),
        ("institution", f"/auditees/{ids['site']}/comparison"),
        ("checker", f"/assessments/{ids['submitted']}"),
        ("checker", f"/assessments/{ids['submitted']}/check"),
        ("verifier", f"/assessments/{ids['checked']}/verify"),
        ("checker", f"/assessments/{ids['submitted']}/review/A-001"),
        ("institution", f"/assessments/{ids['sealed']}"),
        ("institution", f"/assessments/{ids['sealed']}/findings"),
        ("verifier", f"/assessments/{ids['sealed']}/result"),
        ("verifier", f"/assessments/{ids['sealed']}/answers"),
        ("institution", f"/assessments/{ids['own']}/result"),
    ]


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, ground: Ground, ids: dict[str, str], size: dict[str, int], scheme: str
) -> None:
    wrong: list[str] = []
    for who, path in _places(ids):
        context = window(browser, ground, size=size, color_scheme=scheme)
        if who:
            signed_in(context, ground, who)
        page = context.new_page()
        page.goto(path)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = Axe().run(page, options=RULES)
        wrong += [
            f"{path}: {each['id']} {each['nodes'][0]['html'][:200]}"
            for each in found.response["violations"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            wrong.append(f"{path} is {wide} px too wide")
        context.close()
    assert not wrong, "\n".join(wrong)


def test_an_audit_is_handed_over_and_sealed_without_a_script(
    browser: Browser, ground: Ground, ids: dict[str, str], tmp_path: Path
) -> None:
    context = signed_in(
        window(browser, ground, size=PHONE, java_script_enabled=False), ground, "lead"
    )
    page = context.new_page()
    page.goto("/")
    main(page).get_by_role("link", name="Periksa dan kirim").first.click()
    main(page).get_by_label("Kata sandi Anda").fill(PASSWORD)
    main(page).get_by_role("button", name="Tanda tangani dan kirim").click()
    assert "Penilaian sudah dikirim." in main(page).inner_text()
    context.close()
    context = signed_in(
        window(browser, ground, size=PHONE, java_script_enabled=False), ground, "checker"
    )
    page = context.new_page()
    page.goto(f"/assessments/{ids['ready']}/check")
    main(page).get_by_label("Kata sandi Anda").fill(PASSWORD)
    main(page).locator("#sign").get_by_role("button").click()
    assert "menunggu verifikasi" in main(page).inner_text()
    context.close()
    context = signed_in(
        window(browser, ground, size=PHONE, java_script_enabled=False), ground, "verifier"
    )
    page = context.new_page()
    page.goto(f"/assessments/{ids['ready']}")
    main(page).get_by_role("link", name="Verifikasi dan kunci").click()
    main(page).get_by_role("link", name="Lihat butir berikutnya").click()
    while "/review/" in page.url:
        main(page).get_by_role("button", name="Sudah saya lihat").click()
    main(page).get_by_label("Kata sandi Anda").fill(PASSWORD)
    main(page).get_by_role("button", name="Tanda tangani dan kunci").click()
    assert "Penilaian sudah diverifikasi dan dikunci." in main(page).inner_text()
    assert main(page).get_by_role("link", name="Unduh laporan").count() == 1
    context.close()
