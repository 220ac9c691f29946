"""How many bytes does a weak connection carry before the first page stands?"""

from playwright.sync_api import Browser, BrowserContext, Page

from assessor.assessments.models import Kind
from tests.browser.ground import PHONE, TESTS_OF_A_BROWSER, Ground, signed_in, window

pytestmark = TESTS_OF_A_BROWSER

ITEMS = 120
KB = 1000


def carried(context: BrowserContext, path: str) -> tuple[int, Page]:
    """What came over the wire for a first visit: compressed bodies and headers of everything."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    return int(sum(sizes)), page


def test_the_first_load_is_light(browser: Browser, ground: Ground) -> None:
    with ground.world() as world:
        world.open(Kind.evaluation, team=("lead",))
    for who in ("lead", "institution", "verifier"):
        context = signed_in(window(browser, ground, size=PHONE), ground, who)
        size, _ = carried(context, "/")
        context.close()
        assert 5 * KB < size <= 60 * KB, f"the home page of {who}: {size} bytes"


def test_the_checklist_is_light(browser: Browser, ground: Ground) -> None:
    with ground.world() as world:
        audit = world.open(Kind.baseline, team=("lead",))
    context = signed_in(window(browser, ground, size=PHONE), ground, "lead")
    size, page = carried(context, f"/assessments/{audit}/checklist")
    assert page.locator(".it").count() == 120
    context.close()
    assert 20 * KB < size <= 100 * KB, f"the checklist: {size} bytes"
