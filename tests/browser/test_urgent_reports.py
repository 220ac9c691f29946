"""Can grave danger be reported in a minute on a phone without script, and does every page of it
read well?"""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from assessor.assessments.models import Kind
from assessor.urgent.models import UrgentReport
from tests.browser.ground import (
    PHONE,
    TESTS_OF_A_BROWSER,
    Ground,
    main,
    sign_in,
    signed_in,
    window,
)
from tests.browser.looking import Looker
from tests.builders import PASSWORD

pytestmark = TESTS_OF_A_BROWSER

ITEMS = 8


def report(page: Page) -> None:
    """What must be filled in, by the words beside it."""
    main(page).get_by_label("Kurungan, sel, rantai, atau ruang terkunci").check()
    main(page).get_by_label("Apa yang dilihat atau didengar").fill("Satu ruang digembok, 2 orang.")
    main(page).get_by_label("Di mana").fill("bangunan belakang")
    main(page).get_by_label("Apa yang sudah dilakukan").fill("Pintu dibuka.")
    main(page).get_by_role("button", name="Kirim laporan segera").click()


def test_from_the_checklist_to_the_decision(
    browser: Browser, ground: Ground, pictures: Path | None
) -> None:
    with ground.world() as world:
        audit = world.open(Kind.evaluation, team=("lead",))
    phone = window(browser, ground, size=PHONE, java_script_enabled=False).new_page()
    sign_in(phone, ground, "lead")
    phone.goto(f"/assessments/{audit}/checklist")
    main(phone).get_by_role("link", name="Lapor segera").click()
    report(phone)
    expect(main(phone)).to_contain_text("Menunggu putusan")
    looker = Looker(pictures)
    page = signed_in(window(browser, ground), ground, "verifier").new_page()
    page.goto("/")
    looker.look(page, "urgent-home")
    page.get_by_role("link", name="1 laporan segera menunggu putusan").click()
    looker.look(page, "urgent-list")
    main(page).get_by_role("link", name="Laporan segera: kurungan").first.click()
    looker.look(page, "urgent-report")
    main(page).get_by_role("link", name="Putuskan laporan ini").click()
    looker.look(page, "urgent-decide")
    main(page).get_by_label("Terbukti, ada tindakan lanjut").check()
    main(page).get_by_label("Alasan putusan").fill("Diperiksa bersama polisi.")
    main(page).get_by_label("Akhiri penangguhan").check()
    main(page).get_by_label("Kata sandi Anda").fill(PASSWORD)
    main(page).get_by_role("button", name="Simpan putusan").click()
    expect(main(page)).to_contain_text("Berakhir dengan putusan ini")
    page.goto(f"/auditees/{ground.site}/urgent-reports/new")
    looker.look(page, "urgent-form")
    page.goto(f"/auditees/{ground.site}/permits")
    looker.look(page, "permits")
    page.goto(f"/auditees/{ground.site}/outside-values/new")
    looker.look(page, "outside-value-form")
    assert not looker.wrong, "\n".join(looker.wrong)
    with ground.world() as world:
        (kept,) = world.session.query(UrgentReport)
        assert kept.assessment_id == audit
