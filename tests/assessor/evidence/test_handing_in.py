"""What becomes of a file that somebody hands in?"""

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.evidence import refusals, services
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import Evidence, EvidenceKind, Source
from assessor.evidence.queries import State, kept_digests, piece, pieces_of
from assessor.evidence.services import withdraw
from assessor.journal.models import JournalEntry
from assessor.journal.verify import verify
from assessor.sentences import NotPermitted, Refused
from evidence_store.inspection import Limits, Reason, Verdict
from evidence_store.store import LocalStore
from tests.assessor.evidence.world import ACTORS, LIMIT, clock, give
from tests.evidence_store import evidence_corpus as corpus


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Evidence)) or 0


def test_a_photograph_becomes_a_piece_with_its_facts(world: Session, store: LocalStore) -> None:
    content = corpus.photograph()
    handed_in = give(world, store, content, name="IMG_2026-ruang.jpg", title="")
    found = piece(world, handed_in.evidence_id)
    assert found is not None
    assert handed_in.is_new
    assert (found.title, found.original_name) == ("IMG 2026 ruang", "IMG_2026-ruang.jpg")
    assert found.digest == hashlib.sha256(content).hexdigest()
    assert (found.size, found.media_type, found.page_count) == (len(content), "image/jpeg", 1)
    assert (found.kind, found.stands_for) == (EvidenceKind.photo, date(2026, 11, 1))
    assert (found.source, found.uploaded_by) == (Source.auditee, "p-institution")
    assert (found.declaration, found.state) == (CURRENT, State.live)
    with store.open(found.digest) as original:
        assert original.read() == content
    assert list(verify(world)) == []


def test_the_journal_says_what_was_handed_in_without_names(
    world: Session, store: LocalStore
) -> None:
    handed_in = give(world, store, corpus.png(), name="Budi Santoso.png", title="Ijazah Budi")
    entry = world.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert entry is not None
    assert (entry.act, entry.subject_id) == ("evidence.handed_in", handed_in.evidence_id)
    assert (entry.auditee_id, entry.actor_id) == ("a1", "p-institution")
    assert json.loads(entry.body)["values"]["stands_for"] == "2026-11-01"
    assert "Budi" not in entry.body


def test_what_people_look_at_has_no_position_time_or_comment(
    world: Session, store: LocalStore
) -> None:
    handed_in = give(world, store, corpus.photograph())
    found = piece(world, handed_in.evidence_id)
    assert found is not None
    for digest in (found.thumb_digest, *found.page_digests):
        with store.open(digest) as file:
            content = file.read()
        with Image.open(BytesIO(content), formats=["JPEG"]) as image:
            assert dict(image.getexif()) == {}
            assert "comment" not in image.info
            assert "exif" not in image.info
        assert corpus.SCRIPT not in content
        assert b"Exif" not in content


def test_a_pdf_is_a_document_whatever_was_said(world: Session, store: LocalStore) -> None:
    handed_in = give(world, store, corpus.pdf(3), name="sop.pdf", kind=EvidenceKind.photo)
    found = piece(world, handed_in.evidence_id)
    assert found is not None
    assert found.kind is EvidenceKind.document
    assert (found.page_count, len(found.page_digests)) == (3, 3)


def test_the_same_bytes_again_give_the_piece_that_is_there(
    world: Session, store: LocalStore
) -> None:
    first = give(world, store, corpus.jpeg(), title="Ruang konseling")
    again = give(world, store, corpus.jpeg(), name="lain.jpg", title="Lain", who="assessor")
    assert (again.is_new, again.evidence_id, again.title) == (
        False,
        first.evidence_id,
        "Ruang konseling",
    )
    assert count(world) == 1


def test_the_same_bytes_of_another_auditee_are_a_piece_of_their_own(
    world: Session, store: LocalStore
) -> None:
    give(world, store, corpus.jpeg())
    assert give(world, store, corpus.jpeg(), who="stranger", auditee_id="a2").is_new
    assert count(world) == 2


def test_what_was_withdrawn_may_be_handed_in_anew(world: Session, store: LocalStore) -> None:
    first = give(world, store, corpus.jpeg())
    withdraw(world, ACTORS["institution"], clock, evidence_id=first.evidence_id, reason="Keliru")
    again = give(world, store, corpus.jpeg())
    assert again.is_new
    assert again.evidence_id != first.evidence_id
    assert list(verify(world)) == []


# ---- what is not taken ----

REFUSED = {
    Reason.EMPTY: ("kosong.pdf", b"", "kosong"),
    Reason.TOO_LARGE: ("besar.jpg", corpus.jpeg() + bytes(LIMIT), "2 MB"),
    Reason.WRONG_KIND: ("catatan.txt", b"hanya teks", "bukan PDF"),
    Reason.DISGUISED: ("surat.pdf", corpus.jpeg(), "bukan seperti kata namanya"),
    Reason.DAMAGED: ("putus.jpg", corpus.jpeg()[:-200], "rusak"),
    Reason.TOO_MANY_PIXELS: ("raksasa.png", corpus.huge_png(30_000, 30_000), "terlalu besar"),
    Reason.TOO_MANY_PAGES: ("tebal.pdf", corpus.pdf(401), "400 halaman"),
    Reason.ENCRYPTED_PDF: ("rahasia.pdf", corpus.encrypted("sandi"), "kata sandi"),
    Reason.ACTIVE_PDF: ("hidup.pdf", corpus.with_attachment(), "Cetak ke PDF"),
    Reason.TRAILING_DATA: ("ganda.jpg", corpus.jpeg() + corpus.pdf(), "menyembunyikan"),
    Reason.ANIMATED: ("gerak.png", corpus.animated("PNG"), "bergerak"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_file_that_is_not_taken_is_named_with_its_reason(
    reason: Reason, world: Session, store: LocalStore
) -> None:
    name, content, words = REFUSED[reason]
    with pytest.raises(Refused) as refused:
        give(world, store, content, name=name)
    said = str(refused.value.sentence)
    assert f"“{name}”" in said
    assert words in said
    assert count(world) == 0
    assert list(store.digests()) == []
    assert list((store._root / "tmp").iterdir()) == []


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_with_a_remedy(reason: Reason) -> None:
    verdict = Verdict(accepted=False, media_type=None, reason=reason)
    sentence = refusals.why_refused(verdict, name="a.pdf", limits=Limits(max_bytes=LIMIT))
    said = str(sentence)
    assert said.startswith(
        ("Berkas “a.pdf”", "Isi berkas “a.pdf”", "Gambar “a.pdf”", "PDF “a.pdf”", "Dokumen “a.pdf”")
    )
    assert said.count(". ") >= 1 or ": " in said
    assert "%(" not in said


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("laporan.docx", corpus.packed(["word/document.xml"]), "Simpan sebagai PDF"),
        ("laporan.pdf", corpus.packed(["word/document.xml"]), "Simpan sebagai PDF"),
        ("bukti.zip", corpus.packed(["a.jpg"]), "satu per satu"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc", "Paling Kompatibel"),
        ("IMG_1.jpg", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "Paling Kompatibel"),
        ("VID_1.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "video"),
    ],
)
def test_honest_mistakes_are_told_the_way_out(
    name: str, content: bytes, words: str, world: Session, store: LocalStore
) -> None:
    with pytest.raises(Refused, match=words):
        give(world, store, content, name=name)


@pytest.mark.parametrize("declaration", ["", "y", "no-client-0"])
def test_without_the_declaration_nothing_is_kept(
    declaration: str, world: Session, store: LocalStore
) -> None:
    with pytest.raises(Refused, match="klien"):
        give(world, store, corpus.jpeg(), declaration=declaration)
    assert count(world) == 0
    assert list(store.digests()) == []


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(9999, 1, 1), date(1926, 1, 1)])
def test_nothing_is_evidence_of_a_day_to_come(day: date, world: Session, store: LocalStore) -> None:
    with pytest.raises(Refused, match="Tanggal bukti"):
        give(world, store, corpus.jpeg(), stands_for=day)
    assert count(world) == 0


def test_the_day_is_that_of_the_auditee(world: Session, store: LocalStore) -> None:
    def late() -> datetime:
        return datetime(2026, 11, 21, 15, 30, tzinfo=UTC)  # already the 22nd in Papua

    tomorrow = date(2026, 11, 22)
    jpeg, png = corpus.jpeg(), corpus.png()
    give(world, store, jpeg, who="stranger", auditee_id="a2", stands_for=tomorrow, clock=late)
    with pytest.raises(Refused):
        give(world, store, png, name="a.png", stands_for=tomorrow, clock=late)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("institution", True),
        ("assessor", True),
        ("coach", True),
        ("stranger", False),
        ("idle_assessor", False),
        ("far_coach", False),
        ("checker", False),
        ("directorate", False),
        ("privacy", False),
        ("administrator", False),
    ],
)
def test_who_may_hand_in(who: str, may: bool, world: Session, store: LocalStore) -> None:
    if may:
        handed_in = give(world, store, corpus.jpeg(), who=who)
        found = piece(world, handed_in.evidence_id)
        assert found is not None
        own = Source.auditee if who == "institution" else Source.officer
        assert found.source is own
    else:
        with pytest.raises(NotPermitted):
            give(world, store, corpus.jpeg(), who=who)
        assert count(world) == 0


# ---- names ----


@pytest.mark.parametrize(
    ("raw", "shown", "title"),
    [
        ("C:\\fakepath\\SOP_Konseling-2026.jpg", "SOP_Konseling-2026.jpg", "SOP Konseling-2026"),
        ("../../etc/passwd.jpg", "passwd.jpg", "Passwd"),
        ("foto\u202egpj.jpg", "fotogpj.jpg", "Fotogpj"),
        ("a\x00b\r\nSet-Cookie: x.jpg", "abSet-Cookie: x.jpg", "AbSet Cookie: x"),
        ("", "berkas", "Berkas"),
        ("..", "berkas", "Berkas"),
        ("\ud83d.jpg", ".jpg", "Berkas"),
        ("x" * 300 + ".jpeg", "x" * 195 + ".jpeg", "X" + "x" * 159),
    ],
)
def test_a_name_is_shown_without_what_could_deceive(
    raw: str, shown: str, title: str, world: Session, store: LocalStore
) -> None:
    handed_in = give(world, store, corpus.jpeg(), name=raw)
    assert (handed_in.name, handed_in.title) == (shown, title)
    world.expire_all()
    found = piece(world, handed_in.evidence_id)
    assert found is not None
    assert found.original_name == shown


# ---- crashes ----


class Killed(BaseException):
    """The machine went away."""


def test_a_crash_before_the_transaction_leaves_only_orphans(
    world: Session, store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = give(world, store, corpus.png(), name="a.png")
    before = set(kept_digests(world))

    def die(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(services, "write", die)
        with pytest.raises(Killed):
            give(world, store, corpus.jpeg())
    world.rollback()
    assert count(world) == 1
    assert set(store.digests()) > before
    known = set(kept_digests(world))
    now = datetime.now(UTC) + timedelta(days=2)
    store.sweep(older_than=timedelta(days=1), known=known.__contains__, now=now)
    assert set(store.digests()) == before
    assert piece(world, kept.evidence_id) is not None


_CHILD = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
import assessor.tables
from assessor.database.engine import prepare_engine
from assessor.database.migrate import upgrade
from assessor.evidence import services
from assessor.journal.capture import watch_sessions
from evidence_store.store import LocalStore
from tests.assessor.evidence.world import give, make_world
from tests.evidence_store import evidence_corpus as corpus

folder, moment = Path(sys.argv[1]), sys.argv[2]
engine = create_engine(f"sqlite:///{folder}/a.db")
prepare_engine(engine)
upgrade(engine)
watch_sessions()
with Session(engine, autoflush=False) as session:
    make_world(session)
    store = LocalStore(folder / "evidence")
    give(session, store, corpus.png(), name="a.png")
    if moment == "before":
        services.write = lambda *_: os.kill(os.getpid(), 9)
    else:
        services._record = lambda *_args, **_named: os.kill(os.getpid(), 9)
    give(session, store, corpus.jpeg())
"""


@pytest.mark.parametrize("moment", ["before", "inside"])
def test_a_killed_process_leaves_no_row_without_its_files(moment: str, tmp_path: Path) -> None:
    from sqlalchemy import create_engine

    run = subprocess.run(
        [sys.executable, "-c", _CHILD, str(tmp_path), moment],
        check=False,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
    )
    assert run.returncode == -9, run.stderr.decode()
    store = LocalStore(tmp_path / "evidence")
    engine = create_engine(f"sqlite:///{tmp_path}/a.db")
    with Session(engine) as session:
        pieces = pieces_of(session, "a1")
        known = set(kept_digests(session))
        assert list(verify(session)) == []
    engine.dispose()
    assert [each.original_name for each in pieces] == ["a.png"]
    assert all(store.verify(digest) for digest in known)
    orphans = set(store.digests()) - known
    assert hashlib.sha256(corpus.jpeg()).hexdigest() in orphans
    assert list((tmp_path / "evidence" / "tmp").iterdir()) == []


def test_a_title_names_no_client(world: Session, store: LocalStore) -> None:
    with pytest.raises(Refused, match="Hapus"):
        give(world, store, corpus.jpeg(), title="Rekam medis 00-12-34-56")
    assert count(world) == 0


@pytest.mark.parametrize(
    "name", ["KTP 3273010101900001.jpg", "RM 123456.jpg", "0812-3456-7890.JPG"]
)
def test_a_name_of_a_file_that_looks_like_somebodys_number_is_replaced(
    world: Session, store: LocalStore, name: str
) -> None:
    handed_in = give(world, store, corpus.jpeg(), name=name)
    found = piece(world, handed_in.evidence_id)
    assert found is not None
    assert (found.title, found.original_name) == ("Berkas", "berkas.jpg")
