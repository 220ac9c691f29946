"""Can somebody who uses no mouse score an audit, and see at every moment where they are?"""

import re

from playwright.sync_api import Browser, Page, expect

from assessor.assessments.models import Answer, Kind
from tests.browser.ground import TESTS_OF_A_BROWSER, Ground, main, signed_in, window
from tests.builders import PASSWORD

pytestmark = TESTS_OF_A_BROWSER

ITEMS = 24

# Whether the focused thing is on the screen and drawn differently from an unfocused one.
FOCUS_IS_SEEN = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "nothing has the focus";
  const drawn = at.matches("input[type=radio], input[type=checkbox]") && at.closest("label") ? at.closest("label") : at;
  const box = drawn.getBoundingClientRect();
  if (box.bottom <= 0 || box.top >= innerHeight || !box.width) return "off the screen: " + at.outerHTML.slice(0, 120);
  for (const each of [at, drawn]) {
    const style = getComputedStyle(each);
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return "";
    if (style.boxShadow !== "none") return "";
  }
  return "no ring: " + at.outerHTML.slice(0, 120);
}"""


def tab_to(page: Page, wanted: str, *, most: int = 60) -> None:
    """Go on with Tab until something is reached; the focus is seen on the whole way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN) == ""
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    at = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    raise AssertionError(f"{wanted} is not reached by {most} tabs, but {at}")


def test_signing_in_by_keys(browser: Browser, ground: Ground) -> None:
    page = window(browser, ground).new_page()
    page.goto("/sign-in")
    tab_to(page, "[name=user_name]")
    page.keyboard.type(ground.names["lead"])
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    page.goto("/profile")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    assert page.evaluate(FOCUS_IS_SEEN) == ""
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    tab_to(page, "main *", most=1)
    page.context.close()


def test_ten_items_are_scored_by_keys(browser: Browser, ground: Ground) -> None:
    with ground.world() as world:
        audit = world.open(Kind.evaluation, team=("lead",))
    context = signed_in(window(browser, ground), ground, "lead")
    page = context.new_page()
    page.goto(f"/assessments/{audit}/checklist")
    expect(page.locator("[data-check][data-ready]")).to_be_attached()
    items = page.locator(".it").evaluate_all("all => all.map(each => each.id.slice(5))")
    wanted = ["2", "2", "1", "0", "2", "t", "2", "2", "1", "2"]
    for item, key in zip(items, wanted, strict=False):
        if page.locator(".it.now").get_attribute("id") != f"item-{item}":
            page.keyboard.press("ArrowDown")
        expect(page.locator(f"#item-{item}")).to_have_class(re.compile(r"\bnow\b"))
        page.keyboard.press(key)
        assert page.evaluate(FOCUS_IS_SEEN) == ""
        if key == "t":  # the reason is asked for at once
            page.keyboard.type("Layanan ini tidak ada.")
            page.keyboard.press("Escape")
            assert page.evaluate(FOCUS_IS_SEEN) == ""
    expect(page.locator("[data-saved]")).to_have_class("saved saved-saved")
    with ground.world() as world:
        answers = world.session.query(Answer).filter_by(assessment_id=audit).all()
        found = {each.item: each.choice for each in answers}
    assert found == {
        item: "TB" if key == "t" else key for item, key in zip(items, wanted, strict=False)
    }
    context.close()


def test_one_item_is_given_its_words_and_basis_by_keys(browser: Browser, ground: Ground) -> None:
    with ground.world() as world:
        audit = world.open(Kind.baseline, team=("lead",))
    context = signed_in(window(browser, ground), ground, "lead")
    page = context.new_page()
    page.goto(f"/assessments/{audit}/checklist")
    expect(page.locator("[data-check][data-ready]")).to_be_attached()
    page.keyboard.press("ArrowDown")
    item = page.locator(f"#{page.locator('.it.now').get_attribute('id')}")
    page.keyboard.press("f")
    page.keyboard.type("Papan nama terpasang.")
    assert page.evaluate(FOCUS_IS_SEEN) == ""
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.locator("#basis")).to_be_visible()
    tab_to(page, "#basis [name=kind]")
    while not page.get_by_role("radio", name="Dilihat di tempat").is_checked():
        page.keyboard.press("ArrowRight")
    tab_to(page, "[name=what]")
    page.keyboard.type("Papan nama")
    page.keyboard.press("Enter")
    expect(page.locator("#basis")).to_be_hidden()
    expect(item.locator(".b-sighted")).to_contain_text("Papan nama")
    assert page.evaluate(FOCUS_IS_SEEN) == ""
    page.keyboard.press("2")
    expect(page.locator("[data-saved]")).to_have_class("saved saved-saved")
    page.reload()
    expect(item.get_by_label("Fakta dan analisis")).to_have_value("Papan nama terpasang.")
    expect(main(page).locator(".b-sighted")).to_have_count(1)
    context.close()
