"""Do the components hold in a real browser: for a screen reader, a thumb, a keyboard, no script?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.assessor.ui import gallery

pytestmark = pytest.mark.browser

ALL = [*gallery.PAGES, "error-404", "error-500", "visitor"]
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
Scheme: TypeAlias = Literal["light", "dark"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("gallery")
    gallery.write(folder)
    with gallery.served(folder) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=gallery.CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK)
    yield context.new_page()
    context.close()


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("look", [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing(
    browser: Browser, address: str, name: str, look: tuple[ViewportSize, Scheme]
) -> None:
    size, scheme = look
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/{name}.html")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert _violations(page) == []
    context.close()


def test_axe_would_find_a_planted_fault(desk: Page, address: str) -> None:
    desk.goto(f"{address}/home.html")
    desk.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert [each for each in _violations(desk) if each.startswith("label")]


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_wider_than_a_phone_and_the_console_is_silent(
    phone: Page, address: str, name: str
) -> None:
    said: list[str] = []
    phone.on(
        "console",
        lambda message: said.append(message.text) if message.type in {"error", "warning"} else None,
    )
    phone.on("pageerror", lambda error: said.append(str(error)))
    phone.goto(f"{address}/{name}.html")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert said == []


@pytest.mark.parametrize("name", ["audit", "form"])
def test_big_letters_fit_a_phone(phone: Page, address: str, name: str) -> None:
    phone.goto(f"{address}/{name}.html")
    phone.evaluate("document.documentElement.style.fontSize = '150%'")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def _heights(page: Page, selector: str) -> list[float]:
    boxes = [each.bounding_box() for each in page.locator(selector).all() if each.is_visible()]
    assert boxes
    return [box["height"] for box in boxes if box]


@pytest.mark.parametrize("name", gallery.PAGES)
def test_a_thumb_hits_what_it_means(phone: Page, address: str, name: str) -> None:
    phone.goto(f"{address}/{name}.html")
    phone.click(".menu summary")
    main = ".main-nav a, .menu summary, .menu-item, .brand, main .button, .score-choice, .input, .choice, .fold summary, .task"
    assert min(_heights(phone, f":is({main}):visible")) >= 48
    dense = "main :is(a, summary, button), .segments button"
    low = [
        each.inner_text()
        for each in phone.locator(dense).all()
        if each.is_visible()
        and not each.evaluate(
            "e => Boolean(e.closest('p, li.step, h3, .evidence, .task, th, .event'))"
        )
        and (each.bounding_box() or {"height": 0})["height"] < 32
    ]
    assert low == []


def test_scores_work_with_keys_alone(desk: Page, address: str) -> None:
    desk.goto(f"{address}/audit.html")
    desk.locator('input[name="sdm-01"][value="2"]').focus()
    desk.keyboard.press("ArrowLeft")
    assert desk.locator('input[name="sdm-01"]:checked').get_attribute("value") == "1"


def test_the_skip_link_is_first_and_leads_to_the_content(desk: Page, address: str) -> None:
    desk.goto(f"{address}/home.html")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "content"


def test_escape_closes_the_menu_and_gives_the_focus_back(desk: Page, address: str) -> None:
    desk.goto(f"{address}/home.html")
    desk.click(".menu summary")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Escape")
    assert desk.locator(".menu[open]").count() == 0
    assert desk.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_click_elsewhere_closes_the_menu(desk: Page, address: str) -> None:
    desk.goto(f"{address}/home.html")
    desk.click(".menu summary")
    desk.click("h1")
    assert desk.locator(".menu[open]").count() == 0


def test_the_theme_changes_at_once_and_is_sent(desk: Page, address: str) -> None:
    desk.goto(f"{address}/home.html")
    gallery.SENT.clear()
    before = desk.evaluate("getComputedStyle(document.body).backgroundColor")
    desk.click(".menu summary")
    with desk.expect_response("**/preferences"):
        desk.click("text=Gelap")
    assert desk.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert desk.locator("text=Gelap").get_attribute("aria-pressed") == "true"
    assert gallery.SENT == [("/preferences", "csrf_token=token-contoh&next=%2F&theme=dark")]


def test_a_chosen_light_theme_wins_over_a_dark_device(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/home.html")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    context.close()


def test_a_grave_act_asks_first(desk: Page, address: str) -> None:
    desk.goto(f"{address}/parts.html")
    gallery.SENT.clear()
    desk.click("text=Tarik rekomendasi")
    assert desk.locator("dialog").is_visible()
    assert desk.evaluate("document.activeElement.textContent") == "Batal"
    desk.keyboard.press("Escape")
    assert gallery.SENT == []
    desk.click("text=Tarik rekomendasi")
    with desk.expect_response("**/w"):
        desk.click("dialog [data-yes]")
    assert [path for path, _ in gallery.SENT] == ["/w"]


def test_a_form_is_sent_once_and_its_button_counts(desk: Page, address: str) -> None:
    desk.goto(f"{address}/form.html")
    gallery.SENT.clear()
    with desk.expect_response("**/visits"):
        desk.dblclick("text=Simpan dulu")
    desk.wait_for_timeout(200)
    assert len(gallery.SENT) == 1
    assert 'name="act"\r\n\r\nsave' in gallery.SENT[0][1]


def test_errors_are_read_first_and_lead_to_the_field(desk: Page, address: str) -> None:
    desk.goto(f"{address}/form.html")
    assert desk.evaluate("document.activeElement.className") == "error-summary"
    desk.click(".error-summary a >> nth=0")
    assert desk.evaluate("document.activeElement.id") == "place"


def test_numbers_can_be_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/parts.html")
    page.click("text=Salin nomor")
    page.wait_for_selector("text=Tersalin")
    assert page.evaluate("navigator.clipboard.readText()") == "NILAI-2026-0117"
    context.close()


def test_chosen_rows_are_counted(desk: Page, address: str) -> None:
    desk.goto(f"{address}/list.html")
    desk.locator("tbody input[type=checkbox] >> nth=0").check()
    desk.locator("tbody input[type=checkbox] >> nth=2").check()
    assert desk.locator("[data-selection]").inner_text() == "2"


def test_the_head_of_a_list_stays_in_sight(desk: Page, address: str) -> None:
    desk.set_viewport_size({"width": 1280, "height": 500})
    desk.goto(f"{address}/list.html")
    desk.evaluate("scrollTo(0, document.querySelector('tbody').getBoundingClientRect().top)")
    box = desk.locator("thead th >> nth=0").bounding_box()
    assert box is not None
    assert box["y"] == pytest.approx(0, abs=1)


def test_everything_is_there_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/parts.html")
    assert not page.locator("text=Salin nomor").is_visible()
    page.click(".menu summary")
    assert page.locator("text=Keluar").is_visible()
    gallery.SENT.clear()
    with page.expect_response("**/preferences"):
        page.click("text=Gelap")
    with page.expect_response("**/w"):
        page.click("main >> text=Tarik rekomendasi")
    assert [path for path, _ in gallery.SENT] == ["/preferences", "/w"]
    context.close()


def test_motion_stops_for_those_who_ask(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/parts.html")
    button = page.locator("main .button >> nth=0")
    assert button.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
    context.close()


def test_paper_is_light_and_without_controls(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/list.html")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for selector in (".main-nav", ".menu", ".filter-bar", ".pager", ".selection-bar"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator("h1").is_visible()
    context.close()
