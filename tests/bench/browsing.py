"""How soon can a cheap phone on a bad line use the checklist page?"""

import time
from collections.abc import Iterator

from tests import builders
from tests.bench.figures import Line
from tests.bench.server import served
from tests.bench.world import World, environment

SLOW = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50 * 1024,
    "uploadThroughput": 50 * 1024,
}


def measure(world: World) -> Iterator[Line]:
    """First load at 50 kB/s, 400 ms latency, processor ×6 slower, in a real Chromium."""
    from playwright.sync_api import sync_playwright

    with (
        served("assessor.app.wsgi:app", environment(world.settings.instance)) as (port, _, _),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        base = f"http://127.0.0.1:{port}"
        page.goto(f"{base}/sign-in")
        page.fill("[name=user_name]", world.user_name)
        page.fill("[name=password]", builders.PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url(lambda address: "sign-in" not in address)
        found: list[tuple[str, float, float]] = []
        for name, path in (
            ("home page", "/"),
            ("checklist page, 120 items", f"/assessments/{world.assessment_id}/checklist"),
        ):
            fresh = browser.new_context(
                viewport={"width": 360, "height": 740}, storage_state=page.context.storage_state()
            ).new_page()
            line = fresh.context.new_cdp_session(fresh)
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", SLOW)
            line.send("Emulation.setCPUThrottlingRate", {"rate": 6})
            sizes: list[float] = []
            line.on(
                "Network.loadingFinished",
                lambda said, into=sizes: into.append(said["encodedDataLength"]),
            )
            start = time.perf_counter()
            fresh.goto(base + path, wait_until="load")
            fresh.evaluate("() => new Promise(done => requestAnimationFrame(() => done()))")
            found.append((name, time.perf_counter() - start, sum(sizes) / 1000))
            fresh.context.close()
        browser.close()
    for name, seconds, kilobytes in found:
        yield Line(
            f"{name} on a slow phone: {kilobytes:.0f} kB in all",
            f"{seconds:.1f} s",
            f"{kilobytes / 50 + 0.8:.1f} s (line alone)",
            f"{seconds / (kilobytes / 50 + 0.8):.1f}",
            "≤ 3 s",
        )
