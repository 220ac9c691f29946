"""What may not be sealed while an auditee is on hold?

A favourable outcome. Nothing else waits: a self-assessment decides nothing, and what is not met
may be said at any time. The sentence is for the verifier; the auditee learns nothing of it.
"""

from datetime import date

from sqlalchemy.orm import Session

from assessor.assessments.judging import Judged
from assessor.assessments.models import Kind
from assessor.auditees.holds import is_held
from assessor.sentences import Sentence
from checklists.decision import Outcome

FAVOURABLE = frozenset({Outcome.compliant, Outcome.compliant_with_notes})

_ON_HOLD = Sentence(
    "Lembaga atau unit ini sedang ditangguhkan karena laporan segera, jadi hasil “memenuhi” belum "
    "dapat dikunci. Kunci setelah penangguhannya berakhir, atau kembalikan kepada tim."
)


def why_held_back(session: Session, judged: Judged, today: date) -> Sentence | None:
    """Why this may not be sealed today; None where nothing stands against it."""
    if judged.assessment.kind is Kind.self or judged.decision.outcome not in FAVOURABLE:
        return None
    return _ON_HOLD if is_held(session, judged.assessment.auditee_id, today) else None
