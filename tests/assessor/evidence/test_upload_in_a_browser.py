"""Does the upload script send file by file, lose nothing, and read well on a phone?"""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Request, Route, expect, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.assessor.evidence.world import ACTORS, NOW, clock, make_world, open_browser
from tests.assessor.ui.gallery import CHROMIUM
from tests.evidence_store import evidence_corpus as corpus

pytestmark = [
    pytest.mark.browser,
    # Flask-Compress leaves the static files it has read to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

LIBRARY = "/auditees/a1/evidence"
MEGABYTE = 1024 * 1024


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: object) -> None:
        pass


class _NoBrowser:
    """Stands in for a page client: only the rows of a sign-in are wanted."""

    class raw:  # noqa: N801
        @staticmethod
        def set_cookie(*_args: str) -> None:
            pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from assessor.app.factory import create_app
    from assessor.database.extension import db
    from assessor.database.migrate import upgrade
    from assessor.settings import Mode, Settings
    from evidence_store.store import MemoryStore

    instance = tmp_path_factory.mktemp("browser")
    settings = Settings(
        mode=Mode.test,
        instance=instance,
        database_url=f"sqlite:///{instance}/browser.db",
        evidence_url="memory:",
        secret_key="not-a-secret-only-for-tests-0123456789",
        checkpoint_key=instance / "checkpoint.key",
        base_url="http://127.0.0.1",
        upload_limit=MEGABYTE,
    )
    app = create_app(settings, clock=clock, store=MemoryStore())
    with app.app_context():
        upgrade(db.engine)
        engine = db.engine
    with Session(engine, autoflush=False) as session:
        make_world(session)
        for who in ACTORS:
            open_browser(session, _NoBrowser(), who)  # type: ignore[arg-type]
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    engine.dispose()


@pytest.fixture
def phone(address: str) -> Iterator[BrowserContext]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, locale="id-ID", base_url=address
        )
        context.add_cookies([{"name": "sid", "value": "secret-of-institution", "url": address}])
        yield context
        browser.close()


def a_file(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def a_picture(number: int) -> bytes:
    return corpus.encode(corpus.picture((300 + number, 200)), "JPEG")


def opened(context: BrowserContext) -> tuple[Page, list[str]]:
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(LIBRARY)
    return page, said


def press(page: Page) -> None:
    page.get_by_role("button", name="Kirim bukti").click()


def test_each_file_gets_its_own_result_and_the_rest_stays(
    phone: BrowserContext, tmp_path: Path
) -> None:
    page, said = opened(phone)
    before = page.locator("#library .evidence").count()
    page.set_input_files(
        "input[name=files]",
        [
            a_file(tmp_path, "ruang.jpg", a_picture(1)),
            a_file(tmp_path, "catatan.docx", corpus.packed(["word/document.xml"])),
            a_file(tmp_path, "besar.jpg", corpus.jpeg() + bytes(MEGABYTE)),
            a_file(tmp_path, "sop.pdf", corpus.pdf(2)),
        ],
    )
    page.fill("input[name=title]", "Layanan")
    page.check("input[name=declaration]")
    press(page)
    rows = page.locator("[data-upload-list] li")
    expect(rows.nth(0)).to_contain_text("“Layanan (1)” diterima.")
    expect(rows.nth(1)).to_contain_text("Simpan sebagai PDF")
    expect(rows.nth(2)).to_contain_text("Lebih besar dari 1 MB")
    expect(rows.nth(3)).to_contain_text("“Layanan (3)” diterima.")
    expect(page.locator("#library .evidence")).to_have_count(before + 2)
    expect(page.locator("input[name=title]")).to_have_value("Layanan")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert said == []


def test_what_was_not_sent_is_sent_again(phone: BrowserContext, tmp_path: Path) -> None:
    page, said = opened(phone)
    page.set_input_files("input[name=files]", [a_file(tmp_path, "a.jpg", a_picture(2))])
    press(page)
    expect(page.locator("[data-upload-missing]")).to_contain_text("Centang pernyataan")
    page.check("input[name=declaration]")
    expect(page.locator("[data-upload-missing]")).to_be_hidden()
    row = page.locator("[data-upload-list] li").first
    page.fill("input[name=stands_for]", "2027-01-01")
    press(page)
    expect(row).to_contain_text("belum tiba")
    page.fill("input[name=stands_for]", NOW.date().isoformat())
    phone.set_offline(True)
    press(page)
    expect(row).to_contain_text("Sambungan terputus")
    expect(row).to_contain_text("dilanjutkan sendiri")
    phone.set_offline(False)
    expect(row).to_contain_text("diterima")
    press(page)
    expect(page.locator(".error-summary")).to_contain_text("Pilih paling sedikit satu berkas.")
    assert said == []


def test_a_pause_and_a_reload_send_no_byte_twice(phone: BrowserContext, tmp_path: Path) -> None:
    page, said = opened(phone)
    big = a_file(tmp_path, "besar.jpg", corpus.noisy())
    sent: list[int] = []
    phone.on("request", lambda each: each.method == "PATCH" and sent.append(offset_of(each)))
    patches: list[Route] = []

    def cut_all_but_the_first(route: Route) -> None:
        patches.extend([route] if route.request.method == "PATCH" else [])
        if route.request.method == "PATCH" and len(patches) > 1:
            route.abort()
        else:
            route.continue_()

    page.route("**/uploads/*", cut_all_but_the_first)
    page.set_input_files("input[name=files]", [big])
    page.check("input[name=declaration]")
    press(page)
    expect(page.locator("[data-upload-total]")).to_contain_text(re.compile(r"[1-9]\d* persen"))
    page.get_by_role("button", name="Jeda").click()
    row = page.locator("[data-upload-list] li").first
    expect(row).to_contain_text("Dijeda")
    page.close()
    before = len(sent)
    page, more = opened(phone)
    page.set_input_files("input[name=files]", [big])
    page.check("input[name=declaration]")
    press(page)
    expect(page.locator("[data-upload-list] li").first).to_contain_text("“Besar” diterima.")
    expect(page.locator("[data-upload-total]")).to_contain_text(
        "1 dari 1 berkas selesai · 100 persen"
    )
    assert min(sent[before:]) > 0
    assert said == more == []


def offset_of(request: Request) -> int:
    return int(request.headers["upload-offset"])


def test_a_photograph_is_made_small_on_the_device_and_files_can_be_dropped(
    phone: BrowserContext, tmp_path: Path
) -> None:
    page, said = opened(phone)
    content = base64.b64encode(corpus.noisy()).decode()
    page.evaluate(
        """(content) => {
          const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
          const carried = new DataTransfer();
          carried.items.add(new File([bytes], "seret.jpg", { type: "image/jpeg" }));
          document.querySelector("[data-upload]").dispatchEvent(
            new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        }""",
        content,
    )
    page.check("#shrink")
    page.check("input[name=declaration]")
    lengths: list[int] = []
    phone.on(
        "request",
        lambda each: each.method == "POST" and lengths.append(int(each.headers["upload-length"])),
    )
    press(page)
    expect(page.locator("[data-upload-list] li").first).to_contain_text("“Seret” diterima.")
    assert lengths[0] < len(corpus.noisy())
    assert said == []


def test_photographs_of_the_camera_add_up_and_can_be_dropped(
    phone: BrowserContext, tmp_path: Path
) -> None:
    page, said = opened(phone)
    for number in (3, 4, 5):
        taken = a_file(tmp_path, f"foto{number}.jpg", a_picture(number))
        page.set_input_files("input[name=camera]", taken)
    rows = page.locator("[data-upload-list] li")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Hapus dari daftar foto4.jpg").click()
    expect(rows).to_have_count(2)
    page.check("input[name=declaration]")
    press(page)
    expect(rows.nth(0)).to_contain_text("“Foto3” diterima.")
    expect(rows.nth(1)).to_contain_text("“Foto5” diterima.")
    assert said == []


def test_a_sign_in_that_ended_loses_nothing(phone: BrowserContext, tmp_path: Path) -> None:
    page, said = opened(phone)
    page.set_input_files("input[name=files]", [a_file(tmp_path, "a.jpg", a_picture(6))])
    page.check("input[name=declaration]")
    kept = [each for each in phone.cookies() if each["name"] == "sid"]
    phone.clear_cookies(name="sid")
    press(page)
    row = page.locator("[data-upload-list] li").first
    expect(row).to_contain_text("Waktu masuk Anda sudah habis")
    phone.add_cookies([{key: kept[0][key] for key in ("name", "value", "domain", "path")}])  # type: ignore[list-item,literal-required]
    press(page)
    expect(row).to_contain_text("diterima")
    assert said == []


def test_the_page_of_a_piece_reads_well_on_a_phone(phone: BrowserContext, tmp_path: Path) -> None:
    page, said = opened(phone)
    page.set_input_files("input[name=files]", [a_file(tmp_path, "tebal.pdf", corpus.pdf(4))])
    page.check("input[name=declaration]")
    press(page)
    page.locator("[data-upload-list] a").click()
    expect(page.locator("h1")).to_have_text("Tebal")
    picture = page.locator("#copy img")
    assert picture.evaluate("async (each) => { await each.decode(); return each.naturalWidth; }")
    page.get_by_role("link", name="Berikutnya").click()
    expect(page.locator("#copy h2")).to_have_text("Halaman 2 dari 4")
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert said == []


def test_the_script_is_small() -> None:
    import gzip

    from assessor.ui.assets import STATIC

    assert len(gzip.compress((STATIC / "upload.js").read_bytes(), 9)) <= 3000
    # asked for when the first file is sent
    assert len(gzip.compress((STATIC / "upload-transfer.js").read_bytes(), 9)) <= 3000
