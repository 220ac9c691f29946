"""Does a file that comes in parts arrive whole, whatever breaks, and only from who may send it?"""

import base64
import errno
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.evidence import quota, tus, uploads
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import Evidence
from assessor.evidence.upload_models import Upload, UploadPart, UploadState
from assessor.evidence.uploads import Underway
from assessor.jobs.models import Job, JobState
from assessor.jobs.running import run_due
from assessor.journal.models import JournalEntry
from assessor.sentences import NotPermitted, Sentence
from evidence_store.store import Full, MemoryStore
from tests.assessor.evidence.world import ACTORS, NOW, give
from tests.client import PageClient
from tests.conftest import StandingClock
from tests.evidence_store import evidence_corpus as corpus

Browser = Callable[[str], PageClient]
PLACE = "/auditees/a1/evidence/uploads"
PHOTO = corpus.jpeg()
SAID = {"filename": "ruang.jpg", "kind": "photo", "declaration": CURRENT}


def metadata(fields: dict[str, str]) -> str:
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in fields.items()
    )


class Sender:
    """What any client of the protocol sends."""

    def __init__(self, browser: PageClient) -> None:
        self.browser, self.place = browser, ""

    def ask(self, method: str, path: str, data: bytes = b"", **headers: Any) -> Any:
        named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        token = {"X-CSRFToken": self.browser.token(), "Tus-Resumable": "1.0.0"}
        return self.browser.request(
            method, path, data=data, headers={**token, "Accept": "application/json", **named}
        )

    def create(self, size: int = len(PHOTO), /, data: bytes = b"", **said: str) -> Any:
        headers = {"Content_Type": tus.BODY} if data else {}
        answer = self.ask(
            "POST", PLACE, data,
            Upload_Length=size, Upload_Metadata=metadata({**SAID, **said}), **headers,
        )  # fmt: skip
        self.place = answer.headers.get("Location", "")
        return answer

    def patch(self, offset: int, data: bytes, **headers: Any) -> Any:
        return self.ask(
            "PATCH", self.place, data, Content_Type=tus.BODY, Upload_Offset=offset, **headers
        )

    def offset(self) -> int:
        return int(self.ask("HEAD", self.place).headers["Upload-Offset"])

    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask("GET", self.place).data)
        return found


@pytest.fixture
def sender(browser: Browser) -> Sender:
    return Sender(browser("institution"))


@pytest.fixture
def app_store(app: Flask) -> MemoryStore:
    found: MemoryStore = app.extensions["assessor_store"]
    return found


@pytest.fixture
def run_jobs(app: Flask, clock: StandingClock, world: Session) -> Callable[[timedelta], None]:
    """Do what is due after a while."""
    from assessor.database.extension import db

    def run(later: timedelta) -> None:
        clock.set(NOW + later)
        world.rollback()
        with app.app_context():
            run_due(db.session(), clock)
            db.session.remove()

    return run


def count(session: Session, model: type = Evidence) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# ---- the protocol ----


def test_a_client_learns_what_the_server_can_do(sender: Sender) -> None:
    headers = sender.ask("OPTIONS", PLACE).headers
    assert headers["Tus-Version"] == headers["Tus-Resumable"] == "1.0.0"
    assert headers["Tus-Extension"].split(",") == [
        "creation", "creation-with-upload", "expiration", "checksum", "termination",
    ]  # fmt: skip
    assert headers["Tus-Max-Size"] == str(20 * 1024 * 1024)
    assert "sha1" in headers["Tus-Checksum-Algorithm"].split(",")


def test_a_file_in_parts_becomes_one_piece_of_evidence(
    sender: Sender, world: Session, app_store: MemoryStore
) -> None:
    created = sender.create(title="Ruang konseling", stands_for="2026-11-01")
    assert created.status_code == 201
    assert created.headers["Upload-Expires"] == "Sat, 28 Nov 2026 07:00:00 GMT"
    half = len(PHOTO) // 2
    answer = sender.patch(0, PHOTO[:half])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(half))
    assert sender.offset() == half
    assert sender.result()["state"] == "receiving"
    assert count(world) == 0
    assert sender.patch(half, PHOTO[half:]).status_code == 204
    told = sender.result()
    assert (told["state"], told["title"]) == ("accepted", "Ruang konseling")
    row = world.scalars(select(Evidence)).one()
    assert (row.id, row.digest) == (told["id"], hashlib.sha256(PHOTO).hexdigest())
    assert str(row.stands_for) == "2026-11-01"
    assert app_store.verify(row.digest)
    assert count(world, UploadPart) == 0
    assert app_store._parts == {}
    acts = world.scalars(select(JournalEntry.act).where(JournalEntry.act.like("evidence.%"))).all()
    assert acts == ["evidence.handed_in"]


def test_the_first_bytes_may_come_with_the_request_that_makes_the_place(sender: Sender) -> None:
    created = sender.create(len(PHOTO), PHOTO[:100])
    assert (created.status_code, created.headers["Upload-Offset"]) == (201, "100")
    sender.patch(100, PHOTO[100:])
    assert sender.result()["state"] == "accepted"
    assert sender.create(len(PHOTO), PHOTO).status_code == 201
    assert sender.result()["state"] == "present"


@pytest.mark.parametrize("offset", [0, 99, 101, len(PHOTO)])
def test_bytes_that_do_not_come_next_are_refused(sender: Sender, offset: int) -> None:
    sender.create(len(PHOTO), PHOTO[:100])
    assert sender.patch(offset, b"x").status_code == 409
    assert sender.offset() == 100


def test_more_bytes_than_announced_are_refused(sender: Sender) -> None:
    sender.create(10)
    assert sender.patch(0, b"x" * 11).status_code == 413
    assert sender.offset() == 0


@pytest.mark.parametrize("algorithm", tus.ALGORITHMS)
def test_a_checksum_is_compared(sender: Sender, algorithm: str) -> None:
    sender.create(10)
    right = base64.b64encode(hashlib.new(algorithm, b"12345").digest()).decode()
    wrong = sender.patch(0, b"12346", Upload_Checksum=f"{algorithm} {right}")
    assert (wrong.status_code, sender.offset()) == (460, 0)
    assert sender.patch(0, b"12345", Upload_Checksum=f"{algorithm} {right}").status_code == 204
    assert sender.offset() == 5


def test_an_upload_can_be_ended(sender: Sender, world: Session, app_store: MemoryStore) -> None:
    sender.create(len(PHOTO), PHOTO[:100])
    assert sender.ask("DELETE", sender.place).status_code == 204
    assert sender.ask("HEAD", sender.place).status_code == 404
    assert (count(world, Upload), app_store._parts) == (0, {})


def test_a_network_that_lets_only_posts_through_is_no_obstacle(sender: Sender) -> None:
    sender.create(10)
    answer = sender.ask(
        "POST", sender.place, b"12345",
        Content_Type=tus.BODY, Upload_Offset=0, X_HTTP_Method_Override="PATCH",
    )  # fmt: skip
    assert (answer.status_code, sender.offset()) == (204, 5)
    answer = sender.ask("POST", sender.place, X_HTTP_Method_Override="GET")
    assert answer.status_code == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus_Resumable": "0.2.2"}, 412),
        ({"Content_Type": "application/json"}, 415),
        ({"Upload_Offset": "x"}, 400),
        ({"Upload_Offset": "-1"}, 400),
        ({"Upload_Offset": "٣"}, 400),
        ({"Upload_Checksum": "crc32 AAAA"}, 400),
        ({"Upload_Checksum": "sha1 ?"}, 400),
        ({"X_CSRFToken": "wrong"}, 400),
    ],
)
def test_wrong_headers_are_named_and_change_nothing(
    sender: Sender, headers: dict[str, str], status: int
) -> None:
    sender.create(10)
    merged: dict[str, Any] = {"Content_Type": tus.BODY, "Upload_Offset": 0, **headers}
    if "Upload_Offset" in headers and not headers["Upload_Offset"].isascii():
        merged["Upload_Offset"] = "3 3"
    answer = sender.ask("PATCH", sender.place, b"12345", **merged)
    assert answer.status_code == status
    assert json.loads(answer.data)["error"]
    assert sender.offset() == 0


@pytest.mark.parametrize(
    ("length", "fields", "status"),
    [
        ("", {}, 400),
        ("x", {}, 400),
        ("0", {}, 400),
        (str(20 * 1024 * 1024 + 1), {}, 413),
        ("10", {"declaration": ""}, 422),
        ("10", {"kind": "video"}, 422),
        ("10", {"stands_for": "2027-01-01"}, 422),
        ("10", {"title": "x" * 161}, 422),
        ("10", {"filename": "a\0b"}, 400),
    ],
)
def test_what_can_never_be_taken_gets_no_place(
    sender: Sender, world: Session, length: str, fields: dict[str, str], status: int
) -> None:
    answer = sender.create(length, **fields)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert json.loads(answer.data)["error"]
    assert count(world, Upload) == 0


@pytest.mark.parametrize("text", ["a", "a ===", "a YQ==,a YQ==", "a /w==", "x y z", "x" * 9000])
def test_broken_metadata_is_refused(text: str) -> None:
    if text == "a":
        assert tus.metadata_in({"Upload-Metadata": text}) == {"a": ""}
        return
    with pytest.raises(tus.WrongHeader):
        tus.metadata_in({"Upload-Metadata": text})


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,9}", fullmatch=True),
        st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    )
)
def test_what_is_said_travels_unchanged(fields: dict[str, str]) -> None:
    assert (
        tus.metadata_in({"Upload-Metadata": metadata(fields)[:8192]}) == fields
        or len(metadata(fields)) > 8192
    )


# ---- who ----


@pytest.mark.parametrize("who", ["assessor", "stranger", "administrator"])
def test_an_upload_is_its_senders_alone(sender: Sender, browser: Browser, who: str) -> None:
    sender.create(10)
    other = Sender(browser(who))
    other.place = sender.place
    answers = [
        other.ask("HEAD", other.place), other.ask("GET", other.place), other.patch(0, b"x"),
        other.ask("DELETE", other.place),
    ]  # fmt: skip
    assert [each.status_code for each in answers] == [404] * 4
    assert sender.offset() == 0


def test_who_may_not_hand_in_gets_no_place(browser: Browser) -> None:
    assert Sender(browser("checker")).create().status_code == 403
    assert Sender(browser("stranger")).create().status_code == 404


# ---- what breaks ----


class Breaks(BytesIO):
    """A line that is cut off."""

    def __init__(self, data: bytes, error: Exception) -> None:
        super().__init__(data)
        self.error = error

    def read(self, size: int | None = -1, /) -> bytes:
        if found := super().read(min(size or 7, 7)):
            return found
        raise self.error


def begin(world: Session, length: int = len(PHOTO)) -> Underway:
    said = {name: value for name, value in SAID.items() if name != "filename"}
    return uploads.begin(
        world, ACTORS["institution"], lambda: NOW,
        auditee_id="a1", name="ruang.jpg", said=said, length=length,
    )  # fmt: skip


def test_what_came_before_the_cut_counts(world: Session) -> None:
    store = MemoryStore()
    upload = begin(world)
    line = tus.Line(Breaks(PHOTO[:50], ConnectionResetError()), (ConnectionError,))
    upload = uploads.append(
        world,
        lambda: NOW,
        store=store,
        upload_id=upload.id,
        offset=0,
        stream=line,  # type: ignore[arg-type]
    )
    assert (upload.received, line.cut) == (50, True)
    assert (
        uploads.append(
            world, lambda: NOW, store=store, upload_id=upload.id, offset=50, stream=BytesIO()
        ).received
        == 50
    )


def test_a_cut_line_with_a_checksum_counts_for_nothing(world: Session) -> None:
    upload = begin(world)
    checksum = tus.Checksum("sha256", hashlib.sha256(PHOTO).digest())
    line = tus.Line(Breaks(PHOTO[:50], ConnectionResetError()), (ConnectionError,))
    with pytest.raises(uploads.WrongBytes):
        uploads.append(
            world, lambda: NOW, store=MemoryStore(), upload_id=upload.id, offset=0,
            stream=line,  # type: ignore[arg-type]
            accept=lambda staged: checksum.fits(staged.path),
        )  # fmt: skip
    found = uploads.find_upload(world, upload.id)
    assert found is not None
    assert found.received == 0


def test_of_two_who_send_the_same_bytes_one_counts(world: Session) -> None:
    store = MemoryStore()
    upload = begin(world)

    def somebody_is_quicker(staged: object) -> bool:
        uploads.append(
            world, lambda: NOW, store=store, upload_id=upload.id, offset=0,
            stream=BytesIO(PHOTO[:30]),
        )  # fmt: skip
        return True

    with pytest.raises(uploads.WrongOffset):
        uploads.append(
            world, lambda: NOW, store=store, upload_id=upload.id, offset=0,
            stream=BytesIO(PHOTO[:50]), accept=somebody_is_quicker,
        )  # fmt: skip
    found = uploads.find_upload(world, upload.id)
    assert found is not None
    assert found.received == 30
    assert len(store._parts) == 1


@pytest.mark.parametrize(
    ("error", "status"),
    [(OSError(errno.ENOSPC, "full"), 507), (Full("full"), 507), (OSError(5, "disk"), 503)],
)
def test_a_full_disk_is_said_and_the_upload_goes_on_when_there_is_room(
    sender: Sender,
    app_store: MemoryStore,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
) -> None:
    sender.create(len(PHOTO), PHOTO[:100])

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(app_store, "keep_part", fail)
        answer = sender.patch(100, PHOTO[100:])
        assert answer.status_code == status
        assert int(answer.headers["Retry-After"]) > 0
        assert ("penuh" in json.loads(answer.data)["error"]) is (status == 507)
    assert sender.offset() == 100
    sender.patch(100, PHOTO[100:])
    assert sender.result()["state"] == "accepted"


def test_who_dies_with_the_last_byte_leaves_the_rest_to_a_job(
    sender: Sender,
    world: Session,
    app_store: MemoryStore,
    monkeypatch: pytest.MonkeyPatch,
    run_jobs: Callable[[timedelta], None],
) -> None:
    sender.create()

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(app_store, "keep", fail)
        assert sender.patch(0, PHOTO).status_code == 204
    assert sender.result()["state"] == "checking"
    run_jobs(timedelta(minutes=1))
    assert count(world) == 0
    run_jobs(timedelta(minutes=3))
    assert sender.result()["state"] == "accepted"
    assert count(world) == 1


def test_a_file_that_was_taken_by_somebody_who_died_is_found_to_be_there(
    sender: Sender,
    world: Session,
    app_store: MemoryStore,
    run_jobs: Callable[[timedelta], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = give(world, app_store, corpus.png(), name="lama.png")
    sender.create(replaces=old.evidence_id)

    def die(*_: object, **__: object) -> None:
        raise OSError(5, "killed")

    with monkeypatch.context() as broken:
        broken.setattr(uploads, "_note", die)
        sender.patch(0, PHOTO)
    assert count(world) == 2
    run_jobs(timedelta(minutes=3))
    assert sender.result()["state"] == "present"
    assert count(world) == 2


def test_a_file_that_is_refused_says_why(sender: Sender, world: Session) -> None:
    sender.create(3)
    sender.patch(0, b"xyz")
    told = sender.result()
    assert told["state"] == "refused"
    assert "ruang.jpg" in told["sentence"]
    assert count(world) == 0
    assert sender.patch(3, b"").status_code == 409


def test_parts_that_a_backup_did_not_bring_back_are_asked_for_again(
    sender: Sender, app_store: MemoryStore
) -> None:
    sender.create(len(PHOTO), PHOTO[:100])
    app_store._parts.clear()
    assert sender.patch(100, PHOTO[100:]).status_code == 204
    told = sender.result()
    assert (told["state"], "sekali lagi" in told["sentence"]) == ("refused", True)


def test_who_lost_the_right_meanwhile_hands_in_nothing(world: Session) -> None:
    store = MemoryStore()
    upload = begin(world)
    uploads.append(
        world, lambda: NOW, store=store, upload_id=upload.id, offset=0, stream=BytesIO(PHOTO)
    )

    def take(*_: object) -> Any:
        raise NotPermitted(Sentence("Tidak lagi."))

    upload = uploads.finish(world, store=store, upload_id=upload.id, take=take)
    assert upload.state is UploadState.refused
    assert store._parts == {}


def test_what_nobody_finishes_is_forgotten_after_a_week(
    sender: Sender, world: Session, app_store: MemoryStore, run_jobs: Callable[[timedelta], None]
) -> None:
    sender.create(len(PHOTO), PHOTO[:100])
    run_jobs(timedelta(days=6))
    assert count(world, Upload) == 1
    run_jobs(timedelta(days=8))
    assert count(world, Upload) == 0
    assert app_store._parts == {}
    states = set(world.scalars(select(Job.state)).all())
    assert states == {JobState.done}


# ---- how much ----


def test_a_quota_holds_for_what_is_kept_and_what_is_coming(
    sender: Sender, world: Session, app_store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(world, app_store, PHOTO)
    room = quota.room_left(world, "a1")
    assert room == 20 * 1000**3 - len(PHOTO)
    monkeypatch.setattr(quota, "_GB", 3 * len(PHOTO) // 20)
    assert sender.create(len(PHOTO)).status_code == 201
    answer = sender.create(len(PHOTO) * 2)
    assert answer.status_code == 413
    assert "sudah penuh (paling banyak 20 GB)" in json.loads(answer.data)["error"]
    assert quota.room_left(world, "a2") > 2 * len(PHOTO)
