"""YAML is read as text, with places, and hostile files are refused by name."""

import os
import time
from pathlib import Path

import pytest

from standards.yaml_source import (
    LARGEST_FILE,
    LONGEST_SCALAR,
    Node,
    Place,
    Problem,
    Scalar,
    Sequence,
    Table,
    parse,
    read,
)


def plain(node: Node | None) -> object:
    """Give a node as dictionaries, lists and text."""
    if isinstance(node, Table):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(entry) for entry in node.entries]
    return node.text if isinstance(node, Scalar) else None


def parsed(text: str) -> object:
    node, problems = parse(text.encode(), "a.yaml")
    assert problems == ()
    return plain(node)


def refused(raw: bytes) -> tuple[Problem, ...]:
    node, problems = parse(raw, "a.yaml")
    assert node is None
    return problems


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "on",
        "~",
        "null",
        "1.10",
        "011",
        "12:30",
        "0x1F",
        "1e3",
        "2026-01-02",
        ".inf",
        "=",
    ],
)
def test_every_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert parsed(f"a: {text}\n") == {"a": text}
    assert parsed(f"{text}: a\n") == {text: "a"}


def test_nothing_written_is_an_empty_text() -> None:
    assert parsed("a:\nb: ''\n") == {"a": "", "b": ""}


def test_comments_folds_and_escapes_are_read() -> None:
    text = 'a: >-  # komentar\n  satu\n  dua\nb: |\n  baris\nc: "\\u00e9\\tX"\n'
    assert parsed(text) == {"a": "satu dua", "b": "baris\n", "c": "é\tX"}


def test_text_is_in_its_composed_form() -> None:
    assert parsed("a: e\u0301\n") == {"a": "\u00e9"}


def test_a_mark_of_byte_order_and_windows_lines_do_no_harm() -> None:
    node, problems = parse(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "a.yaml")
    assert (plain(node), problems) == ({"a": "1", "b": "2"}, ())


def test_every_node_remembers_its_place() -> None:
    node, _ = parse(b"a:\n  - b: c\n  - d\n", "x/a.yaml")
    assert isinstance(node, Table)
    key, entries = node.entries[0]
    assert isinstance(entries, Sequence)
    assert key.place == Place("x/a.yaml", 1, 1)
    assert [entry.place for entry in entries.entries] == [
        Place("x/a.yaml", 2, 5),
        Place("x/a.yaml", 3, 5),
    ]


def test_a_problem_is_written_as_a_compiler_does() -> None:
    problem = Problem("bab/01-a.yaml", 3, 7, "kunci ganda", "hapus salah satu")
    assert str(problem) == "bab/01-a.yaml:3:7: kunci ganda; hapus salah satu"


DEEP = b"[" * 100_000
HOSTILE = {
    "deep flow": (DEEP, "bersarang lebih dari 16"),
    "deep flow, closed": (DEEP + b"]" * 100_000, "bersarang lebih dari 16"),
    "deep block": (b"".join(b" " * n + b"a:\n" for n in range(30)), "bersarang lebih dari 16"),
    "deep block sequence": (b"- " * 5_000 + b"a", "bersarang lebih dari 16"),
    "one level too deep": (b"[" * 17 + b"]" * 17, "bersarang lebih dari 16"),
    "anchor": (b"a: &x 1\n", "jangkar &x"),
    "alias": (b"a: &x 1\nb: *x\n", "rujukan *x"),
    "alias to nothing": (b"b: *x\n", "rujukan *x"),
    "laughing": (
        b"a: &a [l,l]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
        "jangkar &a",
    ),
    "merge key": (b"a:\n  <<: {b: c}\n", "kunci gabungan <<"),
    "merge list": (b"x: {<<: [{a: 1}, {b: 2}]}\n", "kunci gabungan <<"),
    "python object": (b"!!python/object/apply:os.system ['id']\n", "penanda jenis"),
    "string tag": (b"a: !!str 1\n", "penanda jenis"),
    "local tag": (b"a: !x {b: c}\n", "penanda jenis"),
    "bare tag": (b"a: ! b\n", "penanda jenis"),
    "binary tag": (b"a: !!binary aGk=\n", "penanda jenis"),
    "unknown tag handle": (b"a: !e!x b\n", "susunan YAML tidak sah"),
    "second document": (b"a: 1\n---\nb: 2\n", "lebih dari satu dokumen"),
    "second document after the end": (b"a: 1\n...\nb: 2\n", "susunan YAML tidak sah"),
    "duplicate key": (b"a: 1\nb: 2\na: 3\n", "ditulis dua kali"),
    "duplicate key, quoted otherwise": (b"a: 1\n'a': 3\n", "ditulis dua kali"),
    "duplicate key, composed otherwise": ("é: 1\ne\u0301: 2\n".encode(), "ditulis dua kali"),
    "list as key": (b"? [a, b]\n: c\n", "kunci harus berupa teks"),
    "table as key": (b"{a: b}: c\n", "kunci harus berupa teks"),
    "too large": (b"#" * (LARGEST_FILE + 1), "lebih besar dari 512 kB"),
    "too many nodes": (b"[" + b"a," * 70_000 + b"]", "lebih dari 60000 unsur"),
    "long scalar": (b"a: " + b"x" * (LONGEST_SCALAR + 1), "lebih panjang dari 20000"),
    "not UTF-8": (b"a: \xe9\n", "bukan teks UTF-8"),
    "UTF-16": ("a: 1\n".encode("utf-16"), "bukan teks UTF-8"),
    "overlong UTF-8": (b"a: \xc0\xaf\n", "bukan teks UTF-8"),
    "surrogate in UTF-8": (b"a: \xed\xa0\x80\n", "bukan teks UTF-8"),
    "surrogate by escape": (b'a: "\\ud800"\n', "susunan YAML tidak sah"),
    "NUL": (b"a: b\x00c\n", "karakter U+0000"),
    "NUL by escape": (b'a: "b\\0c"\n', "karakter U+0000"),
    "NUL in a key": (b'"a\\0": b\n', "karakter U+0000"),
    "bell": (b"a: b\x07\n", "karakter U+0007"),
    "escape sequence": (b'a: "\\e[31m"\n', "karakter U+001B"),
    "lone carriage return": (b"a: b\rc: d\n", "karakter U+000D"),
    "reordering mark": ("a: \u202eabc\n".encode(), "karakter U+202E"),
    "reordering mark by escape": (b'a: "\\u202e"\n', "karakter U+202E"),
    "invisible space": ("a: b\u200bc\n".encode(), "karakter U+200B"),
    "no character": ("a: \uffff\n".encode(), "karakter U+FFFF"),
    "tab as indentation": (b"a:\n\tb: c\n", "susunan YAML tidak sah"),
    "colon in plain text": (b"a: b: c\n", "susunan YAML tidak sah"),
    "open quote": (b'a: "b\n', "susunan YAML tidak sah"),
    "open bracket": (b"a: [b\n", "susunan YAML tidak sah"),
    "another version": (b"%YAML 3.0\n---\na: b\n", "susunan YAML tidak sah"),
    "empty": (b"", "berkas kosong"),
    "only a comment": (b"# nanti\n", "berkas kosong"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name_and_quickly(name: str) -> None:
    raw, said = HOSTILE[name]
    before = time.process_time()
    problems = refused(raw)
    assert time.process_time() - before < 1
    assert any(said in problem.what for problem in problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    assert all(problem.remedy for problem in problems)


def test_sixteen_levels_are_read() -> None:
    node, problems = parse(b"[" * 16 + b"]" * 16, "a.yaml")
    assert node is not None
    assert problems == ()


def test_all_refusals_come_at_once_each_with_its_place() -> None:
    problems = refused(b"a: &x 1\nb: !!int 2\nc: *x\nd:\n  <<: e\n")
    assert [(problem.line, problem.column) for problem in problems] == [
        (1, 4),
        (2, 4),
        (3, 4),
        (5, 3),
    ]


def test_the_second_of_two_keys_is_named_with_the_line_of_the_first() -> None:
    (problem,) = refused(b"a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert (problem.line, problem.column) == (4, 3)
    assert problem.remedy == "hapus salah satu; yang pertama ada di baris 2"


def test_the_place_of_a_bad_character_counts_characters() -> None:
    (problem,) = refused("a: 1\né: ü\x07\n".encode())
    assert (problem.line, problem.column) == (2, 5)


def test_the_place_of_a_bad_byte_counts_characters() -> None:
    (problem,) = refused("a: 1\nü: ".encode() + b"\xff\n")
    assert (problem.line, problem.column) == (2, 4)


@pytest.mark.parametrize("raw", [b"\x07" * 10_000, b"a: [" + b"&x 1," * 10_000 + b"]"])
def test_a_hostile_file_gets_no_endless_report(raw: bytes) -> None:
    assert 200 <= len(refused(raw)) <= 201


def test_a_file_is_read_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "01-a.yaml"
    path.write_bytes(b"a: 1\n")
    node, problems = read(path)
    assert node is not None
    assert (node.place.file, problems) == (str(path), ())


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    node, problems = read(tmp_path / "tiada.yaml")
    assert node is None
    assert problems[0].what == "berkas tidak ada"


def test_a_folder_in_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    node, problems = read(tmp_path)
    assert node is None
    assert "tidak dapat dibaca" in problems[0].what


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "besar.yaml"
    path.touch()
    os.truncate(path, 3_000_000_000)  # sparse: costs no disk
    node, problems = read(path)
    assert node is None
    assert "lebih besar" in problems[0].what
