"""Does a page read well for everybody? On a phone and a desk, light and dark, for a machine."""

from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.ground import DESK, PHONE

AXE = Axe()


@dataclass
class Looker:
    """Looks at pages on the way and remembers what is wrong with them."""

    folder: Path | None
    wrong: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        """Check the page as it stands at both widths and in both colours; keep pictures where a folder for them was named."""
        self.seen.append(name)
        before = page.viewport_size
        page.evaluate(AXE.axe_script)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            where = f"{name} at {size['width']} px"
            self._axe(page, f"{where}, light", {"resultTypes": ["violations"]})
            self._overflow(page, where, width=size["width"])
            if self.folder is not None:
                page.screenshot(path=self.folder / f"{name}-{size['width']}.png", full_page=True)
            page.emulate_media(color_scheme="dark")  # changes colours and nothing else
            self._axe(page, f"{where}, dark", {"runOnly": ["color-contrast"]})
            page.emulate_media(color_scheme="light")
        if before is not None:
            page.set_viewport_size(before)

    def _axe(self, page: Page, where: str, options: dict[str, list[str]]) -> None:
        found = page.evaluate("options => axe.run(document, options)", options)
        for each in found["violations"]:
            places = [node["html"][:160] for node in each["nodes"][:3]]
            self.wrong.append(f"{where}: {each['id']} ({each['help']}): {places}")

    def _overflow(self, page: Page, where: str, *, width: int) -> None:
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            self.wrong.append(f"{where}: {found} px wide")
