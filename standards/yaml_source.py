"""What does a YAML file say, exactly as written, and where does it say it?

The only place where YAML is read. A file is scanned as a stream of events before anything is
built, because the loader itself can be brought down by 50 kB of brackets. Every scalar stays
text: clause 1.10 is "1.10", "no" is "no". Nodes remember file, line and column; problems come
all at once, each with its place and its remedy.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

import yaml
from yaml import CBaseLoader

from standards.sentence import sentence

LARGEST_FILE = 512 * 1024
LONGEST_SCALAR = 20_000
DEEPEST = 16
MOST_EVENTS = 60_000

# What reorders nothing and hides nothing but is often left behind by the programs in which people
# write: separators of lines and paragraphs are line feeds, marks without width are nothing.
_MENDED_RAW = str.maketrans({"\u2028": " ", "\u2029": " ", "\u200b": None, "\ufeff": None})
_MENDED = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u200b": None, "\ufeff": None})
# A hostile file shall not produce a report that is larger than itself.
_MOST_PROBLEMS = 200
# Control characters but tab and line feed, marks that reorder or hide what is read, and what is
# no character at all, half of one included.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Bounds:
    """How much of a file is read; `mends` says whether harmless invisible marks are taken away
    instead of refused, as it is done with the catalogues of others."""

    largest: int = LARGEST_FILE
    longest: int = LONGEST_SCALAR
    deepest: int = DEEPEST
    events: int = MOST_EVENTS
    mends: bool = False

    def raw(self, text: str) -> str:
        """Give the text of a file without what is mended; its lines stay what they are."""
        return text.translate(_MENDED_RAW) if self.mends else text

    def text(self, text: str) -> str:
        """Give a text in it without what is mended."""
        return text.translate(_MENDED) if self.mends else text


OWN = Bounds()


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file; lines and columns count from one."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, where, and what to do about it."""

    file: str
    line: int
    column: int
    what: str
    remedy: str

    def __str__(self) -> str:
        """Write it as a compiler does."""
        return f"{self.file}:{self.line}:{self.column}: {self.what}; {self.remedy}"


@dataclass(frozen=True)
class Scalar:
    """A text."""

    text: str
    place: Place


@dataclass(frozen=True)
class Sequence:
    """A list of nodes."""

    entries: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True)
class Table:
    """Keys with their nodes, in the order of the file; no key twice."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    place: Place


Node: TypeAlias = Scalar | Sequence | Table
Read: TypeAlias = tuple[Node | None, tuple[Problem, ...]]


class _Mark(Protocol):
    """What both parsers of PyYAML say about a place; they count from zero."""

    line: int
    column: int


def start_of(path: Path) -> Place:
    """Give the start of a file."""
    return Place(str(path), 1, 1)


def problem_at(place: Place, what: str, remedy: str) -> Problem:
    """Make a problem for a place."""
    return Problem(place.file, place.line, place.column, what, remedy)


def read(path: Path) -> Read:
    """Read a file; the node is None if there is any problem."""
    start = start_of(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        what = sentence("berkas tidak ada")
        return None, (problem_at(start, what, sentence("buat berkas ini")),)
    except OSError as error:
        return None, (
            problem_at(
                start,
                sentence("berkas tidak dapat dibaca (%(reason)s)", reason=error.strerror),
                sentence("periksa apakah berkas ada dan boleh dibaca"),
            ),
        )
    return parse(raw, str(path))


def parse(raw: bytes, file: str, bounds: Bounds = OWN) -> Read:
    """Read the bytes of a file; the node is None if there is any problem."""
    text, problems = _decoded(raw, file, bounds)
    if problems:
        return None, problems
    problems = tuple(_scan(text, file, bounds))
    if problems:
        return None, problems
    try:
        root = yaml.compose(text, Loader=CBaseLoader)
    except (yaml.YAMLError, ValueError) as error:  # pragma: no cover - the scan saw it all
        return None, (_not_yaml(error, file),)
    if root is None:
        return None, (_empty(file),)
    found: list[Problem] = []
    node = _node(root, file, bounds, found)
    return (None, tuple(found)) if found else (node, ())


def _decoded(raw: bytes, file: str, bounds: Bounds) -> tuple[str, tuple[Problem, ...]]:
    start = Place(file, 1, 1)
    if len(raw) > bounds.largest:
        what = sentence("berkas lebih besar dari %(limit)s kB", limit=bounds.largest // 1024)
        return "", (problem_at(start, what, sentence("bagi menjadi beberapa berkas bab")),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        what = sentence("berkas bukan teks UTF-8")
        remedy = sentence("simpan ulang berkas dengan pengodean UTF-8")
        return "", (problem_at(_place_after(before, file), what, remedy),)
    text = bounds.raw(text.replace("\r\n", "\n"))
    return text, tuple(_forbidden(text, file))


def _forbidden(text: str, file: str) -> Iterator[Problem]:
    for count, match in enumerate(_FORBIDDEN.finditer(text)):
        if count == _MOST_PROBLEMS:
            return
        yield _bad_character(match[0], _place_after(text[: match.start()], file))


def _bad_character(character: str, place: Place) -> Problem:
    return problem_at(
        place,
        sentence("karakter U+%(code)s tidak boleh dipakai", code=f"{ord(character):04X}"),
        sentence("hapus karakter itu lalu ketik ulang katanya"),
    )


def _place_after(before: str, file: str) -> Place:
    line = before.count("\n") + 1
    return Place(file, line, len(before) - (before.rfind("\n") + 1) + 1)


def _scan(text: str, file: str, bounds: Bounds) -> Iterator[Problem]:
    """Look at the events, before anything is built, for what is refused."""
    depth = count = documents = 0
    found = 0
    try:
        for event in yaml.parse(text, Loader=CBaseLoader):
            count += 1
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            place = _event_place(event, file)
            if depth > bounds.deepest or count > bounds.events or documents > 1:
                yield _too_much(place, bounds, depth=depth, documents=documents)
                return
            for problem in _refused(event, place, bounds):
                yield problem
                found += 1
            if found > _MOST_PROBLEMS:
                return
    except (yaml.YAMLError, ValueError) as error:
        yield _not_yaml(error, file)


def _too_much(place: Place, bounds: Bounds, *, depth: int, documents: int) -> Problem:
    if documents > 1:
        what = sentence("berkas berisi lebih dari satu dokumen")
        return problem_at(place, what, sentence("hapus garis --- dan pisahkan menjadi dua berkas"))
    if depth > bounds.deepest:
        what = sentence("isi bersarang lebih dari %(limit)s tingkat", limit=bounds.deepest)
        return problem_at(place, what, sentence("sederhanakan susunannya"))
    what = sentence("berkas berisi lebih dari %(limit)s unsur", limit=bounds.events)
    return problem_at(place, what, sentence("bagi menjadi beberapa berkas bab"))


def _refused(event: yaml.Event, place: Place, bounds: Bounds) -> Iterator[Problem]:
    if isinstance(event, yaml.AliasEvent):
        what = sentence("rujukan *%(name)s tidak boleh dipakai", name=str(event.anchor)[:40])
        yield problem_at(place, what, sentence("tulis isinya lengkap di tempat ini"))
        return
    if not isinstance(event, yaml.NodeEvent):
        return
    if event.anchor is not None:
        what = sentence("jangkar &%(name)s tidak boleh dipakai", name=event.anchor[:40])
        yield problem_at(place, what, sentence("hapus tanda & beserta namanya"))
    if tag := getattr(event, "tag", None):
        what = sentence("penanda jenis “%(name)s” tidak boleh dipakai", name=tag[:40])
        yield problem_at(place, what, sentence("hapus tanda seru beserta namanya"))
    if isinstance(event, yaml.ScalarEvent):
        yield from refused_text(bounds.text(event.value), place, longest=bounds.longest)


def refused_text(text: str, place: Place, *, longest: int = LONGEST_SCALAR) -> Iterator[Problem]:
    """Give what no file may say: also for texts that are written to a file later."""
    if text == "<<":
        what = sentence("kunci gabungan << tidak boleh dipakai")
        yield problem_at(place, what, sentence("tulis isinya lengkap di tempat ini"))
    if len(text) > longest:
        what = sentence("teks lebih panjang dari %(limit)s karakter", limit=longest)
        yield problem_at(place, what, sentence("persingkat teks ini"))
    if match := _FORBIDDEN.search(text):
        yield _bad_character(match[0], place)


def _node(root: yaml.Node, file: str, bounds: Bounds, found: list[Problem]) -> Node:
    place = _place(root.start_mark, file)
    if isinstance(root, yaml.MappingNode):
        return _table(root, place, bounds, found)
    if isinstance(root, yaml.SequenceNode):
        return Sequence(tuple(_node(entry, file, bounds, found) for entry in root.value), place)
    return Scalar(unicodedata.normalize("NFC", bounds.text(root.value)), place)


def _table(root: yaml.MappingNode, place: Place, bounds: Bounds, found: list[Problem]) -> Table:
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key_node, value_node in root.value:
        key = _node(key_node, place.file, bounds, found)
        value = _node(value_node, place.file, bounds, found)
        if not isinstance(key, Scalar):
            what = sentence("kunci harus berupa teks")
            found.append(problem_at(key.place, what, sentence("tulis kunci sebagai satu kata")))
        elif key.text in entries:
            first = entries[key.text][0].place.line
            what = sentence("kunci “%(key)s” ditulis dua kali", key=key.text[:40])
            remedy = sentence("hapus salah satu; yang pertama ada di baris %(line)s", line=first)
            found.append(problem_at(key.place, what, remedy))
        else:
            entries[key.text] = (key, value)
    return Table(tuple(entries.values()), place)


def _event_place(event: yaml.Event, file: str) -> Place:
    return _place(event.start_mark, file) if event.start_mark else Place(file, 1, 1)


def _place(mark: _Mark, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _not_yaml(error: Exception, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = _place(mark, file) if mark else Place(file, 1, 1)
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    return problem_at(
        place,
        sentence("susunan YAML tidak sah (%(detail)s)", detail=str(detail)[:120]),
        sentence("periksa lekukan, titik dua dan tanda kutip di baris ini dan sebelumnya"),
    )


def _empty(file: str) -> Problem:
    what = sentence("berkas kosong")
    return problem_at(Place(file, 1, 1), what, sentence("isi atau hapus berkas ini"))
