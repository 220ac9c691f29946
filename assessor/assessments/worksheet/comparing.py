"""What would the sheet set, what was changed in the system meanwhile, and what is refused?

Nothing is written here; the same is found again when it is entered.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.assessments.checklist.entries import LONGEST_TEXT
from assessor.assessments.models import Answer, Assessment
from assessor.assessments.queries import asked_items
from assessor.assessments.worksheet.reading import Filled, Rejected, Written
from assessor.assessments.worksheet.workbooks import standing
from assessor.client_identity import why_not
from assessor.sentences import Refused, Sentence
from checklists.model import NOT_APPLICABLE, Checklist


@dataclass(frozen=True)
class Change:
    """A cell beside what stands in the system now."""

    written: Written
    now: str | None
    now_op: str | None

    @property
    def clashes(self) -> bool:
        """Whether the system has something else since the sheet was fetched."""
        return self.now_op != self.written.base_op

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.written.field}-{self.written.item}"


@dataclass(frozen=True)
class Compared:
    """Everything on the sheet that is not in the system yet."""

    changes: tuple[Change, ...]
    rejected: tuple[Rejected, ...]

    @property
    def settled(self) -> tuple[Change, ...]:
        """What is set without a question."""
        return tuple(each for each in self.changes if not each.clashes)

    @property
    def clashing(self) -> tuple[Change, ...]:
        """Where a person chooses."""
        return tuple(each for each in self.changes if each.clashes)


def answers_of(session: Session, assessment: Assessment) -> Mapping[str, Answer]:
    """What stands now, by item: one query."""
    found = session.scalars(select(Answer).where(Answer.assessment_id == assessment.id))
    return {answer.item: answer for answer in found}


def compare(
    filled: Filled, assessment: Assessment, checklist: Checklist, answers: Mapping[str, Answer]
) -> Compared:
    """Hold a sheet against the system. Raises Refused for a sheet of something else."""
    if filled.assessment_id != assessment.id:
        raise Refused(
            Sentence("Lembar ini milik penilaian lain. Unggah di halaman penilaian yang benar.")
        )
    if filled.edition != checklist.fingerprint:
        raise Refused(
            Sentence(
                "Lembar ini memakai edisi instrumen yang lain. Unduh lembar baru, lalu salin "
                "isinya."
            )
        )
    asked = asked_items(checklist, assessment)
    changes: list[Change] = []
    rejected = list(filled.rejected)
    for each in filled.written:
        why = _why_rejected(each, checklist, asked=each.item in asked)
        if why is not None:
            rejected.append(Rejected(each.cell, each.item, why))
            continue
        now, now_op = standing(answers.get(each.item), each.field)
        if each.value != now:
            changes.append(Change(each, now, now_op))
    return Compared(tuple(changes), tuple(rejected))


def _why_rejected(written: Written, checklist: Checklist, *, asked: bool) -> Sentence | None:
    if not checklist.has_item(written.item):
        return Sentence("Butir ini tidak dikenal. Jangan mengubah kolom Butir.")
    if not asked:
        return Sentence("Butir ini tidak berlaku pada penilaian ini.")
    value = written.value
    if value is None:
        return None
    if written.field == "choice":
        if value == NOT_APPLICABLE or checklist.has_choice(value):
            return None
        return Sentence("Nilai ini tidak ada pada skala. Pilih dari daftarnya.")
    if len(value) > LONGEST_TEXT:
        return Sentence("Isian ini terlalu panjang. Ringkas dulu.")
    return why_not(value)
