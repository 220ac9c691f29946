"""What does a team do in the browser around the judging: declare, record, meet, close?"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.ground import main
from tests.browser.hand import Hand

JAKARTA = ZoneInfo("Asia/Jakarta")


def declare(page: Page, hand: Hand) -> None:
    """On the page of the declaration: there is no conflict; the checklist follows."""
    hand.click(main(page).get_by_label(re.compile("^Saya tidak mempunyai konflik")))
    hand.click(main(page).get_by_role("button", name="Nyatakan"))
    page.wait_for_url(re.compile("/checklist"))


def record_letter(page: Page, hand: Hand) -> None:
    """On the page of the letter: its number and its day."""
    hand.fill(main(page).get_by_label("Nomor surat tugas"), "ST/117/CONTOH/2026")
    today = datetime.now(JAKARTA).date().isoformat()
    hand.fill(main(page).get_by_label("Tanggal surat"), today)
    hand.click(main(page).get_by_role("button", name="Simpan surat tugas"))
    expect(page.locator(".flashes, main, body").first).to_contain_text("Surat tugas sudah dicatat")


def hold_the_closing_meeting(page: Page, hand: Hand) -> None:
    """On the page of the closing: the meeting of this morning, with one of the institution."""
    hand.click(main(page).get_by_role("link", name="Catat pertemuan penutupan", exact=True))
    record_meeting(page, hand)
    page.wait_for_url(re.compile("/closing$"))


def record_meeting(page: Page, hand: Hand) -> None:
    """On the page of a meeting: this morning, with one of the institution."""
    hand.fill(main(page).get_by_label("Jam mulai"), "00:00")
    hand.fill(main(page).get_by_label("Tempat atau sarana"), "Ruang rapat")
    row = main(page).locator("fieldset.attendance").nth(-2)
    hand.fill(row.get_by_label("Nama"), "Wati Lembaga")
    hand.fill(row.get_by_label("Jabatan"), "Pimpinan")
    hand.click(main(page).get_by_role("button", name="Simpan pertemuan"))


def freeze(page: Page, hand: Hand) -> None:
    """On the page of the closing: the summary that was read out, and the freezing."""
    hand.fill(
        main(page).get_by_label("Ringkasan hasil"),
        "Layanan berjalan baik; beberapa prosedur perlu ditulis.",
    )
    hand.click(main(page).get_by_role("button", name="Bekukan hasil sementara"))
    expect(main(page)).to_contain_text("Hasil sementara ke-1")
