"""How do editions get into the database and in force?"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.instruments.events import EditionApproved, EditionPublished
from assessor.instruments.models import Approval, Edition, EditionKind
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence
from checklists.library import Library, load_all
from standards.canonical import canonical_json


class FaultyLibrary(Exception):
    """The YAML has problems; `problems` lists each with its place and remedy."""

    def __init__(self, problems: tuple[object, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def _add(
    work: Work,
    known: set[str],
    kind: EditionKind,
    *,
    fingerprint: str,
    name: str,
    edition: str,
    content: bytes,
) -> bool:
    if fingerprint in known:
        return False
    work.session.add(
        Edition(
            fingerprint=fingerprint,
            kind=kind,
            name=name,
            edition=edition,
            content=content,
            published_at=work.now,
        )
    )
    work.record(EditionPublished(subject=fingerprint, name=name, edition=edition))
    return True


def publish(session: Session, actor: Actor, clock: Clock, *, library: Library) -> int:
    """Put every edition of a library into the database that is not there yet; how many."""
    added = 0
    with write(session, actor, clock) as work:
        known = set(work.session.execute(select(Edition.fingerprint)).scalars())
        for standard in library.standards.values():
            added += _add(
                work,
                known,
                EditionKind.standard,
                fingerprint=standard.fingerprint,
                name=standard.id,
                edition=standard.edition,
                content=canonical_json(standard.document()),
            )
        for checklist in library.checklists.values():
            added += _add(
                work,
                known,
                EditionKind.checklist,
                fingerprint=checklist.fingerprint,
                name=checklist.id,
                edition=checklist.edition,
                content=canonical_json(checklist.document()),
            )
    return added


def publish_packaged(session: Session, actor: Actor, clock: Clock) -> int:
    """Publish the editions that come with the product. Raises FaultyLibrary."""
    library, problems = load_all()
    if problems:
        raise FaultyLibrary(problems)
    return publish(session, actor, clock, library=library)


def approve(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    fingerprint: str,
    decree: str,
    effective_on: date,
    approved_by: str,
    fictitious: bool,
) -> None:
    """Record the decree that puts an edition in force. Raises Refused."""
    with write(session, actor, clock) as work:
        if work.session.get(Edition, fingerprint) is None:
            raise Refused(Sentence("Edisi ini tidak ada. Terbitkan dulu, lalu sahkan."))
        approval = Approval(
            fingerprint=fingerprint,
            decree=decree,
            effective_on=effective_on,
            approved_by=approved_by,
            fictitious=fictitious,
            recorded_at=work.now,
        )
        work.session.add(approval)
        work.record(EditionApproved(subject=fingerprint, fictitious=fictitious))
