"""Does every answer carry its headers, and every error a page that helps?"""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import NoResultFound, OperationalError

from assessor.access.guard import UndeclaredRoute, requires
from assessor.access.permissions import Permission
from assessor.database.extension import db
from assessor.sentences import NotPermitted, Refused, Sentence, Stale
from tests.builders import make_person


@pytest.fixture
def failing(app, monkeypatch):
    """Makes /health fail with an error."""

    def fail_with(error):
        @requires(Permission.public)
        def view():
            raise error

        monkeypatch.setitem(app.view_functions, "health.health", view)

    return fail_with


def test_the_service_says_that_it_is_well(client):
    answer = client.request("GET", "/health")
    assert answer.json == {"status": "ok", "version": "0.1.0"}


def test_the_service_says_what_is_down(app, client, monkeypatch):
    def broken(*_, **__):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr("assessor.database.extension.db.session.execute", broken)
    answer = client.request("GET", "/health")
    assert answer.status_code == 503
    assert answer.json["down"] == ["database"]


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Refused(Sentence("Isi %(name)s dulu.", {"name": "tanggal"})), 400, "Isi tanggal dulu."),
        (NotPermitted(Sentence("Ini bukan tugas Anda.")), 403, "Ini bukan tugas Anda."),
        (Stale(Sentence("Sudah diubah orang lain.")), 409, "Sudah diubah orang lain."),
        (NoResultFound(), 404, "tidak ditemukan"),
        (ZeroDivisionError("rahasia dalam"), 500, "Kode untuk administrator"),
    ],
)
def test_an_error_becomes_a_page_that_says_what_to_do(failing, client, error, status, words):
    failing(error)
    page = client.get("/health", status=status)
    assert words in page.text
    assert "rahasia dalam" not in page.html
    assert "Traceback" not in page.html
    answer = client.request("GET", "/health", headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json["status"] == status


def test_what_people_typed_is_not_in_the_log_of_an_error(app, client, monkeypatch, caplog):
    typed = "-".join(("kata", "rahasia"))  # the log shows this line of the test as well

    @requires(Permission.public)
    def view():
        db.session.execute(text("SELECT * FROM nowhere WHERE a = :a"), {"a": typed})

    monkeypatch.setitem(app.view_functions, "health.health", view)
    assert client.request("GET", "/health").status_code == 500
    assert "nowhere" in caplog.text
    assert typed not in caplog.text


def test_when_even_the_page_of_the_error_fails_there_is_one_more(failing, client, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("no template")

    failing(ZeroDivisionError())
    monkeypatch.setattr("assessor.app.errors.render_template", broken)
    answer = client.request("GET", "/health")
    assert answer.status_code == 500
    assert "Asesor 8807 sedang terganggu" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/tidak/ada", 404),
        ("GET", "/%ff%00", 404),
        ("POST", "/health", 405),
        ("PUT", "/profile", 405),
        ("BREW", "/profile", 405),
    ],
)
def test_what_is_not_there_is_a_page_too(client, method, path, status):
    answer = client.request(method, path)
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_a_route_that_declares_nothing_is_refused(app, client, monkeypatch, caplog):
    monkeypatch.setitem(app.view_functions, "health.health", lambda: "open")
    client.get("/health", status=500)
    assert caplog.records[-1].exc_info[0] is UndeclaredRoute


def test_every_answer_carries_the_headers(client, session, clock, as_person):
    inside = as_person(make_person(session, clock))
    for browser, path in (
        (client, "/sign-in"),
        (client, "/profile"),
        (client, "/tidak-ada"),
        (client, "/health"),
        (client, "/static/ui/app.css"),
        (inside, "/profile"),
    ):
        headers = browser.request("GET", path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers
        assert "Server" not in headers or "Python" not in headers["Server"]


def test_cookies_are_out_of_reach_of_scripts(client, session, clock):
    person = make_person(session, clock)
    token = client.get("/sign-in").token
    answer = client.request(
        "POST",
        "/sign-in",
        data={
            "csrf_token": token,
            "user_name": person.user_name,
            "password": "gerobak-pelangi-menari",
        },
    )
    cookies = answer.headers.getlist("Set-Cookie")
    assert {each.split("=")[0] for each in cookies} == {"sid", "device", "page"}
    assert all("HttpOnly" in each and "SameSite=Lax" in each for each in cookies)


def test_over_https_cookies_are_bound_to_this_host(tmp_path):
    from assessor.app.factory import create_app
    from assessor.settings import read_settings
    from evidence_store.store import MemoryStore

    settings = read_settings(
        {
            "ASSESSOR_MODE": "production",
            "ASSESSOR_SECRET_KEY": "kuda-laut-menari-di-atas-pelangi-1945",
            "ASSESSOR_BASE_URL": "https://asesor.example",
            "ASSESSOR_DATABASE_URL": "sqlite://",
            "ASSESSOR_INSTANCE": str(tmp_path),
        }
    )
    client = create_app(settings, store=MemoryStore()).test_client()
    answer = client.get("/sign-in", base_url="https://asesor.example")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all(each.startswith("__Host-") and "Secure" in each for each in cookies)
    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]


def test_a_page_is_sent_compressed(client):
    answer = client.request("GET", "/sign-in", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < 6_000


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("en-GB,en;q=0.9", "en"), ("id-ID,id;q=0.9,en;q=0.8", "id"), ("fr", "id"), ("", "id")],
)
def test_the_first_page_speaks_the_browsers_language(client, accepted, language):
    answer = client.request("GET", "/sign-in", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}"' in answer.text
