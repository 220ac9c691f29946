"""Can six people bring an evaluation from its letter to a report that was revised on an objection?

Each in a window of their own, in Indonesian; nobody ever stands before a page that does not say
what comes next. The instrument is an excerpt of the packaged one.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from assessor.assessments.models import Assessment, Status
from assessor.journal.verify import verify
from checklists.library import load_all
from checklists.model import Checklist
from tests.browser.ground import (
    DESK,
    PHONE,
    TESTS_OF_A_BROWSER,
    Ground,
    main,
    photographs,
    sign_in,
    window,
)
from tests.browser.hand import Hand
from tests.browser.judging import (
    all_is_sent,
    download,
    fill_in,
    give_all_bases,
    give_bases,
    look_at_everything,
    sign,
)
from tests.browser.looking import Looker
from tests.browser.visiting import (
    JAKARTA,
    declare,
    freeze,
    hold_the_closing_meeting,
    record_letter,
    record_meeting,
)

pytestmark = TESTS_OF_A_BROWSER

DOCUMENTS = ("KLB-06", "KLB-09", "KLB-11", "TKL-07", "SDM-01", "SDM-18", "PEN-01")
SEEN = ("SAR-03", "SAR-11", "HAK-04")
ASKED = ("PEN-10",)
TRACED = ("ASM-06",)
LOW = {"KLB-11", "TKL-07"}
OF_THE_MEMBER = "HAK-04"


def excerpt() -> Checklist:
    """Twelve items of the packaged instrument, so that pictures show what is really asked."""
    packaged, _problems = load_all()
    return packaged.checklists["sni-8807-2022-penuh"].limited_to(
        {*DOCUMENTS, *SEEN, *ASKED, *TRACED}
    )


SAYS_NEXT = """
addEventListener("DOMContentLoaded", () => {
  const acts = "main .button-primary, main .page-head-act .button, main [data-check][data-editable]";
  const shown = [...document.querySelectorAll(acts)].some(each => each.getClientRects().length);
  const rests = document.querySelector("main .nothing-to-do") !== null;
  said([location.pathname, shown || rests]);
});
"""


@dataclass
class Desk:
    """Somebody at work in an own window, and the pages on which nothing said what comes next."""

    who: str
    page: Page
    hand: Hand
    silent: list[str] = field(default_factory=list)
    visited: int = 0

    def note(self, said: list[Any]) -> None:
        """A page was opened, and it says what comes next or it does not."""
        path, fine = said
        self.visited += 1
        if not fine:
            self.silent.append(f"{self.who}: {path}")

    def go(self, path: str) -> Locator:
        """Open a page; its own part."""
        self.page.goto(path)
        return main(self.page)

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Press the first link of that name."""
        main(self.page).get_by_role("link", name=name).first.click()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the button of that name."""
        main(self.page).get_by_role("button", name=name).first.click()

    def reads(self, words: str) -> None:
        """These words stand on the page."""
        expect(main(self.page)).to_contain_text(words)


@dataclass
class Album:
    """Key moments as pictures for the documentation, where a folder for them was named."""

    folder: Path | None

    def keep(self, page: Page, name: str, size: dict[str, int], at: Locator | None = None) -> None:
        """What is seen at that size, from a place of the page on."""
        if self.folder is None:
            return
        before = page.viewport_size
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if at is not None:
            at.evaluate("each => each.scrollIntoView({block: 'start'})")
        taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
        taken.save(self.folder / f"{name}.webp", quality=80, method=6)
        if before is not None:
            page.set_viewport_size(before)


@contextmanager
def desks(browser: Browser, ground: Ground) -> Iterator[dict[str, Desk]]:
    """A window for each of them, signed in as people do."""
    found: dict[str, Desk] = {}
    for who in ("coach", "lead", "member", "institution", "checker", "verifier", "directorate"):
        context = window(browser, ground, accept_downloads=True)
        context.add_init_script(SAYS_NEXT)
        page = context.new_page()
        desk = found[who] = Desk(who, page, Hand(page))
        page.expose_function("said", desk.note)
        sign_in(page, ground, who)
    yield found
    for desk in found.values():
        desk.page.context.close()


@pytest.mark.lengthy
def test_an_evaluation_by_six(
    browser: Browser, ground: Ground, tmp_path: Path, pictures: Path | None
) -> None:
    looker, album = Looker(None), Album(pictures)
    with ground.world() as world:
        ground.hand_in(world, "institution", "Struktur organisasi dan uraian tugas")
    with desks(browser, ground) as at:
        said: list[str] = []
        for desk in at.values():
            desk.page.on("pageerror", lambda error: said.append(str(error)))
        audit = assign(at["coach"], ground, album)
        begin(at["lead"], album)
        score_as_member(at["member"], album)
        score_and_close(at["lead"], audit, looker, album)
        read_the_preliminary_result(at["institution"], looker, album)
        hand_in_the_signed_paper(at["lead"], tmp_path, looker, album)
        remarked = give_back(at["checker"], album)
        mend(at["lead"], audit, remarked, looker)
        pass_on(at["checker"])
        report, code = seal(at["verifier"], audit, tmp_path, album)
        object_to(at["institution"], audit, looker, album)
        is_kept_from_ruling(at["verifier"])
        revision = rule(at["directorate"], looker, album)
        revise(at, revision)
        is_superseded(at["institution"], audit, report, code, looker, album)
        silent = [each for desk in at.values() for each in desk.silent]
        assert all(desk.visited >= 4 for desk in at.values())
    assert said == []
    assert silent == [], "\n".join(silent)
    assert looker.wrong == [], "\n".join(looker.wrong)
    with ground.world() as world:
        statuses = world.session.query(Assessment.status).order_by(Assessment.opened_at).all()
        assert [each.status for each in statuses] == [Status.revised, Status.sealed]
        assert list(verify(world.session)) == []


# ---- before the visit ----


def assign(desk: Desk, ground: Ground, album: Album) -> str:
    """The head opens the evaluation, records the letter and invites a guest; its address."""
    desk.go(f"/auditees/{ground.site}")
    desk.follow(re.compile("Buka penilaian"))
    here = main(desk.page)
    here.get_by_label("Evaluasi pemenuhan").check()
    here.get_by_label(re.compile("^Di lokasi|^Di tempat")).first.check()
    here.get_by_label("Ketua tim").select_option(ground.persons["lead"])
    here.get_by_label(re.compile("^Budi Santoso")).check()
    today = datetime.now(JAKARTA).date()
    here.get_by_label("Tanggal kunjungan").fill(today.isoformat())
    desk.press("Buka penilaian")
    desk.page.wait_for_url(re.compile(r"/assessments/\w+$"))
    album.keep(desk.page, "1-dibuka", DESK)
    audit = desk.page.url
    desk.follow("Catat surat tugas")
    record_letter(desk.page, desk.hand)
    desk.follow("Tim penilai dan tamu")
    here.locator("summary").filter(has_text="Tambah anggota tamu").click()
    here.get_by_label("Nama").last.fill("Ningsih")
    here.get_by_label("Instansi").fill("Dinas Sosial")
    here.get_by_label("Tugas atau jabatan").fill("Pengamat")
    desk.press("Tambahkan tamu")
    desk.reads("Ningsih")
    album.keep(desk.page, "2-tim", DESK, here.locator("#members"))
    desk.go("/")
    return audit.removeprefix(ground.address)


# ---- the visit ----


def begin(desk: Desk, album: Album) -> None:
    """The leader declares and opens the visit with the institution."""
    desk.go("/")
    desk.follow(re.compile("^Isi pernyataan"))
    album.keep(desk.page, "3-pernyataan", PHONE)
    declare(desk.page, desk.hand)
    desk.go(desk.page.url.split("/checklist")[0])
    desk.follow(re.compile("Pembukaan"))
    record_meeting(desk.page, desk.hand)
    desk.reads("Pembukaan")


def score_as_member(desk: Desk, album: Album) -> None:
    """A member declares and judges what was shared out to them."""
    desk.go("/")
    desk.follow(re.compile("^Isi pernyataan"))
    declare(desk.page, desk.hand)
    item = desk.page.locator(f"#item-{OF_THE_MEMBER}")
    item.get_by_role("radio", name=re.compile("^2")).check()
    give_bases(desk.page, "Berkeliling", "Dilihat di tempat")
    expect(desk.page.locator("[data-saved]")).to_have_class("saved saved-saved")
    album.keep(desk.page, "4-menilai", PHONE, desk.page.locator("body"))
    desk.go("/")


def score_and_close(desk: Desk, audit: str, looker: Looker, album: Album) -> None:
    """The leader judges the rest and freezes the result before the institution."""
    desk.go(f"{audit}/checklist")
    fill_in(desk.page, low=LOW, facts=True)
    give_all_bases(desk.page)
    desk.go(audit)
    desk.follow("Tutup bersama lembaga")
    hold_the_closing_meeting(desk.page, desk.hand)
    here = main(desk.page)
    here.locator("summary").filter(has_text="Catat hal yang belum disepakati").click()
    here.get_by_label("Butir", exact=True).select_option(min(LOW))
    here.get_by_label("Pendapat lembaga").fill("Uraian tugas sudah ada, hanya belum dicetak.")
    here.get_by_label("Pendapat tim penilai").fill("Pada hari kunjungan belum dapat ditunjukkan.")
    desk.press("Catat")
    desk.reads("Pada hari kunjungan belum dapat ditunjukkan.")
    album.keep(desk.page, "5-penutupan", DESK)
    freeze(desk.page, desk.hand)
    desk.reads("Berita acara bertanda tangan belum ada")
    with desk.page.expect_download() as coming:
        desk.follow(re.compile("Unduh berita acara"))
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
    desk.follow("Periksa dan kirim")
    sign(desk.page)


def read_the_preliminary_result(desk: Desk, looker: Looker, album: Album) -> None:
    """The institution reads what was frozen with it and fetches the paper it signs."""
    desk.go("/")
    running = main(desk.page).locator("section").filter(has=desk.page.locator("#running"))
    running.get_by_role("link", name="Klinik Harapan Contoh").click()
    desk.follow("Hasil dan alasannya")
    desk.reads("Tim penilai yang mengunggahnya.")
    album.keep(desk.page, "6-hasil-sementara", PHONE)
    desk.follow(re.compile("Buka penutupan"))
    looker.look(desk.page, "closing-of-the-institution")
    with desk.page.expect_download():
        desk.follow(re.compile("Unduh berita acara"))


def hand_in_the_signed_paper(desk: Desk, folder: Path, looker: Looker, album: Album) -> None:
    """The leader is reminded, and uploads the photograph of the signed minutes."""
    desk.go("/")
    desk.follow(re.compile("^Unggah berita acara bertanda tangan"))
    here = main(desk.page)
    here.get_by_label("Pindaian atau foto berita acara").set_input_files(photographs(folder, 1)[0])
    here.locator("#signed [name=declaration]").check()
    desk.press("Unggah berita acara")
    desk.reads("Pindaian bertanda tangan")
    looker.look(desk.page, "closing-signed")
    signed = here.get_by_text("Berita acara", exact=True).last
    album.keep(desk.page, "7-berita-acara", PHONE, signed)


# ---- checking and sealing ----


def give_back(desk: Desk, album: Album) -> str:
    """The checker leaves a remark at the first item that stands out and returns it; the item."""
    desk.go("/")
    desk.follow(re.compile("^Periksa:"))
    here = main(desk.page)
    desk.follow("Lihat butir berikutnya")
    item = desk.page.url.rpartition("/")[2]
    here.locator("summary").filter(has_text="Beri catatan untuk tim").click()
    here.get_by_label("Catatan untuk tim").fill("Sebutkan dokumen mana yang dilihat.")
    album.keep(desk.page, "8-periksa", DESK)
    desk.press("Simpan catatan")
    desk.go(desk.page.url.split("/review/")[0])
    here.locator("summary").filter(has_text="Kembalikan kepada tim").click()
    here.get_by_label("Alasan pengembalian").fill("Satu butir belum jelas faktanya.")
    desk.press("Kembalikan")
    desk.reads("Dikembalikan")
    return item


def mend(desk: Desk, audit: str, item: str, looker: Looker) -> None:
    """The leader reads why, mends the item; the change is listed against what was frozen."""
    desk.go("/")
    desk.follow(re.compile("^Perbaiki yang dikembalikan"))
    desk.reads("Sebutkan dokumen mana yang dilihat.")
    desk.follow(re.compile(f"^{item}"))
    facts = desk.page.locator(f"textarea[name='f.{item}']")  # typed while the page still loads
    facts.fill("Yang dilihat: struktur organisasi 2026 dan tiga SOP tanpa nomor.")

    all_is_sent(desk.page)
    desk.go(f"{audit}/closing")
    desk.reads("1 hal berubah sejak hasil sementara dibekukan.")
    looker.look(desk.page, "closing-changed")
    desk.follow("Periksa dan kirim")
    sign(desk.page)


def pass_on(desk: Desk) -> None:
    """The checker signs, and it goes up."""
    desk.go("/")
    desk.follow(re.compile("^Periksa:"))
    desk.reads("diubah")
    sign(desk.page)


def seal(desk: Desk, audit: str, folder: Path, album: Album) -> tuple[Path, str]:
    """The directorate verifies and seals; the report and its code."""
    desk.go("/")
    desk.follow(re.compile("^Verifikasi"))
    album.keep(desk.page, "9-verifikasi", DESK)
    look_at_everything(desk.page)
    sign(desk.page)
    desk.go(f"{audit}/result")
    return download(desk.page, folder)


# ---- the right to answer ----


def object_to(desk: Desk, audit: str, looker: Looker, album: Album) -> None:
    """The institution reads the sealed result and objects to one finding."""
    desk.go("/")
    desk.go(audit)
    desk.follow("Ajukan keberatan")
    looker.look(desk.page, "objection-choose")
    here = main(desk.page)
    here.get_by_label(re.compile(f"^{min(LOW)}")).check()
    desk.press(re.compile("Lanjut"))
    here.get_by_label("Mengapa Anda keberatan").fill(
        "Uraian tugas semua jabatan sudah ada sejak Januari; salinannya kami lampirkan."
    )
    looker.look(desk.page, "objection-words")
    album.keep(desk.page, "10-keberatan", PHONE)
    desk.press("Ajukan keberatan")
    desk.reads("Uraian tugas semua jabatan sudah ada")
    looker.look(desk.page, "objection-filed")
    desk.go("/")


def is_kept_from_ruling(desk: Desk) -> None:
    """Who verified does not rule, and reads why."""
    assert main(desk.page).count() == 1
    desk.go("/")
    assert main(desk.page).get_by_role("link", name=re.compile("Putuskan keberatan")).count() == 0


def rule(desk: Desk, looker: Looker, album: Album) -> str:
    """Somebody uninvolved rules for the institution; the address of the revision."""
    desk.go("/")
    desk.follow(re.compile("^Putuskan keberatan"))
    here = main(desk.page)
    looker.look(desk.page, "objection-to-rule")
    here.get_by_label("Hasil direvisi").check()
    here.get_by_label("Alasan putusan").fill(
        "Salinan uraian tugas sah dan bertanggal sebelum kunjungan."
    )
    album.keep(desk.page, "11-putusan", DESK)
    desk.press("Putuskan")
    desk.reads("Hasil direvisi")
    desk.follow(re.compile(r"R\d$"))
    return desk.page.url.partition("#")[0]


def revise(at: dict[str, Desk], revision: str) -> None:
    """The team mends, and it goes up again."""
    lead, checker, verifier = at["lead"], at["checker"], at["verifier"]
    lead.go("/")
    lead.go(f"{revision}/checklist")
    expect(lead.page.locator("[data-check][data-ready]")).to_be_attached()
    lead.page.locator(f"#item-{min(LOW)}").get_by_role("radio", name=re.compile("^2")).check()
    give_bases(lead.page, "Periksa dokumen", "Bukti dukung")
    all_is_sent(lead.page)
    lead.go(revision)
    lead.follow("Periksa dan kirim")
    sign(lead.page)
    checker.go(f"{revision}/check")
    sign(checker.page)
    verifier.go("/")
    verifier.follow(re.compile("^Verifikasi"))
    look_at_everything(verifier.page)
    sign(verifier.page)


def is_superseded(
    desk: Desk, audit: str, report: Path, code: str, looker: Looker, album: Album
) -> None:
    """The old report says so to whoever holds it, and the institution reads the new result."""
    desk.go(f"{audit}/result")
    desk.reads("Hasil ini diganti oleh revisi")
    looker.look(desk.page, "result-superseded")
    desk.follow(re.compile(r"R\d$"))
    desk.reads("Ini hasil terbaru dari penilaian ini.")
    desk.reads("Dibuka karena keberatan ke-1")
    desk.page.goto(f"/check/{code}")
    desk.reads("sudah diganti")
    album.keep(desk.page, "12-diganti", PHONE)
    desk.page.locator("input[type=file]").set_input_files(report)
    desk.press("Periksa berkas")
    desk.reads("sudah diganti")
    desk.go("/")
