"""Two-step sign-in on a phone: switch it on, come back with a code, then without the phone."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.factor_codes import secret_from
from assessor.installation.settings import Name, change_setting
from assessor.organization.models import Office
from tests import builders
from tests.assessor.accounts.factors import Phone
from tests.browser.ground import (
    PHONE,
    TESTS_OF_A_BROWSER,
    Ground,
    clock,
    main,
    sign_in,
    signed_in,
    window,
)
from tests.browser.looking import Looker
from tests.builders import PASSWORD

pytestmark = TESTS_OF_A_BROWSER

ITEMS = 6


def sign_out(page: Page) -> None:
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Keluar").click()


def take_first_step(page: Page, ground: Ground) -> None:
    page.get_by_label("Nama masuk").fill(ground.names["coach"])
    page.get_by_label("Kata sandi").fill(PASSWORD)
    main(page).get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/code" in address)


def type_code(page: Page, code: str) -> None:
    main(page).get_by_label("Kode dari aplikasi").fill(code)


def required(ground: Ground) -> None:
    """The centre asks it of coaches."""
    with ground.world() as world:
        centre = world.session.get_one(Office, world.office.parent_id).parent_id
        chief = builders.make_person(
            world.session,
            clock,
            name="Dimas Administrator",
            role=Role.administrator,
            office=world.session.get_one(Office, centre),
        )
        ground.names["chief"], ground.persons["chief"] = chief.user_name, chief.id
        change_setting(
            world.session, SYSTEM, clock, name=Name.second_factor_roles, value="coach", seen=""
        )


def test_on_then_in_with_a_code_then_with_paper(
    browser: Browser, ground: Ground, pictures: Path | None
) -> None:
    required(ground)
    looker = Looker(pictures)
    page = window(browser, ground, size=PHONE).new_page()
    sign_in(page, ground, "coach")
    expect(main(page)).to_contain_text("Jabatan Anda mewajibkan masuk dua langkah.")
    looker.look(page, "two-steps-on")
    letters = page.locator(".secret").inner_text().replace(" ", "")
    phone = Phone(secret_from(letters), clock)
    main(page).get_by_label("Kata sandi sekarang").fill(PASSWORD)
    type_code(page, phone.code())
    main(page).get_by_role("button", name="Nyalakan").click()
    looker.look(page, "two-steps-codes")
    paper = page.locator(".recovery li").all_inner_texts()
    with page.expect_download() as download:
        main(page).get_by_role("button", name="Unduh").click()
    assert all(code in download.value.path().read_text() for code in paper)
    main(page).get_by_role("link", name="Sudah saya simpan").click()
    expect(page.get_by_role("navigation", name="Menu utama")).to_be_visible()
    page.goto("/profile")
    looker.look(page, "two-steps-profile")
    main(page).get_by_role("link", name="Atur").click()
    looker.look(page, "two-steps-state")
    main(page).get_by_role("link", name="Matikan masuk dua langkah").click()
    looker.look(page, "two-steps-off")

    sign_out(page)
    take_first_step(page, ground)
    type_code(page, "000000")
    main(page).get_by_role("button", name="Masuk", exact=True).click()
    looker.look(page, "two-steps-code")
    type_code(page, phone.code(1))  # the one of this half minute was used to switch it on
    main(page).get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("navigation", name="Menu utama")).to_be_visible()

    sign_out(page)
    take_first_step(page, ground)
    main(page).get_by_text("Ponsel tidak ada?").click()
    looker.look(page, "two-steps-recovery")
    main(page).get_by_label("Kode pemulihan").fill(paper[0])
    main(page).get_by_role("button", name="Masuk dengan kode pemulihan").click()
    expect(page.get_by_role("navigation", name="Menu utama")).to_be_visible()
    page.context.close()

    desk = signed_in(window(browser, ground), ground, "chief").new_page()
    desk.goto("/settings/second_factor_roles")
    looker.look(desk, "two-steps-setting")
    desk.goto(f"/people/{ground.persons['coach']}")
    looker.look(desk, "two-steps-person")
    main(desk).get_by_role("button", name="Setel ulang masuk dua langkah").click()
    desk.get_by_role("dialog").get_by_role("button", name="Setel ulang masuk dua langkah").click()
    expect(main(desk)).to_contain_text("Masuk dua langkah sudah disetel ulang.")
    desk.context.close()
    assert not looker.wrong, "\n".join(looker.wrong)
