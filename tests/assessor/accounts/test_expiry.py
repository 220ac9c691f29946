"""Does what somebody typed survive the end of the sign-in, and an old token?"""

import io
from pathlib import Path

import pytest
from flask import Blueprint, render_template_string, request

from assessor.access.actor import SYSTEM
from assessor.access.guard import requires
from assessor.access.permissions import Permission
from assessor.accounts.kept import keep, read_kept
from assessor.accounts.services import create_person
from assessor.app.factory import create_app
from assessor.database.extension import db
from assessor.database.migrate import upgrade
from assessor.settings import Mode, Settings
from evidence_store.store import MemoryStore
from tests.builders import HASHING, PASSWORD
from tests.client import PageClient

NAME = "sari@contoh.example"
LONG = "Kamar mandi belum aksesibel.\r\nLihat <foto> 3 & 4 — \"rusak\", 'bocor'.\r\n" * 40

PAGE = """{% extends "ui/layout.html" %}{% block title %}Catatan{% endblock %}
{% block content %}<h1>Catatan</h1>
<form method="post" action="/notes/send?dari=sini"><input type="hidden" name="csrf_token" value="{{ frame.csrf_token }}">
<label for="text">Isi</label><textarea id="text" name="text">{{ text }}</textarea>
<label for="tag">Tanda</label><select id="tag" name="tag" multiple><option value="a" selected>A</option><option value="b" selected>B</option></select>
<label for="file">Berkas</label><input type="file" id="file" name="file">
<button type="submit" name="act" value="save">Simpan</button></form>{% endblock %}"""

received = []


def _notes():
    blueprint = Blueprint("notes", __name__)

    @blueprint.get("/notes")
    @requires(Permission.profile)
    def show():
        return render_template_string(PAGE, text="")

    @blueprint.post("/notes/send")
    @requires(Permission.profile)
    def send():
        files = [each.filename for each in request.files.values() if each.filename]
        received.append((request.full_path, list(request.form.items(multi=True)), files))
        return render_template_string(PAGE, text=request.form["text"])

    return blueprint


@pytest.fixture(scope="module")
def notes():
    """An application with one more page: a note with a text, tags and a file."""
    settings = Settings(
        mode=Mode.demo,
        instance=Path("unused"),
        database_url="sqlite://",
        evidence_url="memory:",
        secret_key="not-a-secret-only-for-tests-0123456789",
        checkpoint_key=Path("unused"),
        base_url="http://localhost",
        password_memory_kib=8,
    )
    app = create_app(settings, store=MemoryStore())
    app.register_blueprint(_notes())
    with app.app_context():
        upgrade(db.engine)
        create_person(
            db.session(),
            SYSTEM,
            app.extensions["assessor_clock"],
            user_name=NAME,
            name="Sari",
            password=PASSWORD,
            hashing=HASHING,
        )
        engine = db.engine
    yield app
    engine.dispose()


@pytest.fixture
def browser(notes):
    received.clear()
    browser = PageClient(notes)
    _sign_in(browser.get("/notes"))
    return browser


def _sign_in(page, password=PASSWORD, *, status=200):
    form = page.form("Masuk").fill({"Nama masuk": NAME, "Kata sandi": password})
    return form.submit(status=status)


def _filled(browser):
    return browser.get("/notes").form("Simpan").fill(text=LONG)


def test_a_posted_text_survives_and_is_sent_again_with_a_fresh_token(browser):
    form = _filled(browser)
    browser.raw.delete_cookie("sid")
    page = form.submit(status=401)
    assert page.h1 == "Waktu masuk Anda sudah habis; isian Anda tetap ada"
    assert received == []
    page = _sign_in(page, "salah-ketik-sandinya", status=400)  # one slip loses nothing either
    page = _sign_in(page)
    assert page.h1 == "Anda sudah masuk lagi; isian Anda masih ada"
    assert "Dikirim atas nama Sari." in page.text
    assert "Kamar mandi belum aksesibel." in page.text
    page = page.form("Kirim lagi").submit()
    assert page.h1 == "Catatan"
    ((path, fields, files),) = received
    assert path == "/notes/send?dari=sini"
    assert files == []
    sent = [(name, value) for name, value in fields if name != "csrf_token"]
    assert sent[0][0] == "text"
    assert sent[0][1].replace("\r\n", "\n") == LONG.replace("\r\n", "\n")
    assert sent[1:] == [("tag", "a"), ("tag", "b"), ("act", "save")]


def test_the_token_of_the_old_page_no_longer_holds(browser):
    old = browser.token()
    browser.raw.delete_cookie("sid")
    _sign_in(browser.get("/notes"))
    assert browser.send("/notes/send", {"csrf_token": old, "text": "x"}, status=400)
    assert received == []


def test_a_form_with_an_old_token_is_offered_again(browser):
    form = _filled(browser)
    form.fill(csrf_token="from-yesterday")
    page = form.submit(status=400)
    assert page.h1 == "Isian Anda belum terkirim, dan tetap ada"
    assert received == []
    page.form("Kirim lagi").submit()
    assert len(received) == 1


def test_files_cannot_be_kept_and_the_page_says_so(browser):
    page = browser.get("/notes")
    browser.raw.delete_cookie("sid")
    page = browser.send(
        "/notes/send",
        {"text": "dengan foto", "file": (io.BytesIO(b"x" * 300_000), "foto.jpg")},
        status=401,
        content_type="multipart/form-data",
    )
    assert "Berkas yang Anda pilih tidak ikut tersimpan" in page.text
    page = _sign_in(page)
    assert "Berkas yang Anda pilih tidak ikut tersimpan" in page.text
    assert "dengan foto" in page.text


def test_a_file_of_nobody_is_stored_nowhere(notes):
    stream = io.BytesIO(b"x" * 300_000)
    with notes.test_request_context(
        "/notes/send",
        method="POST",
        data={"file": (stream, "foto.jpg")},
        content_type="multipart/form-data",
    ):
        assert request.files["file"].filename == "foto.jpg"
        assert request.files["file"].read() == b""


def test_passwords_are_never_carried_through_a_page(browser):
    page = browser.get("/profile/password")
    form = page.form("Ganti kata sandi").fill(
        {
            "current_password": PASSWORD,
            "new_password": "rahasia-besar-sekali",
            "new_password_again": "x",
        }
    )
    browser.raw.delete_cookie("sid")
    page = form.submit(status=401)
    assert PASSWORD not in page.html
    assert "rahasia-besar-sekali" not in page.html
    page = _sign_in(page)
    assert "Kata sandi tidak ikut tersimpan" in page.text
    page = page.form("Kirim lagi").submit(status=400)
    assert page.h1 == "Ganti kata sandi"


def test_a_script_is_told_in_json(browser):
    token = browser.token()
    browser.raw.delete_cookie("sid")
    for options in (
        {"headers": {"Accept": "application/json"}, "data": {"csrf_token": token}},
        {"json": [1]},
    ):
        answer = browser.request("POST", "/notes/send", **options)
        assert answer.status_code == 401
        assert answer.json["status"] == 401
        assert answer.json["sign_in"] == "/sign-in"
    assert (
        browser.request("GET", "/notes", headers={"Accept": "application/json"}).status_code == 401
    )


def test_a_page_asked_for_comes_after_sign_in(browser):
    browser.raw.delete_cookie("sid")
    page = browser.get("/notes?halaman=2")
    assert page.path == "/sign-in?next=/notes?halaman%3D2"
    assert _sign_in(page).path == "/notes?halaman=2"


def test_the_sign_in_page_too_old_for_its_token_keeps_name_and_form(browser):
    form = _filled(browser)
    browser.raw.delete_cookie("sid")
    form = form.submit(status=401).form("Masuk")
    page = form.fill({"Nama masuk": NAME, "Kata sandi": PASSWORD, "csrf_token": "old"}).submit(
        status=400
    )
    assert "terlalu lama terbuka" in page.text
    assert page.form("Masuk").value("Nama masuk") == NAME
    _sign_in(page).form("Kirim lagi").submit()
    assert len(received) == 1


# ---- the demonstration's accounts ----


def test_a_demo_account_is_filled_in_with_one_click_and_keeps_the_form(browser):
    form = _filled(browser)
    browser.raw.delete_cookie("sid")
    page = form.submit(status=401)
    page = page.form("pembina-kab@demo.example").submit()
    assert page.form("Masuk").value("Nama masuk") == "pembina-kab@demo.example"
    _sign_in(page).form("Kirim lagi").submit()
    assert len(received) == 1


def test_the_demonstration_offers_fourteen_accounts_and_their_password(notes):
    page = PageClient(notes).get("/sign-in")
    assert page.text.count("@demo.example") == 14
    assert "contoh-penilaian-8807" in page.text


def test_outside_the_demonstration_no_account_is_offered(client):
    page = client.get("/sign-in")
    assert "@demo" not in page.html
    assert "contoh-penilaian" not in page.html
    page = client.post("/sign-in", {"fill": "admin@demo.example"}, status=400)
    assert page.form("Masuk").value("Nama masuk") == ""


# ---- what comes back from the hidden field ----


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{}",
        "null",
        '{"path":"/x","fields":[["a"]],"files":0,"passwords":0}',
        '{"path":"//evil.example","fields":[],"files":false,"passwords":false}',
        '{"path":"https://evil.example/x","fields":[],"files":false,"passwords":false}',
        "[" * 100_000,
    ],
)
def test_a_damaged_or_foreign_kept_form_is_dropped(text):
    assert read_kept(text) is None


def test_what_is_kept_comes_back_the_same():
    fields = [
        ("text", LONG),
        ("text", "kedua"),
        ("tag", ""),
        ("csrf_token", "t"),
        ("password", "p"),
    ]
    kept = keep("/notes/send", fields, files=True)
    assert read_kept(kept.to_text()) == kept
    assert kept.fields == (("text", LONG), ("text", "kedua"), ("tag", ""))
    assert kept.lacks_passwords
    assert kept.lacks_files
