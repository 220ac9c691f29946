"""What may a device send, and what is wrong with what it sent?

An entry is one thing somebody typed or tapped: a value for a field of an item, with the last
operation the device had seen for that field. Nothing here touches the database.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessor.assessments.models import BasisKind
from assessor.assessments.people import PEOPLE
from assessor.client_identity import refuse_identity
from assessor.sentences import Refused, Sentence
from checklists.model import NOT_APPLICABLE, Checklist, Item
from standards.canonical import canonical_json, fingerprint

TEXT_FIELDS = ("reason", "facts", "recommendation")
FIELDS = ("choice", *TEXT_FIELDS, "basis")
LONGEST_TEXT = 10_000
LONGEST_WORD_LIST = 300
MOST_AT_ONCE = 500
MOST_PEOPLE = 500  # of one kind, spoken with in one assessment
MOST_SETTLED = 50  # one entry decides between what a few people entered, not more

_ID = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
# These two go into the journal in clear, for good: marks only, no room for words.
_DEVICE = re.compile(r"[A-Za-z0-9._-]{0,64}", re.ASCII)
_DEVICE_TIME = re.compile(r"[0-9TZ:.+-]{0,40}", re.ASCII)
# where a basis was taken from: a draw of the sheet, or the interviews of the whole assessment
_DRAW = re.compile(r"T[1-9][0-9]{0,3}", re.ASCII)
_COMMON = re.compile(r"all", re.ASCII)
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """One operation as a device sent it, well-formed. `value` is text; a basis is JSON text."""

    op_id: str
    device: str
    seq: int
    item: str
    field: str
    value: str | None
    base_op: str | None
    edition: str
    at: str
    settles: tuple[str, ...]
    payload: str


def _wrong(text: str, **values: str | int) -> Refused:
    return Refused(Sentence(text, values))


def _whole(text: str) -> str:
    """Halves of characters replaced: an emoji that was cut in two costs itself, not the text."""
    return _HALVES.sub("\ufffd", text)


def _short(raw: Mapping[str, Any], name: str, longest: int) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise _wrong("Kiriman ini rusak di bagian %(name)s. Muat ulang halaman.", name=name)
    return _whole(value)


def _marks(raw: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _wrong("Kiriman ini rusak di bagian %(name)s. Muat ulang halaman.", name=name)
    return value


def _optional_id(raw: Mapping[str, Any], name: str) -> str | None:
    value = raw.get(name)
    if value in (None, ""):
        return None
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _wrong("Kiriman ini rusak di bagian %(name)s. Muat ulang halaman.", name=name)
    return value


def _value(raw: Mapping[str, Any], field: str) -> str | None:
    value = raw.get("value")
    if field == "basis":
        if not isinstance(value, dict):
            raise _wrong("Dasar nilai ini tidak lengkap. Isi lagi, lalu simpan.")
        # what was understood is kept, not whatever else came along
        return canonical_json(parse_basis(value).document()).decode()
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _wrong("Kiriman ini rusak di bagian %(name)s. Muat ulang halaman.", name="value")
    value = _whole(value.replace("\r\n", "\n").strip())
    if len(value) > LONGEST_TEXT:
        raise _wrong(
            "Isian ini terlalu panjang: %(length)s huruf, paling banyak %(most)s. Ringkas dulu.",
            length=len(value),
            most=LONGEST_TEXT,
        )
    if "\x00" in value:
        raise _wrong("Isian ini memuat huruf yang tidak dapat disimpan. Ketik ulang.")
    return value or None


def parse_entry(raw: object) -> Entry:
    """Read what a device sent. Raises Refused with a sentence for the person."""
    if not isinstance(raw, dict):
        raise _wrong("Kiriman ini rusak. Muat ulang halaman, lalu coba lagi.")
    op_id = _optional_id(raw, "op_id")
    field = raw.get("field")
    seq = raw.get("seq", 0)
    settles = raw.get("settles") or []
    if op_id is None or field not in FIELDS or not isinstance(seq, int) or isinstance(seq, bool):
        raise _wrong("Kiriman ini rusak. Muat ulang halaman, lalu coba lagi.")
    if (
        not isinstance(settles, list)
        or len(settles) > MOST_SETTLED
        or not all(isinstance(each, str) and _ID.fullmatch(each) for each in settles)
    ):
        raise _wrong("Kiriman ini rusak di bagian %(name)s. Muat ulang halaman.", name="settles")
    entry = Entry(
        op_id=op_id,
        device=_marks(raw, "device", _DEVICE),
        seq=min(max(seq, 0), 2**31 - 1),
        item=_short(raw, "item", 40),
        field=field,
        value=_value(raw, field),
        base_op=_optional_id(raw, "base_op"),
        edition=_short(raw, "edition", 80),
        at=_marks(raw, "at", _DEVICE_TIME),
        settles=tuple(settles),
        payload="",
    )
    document = {**entry.__dict__, "settles": list(entry.settles)}
    return Entry(**{**entry.__dict__, "payload": fingerprint(document)})


def check_entry(entry: Entry, checklist: Checklist, asked: Mapping[str, Item]) -> None:
    """Whether the entry makes sense for the instrument. Raises Refused."""
    if entry.edition != checklist.fingerprint:
        raise _wrong("Halaman ini memuat edisi instrumen yang lain. Muat ulang halaman.")
    if entry.item not in asked:
        raise _wrong(
            "Butir %(item)s tidak termasuk penilaian ini. Muat ulang halaman.", item=entry.item
        )
    if entry.field == "choice" and not (
        entry.value is None or entry.value == NOT_APPLICABLE or checklist.has_choice(entry.value)
    ):
        raise _wrong(
            "Nilai %(value)s tidak ada pada skala. Pilih salah satu nilai yang tersedia.",
            value=entry.value or "",
        )


@dataclass(frozen=True)
class BasisChange:
    """A basis to add (with its detail) or to remove (by the operation that added it)."""

    remove: str | None = None
    kind: BasisKind | None = None
    evidence_id: str | None = None
    detail: Mapping[str, Any] | None = None

    def document(self) -> dict[str, Any]:
        """As it is kept; reading it again gives the same change."""
        if self.kind is None:
            return {"remove": self.remove}
        cited = {} if self.evidence_id is None else {"evidence": self.evidence_id}
        return {"add": {"kind": self.kind.value, **cited, **(self.detail or {})}}


def _words(raw: Mapping[str, Any], name: str, *, needed: str | None = None) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_WORD_LIST or "\x00" in value:
        raise _wrong("Keterangan dasar nilai terlalu panjang. Ringkas dulu.")
    value = _whole(value.strip())
    if needed is not None and not value:
        raise _wrong(needed)
    refuse_identity(value)
    return value


def _count(raw: Mapping[str, Any], name: str, most: int) -> int:
    value = raw.get(name)
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise _wrong("Isi jumlah dengan angka bulat, 0 sampai %(most)s.", most=most)
    return value


def _sighted(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "what": _words(raw, "what", needed="Tulis apa yang dilihat."),
        "where": _words(raw, "where"),
        "when": _words(raw, "when"),
    }


def _sample(raw: Mapping[str, Any]) -> dict[str, Any]:
    register, drawn = _count(raw, "register", 100_000), _count(raw, "drawn", 1_000)
    hits = _count(raw, "hits", 1_000)
    if not hits <= drawn <= register or drawn == 0:
        raise _wrong(
            "Berkas yang sesuai tidak boleh melebihi yang ditelusur, dan yang ditelusur tidak "
            "boleh melebihi isi register. Periksa angkanya."
        )
    numbers = {"register": register, "drawn": drawn, "hits": hits, "note": _words(raw, "note")}
    return {**numbers, **_from_sheet(raw, _DRAW)}


def _from_sheet(raw: Mapping[str, Any], form: re.Pattern[str]) -> dict[str, Any]:
    """That a basis was taken from what the team keeps once for all items: from which draw, or
    from the one list of interviews."""
    sheet = raw.get("sheet")
    return {"sheet": sheet} if isinstance(sheet, str) and form.fullmatch(sheet) else {}


def _interviews(raw: Mapping[str, Any]) -> dict[str, Any]:
    kinds = raw.get("kinds")
    if not isinstance(kinds, dict) or not kinds or len(kinds) > 12:
        raise _wrong("Isi jumlah orang yang diwawancarai, paling sedikit satu kelompok.")
    counts = {}
    for name in kinds:
        if name not in PEOPLE:  # kinds only: a name typed here would stay for good
            raise _wrong("Pilih kelompok orang dari daftar, tanpa nama, lalu isi jumlahnya.")
        if count := _count(kinds, name, MOST_PEOPLE):
            counts[name] = count
    if not counts:
        raise _wrong("Isi jumlah orang yang diwawancarai, paling sedikit satu kelompok.")
    return {"kinds": counts, "note": _words(raw, "note"), **_from_sheet(raw, _COMMON)}


_DETAILS = {
    BasisKind.sighted: _sighted,
    BasisKind.sample: _sample,
    BasisKind.interviews: _interviews,
}


def parse_basis(value: Mapping[str, Any]) -> BasisChange:
    """Read the value of a basis entry. Raises Refused with a sentence for the person."""
    remove = value.get("remove")
    if remove is not None:
        if not isinstance(remove, str) or not _ID.fullmatch(remove):
            raise _wrong("Dasar nilai yang dihapus tidak dikenal. Muat ulang halaman.")
        return BasisChange(remove=remove)
    raw = value.get("add")
    if not isinstance(raw, dict) or raw.get("kind") not in tuple(BasisKind):
        raise _wrong("Pilih jenis dasar nilai: bukti, dilihat, telusur berkas, atau wawancara.")
    kind = BasisKind(raw["kind"])
    if kind is BasisKind.evidence:
        evidence_id = raw.get("evidence")
        if not isinstance(evidence_id, str) or not _ID.fullmatch(evidence_id):
            raise _wrong("Pilih bukti yang ditautkan.")
        return BasisChange(kind=kind, evidence_id=evidence_id, detail={})
    return BasisChange(kind=kind, detail=_DETAILS[kind](raw))
