"""A new edition, from its draft to the first assessment that is opened with it, in a browser."""

from __future__ import annotations

from playwright.sync_api import expect

from assessor.access.actor import Role
from assessor.assessments.models import Assessment, Kind
from tests.browser.ground import (
    TESTS_OF_A_BROWSER,
    chromium,
    clock,
    grounded,
    main,
    signed_in,
    window,
)
from tests.builders import PASSWORD, make_person

pytestmark = TESTS_OF_A_BROWSER


def agree(page, button: str) -> None:
    """Press a button that asks first, and say yes."""
    main(page).get_by_role("button", name=button).click()
    page.locator("#confirm [data-yes]").click()


def test_from_a_draft_to_an_assessment_opened_with_it(tmp_path) -> None:
    with grounded(tmp_path, items=16) as ground, chromium() as browser:
        with ground.world() as world:
            second = make_person(
                world.session, clock, name="Budi Direktorat", role=Role.directorate
            )
            ground.persons["approver"] = second.id
        digest = ground.checklist.fingerprint.removeprefix("sha256:")
        item = ground.checklist.items[0].id
        page = signed_in(window(browser, ground), ground, "verifier").new_page()

        page.goto(f"/instruments/{digest}")
        main(page).get_by_role("button", name="Susun edisi baru").click()
        main(page).get_by_role("link", name="Mulai menyunting").click()
        main(page).get_by_role("link", name=item, exact=False).first.click()

        # saved while one writes, and what is wrong is told at once
        english = page.get_by_label("Bunyi persyaratan (Inggris)")
        english.fill("")
        expect(page.locator("[data-saved]")).to_contain_text("1 masalah")
        expect(page.locator("#text_en-error")).to_contain_text("Teks masih kosong")
        main(page).get_by_role("link", name="Bagian").first.click()
        page.go_back()
        page.reload()
        expect(page.get_by_label("Bunyi persyaratan (Inggris)")).to_have_value("")
        address = page.url.split("/items/")[0]

        page.goto(address)
        main(page).get_by_role("link", name="Perbaiki masalah pertama").click()
        page.get_by_label("Bunyi persyaratan (Inggris)").fill("Other words")
        page.get_by_label("Bobot").fill("3")
        main(page).get_by_role("button", name="Simpan", exact=True).click()
        expect(page.locator(".flashes")).to_contain_text("Tersimpan")

        page.goto(address)
        main(page).get_by_role("link", name="Coba pada penilaian").click()
        expect(main(page)).to_contain_text("Belum ada yang dapat dicoba")
        page.goto(address)
        agree(page, "Ajukan untuk disahkan")
        expect(main(page)).to_contain_text("Menunggu pengesahan")

        other = signed_in(window(browser, ground), ground, "approver").new_page()
        other.goto(address)
        main(other).get_by_role("link", name="Baca dan sahkan").click()
        today = clock().date().isoformat()
        other.get_by_label("Nomor keputusan").fill("KEP/12/2026")
        other.get_by_label("Tanggal keputusan").fill(today)
        other.get_by_label("Mulai berlaku").fill(today)
        other.get_by_label("Kata sandi Anda").fill(PASSWORD)
        main(other).get_by_role("button", name="Sahkan edisi ini").click()
        agree(other, "Terbitkan")
        expect(main(other)).to_contain_text("KEP/12/2026")

        with ground.world() as world:
            assessment_id = world.open(Kind.baseline)
            opened = world.session.get_one(Assessment, assessment_id)
            assert opened.edition != ground.checklist.fingerprint
        page.goto(f"/assessments/{assessment_id}/checklist")
        expect(main(page)).to_contain_text(item)
