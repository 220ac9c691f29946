"""Which pictures does the documentation show? Made anew from the demonstration.

`python -m tests.browser.pictures [FOLDER]` writes checklist.png, result.png and report.png into
the folder (docs/pictures where none is named).
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from assessor.app.factory import create_app
from assessor.settings import read_settings
from tests.browser.ground import chromium, serving

GROUND = (226, 222, 211)
EDGE = (120, 114, 100)
LARGEST = 250_000
PASSWORD = "contoh-penilaian-8807"
AUDIT = "NILAI-2026-0013"  # being filled in
SEALED = "NILAI-2026-0011"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with installation() as instance, demonstration(instance) as address, chromium() as browser:
        phone = checklist(browser, address, width=360, height=740)
        laptop = checklist(browser, address, width=1280, height=800)
        save(beside(phone, laptop), folder / "checklist.png")
        page = opened(browser, address, "direktorat", width=1280, height=1500)
        to_audit(page, SEALED)
        page.get_by_role("link", name="Hasil dan alasannya").click()
        save(beside(shot(page)), folder / "result.png")
        report = page.request.get(page.url.replace("/result", "/report.pdf")).body()
        save(beside(*sheets(report, count=3)), folder / "report.png")


@contextmanager
def installation() -> Iterator[Path]:
    """The one that ASSESSOR_INSTANCE names, else one for this time only."""
    named = os.environ.get("ASSESSOR_INSTANCE")
    if named:
        yield Path(named)
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def demonstration(instance: Path) -> Iterator[str]:
    """The demonstration, played anew and served; its address."""
    settings = {"ASSESSOR_MODE": "demo", "ASSESSOR_INSTANCE": str(instance)}
    for words in (["db", "upgrade"], ["demo"]):
        subprocess.run(
            [sys.executable, "-m", "assessor", *words], env=os.environ | settings, check=True
        )
    with serving(create_app(read_settings(settings))) as address:
        yield address


def opened(browser: Browser, address: str, who: str, *, width: int, height: int) -> Page:
    """A window of that size in which somebody of the demonstration is signed in."""
    context = browser.new_context(
        base_url=address,
        locale="id-ID",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Nama masuk").fill(f"{who}@demo.example")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda at: "/sign-in" not in at)
    return page


def to_audit(page: Page, reference: str) -> None:
    page.goto(f"/assessments?q={reference}")
    page.locator("main table a[href^='/assessments/']").first.click()
    page.wait_for_url(re.compile(r"/assessments/\w+$"))


def checklist(browser: Browser, address: str, *, width: int, height: int) -> Image.Image:
    """The audit being filled in, at an item that has its score and its basis."""
    page = opened(browser, address, "asesor", width=width, height=height)
    to_audit(page, AUDIT)
    audit = page.url
    page.goto(f"{audit}/checklist")
    page.locator("[data-check][data-ready]").wait_for(state="attached")
    settled = page.locator(".it").evaluate_all(
        "all => all.filter(each => each.querySelector('.bx li') && "
        "each.querySelector('.sc input:checked').value === '2' && each.dataset.k !== undefined)"
        ".map(each => each.id)"
    )
    page.goto("about:blank")
    page.goto(f"{audit}/checklist#{settled[0]}")
    page.locator("[data-check][data-ready]").wait_for(state="attached")
    page.wait_for_timeout(400)
    return shot(page)


def shot(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def sheets(report: bytes, *, count: int) -> list[Image.Image]:
    """The first pages as paper."""
    document = pypdfium2.PdfDocument(report)
    pages = [document[number].render(scale=1.1).to_pil() for number in range(count)]
    document.close()
    return [each.convert("RGB") for each in pages]


def beside(*pictures: Image.Image, gap: int = 32) -> Image.Image:
    """Pictures side by side on a plain ground, each with a thin edge."""
    width = sum(each.width + gap for each in pictures) + gap
    height = max(each.height for each in pictures) + 2 * gap
    ground = Image.new("RGB", (width, height), GROUND)
    pen = ImageDraw.Draw(ground)
    left = gap
    for each in pictures:
        top = (height - each.height) // 2
        ground.paste(each, (left, top))
        pen.rectangle((left - 1, top - 1, left + each.width, top + each.height), outline=EDGE)
        left += each.width + gap
    return ground


def save(picture: Image.Image, file: Path) -> None:
    """With as many colours as the size allows."""
    for colours in (256, 128, 64, 32, 16):
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size <= LARGEST:
            return
    message = f"{file.name} stays larger than {LARGEST} bytes"
    raise RuntimeError(message)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))
