"""What does an administrator do with people in the browser, and only with which?"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.limits import TooManyAttempts
from assessor.accounts.models import Person, Position
from assessor.accounts.people_queries import (
    Condition,
    SoughtPeople,
    list_people,
)
from assessor.accounts.reach import ensure_reaches_person, reached_people
from assessor.accounts.services import WrongPassword, end_position, give_position
from assessor.journal.verify import verify
from assessor.organization.models import OfficeKind
from assessor.sentences import NotPermitted
from tests.builders import (
    PASSWORD,
    actor_for,
    make_office,
    make_person,
    make_site,
    make_unit,
    open_sign_in,
)

NEW = "kuda-laut-naik-sepeda"


@pytest.fixture
def here(session, clock):
    return make_office(session, clock, kind=OfficeKind.bnnk, name="BNNK Sleman")


@pytest.fixture
def site(session, clock, here):
    return make_site(session, clock, office=here, name="Rumah Pulih Merapi")


@pytest.fixture
def local(session, clock, here, as_person):
    """The browser of an administrator of one BNNK."""
    return as_person(
        make_person(session, clock, name="Lilis", role=Role.administrator, office=here)
    )


@pytest.fixture
def centre(session, clock, as_person):
    """The browser of an administrator of the centre."""
    return as_person(make_person(session, clock, name="Dimas", role=Role.administrator))


def test_an_invitation_from_the_first_field_to_the_first_sign_in(
    session, clock, site, local, new_client
):
    page = local.get("/").click("Administrasi").click("Undang orang")
    page = (
        page.form("Buat akun")
        .fill(
            {
                "Nama lengkap": "Sari Melati",
                "Nomor telepon": "0812 3456 7890",
                "Peran": "Lembaga rehabilitasi",
                "Lembaga atau unit": site.reference,
            }
        )
        .submit()
    )
    assert page.h1 == "Undang Sari Melati"
    page = page.form("Buat pesan untuk WhatsApp").submit()
    message = page.tree.find(".//textarea").text
    assert "Nama masuk: 081234567890" in message
    assert "sampai 28 Nov 2026 12.00 WIB" in message
    address = next(word for word in message.split() if word.startswith("http://localhost/"))
    sari = new_client()
    page = sari.get(address.removeprefix("http://localhost"))
    page = page.form("Simpan kata sandi").fill(new_password=NEW, new_password_again=NEW).submit()
    page = page.form("Masuk").fill({"Nama masuk": "+62 812-3456-7890", "Kata sandi": NEW}).submit()
    assert page.h1 == "Selamat siang, Sari"
    assert local.get("/people").click("Sari Melati").text.count("Rumah Pulih Merapi")
    assert list(verify(session)) == []


def test_the_message_is_shown_once(session, clock, site, local):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    page = local.get(f"/people/{person.id}/link").form("Buat pesan untuk WhatsApp").submit()
    secret = page.tree.find(".//textarea").text.split("/account-link/")[1].split()[0]
    for path in (f"/people/{person.id}", f"/people/{person.id}/link", "/people"):
        assert secret not in local.get(path).html


def test_an_office_sees_people_of_its_auditees_only(session, clock, here, site, local, centre):
    mine = make_person(session, clock, name="Orang Sini", role=Role.institution, auditee=site)
    far = make_person(
        session, clock, name="Orang Sana", role=Role.unit, auditee=make_unit(session, clock)
    )
    officer = make_person(session, clock, name="Petugas Sini", role=Role.coach, office=here)
    listed = local.get("/people").links()
    assert "Orang Sini" in listed
    assert "Orang Sana" not in listed
    assert "Petugas Sini" not in listed
    for person in (far, officer):
        local.get(f"/people/{person.id}", status=404)
    assert {"Orang Sini", "Orang Sana", "Petugas Sini"} <= set(centre.get("/people").links())
    assert mine.name in local.get(f"/people/{mine.id}").h1


def test_an_office_gives_no_position_at_an_office_nor_elsewhere(session, clock, here, site, local):
    other = make_site(session, clock, name="Rumah Jauh")
    person = make_person(session, clock, role=Role.institution, auditee=site)
    page = local.get(f"/people/{person.id}/positions/new")
    assert "Petugas penilai" not in page.text
    for data, said in (
        ({"role": "coach", "office": here.id}, "Pilih perannya"),
        ({"role": "institution", "auditee": other.reference}, "Tidak ditemukan"),
        ({"role": "institution", "auditee": "", "office": here.id}, "Tulis nama atau nomor"),
    ):
        page = local.post(f"/people/{person.id}/positions/new", data, status=400)
        assert said in " ".join(page.errors)
    assert (
        len(session.scalars(select(Position.id).where(Position.person_id == person.id)).all()) == 1
    )


def test_where_several_places_match_one_is_chosen(session, clock, here, site, local):
    for number in (1, 2):
        make_unit(session, clock, office=here, name=f"IBM Kaliurang {number}")
    person = make_person(session, clock, role=Role.institution, auditee=site)
    page = local.get(f"/people/{person.id}/positions/new").form("Beri jabatan")
    page = page.fill({"Peran": "Unit IBM", "Lembaga atau unit": "kaliurang"}).submit(status=400)
    assert page.errors == ["Ada beberapa yang cocok; pilih salah satu"]
    page = page.form("Beri jabatan").fill({"IBM Kaliurang 2": True}).submit()
    assert "IBM Kaliurang 2" in page.text


def test_a_position_is_given_for_a_time_and_ended(session, clock, site, local):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    page = local.get(f"/people/{person.id}").click("Beri jabatan").form("Beri jabatan")
    page = page.fill(
        {
            "Peran": "Lembaga rehabilitasi",
            "Lembaga atau unit": "merapi",
            "Mulai": "2026-12-01",
            "Berakhir": "2027-01-01",
        }
    ).submit()
    assert "Belum mulai" in page.text
    page = page.click("Akhiri Lembaga rehabilitasi, Rumah Pulih Merapi")
    page = page.form("Akhiri jabatan").submit()
    assert page.flashes == ["Jabatan sudah diakhiri."]
    assert list(verify(session)) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"valid_from": "2026-11-20"}, "Isi tanggal hari ini atau sesudahnya"),
        ({"valid_to": "2026-11-21"}, "Isi tanggal berakhir sesudah tanggal mulai"),
        ({"valid_from": "kemarin"}, ""),
    ],
)
def test_days_that_cannot_be_are_refused(session, clock, site, local, data, said):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    given = {"role": "institution", "auditee": site.reference} | data
    page = local.post(f"/people/{person.id}/positions/new", given, status=400)
    assert said in " ".join(page.errors)


def test_a_disabled_person_is_out_and_comes_back_when_enabled(
    session, clock, site, local, as_person
):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    theirs = as_person(person)
    page = local.get(f"/people/{person.id}").form("Nonaktifkan akun").submit()
    assert "Nonaktif" in page.text
    assert theirs.get("/profile").h1 == "Masuk"
    page = page.form("Aktifkan lagi").submit()
    assert page.flashes == ["Akun sudah aktif lagi."]
    assert theirs.get("/profile").h1 == "Masuk", "the old sign-in stays ended"
    assert open_sign_in(session, clock, person=session.get_one(Person, person.id))


def test_a_person_is_put_out_everywhere_in_one_act(session, clock, site, local, as_person):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    one, two = as_person(person), as_person(person)
    page = local.get(f"/people/{person.id}").form("Keluarkan dari semua perangkat").submit()
    assert page.flashes == ["2 perangkat sudah dikeluarkan."]
    assert one.get("/profile").h1 == two.get("/profile").h1 == "Masuk"


def test_who_tried_too_often_is_let_try_again(session, clock, site, local, app):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            open_sign_in(session, clock, person=person, password="salah")
    with pytest.raises(TooManyAttempts):
        open_sign_in(session, clock, person=person)
    assert [each.split()[0] for each in local.get("/people?condition=held").links()].count("Sari")
    page = local.get(f"/people/{person.id}")
    assert "Tertahan sementara" in page.text
    page = page.form("Izinkan mencoba lagi").submit()
    assert "Tertahan" not in page.text
    assert open_sign_in(session, clock, person=person)


def test_a_hold_is_over_when_its_window_is(session, clock, site, local):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            open_sign_in(session, clock, person=person, password="salah")
    clock.forward(minutes=5)
    assert "Tertahan" not in local.get(f"/people/{person.id}").text


def test_administrators_leave_their_own_account_alone(session, clock, as_person):
    person = make_person(session, clock, role=Role.administrator)
    client = as_person(person)
    page = client.get(f"/people/{person.id}")
    assert "Ini akun Anda sendiri" in page.text
    for act in ("disable", "link", "positions/new"):
        data = {"role": "directorate", "office": session.scalars(select(Position.office_id)).one()}
        response = client.request(
            "POST", f"/people/{person.id}/{act}", data={"csrf_token": client.token(), **data}
        )
        assert response.status_code in {400, 403}, act
    assert session.get_one(Person, person.id).disabled_at is None


def test_details_are_corrected_and_found_again(session, clock, site, local):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    page = local.get(f"/people/{person.id}/details").form("Simpan keterangan")
    page = page.fill(
        {"Nama lengkap": "Bambang Waluyo", "Nomor telepon": "+62 811 222 3333"}
    ).submit()
    assert "08112223333" in page.text
    assert "Bambang Waluyo" in local.get("/people?q=waluyo").links()
    assert "Bambang Waluyo" not in local.get("/people?q=melati").links()
    form = local.get(f"/people/{person.id}/details").form("Simpan keterangan")
    assert "Periksa alamat surelnya" in form.fill(mail="x@y").submit(status=400).errors[0]
    assert list(verify(session)) == []


def test_the_list_is_narrowed_by_role_office_and_condition(session, clock, here, site, centre):
    member = make_person(session, clock, name="Melati", role=Role.institution, auditee=site)
    coach = make_person(session, clock, name="Mawar", role=Role.coach, office=here)
    open_sign_in(session, clock, person=coach)

    def names(query):
        links = centre.get(f"/people{query}").links()
        return {"Melati", "Mawar", "Dimas"} & set(links)

    assert names("") == {"Melati", "Mawar", "Dimas"}
    assert names("?role=coach") == {"Mawar"}
    assert names(f"?office={here.id}") == {"Melati", "Mawar"}
    assert names("?condition=never") == {"Melati"}
    assert names("?condition=active") == {"Mawar", "Dimas"}
    assert names("?role=x&office=y&condition=z&at=w") == {"Melati", "Mawar", "Dimas"}
    assert names(f"?q={member.user_name}") == {"Melati"}


def test_the_pages_of_the_list_hold_everybody_once(session, clock, site, local):
    wanted = {f"Orang {number:03}" for number in range(57)}
    for name in wanted:
        make_person(session, clock, name=name, role=Role.institution, auditee=site)
    first = local.get("/people")
    second = first.click("Berikutnya")
    seen = [each for page in (first, second) for each in page.links() if each in wanted]
    assert len(seen) == 57
    assert set(seen) == wanted
    assert [each for each in second.click("Sebelumnya").links() if each in wanted] == seen[:50]


def test_the_list_asks_as_much_for_many_as_for_few(session, clock, engine, site, local):
    def asked():
        count = 0

        def note(*_):
            nonlocal count
            count += 1

        event.listen(engine, "before_cursor_execute", note)
        local.get("/people")
        event.remove(engine, "before_cursor_execute", note)
        return count

    make_person(session, clock, role=Role.institution, auditee=site)
    few = asked()
    for _ in range(12):
        make_person(session, clock, role=Role.institution, auditee=site)
    assert asked() == few


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_list_and_the_rule_agree_on_everybody(app, session, clock, data):
    """Random offices and positions, past ones too: who is listed is who may be acted on."""
    centre = make_office(session, clock)
    bnnp = make_office(session, clock, kind=OfficeKind.bnnp, parent=centre)
    offices = [
        centre,
        bnnp,
        make_office(session, clock, kind=OfficeKind.bnnk, parent=bnnp),
        make_office(session, clock, kind=OfficeKind.bnnk),
    ]
    sites = [make_site(session, clock, office=each) for each in offices[1:]]
    admins = [make_person(session, clock, role=Role.administrator, office=each) for each in offices]
    places = st.one_of(
        st.sampled_from(sites).map(lambda each: (Role.institution, None, each.id)),
        st.sampled_from(offices).map(lambda each: (Role.coach, each.id, None)),
    )
    for _ in range(4):
        person = make_person(session, clock)
        for role, office_id, auditee_id in data.draw(st.lists(places, max_size=3)):
            position = give_position(
                session,
                SYSTEM,
                clock,
                person_id=person.id,
                role=role,
                office_id=office_id,
                auditee_id=auditee_id,
            )
            if data.draw(st.booleans()):
                end_position(session, SYSTEM, clock, position_id=position.id)
    everybody = set(session.scalars(select(Person.id)))
    for admin in admins:
        actor = actor_for(session, clock, admin)
        listed = set(session.scalars(select(Person.id).where(reached_people(actor))))
        for person_id in everybody:
            try:
                ensure_reaches_person(session, actor, person_id)
            except NotPermitted:
                assert person_id not in listed
            else:
                assert person_id in listed


def test_every_account_is_in_exactly_the_conditions_it_is_in(session, clock, site, centre):
    """What the list shows of each is a condition under which the list finds it."""
    make_person(session, clock, role=Role.institution, auditee=site)
    admin = session.scalars(select(Person).where(Person.name == "Dimas")).one()
    actor = actor_for(session, clock, admin)
    today = clock().date() + timedelta()
    for each in list_people(session, actor, SoughtPeople(), now=clock(), today=today).rows:
        sought = SoughtPeople(condition=Condition(each.condition))
        found = list_people(session, actor, sought, now=clock(), today=today).rows
        assert each.id in {row.id for row in found}


def test_who_looks_after_people_gets_at_nobodys_assessment(session, clock, site, local):
    person = make_person(session, clock, role=Role.institution, auditee=site)
    assert site.name not in local.get("/assessments").html
    local.get(f"/auditees/{site.id}/evidence", status=404)
    assert PASSWORD not in local.get(f"/people/{person.id}").html
