"""Which typed value does a node hold, and what is wrong if it holds none?

A `Reader` takes values out of nodes and collects problems. Where a value is missing or wrong it
notes the problem and gives a harmless stand-in ("", 0, an empty tuple), so that reading goes on
and all problems are found in one go. Whoever reads throws the result away if there are problems.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from standards.canonical import parse_fraction
from standards.folder import File, beginning, read_file
from standards.model import Text
from standards.sentence import sentence
from standards.yaml_source import (
    Node,
    Place,
    Problem,
    Scalar,
    Sequence,
    Table,
    problem_at,
)

Kind = TypeVar("Kind", bound=StrEnum)

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
CODE = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", re.ASCII)
_LONGEST_NAME = 60
_LONGEST_GUIDANCE = 2_000
_INTEGER = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True)
class Spot:
    """A text taken from a node, with its place for later checks; empty if it was no good."""

    text: str
    place: Place


class Reader:
    """Takes typed values out of nodes and collects the problems."""

    def __init__(self) -> None:
        """Start without problems."""
        self._problems: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Give the problems in the order of files and lines."""
        return tuple(sorted(set(self._problems)))

    def report(self, place: Place, what: str, remedy: str) -> None:
        """Note a problem."""
        self._problems.append(problem_at(place, what, remedy))

    def add(self, problems: Iterable[Problem]) -> None:
        """Note problems found elsewhere."""
        self._problems.extend(problems)

    def file(
        self, path: File, *, required: Collection[str], optional: Collection[str] = ()
    ) -> "Fields":
        """Read a file whose top is a table with these keys."""
        node, problems = read_file(path)
        self.add(problems)
        if node is None:
            return Fields(self, beginning(path), {})
        return self.table(node, required=required, optional=optional)

    def table(
        self, node: Node, *, required: Collection[str], optional: Collection[str] = ()
    ) -> "Fields":
        """Take a node for a table with these keys, no others."""
        if not isinstance(node, Table):
            self.report(
                node.place,
                sentence("di sini harus ada daftar kunci dan isi"),
                sentence("tulis kunci: %(keys)s", keys=", ".join(required)),
            )
            return Fields(self, node.place, {})
        known = [*required, *optional]
        fields = {key.text: value for key, value in node.entries if key.text in known}
        missing = [name for name in required if name not in fields]
        for key, _ in node.entries:
            if key.text not in known:
                meant = self._unknown_key(key, [name for name in known if name not in fields])
                # A misspelt key is one problem, not also a missing one.
                missing = [name for name in missing if name != meant]
        for name in missing:
            self.report(
                node.place,
                sentence("kunci “%(key)s” belum ada", key=name),
                sentence("tambahkan %(key)s: di bagian ini", key=name),
            )
        return Fields(self, node.place, fields)

    def text(self, node: Node, *, longest: int, form: re.Pattern[str] | None = None) -> str:
        """Take a node for a text that is not empty."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if not text:
            empty = isinstance(node, Scalar)
            what = sentence("teks masih kosong") if empty else sentence("di sini harus ada teks")
            self.report(node.place, what, sentence("isi dengan teks"))
            return ""
        if len(text) > longest:
            self.report(
                node.place,
                sentence("teks %(length)s karakter terlalu panjang", length=len(text)),
                sentence("persingkat menjadi paling banyak %(limit)s karakter", limit=longest),
            )
            return ""
        if form is not None and not form.fullmatch(text):
            self.report(
                node.place,
                sentence("“%(text)s” bukan kode yang sah", text=text[:40]),
                sentence("pakai huruf, angka dan tanda hubung saja, tanpa spasi")
                if form is CODE
                else sentence("pakai huruf kecil, angka dan tanda hubung saja, tanpa spasi"),
            )
            return ""
        return text

    def words(self, node: Node, *, longest: int = _LONGEST_GUIDANCE) -> Text:
        """Take a node for a text in both languages."""
        fields = self.table(node, required=("id", "en"))
        return Text(id=fields.text("id", longest=longest), en=fields.text("en", longest=longest))

    def kind(self, node: Node, kinds: type[Kind]) -> Kind:
        """Take a node for one of the known words."""
        known = [kind.value for kind in kinds]
        if isinstance(node, Scalar) and node.text in known:
            return kinds(node.text)
        said = node.text if isinstance(node, Scalar) else "…"
        self.report(
            node.place,
            sentence("“%(text)s” tidak dikenal di sini", text=said[:40]),
            sentence("pilih salah satu: %(known)s", known=", ".join(known)),
        )
        return next(iter(kinds))

    def entries(self, node: Node, *, least: int = 0, most: int = 5_000) -> tuple[Node, ...]:
        """Take a node for a list."""
        if not isinstance(node, Sequence):
            self.report(
                node.place,
                sentence("di sini harus ada daftar"),
                sentence("awali setiap isi dengan tanda hubung, atau tulis dalam [ ]"),
            )
            return ()
        count = len(node.entries)
        if count < least:
            what = sentence("daftar baru berisi %(count)s", count=count)
            self.report(node.place, what, sentence("isi paling sedikit %(least)s", least=least))
        if count > most:
            what = sentence("daftar berisi %(count)s", count=count)
            self.report(node.place, what, sentence("isi paling banyak %(most)s", most=most))
        return node.entries

    def known(self, spot: Spot, known: Collection[str], what: str, remedy: str) -> bool:
        """Tell whether a text is among the known; note it if not (an empty one was noted)."""
        if spot.text and spot.text not in known:
            near = difflib.get_close_matches(spot.text[:60], list(known), n=1)
            hint = sentence("mungkin maksudnya %(near)s", near=near[0]) if near else remedy
            self.report(spot.place, what, hint)
        return spot.text in known

    def once(self, spots: Iterable[Spot]) -> None:
        """Note every text that comes a second time."""
        first: dict[str, Place] = {}
        for spot in spots:
            if spot.text and spot.text in first:
                self.report(
                    spot.place,
                    sentence("“%(text)s” ditulis dua kali", text=spot.text),
                    sentence(
                        "ganti kodenya; yang pertama ada di %(file)s baris %(line)s",
                        file=Path(first[spot.text].file).name,
                        line=first[spot.text].line,
                    ),
                )
            first.setdefault(spot.text, spot.place)

    def _unknown_key(self, key: Scalar, free: Collection[str]) -> str:
        """Note a key that is not known here; give the free one that may be meant."""
        what = sentence("kunci “%(key)s” tidak dikenal", key=key.text[:40])
        near = difflib.get_close_matches(key.text[:60], list(free), n=1)
        if near:
            self.report(key.place, what, sentence("mungkin maksudnya %(near)s", near=near[0]))
            return near[0]
        self.report(key.place, what, sentence("hapus kunci ini beserta isinya"))
        return ""


class Fields:
    """The values of a table by key; a missing key gives the stand-in and is noted already."""

    def __init__(self, reader: Reader, place: Place, nodes: Mapping[str, Node]) -> None:
        """Take over what the reader found."""
        self._reader = reader
        self._nodes = nodes
        self.place = place

    @property
    def unread(self) -> bool:
        """Tell whether nothing at all could be read."""
        return not self._nodes

    def node(self, name: str) -> Node | None:
        """Give the node itself."""
        return self._nodes.get(name)

    def spot(
        self, name: str, *, form: re.Pattern[str] | None = None, longest: int = _LONGEST_NAME
    ) -> Spot:
        """Give a text with its place."""
        node = self._nodes.get(name)
        if node is None:
            return Spot("", self.place)
        return Spot(self._reader.text(node, longest=longest, form=form), node.place)

    def text(
        self, name: str, *, longest: int = _LONGEST_NAME, form: re.Pattern[str] | None = None
    ) -> str:
        """Give a text."""
        return self.spot(name, form=form, longest=longest).text

    def loose(self, name: str, *, longest: int) -> str:
        """Give a text that may be empty or left out."""
        node = self._nodes.get(name)
        if node is None or (isinstance(node, Scalar) and not node.text.strip()):
            return ""
        return self._reader.text(node, longest=longest)

    def words(self, name: str, *, longest: int = _LONGEST_GUIDANCE) -> Text:
        """Give a text in both languages."""
        node = self._nodes.get(name)
        return Text("", "") if node is None else self._reader.words(node, longest=longest)

    def kind(self, name: str, kinds: type[Kind]) -> Kind:
        """Give one of the known words."""
        node = self._nodes.get(name)
        return next(iter(kinds)) if node is None else self._reader.kind(node, kinds)

    def kinds(self, name: str, kinds: type[Kind]) -> tuple[Kind, ...]:
        """Give a list of known words, at least one, none twice."""
        nodes = self.entries(name, least=1)
        self._reader.once(Spot(node.text, node.place) for node in nodes if isinstance(node, Scalar))
        return tuple(self._reader.kind(node, kinds) for node in nodes)

    def entries(self, name: str, *, least: int = 0, most: int = 5_000) -> tuple[Node, ...]:
        """Give the nodes of a list."""
        node = self._nodes.get(name)
        return () if node is None else self._reader.entries(node, least=least, most=most)

    def integer(self, name: str, *, low: int, high: int) -> int:
        """Give a whole number within its bounds."""
        node = self._nodes.get(name)
        if node is None:
            return low
        text = node.text if isinstance(node, Scalar) else ""
        if _INTEGER.fullmatch(text) and low <= int(text) <= high:
            return int(text)
        self._reader.report(
            node.place,
            sentence("“%(text)s” tidak dapat dipakai di sini", text=text[:40]),
            sentence("tulis bilangan bulat dari %(low)s sampai %(high)s", low=low, high=high),
        )
        return low

    def share(self, name: str) -> Fraction:
        """Give a fraction from 0 to 1."""
        node = self._nodes.get(name)
        if node is None:
            return Fraction(0)
        text = node.text if isinstance(node, Scalar) else ""
        try:
            share = parse_fraction(text)
        except ValueError:
            share = Fraction(-1)
        if 0 <= share <= 1:
            return share
        self._reader.report(
            node.place,
            sentence("“%(text)s” bukan pecahan dari 0 sampai 1", text=text[:40]),
            sentence("tulis misalnya 80/100"),
        )
        return Fraction(0)
