"""From which status leads which event to which, and whose turn is it then?

The table is all there is: pages draw their buttons from it, services refuse by it, the README's
diagram is made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessor.access.permissions import Permission
from assessor.assessments.models import Status
from assessor.sentences import Refused, Sentence


class Step(StrEnum):
    """What can happen to an assessment as a whole."""

    start = "start"
    submit = "submit"
    check = "check"
    give_back = "give_back"
    seal = "seal"
    revise = "revise"
    cancel = "cancel"


class Owner(StrEnum):
    """Whose turn it is."""

    team = "team"
    checker = "checker"
    verifier = "verifier"
    nobody = "nobody"


@dataclass(frozen=True)
class Transition:
    """One line of the table."""

    source: Status
    step: Step
    target: Status
    permission: Permission


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Status.draft, Step.start, Status.in_progress, Permission.score),
    Transition(Status.draft, Step.cancel, Status.cancelled, Permission.open_assessment),
    Transition(Status.in_progress, Step.submit, Status.submitted, Permission.submit),
    Transition(Status.returned, Step.submit, Status.submitted, Permission.submit),
    Transition(Status.submitted, Step.check, Status.checked, Permission.check),
    Transition(Status.submitted, Step.give_back, Status.returned, Permission.check),
    Transition(Status.checked, Step.give_back, Status.returned, Permission.verify),
    Transition(Status.checked, Step.seal, Status.sealed, Permission.verify),
    Transition(Status.sealed, Step.revise, Status.revised, Permission.revise),
)

OWNERS: Mapping[Status, Owner] = {
    Status.draft: Owner.team,
    Status.in_progress: Owner.team,
    Status.submitted: Owner.checker,
    Status.checked: Owner.verifier,
    Status.returned: Owner.team,
    Status.sealed: Owner.nobody,
    Status.revised: Owner.nobody,
    Status.cancelled: Owner.nobody,
}

# statuses in which answers may be entered
OPEN = frozenset({Status.draft, Status.in_progress, Status.returned})

# statuses in which the auditee sees what others wrote about it
SHOWN = frozenset({Status.submitted, Status.checked, Status.sealed, Status.revised})

# statuses in which somebody outside the team reads it and decides
DECIDING = frozenset({Status.submitted, Status.checked})

# statuses of an assessment that is not finished yet
RUNNING = OPEN | DECIDING

# statuses whose content is frozen for good
FROZEN = frozenset({Status.sealed, Status.revised})

_REFUSALS: Mapping[Step, Sentence] = {
    Step.start: Sentence("Penilaian ini sudah dimulai atau sudah selesai."),
    Step.cancel: Sentence(
        "Hanya penilaian yang belum diisi dapat dibatalkan. Yang sudah diisi dikirim atau "
        "dikembalikan."
    ),
    Step.submit: Sentence(
        "Penilaian ini tidak sedang dikerjakan, jadi tidak dapat dikirim. Muat ulang halaman "
        "untuk melihat keadaannya sekarang."
    ),
    Step.check: Sentence("Hanya penilaian yang baru dikirim dapat diperiksa."),
    Step.give_back: Sentence(
        "Hanya penilaian yang sedang diperiksa atau diverifikasi dapat dikembalikan."
    ),
    Step.seal: Sentence("Hanya penilaian yang sudah diperiksa dapat diverifikasi dan dikunci."),
    Step.revise: Sentence("Hanya penilaian yang sudah dikunci dapat direvisi."),
}


def transition(status: Status, step: Step) -> Transition:
    """The line of the table. Raises Refused with the reason the step cannot be taken."""
    for line in TRANSITIONS:
        if line.source is status and line.step is step:
            return line
    raise Refused(_REFUSALS[step])


def after(status: Status, step: Step) -> Status:
    """The status a step leads to. Raises Refused with the reason it cannot be taken."""
    return transition(status, step).target


def steps_from(status: Status) -> tuple[Transition, ...]:
    """What can happen next."""
    return tuple(line for line in TRANSITIONS if line.source is status)
