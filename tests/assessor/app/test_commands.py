"""Does the command line do what it says, and say in one sentence what went wrong?"""

import json
import os
import re
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM
from assessor.accounts.inviting import choose_password
from assessor.accounts.queries import person_named
from assessor.app.commands import comparing, evidence, serve
from assessor.app.commands.opening import opened
from assessor.app.factory import create_app, now
from assessor.cli import COMMANDS, main
from assessor.database.engine import prepare_engine
from assessor.instruments.template_workbooks import template_workbook
from assessor.journal.work import write
from assessor.mail.letters import send_letter
from assessor.settings import read_settings
from assessor.upkeep import backup
from checklists.library import Library, load_all
from evidence_store.store import LocalStore
from tests.assessor.accounts.factors import give_phone
from tests.builders import HASHING, PASSWORD
from tests.checklists.imports.catalog_fixture import as_bytes, make_catalog
from tests.checklists.imports.test_ciso import LIBRARY as CISO


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs commands on an installation of their own."""
    for name in [name for name in os.environ if name.startswith("ASSESSOR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ASSESSOR_INSTANCE", str(tmp_path / "instance"))
    runner = CliRunner()

    def run(*words, status=0, given=None):
        result = runner.invoke(main, list(words), input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        return result

    return run


@pytest.fixture
def installed(run):
    run("db", "upgrade")
    return run


def _said(result):
    """The one sentence of an error."""
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_help_lists_every_command_with_what_it_does(run):
    for name in COMMANDS:
        assert name in run("--help").stdout
        assert len(run(name, "--help").stdout.splitlines()) > 3


def test_check_says_what_is_missing_until_somebody_did_it(run, tmp_path):
    assert "assessor db upgrade" in run("check", status=1).stdout
    run("db", "upgrade")
    said = run("check", status=1).stdout
    assert "[backup] bermasalah: Belum pernah ada cadangan." in said
    assert "[mail] belum diatur" in said
    run("backup", str(tmp_path / "all.backup"))
    run("journal", "verify")
    run("journal", "checkpoint", "--out", str(tmp_path / "point.json"))
    said = run("check").stdout
    assert "bermasalah" not in said
    assert "perlu dilihat" not in said.replace("[storage] perlu dilihat", "")  # a small disk may be
    assert "jurnal sampai catatan" in said


def test_the_centre_is_opened_once(installed):
    opened = installed("offices", "add-centre", "BNN Contoh", "--short-name", "Pusat").stdout
    assert "assessor users add" in opened
    again = installed("offices", "add-centre", "BNN Lain", "--short-name", "Lain", status=1)
    assert "sudah ada" in _said(again)


def test_a_fresh_database_is_brought_up_once(run, tmp_path):
    assert "assessor db upgrade" in _said(run("db", "check", status=1))
    assert "dari kosong" in run("db", "upgrade").stdout
    assert "sudah sesuai" in run("db", "upgrade").stdout
    assert "baik" in run("db", "check").stdout
    key = tmp_path / "instance" / "checkpoint.key"
    assert oct(key.stat().st_mode & 0o777) == "0o600"


def test_a_missing_protection_is_named(installed, tmp_path):
    with sqlite3.connect(tmp_path / "instance" / "assessor.db") as database:
        database.execute("DROP TRIGGER keep_journal_entry_update")
    database.close()
    assert "keep_journal_entry_update" in _said(installed("db", "check", status=1))
    assert "keep_journal_entry_update" in _said(installed("serve", status=1))


def _invite(installed, *, status=0):
    """Sari gets an account; what the command says."""
    add = ("users", "add", "sari@contoh.example", "--name", "Sari", "--role", "directorate")
    return installed(*add, "--office", "Pusat", status=status)


@pytest.fixture
def centre(installed):
    installed("offices", "add-centre", "BNN Contoh", "--short-name", "Pusat")
    return installed


def _form_behind(said):
    """What a browser gets for the link in a message."""
    (address,) = (word for word in said.stdout.split() if "/account-link/" in word)
    client = create_app(read_settings()).test_client()
    return client.get(address.removeprefix("http://127.0.0.1:8807"))


def test_a_person_gets_an_account_by_a_link_and_nobody_learns_a_password(centre):
    invited = _invite(centre)
    assert "hanya ditampilkan sekali" in invited.stdout
    assert "Direktorat PLRKM" in invited.stdout
    assert "sari@contoh.example" in _form_behind(invited).text
    assert "sudah dipakai" in _said(_invite(centre, status=1))
    another = centre("users", "link", "SARI@contoh.example")
    assert _form_behind(invited).status_code == 410  # the newer one replaced it
    assert _form_behind(another).status_code == 200
    assert "tidak dikenal" in _said(centre("users", "link", "x@y.example", status=1))


def test_a_lost_second_step_is_reset(centre, tmp_path):
    invited = _invite(centre)
    reset = ("users", "reset-factor")
    assert "belum menyala" in _said(centre(*reset, "sari@contoh.example", status=1))
    assert "tidak dikenal" in _said(centre(*reset, "x@y.example", status=1))
    engine = create_engine(f"sqlite:///{tmp_path / 'instance' / 'assessor.db'}")
    prepare_engine(engine)
    with Session(engine, autoflush=False) as session:
        secret = invited.stdout.split("/account-link/")[1].split()[0]
        choose_password(session, now, secret=secret, new=PASSWORD, hashing=HASHING)
        give_phone(session, now, person_named(session, "sari@contoh.example"))
    engine.dispose()
    said = centre(*reset, "SARI@contoh.example").stdout
    assert "disetel ulang; 0 perangkat dikeluarkan" in said
    assert "belum menyala" in _said(centre(*reset, "sari@contoh.example", status=1))


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--role", "coach"), "sebutkan --office"),
        (("--role", "coach", "--office", "Kantor Bulan"), "Kantor 'Kantor Bulan' tidak dikenal"),
        (("--role", "institution"), "sebutkan --auditee"),
        (("--role", "unit", "--auditee", "IBM-0"), "'IBM-0' tidak dikenal"),
    ],
)
def test_a_position_needs_its_place_and_nobody_is_made_without(installed, options, sentence):
    add = ("users", "add", "sari@contoh.example", "--name", "Sari")
    assert sentence in _said(installed(*add, *options, status=1))
    assert "tidak dikenal" in _said(installed("users", "link", "sari@contoh.example", status=1))


def test_the_packaged_content_has_no_problem(run):
    assert "0 masalah" in run("standards", "check").stdout


def test_what_a_checklist_asks_is_shown_with_its_rule(run):
    assert "sni-8807-2022-meja  2026.1  101 butir" in run("standards", "show").stdout
    desk = run("standards", "show", "sni-8807-2022-meja").stdout
    assert "Butir yang diperiksa hanya dengan dokumen atau telusur berkas" in desk
    assert "Dipakai dalam: Pemantauan berkala" in desk
    turn = ("standards", "show", "ibm-unit-pantau", "--auditee", "a")
    assert "30 dari 80" in run(*turn, "--year", "2026").stdout
    assert "--year" in _said(run(*turn, status=1))
    assert "tidak bergilir" in _said(
        run("standards", "show", "ibm-unit-ringan", "--year", "2026", status=1)
    )
    assert "pilih satu" in _said(run("standards", "show", "lain", status=1))


def test_an_edition_is_written_as_a_file_once(installed, tmp_path):
    words = ("export", "instrument", "ibm-unit-ringan", "--format", "oscal", "--out", str(tmp_path))
    assert "Belum ada edisi" in _said(installed(*words, status=1))
    assert "10 edisi diterbitkan" in installed("standards", "publish").stdout
    assert "0 edisi diterbitkan" in installed("standards", "publish").stdout
    written = installed(*words).stdout.strip()
    assert written.endswith("ibm-unit-ringan-2026.1-id-oscal.json")
    assert "sudah ada" in _said(installed(*words, status=1))
    table = tmp_path / "butir.csv"
    form = ("export", "instrument", "ibm-unit", "--format")
    installed(*form, "csv", "--language", "en", "--out", str(table))
    assert "Applies to all." in table.read_text(encoding="utf-8-sig")
    assert "hanya untuk instrumen" in _said(installed(*form, "xlsx", status=1))
    assert "tidak punya edisi 1999" in _said(installed(*form, "csv", "--edition", "1999", status=1))
    assert "yang ada: ibm-unit," in _said(
        installed("export", "instrument", "lain", "--format", "csv", status=1)
    )


def test_two_editions_are_compared_and_the_status_says_whether_answers_fit(installed, monkeypatch):
    assert "Belum ada edisi" in _said(installed("standards", "diff", "ibm-unit", status=1))
    installed("standards", "publish")
    assert "Tidak ada perbedaan." in installed("standards", "diff", "ibm-unit").stdout
    library, _ = load_all()
    checklist = library.checklists["ibm-unit-ringan"]
    gone = replace(checklist, edition="2027.1", items=checklist.items[1:])
    newer = Library(library.standards, {**library.checklists, gone.id: gone})
    monkeypatch.setattr(comparing, "load_all", lambda: (newer, ()))
    said = installed("standards", "diff", "ibm-unit-ringan", status=1).stdout
    assert f"{checklist.items[0].id}: Dihapus [Jawaban lama tidak dapat dipakai]" in said
    assert said.splitlines()[-1].startswith("1 perbedaan. Kedua edisi tidak cocok")
    same = ("standards", "diff", "ibm-unit-ringan", "--to", "2026.1")
    assert "Tidak ada perbedaan." in installed(*same).stdout
    assert "tidak punya edisi 1" in _said(installed(*same, "--from", "1", status=1))


def test_problems_of_content_are_printed_like_a_compiler_does(run, tmp_path):
    folder = tmp_path / "library" / "standar-x"
    folder.mkdir(parents=True)
    (folder / "standard.yaml").write_text("id: [\n")
    result = run("standards", "check", str(tmp_path / "library"), status=1)
    assert str(folder / "standard.yaml") + ":" in result.stdout
    assert "sebutkan folder" in _said(run("standards", "check", str(folder), status=1))


def test_the_journal_is_verified_with_a_witness_from_outside(installed, tmp_path):
    out = tmp_path / "saksi.json"
    installed("offices", "add-centre", "BNN Contoh", "--short-name", "Pusat")
    assert "catatan 1" in installed("journal", "checkpoint", "--out", str(out)).stdout
    assert json.loads(installed("journal", "checkpoint").stdout)["seq"] == 1
    assert "1 titik periksa" in installed("journal", "verify", "--checkpoint", str(out)).stdout
    with sqlite3.connect(tmp_path / "instance" / "assessor.db") as database:
        database.execute("UPDATE office SET name = 'Kantor Lain'")
    database.close()
    result = installed("journal", "verify", status=1)
    assert "/name: " in result.stdout
    assert "TIDAK utuh" in result.stderr


def test_a_file_that_is_no_witness_is_refused(installed, tmp_path):
    (tmp_path / "x.json").write_text("{}")
    bad = installed("journal", "verify", "--checkpoint", str(tmp_path / "x.json"), status=1)
    assert "Berkas titik periksa" in _said(bad)
    gone = installed("journal", "verify", "--checkpoint", str(tmp_path / "y.json"), status=1)
    assert "tidak ada" in _said(gone)


def test_evidence_is_read_again(installed):
    assert "utuh" in installed("evidence", "verify").stdout
    assert _said(installed("evidence", "verify", "--portion", "3", "2", status=2))


@pytest.fixture
def kept(installed, tmp_path, monkeypatch):
    """A store with files that are known."""
    store = LocalStore(tmp_path / "instance" / "evidence")
    known = {store.keep_bytes(bytes([number]) * 50) for number in range(5)}
    monkeypatch.setattr(evidence, "all_digests", lambda _: known)
    return store, sorted(known)


def _spoil(store, altered, lost):
    store.path(lost).unlink()
    store.path(altered).chmod(0o600)
    store.path(altered).write_bytes(b"changed")


def test_evidence_moves_with_proof_and_comes_back_from_there(installed, kept, tmp_path):
    store, known = kept
    other = tmp_path / "lain"
    moved = installed("evidence", "move", str(other))
    assert "5 berkas disalin, 0 sudah utuh" in moved.stdout
    assert "ASSESSOR_EVIDENCE_URL=" in moved.stdout
    assert "0 berkas disalin, 5 sudah utuh" in installed("evidence", "move", str(other)).stdout
    _spoil(store, known[0], known[1])
    verified = installed("evidence", "verify", status=1)
    assert f"{known[0]}: berubah\n{known[1]}: hilang\n" in verified.stdout
    assert "assessor evidence repair" in _said(verified)
    assert "2 berkas dipulihkan" in installed("evidence", "repair", str(other)).stdout
    assert "Bukti utuh: 5" in installed("evidence", "verify").stdout


def test_what_no_source_has_whole_is_named(installed, kept, tmp_path):
    store, known = kept
    other = LocalStore(tmp_path / "lain")
    other.keep_bytes(bytes([7]))
    _spoil(store, known[0], known[1])
    result = installed("evidence", "repair", str(tmp_path / "lain"), status=1)
    assert f"{known[0]}: tidak ada yang utuh" in result.stdout
    assert _said(result) == "2 berkas belum pulih."
    assert "tidak ada" in _said(installed("evidence", "repair", str(tmp_path / "x"), status=1))


def test_evidence_is_repaired_from_a_backup(installed, kept, tmp_path, monkeypatch):
    store, known = kept
    monkeypatch.setattr(backup, "all_digests", lambda _: set(known))
    installed("backup", str(tmp_path / "cadangan.tar"))
    _spoil(store, known[0], known[1])
    result = installed("evidence", "repair", str(tmp_path / "cadangan.tar"))
    assert "2 berkas dipulihkan" in result.stdout
    assert store.verify(known[0])


def test_what_nobody_knows_is_counted_and_swept_when_it_is_old(installed, kept):
    store, known = kept
    stranger, young = store.keep_bytes(b"orphan"), store.keep_bytes(b"young")
    os.utime(store.path(stranger), (0, 0))
    for each in known:
        os.utime(store.path(each), (0, 0))
    assert "2 berkas tidak tercatat" in installed("evidence", "verify").stdout
    assert "1 berkas tanpa catatan" in installed("evidence", "sweep").stdout
    assert store.exists(young)
    assert not store.exists(stranger)
    assert all(store.exists(each) for each in known)


@pytest.mark.parametrize(
    "words",
    [
        ("bogus",),
        ("db", "bogus"),
        ("users", "add"),
        ("users", "add", "x", "--bogus"),
        ("users", "add", "x", "--name", "X", "--role", "king"),
        ("serve", "--port", "abc"),
        ("serve", "--workers", "0"),
        ("standards", "check", "/no/such/folder"),
    ],
)
def test_a_command_written_wrongly_ends_with_two_and_one_sentence(run, words):
    assert "--help" in _said(run(*words, status=2))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ASSESSOR_MODE", "production", "ASSESSOR_SECRET_KEY"),
        ("ASSESSOR_MODE", "fast", "ASSESSOR_MODE"),
        ("ASSESSOR_DATABASE_URL", "sqlite:////proc/x/y.db", "Berkas"),
        ("ASSESSOR_EVIDENCE_URL", "ftp://x/y", "bukti"),
    ],
)
def test_settings_that_cannot_work_are_named(run, monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)
    assert sentence in _said(run("serve", status=1))


def test_serve_becomes_the_server_after_its_checks(installed, monkeypatch):
    became = []
    monkeypatch.setattr(os, "execv", lambda *words: became.append(words))
    installed("serve", "--port", "9000", "--workers", "3")
    ((program, words),) = became
    assert program == sys.executable
    assert words[1:5] == ["-m", "gunicorn", "--bind", "127.0.0.1:9000"]
    assert words[words.index("--workers") + 1] == "3"
    assert words[-1] == serve.APPLICATION


def test_a_port_that_others_may_reach_is_pointed_out(installed, monkeypatch):
    monkeypatch.setattr(os, "execv", lambda *words: None)
    assert "hanya boleh terjangkau" not in installed("serve", "--host", "0.0.0.0").stderr
    monkeypatch.setenv("ASSESSOR_TRUSTED_PROXIES", "1")
    assert "hanya boleh terjangkau" in installed("serve", "--host", "0.0.0.0").stderr
    assert "hanya boleh terjangkau" not in installed("serve").stderr


def test_the_server_understands_its_command_line():
    words = [
        *serve.arguments(host="::1", port=8807, workers=2)[:-1],
        "--print-config",
        "wsgiref.simple_server:demo_app",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", *words], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^workers += 2$", done.stdout, re.MULTILINE)
    assert "[::1]:8807" in done.stdout


def test_the_server_brings_its_worker_along_unless_told_otherwise():
    with_jobs = serve.arguments(host="127.0.0.1", port=1, workers=1)
    without = serve.arguments(host="127.0.0.1", port=1, workers=1, jobs=False)
    assert "python:assessor.app.server" in with_jobs
    assert "python:assessor.app.server" not in without


def test_jobs_are_done_and_what_failed_is_listed(installed, tmp_path):
    assert "0 menunggu" in installed("jobs", "list").stdout
    with opened() as here, write(here.session, SYSTEM, here.clock) as work:
        send_letter(work, letter="accounts.password_changed", person_id="nobody")
    assert "1 menunggu" in installed("jobs", "list").stdout
    assert "1 pekerjaan" in installed("jobs", "run", "--once").stdout
    assert "0 menunggu" in installed("jobs", "list").stdout
    with sqlite3.connect(tmp_path / "instance" / "assessor.db") as database:
        database.execute("UPDATE job SET state = 'dead', problem = 'refused: 550'")
    database.close()
    listed = installed("jobs", "list", status=1)
    assert "refused: 550" in listed.stdout
    assert "halaman Surel" in _said(listed)


def test_a_file_of_others_is_looked_at_and_written_as_folders_that_check(run, tmp_path):
    file, out = tmp_path / "mutu.yaml", tmp_path / "out"
    file.write_text(CISO, encoding="utf-8")
    said = run("import", "--kind", "ciso", "--dry-run", str(file)).stdout
    assert "6 baris atau node, 3 dinilai, 3 butir masuk" in said
    assert not out.exists()
    assert "--out" in _said(run("import", "--kind", "ciso", str(file), status=1))
    run("import", "--kind", "ciso", "--out", str(out), str(file))
    checked = run("standards", "check", str(out / "standards"), str(out / "checklists"))
    assert "1 standar dan 1 instrumen terbaca; 0 masalah." in checked.stdout
    again = run("import", "--kind", "ciso", "--out", str(out), str(file), status=1)
    assert "sudah ada" in again.stderr


def test_what_is_refused_is_told_with_its_place(run, tmp_path):
    file = tmp_path / "mutu.yaml"
    file.write_text(CISO.replace("weight: 3", "weight: three"), encoding="utf-8")
    told = run("import", "--kind", "ciso", "--dry-run", str(file), status=1)
    assert "mutu.yaml:42:15: bobot “three” tidak dapat dipakai" in told.stdout
    assert "1 masalah; tidak ada yang diimpor." in told.stderr
    book = tmp_path / "kosong.xlsx"
    book.write_bytes(template_workbook(None, language="id"))
    told = run("import", "--kind", "xlsx", "--dry-run", str(book), status=1)
    assert "Instrumen!B3: teks masih kosong" in told.stdout


def test_a_folder_of_catalogues_is_counted(run, tmp_path):
    (tmp_path / "good.yaml").write_text(CISO, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(CISO.replace("[G1, G2]", "[G9]"), encoding="utf-8")
    (tmp_path / "other.yaml").write_text("objects: {threats: [a]}\n", encoding="utf-8")
    (tmp_path / "catalog.json").write_bytes(as_bytes(make_catalog()))
    said = run("standards", "import-report", str(tmp_path)).stdout
    assert "kelompok “G9” tidak didefinisikan" in said
    assert "4 berkas, 3 katalog: 2 masuk utuh (43 butir), 0 tidak utuh, 1 ditolak." in said
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "tidak ada berkas" in _said(run("standards", "import-report", str(empty), status=1))
