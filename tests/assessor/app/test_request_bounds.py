"""What may a request bring along, and what happens to one that brings too much or nonsense?"""

import pytest

from assessor.app.bounds import LARGEST_REQUEST
from assessor.app.commands import serve
from assessor.app.factory import create_app
from assessor.settings import read_settings
from evidence_store.store import MemoryStore
from tests import audits


@pytest.fixture
def at_work(session, clock, as_person):
    """The browser of an assessor, and the address where entries go."""
    scene = audits.make_scene(session, clock)
    audit = audits.open_audit(session, clock, scene)
    return as_person(scene.people["assessor"]), f"/assessments/{audit.id}/operations"


def _send(browser, address, body):
    return browser.request(
        "POST",
        address,
        data=body,
        headers={
            "Content-Type": "application/json",
            "Accept": "application/json",
            "X-CSRFToken": browser.token(),
        },
    )


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"operations":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"operations": ' + "9" * 10_000 + "}",
        "{",
        "\x00",
        '{"operations": NaN}',
    ],
    ids=["deep", "deep and closed", "huge number", "cut", "control", "not a number"],
)
def test_wrong_json_is_the_fault_of_the_sender(at_work, body):
    browser, address = at_work
    answer = _send(browser, address, body)
    assert answer.status_code == 400
    assert answer.json["error"] == "Kiriman ini rusak. Muat ulang halaman, lalu coba lagi."


@pytest.mark.parametrize("person", ["[]", "{}", "1", '"somebody"'])
def test_entries_of_somebody_else_are_not_taken(at_work, person):
    browser, address = at_work
    answer = _send(browser, address, f'{{"operations": [], "person": {person}}}')
    assert answer.status_code == 409, answer.json


def test_a_request_is_no_larger_than_a_page_can_be(at_work):
    browser, address = at_work
    answer = _send(browser, address, b'"' + b"x" * LARGEST_REQUEST + b'"')
    assert answer.status_code == 413
    assert answer.json["status"] == 413


@pytest.mark.parametrize(
    "path",
    [
        "/assessments/a%00b",
        "/assessments/a%00b/checklist",
        "/evidence/a%00b",
        "/findings/a%00b/answer",
        "/auditees/a%00b",
    ],
)
def test_what_no_database_can_be_asked_for_is_not_there(at_work, path):
    browser, _ = at_work
    assert browser.request("GET", path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/check?code=a%00b",
        "/sign-in?next=/a%00b",
        "/sign-in?%00=1",
        "/profile?a=1&a=%00",
    ],
)
def test_what_no_keyboard_writes_is_not_asked(at_work, path):
    browser, _ = at_work
    assert browser.request("GET", path).status_code == 400


def test_what_no_keyboard_writes_is_not_taken(client, at_work):
    browser, _ = at_work
    page = client.post("/sign-in", {"user_name": "a\0b", "password": "p"}, status=400)
    assert "a\0b" not in page.html
    said = {"current_password": "a\0b", "new_password": "c", "new_password_again": "c"}
    browser.post("/profile/password", said, status=400)


def _production(tmp_path):
    settings = read_settings(
        {
            "ASSESSOR_MODE": "production",
            "ASSESSOR_INSTANCE": str(tmp_path),
            "ASSESSOR_SECRET_KEY": "kuda-laut-menari-di-atas-pelangi-1945",
            "ASSESSOR_BASE_URL": "https://asesor.contoh.example",
            "ASSESSOR_TRUSTED_PROXIES": "1",
        }
    )
    return create_app(settings, store=MemoryStore()).test_client()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("asesor.contoh.example", 200),
        ("127.0.0.1:8807", 200),
        ("lain.example", 400),
        ("asesor.contoh.example.lain.example", 400),
        ('"><script>.example', 400),
    ],
)
def test_in_production_only_the_own_name_is_answered(tmp_path, host, status):
    answer = _production(tmp_path).get("/sign-in", headers={"Host": host})
    assert answer.status_code == status


def test_no_header_moves_the_address_of_a_request():
    words = serve.arguments(host="127.0.0.1", port=8807, workers=1)
    assert words[words.index("--forwarder-headers") + 1] == ""
