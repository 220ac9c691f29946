"""How many interactions does the audit of an institution take, from sign-in to submission?"""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from assessor.assessments.models import Assessment, Basis, Finding, Kind, Status
from tests.browser.ground import (
    TESTS_OF_A_BROWSER,
    Ground,
    main,
    photographs,
    window,
)
from tests.browser.hand import Hand
from tests.browser.visiting import declare, freeze, hold_the_closing_meeting, record_letter
from tests.builders import PASSWORD

pytestmark = TESTS_OF_A_BROWSER

ITEMS = 100
MOST = 180
FINDINGS = 5


def test_an_audit_of_a_hundred_items_takes_few_interactions(
    browser: Browser,
    ground: Ground,
    tmp_path: Path,
    pictures: Path | None,
    record_property: Callable[[str, object], None],
) -> None:
    with ground.world() as world:
        audit = world.open(Kind.evaluation, team=("lead",), declared=False)
        ground.hand_in(world, "institution", "Dokumen mutu")
    context = window(browser, ground)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    hand = Hand(page)
    page.goto("/sign-in")

    hand.part = "signing in, to the audit"
    hand.fill(page.get_by_label("Nama masuk"), ground.names["lead"])
    hand.fill(page.get_by_label("Kata sandi"), PASSWORD)
    hand.click(main(page).get_by_role("button", name="Masuk", exact=True))
    hand.click(main(page).get_by_role("link").filter(has_text="Klinik Harapan").first)
    hand.part = "declaration"
    declare(page, hand)
    expect(page.locator("[data-check][data-ready]")).to_be_attached()
    assert page.locator(".it").count() == 100

    hand.part = "scoring"
    low = score_everything(page, hand, ground)
    picture(page, pictures, "audit-scored")
    hand.part = "facts of what is not met"
    for item in low:
        write_facts(page, hand, item)

    hand.part = "photographs and documents"
    cite_the_photographs(page, hand, photographs(tmp_path, 10))
    for group in ("Periksa dokumen", "Wawancara", "Telusur berkas"):
        cite_the_documents(page, hand, group)
    hand.part = "other bases"
    lean_on_what_was_seen(page, hand)
    lean_on_talks(page, hand)
    lean_on_a_sample(page, hand)
    expect(page.locator("[data-saved]")).to_have_class("saved saved-saved", timeout=30_000)
    expect(page.locator("[data-lacking]")).to_have_text("")
    picture(page, pictures, "audit-complete")

    hand.part = "assignment letter"
    hand.click(page.get_by_role("link", name="Periksa dan kirim"))
    hand.click(main(page).get_by_role("link", name="Surat tugas belum dicatat"))
    record_letter(page, hand)
    hand.part = "closing with the institution"
    hand.click(page.locator(".page-head .button-primary"))
    hold_the_closing_meeting(page, hand)
    picture(page, pictures, "audit-closing")
    freeze(page, hand)
    picture(page, pictures, "audit-closed")

    hand.part = "submission"
    hand.click(page.locator(".page-head .button-primary"))
    picture(page, pictures, "audit-submit")
    hand.fill(main(page).get_by_label("Kata sandi"), PASSWORD)
    hand.click(main(page).locator("#sign").get_by_role("button"))
    page.wait_for_url(lambda address: not address.endswith("/submit"))

    record_property("interactions", hand.report())
    sys.stdout.write(f"\n{hand.report()}\n")
    assert said == []
    with ground.world() as world:
        assert world.session.get_one(Assessment, audit).status is Status.submitted
        issued = world.session.query(Finding).filter_by(assessment_id=audit).all()
        assert len(issued) == FINDINGS
        assert all("sudah ditanyakan kepada petugas" in each.statement for each in issued)
        kinds = [each.kind for each in world.session.query(Basis).filter_by(assessment_id=audit)]
        assert kinds.count("sample") >= 1
        assert kinds.count("evidence") >= 40
        assert kinds.count("sighted") >= 10
    context.close()
    assert hand.total <= MOST, hand.report()


def picture(page: Page, folder: Path | None, name: str) -> None:
    if folder is not None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)


def score_everything(page: Page, hand: Hand, ground: Ground) -> list[str]:
    """One key for each item; the page moves on by itself. Gives the items scored low."""
    plain = {each.id for each in ground.checklist.items if each.critical.value == "no"}
    shown = page.locator(".it").evaluate_all("all => all.map(each => each.id.slice(5))")
    low = [each for each in shown if each in plain][5::12][:FINDINGS]
    for item in shown:
        here = page.locator(".it.now").get_attribute("id")
        assert here == f"item-{item}", f"the page stands at {here}, not {item}"
        hand.press("0" if item in low else "2")
    return low


def write_facts(page: Page, hand: Hand, item: str) -> None:
    hand.fill(
        page.locator(f"#item-{item}").get_by_label("Fakta dan analisis"),
        f"Belum ada pada {item}; sudah ditanyakan kepada petugas.",
    )


def bulk(page: Page, hand: Hand, group: str, kind: str) -> Locator:
    """Open the panel for many items of a group, at a kind of basis."""
    panel = page.locator("#basis")
    head = page.locator(".grp-head").filter(has_text=group)
    hand.click(head.get_by_role("button", name="Dasar untuk banyak butir"))
    expect(panel).to_be_visible()
    radio = panel.get_by_role("radio", name=kind)
    if not radio.is_checked():
        hand.click(radio)
    return panel


def keep(hand: Hand, panel: Locator) -> None:
    hand.click(panel.get_by_role("button", name="Simpan dasar nilai"))
    expect(panel).to_be_hidden()


def cite_the_photographs(page: Page, hand: Hand, files: list[Path]) -> None:
    """All photographs in one act, then cited by every item seen on the way round that asks."""
    panel = bulk(page, hand, "Berkeliling", "Bukti dukung")
    hand.click(panel.locator("[data-declaration]"))
    hand.choose_files(panel.locator("[data-send-files]"), files)
    expect(panel.locator("[name=evidence]:checked")).to_have_count(len(files), timeout=20_000)
    keep(hand, panel)


def cite_the_documents(page: Page, hand: Hand, group: str) -> None:
    panel = bulk(page, hand, group, "Bukti dukung")
    hand.click(panel.locator(".pick").filter(has_text="Dokumen mutu"))
    keep(hand, panel)


def lean_on_what_was_seen(page: Page, hand: Hand) -> None:
    panel = bulk(page, hand, "Berkeliling", "Dilihat di tempat")
    hand.fill(panel.get_by_label("Apa yang dilihat"), "Ruang layanan dan kelengkapannya")
    hand.fill(panel.get_by_label("Di mana"), "Lantai satu dan dua")
    keep(hand, panel)


def lean_on_talks(page: Page, hand: Hand) -> None:
    panel = bulk(page, hand, "Wawancara", "Wawancara")
    counts = panel.locator("[name^=count-]")
    hand.fill(counts.nth(0), "3")
    hand.fill(counts.nth(1), "2")
    keep(hand, panel)


def lean_on_a_sample(page: Page, hand: Hand) -> None:
    panel = bulk(page, hand, "Telusur berkas", "Telusur berkas")
    hand.fill(panel.get_by_label("Isi register"), "42")
    expect(panel.get_by_label("Ditelusur")).to_have_value("10")  # proposed by the rule
    hand.fill(panel.get_by_label("Sesuai"), "9")
    keep(hand, panel)
