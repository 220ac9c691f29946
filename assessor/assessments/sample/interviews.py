"""With how many people of which kind did the team speak, and which items lean on that?

Counted once for the whole assessment; items lean on the count by a basis of their own, which the
same act puts there, renews when the count changes, or takes away.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.assessments.checklist.entries import MOST_PEOPLE
from assessor.assessments.checklist.recording import Receipt, take_entries
from assessor.assessments.events import InterviewsCounted
from assessor.assessments.models import Assessment, Basis, BasisKind
from assessor.assessments.people import PEOPLE
from assessor.assessments.queries import asked_items
from assessor.assessments.sample.content import interview_counts
from assessor.assessments.sample_models import InterviewCount
from assessor.assessments.team_work import begin, lock_for_team
from assessor.instruments.queries import get_checklist
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence, Stale
from checklists.model import Checklist, Item, Method

# what the operations say of where they come from, and what marks a basis as of this count
DEVICE = "wawancara"
COMMON = "all"

_OWN = Sentence(
    "Wawancara dicatat tim penilai. Pada penilaian mandiri, catat jumlahnya pada butirnya."
)
_CLOSED = Sentence("Penilaian ini tidak sedang diisi, jadi wawancara tidak dapat diubah.")
_NOBODY = Sentence(
    "Isi dulu jumlah orang yang diwawancarai, lalu pilih butir yang bersandar padanya."
)
_CHANGED = Sentence(
    "Jumlah wawancara diubah orang lain sejak Anda membuka halaman ini. Bandingkan, lalu simpan "
    "lagi."
)


@dataclass(frozen=True)
class Counted:
    """A count as somebody typed it, and what it was when they began."""

    count: int
    seen: int


def interview_items(checklist: Checklist, assessment: Assessment) -> dict[str, Item]:
    """The items of an assessment that are checked by interviews."""
    asked = asked_items(checklist, assessment)
    return {name: item for name, item in asked.items() if Method.W in item.methods}


def common_basis(bases: Sequence[Basis]) -> Basis | None:
    """The basis among these that leans on the count of the whole assessment."""
    return next(
        (
            each
            for each in bases
            if each.kind is BasisKind.interviews and each.detail.get("sheet") == COMMON
        ),
        None,
    )


def record_interviews(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    counts: Mapping[str, Counted],
    add: Collection[str],
    drop: Collection[str],
    key: str,
) -> list[Receipt]:
    """Keep the counts, let more items lean on them (`add`) or fewer (`drop`), and renew those that
    lean already. `key` is the page's own. Raises NotPermitted, Refused, Stale."""
    with write(session, actor, clock) as work:
        assessment = lock_for_team(work, assessment_id, own=_OWN, closed=_CLOSED)
        items = interview_items(get_checklist(session, assessment.edition), assessment)
        kinds = _count(work, assessment, counts)
        leaning = _leaning(session, assessment)
        wanted = (set(leaning) | (set(add) & set(items))) - set(drop)
        if wanted and not kinds:
            raise Refused(_NOBODY)
        raw = _operations(work, assessment, key, (leaning, wanted, kinds))
        return take_entries(work, assessment, raw)


def _count(work: Work, assessment: Assessment, counts: Mapping[str, Counted]) -> dict[str, int]:
    """Change the counts that were changed; the counts as they are then."""
    rows = {
        row.kind: row
        for row in work.session.execute(
            select(InterviewCount).where(InterviewCount.assessment_id == assessment.id)
        ).scalars()
    }
    changed = False
    for kind, said in counts.items():
        if kind not in PEOPLE or not 0 <= said.count <= MOST_PEOPLE:
            raise Refused(
                Sentence("Isi jumlah dengan angka bulat, 0 sampai %(most)s.", {"most": MOST_PEOPLE})
            )
        row = rows.get(kind)
        standing = row.count if row is not None else 0
        if said.count in {said.seen, standing}:
            continue
        if standing != said.seen:
            raise Stale(_CHANGED)
        changed = True
        if row is None:
            rows[kind] = InterviewCount(assessment_id=assessment.id, kind=kind, count=said.count)
            work.session.add(rows[kind])
        else:
            row.count = said.count
    kinds = {kind: rows[kind].count for kind in PEOPLE if kind in rows and rows[kind].count}
    if changed:
        begin(assessment)
        work.record(
            InterviewsCounted(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                people=sum(kinds.values()),
            )
        )
    return kinds


def _leaning(session: Session, assessment: Assessment) -> dict[str, Basis]:
    """Item → the basis by which it leans on the count."""
    bases: dict[str, list[Basis]] = {}
    for basis in session.execute(
        select(Basis).where(
            Basis.assessment_id == assessment.id,
            Basis.kind == BasisKind.interviews,
            Basis.removed_by.is_(None),
        )
    ).scalars():
        bases.setdefault(basis.item, []).append(basis)
    found = {item: common_basis(each) for item, each in bases.items()}
    return {item: basis for item, basis in found.items() if basis is not None}


Leaning = tuple[Mapping[str, Basis], Collection[str], Mapping[str, int]]


def _operations(
    work: Work, assessment: Assessment, key: str, leaning_wanted_kinds: Leaning
) -> list[dict[str, Any]]:
    leaning, wanted, kinds = leaning_wanted_kinds
    found = []
    for item in sorted({*leaning, *wanted}):
        basis = leaning.get(item)
        if basis is not None and item in wanted and basis.detail["kinds"] == kinds:
            continue
        if basis is not None:
            found.append(_operation(work, assessment, key, item, {"remove": basis.op_id}))
        if item in wanted:
            detail = {"kind": "interviews", "kinds": dict(kinds), "note": "", "sheet": COMMON}
            found.append(_operation(work, assessment, key, item, {"add": detail}))
    return found


def _operation(
    work: Work, assessment: Assessment, key: str, item: str, value: Mapping[str, Any]
) -> dict[str, Any]:
    told = "\x1f".join((assessment.id, key, item, str(value)))
    return {
        "op_id": f"w{hashlib.sha256(told.encode()).hexdigest()[:39]}",
        "device": DEVICE,
        "seq": 0,
        "item": item,
        "field": "basis",
        "value": dict(value),
        "base_op": None,
        "edition": assessment.edition,
        "at": work.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def copy_interviews(session: Session, old: Assessment, new: Assessment) -> None:
    """The counts of an assessment, for its revision."""
    for kind, count in interview_counts(session, old.id).items():
        session.add(InterviewCount(assessment_id=new.id, kind=kind, count=count))
