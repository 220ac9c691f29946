"""What does a JSON file say, and on which line does something in it stand?

Bounded: size, depth and the number of values. No key twice in an object, no NaN; numbers stay text.
JSON has no places, so what is looked for by its id is found in the text again.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from standards.sentence import sentence
from standards.yaml_source import Place, Problem, problem_at

LARGEST = 16 * 2**20
_DEEPEST = 100
_MOST_VALUES = 2_000_000
_ID = re.compile(r'"id"\s*:\s*"([^"\\]{1,200})"')


@dataclass(frozen=True)
class JsonFile:
    """An object at the top, and the lines on which ids stand."""

    top: Mapping[str, Any]
    lines: Mapping[str, Place]
    start: Place

    def place(self, name: str) -> Place:
        """Give where an id stands; the start of the file if it is not there."""
        return self.lines.get(name, self.start)


class _Twice(ValueError):
    """A key stands twice in an object."""


def read_json(raw: bytes, file: str) -> tuple[JsonFile | None, tuple[Problem, ...]]:
    """Read a file; None if there is a problem."""
    start = Place(file, 1, 1)
    if len(raw) > LARGEST:
        what = sentence("berkas lebih besar dari %(limit)s MB", limit=LARGEST // 2**20)
        return None, (problem_at(start, what, sentence("bagi berkas ini menjadi beberapa berkas")),)
    try:
        text = raw.decode("utf-8-sig")
        top = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=str,
            parse_float=str,
            parse_constant=_constant,
        )
        sum(1 for _ in _walk(top))
    except UnicodeDecodeError:
        what = sentence("berkas bukan teks UTF-8")
        remedy = sentence("simpan ulang berkas dengan pengodean UTF-8")
        return None, (problem_at(start, what, remedy),)
    except UnicodeEncodeError as error:
        code = f"{ord(error.object[error.start]):04X}"
        what = sentence("karakter U+%(code)s tidak boleh dipakai", code=code)
        remedy = sentence("hapus karakter itu lalu ketik ulang katanya")
        return None, (problem_at(start, what, remedy),)
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        what = sentence("susunan JSON tidak sah (%(detail)s)", detail=error.msg)
        return None, (problem_at(place, what, sentence("periksa koma, kurung, dan tanda kutip")),)
    except _Twice as error:
        what = sentence("kunci “%(key)s” ditulis dua kali", key=_shown(str(error)))
        return None, (problem_at(start, what, sentence("hapus salah satu")),)
    except (RecursionError, ValueError):
        what = sentence("isi JSON terlalu dalam, terlalu banyak, atau bukan data biasa")
        return None, (problem_at(start, what, sentence("sederhanakan susunannya")),)
    if not isinstance(top, dict):
        what = sentence("di sini harus ada objek JSON")
        return None, (problem_at(start, what, sentence("awali berkas dengan {")),)
    return JsonFile(top, dict(_lines(text, file)), start), ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Twice(_first_twice(name for name, _ in pairs))
    return made


def _shown(key: str) -> str:
    return key[:40].encode(errors="replace").decode()


def _first_twice(names: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


def _walk(top: Any) -> Iterator[None]:
    """Pass by every value; ValueError when there are too many, when they lie too deep, or when a
    text holds half a character, which no page can show."""
    waiting, count = [(top, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if depth > _DEEPEST or count > _MOST_VALUES:
            raise ValueError(count)
        yield None
        if isinstance(value, str):
            value.encode()
        if isinstance(value, dict):
            "".join(value).encode()
            waiting += [(each, depth + 1) for each in value.values()]
        elif isinstance(value, list):
            waiting += [(each, depth + 1) for each in value]


def _lines(text: str, file: str) -> Iterator[tuple[str, Place]]:
    """Give the place of every id; of one that comes twice that of the last."""
    line, line_start, at = 1, 0, 0
    for match in _ID.finditer(text):
        breaks = text.count("\n", at, match.start())
        if breaks:
            line, line_start = line + breaks, text.rfind("\n", at, match.start()) + 1
        at = match.start()
        yield match[1], Place(file, line, at - line_start + 1)
