"""How does the second step come and go: by its owner, because a role asks for it, by a reset?"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from assessor.access.actor import SYSTEM, Role
from assessor.access.guard import declared
from assessor.accounts.factor_codes import has_factor, secret_from
from assessor.accounts.models import RecoveryCode, SignIn
from assessor.accounts.second_factor import reset_factor
from assessor.accounts.services import give_position
from assessor.accounts.totp import code_at, step_at
from assessor.installation.settings import Name, change_setting, text_of
from assessor.jobs.models import Job
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.organization.models import OfficeKind
from assessor.sentences import NotPermitted, Refused
from tests import builders
from tests.assessor.accounts.factors import give_phone
from tests.builders import PASSWORD, make_office, make_person, make_site


def letters_on(page):
    found = re.search(r'class="secret"><span class="code">([A-Z2-7 ]+)<', page.html)
    return found[1].replace(" ", "")


def shown_codes(page):
    return re.findall(r"<li><span class=\"code\">([A-Z2-9-]{19})</span>", page.html)


def switch_on(page, clock, **more):
    code = code_at(secret_from(letters_on(page)), step_at(clock()))
    form = page.form("Nyalakan")
    form.fill({"Kata sandi sekarang": PASSWORD, "Kode dari aplikasi": code, **more})
    return form


def entries(session, person, act="accounts.factor%"):
    return list(
        session.scalars(
            select(JournalEntry.act)
            .where(JournalEntry.act.like(act), JournalEntry.subject_id == person.id)
            .order_by(JournalEntry.seq)
        )
    )


def letters_asked(session):
    return [each.payload["letter"] for each in session.scalars(select(Job).order_by(Job.run_at))]


# ---- on ----


def test_somebody_switches_it_on_and_keeps_the_codes(session, clock, as_person):
    person = make_person(session, clock)
    client, elsewhere = as_person(person), as_person(person)
    page = client.get("/profile").click("Nyalakan Masuk dua langkah")
    assert 'href="otpauth://totp/Asesor%208807%3A' in page.html
    assert page.html.count('<svg class="qr"') == 1
    page = switch_on(page, clock).submit()
    assert page.h1 == "Simpan kode pemulihan Anda"
    codes = shown_codes(page)
    assert len(codes) == 10
    assert client.get("/profile").path == "/profile"
    assert elsewhere.get("/profile").h1 == "Masuk"
    assert entries(session, person) == ["accounts.factor_on"]
    assert letters_asked(session) == ["accounts.factor_on"]
    assert list(verify(session)) == []
    again = client.get("/profile/second-factor")
    assert again.h1 == "Masuk dua langkah"
    assert not any(code in again.html for code in codes)


def test_looking_at_the_page_keeps_nothing(session, clock, as_person):
    client = as_person(make_person(session, clock))
    before = session.scalars(select(JournalEntry.seq)).all()
    letters = {letters_on(client.get("/profile/second-factor")) for _ in range(3)}
    assert len(letters) == 3
    assert session.scalars(select(JournalEntry.seq)).all() == before


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"Kata sandi sekarang": "bukan-kata-sandinya"}, "Kata sandi Anda sekarang"),
        ({"Kode dari aplikasi": "000000"}, "Kode ini tidak cocok. Pastikan aplikasi"),
        ({"Kode dari aplikasi": ""}, "Isi kode enam angka"),
    ],
)
def test_what_does_not_fit_leaves_the_same_secret_on_the_page(
    session, clock, as_person, typed, where
):
    person = make_person(session, clock)
    page = as_person(person).get("/profile/second-factor")
    answer = switch_on(page, clock, **typed).submit(status=400)
    assert len(answer.errors) == 1
    assert answer.errors[0].startswith(where)
    assert letters_on(answer) == letters_on(page)
    assert not has_factor(session, person.id)


@pytest.mark.parametrize("offer", ["", "x", "1.AAAA", "1." + "A" * 120])
def test_a_secret_that_was_not_offered_is_not_taken(session, clock, as_person, offer):
    person = make_person(session, clock)
    page = as_person(person).get("/profile/second-factor")
    answer = switch_on(page, clock, offer=offer).submit(status=400)
    assert answer.errors[0].startswith("Halaman ini sudah terlalu lama terbuka.")
    assert letters_on(answer) != letters_on(page)


def test_the_secret_offered_to_another_person_or_long_ago_is_not_taken(session, clock, as_person):
    client, other = (as_person(make_person(session, clock)) for _ in range(2))
    page, strange = (each.get("/profile/second-factor") for each in (client, other))
    form = switch_on(page, clock, offer=strange.form("Nyalakan").value("offer"))
    assert len(form.submit(status=400).errors) == 1
    for _ in range(5):  # one keeps using the page meanwhile
        clock.forward(minutes=14)
        client.get("/profile")
    assert len(switch_on(page, clock).submit(status=400).errors) == 1


def test_the_codes_are_downloaded_while_they_hold(session, clock, as_person):
    client = as_person(make_person(session, clock))
    page = switch_on(client.get("/profile/second-factor"), clock).submit()
    form = page.form("Unduh")
    answer = client.request(
        "POST",
        "/profile/second-factor/codes.txt",
        data={"csrf_token": page.token, "codes": form.value("codes")},
    )
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/plain"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert all(code in text for code in shown_codes(page))
    for wrong in ("", "KATA-KATA", form.value("codes").rpartition(" ")[0]):
        data = {"csrf_token": page.token, "codes": wrong}
        answer = client.request("POST", "/profile/second-factor/codes.txt", data=data)
        assert answer.status_code == 303


# ---- off, and new codes ----


@pytest.fixture
def sari(session, clock):
    return make_person(session, clock, name="Sari Melati", user_name="sari@contoh.example")


@pytest.fixture
def phone(session, clock, sari):
    given = give_phone(session, clock, sari)
    clock.forward(minutes=2)
    return given


def enter(client, phone):
    page = client.get("/sign-in").form("Masuk")
    page = page.fill({"Nama masuk": "sari@contoh.example", "Kata sandi": PASSWORD}).submit()
    page.form("Masuk").fill({"factor_code": phone.code()}).submit()
    phone.clock.forward(minutes=1)
    return client


def test_switching_off_asks_the_password_and_a_code(new_client, session, sari, phone):
    client, elsewhere = enter(new_client(), phone), enter(new_client(), phone)
    page = client.get("/profile/second-factor").click("Matikan masuk dua langkah")
    page = page.form("Matikan").fill({"factor_code": phone.code()}).submit(status=400)
    assert page.errors == ["Isi kata sandi Anda sekarang"]
    page = page.form("Matikan").fill({"Kata sandi": PASSWORD, "factor_code": "000000"})
    page = page.submit(status=400)
    assert page.errors[0].startswith("Kode ini tidak cocok atau sudah dipakai.")
    assert has_factor(session, sari.id)
    page = page.form("Matikan").fill({"Kata sandi": PASSWORD, "factor_code": phone.code()})
    page = page.submit()
    assert page.path == "/profile"
    assert "Belum menyala" in page.text
    assert elsewhere.get("/profile").h1 == "Masuk"
    assert entries(session, sari) == ["accounts.factor_on", "accounts.factor_off"]
    assert all(session.scalars(select(RecoveryCode.replaced_at)))
    assert list(verify(session)) == []


def test_who_lost_the_phone_switches_it_off_with_a_recovery_code(client, session, sari, phone):
    enter(client, phone)
    page = client.get("/profile/second-factor/off").form("Matikan")
    page.fill({"Kata sandi": PASSWORD, "factor_code": phone.recovery[0]}).submit()
    assert not has_factor(session, sari.id)


def test_new_recovery_codes_void_the_old_ones(client, session, sari, phone):
    enter(client, phone)
    page = client.get("/profile/second-factor").click(
        "Buat yang baru Kode pemulihan yang belum dipakai"
    )
    form = page.form("Buat kode baru")
    page = form.fill({"Kata sandi": PASSWORD, "factor_code": phone.recovery[0]}).submit()
    fresh = shown_codes(page)
    assert len(fresh) == 10
    assert not set(fresh) & set(phone.recovery)
    off = client.get("/profile/second-factor/off").form("Matikan")
    off = off.fill({"Kata sandi": PASSWORD, "factor_code": phone.recovery[1]}).submit(status=400)
    off.form("Matikan").fill({"Kata sandi": PASSWORD, "factor_code": fresh[1]}).submit()
    assert not has_factor(session, sari.id)
    assert list(verify(session)) == []


@pytest.mark.parametrize(("path", "button"), [("off", "Matikan"), ("codes", "Buat kode baru")])
def test_who_has_it_off_is_told_so(session, clock, as_person, path, button):
    page = as_person(make_person(session, clock)).get(f"/profile/second-factor/{path}")
    page = page.form(button).fill({"Kata sandi": PASSWORD, "factor_code": "123456"})
    page = page.submit(status=400)
    assert page.errors == ["Masuk dua langkah belum menyala di akun ini."]


# ---- asked of a role ----


@pytest.fixture
def chief(session, clock):
    return make_person(session, clock, role=Role.administrator, user_name="kepala@contoh.example")


def ask_of(session, clock, chief, *roles):
    words = " ".join(role.value for role in roles)
    change_setting(
        session,
        builders.actor_for(session, clock, chief),
        clock,
        name=Name.second_factor_roles,
        value=words,
        seen=text_of(session, Name.second_factor_roles),
    )


def test_the_roles_are_chosen_on_the_page_of_settings(session, chief, as_person):
    client = as_person(chief)
    page = client.get("/settings").click("Ubah Peran yang wajib masuk dua langkah")
    assert "belum dapat melakukan hal lain" in page.text
    assert "Administrator (0 dari 1 orang sudah menyalakannya)" in page.text
    assert "Pembina (0 dari 0 orang sudah menyalakannya)" in page.text
    form = page.form("Simpan pengaturan")
    form.fill({"value": ["directorate", "checker"], "sure": True}).submit()
    assert text_of(session, Name.second_factor_roles) == "checker directorate"
    page = client.get("/settings")
    assert "Pemeriksa, Direktorat PLRKM" in page.text
    data = {"csrf_token": page.token, "sure": "y", "value": "raja", "seen": "checker directorate"}
    client.send("/settings/second_factor_roles", data, status=400)
    page = client.get("/settings/second_factor_roles")
    page.form("Simpan pengaturan").fill({"value": [], "sure": True}).submit()
    assert text_of(session, Name.second_factor_roles) == ""
    assert "tidak ada" in client.get("/settings").text
    assert list(verify(session)) == []


ALLOWED = {
    ("GET", "/static/ui/<path:filename>"),
    ("POST", "/sign-out"),
    ("POST", "/preferences"),
    ("GET", "/profile/second-factor"),
    ("POST", "/profile/second-factor"),
}


def test_who_must_and_has_not_gets_nothing_else_on_any_route(app, session, clock, chief, as_person):
    client = as_person(chief)
    assert client.get("/people").path == "/people"
    ask_of(session, clock, chief, Role.administrator)
    seen = set()
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<int:\w+>", "1", rule.rule)
        address = re.sub(r"<[\w:]+>", "x", address)
        for verb in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if (verb, rule.rule) in ALLOWED:
                assert verb == "GET" or declared(app, rule.endpoint).while_held_back
                continue
            answer = client.raw.open(address, method=verb, data={"catatan": "KANARI"})
            seen.add(verb)
            if verb == "GET":
                assert answer.status_code == 303, address
                assert answer.headers["Location"] == "/profile/second-factor", address
            else:
                assert answer.status_code == 403, address
                assert "Nyalakan masuk dua langkah" in answer.get_data(as_text=True), address
            answer.close()
            asked = client.raw.open(address, method=verb, headers={"Accept": "application/json"})
            assert asked.status_code == 401, address  # scripts keep what was typed
            assert asked.json["sign_in"] == "/profile/second-factor"
    assert seen == {"GET", "POST", "PATCH", "DELETE"}


def test_after_switching_it_on_the_work_goes_on_and_what_was_sent_is_there(
    session, clock, chief, as_person
):
    client = as_person(chief)
    page = client.get("/people/new")
    ask_of(session, clock, chief, Role.administrator)
    data = {"csrf_token": page.token, "name": "Rini Pengganti", "user_name": "rini"}
    page = client.send("/people/new", data, status=403)
    assert "Jabatan Anda mewajibkan masuk dua langkah." in page.text
    assert 'class="main-nav"' not in page.html
    page = switch_on(page, clock).submit()
    assert len(shown_codes(page)) == 10
    page = page.form("Sudah saya simpan; kirim isian tadi").submit(status=400)
    assert page.path == "/people/new"
    assert 'value="Rini Pengganti"' in page.html


def test_others_are_not_asked(session, clock, chief, as_person):
    coach = make_person(session, clock, role=Role.coach, office=make_office(session, clock))
    client = as_person(coach)
    ask_of(session, clock, chief, Role.administrator, Role.directorate)
    assert client.get("/auditees").path == "/auditees"


def test_who_may_and_has_it_is_not_asked_again_until_it_is_off(
    client, session, clock, chief, sari, phone
):
    office = make_office(session, clock)
    give_position(session, SYSTEM, clock, person_id=sari.id, role=Role.coach, office_id=office.id)
    ask_of(session, clock, chief, Role.coach)
    enter(client, phone)
    assert client.get("/auditees").path == "/auditees"
    page = client.get("/profile/second-factor")
    assert "langsung diminta menyalakannya lagi" in page.text
    page = page.click("Matikan masuk dua langkah").form("Matikan")
    page = page.fill({"Kata sandi": PASSWORD, "factor_code": phone.code()}).submit()
    assert page.h1 == "Nyalakan masuk dua langkah"


# ---- reset ----


def test_an_administrator_resets_and_the_person_is_told(
    client, session, clock, chief, sari, phone, as_person, new_client
):
    inside = enter(new_client(), phone)
    page = as_person(chief).get(f"/people/{sari.id}")
    assert "Menyala sejak" in page.text
    page = page.form("Setel ulang masuk dua langkah").submit()
    assert "Masuk dua langkah sudah disetel ulang. Orang ini diberi tahu." in page.flashes
    assert "Setel ulang masuk dua langkah" not in page.html
    assert inside.get("/profile").h1 == "Masuk"
    assert "accounts.factor_reset" in letters_asked(session)
    page = client.get("/profile").form("Masuk")
    page = page.fill({"Nama masuk": "sari@contoh.example", "Kata sandi": PASSWORD}).submit()
    assert page.path == "/profile"
    assert page.flashes[0].startswith("Administrator menyetel ulang masuk dua langkah Anda.")
    page.form("Keluar").submit()
    page = client.get("/profile").form("Masuk")
    page = page.fill({"Nama masuk": "sari@contoh.example", "Kata sandi": PASSWORD}).submit()
    assert page.flashes == []  # told once
    assert entries(session, sari)[-1] == "accounts.factor_off"
    assert list(verify(session)) == []


def test_only_those_in_reach_are_reset_and_never_oneself(session, clock, chief, as_person):
    office = make_office(session, clock, kind=OfficeKind.bnnk)
    local = make_person(session, clock, role=Role.administrator, office=office)
    member = make_person(
        session, clock, role=Role.institution, auditee=make_site(session, clock, office=office)
    )
    for person in (member, chief, local):
        give_phone(session, clock, person)
    actor = builders.actor_for(session, clock, local)
    reset_factor(session, actor, clock, person_id=member.id)
    for person in (chief, local):
        with pytest.raises(NotPermitted):
            reset_factor(session, actor, clock, person_id=person.id)
    with pytest.raises(NotPermitted):
        reset_factor(session, builders.actor_for(session, clock, chief), clock, person_id=chief.id)
    with pytest.raises(NotPermitted):
        reset_factor(session, builders.actor_for(session, clock, member), clock, person_id=local.id)
    with pytest.raises(Refused):  # off already
        reset_factor(session, actor, clock, person_id=member.id)
    assert {has_factor(session, each.id) for each in (chief, local)} == {True}


def test_the_sign_ins_of_who_was_reset_are_over(session, clock, chief, sari, phone):
    enter_elsewhere = select(SignIn.ended_at).where(SignIn.person_id == sari.id)
    reset_factor(session, SYSTEM, clock, person_id=sari.id)
    assert all(session.scalars(enter_elsewhere))
