"""How does a draft begin, change, and end: proposed, approved by somebody else, published?

Each verb is one transaction and one act in the journal. A change names the version of each part
that its author had seen; where somebody else was quicker nothing is written over. What was
approved is a fingerprint: an edition is published only if the draft still makes exactly that one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.client_identity import looks_like, refuse_identity
from assessor.database.base import new_id
from assessor.instruments.draft_models import (
    Draft,
    DraftAuthor,
    DraftOrigin,
    DraftPart,
    DraftSource,
    DraftStatus,
)
from assessor.instruments.draft_reading import Drafted, ids_ever, read_draft
from assessor.instruments.events import DraftEdited, DraftStarted
from assessor.instruments.queries import get_checklist, published_checklists
from assessor.instruments.reading import read_instruments
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence, Stale
from checklists.checking import item_part, requirement_part
from checklists.drafted import next_id, order_part, part_of, required_by
from checklists.item import Citation, Critical, Method
from checklists.material import Material, Texts, material_from, material_of
from checklists.model import Checklist
from standards.canonical import canonical_json
from standards.model import Origin
from standards.reading import CODE, NAME
from standards.yaml_source import Problem

CHANGED = Sentence(
    "Bagian ini baru saja diubah orang lain. Yang Anda tulis masih ada di bawah; bandingkan, lalu "
    "simpan lagi."
)
NOT_OPEN = Sentence("Rancangan ini sedang tidak disunting. Minta dikembalikan dulu.")
_EDITION = re.compile(r"(.*?)([0-9]+)")
UNFINISHED = (DraftStatus.open, DraftStatus.proposed, DraftStatus.approved)
MOST_TEXT = 20_000
MOST_ENTRIES = 5_000
LONGEST_EDITION = 20
LONGEST_ID = 40


class PartChanged(Stale):
    """Somebody else changed a part meanwhile."""

    def __init__(self) -> None:
        super().__init__(CHANGED)


class NotReadable(Refused):
    """The texts are not built as the library's files are; `problems` says where and what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            Sentence(
                "Berkas ini belum dapat dijadikan rancangan: %(first)s.",
                {"first": f"{problems[0].what}; {problems[0].remedy}"},
            )
        )
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Change:
    """What somebody wants a part to say (None: retired), and which version they had seen."""

    content: Any
    seen: int | str


# ---- beginning ----


def start_draft(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    standard: Texts,
    checklist: Texts,
    based: Sequence[Texts] = (),
) -> Draft:
    """Begin a draft with YAML texts by file name, as in a folder of the library: `standard.yaml`
    or `checklist.yaml` and the chapters. What they say may still be wrong; that is mended in the
    draft. Raises NotReadable where they are not built like that, and Refused."""
    material, problems = material_from(standard, checklist, based)
    if material is None:
        raise NotReadable(problems)
    return start_from_material(session, actor, clock, material=material)


def start_from_material(
    session: Session, actor: Actor, clock: Clock, *, material: Material
) -> Draft:
    """Begin a draft with values as the YAML has them. Raises Refused."""
    _refuse_unkept(material)
    _refuse_named(material)
    with write(session, actor, clock) as work:
        return _begin(work, material, edition=str(material.checklist.get("edition", "")))


def start_from_edition(session: Session, actor: Actor, clock: Clock, *, fingerprint: str) -> Draft:
    """Begin the next edition of a published one; with a standard or a checklist that is based on
    a full one, of that. Raises Refused."""
    with write(session, actor, clock) as work:
        full = _full(session, fingerprint)
        newest = _family(session, full)
        material = material_of(full, newest)
        edition = next_edition(
            full.edition,
            {each.edition for each in published_checklists(session) if each.id == full.id},
        )
        return _begin(work, material, edition=edition, base=full.fingerprint)


def next_edition(edition: str, taken: set[str]) -> str:
    """`2026.1` → `2026.2`: the last number raised until the name is free."""
    found = _EDITION.fullmatch(edition)
    stem, number = (found[1], int(found[2])) if found else (f"{edition}.", 1)
    while True:
        number += 1
        if f"{stem}{number}" not in taken:
            return f"{stem}{number}"


def _full(session: Session, fingerprint: str) -> Checklist:
    """The full checklist that an edition is, is based on, or is judged by."""
    instrument = read_instruments(session, [fingerprint]).get(fingerprint)
    if isinstance(instrument, Checklist):
        return get_checklist(session, instrument.full)
    found = [
        each
        for each in published_checklists(session)
        if each.derivation is None and each.standard.fingerprint == fingerprint
    ]
    if not found:
        raise Refused(
            Sentence("Belum ada instrumen lengkap untuk standar ini, jadi belum dapat disunting.")
        )
    return found[0]


def _family(session: Session, full: Checklist) -> list[Checklist]:
    """The newest edition of each checklist that is based on a full one."""
    newest: dict[str, Checklist] = {}
    for each in published_checklists(session):
        if each.derivation is not None and each.full == full.fingerprint:
            newest.setdefault(each.id, each)
    return [newest[name] for name in sorted(newest)]


def _refuse_unkept(material: Material) -> None:
    """Parts are told apart by their ids: without good ones nothing can be edited."""
    if not NAME.fullmatch(material.name):
        raise Refused(
            Sentence("Instrumen ini belum punya kode. Tulis kodenya pada kepala instrumen.")
        )
    for key, entries in (("requirement", material.requirements), ("item", material.items)):
        if len(entries) > MOST_ENTRIES:
            raise Refused(
                Sentence(
                    "Instrumen ini memuat lebih dari %(most)s butir. Bagi menjadi dua instrumen.",
                    {"most": MOST_ENTRIES},
                )
            )
        times = Counter(str(each.get(key, "")) for each in entries)
        bad = next((each for each, n in times.items() if n > 1 or not CODE.fullmatch(each)), None)
        if bad is not None:
            raise Refused(
                Sentence(
                    "Kode “%(code)s” kosong, tidak sah, atau ditulis dua kali. Beri setiap butir "
                    "kode sendiri.",
                    {"code": bad[:40]},
                )
            )


def _refuse_named(material: Material) -> None:
    """What a draft began with stays for good, so it names no client either."""
    for key, entries in (("requirement", material.requirements), ("item", material.items)):
        for each in entries:
            if any(looks_like(text) for text in texts_in(each)):
                raise Refused(
                    Sentence(
                        "Teks butir %(code)s memuat angka seperti NIK, nomor telepon, atau nomor "
                        "rekam medis. Hapus angkanya di berkas, lalu impor lagi.",
                        {"code": str(each.get(key, ""))[:40]},
                    )
                )


def _begin(work: Work, material: Material, *, edition: str, base: str | None = None) -> Draft:
    session, actor = work.session, work.actor
    ensure(actor, Permission.draft_edition)
    there = session.scalars(
        select(Draft).where(Draft.name == material.name, Draft.status.in_(UNFINISHED)).limit(1)
    ).first()
    if there is not None:
        raise Refused(
            Sentence(
                "Rancangan edisi %(edition)s dari instrumen ini sudah ada. Lanjutkan yang itu, "
                "atau tarik dulu.",
                {"edition": there.edition},
            )
        )
    draft = Draft(
        id=new_id(),
        name=material.name,
        edition=edition if CODE.fullmatch(edition) else "1",
        origin=DraftOrigin.imported if base is None else DraftOrigin.edition,
        base=base,
        status=DraftStatus.open,
        revision=0,
        started_by=actor.person_id or "",
        started_at=work.now,
        changed_at=work.now,
    )
    session.add(draft)
    session.flush()
    session.add(DraftSource(draft_id=draft.id, content=canonical_json(material.document())))
    _sign(work, draft)
    work.record(
        DraftStarted(
            subject=draft.id, name=draft.name, edition=draft.edition, origin=draft.origin.value
        )
    )
    return draft


def _sign(work: Work, draft: Draft) -> None:
    """Whoever starts or changes a draft is one of its authors."""
    person = work.actor.person_id or ""
    found = select(DraftAuthor.id).where(
        DraftAuthor.draft_id == draft.id, DraftAuthor.person_id == person
    )
    if work.session.execute(found).first() is None:
        work.session.add(DraftAuthor(draft_id=draft.id, person_id=person, since=work.now))


# ---- changing ----


def save_parts(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    draft_id: str,
    changes: Mapping[str, Change],
    edition: Change | None = None,
) -> int:
    """Keep what parts of a draft say now, and what the edition is called; how many differ comes
    back. All of it or nothing; of an edition the name itself is what was seen. Raises PartChanged
    where somebody else was quicker, and Refused."""
    with write(session, actor, clock) as work:
        drafted = lock_open(work, draft_id)
        _keep_seen(drafted, changes)
        changed = {
            part: change.content
            for part, change in changes.items()
            if change.content != _standing(drafted, part)
        }
        for part, content in changed.items():
            if content is None and part.startswith("words:"):
                _put(work, drafted, part, _standing(drafted, part), retired=True)
                continue
            _refuse_content(drafted, part, content)
            _put(work, drafted, part, content)
        if edition is not None and _rename(drafted.draft, edition):
            changed["edition"] = edition.content
        if changed:
            _record(work, drafted, changed)
        return len(changed)


def _rename(draft: Draft, edition: Change) -> bool:
    """Call the edition something else; whether it was called so before."""
    wanted = str(edition.content)
    if draft.edition == wanted:
        return False
    if draft.edition != edition.seen:
        raise PartChanged
    if not CODE.fullmatch(wanted) or len(wanted) > LONGEST_EDITION:
        raise Refused(Sentence("Nama edisi hanya memuat huruf, angka, titik, dan tanda hubung."))
    draft.edition = wanted
    return True


def add_item(
    session: Session, actor: Actor, clock: Clock, *, draft_id: str, section: str, item: str
) -> None:
    """Add an item, empty, at the end of a section. Raises Refused."""
    with write(session, actor, clock) as work:
        drafted = lock_open(work, draft_id)
        if section not in drafted.material.sections():
            raise Refused(Sentence("Bagian ini tidak ada. Pilih bagian dari daftar."))
        if not CODE.fullmatch(item) or len(item) > LONGEST_ID:
            raise Refused(
                Sentence("Kode butir hanya memuat huruf, angka, titik, dan tanda hubung.")
            )
        if item in used_ever(session, drafted):
            raise Refused(
                Sentence(
                    "Kode %(item)s sudah pernah dipakai. Pakai kode lain, supaya jawaban lama "
                    "tidak tertukar.",
                    {"item": item},
                )
            )
        made = empty_item(section, item)
        for part, content in made.items():
            _put(work, drafted, part, content)
        _record(work, drafted, made)


def empty_item(section: str, item: str) -> dict[str, Any]:
    """The parts of a new item: everything that must be filled in is there and empty."""
    empty = {"id": "", "en": ""}
    return {
        requirement_part(item): {
            "requirement": item,
            "section": section,
            "text": empty,
            "good": empty,
            "how": empty,
            "evidence": [empty],
            "origin": Origin.proposed.value,
            "sources": [],
            "clause": "",
        },
        item_part(item): {
            "item": item,
            "methods": [Method.D.value],
            "citation": Citation.optional.value,
            "critical": Critical.no.value,
            "weight": 1,
            "effort": 1,
        },
    }


def retire_item(
    session: Session, actor: Actor, clock: Clock, *, draft_id: str, item: str, seen: int
) -> None:
    """Take an item out of the edition to be, and its requirement if nothing else judges it.
    Raises PartChanged and Refused."""
    with write(session, actor, clock) as work:
        drafted = lock_open(work, draft_id)
        part = item_part(item)
        standing = part_of(drafted.material, part)
        if standing is None:
            raise Refused(Sentence("Butir ini tidak ada dalam rancangan. Muat ulang halaman."))
        _keep_seen(drafted, {part: Change(None, seen)})
        requirement = required_by(standing)
        judged = [required_by(each) for each in drafted.material.items].count(requirement)
        parts = [part, requirement_part(requirement)] if judged == 1 else [part]
        for each in parts:
            content = part_of(drafted.material, each)
            if content is not None:
                _put(work, drafted, each, content, retired=True)
        _record(work, drafted, parts)


def restore_item(session: Session, actor: Actor, clock: Clock, *, draft_id: str, item: str) -> None:
    """Take a retired item back as it was. Raises Refused."""
    with write(session, actor, clock) as work:
        drafted = lock_open(work, draft_id)
        kept = drafted.parts.get(item_part(item))
        if kept is None or not kept.retired:
            raise Refused(Sentence("Butir ini tidak ada dalam rancangan. Muat ulang halaman."))
        parts = [item_part(item), requirement_part(required_by(kept.content))]
        for each in parts:
            if each in drafted.parts and drafted.parts[each].retired:
                _put(work, drafted, each, drafted.parts[each].content)
        _record(work, drafted, parts)


def move_item(
    session: Session, actor: Actor, clock: Clock, *, draft_id: str, item: str, by: int, seen: int
) -> None:
    """Move an item up (-1) or down (1) within its section. Raises PartChanged and Refused."""
    with write(session, actor, clock) as work:
        drafted = lock_open(work, draft_id)
        standing = part_of(drafted.material, item_part(item))
        requirement = required_by(standing) if standing is not None else ""
        found = part_of(drafted.material, requirement_part(requirement))
        if found is None:
            raise Refused(Sentence("Butir ini tidak ada dalam rancangan. Muat ulang halaman."))
        section = str(found["section"])
        part = order_part(section)
        _keep_seen(drafted, {part: Change(None, seen)})
        order = [
            str(each["requirement"])
            for each in drafted.material.requirements
            if each.get("section") == section
        ]
        at = order.index(requirement)
        to = min(max(at + by, 0), len(order) - 1)
        if to != at:
            order.insert(to, order.pop(at))
            _put(work, drafted, part, order)
            _record(work, drafted, [part])


def used_ever(session: Session, drafted: Drafted) -> frozenset[str]:
    """Every id that an item of this instrument has or ever had."""
    standard = str(drafted.material.standard.get("standard", ""))
    return drafted.used | ids_ever(session, drafted.material.name, standard)


def proposed_id(session: Session, drafted: Drafted, section: str) -> str:
    """An id for a new item of a section that nothing ever had."""
    beside = [
        str(each.get("requirement", ""))
        for each in drafted.material.requirements
        if each.get("section") == section
    ]
    return next_id(section, used_ever(session, drafted), beside)


def lock_draft(work: Work, draft_id: str) -> Draft:
    """A draft as it is now that nobody else can change it."""
    return work.session.get_one(Draft, draft_id, populate_existing=True)


def lock_open(work: Work, draft_id: str) -> Drafted:
    """An open draft, for somebody who may change it. Raises NotPermitted and Refused."""
    ensure(work.actor, Permission.draft_edition)
    draft = lock_draft(work, draft_id)
    if draft.status is not DraftStatus.open:
        raise Refused(NOT_OPEN)
    return read_draft(work.session, draft)


def _standing(drafted: Drafted, part: str) -> Any:
    if part.startswith("order:"):
        return drafted.parts[part].content if part in drafted.parts else None
    return part_of(drafted.material, part)


def _keep_seen(drafted: Drafted, changes: Mapping[str, Change]) -> None:
    if any(drafted.version(part) != change.seen for part, change in changes.items()):
        raise PartChanged


def _refuse_content(drafted: Drafted, part: str, content: Any) -> None:
    """A part that there is, of a bearable size, naming nobody."""
    kind, _, rest = part.partition(":")
    if kind == "words":
        checklist, _, item = rest.partition(":")
        known = any(each.name == checklist for each in drafted.material.based)
        known = known and part_of(drafted.material, item_part(item)) is not None
    else:
        known = part_of(drafted.material, part) is not None
    if not known or not isinstance(content, dict):
        raise Refused(Sentence("Butir ini tidak ada dalam rancangan. Muat ulang halaman."))
    before = texts_in(_standing(drafted, part))
    new = [each for each in texts_in(content) if each not in before]
    if any(len(each) > MOST_TEXT for each in new):
        raise Refused(Sentence("Teks ini terlalu panjang. Persingkat, lalu simpan lagi."))
    refuse_identity(*new)


def texts_in(content: Any) -> list[str]:
    """Every text in a value."""
    if isinstance(content, str):
        return [content]
    if isinstance(content, dict):
        return [text for each in content.values() for text in texts_in(each)]
    if isinstance(content, list):
        return [text for each in content for text in texts_in(each)]
    return []


def _put(work: Work, drafted: Drafted, part: str, content: Any, *, retired: bool = False) -> None:
    row = work.session.get(DraftPart, (drafted.draft.id, part))
    if row is None:
        row = DraftPart(draft_id=drafted.draft.id, part=part, version=0)
        work.session.add(row)
    row.content = content
    row.retired = retired
    row.version += 1
    row.changed_by = work.actor.person_id or ""
    row.changed_at = work.now


def _record(work: Work, drafted: Drafted, parts: Iterable[str]) -> None:
    draft = drafted.draft
    draft.revision += 1
    draft.changed_at = work.now
    _sign(work, draft)
    work.record(
        DraftEdited(subject=draft.id, revision=draft.revision, parts=" ".join(sorted(parts)))
    )
