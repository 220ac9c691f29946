"""How does a draft become an edition, or not: proposed, approved by somebody else, published?

What is approved is a fingerprint, with the decree that the approver has before them. An edition is
published only if the draft still makes exactly that one; it is never changed again, and
assessments are opened with it from the day on that the decree names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.access.decide import ensure
from assessor.access.permissions import Permission
from assessor.accounts.models import Person
from assessor.client_identity import refuse_identity
from assessor.instruments.draft_models import Draft, DraftStatus
from assessor.instruments.draft_reading import Drafted, authors_of, read_draft
from assessor.instruments.drafting import NOT_OPEN, UNFINISHED, lock_draft
from assessor.instruments.events import (
    DraftApproved,
    DraftProposed,
    DraftPublished,
    DraftReturned,
    DraftWithdrawn,
    EditionApproved,
    EditionPublished,
)
from assessor.instruments.models import Approval, Edition, EditionKind
from assessor.journal.work import Clock, Work, write
from assessor.sentences import NotPermitted, Refused, Sentence, Stale
from checklists.checking import Checked
from checklists.model import Checklist
from standards.canonical import canonical_json
from standards.canonical import fingerprint as digest
from standards.model import Standard

LONGEST_REASON = 1_000
LONGEST_DECREE = 200
NOT_BY_AUTHORS = Sentence(
    "Anda ikut menyusun rancangan ini, jadi pengesahannya dilakukan orang lain di direktorat."
)
_CHANGED = Sentence(
    "Rancangan ini berubah sejak halaman dibuka. Muat ulang, lalu baca lagi yang akan disahkan."
)


@dataclass(frozen=True, kw_only=True)
class Decree:
    """What the approver has before them, typed from the decree itself."""

    number: str
    signed_on: date
    effective_on: date


def propose_draft(
    session: Session, actor: Actor, clock: Clock, *, draft_id: str, revision: int
) -> None:
    """Put a draft before somebody else; it is not edited from then on. Raises Refused."""
    with write(session, actor, clock) as work:
        ensure(actor, Permission.draft_edition)
        draft = lock_draft(work, draft_id)
        if draft.status is not DraftStatus.open:
            raise Refused(NOT_OPEN)
        if draft.revision != revision:
            raise Stale(_CHANGED)
        checklist = _without_trouble(read_draft(session, draft))
        if checklist.fingerprint == draft.base or (not draft.revision and draft.base is not None):
            raise Refused(Sentence("Belum ada yang diubah. Ubah dulu, lalu ajukan."))
        draft.status = DraftStatus.proposed
        draft.proposed_by, draft.proposed_at = actor.person_id, work.now
        draft.reason = None
        work.record(DraftProposed(subject=draft.id, fingerprint=checklist.fingerprint))


def return_draft(
    session: Session, actor: Actor, clock: Clock, *, draft_id: str, reason: str
) -> None:
    """Give a proposed or approved draft back to its authors. Raises Refused."""
    with write(session, actor, clock) as work:
        ensure(actor, Permission.approve_edition)
        draft = lock_draft(work, draft_id)
        if draft.status not in {DraftStatus.proposed, DraftStatus.approved}:
            raise Refused(Sentence("Rancangan ini tidak sedang menunggu pengesahan."))
        draft.status = DraftStatus.open
        draft.reason = _reason(reason)
        draft.proposed_by = draft.proposed_at = draft.approved_by = draft.approved_at = None
        draft.fingerprint = draft.decree = draft.decree_on = draft.effective_on = None
        work.record(DraftReturned(subject=draft.id), why=draft.reason)


def withdraw_draft(
    session: Session, actor: Actor, clock: Clock, *, draft_id: str, reason: str
) -> None:
    """Give a draft up; it stays readable. Raises Refused."""
    with write(session, actor, clock) as work:
        ensure(actor, Permission.draft_edition)
        draft = lock_draft(work, draft_id)
        if draft.status not in UNFINISHED:
            raise Refused(Sentence("Rancangan ini sudah selesai, jadi tidak dapat ditarik."))
        draft.status = DraftStatus.withdrawn
        draft.reason = _reason(reason)
        draft.changed_at = work.now
        work.record(DraftWithdrawn(subject=draft.id), why=draft.reason)


def refuse_unless_proposed(draft: Draft) -> None:
    """Raise Refused unless a draft waits for approval."""
    if draft.status is not DraftStatus.proposed:
        raise Refused(Sentence("Rancangan ini tidak sedang menunggu pengesahan."))


def why_not_approve(session: Session, actor: Actor, draft: Draft) -> Sentence | None:
    """Why somebody does not approve a draft."""
    return NOT_BY_AUTHORS if actor.person_id in authors_of(session, draft.id) else None


def fingerprint_of(checked: Checked) -> str:
    """What somebody has read, as one mark: of every edition that the draft makes, because the
    words of a checklist based on the full one are no part of the full one's fingerprint."""
    marks = [each.fingerprint for each in checked.editions]
    return marks[0] if len(marks) == 1 else digest(marks)


def approve_draft(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    draft_id: str,
    decree: Decree,
    fingerprint: str,
    today: date,
) -> None:
    """Approve what was read (its `fingerprint_of`), by the decree that is entered. Raises Refused
    and Stale."""
    number = " ".join(decree.number.split())
    if not number or len(number) > LONGEST_DECREE:
        raise Refused(Sentence("Isi nomor keputusan, paling panjang 200 huruf."))
    refuse_identity(number)
    if decree.signed_on > today:
        raise Refused(Sentence("Tanggal keputusan tidak boleh sesudah hari ini."))
    if decree.effective_on < decree.signed_on:
        raise Refused(Sentence("Tanggal berlaku tidak boleh sebelum tanggal keputusan."))
    with write(session, actor, clock) as work:
        ensure(actor, Permission.approve_edition)
        draft = lock_draft(work, draft_id)
        refuse_unless_proposed(draft)
        if (refusal := why_not_approve(session, actor, draft)) is not None:
            raise NotPermitted(refusal)
        drafted = read_draft(session, draft)
        full = _without_trouble(drafted).fingerprint
        if fingerprint_of(drafted.checked) != fingerprint:
            raise Stale(_CHANGED)
        draft.status = DraftStatus.approved
        draft.approved_by, draft.approved_at = actor.person_id, work.now
        draft.fingerprint = full
        draft.decree, draft.decree_on = number, decree.signed_on
        draft.effective_on = decree.effective_on
        work.record(DraftApproved(subject=draft.id, fingerprint=full))


def publish_draft(
    session: Session, actor: Actor, clock: Clock, *, draft_id: str, fictitious: bool
) -> str:
    """Make an approved draft an edition for good; its fingerprint comes back. `fictitious` marks
    a decree of demonstration. Raises Refused and Stale."""
    drafted = read_draft(session, session.get_one(Draft, draft_id))
    checked, revision = drafted.checked, drafted.draft.revision
    made = [(each, canonical_json(each.document())) for each in _editions(checked.editions)]
    with write(session, actor, clock) as work:
        ensure(actor, Permission.publish_edition)
        draft = lock_draft(work, draft_id)
        if draft.status is not DraftStatus.approved or draft.fingerprint is None:
            raise Refused(Sentence("Rancangan ini belum disahkan, jadi belum dapat diterbitkan."))
        full = checked.checklist
        changed = draft.revision != revision  # since what is published was put together
        if full is None or full.fingerprint != draft.fingerprint or changed:
            raise Stale(_CHANGED)
        for instrument, content in made:
            _publish(work, draft, instrument, content, fictitious=fictitious)
        draft.status = DraftStatus.published
        draft.published_at = draft.changed_at = work.now
        work.record(DraftPublished(subject=draft.id, fingerprint=full.fingerprint))
        return full.fingerprint


def _editions(checklists: Sequence[Checklist]) -> list[Standard | Checklist]:
    """The standard first, then what judges by it."""
    standards = {each.standard.fingerprint: each.standard for each in checklists}
    return [*standards.values(), *checklists]


def _publish(
    work: Work, draft: Draft, instrument: Standard | Checklist, content: bytes, *, fictitious: bool
) -> None:
    session, fingerprint = work.session, instrument.fingerprint
    if session.get(Edition, fingerprint) is not None:
        return  # a standard in which nothing changed
    kind = EditionKind.checklist if isinstance(instrument, Checklist) else EditionKind.standard
    session.add(
        Edition(
            fingerprint=fingerprint,
            kind=kind,
            name=instrument.id,
            edition=instrument.edition,
            content=content,
            published_at=work.now,
            usable_from=draft.effective_on,
        )
    )
    work.record(
        EditionPublished(subject=fingerprint, name=instrument.id, edition=instrument.edition)
    )
    approver = session.execute(
        select(Person.name).where(Person.id == draft.approved_by)
    ).scalar_one()
    session.add(
        Approval(
            fingerprint=fingerprint,
            decree=draft.decree,
            decree_on=draft.decree_on,
            effective_on=draft.effective_on,
            approved_by=approver,
            fictitious=fictitious,
            recorded_at=work.now,
        )
    )
    work.record(EditionApproved(subject=fingerprint, fictitious=fictitious))


def _without_trouble(drafted: Drafted) -> Checklist:
    checked = drafted.checked
    if checked.checklist is None:
        raise Refused(
            Sentence(
                "Masih ada %(count)s masalah dalam rancangan ini. Perbaiki semuanya dulu.",
                {"count": len(checked.troubles)},
            )
        )
    return checked.checklist


def _reason(reason: str) -> str:
    kept = " ".join(reason.split())
    if not kept:
        raise Refused(Sentence("Tulis alasannya, supaya yang menyusun tahu apa yang diubah."))
    if len(kept) > LONGEST_REASON:
        raise Refused(Sentence("Alasan paling panjang 1.000 huruf."))
    refuse_identity(kept)
    return kept
