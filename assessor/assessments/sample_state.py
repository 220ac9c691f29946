"""What does the sheet of drawn files say: which files, which marks, and which choice per item?

The choice follows from the hits by the checklist's own rule. Files for which an item does not
apply count neither way.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.assessments.models import Assessment, Basis, BasisKind
from assessor.assessments.queries import State, asked_items
from assessor.assessments.sample_models import FileMark, FileSample, Mark
from checklists.model import Checklist, Item, Method
from checklists.sampling import sampled_choice


@dataclass(frozen=True)
class DrawnFile:
    """One file of a draw: its number (B1 is 1), the list it stands in and its place there."""

    number: int
    stratum: str
    position: int

    @property
    def name(self) -> str:
        """How it is called on the sheet."""
        return f"B{self.number}"


@dataclass(frozen=True)
class Tally:
    """What the files say about one item, and the choice that follows once all were looked at."""

    item: str
    met: int
    unmet: int
    not_applicable: int
    files: int
    choice: str | None

    @property
    def judged(self) -> int:
        """Files that say something about the item."""
        return self.met + self.unmet

    @property
    def looked_at(self) -> int:
        """Files with a mark."""
        return self.judged + self.not_applicable

    @property
    def complete(self) -> bool:
        """Whether every file has its mark."""
        return self.looked_at == self.files


class Standing(StrEnum):
    """How an item's score stands to the sheet."""

    empty = "empty"
    partial = "partial"
    silent = "silent"  # complete, and no file says anything
    ready = "ready"
    used = "used"
    other = "other"  # the basis is the sheet's, the score is another
    changed = "changed"  # the sheet has other numbers than the basis that was taken from it


@dataclass(frozen=True)
class Sheet:
    """The draw that counts with its marks, and the draws before it."""

    sample: FileSample
    earlier: tuple[FileSample, ...]
    items: Mapping[str, Item]
    marks: Mapping[tuple[str, int], Mark]
    tallies: Mapping[str, Tally]

    @property
    def label(self) -> str:
        """How the draw is called within its assessment: `T1`."""
        return label_of(self.sample)

    @property
    def register(self) -> int:
        """How many records there are in all lists together."""
        return register_of(self.sample)

    def files(self) -> tuple[DrawnFile, ...]:
        """The drawn files in the order of the sheet."""
        return tuple(files_of(self.sample))

    def detail(self, item: str) -> dict[str, int | str]:
        """The basis that an item gets from the sheet."""
        tally = self.tallies[item]
        return {
            "register": self.register,
            "drawn": tally.judged,
            "hits": tally.met,
            "note": "",
            "sheet": self.label,
        }

    def standing(self, item: str, state: State) -> Standing:
        """How the item's score stands to the sheet."""
        tally, basis = self.tallies[item], sheet_basis(state.bases.get(item, ()))
        if basis is not None and basis.detail != self.detail(item):
            return Standing.changed
        if basis is not None:
            same = state.answered(item) == tally.choice
            return Standing.used if same else Standing.other
        if not tally.looked_at:
            return Standing.empty
        if not tally.complete:
            return Standing.partial
        return Standing.ready if tally.choice is not None else Standing.silent


def label_of(sample: FileSample) -> str:
    """`T1`: the number of a draw, T for telusur."""
    return f"T{sample.number}"


def register_of(sample: FileSample) -> int:
    """How many records there are in all lists of a draw together."""
    return sum(stratum["register"] for stratum in sample.strata)


def files_of(sample: FileSample) -> Iterator[DrawnFile]:
    """B1, B2, …: list after list, rising within each, as one takes them from the shelf."""
    places = (
        (stratum["stratum"], position)
        for stratum in sample.strata
        for position in stratum["positions"]
    )
    for number, (stratum, position) in enumerate(places, start=1):
        yield DrawnFile(number, stratum, position)


def sheet_basis(bases: Sequence[Basis]) -> Basis | None:
    """The basis among these that was taken from a sheet."""
    return next(
        (each for each in bases if each.kind is BasisKind.sample and each.detail.get("sheet")),
        None,
    )


def record_items(checklist: Checklist, assessment: Assessment) -> dict[str, Item]:
    """The items of an assessment that are checked by records."""
    asked = asked_items(checklist, assessment)
    return {name: item for name, item in asked.items() if Method.R in item.methods}


def list_samples(session: Session, assessment_id: str) -> list[FileSample]:
    """All draws of an assessment, the one that counts first: one query."""
    return list(
        session.execute(
            select(FileSample)
            .where(FileSample.assessment_id == assessment_id)
            .order_by(FileSample.number.desc())
        ).scalars()
    )


def marks_of(session: Session, sample_id: str) -> dict[tuple[str, int], FileMark]:
    """(Item, file) → the row of its box, once somebody has touched it: one query."""
    rows = session.execute(select(FileMark).where(FileMark.sample_id == sample_id)).scalars()
    return {(row.item, row.file): row for row in rows}


def tally(checklist: Checklist, item: str, files: int, marks: Sequence[Mark]) -> Tally:
    """Count the marks of one item."""
    counted = Counter(marks)
    met, unmet = counted[Mark.met], counted[Mark.unmet]
    whole = len(marks) == files and met + unmet > 0
    return Tally(
        item=item,
        met=met,
        unmet=unmet,
        not_applicable=counted[Mark.not_applicable],
        files=files,
        choice=sampled_choice(checklist, met + unmet, met) if whole else None,
    )


def read_sheet(session: Session, assessment: Assessment, checklist: Checklist) -> Sheet | None:
    """The sheet as it stands; None before the first draw: two queries."""
    samples = list_samples(session, assessment.id)
    if not samples:
        return None
    sample, *earlier = samples
    items = record_items(checklist, assessment)
    marks = {
        box: row.mark
        for box, row in marks_of(session, sample.id).items()
        if row.mark is not None and row.item in items
    }
    by_item: dict[str, list[Mark]] = {name: [] for name in items}
    for (name, _file), mark in marks.items():
        by_item[name].append(mark)
    tallies = {name: tally(checklist, name, sample.size, found) for name, found in by_item.items()}
    return Sheet(sample, tuple(earlier), items, marks, tallies)
