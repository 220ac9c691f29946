"""Can an audit be done by somebody whose browser runs no script?"""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from assessor.assessments.models import Answer, Assessment, Finding, Kind, Status
from tests.browser.ground import TESTS_OF_A_BROWSER, Ground, main, photographs, sign_in, window
from tests.browser.hand import Hand
from tests.browser.visiting import declare, freeze, hold_the_closing_meeting, record_letter
from tests.builders import PASSWORD

pytestmark = TESTS_OF_A_BROWSER

ITEMS = 8


def test_an_audit_without_script(browser: Browser, ground: Ground, tmp_path: Path) -> None:
    with ground.world() as world:
        audit = world.open(Kind.evaluation, team=("lead",), declared=False)
        tags = frozenset(world.site.tags)
    items = [each.id for each in ground.checklist.applicable(tags)]
    page = window(browser, ground, java_script_enabled=False).new_page()
    sign_in(page, ground, "lead")
    hand_in_a_photograph(page, ground, photographs(tmp_path, 1)[0])
    page.goto("/")
    hand = Hand(page)
    main(page).get_by_role("link", name=re.compile("Isi pernyataan")).first.click()
    declare(page, hand)
    low = [each.id for each in ground.checklist.items if each.critical.value == "no"][1]
    for item in items:
        score(page, item, low=item == low)
    add_the_bases(page, audit, items)
    word_the_finding(page, audit)
    page.goto(f"/assessments/{audit}/assignment")
    record_letter(page, hand)
    page.goto(f"/assessments/{audit}/closing")
    hold_the_closing_meeting(page, hand)
    freeze(page, hand)
    page.goto(f"/assessments/{audit}/submit")
    main(page).get_by_label("Kata sandi").fill(PASSWORD)
    main(page).locator("#sign").get_by_role("button").click()
    expect(main(page)).to_contain_text("Menunggu pemeriksaan")
    with ground.world() as world:
        assert world.session.get_one(Assessment, audit).status is Status.submitted
        answers = world.session.query(Answer).filter_by(assessment_id=audit).all()
        assert {each.item: each.choice for each in answers} == {
            item: "0" if item == low else "2" for item in items
        }
        (finding,) = world.session.query(Finding).filter_by(assessment_id=audit)
        assert finding.statement == "Tidak ada jadwal, dan tidak ada yang ditunjuk."


def hand_in_a_photograph(page: Page, ground: Ground, file: Path) -> None:
    page.goto(f"/auditees/{ground.site}/evidence")
    page.locator("input[name=files]").set_input_files(file)
    page.locator("input[name=declaration]").check()
    main(page).get_by_role("button", name="Kirim bukti").click()
    expect(main(page)).to_contain_text("“Ruang 1” diterima.")


def score(page: Page, item: str, *, low: bool) -> None:
    """Choose, write, press the item's own button; the page comes back at the item."""
    box = page.locator(f"#item-{item}")
    box.get_by_role("radio", name=re.compile("^0" if low else "^2")).check()
    if low:
        box.get_by_label("Fakta dan analisis").fill("Tidak ada jadwal.")
    box.get_by_role("button", name="Simpan", exact=True).click()
    assert f"item-{item}" in page.url
    expected = box.get_by_role("radio", name=re.compile("^0" if low else "^2"))
    expect(expected).to_be_checked()


def choose_all(page: Page) -> None:
    """Unfold each part of the standard and tick its items."""
    for part in page.locator(".targets details").all():
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        for box in part.locator("input[name=item]").all():
            box.check()


def add_the_bases(page: Page, audit: str, items: list[str]) -> None:
    """What was seen for all items, the photograph for those that must cite."""
    page.locator(f"#item-{items[0]}").get_by_role("button", name="Tambah dasar nilai").click()
    page.get_by_label("Dilihat di tempat").check()
    page.get_by_label("Apa yang dilihat").fill("Ruang layanan")
    choose_all(page)
    main(page).get_by_role("button", name="Simpan dasar nilai").click()
    expect(page.locator(".bx").first).to_contain_text("Ruang layanan")
    page.locator(f"#item-{items[0]}").get_by_role("button", name="Tambah dasar nilai").click()
    page.get_by_label("Bukti dukung").first.check()
    page.locator("input[name=evidence]").first.check()
    choose_all(page)
    main(page).get_by_role("button", name="Simpan dasar nilai").click()
    expect(page.locator(".b-evidence")).to_have_count(len(items))
    page.goto(f"/assessments/{audit}/checklist?show=lacking")
    expect(main(page)).to_contain_text("Tidak ada butir yang cocok")


def word_the_finding(page: Page, audit: str) -> None:
    page.goto(f"/assessments/{audit}/findings")
    main(page).locator("summary").filter(has_text="Ubah atau hapus").click()
    words = "Tidak ada jadwal, dan tidak ada yang ditunjuk."
    main(page).get_by_label("Uraian temuan").fill(words)
    main(page).get_by_role("button", name="Simpan temuan").click()
    expect(main(page)).to_contain_text(words)
