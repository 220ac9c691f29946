"""How are client files drawn, and marked on a sheet?

The team says how long each list is; the system draws positions from a seed of its own. Marks are
kept box by box: a box somebody else has filled meanwhile is never overwritten, whoever was second
learns of it and chooses.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.assessments.events import FilesDrawn, FilesMarked
from assessor.assessments.models import Assessment
from assessor.assessments.sample_models import FileMark, FileSample, Mark
from assessor.assessments.sample_state import label_of, list_samples, marks_of, record_items
from assessor.assessments.team_work import begin, lock_for_team
from assessor.client_identity import refuse_identity
from assessor.database.base import new_id
from assessor.instruments.queries import get_checklist
from assessor.journal.work import Clock, Work, write
from assessor.sentences import Refused, Sentence, Stale
from checklists.drawing import LARGEST_REGISTER, METHOD
from checklists.sampling import draw_sample
from checklists.strata import strata_for

LONGEST_REASON = 500

_CLOSED = Sentence("Penilaian ini tidak sedang diisi, jadi lembar telusur tidak dapat diubah.")
_OWN = Sentence(
    "Lembar telusur dipakai tim penilai. Pada penilaian mandiri, catat jumlahnya pada butirnya."
)
_NO_ITEMS = Sentence("Tidak ada butir yang diperiksa lewat berkas pada penilaian ini.")
_NO_FILES = Sentence("Isi jumlah berkas paling sedikit pada satu daftar, lalu ambil acak.")
_TOO_MANY = Sentence(
    "Isi jumlah berkas pada daftar, 0 sampai %(most)s. Jangan menulis nomor berkas.",
    {"most": LARGEST_REGISTER},
)
_DRAWN_MEANWHILE = Sentence(
    "Sampel lain sudah diambil sejak Anda membuka halaman ini. Muat ulang halaman dan pakai "
    "sampel yang berlaku."
)
_NO_REASON = Sentence("Tulis mengapa sampel diambil lagi. Alasan ini tercetak pada laporan.")


def lock_for_sheet(work: Work, assessment_id: str) -> Assessment:
    """The assessment, for a change of its sheet. Raises NotPermitted, Refused."""
    return lock_for_team(work, assessment_id, own=_OWN, closed=_CLOSED)


# ---- the draw ----


def draw_files(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    counts: Mapping[str, int],
    after_number: int = 0,
    reason: str = "",
    new_seed: Callable[[], str] = lambda: secrets.token_hex(16),
) -> FileSample:
    """Draw a sample from lists of these lengths. `after_number` is the draw that the person has
    seen (0: none); each after the first needs a reason. Raises NotPermitted, Refused, Stale."""
    reason = reason.strip()[:LONGEST_REASON]
    refuse_identity(reason)
    with write(session, actor, clock) as work:
        assessment = lock_for_sheet(work, assessment_id)
        checklist = get_checklist(session, assessment.edition)
        if not record_items(checklist, assessment):
            raise Refused(_NO_ITEMS)
        latest = next((each.number for each in list_samples(session, assessment.id)), 0)
        if latest != after_number:
            raise Stale(_DRAWN_MEANWHILE)
        if latest and not reason:
            raise Refused(_NO_REASON)
        seed = new_seed()
        drawn = draw_sample(checklist, seed, _lengths(assessment, counts))
        sample = FileSample(
            id=new_id(),
            assessment_id=assessment.id,
            number=latest + 1,
            method=METHOD,
            seed=seed,
            strata=[
                {
                    "stratum": each.stratum,
                    "register": each.register,
                    "positions": list(each.positions),
                }
                for each in drawn
            ],
            size=sum(len(each.positions) for each in drawn),
            reason=reason or None,
            drawn_by=actor.person_id or "",
            drawn_at=work.now,
        )
        session.add(sample)
        begin(assessment)
        work.record(
            FilesDrawn(
                subject=assessment.id,
                auditee=assessment.auditee_id,
                sample=label_of(sample),
                seed=seed,
                size=sample.size,
            ),
            why=reason,
        )
    return sample


def _lengths(assessment: Assessment, counts: Mapping[str, int]) -> dict[str, int]:
    """The lengths of the lists that this auditee keeps, all of them, in their order."""
    kept = {stratum.code for stratum in strata_for(frozenset(assessment.tags))}
    if set(counts) - kept:
        raise Refused(Sentence("Daftar klien ini tidak ada pada lembaga ini. Muat ulang halaman."))
    lengths = {
        stratum.code: counts.get(stratum.code, 0)
        for stratum in strata_for(frozenset(assessment.tags))
    }
    if not all(0 <= count <= LARGEST_REGISTER for count in lengths.values()):
        raise Refused(_TOO_MANY)
    if not sum(lengths.values()):
        raise Refused(_NO_FILES)
    return lengths


# ---- the marks ----


@dataclass(frozen=True)
class Marking:
    """A box as somebody filled it, and what it showed them before."""

    item: str
    file: int
    mark: Mark | None
    seen: Mark | None


@dataclass(frozen=True)
class Clash:
    """A box that somebody else had filled otherwise; their mark stands."""

    item: str
    file: int
    mark: Mark | None
    standing: Mark | None


def mark_files(
    session: Session,
    actor: Actor,
    clock: Clock,
    *,
    assessment_id: str,
    number: int,
    markings: Sequence[Marking],
) -> list[Clash]:
    """Keep marks of draw `number`; sending them twice changes nothing. What somebody else filled
    otherwise meanwhile is left as it is and comes back. Raises NotPermitted, Refused, Stale."""
    with write(session, actor, clock) as work:
        assessment = lock_for_sheet(work, assessment_id)
        sample = counting_sample(session, assessment, number)
        items = record_items(get_checklist(session, assessment.edition), assessment)
        boxes, clashes, changed = marks_of(session, sample.id), [], set()
        for each in markings:
            if each.item not in items or not 1 <= each.file <= sample.size:
                raise Refused(
                    Sentence("Kotak ini tidak ada pada lembar telusur. Muat ulang halaman.")
                )
            row = boxes.get((each.item, each.file))
            standing = row.mark if row is not None else None
            if standing is each.mark:
                continue
            if standing is not each.seen:
                clashes.append(Clash(each.item, each.file, each.mark, standing))
                continue
            boxes[each.item, each.file] = _put(work, sample, row, each)
            changed.add((each.item, each.file))
        if changed:
            begin(assessment)
            work.record(
                FilesMarked(
                    subject=assessment.id,
                    auditee=assessment.auditee_id,
                    sample=label_of(sample),
                    boxes=len(changed),
                )
            )
    return clashes


def counting_sample(session: Session, assessment: Assessment, number: int) -> FileSample:
    """The draw that counts, if it is the one that the person has before them. Raises Stale."""
    sample = next(iter(list_samples(session, assessment.id)), None)
    if sample is None or sample.number != number:
        raise Stale(_DRAWN_MEANWHILE)
    return sample


def _put(work: Work, sample: FileSample, row: FileMark | None, each: Marking) -> FileMark:
    if row is None:
        row = FileMark(
            assessment_id=sample.assessment_id,
            sample_id=sample.id,
            item=each.item,
            file=each.file,
        )
        work.session.add(row)
    row.mark = each.mark
    row.marked_by = work.actor.person_id or ""
    row.marked_at = work.now
    return row


# ---- a revision ----


def copy_samples(session: Session, old: Assessment, new: Assessment) -> None:
    """The draws of an assessment with the marks of the one that counts, for its revision."""
    for number, sample in enumerate(list_samples(session, old.id)):
        copied = FileSample(
            id=new_id(),
            assessment_id=new.id,
            **{
                name: getattr(sample, name)
                for name in (
                    "number", "method", "seed", "strata", "size", "reason", "drawn_by", "drawn_at",
                )
            },
        )  # fmt: skip
        session.add(copied)
        session.flush()  # its marks name it
        if number:
            continue
        for row in marks_of(session, sample.id).values():
            session.add(
                FileMark(
                    assessment_id=new.id,
                    sample_id=copied.id,
                    **{
                        name: getattr(row, name)
                        for name in ("item", "file", "mark", "marked_by", "marked_at")
                    },
                )
            )
