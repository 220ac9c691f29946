"""What do people do in the browser to judge, to sign, and to fetch what was signed?"""

import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from tests.browser.ground import main
from tests.browser.looking import Looker
from tests.builders import PASSWORD


def fill_in(page: Page, *, low: set[str], facts: bool) -> None:
    """Score everything by keys."""
    expect(page.locator("[data-check][data-ready]")).to_be_attached()
    for item in page.locator(".it").evaluate_all("all => all.map(each => each.id.slice(5))"):
        expect(page.locator(f"#item-{item}")).to_have_class(re.compile(r"\bnow\b"))
        page.keyboard.press("0" if item in low else "2")
    for item in sorted(low) if facts else []:
        page.locator(f"#item-{item} textarea[name='f.{item}']").fill("Belum ada; ditanyakan.")


def give_bases(page: Page, group: str, kind: str, looker: Looker | None = None) -> None:
    """One basis for every item of a group that wants one."""
    panel = page.locator("#basis")
    head = page.locator(".grp-head").filter(has_text=group)
    head.get_by_role("button", name="Dasar untuk banyak butir").click()
    expect(panel).to_be_visible()
    panel.get_by_role("radio", name=kind).check()
    if kind == "Bukti dukung":
        panel.locator(".pick input").first.check()
    elif kind == "Dilihat di tempat":
        panel.get_by_label("Apa yang dilihat").fill("Ruang layanan")
        panel.get_by_label("Di mana").fill("Lantai satu")
    elif kind == "Telusur berkas":
        panel.get_by_label("Isi register").fill("42")
        panel.get_by_label("Sesuai").fill("9")
    else:
        panel.locator("[name^=count-]").first.fill("3")
    if looker is not None:
        looker.look(page, f"panel-{kind.split(maxsplit=1)[0].lower()}")
    wanted = panel.locator("[data-target-count]").inner_text() != "0"
    panel.get_by_role("button", name="Simpan dasar nilai" if wanted else "Tutup").click()
    expect(panel).to_be_hidden()


def give_all_bases(page: Page, looker: Looker | None = None) -> None:
    groups = page.locator(".grp-head h2").all_inner_texts()
    own = {
        "Periksa dokumen": "Bukti dukung",
        "Berkeliling melihat tempat": "Dilihat di tempat",
        "Wawancara": "Wawancara",
        "Telusur berkas": "Telusur berkas",
    }
    for group in groups:
        give_bases(page, group, own[group], looker)
        if own[group] != "Bukti dukung":
            give_bases(page, group, "Bukti dukung")
    all_is_sent(page)


def all_is_sent(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_class("saved saved-saved", timeout=20_000)
    expect(page.locator("[data-lacking]")).to_have_text("")


def sign(page: Page) -> None:
    """Type the password again under what is signed."""
    box = main(page).locator("#sign")
    box.get_by_label("Kata sandi").fill(PASSWORD)
    box.get_by_role("button").click()
    page.wait_for_url(re.compile(r"/assessments/\w+(/result)?$"))


def look_at_everything(page: Page, looker: Looker | None = None) -> None:
    """See item after item until none is left that one must see."""
    main(page).get_by_role("link", name="Lihat butir berikutnya").click()
    if looker is not None:
        looker.look(page, "review-item")
    while "/review/" in page.url:
        before = page.url
        main(page).get_by_role("button", name="Sudah saya lihat").click()
        page.wait_for_url(lambda address, before=before: address != before)


def download(page: Page, folder: Path) -> tuple[Path, str]:
    """The report, and the code that stands on it."""
    with page.expect_download() as coming:
        main(page).get_by_role("link", name="Unduh laporan").click()
    file = folder / "laporan.pdf"
    coming.value.save_as(file)
    document = pypdfium2.PdfDocument(file)
    text = "\n".join(each.get_textpage().get_text_bounded() for each in document)
    document.close()
    found = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b", text)
    assert found is not None, text[:2000]
    assert "Klinik Harapan Contoh" in text
    return file, found.group()
