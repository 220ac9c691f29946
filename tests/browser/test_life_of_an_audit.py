"""Can four people bring an institution from its own look at itself to a report that is checked?"""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.ground import TESTS_OF_A_BROWSER, Ground, main, sign_in, window
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
from tests.browser.visiting import declare, freeze, hold_the_closing_meeting, record_letter

pytestmark = TESTS_OF_A_BROWSER

ITEMS = 24
LOW = {"A-002", "B-005"}


@pytest.fixture(scope="module")
def looker(pictures: Path | None) -> Looker:
    return Looker(pictures)


@pytest.mark.lengthy
def test_the_life_of_an_audit(
    browser: Browser, ground: Ground, looker: Looker, tmp_path: Path
) -> None:
    desks = {
        who: window(browser, ground, accept_downloads=True).new_page()
        for who in ("institution", "coach", "lead", "checker", "verifier")
    }
    said: list[str] = []
    for page in desks.values():
        page.on("pageerror", lambda error: said.append(str(error)))
    public = window(browser, ground).new_page()
    public.goto("/")
    looker.look(public, "start")
    public.goto("/sign-in")
    looker.look(public, "sign-in")
    for who, page in desks.items():
        sign_in(page, ground, who)
    looker.look(desks["lead"], "home-with-nothing-to-do")

    assess_oneself(desks["institution"], looker, ground)
    open_the_evaluation(desks["coach"], looker, ground)
    score(desks["lead"], looker)
    pass_on(desks["checker"], looker)
    result = verify(desks["verifier"], looker)
    report, code = download(desks["verifier"], tmp_path)
    check(public, looker, report=report, code=code)
    answer_a_finding(desks["institution"], looker)
    revise(desks, looker, result)
    check_the_old(public, looker, report=report, code=code)
    look_around(desks, looker, ground)
    assert said == []
    assert looker.wrong == [], "\n".join(looker.wrong)


def assess_oneself(page: Page, looker: Looker, ground: Ground) -> None:
    with ground.world() as world:
        ground.hand_in(world, "institution", "Dokumen mutu")
    page.goto("/")
    main(page).get_by_role("link", name=re.compile("Mulai penilaian mandiri")).first.click()
    looker.look(page, "self-start")
    main(page).get_by_role("button", name="Mulai penilaian mandiri").click()
    if not page.url.partition("#")[0].partition("?")[0].endswith("/checklist"):
        looker.look(page, "self-overview-new")
        page.locator(".page-head .button-primary").click()
    fill_in(page, low=LOW, facts=True)
    looker.look(page, "self-checklist")
    for group in page.locator(".grp-head h2").all_inner_texts():
        give_bases(page, group, "Bukti dukung")
    all_is_sent(page)
    page.get_by_role("link", name="Periksa dan kirim").click()
    looker.look(page, "self-submit")
    sign(page)
    expect(main(page)).to_contain_text("Dikunci")
    looker.look(page, "self-sealed")


def open_the_evaluation(page: Page, looker: Looker, ground: Ground) -> None:
    page.goto("/")
    looker.look(page, "coach-home-after-self")
    main(page).get_by_role("link", name=re.compile("Buka penilaian")).first.click()
    looker.look(page, "open-assessment")
    main(page).get_by_label("Evaluasi pemenuhan").check()
    main(page).get_by_label(
        re.compile("^Di lokasi|^Di tempat|kunjungan", re.IGNORECASE)
    ).first.check()
    main(page).get_by_label("Ketua tim").select_option(ground.persons["lead"])
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    main(page).get_by_label("Tanggal kunjungan").fill(today.isoformat())
    main(page).get_by_role("button", name="Buka penilaian").click()
    page.wait_for_url(re.compile(r"/assessments/\w+$"))
    looker.look(page, "overview-new")
    main(page).get_by_role("link", name="Catat surat tugas").first.click()
    looker.look(page, "assignment")
    record_letter(page, Hand(page))
    main(page).get_by_role("link", name="Tim penilai dan tamu").click()
    looker.look(page, "team")


def close_with_the_institution(page: Page, looker: Looker, overview: str) -> None:
    hand = Hand(page)
    page.goto(f"{overview}/meetings/opening")
    looker.look(page, "meeting")
    page.goto(f"{overview}/closing")
    looker.look(page, "closing-before")
    hold_the_closing_meeting(page, hand)
    main(page).locator("summary").filter(has_text="Catat hal yang belum disepakati").click()
    main(page).get_by_label("Butir", exact=True).select_option(min(LOW))
    main(page).get_by_label("Pendapat lembaga").fill("Kami menilai ini sudah dijalankan.")
    main(page).get_by_label("Pendapat tim penilai").fill("Catatannya belum dapat ditunjukkan.")
    main(page).get_by_role("button", name="Catat", exact=True).click()
    expect(main(page)).to_contain_text("Catatannya belum dapat ditunjukkan.")
    looker.look(page, "closing-disputed")
    freeze(page, hand)
    looker.look(page, "closing-frozen")


def score(page: Page, looker: Looker) -> None:
    page.goto("/")
    looker.look(page, "assessor-home")
    main(page).get_by_role("link", name=re.compile("Isi pernyataan")).first.click()
    looker.look(page, "declaration")
    declare(page, Hand(page))
    expect(page.locator("[data-check][data-ready]")).to_be_attached()
    looker.look(page, "checklist-new")
    fill_in(page, low=LOW, facts=True)
    give_all_bases(page, looker)
    looker.look(page, "checklist-done")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    looker.look(page, "checklist-keys")
    page.locator("#keys").get_by_role("button", name="Tutup").click()
    overview = page.url.split("/checklist")[0]
    page.goto(f"{overview}/findings")
    looker.look(page, "findings-proposed")
    close_with_the_institution(page, looker, overview)
    page.goto(f"{overview}/submit")
    looker.look(page, "submit")
    sign(page)
    looker.look(page, "overview-submitted")


def pass_on(page: Page, looker: Looker) -> None:
    page.goto("/")
    looker.look(page, "checker-home")
    main(page).get_by_role("link", name=re.compile("^Periksa:")).first.click()
    looker.look(page, "check-it")
    sign(page)
    looker.look(page, "overview-checked")


def verify(page: Page, looker: Looker) -> str:
    page.goto("/")
    looker.look(page, "directorate-home")
    main(page).get_by_role("link", name=re.compile("Verifikasi")).first.click()
    looker.look(page, "verify")
    look_at_everything(page, looker)
    sign(page)
    overview = page.url.removesuffix("/result")
    page.goto(overview)
    expect(main(page)).to_contain_text("Dikunci")
    looker.look(page, "overview-sealed")
    page.goto(f"{overview}/answers")
    looker.look(page, "answers-sealed")
    page.goto(f"{overview}/result")
    # a critical item that wants interviews was judged from papers alone
    outcome = main(page).get_by_role("region", name="Keputusan", exact=True)
    expect(outcome).to_contain_text("Sementara")
    expect(outcome).to_contain_text("C-009")
    looker.look(page, "result-sealed")
    return overview


def check(page: Page, looker: Looker, *, report: Path, code: str) -> None:
    page.goto("/check")
    looker.look(page, "check")
    page.get_by_label("Kode", exact=False).first.fill(code.lower())
    page.get_by_role("button", name="Periksa kode").click()
    expect(main(page)).to_contain_text("Laporan dengan kode ini ada")
    expect(main(page)).to_contain_text("Klinik Harapan Contoh")
    looker.look(page, "check-code")
    page.locator("input[type=file]").set_input_files(report)
    page.get_by_role("button", name="Periksa berkas").click()
    expect(main(page)).to_contain_text("Berkas ini asli dan utuh")
    looker.look(page, "check-file")
    altered = report.with_name("diubah.pdf")
    altered.write_bytes(report.read_bytes().replace(b"/Title", b"/Titel", 1))
    page.locator("input[type=file]").set_input_files(altered)
    page.get_by_role("button", name="Periksa berkas").click()
    expect(main(page)).to_contain_text("bukan laporan asli")


def answer_a_finding(page: Page, looker: Looker) -> None:
    page.goto("/")
    looker.look(page, "institution-home-with-findings")
    main(page).get_by_role("link", name=re.compile("Tanggapi")).first.click()
    looker.look(page, "findings-issued")
    box = main(page).get_by_label("Tanggapan").first
    box.fill("Prosedurnya sedang disusun; selesai sebelum akhir tahun.")
    main(page).get_by_role("button", name="Kirim tanggapan").first.click()
    expect(main(page)).to_contain_text("Prosedurnya sedang disusun")
    looker.look(page, "findings-answered")


def revise(desks: dict[str, Page], looker: Looker, overview: str) -> None:
    page = desks["verifier"]
    page.goto(overview)
    main(page).locator("summary").filter(has_text="Buka revisi").click()
    main(page).get_by_label("Alasan revisi").fill("Dua butir dinilai dengan bukti yang keliru.")
    looker.look(page, "revise")
    main(page).get_by_role("button", name="Buka revisi").click()
    page.wait_for_url(lambda address: address != overview)
    assessor = desks["lead"]
    assessor.goto(page.url.partition("#")[0] + "/checklist")
    expect(assessor.locator("[data-check][data-ready]")).to_be_attached()
    item = min(LOW)
    assessor.locator(f"#item-{item}").get_by_role("radio", name=re.compile("^1")).check()
    expect(assessor.locator("[data-saved]")).to_have_class("saved saved-saved")
    give_bases(assessor, "Periksa dokumen", "Bukti dukung")
    all_is_sent(assessor)
    assessor.goto(page.url.partition("#")[0] + "/submit")
    sign(assessor)
    desks["checker"].goto(page.url.partition("#")[0] + "/check")
    sign(desks["checker"])
    page.goto(page.url.partition("#")[0] + "/verify")
    look_at_everything(page)
    sign(page)
    page.goto(overview)
    expect(main(page)).to_contain_text("Ada revisi penilaian ini")
    looker.look(page, "overview-superseded")


def check_the_old(page: Page, looker: Looker, *, report: Path, code: str) -> None:
    page.goto(f"/check/{code}")
    expect(main(page)).to_contain_text("sudah diganti")
    looker.look(page, "check-superseded")
    page.locator("input[type=file]").set_input_files(report)
    page.get_by_role("button", name="Periksa berkas").click()
    expect(main(page)).to_contain_text("sudah diganti")


def look_around(desks: dict[str, Page], looker: Looker, ground: Ground) -> None:
    """The pages beside the way."""
    for path, name in (
        ("/assessments", "list"),
        ("/auditees", "auditees"),
        (f"/auditees/{ground.site}", "auditee"),
        (f"/auditees/{ground.site}/evidence", "evidence"),
        ("/profile", "profile"),
        ("/profile/password", "password"),
    ):
        desks["institution"].goto(path)
        looker.look(desks["institution"], name)
    desks["institution"].goto(f"/auditees/{ground.site}/evidence")
    main(desks["institution"]).get_by_role("link", name="Dokumen mutu").first.click()
    looker.look(desks["institution"], "evidence-piece")
