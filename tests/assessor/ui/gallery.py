"""Every component with sample data, as pages to render, to test and to look at.

`python -m tests.assessor.ui.gallery FOLDER` writes the pages and their pictures, light and dark,
phone and desk, into the folder.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from functools import partial
from gettext import NullTranslations
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from assessor.ui import parts as p
from assessor.ui.assets import STATIC, STATIC_URL, TEMPLATES
from assessor.ui.charts import (
    Axis,
    Bar,
    Comparison,
    bars,
    bars_table,
    progress_ring,
    radar,
    radar_table,
)
from assessor.ui.environment import prepare
from assessor.ui.errors import error_page
from assessor.ui.formats import Zone
from assessor.ui.frame import Flash, FlashKind, Frame, NavItem, Theme

CHROMIUM = "/usr/bin/chromium"
PAGES = ("home", "list", "audit", "form", "figures", "parts")
ERRORS = (400, 403, 404, 409, 413, 429, 500, 503)


def environment() -> Environment:
    """As the application prepares it, with no catalogue."""
    own = FileSystemLoader(Path(__file__).parent / "templates")
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), own]),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(NullTranslations(), newstyle=True)
    prepare(made, language=lambda: "id", zone=lambda: Zone.wib)
    return made


class VisitForm(Form):
    """One field of every kind."""

    token = HiddenField(default="x")
    place = StringField("Tempat kegiatan", [InputRequired("Isi tempat kegiatan."), Length(max=80)])
    day = DateField("Tanggal kegiatan", [InputRequired("Pilih tanggal kegiatan.")])
    people = IntegerField("Jumlah peserta")
    kind = SelectField(
        "Jenis kegiatan",
        choices=[SelectChoice("onsite", "Di tempat"), SelectChoice("online", "Daring")],
        default="onsite",
    )
    way = RadioField(
        "Hasil kunjungan",
        choices=[
            SelectChoice("done", "Selesai seluruhnya"),
            SelectChoice("part", "Selesai sebagian"),
        ],
        validators=[InputRequired("Pilih hasil kunjungan.")],
    )
    topics = SelectMultipleField(
        "Pokok bahasan",
        choices=[
            SelectChoice("sdm", "Sumber daya manusia"),
            SelectChoice("sarana", "Sarana dan prasarana"),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    notes = TextAreaField("Catatan pembina")
    photo = FileField("Foto kegiatan")
    secret = PasswordField("Kata sandi Anda", render_kw={"autocomplete": "current-password"})
    agree = BooleanField("Saya menyatakan bahwa isian ini benar.")


class SearchForm(Form):
    name = StringField("Nama lembaga")
    province = SelectField(
        "Provinsi", choices=[SelectChoice("", "Semua"), SelectChoice("32", "Jawa Barat")]
    )


def frame(*, theme: Theme = Theme.auto, signed_in: bool = True) -> Frame:
    nav = (
        NavItem("/", "Beranda", "home", current=True),
        NavItem("/assessments", "Penilaian", "list"),
        NavItem("/auditees", "Lembaga dan unit", "building"),
        NavItem("/actions", "Tindak lanjut", "flag"),
        NavItem("/reports", "Laporan", "chart"),
    )
    return Frame(
        language="id",
        theme=theme,
        demo=True,
        version="0.1.0",
        nav=nav if signed_in else (),
        person_name="Dewi Lestari Contoh" if signed_in else "",
        person_role="Pembina, BNNK Cianjur" if signed_in else "",
        signed_in=signed_in,
        csrf_token="token-contoh",
        path="/",
        flashes=(Flash(FlashKind.ok, "Rencana asistensi tersimpan."),) if signed_in else (),
    )


def _wrong_form() -> VisitForm:
    form = VisitForm(data={"people": 12})
    form.validate()
    return form


def _figures() -> dict[str, object]:
    shares = (("Kelembagaan", 9), ("Sumber daya manusia", 5), ("Sarana dan prasarana", 8))
    series = [
        Bar(
            label,
            Fraction(tenths, 10),
            Fraction(6, 10),
            (Comparison("Mandiri", Fraction(95, 100)), Comparison("Awal", Fraction(4, 10))),
        )
        for label, tenths in shares
    ]
    series.append(Bar("Rehabilitasi sosial", None, Fraction(6, 10)))
    axes = [
        Axis(label, Fraction(tenths, 10), Fraction(tenths - 3, 10))
        for label, tenths in (*shares, ("Layanan rehabilitasi", 7), ("Hak klien", 10))
    ]
    axes.append(Axis("Pengelolaan mutu", None))
    title = "Nilai setiap aspek"
    return {
        "bars": bars(series, title=title, language="id"),
        "bars_table": bars_table(series, "id"),
        "radar": radar(axes, title="Bentuk keseluruhan", language="id"),
        "radar_table": radar_table(axes, "id"),
        "ring": progress_ring(7, 12, title="Butir aspek SDM yang sudah dinilai"),
        "ring_none": progress_ring(0, 12, title="Butir aspek Sarana yang sudah dinilai"),
    }


def sample() -> dict[str, object]:
    """One page object for all sample templates."""
    chip = p.Chip
    status = p.ChipStatus
    return {
        "figures": _figures(),
        "search": SearchForm(),
        "form": VisitForm(),
        "wrong": _wrong_form(),
        "back": p.Link("Daftar penilaian", "/assessments"),
        "mark": chip(status.progress, "Sedang dinilai"),
        "chips": [
            chip(status.neutral, "Belum mulai"),
            chip(status.info, "Menunggu pemeriksa"),
            chip(status.progress, "Sedang berjalan"),
            chip(status.ok, "Memenuhi"),
            chip(status.warn, "Memenuhi dengan catatan"),
            chip(status.bad, "Belum memenuhi"),
            chip(status.late, "Terlambat 2 hari"),
            chip(status.sealed, "Dikunci"),
        ],
        "tasks": [
            p.Task(
                "Lengkapi penilaian awal Klinik Harapan",
                "/a/1",
                "35 dari 119 butir belum dinilai · SNI 8807",
                chip(status.late, "Terlambat 2 hari"),
            ),
            p.Task(
                "Catat hasil kunjungan ke Unit IBM Sukamaju",
                "/a/2",
                "Kunjungan 19 Nov 2026",
                chip(status.warn, "Besok"),
            ),
            p.Task("Tinjau 3 tindak lanjut yang dikirim", "/a/3", "Yayasan Cahaya Contoh"),
        ],
        "facts": [
            p.Fact("Nama lembaga", "Klinik Harapan Contoh", act=p.Link("Ubah", "/x")),
            p.Fact("Penyelenggara", "Yayasan Harapan Contoh"),
            p.Fact(
                "Izin operasional",
                "Berlaku sampai 3 Mar 2027",
                note="Diperiksa 4 Nov 2026",
                act=p.Link("Perbarui", "/y"),
            ),
        ],
        "columns": [
            p.Column("Lembaga", href="?s=n", direction=p.Direction.ascending),
            p.Column("Tahap", href="?s=t"),
            p.Column("Nilai", numeric=True, href="?s=v"),
            p.Column("Jatuh tempo"),
            p.Column("Langkah", hidden=True),
        ],
        "rows": [
            ("Klinik Harapan Contoh", "Penilaian awal", "82,5 %", "3 hari lagi"),
            ("Rumah Pulih Contoh", "Asistensi", "61,0 %", "terlambat 2 hari"),
            ("Balai Rehabilitasi Contoh", "Evaluasi pemenuhan", "91,3 %", "30 Nov 2026"),
        ],
        "acts": [p.Link("Buka", "/o"), p.Link("Cetak", "/p", icon="print")],
        "filters": [p.FilterChip("Provinsi: Jawa Barat", "?"), p.FilterChip("Terlambat", "?")],
        "steps": [
            p.Step("Sasaran ditetapkan", p.StepState.done, "12 Jan 2026"),
            p.Step("Penilaian mandiri", p.StepState.done, "3 Mar 2026", href="/s"),
            p.Step("Asistensi", p.StepState.current, "3 dari 5 kegiatan"),
            p.Step("Evaluasi pemenuhan", p.StepState.next),
            p.Step("Rekomendasi", p.StepState.blocked, "Menunggu temuan mayor ditutup"),
        ],
        "events": [
            p.Event("21 Nov 2026 14.02 WIB", "Dikunci", "", "Rina Contoh", status.sealed),
            p.Event(
                "19 Nov 2026 09.30 WIB", "Dikirim ke pemeriksa", "119 butir", "Dewi", status.info
            ),
            p.Event("2 Nov 2026 08.00 WIB", "Dimulai", "", "Dewi", status.progress),
        ],
        "evidence": [
            p.EvidenceTile(
                "SK struktur organisasi 2026.pdf",
                "/e/1",
                "Dokumen · 4 Nov 2026",
                chip(status.ok, "Utuh"),
            ),
            p.EvidenceTile(
                "Ruang konseling.jpg",
                "/e/2",
                "Foto · 4 Nov 2026",
                chip(status.progress, "Sedang diperiksa"),
                thumbnail=f"{STATIC_URL}/mark.svg",
            ),
        ],
        "findings": [
            p.FindingCard(
                "TEMUAN-2026-0041",
                "Konselor adiksi bersertifikat belum tersedia",
                p.Severity.major,
                chip(status.late, "Terlambat 2 hari"),
                "/f/1",
                "SDM-01 · Konselor adiksi tersedia",
                "Batas 19 Nov 2026",
            ),
            p.FindingCard(
                "TEMUAN-2026-0042",
                "Catatan kunjungan belum lengkap",
                p.Severity.minor,
                chip(status.info, "Menunggu tinjauan"),
                "/f/2",
            ),
            p.FindingCard(
                "TEMUAN-2026-0043",
                "Papan alur layanan dapat dibuat lebih jelas",
                p.Severity.suggestion,
                chip(status.neutral, "Terbuka"),
                "/f/3",
            ),
        ],
        "choices": [
            p.ScoreChoice("0", "belum"),
            p.ScoreChoice("1", "sebagian"),
            p.ScoreChoice("2", "terpenuhi"),
        ],
    }


def render(page: str, *, theme: Theme = Theme.auto, signed_in: bool = True) -> str:
    """One sample page, or `error-404`, as HTML."""
    made = environment()
    shown = frame(theme=theme, signed_in=signed_in)
    if page.startswith("error-"):
        status = int(page.removeprefix("error-"))
        problem = error_page(status, reference="K7Q2" if status == 500 else "")
        return made.get_template("ui/error.html").render(
            frame=replace(shown, flashes=()), page=problem
        )
    return made.get_template(f"gallery/{page}.html").render(frame=shown, page=sample())


SENT: list[tuple[str, str]] = []


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        name = path.split("?", maxsplit=1)[0]
        if name.startswith(STATIC_URL):
            return str(STATIC / name.removeprefix(f"{STATIC_URL}/"))
        return super().translate_path(path)

    def do_POST(self) -> None:
        """Remember what was sent; the page stays as it is."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        SENT.append((self.path, body))
        self.send_response(204)
        self.end_headers()

    def end_headers(self) -> None:
        policy = (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'"
        )
        self.send_header("Content-Security-Policy", policy)
        super().end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder and the interface's static files on a loopback port, under the real CSP."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def write(folder: Path) -> list[str]:
    """All pages as files; their names."""
    names = [*PAGES, *(f"error-{status}" for status in ERRORS)]
    for name in names:
        (folder / f"{name}.html").write_text(render(name), encoding="utf-8")
    (folder / "visitor.html").write_text(render("home", signed_in=False), encoding="utf-8")
    return [*names, "visitor"]


def main(target: Path) -> None:
    """Write pages and pictures."""
    from playwright.sync_api import sync_playwright

    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made, sync_playwright() as player:
        names = write(Path(made))
        with served(Path(made)) as address:
            browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for width in (360, 1280):
                for scheme in ("light", "dark"):
                    context = browser.new_context(
                        viewport={"width": width, "height": 740},
                        color_scheme=scheme,
                        device_scale_factor=2 if width == 360 else 1,
                        has_touch=width == 360,
                        is_mobile=width == 360,
                    )
                    page = context.new_page()
                    for name in names:
                        page.set_viewport_size({"width": width, "height": 740})
                        page.goto(f"{address}/{name}.html")
                        height = page.evaluate("document.documentElement.scrollHeight")
                        page.set_viewport_size({"width": width, "height": max(740, height)})
                        page.screenshot(
                            path=target / f"{name}-{width}-{scheme}.png", full_page=True
                        )
                    context.close()
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
