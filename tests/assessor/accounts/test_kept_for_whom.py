"""Is what one person typed ever offered to another one at the same computer?"""

import json

import pytest

from assessor.accounts.kept import read_kept
from assessor.accounts.page_marks import is_of_another, mark_of, owner_of
from assessor.auditees.models import Auditee
from tests.audits import make_scene
from tests.builders import PASSWORD
from tests.client import PageClient

TYPED = "Kata-kata yang hanya milik orang lembaga"


@pytest.fixture
def scene(session, clock):
    return make_scene(session, clock)


@pytest.fixture
def browser(new_client):
    return new_client()


def _sign_in(page, person, **more):
    form = page.form("Masuk").fill({"Nama masuk": person.user_name, "Kata sandi": PASSWORD, **more})
    return form.submit()


def _typed(browser, scene):
    """The hand-in page of the institution with a title typed in it, not sent yet."""
    site: Auditee = scene.site
    page = browser.get(f"/auditees/{site.id}/evidence")
    return page.form_to(f"/auditees/{site.id}/evidence/hand-in").fill(title=TYPED)


def test_the_same_person_gets_the_words_back(browser: PageClient, scene):
    _sign_in(browser.get("/sign-in"), scene.people["institution"])
    form = _typed(browser, scene)
    browser.raw.delete_cookie("sid")
    page = _sign_in(form.submit(status=401), scene.people["institution"])
    assert page.h1 == "Anda sudah masuk lagi; isian Anda masih ada"
    assert TYPED in page.text


def test_another_person_who_signs_in_on_that_page_does_not(browser, scene):
    _sign_in(browser.get("/sign-in"), scene.people["institution"])
    form = _typed(browser, scene)
    browser.raw.delete_cookie("sid")
    page = _sign_in(form.submit(status=401), scene.people["coach"])
    assert TYPED not in page.html
    assert page.flashes == [
        "Isian di halaman tadi ditulis orang lain, jadi tidak dikirim atas nama Anda."
    ]


def test_nor_one_who_signed_in_elsewhere_meanwhile(browser, scene):
    _sign_in(browser.get("/sign-in"), scene.people["institution"])
    form = _typed(browser, scene)
    browser.post("/sign-out")
    _sign_in(browser.get("/sign-in"), scene.people["coach"])
    page = form.submit(status=400)
    assert TYPED not in page.html


def test_the_same_person_signed_in_elsewhere_meanwhile_gets_the_words_back(browser, scene):
    _sign_in(browser.get("/sign-in"), scene.people["institution"])
    form = _typed(browser, scene)
    browser.post("/sign-out")
    _sign_in(browser.get("/sign-in"), scene.people["institution"])
    page = form.submit(status=400)
    assert page.h1 == "Isian Anda belum terkirim, dan tetap ada"
    assert TYPED in page.text


@pytest.mark.parametrize("token", [None, "", "a.b.c", "x" * 5000, "\ud800"])
def test_a_token_that_is_none_names_nobody(token):
    assert owner_of(token, key="k" * 32) == ""


def test_a_mark_needs_the_key():
    assert mark_of("p", key="a") != mark_of("p", key="b")
    assert not is_of_another("", "p", key="a")
    assert is_of_another(mark_of("p", key="b"), "p", key="a")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "null",
        "1",
        json.dumps({"path": "//evil.example/", "fields": [], "owner": ""}),
        json.dumps({"path": "/x", "fields": 1, "owner": "", "files": 0, "passwords": 0}),
        '{"path":"/x","fields":[["a","\\ud800"]],"owner":"","files":0,"passwords":0}',
        json.dumps({"path": ["/x"], "fields": [], "owner": "", "files": 0, "passwords": 0}),
    ],
)
def test_what_is_no_kept_form_is_nothing(text):
    assert read_kept(text) is None
