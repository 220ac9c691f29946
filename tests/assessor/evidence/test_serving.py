"""Do the bytes of evidence leave the house only in a form that can do no harm?"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.http import parse_options_header

from assessor.evidence import serving
from assessor.evidence.models import EvidenceAccess
from assessor.evidence.names import as_attachment, download_name
from assessor.evidence.queries import piece
from evidence_store.store import Store
from tests.assessor.evidence.world import give
from tests.client import PageClient
from tests.evidence_store import evidence_corpus as corpus

Browser = Callable[[str], PageClient]


@pytest.fixture
def app_store(app: Flask) -> Store:
    found: Store = app.extensions["assessor_store"]
    return found


def fetched(client: PageClient, path: str, **headers: str) -> Any:
    response = client.request("GET", path, headers=headers)
    response.get_data()
    response.close()
    return response


def noted(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(EvidenceAccess).order_by(EvidenceAccess.at, EvidenceAccess.form))
    return [(row.person_id, row.form) for row in rows]


FILES = {
    "photograph": ("foto.jpg", corpus.photograph(), "image/jpeg"),
    "pdf": ("surat.pdf", corpus.pdf(), "application/pdf"),
    "png with script": ("layar.png", corpus.texted_png(), "image/png"),
    "webp": ("a.webp", corpus.webp(), "image/webp"),
}


@pytest.mark.parametrize("case", FILES)
def test_the_original_leaves_unchanged_and_as_an_attachment_only(
    case: str, browser: Browser, world: Session, app_store: Store
) -> None:
    name, content, media_type = FILES[case]
    evidence = give(world, app_store, content, name=name).evidence_id
    client = browser("checker")
    for destination in ("document", "image", "iframe", "script", "embed"):
        response = fetched(
            client,
            f"/evidence/{evidence}/original",
            **{"Sec-Fetch-Dest": destination, "Range": "bytes=0-9"},
        )
        assert response.status_code == 200
        assert response.data == content
        disposition = parse_options_header(response.headers["Content-Disposition"])
        assert disposition[0] == "attachment"
        assert disposition[1]["filename"] == name
        assert response.headers["Content-Type"] == media_type
        assert response.headers["Content-Length"] == str(len(content))
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("case", FILES)
@pytest.mark.parametrize("end", ["thumb", "page/1"])
def test_a_copy_is_a_fresh_picture_without_metadata(
    end: str, case: str, browser: Browser, world: Session, app_store: Store
) -> None:
    name, content, _media_type = FILES[case]
    evidence = give(world, app_store, content, name=name).evidence_id
    response = fetched(browser("checker"), f"/evidence/{evidence}/{end}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.data != content
    with Image.open(BytesIO(response.data), formats=["JPEG"]) as image:
        assert dict(image.getexif()) == {}
        assert not {"exif", "comment", "xmp", "icc_profile"} & set(image.info)
    assert corpus.SCRIPT not in response.data


def test_a_page_is_never_kept_by_the_browser(
    browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.jpeg()).evidence_id
    response = fetched(browser("checker"), f"/evidence/{evidence}/page/1")
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_a_thumbnail_is_not_sent_twice(browser: Browser, world: Session, app_store: Store) -> None:
    evidence = give(world, app_store, corpus.jpeg()).evidence_id
    client = browser("checker")
    first = fetched(client, f"/evidence/{evidence}/thumb")
    found = piece(world, evidence)
    assert found is not None
    assert first.headers["ETag"] == f'"{found.thumb_digest}"'
    again = fetched(
        client, f"/evidence/{evidence}/thumb", **{"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    stranger = browser("stranger")
    foreign = fetched(
        stranger, f"/evidence/{evidence}/thumb", **{"If-None-Match": first.headers["ETag"]}
    )
    assert foreign.status_code == 404


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "99999999999999999999"])
def test_a_page_that_is_not_there_is_missing(
    number: str, browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.pdf(2), name="a.pdf").evidence_id
    response = fetched(browser("checker"), f"/evidence/{evidence}/page/{number}")
    assert response.status_code == 404


def test_only_the_first_pages_of_a_thick_document_are_copied(
    browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.pdf(23), name="a.pdf").evidence_id
    client = browser("checker")
    assert fetched(client, f"/evidence/{evidence}/page/20").status_code == 200
    assert fetched(client, f"/evidence/{evidence}/page/21").status_code == 404
    page = client.get(f"/evidence/{evidence}?page=99")
    assert "Halaman 20 dari 23" in page.text
    assert "Salinan dibuat untuk 20 halaman pertama" in page.text


# ---- the log ----


def test_each_page_and_original_is_noted_and_lists_are_not(
    browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.pdf(2), name="a.pdf").evidence_id
    client = browser("assessor")
    client.get("/auditees/a1/evidence")
    client.get(f"/evidence/{evidence}")
    fetched(client, f"/evidence/{evidence}/thumb")
    assert noted(world) == []
    fetched(client, f"/evidence/{evidence}/page/2")
    fetched(client, f"/evidence/{evidence}/original")
    fetched(browser("stranger"), f"/evidence/{evidence}/original")
    world.rollback()
    assert noted(world) == [("p-assessor", "original"), ("p-assessor", "page-2")]


@pytest.mark.parametrize("end", ["page/1", "original"])
def test_what_cannot_be_noted_is_not_shown(
    end: str,
    browser: Browser,
    world: Session,
    app_store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evidence = give(world, app_store, corpus.jpeg()).evidence_id

    def fail(*_args: Any, **_named: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(serving, "note_access", fail)
    response = fetched(browser("assessor"), f"/evidence/{evidence}/{end}")
    assert response.status_code == 500
    assert not response.data.startswith(b"\xff\xd8")


def test_a_head_request_leaves_nothing_open(
    browser: Browser, world: Session, app_store: Store
) -> None:
    evidence = give(world, app_store, corpus.jpeg()).evidence_id
    response = browser("assessor").request("HEAD", f"/evidence/{evidence}/original")
    assert response.status_code == 200
    assert response.data == b""


# ---- what is lost or altered ----


@pytest.mark.parametrize("end", ["thumb", "page/1", "original"])
def test_what_the_store_lost_is_an_error_of_ours(
    end: str, browser: Browser, app: Flask, world: Session, app_store: Store
) -> None:
    from evidence_store.store import MemoryStore

    evidence = give(world, app_store, corpus.jpeg()).evidence_id
    client = browser("assessor")
    app.extensions["assessor_store"] = MemoryStore()
    assert fetched(client, f"/evidence/{evidence}/{end}").status_code == 500
    assert noted(world) == []


def test_an_altered_original_is_not_handed_out(
    browser: Browser, app: Flask, world: Session, store: Any
) -> None:
    app.extensions["assessor_store"] = store
    evidence = give(world, store, corpus.jpeg()).evidence_id
    found = piece(world, evidence)
    assert found is not None
    place = store.path(found.digest)
    place.chmod(0o600)
    place.write_bytes(corpus.jpeg()[:-1] + b"\0")
    response = fetched(browser("assessor"), f"/evidence/{evidence}/original")
    assert response.status_code == 500
    assert noted(world) == []


# ---- names ----


@pytest.mark.parametrize(
    ("name", "plain", "full"),
    [
        ("surat.pdf", "surat.pdf", "surat.pdf"),
        (
            "Résumé “ruang”.pdf",
            "Resume ruang.pdf",
            "R%C3%A9sum%C3%A9%20%E2%80%9Cruang%E2%80%9D.pdf",
        ),
        ('a"b\\c;d.pdf', "a_b_c_d.pdf", "a%22b%5Cc%3Bd.pdf"),
        ("文件.pdf", "pdf", "%E6%96%87%E4%BB%B6.pdf"),
        ("文件", "berkas", "%E6%96%87%E4%BB%B6"),
        ("50% jadi.pdf", "50_ jadi.pdf", "50%25%20jadi.pdf"),
    ],
)
def test_the_name_of_a_download_is_written_twice(name: str, plain: str, full: str) -> None:
    written = as_attachment(name)
    assert written == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"
    assert parse_options_header(written)[1]["filename"] == name


@pytest.mark.parametrize(
    ("name", "media_type", "download"),
    [
        ("surat", "application/pdf", "surat.pdf"),
        ("foto.JPG", "image/png", "foto.JPG"),
        ("Kunjungan 12.5. Desa", "image/jpeg", "Kunjungan 12.5. Desa.jpg"),
    ],
)
def test_a_download_has_an_ending(name: str, media_type: str, download: str) -> None:
    assert download_name(name, media_type) == download


def test_a_hostile_name_breaks_no_header(
    browser: Browser, world: Session, app_store: Store
) -> None:
    name = 'x"\r\nSet-Cookie: a=b\u202e<script>;.jpg'
    evidence = give(world, app_store, corpus.jpeg(), name=name).evidence_id
    response = fetched(browser("assessor"), f"/evidence/{evidence}/original")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    kind, options = parse_options_header(response.headers["Content-Disposition"])
    assert (kind, options["filename"]) == ("attachment", 'x"Set-Cookie: a=b<script>;.jpg')
    browser("coach").get(f"/evidence/{evidence}")
