"""Does the checklist hold in a real browser: by thumb, by key, without network, with two people?"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from assessor.access.actor import SYSTEM
from assessor.accounts.models import SignIn
from assessor.assessments.events import AssessmentCancelled
from assessor.assessments.models import Answer, Assessment, Basis, Operation, Status
from assessor.database.engine import taking_the_write_lock
from assessor.evidence.models import EvidenceKind
from assessor.evidence.services import hand_in
from assessor.journal.work import write
from tests.browser.ground import (
    DESK,
    PHONE,
    TESTS_OF_A_BROWSER,
    Ground,
    clock,
    main,
    signed_in,
    window,
)
from tests.builders import PASSWORD

pytestmark = TESTS_OF_A_BROWSER
ITEMS = 120
TOUCH = {"size": PHONE, "has_touch": True, "is_mobile": True}

Opener = Callable[..., tuple[Any, Page]]


@pytest.fixture
def audit(ground: Ground) -> Iterator[str]:
    """A fresh evaluation; it is over when the test is."""
    with ground.world() as world:
        made = world.open()
    yield made
    with ground.world() as world, write(world.session, SYSTEM, clock) as work:
        row = world.session.get_one(Assessment, made)
        row.status = Status.cancelled
        work.record(AssessmentCancelled(subject=made, auditee=row.auditee_id))


@pytest.fixture
def signed(browser: Browser, ground: Ground) -> Iterator[Opener]:
    """Opens windows with somebody signed in; they are closed at the end, and none of their
    scripts may have failed."""
    contexts, failures = [], []

    def opened(name: str, *, shared: bool = False, **options: Any) -> tuple[Any, Page]:
        context = window(browser, ground, **options)
        contexts.append(context)
        context.on("weberror", lambda error: failures.append(str(error.error)))
        page = context.new_page()
        if shared:
            page.goto("/sign-in?next=/profile")
            fill_sign_in(page, ground, name, shared=True)
        else:
            signed_in(context, ground, name)
        return context, page

    yield opened
    for context in contexts:
        context.close()
    assert failures == []


def fill_sign_in(page: Page, ground: Ground, name: str, *, shared: bool = False) -> None:
    """Fill in the sign-in page that is open."""
    page.get_by_label("Nama masuk").fill(ground.names[name])
    page.get_by_label("Kata sandi").fill(PASSWORD)
    if shared:
        page.locator("[name=shared]").check()
    main(page).get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def open_checklist(page: Page, audit: str, query: str = "") -> list[str]:
    """Open the checklist; the ids of its items in their order."""
    page.goto(f"/assessments/{audit}/checklist{query}")
    page.wait_for_selector("[data-ready]")
    ids = page.eval_on_selector_all(".it", "all => all.map(each => each.id.slice(5))")
    return list(ids)


def kept(ground: Ground, audit: str, item: str) -> Answer:
    with ground.world() as world:
        found = world.session.get(Answer, (audit, item))
        assert found is not None, f"nothing kept for {item}"
        world.session.expunge(found)
        return found


def operations(ground: Ground, audit: str) -> int:
    with ground.world() as world:
        return len(
            world.session.scalars(
                select(Operation.op_id).where(Operation.assessment_id == audit)
            ).all()
        )


def saved(page: Page) -> None:
    """Wait until the head says that everything is kept."""
    expect(page.locator(".work-head .saved")).to_have_class("saved saved-saved")


def item(page: Page, name: str) -> Any:
    return page.locator(f"#item-{name}")


def choose(page: Page, name: str, value: str) -> None:
    item(page, name).locator(f".sc label:has(input[value='{value}'])").click()


def test_a_tap_scores_saves_and_moves_on(ground, signed, audit):
    _, page = signed("lead", **TOUCH)
    first, second, third = open_checklist(page, audit)[:3]
    assert page.locator(".it:visible").count() == 1
    item(page, first).locator(".sc label").nth(2).tap()
    expect(item(page, second)).to_be_visible()
    saved(page)
    assert kept(ground, audit, first).choice == "2"
    item(page, second).locator(".sc label").nth(0).tap()  # below the mark: facts are asked for
    page.wait_for_timeout(700)
    expect(item(page, second)).to_be_visible()
    expect(item(page, second).locator("[data-lack]")).to_contain_text("Tulis fakta")
    page.get_by_role("button", name="Berikut").tap()
    expect(item(page, third)).to_be_visible()
    page.get_by_role("button", name="Sebelum").tap()
    expect(item(page, second)).to_be_visible()
    saved(page)
    assert kept(ground, audit, second).choice == "0"


def test_the_overview_leads_to_an_item_and_narrows_to_what_is_open(ground, signed, audit):
    _, page = signed("lead", **TOUCH)
    ids = open_checklist(page, audit)
    item(page, ids[0]).locator(".sc label").nth(2).tap()
    saved(page)
    page.locator(".bottom-bar a").tap()
    expect(page.locator("#overview")).to_be_visible()
    page.locator("[data-show=unanswered]").tap()
    expect(page.locator(f".map a[href$='#item-{ids[0]}']")).to_be_hidden()
    page.locator(f".map a[href$='#item-{ids[9]}']").tap()
    expect(item(page, ids[9])).to_be_visible()
    expect(page.locator("#overview")).to_be_hidden()
    page.locator(".bottom-bar a").tap()
    page.locator("#q").fill(ids[20].lower())
    page.locator("#q").press("Enter")
    expect(item(page, ids[20])).to_be_visible()
    expect(page.locator("#overview")).to_be_hidden()


def test_who_only_reads_moves_on_too(ground, signed, audit):
    _, page = signed("directorate", **TOUCH)
    first, second = open_checklist(page, audit)[:2]
    expect(item(page, first)).to_be_visible()
    page.get_by_role("button", name="Berikut").tap()
    expect(item(page, second)).to_be_visible()
    expect(item(page, first)).to_be_hidden()
    assert page.locator("input[type=radio]").count() == 0


def test_keys_score_and_move(ground, signed, audit):
    _, page = signed("lead")
    ids = open_checklist(page, audit)
    for key in "2102":
        page.keyboard.press(key)
    saved(page)
    assert [kept(ground, audit, each).choice for each in ids[:4]] == ["2", "1", "0", "2"]
    page.keyboard.press("t")
    page.keyboard.type("Tidak ada layanan ini")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("b")
    saved(page)
    assert kept(ground, audit, ids[4]).choice == "TB"
    assert kept(ground, audit, ids[4]).reason == "Tidak ada layanan ini"
    assert kept(ground, audit, ids[3]).choice is None
    page.keyboard.press("/")
    page.keyboard.type(ids[60])
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    saved(page)
    assert kept(ground, audit, ids[60]).choice == "1"
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_what_is_typed_without_network_survives_and_is_sent_once(ground, signed, audit):
    context, page = signed("lead")
    ids = open_checklist(page, audit)
    context.set_offline(True)
    choose(page, ids[0], "1")
    item(page, ids[0]).get_by_label("Fakta dan analisis").fill("Ditulis tanpa jaringan")
    item(page, ids[0]).get_by_label("Rekomendasi").fill("Susun jadwal")
    page.keyboard.press("Escape")
    expect(page.locator(".work-head .saved")).to_contain_text("Belum terkirim · 3")
    expect(page.locator("[data-notice=offline]")).to_contain_text("aman di perangkat ini")
    assert operations(ground, audit) == 0
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.route("**/operations", lambda route: route.abort())
    open_checklist(page, audit)
    facts = item(page, ids[0]).get_by_label("Fakta dan analisis")
    expect(facts).to_have_value("Ditulis tanpa jaringan")
    expect(item(page, ids[0]).locator("[data-st]")).to_have_text("Belum terkirim")
    page.unroute("**/operations")
    page.get_by_role("button", name="Kirim sekarang").click()
    saved(page)
    answer = kept(ground, audit, ids[0])
    assert (answer.choice, answer.facts, answer.recommendation) == (
        "1",
        "Ditulis tanpa jaringan",
        "Susun jadwal",
    )
    open_checklist(page, audit)
    saved(page)
    assert operations(ground, audit) == 3


def test_drafts_survive_a_restart_of_the_browser(ground, browser, audit, tmp_path):
    """The sign-in ends with the browser; what was typed waits for its owner."""
    first = ""
    with lasting_browser(browser, ground, tmp_path) as context:
        context.add_cookies(
            [{"name": "sid", "value": ground.cookie("lead"), "url": ground.address}]
        )
        page = context.new_page()
        first = open_checklist(page, audit)[0]
        context.set_offline(True)
        item(page, first).get_by_label("Fakta dan analisis").fill("Ditulis empat jam lalu")
        page.keyboard.press("Escape")
        expect(page.locator(".work-head .saved")).to_contain_text("Belum terkirim · 1")
        expect(page.locator("[data-notice=offline]")).to_be_visible()
    assert operations(ground, audit) == 0
    with lasting_browser(browser, ground, tmp_path) as context:
        page = context.new_page()
        page.goto(f"/assessments/{audit}/checklist")
        fill_sign_in(page, ground, "lead")
        page.wait_for_selector("[data-ready]")
        saved(page)
        expect(item(page, first).get_by_label("Fakta dan analisis")).to_have_value(
            "Ditulis empat jam lalu"
        )
    assert kept(ground, audit, first).facts == "Ditulis empat jam lalu"
    assert operations(ground, audit) == 1


@contextmanager
def lasting_browser(browser: Browser, ground: Ground, folder: Path) -> Iterator[BrowserContext]:
    """A browser that keeps its data in a folder, from its start to its end."""
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox"],
        locale="id-ID",
        base_url=ground.address,
        viewport=DESK,
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


def test_a_lost_acknowledgement_is_no_second_entry(ground, signed, audit):
    _, page = signed("lead")
    ids = open_checklist(page, audit)
    lost = []

    def lose_once(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    page.route("**/operations", lose_once)
    choose(page, ids[0], "2")
    expect(page.locator(".work-head .saved")).to_contain_text("Belum terkirim")
    saved(page)
    assert operations(ground, audit) == 1


def test_two_people_keep_both_texts_and_choose(ground, signed, audit):
    _, sari = signed("lead")
    _, budi = signed("member")
    first = open_checklist(sari, audit)[0]
    open_checklist(budi, audit)
    item(budi, first).get_by_label("Fakta dan analisis").fill("Menurut Budi")
    saved(budi)
    item(sari, first).get_by_label("Fakta dan analisis").fill("Menurut Sari")
    choose(sari, first, "2")
    clash = item(sari, first).locator(".clash")
    expect(clash).to_contain_text("Menurut Budi")
    expect(clash).to_contain_text("Menurut Sari")
    expect(clash).to_contain_text("Budi Santoso")
    expect(sari.locator(".work-head .saved")).to_contain_text("Perlu dilihat")
    assert kept(ground, audit, first).facts == "Menurut Budi"
    clash.get_by_role("button", name="Gabungkan keduanya").click()
    expect(clash).to_have_count(0)
    saved(sari)
    answer = kept(ground, audit, first)
    assert (answer.facts, answer.choice) == ("Menurut Budi\n\nMenurut Sari", "2")
    with ground.world() as world:
        open_ones = select(Operation.op_id).where(
            Operation.assessment_id == audit,
            Operation.result == "conflict",
            Operation.settled_by.is_(None),
        )
        assert world.session.scalars(open_ones).all() == []


def test_what_the_other_enters_arrives_without_reloading(ground, signed, audit):
    _, sari = signed("lead")
    _, budi = signed("member")
    ids = open_checklist(sari, audit)
    open_checklist(budi, audit)
    choose(budi, ids[1], "2")
    item(budi, ids[1]).get_by_label("Fakta dan analisis").fill("Sudah dilihat")
    saved(budi)
    sari.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(item(sari, ids[1]).get_by_label("Fakta dan analisis")).to_have_value("Sudah dilihat")
    expect(item(sari, ids[1]).locator("[data-st]")).to_contain_text("perangkat lain")
    item(sari, ids[1]).get_by_label("Fakta dan analisis").fill("Sudah dilihat berdua")
    saved(sari)
    assert kept(ground, audit, ids[1]).facts == "Sudah dilihat berdua"


def end_sign_ins(ground: Ground) -> None:
    """As if everybody's time had run out."""
    with ground.world() as world, taking_the_write_lock():
        over = SignIn.__table__.update().where(SignIn.ended_at.is_(None)).values(ended_at=clock())
        world.session.connection().execute(over)
        world.session.commit()


def test_an_expired_sign_in_returns_to_the_same_place_with_the_same_text(ground, signed, audit):
    _, page = signed("lead")
    ids = open_checklist(page, audit)
    end_sign_ins(ground)
    item(page, ids[4]).get_by_label("Fakta dan analisis").fill("Ditulis setelah habis waktu")
    notice = page.locator("[data-notice=signin]")
    expect(notice).to_contain_text("isian Anda aman")
    notice.get_by_role("link", name="Masuk lagi").click()
    fill_sign_in(page, ground, "lead")
    page.wait_for_selector("[data-ready]")
    saved(page)
    expect(page.locator(".it.now")).to_have_attribute("id", f"item-{ids[4]}")
    expect(item(page, ids[4]).get_by_label("Fakta dan analisis")).to_have_value(
        "Ditulis setelah habis waktu"
    )
    assert kept(ground, audit, ids[4]).facts == "Ditulis setelah habis waktu"


def test_another_person_on_the_same_device_sends_nothing_of_it(ground, signed, audit):
    context, page = signed("lead")
    ids = open_checklist(page, audit)
    end_sign_ins(ground)
    item(page, ids[0]).get_by_label("Fakta dan analisis").fill("Milik Sari")
    expect(page.locator("[data-notice=signin]")).to_be_visible()
    other = context.new_page()
    other.goto("/sign-in?next=/profile")
    fill_sign_in(other, ground, "member")
    open_checklist(other, audit)
    expect(item(other, ids[0]).get_by_label("Fakta dan analisis")).to_have_value("")
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-notice=other]")).to_contain_text("orang lain")
    assert operations(ground, audit) == 0
    other.goto("/sign-in")
    other.context.clear_cookies()
    other.goto("/sign-in?next=/profile")
    fill_sign_in(other, ground, "lead")
    open_checklist(other, audit)
    saved(other)
    assert kept(ground, audit, ids[0]).facts == "Milik Sari"


def test_a_shared_computer_keeps_nothing(ground, signed, audit):
    context, page = signed("lead", shared=True)
    ids = open_checklist(page, audit)
    assert page.locator("body[data-shared]").count() == 1
    context.set_offline(True)
    choose(page, ids[0], "2")
    expect(page.locator("[data-notice=offline]")).to_contain_text("jangan tutup halaman ini")
    databases = page.evaluate("indexedDB.databases().then(all => all.map(each => each.name))")
    assert "asesor-outbox" not in databases
    assert page.evaluate("localStorage.length") == 0
    context.set_offline(False)  # the page notices by itself
    saved(page)
    assert kept(ground, audit, ids[0]).choice == "2"


def test_what_the_server_refuses_stays_with_its_reason(ground, signed, audit):
    _, page = signed("lead")
    ids = open_checklist(page, audit)
    facts = item(page, ids[0]).get_by_label("Fakta dan analisis")
    facts.fill("x" * 10_001)
    state = item(page, ids[0]).locator("[data-st]")
    expect(state).to_contain_text("terlalu panjang")
    expect(page.locator(".work-head .saved")).to_contain_text("Perlu dilihat · 1")
    facts.fill("Ringkas")
    saved_or_look = page.locator(".work-head .saved")
    expect(saved_or_look).to_contain_text("Tersimpan")
    assert kept(ground, audit, ids[0]).facts == "Ringkas"


def picture(shade: int) -> bytes:
    kept_in = io.BytesIO()
    Image.new("RGB", (320, 240), (shade, 120, 90)).save(kept_in, "JPEG")
    return kept_in.getvalue()


def give(ground: Ground, title: str, shade: int) -> None:
    """Let the institution hand in a piece."""
    with ground.world() as world:
        hand_in(
            world.session,
            world.actor("institution"),
            clock,
            store=ground.app.extensions["assessor_store"],
            limit=5_000_000,
            auditee_id=ground.site,
            stream=io.BytesIO(picture(shade)),
            name="foto.jpg",
            title=title,
            stands_for=None,
            kind=EvidenceKind.document,
            declaration="no-client-1",
        )


def bases_of(ground: Ground, audit: str) -> list[Basis]:
    with ground.world() as world:
        found = world.session.scalars(
            select(Basis).where(Basis.assessment_id == audit, Basis.removed_by.is_(None))
        ).all()
        world.session.expunge_all()
        return list(found)


def test_one_piece_is_cited_by_many_items_in_one_act(ground, signed, audit):
    give(ground, "Akta pendirian", 10)
    _, page = signed("lead")
    open_checklist(page, audit, "?order=standard")
    page.locator(".grp").nth(0).locator("[data-many]").click()
    dialog = page.locator("#basis")
    expect(dialog).to_be_visible()
    ticked = dialog.locator("[data-target-list] input:checked").count()
    assert ticked > 3
    dialog.get_by_label("Akta pendirian").check()
    dialog.get_by_role("button", name="Simpan dasar nilai").click()
    saved(page)
    assert len(bases_of(ground, audit)) == ticked
    line = page.locator(".it .bx li").first
    expect(line).to_contain_text("Akta pendirian")
    line.get_by_role("button").click()
    saved(page)
    assert len(bases_of(ground, audit)) == ticked - 1


def test_a_sample_suggests_how_many_to_draw_and_the_score(ground, signed, audit):
    _, page = signed("lead")
    ids = open_checklist(page, audit)
    item(page, ids[0]).locator(".add").click()
    dialog = page.locator("#basis")
    dialog.get_by_role("radio", name="Telusur berkas").check()
    dialog.get_by_label("Isi register").fill("40")
    dialog.get_by_label("Sesuai").fill("6")
    expect(dialog.get_by_label("Ditelusur")).to_have_value("10")
    expect(dialog.locator("[data-sample-hint]")).to_contain_text("usulan nilai 1")
    dialog.get_by_role("button", name="Simpan dan beri nilai 1").click()
    saved(page)
    assert kept(ground, audit, ids[0]).choice == "1"
    assert [basis.detail["hits"] for basis in bases_of(ground, audit)] == [6]


def test_a_photo_is_handed_in_and_cited_without_leaving_the_page(ground, signed, audit):
    _, page = signed("lead", **TOUCH)
    ids = open_checklist(page, audit)
    item(page, ids[0]).locator(".add").tap()
    dialog = page.locator("#basis")
    files = dialog.locator("[data-send-files]")
    files.set_input_files({"name": "dapur.jpg", "mimeType": "image/jpeg", "buffer": picture(77)})
    expect(dialog.locator("[data-basis-error]")).to_contain_text("Centang dulu")
    dialog.locator("[data-declaration]").check()
    # the file is examined in a process of its own
    expect(dialog.locator(".pick input:checked")).to_have_count(1, timeout=20_000)
    dialog.get_by_role("button", name="Simpan dasar nilai").tap()
    saved(page)
    assert len(bases_of(ground, audit)) == 1
    expect(item(page, ids[0]).locator(".bx li")).to_contain_text("dapur", ignore_case=True)


@pytest.mark.parametrize(
    ("look", "scheme"), [(TOUCH, "light"), ({"size": DESK}, "dark"), ({"size": DESK}, "light")]
)
def test_axe_finds_nothing(ground, signed, audit, look, scheme):
    give(ground, "Struktur organisasi", 20)
    _, page = signed("lead", **look, color_scheme=scheme)
    ids = open_checklist(page, audit)
    choose(page, ids[0], "1")
    saved(page)
    assert violations(page) == []
    page.keyboard.press("d")
    expect(page.locator("#basis")).to_be_visible()
    page.locator("#basis details").evaluate("each => { each.open = true; }")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.evaluate("location.hash = '#overview'")
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("look", [TOUCH, {"size": DESK}])
def test_nothing_is_wider_than_the_screen(ground, signed, audit, look):
    _, page = signed("lead", **look)
    open_checklist(page, audit)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_script_the_plain_form_does_the_same(ground, signed, audit):
    _, page = signed("lead", **TOUCH, java_script_enabled=False)
    page.goto(f"/assessments/{audit}/checklist")
    ids = [each.get_attribute("id") for each in page.locator(".it").all()[:2]]
    first = ids[0].removeprefix("item-")
    assert page.locator(".it:visible").count() > 100
    choose(page, first, "2")
    item(page, first).get_by_label("Fakta dan analisis").fill("Tanpa skrip")
    item(page, first).get_by_role("button", name="Simpan").click()
    page.wait_for_url(f"**/checklist*#item-{first}")
    assert kept(ground, audit, first).facts == "Tanpa skrip"
    item(page, first).get_by_role("button", name="Tambah dasar nilai").click()
    page.get_by_role("radio", name="Dilihat di tempat").check()
    page.get_by_label("Apa yang dilihat").fill("Ruang konseling")
    page.get_by_role("button", name="Simpan dasar nilai").click()
    expect(item(page, first)).to_contain_text("Ruang konseling")
