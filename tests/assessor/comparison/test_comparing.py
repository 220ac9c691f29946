"""Side by side: from sealed bytes alone, like with like, and what cannot be compared says why."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.assessments.judging import judge
from assessor.assessments.models import Kind
from assessor.comparison import views
from assessor.comparison.building import signed
from assessor.comparison.sides import choose, list_candidates, read_sides
from assessor.demo.drawing import logo as emblem
from assessor.installation.letterheads import Logo, change_letterhead, read_logo, seen_of
from checklists.comparison import Side
from checklists.mapping import EditionName, ItemMapping
from checklists.model import Citation
from standards.model import Text
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock


@dataclass
class House:
    """One institution with sealed assessments, and browsers of those around it."""

    app: Flask
    session: Session
    clock: StandingClock
    scene: audits.Scene

    def sealed(
        self, kind: Kind, choices: dict[str, str] | None = None, *, seal: bool = True
    ) -> str:
        """Sealed with these choices; all else gets the lowest, with facts."""
        assessment = audits.open_audit(self.session, self.clock, self.scene, kind=kind)
        actor = self.scene.actor(
            self.session, self.clock, "institution" if kind is Kind.self else "assessor"
        )
        entries = []
        for item in judge(self.session, assessment, self.clock().date()).asked:
            choice = (choices or {}).get(item, "0")
            entries.append(audits.operation(assessment, item, "choice", choice))
            entries.append(audits.operation(assessment, item, "facts", f"Fakta {item}"))
            if choice == "TB":
                entries.append(audits.operation(assessment, item, "reason", "Tidak ada layanannya"))
            elif choice != "0":
                seen = {"add": {"kind": "sighted", "what": "ruang", "where": "", "when": ""}}
                entries.append(audits.operation(assessment, item, "basis", seen))
        audits.enter(self.session, self.clock, actor, assessment, entries)
        if seal:
            audits.submit(self.session, self.clock, self.scene, assessment)
            if kind is not Kind.self:
                audits.seal(self.session, self.clock, self.scene, assessment)
        self.clock.now += timedelta(days=1)
        return assessment.id

    def free(self) -> list[str]:
        """Items that want no citation, so that any choice can be sealed."""
        from assessor.assessments.queries import asked_items
        from assessor.instruments.queries import get_checklist

        assessment = audits.open_audit(self.session, self.clock, self.scene, kind=Kind.self)
        checklist = get_checklist(self.session, assessment.edition)
        return [
            name
            for name, item in asked_items(checklist, assessment).items()
            if item.citation is not Citation.required
        ]

    def browser(self, who: str = "coach") -> PageClient:
        opened = builders.open_sign_in(self.session, self.clock, person=self.scene.people[who])
        browser = PageClient(self.app, before=self.session.rollback)
        browser.raw.set_cookie("sid", opened.secret)
        return browser

    def address(self, *ids: str, ending: str = "") -> str:
        asked = "&".join(f"with={each}" for each in ids)
        return f"/auditees/{self.scene.site.id}/comparison{ending}" + (f"?{asked}" if asked else "")

    def page(self, *ids: str, who: str = "coach") -> Any:
        return self.browser(who).get(self.address(*ids))

    def pdf(self, *ids: str) -> bytes:
        response = self.browser().request("GET", self.address(*ids, ending=".pdf"))
        assert response.status_code == 200
        assert response.mimetype == "application/pdf"
        return bytes(response.data)


@pytest.fixture
def house(app: Flask, session: Session, clock: StandingClock) -> House:
    return House(app, session, clock, audits.make_scene(session, clock, items=16))


def words(data: bytes) -> str:
    reader = PdfReader(io.BytesIO(data))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_changes_are_signed_and_the_biggest_come_first(house: House) -> None:
    up, down, half = house.free()[:3]
    one = house.sealed(Kind.baseline, {down: "2", half: "1"})
    two = house.sealed(Kind.evaluation, {up: "2", half: "2"})
    page = house.page(one, two)
    assert "Awal 2026" in page.text
    assert page.text.index(f"{down} ") < page.text.index(f"{up} ") < page.text.index(f"{half} ")
    assert "−100,0" in page.text
    assert "+100,0" in page.text
    assert "+50,0" in page.text
    assert "Selisih dihitung dari Awal 2026 ke Evaluasi 2026" in page.text


def test_without_a_choice_the_latest_of_each_kind_stand_side_by_side(house: House) -> None:
    first = house.sealed(Kind.evaluation)
    own, baseline = house.sealed(Kind.self), house.sealed(Kind.baseline)
    latest = house.sealed(Kind.evaluation)
    found = list_candidates(
        house.session, house.scene.actor(house.session, house.clock, "coach"), house.scene.site.id
    )
    assert [each.id for each in found] == [first, own, baseline, latest]
    assert [each.id for each in choose(found, frozenset())] == [own, baseline, latest]
    about = choose(found, frozenset(), about=first)
    assert first in [each.id for each in about]
    assert [each.id for each in choose(found, {first, latest})] == [first, latest]
    assert not choose(found, {"unknown"})[4:]


def test_two_years_of_one_kind_are_compared_where_there_is_nothing_else(house: House) -> None:
    house.sealed(Kind.evaluation)
    house.sealed(Kind.evaluation)
    assert "butir dapat dibandingkan" in house.page().text


def test_one_sealed_assessment_is_not_enough_and_the_page_says_so(house: House) -> None:
    house.sealed(Kind.baseline)
    house.sealed(Kind.evaluation, seal=False)
    page = house.page()
    assert "paling sedikit dua penilaian yang sudah dikunci" in page.text
    assert "Tidak ada yang perlu Anda lakukan" in page.text
    answer = house.browser().request("GET", house.address(ending=".pdf"))
    assert answer.headers["Location"].endswith("/comparison")


def test_what_does_not_apply_is_not_compared_and_says_why(house: House) -> None:
    item, other = house.free()[:2]
    one = house.sealed(Kind.baseline, {item: "TB", other: "2"})
    two = house.sealed(Kind.evaluation, {item: "2", other: "2"})
    page = house.page(one, two)
    assert "Tidak berlaku (TB) pada Awal 2026 (1)" in page.text
    assert "1 tidak; sebabnya ada di bawah" in page.text
    assert "Butir yang berubah Tidak ada butir yang berubah." in page.text


def _candidates(house: House, *ids: str) -> Any:
    actor = house.scene.actor(house.session, house.clock, "coach")
    return choose(list_candidates(house.session, actor, house.scene.site.id), ids)


def test_figures_are_of_the_same_items_and_the_reports_own_stand_beside(house: House) -> None:
    item, other = house.free()[:2]
    one = house.sealed(Kind.baseline, {item: "TB", other: "2"})
    two = house.sealed(Kind.evaluation, {item: "2", other: "2"})
    page = house.page(one, two)
    sides = read_sides(house.session, _candidates(house, one, two))
    own = sum(each.ratio.d for each in sides[1].side.items.values())
    common = own - sides[1].side.items[item].ratio.d
    reached = sides[1].side.items[other].ratio.n
    whole = reached + sides[1].side.items[item].ratio.n
    assert f"({whole} dari {own})" in page.text  # the evaluation as its report states it
    assert page.text.count(f"({reached} dari {common})") >= 2  # both sides without the item
    assert "Semua butir yang sama" in page.text


def test_only_sealed_bytes_are_read(house: House) -> None:
    item = house.free()[0]
    one = house.sealed(Kind.baseline, {item: "2"})
    two = house.sealed(Kind.evaluation, {item: "1"})
    before = house.pdf(one, two)
    from assessor.database.triggers import create_triggers, drop_triggers

    house.session.rollback()
    connection = house.session.connection()
    drop_triggers(connection)
    connection.execute(text("UPDATE answer SET choice = '0'"))
    create_triggers(connection)
    house.session.commit()
    assert house.pdf(one, two) == before


def test_the_paper_is_the_same_each_time_and_says_what_it_is_made_from(house: House) -> None:
    item = house.free()[0]
    one = house.sealed(Kind.baseline, {item: "2"})
    two = house.sealed(Kind.evaluation, {item: "1"})
    first = house.pdf(one, two)
    house.clock.now += timedelta(days=30)
    assert house.pdf(one, two) == first
    said = words(first)
    roots = house.session.execute(text("SELECT root FROM sealed_document")).scalars().all()
    for root in roots:
        assert root in said.replace(" ", "")
    assert "–50,0" in said  # the letters of the paper have no other minus
    assert "bukan sertifikat" in said
    assert "halaman 1 dari" in said


def test_the_paper_carries_the_kop_and_the_logo_that_were_sealed(house: House) -> None:
    def write_kop(line: str, logo: Logo | None) -> None:
        office = house.scene.office
        change_letterhead(
            house.session,
            SYSTEM,
            house.clock,
            office_id=office.id,
            lines=[line],
            logo=logo,
            keep_logo=False,
            seen=seen_of(office),
        )

    item = house.free()[0]
    bare = house.pdf(house.sealed(Kind.baseline, {item: "2"}), house.sealed(Kind.evaluation))
    drawn = read_logo(house.app.extensions["assessor_store"], io.BytesIO(emblem()))
    write_kop("KANTOR BERLOGO", drawn)
    one, two = house.sealed(Kind.baseline, {item: "2"}), house.sealed(Kind.evaluation)
    write_kop("KANTOR BARU", None)
    first = PdfReader(io.BytesIO(house.pdf(one, two))).pages[0]
    assert len(first.images) == 1 + len(PdfReader(io.BytesIO(bare)).pages[0].images)
    assert "KANTOR BERLOGO" in first.extract_text()


def test_the_paper_speaks_english_too(house: House) -> None:
    one, two = house.sealed(Kind.baseline), house.sealed(Kind.evaluation)
    browser = house.browser()
    browser.post("/preferences", {"language": "en", "next": "/"})
    data = browser.request("GET", house.address(one, two, ending=".pdf")).data
    said = words(data)
    assert "What is compared" in said
    assert "page 1 of" in said
    assert "Perbandingan" not in said


def test_the_institution_compares_what_it_may_see(house: House) -> None:
    own = house.sealed(Kind.self)
    evaluation = house.sealed(Kind.evaluation)
    house.sealed(Kind.baseline, seal=False)  # not shown to it
    page = house.page(who="institution")
    assert "Mandiri 2026" in page.text
    assert "Evaluasi 2026" in page.text
    assert "Awal" not in page.text
    assert own in page.html
    assert evaluation in page.html


def test_what_one_may_not_see_cannot_be_asked_for(house: House) -> None:
    mine = [house.sealed(Kind.baseline), house.sealed(Kind.evaluation)]
    office = builders.make_office(house.session, house.clock)
    strange = builders.make_person(
        house.session, house.clock, role=audits.Role.coach, office=office
    )
    opened = builders.open_sign_in(house.session, house.clock, person=strange)
    browser = PageClient(house.app, before=house.session.rollback)
    browser.raw.set_cookie("sid", opened.secret)
    browser.get(house.address(*mine), status=404)
    other = builders.make_site(house.session, house.clock, office=house.scene.office)
    asked = f"/auditees/{other.id}/comparison?with={mine[0]}&with={mine[1]}"
    page = house.browser().get(asked)  # of another auditee: nothing is mixed in
    assert "Sampai sekarang ada 0" in page.text


def test_another_edition_stands_apart_until_a_mapping_is_laid_down(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, other = house.free()[:2]
    one = house.sealed(Kind.baseline, {item: "1"})
    two = house.sealed(Kind.evaluation, {other: "2"})
    real = read_sides

    def older(session: Session, chosen: Any) -> Any:
        """As if the first had been judged by the edition of the year before."""
        first, *rest = real(session, chosen)
        side = Side("another", EditionName("instrumen-uji", "2025.1"), first.side.items)
        return (type(first)(first.candidate, first.content, first.root, side), *rest)

    monkeypatch.setattr(views, "read_sides", older)
    page = house.page(one, two)
    assert "Tidak dapat dibandingkan: edisi instrumennya lain (instrumen-uji 2025.1)" in page.text
    assert "Tidak ada butir yang dapat dibandingkan." in page.text
    assert "tidak dapat dibandingkan" in words(house.pdf(one, two)).lower()

    mapping = ItemMapping(
        EditionName("instrumen-uji", "2025.1"),
        EditionName("instrumen-uji", "2026.1"),
        Text("Rapat padanan 3 Maret", "Meeting of 3 March"),
        {item: other},
    )
    monkeypatch.setattr(views, "packaged_mappings", lambda: (mapping,))
    page = house.page(one, two)
    assert "1 butir dapat dibandingkan" in page.text
    assert "+50,0" in page.text
    assert "Rapat padanan 3 Maret" in page.text
    assert "Tidak ada padanannya pada edisi" in page.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Fraction(1, 8), "+12,5"),
        (Fraction(-3, 100), "−3,0"),
        (Fraction(0), "0,0"),
        (Fraction(1, 10_000), "0,0"),
        (Fraction(-1, 10_000), "0,0"),
        (None, "–"),
    ],
)
def test_differences_carry_their_sign(change: Fraction | None, said: str) -> None:
    assert signed(change, "id") == said


def test_the_pages_lead_there(house: House) -> None:
    house.sealed(Kind.baseline)
    assert (
        "Bandingkan penilaian" not in house.browser().get(f"/auditees/{house.scene.site.id}").text
    )
    two = house.sealed(Kind.evaluation)
    browser = house.browser()
    page = browser.get(f"/auditees/{house.scene.site.id}").click("Bandingkan penilaian")
    assert page.h1 == "Perbandingan"
    page = browser.get(f"/assessments/{two}/result").click("Bandingkan dengan penilaian lain")
    assert page.h1 == "Perbandingan"


def test_the_page_asks_the_same_of_the_database_however_many_were_sealed(
    house: House, counted: Callable[[], Any]
) -> None:
    ids = [house.sealed(Kind.baseline), house.sealed(Kind.evaluation)]
    browser = house.browser()
    browser.get(house.address(*ids))
    with counted() as few:
        browser.get(house.address(*ids))
    ids += [house.sealed(Kind.periodic), house.sealed(Kind.evaluation)]
    browser.get(house.address(*ids))
    with counted() as many:
        browser.get(house.address(*ids))
    assert len(many) <= len(few)
