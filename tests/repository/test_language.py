"""Does the interface say everything in both languages, and in the words of the glossary?

The Indonesian texts are the msgids in the code; the English ones are in the catalogue that
`make messages` keeps. Words are held to `assessor/translations/glossary.yaml`.
"""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from standards.model import Text
from standards.yaml_source import Scalar, Sequence, Table, read

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "assessor/translations"
PLACE = re.compile(r"%\(\w+\)s|%%")
PRODUCT = "Asesor 8807"
REMEDY = "run `make messages`, then write the English into the .po"

# A text may use a word in another sense than the glossary's; each one says why.
WORDS_IN_ANOTHER_SENSE: Mapping[str, str] = {
    "rujukan *%(name)s tidak boleh dipakai": "an alias in a YAML file",
}
# What is the same in both languages.
SAME_IN_BOTH: Mapping[str, str] = {
    "Administrator": "the word of both languages",
    "BNN": "a name",
    "“%(words)s”": "what somebody typed, in quotation marks",
}


# Words that no English text has and hardly a name; where one shows up, something was not said
# in the reader's language.
COMMON_INDONESIAN = frozenset(
    re.findall(
        r"\w+",
        """
        yang dan atau untuk dengan dari pada oleh tidak belum sudah bukan hanya ini itu anda akan agar
        bila semua penilaian penilai lembaga butir temuan bukti dukung jawaban simpan masuk keluar
        lihat buka kirim dikirim dikunci dibuka ditarik menurut sampai wajib tanpa dasar halaman bahasa
        ketua anggota kantor pembina petugas wilayah layanan tanggal hari batas waktu alasan hasil unduh
        unggah laporan kode periksa pilih cari kembali lanjutkan isian tersimpan tampilkan saringan
        kunjungan tindak lanjut riwayat keputusan nilai
        """,
    )
)
# Where Indonesian may stand without a mark, and why.
UNMARKED: Mapping[str, str] = {
    "assessor/app/commands": "the command line speaks Indonesian",
    "assessor/app/checks.py": "said by the command line",
    "assessor/cli.py": "said by the command line",
    "assessor/upkeep": "said by the command line",
    "assessor/demo": "sample data, as people of the field would write them",
    "assessor/assessments/findings/services.py": "a finding until the team writes its own words; content",
    "assessor/organization/territory_files.py": "the source, named as its licence asks",
    "assessor/ui/errors.py": "the last page, when nothing can be rendered; in both languages",
    "assessor/ui/formats.py": "both languages side by side",
    "standards/applicability.py": "both languages side by side",
    "standards/applicability_text.py": "words that are read, in both languages",
    "checklists/formats/xlsform.py": "a form in both languages side by side",
    "checklists/formats/template.py": "a workbook in both languages side by side",
    "checklists/imports/defaults.py": "content of an edition, in both languages side by side",
    "assessor/instruments/template_workbooks.py": "both languages side by side",
}


# the catalogue


def _both(message: Any) -> tuple[list[str], list[str]]:
    """The msgids and the msgstrs of an entry; one of each, or several where it is counted."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    return ids, strings


@cache
def _catalogue() -> Catalog:
    with (TRANSLATIONS / "en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def _messages() -> list[Any]:
    return [message for message in _catalogue() if message.id]


def _pairs() -> Iterator[tuple[str, str]]:
    """Each Indonesian text with each of its English ones, where there is one."""
    for message in _messages():
        ids, strings = _both(message)
        for string in filter(None, strings):
            yield ids[0], string


def _extracted(target: Path) -> set[Any]:
    """What `make messages` finds in the code."""
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    (line,) = (line for line in makefile.splitlines() if " extract --mapping" in line)
    arguments = shlex.split(line.partition("frontend")[2])
    arguments[arguments.index("--output") + 1] = str(target)
    CommandLineInterface().run(["pybabel", *arguments])
    with target.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


def test_every_text_in_the_code_is_in_the_catalogue_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    found = _extracted(tmp_path / "messages.pot")
    known = {message.id for message in _messages()}
    assert len(found) > 900
    assert not found - known, f"not in the catalogue ({REMEDY})"
    assert not known - found, f"no longer in the code ({REMEDY})"


def _unmarked(path: Path, known: set[str]) -> Iterator[str]:
    """Indonesian in a module or template that is no text of the catalogue or of a table."""
    source = path.read_text()
    if path.suffix == ".py":
        tree = ast.parse(source)
        remarks = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
        for each in ast.walk(tree):
            if isinstance(each, ast.Constant) and id(each) not in remarks:
                text = each.value if isinstance(each.value, str) else ""
                yield from {text} - known
    elif path.suffix == ".html":
        yield from re.sub(
            r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", "\n", source, flags=re.DOTALL
        ).split("\n")
    else:
        yield from re.findall(r"[\"'`]([^\"'`\n]*)[\"'`]", source)


def _is_indonesian(text: str) -> bool:
    if " " not in text or text.startswith("attachment;"):  # a header names a file
        return False
    return bool(COMMON_INDONESIAN & set(re.findall(r"[a-z]+", text.lower())))


def test_no_text_in_the_code_lacks_its_mark() -> None:
    known = {text for _, *both in _tables() for text in both}
    known |= {text for message in _messages() for text in _both(message)[0]}
    found = []
    for package in ("assessor", "standards", "checklists", "evidence_store"):
        for path in sorted((ROOT / package).rglob("*")):
            where = path.relative_to(ROOT).as_posix()
            if path.suffix not in {".py", ".html", ".js"} or where.startswith(tuple(UNMARKED)):
                continue
            found += [(where, each) for each in _unmarked(path, known) if _is_indonesian(each)]
    assert not found, "mark it with _(…), or enter the file under UNMARKED with the reason"


def test_everything_has_its_english() -> None:
    empty = [message.id for message in _messages() if not all(_both(message)[1])]
    assert not empty, REMEDY
    assert not [message.id for message in _messages() if message.fuzzy]
    assert not _catalogue().obsolete
    counted = [message for message in _messages() if not isinstance(message.id, str)]
    assert counted
    for message in counted:
        assert len(message.string) == 2, message.id


def test_both_languages_say_the_same_values() -> None:
    for message in _messages():
        ids, strings = _both(message)
        for text in (*ids, *filter(None, strings)):
            assert set(PLACE.findall(text)) == set(PLACE.findall(ids[0])), ids[0]


def test_english_ends_as_indonesian_does() -> None:
    for indonesian, english in _pairs():
        for mark in (".", "?", ":"):
            assert english.endswith(mark) == indonesian.endswith(mark), indonesian
        assert english == english.strip(), indonesian
        assert "  " not in english, indonesian
        if indonesian[0].isalpha() and english[0].isalpha() and not english[:2].isupper():
            assert english[0].isupper() == indonesian[0].isupper(), indonesian


def test_nothing_is_left_as_it_is_by_oversight() -> None:
    same = {indonesian for indonesian, english in _pairs() if indonesian == english}
    assert same == set(SAME_IN_BOTH)


# the glossary


def _texts(node: object) -> list[str]:
    assert isinstance(node, Sequence)
    return [each.text for each in node.entries if isinstance(each, Scalar)]


def _fields(node: object) -> dict[str, Any]:
    assert isinstance(node, Table)
    return {key.text: value for key, value in node.entries}


@cache
def _glossary() -> dict[str, dict[str, Any]]:
    node, problems = read(TRANSLATIONS / "glossary.yaml")
    assert not problems, problems
    whole = _fields(node)
    terms = {name: _fields(term) for name, term in _fields(whole["terms"]).items()}
    return {**terms, "plain words": _fields(whole["plain_words"])}


def _never(language: str) -> list[str]:
    return [
        word
        for term in _glossary().values()
        if f"never_{language}" in term
        for word in _texts(term[f"never_{language}"])
    ]


def _stands(word: str, text: str) -> bool:
    ending = r"\w*" if word.endswith("*") else ""
    return bool(
        re.search(rf"(?<!\w){re.escape(word.rstrip('*'))}{ending}(?!\w)", text, re.IGNORECASE)
    )


def _tables() -> Iterator[tuple[str, str, str]]:
    """Every text that the code itself holds in both languages: where, Indonesian, English."""
    from assessor.assessments import basis_words, people, wording
    from assessor.assessments.document import provisional
    from assessor.assessments.worksheet import workbooks as worksheets
    from assessor.instruments import difference_words, rule_words, template_workbooks, workbooks
    from assessor.reports.phrases import PHRASES
    from checklists.formats import template, xlsform
    from checklists.imports import defaults

    yield from _texts_of(wording)
    yield from _texts_of(basis_words)
    yield from _texts_of(people)
    yield from _texts_of(provisional)
    yield from _texts_of(rule_words)
    yield from _texts_of(difference_words)
    yield from _texts_of(workbooks)
    yield from _texts_of(worksheets)
    yield from _texts_of(template_workbooks)
    yield from _texts_of(template)
    yield from _texts_of(defaults)
    yield from _texts_of(xlsform)
    for name, (indonesian, english) in PHRASES.items():
        yield f"reports.phrases {name}", indonesian, english


def _texts_of(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    for name, value in vars(module).items():
        held = {"": value} if isinstance(value, Text) else value
        if isinstance(held, Mapping) and not name.startswith("__"):
            for code, text in held.items():
                if isinstance(text, Text):
                    yield f"{module.__name__}.{name} {code}", text.id, text.en


def test_the_tables_in_the_code_are_whole_in_both_languages() -> None:
    tables = list(_tables())
    assert len(tables) > 150
    for where, indonesian, english in tables:
        assert bool(indonesian.strip()) == bool(english.strip()), where
        assert set(PLACE.findall(indonesian)) == set(PLACE.findall(english)), where
        assert indonesian.endswith(".") == english.endswith("."), where


def test_no_text_has_a_word_that_means_something_else() -> None:
    texts = [("catalogue", *pair) for pair in _pairs()] + list(_tables())
    wrong = [
        (where, word, text)
        for where, indonesian, english in texts
        for language, text in (("id", indonesian), ("en", english))
        for word in _never(language)
        if _stands(word, PLACE.sub("", text).replace(PRODUCT, ""))
        and indonesian not in WORDS_IN_ANOTHER_SENSE
    ]
    assert not wrong


def test_english_says_the_word_of_the_glossary() -> None:
    missing = []
    for name, term in _glossary().items():
        if "id" not in term:
            continue
        says = [word.lower() for word in _texts(term["says"])]
        for indonesian, english in _pairs():
            said = any(word in english.lower() for word in says)
            if _stands(term["id"].text, indonesian) and not said:
                missing.append((name, indonesian, english))
    assert not missing


def test_an_exception_is_still_one() -> None:
    known = {indonesian for indonesian, _ in _pairs()}
    assert set(WORDS_IN_ANOTHER_SENSE) | set(SAME_IN_BOTH) <= known
    assert [path for path in UNMARKED if not (ROOT / path).exists()] == []


def test_each_term_is_explained() -> None:
    for name, term in _glossary().items():
        if name != "plain words":
            assert {"id", "en", "says", "meaning"} <= set(term), name
            assert any(word.lower() in term["en"].text.lower() for word in _texts(term["says"])), (
                name
            )


# the pages

# What people wrote, and what is quoted as it is.
NOT_OURS = (
    r"Orang \w+",
    r"Fakta \S+",
    r"Foto ruang",
    r"Kantor \w+ \d+",
    r"(\w+\. )?[\w ,-]+ \(en\)",  # the generated instrument, and its codes
    r"NILAI-\d+-\d+",
    r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}",  # the code of a report
    r"Data wilayah: .*? Tahun \d+\.",  # the source, named as its licence asks
)
SPEAKING = re.compile("aria-label|aria-description|placeholder|title|alt")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ADDRESS = re.compile(r"[a-z0-9]{26}|[0-9a-f]{64}")


class _Said(HTMLParser):
    """Everything a reader may see or hear of a page but what is marked as Indonesian."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.language = ""
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = held.get("lang", "")
        foreign = held.get("lang") == "id" or self._foreign
        if tag not in VOID:
            self._open.append((tag, foreign))
        if tag == "a":
            self.links.append(held.get("href", "").partition("#")[0])
        if not foreign:
            self.said += [value for name, value in held.items() if SPEAKING.fullmatch(name)]
            self.said += [
                value for name, value in held.items() if name[:5] == "data-" and " " in value
            ]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._foreign:
            self.said.append(" ".join(data.split()))

    @property
    def _foreign(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def _left_over(said: str, known: Mapping[str, str]) -> bool:
    """Whether this is Indonesian: a msgid as it is, a text of a table, or a common word."""
    if known.get(said, said) != said or "(id)" in said:
        return True
    for pattern in NOT_OURS:
        said = re.sub(pattern, "", said)
    return bool(COMMON_INDONESIAN & set(re.findall(r"\b[a-z]+\b", said.lower())))


def test_an_id_that_happens_to_spell_a_word_is_no_text() -> None:
    assert not _left_over("op 7kd3itu9dan2xq4rstuvwx6yza of 4yang7", {})
    assert not _left_over("aadanbbituccyangddbukaeeff", {})  # an id without digits
    assert _left_over("op 7kd3xq itu", {})
    assert _left_over("Buka 3 bukti", {})


@pytest.fixture
def world(app: Any, session: Any, clock: Any) -> Any:
    """An evaluation going on, one submitted, a self-assessment, a sealed baseline with findings
    and a report, and evidence; people of every role."""
    from assessor.access.actor import Role
    from assessor.assessments.models import Kind
    from tests import audits, builders

    scene = audits.make_scene(session, clock, items=12)
    evidence = _hand_in(app, session, clock, scene)
    sealed = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    first = next(iter(audits.judge(session, sealed, clock().date()).asked))
    audits.score(session, clock, scene, sealed, unmet=[first], evidence_id=evidence)
    audits.submit(session, clock, scene, sealed)
    audits.seal(session, clock, scene, sealed)
    submitted = audits.open_audit(session, clock, scene, kind=Kind.periodic)
    audits.score(session, clock, scene, submitted, unmet=[first], evidence_id=evidence)
    audits.submit(session, clock, scene, submitted)
    audits.open_audit(session, clock, scene, kind=Kind.evaluation)
    audits.open_audit(session, clock, scene, kind=Kind.self)
    for role in (Role.privacy, Role.observer, Role.administrator):
        scene.people[role] = builders.make_person(session, clock, name=f"Orang {role}", role=role)
    unit = builders.make_unit(session, clock, office=scene.office)
    scene.people["unit"] = builders.make_person(
        session, clock, name="Orang unit", role=Role.unit, auditee=unit
    )
    return scene


def _hand_in(app: Any, session: Any, clock: Any, scene: Any) -> str:
    import io

    from PIL import Image

    from assessor.evidence.declaration import CURRENT
    from assessor.evidence.models import EvidenceKind
    from assessor.evidence.services import hand_in

    picture = io.BytesIO()
    Image.new("RGB", (64, 48), (20, 90, 140)).save(picture, "JPEG")
    picture.seek(0)
    return hand_in(
        session,
        scene.actor(session, clock, "institution"),
        clock,
        store=app.extensions["assessor_store"],
        limit=2_000_000,
        auditee_id=scene.site.id,
        stream=picture,
        name="ruang.jpg",
        title="Foto ruang",
        stands_for=None,
        kind=EvidenceKind.photo,
        declaration=CURRENT,
    ).evidence_id


def _pages(client: Any, starts: list[str]) -> Iterator[tuple[str, _Said]]:
    """Every page one comes to by links; of each kind of address the first two."""
    waiting = list(starts)
    seen: dict[str, int] = dict.fromkeys(starts, 1)
    while waiting:
        path = waiting.pop(0)
        response = client.request("GET", path)
        if response.mimetype != "text/html" or response.status_code in {301, 302, 303}:
            continue
        page = _Said()
        page.feed(response.get_data(as_text=True))
        yield path, page
        for href in page.links:
            kind = ADDRESS.sub("*", href.partition("?")[0])
            if href.startswith("/") and href not in seen and seen.get(kind, 0) < 2:
                seen[href], seen[kind] = 1, seen.get(kind, 0) + 1
                waiting.append(href)


STARTS = ["/", "/check", "/check/K7QM4RTX9WHD", "/sign-in", "/nowhere"]
ROLES = (
    "assessor", "coach", "checker", "verifier", "institution", "unit", "privacy", "observer",
    "administrator",
)  # fmt: skip


def test_the_application_reads_the_catalogue_as_it_stands() -> None:
    with (TRANSLATIONS / "en/LC_MESSAGES/messages.mo").open("rb") as file:
        compiled = read_mo(file)
    for message in _messages():
        held = compiled[message.id]
        assert held is not None, f"{message.id}: run `make messages`"
        assert list(held.string) == list(message.string), f"{message.id}: run `make messages`"


def test_no_page_keeps_indonesian_from_an_english_reader(
    world: Any, new_client: Callable[[], Any], as_person: Callable[[Any], Any]
) -> None:
    known = dict(reversed(list(_pairs())))
    known |= {indonesian: english for _, indonesian, english in _tables()}
    clients = {"anonymous": new_client()}
    clients |= {role: as_person(world.people[role]) for role in ROLES}
    found, walked = [], 0
    for who, client in clients.items():
        client.get("/").form("English").submit()
        for path, page in _pages(client, STARTS):
            walked += 1
            assert page.language == "en", path
            found += [(who, path, said) for said in page.said if _left_over(said, known)]
    assert walked > 120
    assert not found, "\n".join(
        sorted({f"{said!r} for {who} on {path}" for who, path, said in found})
    )
