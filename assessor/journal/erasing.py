"""How are words forgotten when the law asks for it, so that forgetting can be told from tampering?

Only the words go, with their salt; the chain keeps the digest and an entry that says which words
were erased. Words that are gone without such an entry are named by `journal verify`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, select

from assessor.journal.events import Event
from assessor.journal.models import JournalEntry, JournalText
from assessor.journal.work import Work


@dataclass(frozen=True, kw_only=True)
class WordsErased(Event):
    """The words of an earlier entry (its number is the subject) were erased."""

    act: ClassVar[str] = "journal.words_erased"
    digests: list[str]


def erase_words(
    work: Work, seq: int, *, digests: Collection[str] | None = None, why: str = ""
) -> int:
    """Erase the words of an entry, all or those with these digests; how many there were.

    Part of a feature's own work, which asks its own permission and empties the columns that hold
    the same words.
    """
    found = select(JournalText.digest).where(JournalText.seq == seq)
    if digests is not None:
        found = found.where(JournalText.digest.in_(digests))
    gone = sorted(work.session.scalars(found))
    if not gone:
        return 0
    work.session.execute(
        delete(JournalText)
        .where(JournalText.seq == seq, JournalText.digest.in_(gone))
        .execution_options(synchronize_session=False)
    )
    auditee = work.session.scalar(select(JournalEntry.auditee_id).where(JournalEntry.seq == seq))
    work.record(WordsErased(subject=str(seq), auditee=auditee, digests=gone), why=why)
    return len(gone)
