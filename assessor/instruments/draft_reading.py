"""What does a draft say now, and what is wrong with it?

Put together from what it began with and its parts: three queries, however large it is. Each worker
keeps what a draft began with (it never changes) and the last check by the draft's revision, so that
a page costs only what changed since.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.instruments.draft_models import (
    Draft,
    DraftAuthor,
    DraftOrigin,
    DraftPart,
    DraftSource,
    DraftStatus,
)
from assessor.instruments.models import Edition, EditionKind
from assessor.instruments.reading import read_instruments
from checklists.checking import CHECKLIST, STANDARD, Checked, KnownNodes, Trouble, check
from checklists.drafted import compose, used_ids
from checklists.material import Material
from checklists.model import Checklist
from standards.model import Standard
from standards.sentence import sentence

_MOST_KEPT = 8


@dataclass(frozen=True)
class Part:
    """A part that was changed: what it says, how often it was changed, whether it is retired."""

    content: Any
    version: int
    retired: bool

    @property
    def stands(self) -> Any:
        """What it says in the edition; None when it is retired."""
        return None if self.retired else self.content


@dataclass(frozen=True)
class _Kept:
    """What a worker remembers of a draft."""

    source: Material
    nodes: KnownNodes
    lock: Lock


_kept: OrderedDict[str, _Kept] = OrderedDict()
_checks: OrderedDict[tuple[str, int], Checked] = OrderedDict()


@dataclass(frozen=True)
class Drafted:
    """A draft as it stands."""

    draft: Draft
    source: Material
    parts: Mapping[str, Part]
    material: Material
    taken: frozenset[tuple[str, str]]

    def version(self, part: str) -> int:
        """How often a part was changed; 0 is how it began."""
        return self.parts[part].version if part in self.parts else 0

    @property
    def open(self) -> bool:
        """Whether it is edited."""
        return self.draft.status is DraftStatus.open

    @property
    def retired(self) -> tuple[str, ...]:
        """The parts that were taken out."""
        return tuple(name for name, part in self.parts.items() if part.retired)

    @cached_property
    def used(self) -> frozenset[str]:
        """Every id that the draft has or ever had."""
        return used_ids(self.source, self.parts)

    @cached_property
    def checked(self) -> Checked:
        """What the loader says, and whether an edition of that name was published already."""
        found = _check(self)
        wrong = tuple(self._taken())
        if not wrong:
            return found
        return Checked(None, (), (*wrong, *found.troubles))

    def _taken(self) -> list[Trouble]:
        checklist = (self.material.name, str(self.material.checklist.get("edition", "")))
        standard = (
            str(self.material.standard.get("standard", "")),
            str(self.material.standard.get("edition", "")),
        )
        imported = self.draft.origin is DraftOrigin.imported
        pairs = [(CHECKLIST, checklist), *([(STANDARD, standard)] if imported else [])]
        return [
            Trouble(
                part,
                "edition",
                sentence("edisi “%(edition)s” sudah terbit", edition=pair[1]),
                sentence("beri nama edisi yang belum pernah dipakai"),
            )
            for part, pair in pairs
            if pair in self.taken and self.draft.status is not DraftStatus.published
        ]


def read_draft(session: Session, draft: Draft) -> Drafted:
    """A draft with everything that is in it."""
    source = _keep(session, draft.id).source
    rows = session.execute(
        select(DraftPart.part, DraftPart.content, DraftPart.version, DraftPart.retired)
        .where(DraftPart.draft_id == draft.id)
        .order_by(DraftPart.part)
    )
    parts = {row.part: Part(row.content, row.version, row.retired) for row in rows}
    material = compose(
        source,
        {name: part.stands for name, part in parts.items()},
        edition=draft.edition,
        follows=draft.origin is DraftOrigin.edition,
    )
    names = (material.name, str(material.standard.get("standard", "")))
    taken = session.execute(select(Edition.name, Edition.edition).where(Edition.name.in_(names)))
    return Drafted(draft, source, parts, material, frozenset((row[0], row[1]) for row in taken))


def authors_of(session: Session, draft_id: str) -> frozenset[str]:
    """Who started or changed a draft."""
    return frozenset(
        session.scalars(select(DraftAuthor.person_id).where(DraftAuthor.draft_id == draft_id))
    )


def ids_ever(session: Session, name: str, standard: str) -> frozenset[str]:
    """Every id of an item or requirement in any published edition of an instrument."""
    fingerprints = session.scalars(
        select(Edition.fingerprint).where(
            ((Edition.kind == EditionKind.checklist) & (Edition.name == name))
            | ((Edition.kind == EditionKind.standard) & (Edition.name == standard))
        )
    ).all()
    used: set[str] = set()
    for each in read_instruments(session, fingerprints).values():
        if isinstance(each, Checklist):
            used |= {item.id for item in each.items}
        held: Standard = each.standard if isinstance(each, Checklist) else each
        used |= {requirement.id for requirement in held.requirements}
    return frozenset(used)


def list_drafts(session: Session) -> list[Draft]:
    """Every draft, the last changed first, what is finished last."""
    rows = session.scalars(select(Draft).order_by(Draft.changed_at.desc(), Draft.id)).all()
    done = {DraftStatus.published, DraftStatus.withdrawn}
    return sorted(rows, key=lambda each: each.status in done)


def _keep(session: Session, draft_id: str) -> _Kept:
    if (known := _kept.get(draft_id)) is None:
        content = session.execute(
            select(DraftSource.content).where(DraftSource.draft_id == draft_id)
        ).scalar_one()
        known = _Kept(Material.from_document(json.loads(content)), KnownNodes(), Lock())
        _kept[draft_id] = known
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return known


def _check(drafted: Drafted) -> Checked:
    key = (drafted.draft.id, drafted.draft.revision)
    if (known := _checks.get(key)) is not None:
        return known
    kept = _kept.get(drafted.draft.id)
    if kept is None:
        found = check(drafted.material)
    else:
        with kept.lock:
            found = check(drafted.material, kept.nodes)
    _checks[key] = found
    while len(_checks) > _MOST_KEPT:
        _checks.popitem(last=False)
    return found
