"""Is the kop of an office data that anybody can check, and does a sealed report keep its own?"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageDraw, PngImagePlugin
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Person
from assessor.assessments.models import Kind, SealedDocument
from assessor.assessments.seal import open_seal
from assessor.database.triggers import create_triggers, drop_triggers
from assessor.installation.letterheads import (
    LARGEST_LOGO,
    SIDE,
    change_letterhead,
    letterhead_of,
    logo_bytes,
    read_logo,
    seen_of,
)
from assessor.installation.settings import Name, change_setting
from assessor.journal.checkpoints import load_signer
from assessor.journal.verify import verify
from assessor.organization.models import LetterheadLogo, Office, OfficeKind
from assessor.reports.services import issue_report, remake
from assessor.sentences import NotPermitted, Refused, Stale
from evidence_store.store import MemoryStore
from tests import audits, builders
from tests.client import PageClient
from tests.conftest import StandingClock

AsPerson = Callable[[Person], PageClient]


def png(side: int = 900, colour: str = "#2f7d55", **more: Any) -> bytes:
    image = Image.new("RGBA", (side, side // 2), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((10, 10, side - 10, side // 2 - 10), fill=colour)
    out = io.BytesIO()
    image.save(out, "PNG", **more)
    return out.getvalue()


@pytest.fixture
def store(app: Flask) -> Any:
    return app.extensions["assessor_store"]


@pytest.fixture
def office(session: Session, clock: StandingClock) -> Office:
    return builders.make_office(session, clock, kind=OfficeKind.bnnk, name="BNNK Contoh")


def _write(session: Session, clock: StandingClock, office: Office, **more: Any) -> Office:
    values = {
        "office_id": office.id,
        "lines": ["BADAN CONTOH", "Kantor Contoh"],
        "logo": None,
        "keep_logo": True,
        "seen": seen_of(office),
    }
    return change_letterhead(session, SYSTEM, clock, **(values | more))


def test_an_office_without_lines_has_the_organization_and_its_own_name(
    session: Session, clock: StandingClock, office: Office
) -> None:
    assert letterhead_of(session, office).lines == (
        "BADAN NARKOTIKA NASIONAL REPUBLIK INDONESIA",
        "BNNK Contoh",
    )
    seen = "BADAN NARKOTIKA NASIONAL REPUBLIK INDONESIA"
    change_setting(session, SYSTEM, clock, name=Name.organization, value="BNN RI", seen=seen)
    assert letterhead_of(session, office).lines[0] == "BNN RI"
    _write(session, clock, office)
    assert letterhead_of(session, office).lines == ("BADAN CONTOH", "Kantor Contoh")


def test_a_logo_is_drawn_anew_small_and_without_what_was_hidden_in_it(store: Any) -> None:
    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", "dibuat oleh seseorang")
    logo = read_logo(store, io.BytesIO(png(pnginfo=hidden)))
    drawn = Image.open(io.BytesIO(logo.content))
    assert max(drawn.size) <= SIDE
    assert b"seseorang" not in logo.content
    assert drawn.getpixel((0, 0)) == (255, 255, 255)  # on white
    assert hashlib.sha256(logo.content).hexdigest() == logo.digest
    assert list(store.digests()) == []  # nothing is left in the store of evidence


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.4\n%%EOF",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png()[:200],
        b"\0" * (LARGEST_LOGO + 1),
    ],
)
def test_what_is_no_picture_for_a_kop_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refused, match="logo"):
        read_logo(MemoryStore(), io.BytesIO(data))


@pytest.mark.parametrize(
    "lines", [["x"] * 8, ["x" * 121], [f"baris {number}" for number in range(9)]]
)
def test_a_kop_has_a_few_short_lines(
    session: Session, clock: StandingClock, office: Office, lines: list[str]
) -> None:
    with pytest.raises(Refused, match=r"(?i)kop"):
        _write(session, clock, office, lines=lines)


def test_the_logo_stays_goes_or_is_replaced(
    session: Session, clock: StandingClock, office: Office, store: Any
) -> None:
    one = read_logo(store, io.BytesIO(png()))
    other = read_logo(store, io.BytesIO(png(colour="#12315c")))
    _write(session, clock, office, logo=one)
    assert _write(session, clock, office, lines=["Lain"]).logo_digest == one.digest
    assert _write(session, clock, office, logo=other).logo_digest == other.digest
    assert _write(session, clock, office, keep_logo=False).logo_digest is None
    assert _write(session, clock, office, logo=one).logo_digest == one.digest
    assert session.scalars(select(func.count()).select_from(LetterheadLogo)).one() == 2
    assert logo_bytes(session, other.digest) == other.content  # whoever sealed with it finds it
    assert list(verify(session)) == []


def test_two_who_write_at_once_do_not_overwrite_each_other(
    session: Session, clock: StandingClock, office: Office
) -> None:
    seen = seen_of(office)
    _write(session, clock, office)
    with pytest.raises(Stale):
        _write(session, clock, office, lines=["Lain"], seen=seen)


def test_an_offices_own_administrator_writes_no_kop(
    session: Session, clock: StandingClock, office: Office
) -> None:
    person = builders.make_person(session, clock, role=Role.administrator, office=office)
    actor = builders.actor_for(session, clock, person)
    with pytest.raises(NotPermitted):
        change_letterhead(
            session,
            actor,
            clock,
            office_id=office.id,
            lines=["x"],
            logo=None,
            keep_logo=True,
            seen=seen_of(office),
        )


def test_an_altered_logo_is_shown_nowhere(
    session: Session, clock: StandingClock, office: Office, store: Any
) -> None:
    logo = read_logo(store, io.BytesIO(png()))
    _write(session, clock, office, logo=logo)
    session.rollback()
    with session.get_bind().begin() as connection:  # type: ignore[union-attr]
        drop_triggers(connection)
        connection.execute(
            text("UPDATE letterhead_logo SET content = :bytes").bindparams(bytes=b"other")
        )
        create_triggers(connection)
    assert logo_bytes(session, logo.digest) is None
    assert [fault.where for fault in verify(session)] == [f"letterhead_logo/{logo.digest}/content"]


def test_a_sealed_report_keeps_the_kop_it_was_sealed_with(
    app: Flask, session: Session, clock: StandingClock, store: Any
) -> None:
    scene = audits.make_scene(session, clock, items=6)
    logo = read_logo(store, io.BytesIO(png()))
    _write(session, clock, scene.office, lines=["BADAN CONTOH", "Kantor Lama"], logo=logo)
    audit = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    asked = audits.judge(session, audit, clock().date()).asked
    audits.score(session, clock, scene, audit, unmet=list(asked))
    audits.submit(session, clock, scene, audit)
    audits.seal(session, clock, scene, audit)
    row = session.get_one(SealedDocument, audit.id)
    sealed = open_seal(row.content, row.root)["auditee"]["responsible_office"]
    assert sealed["letterhead"] == ["BADAN CONTOH", "Kantor Lama"]
    assert sealed["logo"] == logo.digest
    issued = issue_report(
        session,
        scene.actor(session, clock, "verifier"),
        clock,
        store=store,
        signer=load_signer(app.extensions["assessor_settings"].checkpoint_key),
        assessment_id=audit.id,
        language="id",
        base_url="http://localhost",
    )
    with store.open(issued.digest) as file:
        data = file.read()
    assert data.count(b"/Subtype /Image") >= 1
    _write(session, clock, scene.office, lines=["Kantor Baru"], keep_logo=False)
    assert remake(session, store, issued) == data


# ---- the page ----


def test_the_kop_is_written_with_a_preview(
    session: Session, clock: StandingClock, as_person: AsPerson, office: Office
) -> None:
    bnnp = session.get_one(Office, office.parent_id)
    centre = session.get_one(Office, bnnp.parent_id)
    chief = as_person(builders.make_person(session, clock, role=Role.administrator, office=centre))
    where = f"/offices/{office.id}/letterhead"
    page = chief.get(f"/offices/{office.id}").click("Lihat Kop")
    form = page.form("Simpan kop").fill(
        {"Baris kop": "BADAN CONTOH\n\n  Kantor   Contoh ", "Gambar logo": (png(), "logo.png")}
    )
    page = form.submit()
    assert "Kop sudah disimpan." in page.flashes
    assert "BADAN CONTOH Kantor Contoh" in page.text
    answer = chief.request("GET", f"/offices/{office.id}/logo")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    page = (
        page.form("Simpan kop")
        .fill({"Gambar logo": (b"no picture", "logo.png")})
        .submit(status=400)
    )
    assert page.errors == [
        "Berkas logo tidak dapat dibaca. Simpan sebagai PNG atau JPEG, lalu coba lagi."
    ]
    local = as_person(builders.make_person(session, clock, role=Role.administrator, office=office))
    read = local.get(where)
    assert "Simpan kop" not in read.html
    assert "Tidak ada yang perlu Anda lakukan." in read.text


def test_an_office_without_a_logo_has_no_picture(
    session: Session, clock: StandingClock, as_person: AsPerson, office: Office
) -> None:
    local = as_person(builders.make_person(session, clock, role=Role.administrator, office=office))
    assert local.request("GET", f"/offices/{office.id}/logo").status_code == 404
