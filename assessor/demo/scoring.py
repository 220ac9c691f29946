"""How is an assessment of the demonstration filled in? As a careful person would, by rule.

Choices come from the item's id and a seed, so each run gives the same. Words are made from the
item's own examples of evidence. Everything goes in as the operations a device would send.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessor.assessments.models import Assessment, Kind
from checklists.model import NOT_APPLICABLE, Checklist, Citation, Critical, Item, Method
from checklists.sampling import sample_size

NOT_OFFERED = "Layanan ini tidak diberikan di sini, dan tidak dijanjikan kepada klien."
_PLACES = ("ruang layanan", "ruang administrasi", "ruang konseling", "aula")


@dataclass(frozen=True)
class Manner:
    """How an assessment turns out. `full` and `part`: of 100 items, how many are met and how many
    partly; `unmet` are items that fail whatever the rule says, `met` those that do not."""

    seed: str
    full: int
    part: int
    share: int = 100  # of 100 items, how many are assessed at all
    not_applicable: int = 0  # how many items are waved, at most
    met: Collection[str] = ()
    unmet: Mapping[str, str] = field(default_factory=dict)  # item → choice
    sheet: bool = False  # files and interviews are recorded once for the whole, not item by item


def _draw(seed: str, item: str, purpose: str) -> int:
    """A number from 0 to 99 that only depends on these."""
    digest = hashlib.sha256(f"{seed}/{item}/{purpose}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100


def choices(checklist: Checklist, tags: frozenset[str], manner: Manner) -> dict[str, str]:
    """Item → choice, in standard order."""
    items = checklist.applicable(tags)
    taken = items[: max(1, len(items) * manner.share // 100)]
    waved = _waved(taken, manner)
    return {item.id: _choice(item, manner, waved) for item in taken}


def _waved(items: Collection[Item], manner: Manner) -> frozenset[str]:
    fit = [
        item.id
        for item in items
        if item.critical is Critical.no and item.id not in manner.unmet and item.section.id in "HNK"
    ]
    fit.sort(key=lambda item: _draw(manner.seed, item, "waved"))
    return frozenset(fit[: manner.not_applicable])


def _choice(item: Item, manner: Manner, waved: frozenset[str]) -> str:
    if item.id in manner.unmet:
        return manner.unmet[item.id]
    if item.id in waved:
        return NOT_APPLICABLE
    drawn = _draw(manner.seed, item.id, "choice")
    if drawn < manner.full or item.critical is not Critical.no or item.id in manner.met:
        return "2"
    return "1" if drawn < manner.full + manner.part else "0"


def _hint(item: Item, number: int) -> str:
    """One of the item's examples of evidence, as words within a sentence."""
    hints = item.requirement.evidence
    hint = hints[number % len(hints)].id if hints else item.text.id.rstrip(".")
    first, _, rest = hint.partition(" ")
    return hint if first.isupper() else f"{first[0].lower()}{first[1:]} {rest}".strip()


def _facts(item: Item, choice: str) -> str:
    if choice == "0":
        return (
            f"Saat diperiksa, {_hint(item, 0)} belum ada. Pengelola menyatakan akan menyiapkannya."
        )
    return f"Tersedia: {_hint(item, 0)}. Belum dijalankan tetap: {_hint(item, 1)}."


def _sample(checklist: Checklist, choice: str, seed: str, item: str) -> dict[str, Any]:
    register = 12 + _draw(seed, item, "register") % 30
    drawn = sample_size(checklist, register)
    hits = {"2": drawn, "1": drawn * 6 // 10}.get(choice, drawn * 2 // 10)
    return {
        "kind": "sample",
        "register": register,
        "drawn": drawn,
        "hits": hits,
        "note": "Dilihat di tempat dengan kode berkas; tidak ada yang disalin.",
    }


def _basis(checklist: Checklist, item: Item, choice: str, seed: str, visit: str) -> dict[str, Any]:
    """What the score leans on besides evidence, by the first way the item is checked."""
    if Method.R in item.methods:
        return _sample(checklist, choice, seed, item.id)
    if item.methods[0] is Method.W:
        return {
            "kind": "interviews",
            "kinds": {"petugas": 2 + _draw(seed, item.id, "staff") % 3, "klien": 2},
            "note": "Jawaban sejalan." if choice == "2" else "Sebagian jawaban berbeda.",
        }
    place = _PLACES[_draw(seed, item.id, "place") % len(_PLACES)]
    return {"kind": "sighted", "what": _hint(item, 0)[:250], "where": place, "when": visit}


@dataclass(frozen=True)
class Device:
    """Makes the operations of one assessment; the same each time."""

    assessment: Assessment
    checklist: Checklist
    evidence: Mapping[str, str]  # section or item → piece
    manner: Manner

    def operations(self) -> list[dict[str, Any]]:
        """Everything that is entered, in order."""
        chosen = choices(self.checklist, frozenset(self.assessment.tags), self.manner)
        asked = {item: choice for item, choice in chosen.items() if self._asked(item)}
        found: list[dict[str, Any]] = []
        for item, choice in asked.items():
            for name, key, value in self._entries(self.checklist.item(item), choice):
                found.append(self._operation(len(found), item, name, key, value))
        return found

    def _asked(self, item: str) -> bool:
        return self.assessment.scope is None or item in self.assessment.scope

    def _entries(self, item: Item, choice: str) -> Iterator[tuple[str, str, Any]]:
        """Field, a word that tells entries of one field apart, value."""
        yield "choice", "", choice
        if choice == NOT_APPLICABLE:
            yield "reason", "", NOT_OFFERED
            return
        own = self.assessment.kind is Kind.self
        piece = self.evidence.get(item.id) or self.evidence.get(item.section.id)
        cited = item.citation is Citation.required or _draw(self.manner.seed, item.id, "cite") < 20
        if choice != "0" and cited and piece is not None:
            yield "basis", "evidence", {"add": {"kind": "evidence", "evidence": piece}}
        if not own and (item.site_methods or Method.R in item.methods or not cited):
            visit = (self.assessment.visit_on or self.assessment.opened_at.date()).isoformat()
            basis = _basis(self.checklist, item, choice, self.manner.seed, visit)
            if not (self.manner.sheet and basis["kind"] in {"sample", "interviews"}):
                yield "basis", "seen", {"add": basis}
        if choice in {"0", "1"} and not (own and choice == "1"):
            yield "facts", "", _facts(item, choice)
        if choice == "0" and not own:
            yield "recommendation", "", item.requirement.how.id

    def _operation(self, seq: int, item: str, name: str, key: str, value: Any) -> dict[str, Any]:
        mark = f"{self.assessment.id}/{item}/{name}/{key}"
        return {
            "op_id": "demo" + hashlib.sha256(mark.encode()).hexdigest()[:28],
            "device": "contoh",
            "seq": seq,
            "item": item,
            "field": name,
            "value": value,
            "base_op": None,
            "edition": self.checklist.fingerprint,
            "at": self.assessment.opened_at.isoformat(),
        }
