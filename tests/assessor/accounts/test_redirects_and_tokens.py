"""Can anybody be led elsewhere, or be made to send what they did not mean to?"""

import pytest
from sqlalchemy import func, select

from assessor.accounts.addresses import local_path
from assessor.accounts.models import Person, SignIn
from assessor.journal.models import JournalEntry
from tests.builders import PASSWORD, make_person

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "",
    "?x",
    "/x y",
    "/[::1",
    "//[::1",
    "/" + "a" * 3000,
    "/\x00",
    "/\x7f/../..\\x",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_foreign_target_leads_home(target):
    if target == "/[::1":
        assert local_path(target) == target  # a path of our own, however odd
    else:
        assert local_path(target) == "/"


@pytest.mark.parametrize("target", ["/", "/profile", "/a/b?x=1&y=//evil.example#z", "/x%2F%2Fy"])
def test_an_own_target_stays(target):
    assert local_path(target) == target


@pytest.mark.parametrize("target", [each for each in ELSEWHERE if "\x00" not in each])
def test_sign_in_and_preferences_never_leave_our_house(client, session, clock, target):
    person = make_person(session, clock)
    token = client.token()
    data = {
        "csrf_token": token,
        "user_name": person.user_name,
        "password": PASSWORD,
        "next": target,
    }
    answer = client.request("POST", "/sign-in", data=data)
    assert answer.status_code == 303
    assert answer.headers["Location"] in {"/", "/%5B::1"}
    token = client.get("/profile").token
    answer = client.request("POST", "/preferences", data={"csrf_token": token, "next": target})
    assert answer.headers["Location"] in {"/", "/%5B::1"}


def _post_routes(app):
    return [
        rule.rule.replace("<sign_in_id>", "x")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("accounts.") and "POST" in rule.methods
    ]


def test_every_post_of_accounts_needs_its_token(app, session, clock, as_person):
    person = make_person(session, clock)
    client = as_person(person)
    own = session.scalars(select(SignIn.id)).one()
    entries = select(func.count(JournalEntry.seq))
    before = session.scalars(entries).one()
    routes = _post_routes(app)
    assert len(routes) == 18
    for route in routes:
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 91}):
            path = route.replace("/x/", f"/{own}/")
            data = {"language": "en", "user_name": person.user_name, "password": PASSWORD, **token}
            answer = client.request("POST", path, data=data)
            assert answer.status_code == 400, route
    assert session.scalars(entries).one() == before
    assert client.get("/profile").path == "/profile"


def test_the_token_of_another_browser_does_not_hold(session, clock, as_person, new_client):
    victim = as_person(make_person(session, clock))
    attacker = new_client()
    foreign = attacker.get("/sign-in").token
    victim.send("/sign-out", {"csrf_token": foreign}, status=400)
    assert victim.get("/profile").path == "/profile"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_post_from_another_site_is_refused_whatever_it_carries(
    session, clock, as_person, headers
):
    client = as_person(make_person(session, clock))
    data = {"csrf_token": client.token()}
    assert client.request("POST", "/sign-out", data=data, headers=headers).status_code == 403
    assert client.get("/profile").path == "/profile"


def test_a_get_signs_nobody_out(session, clock, as_person):
    client = as_person(make_person(session, clock))
    client.get("/sign-out", status=405)
    assert client.get("/profile").path == "/profile"


# ---- language and theme ----


def test_a_reader_chooses_language_and_theme_and_stays_on_the_page(client):
    page = client.get("/sign-in?next=/profile")
    page = page.form("dark").submit()
    assert page.path == "/sign-in?next=/profile"
    assert page.tree.get("data-theme") == "dark"
    assert page.form("en").submit().tree.get("lang") == "en"


def test_a_persons_language_comes_back_on_another_device(session, clock, as_person, client):
    person = make_person(session, clock)
    as_person(person).get("/profile").form("en").submit()
    assert session.get(Person, person.id).language == "en"
    form = client.get("/profile").form("Masuk")
    page = form.fill({"Nama masuk": person.user_name, "Kata sandi": PASSWORD}).submit()
    assert page.tree.get("lang") == "en"


def test_unknown_preferences_change_nothing(client):
    page = client.post("/preferences", {"language": "xx", "theme": "pink", "next": "/sign-in"})
    assert (page.tree.get("lang"), page.tree.get("data-theme")) == ("id", "auto")


def test_choosing_a_language_on_a_form_that_came_back_leads_to_a_page(client):
    page = client.get("/sign-in").form("Masuk").submit(status=400)
    assert page.form("en").submit().path == "/sign-in"
