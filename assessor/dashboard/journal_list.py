"""Which entries of the journal are asked for, and what do they say in words?"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from assessor.accounts.models import Person
from assessor.assessments.models import Assessment
from assessor.auditees.models import Auditee
from assessor.dashboard.journal_words import ACTS
from assessor.journal.models import JournalEntry, JournalText
from assessor.journal.work import HOURS_AHEAD
from assessor.ui.current import say, the_zone

PAGE = 50
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class Asked:
    """The filter: an act, a person's or an auditee's name, days in the reader's time."""

    act: str = ""
    person: str = ""
    auditee: str = ""
    first: date | None = None
    last: date | None = None

    def address(self, endpoint: str = "journal.index", **more: str) -> str:
        """A page with this filter."""
        values = {
            "act": self.act,
            "person": self.person,
            "auditee": self.auditee,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            **more,
        }
        query = urlencode({name: value for name, value in values.items() if value})
        return url_for(endpoint) + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Change:
    """One row that an entry changed: where, how, and the values in words."""

    where: str
    kind: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EntryLine:
    """One entry in the reader's words."""

    seq: int
    at: datetime
    act: str
    who: str
    about: str
    href: str
    why: str
    changes: tuple[Change, ...]
    hash: str


def _midnight(day: date) -> datetime:
    ahead = timedelta(hours=HOURS_AHEAD[the_zone()])
    return datetime.combine(day, time(), tzinfo=UTC) - ahead


def _like(words: str) -> str:
    return "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def entries(asked: Asked) -> Select[Any]:
    """The entries asked for, the newest first."""
    statement = select(JournalEntry).order_by(JournalEntry.seq.desc())
    if asked.act in ACTS:
        statement = statement.where(JournalEntry.act == asked.act)
    if asked.person:
        people = select(Person.id).where(Person.name.ilike(_like(asked.person), escape="\\"))
        statement = statement.where(JournalEntry.actor_id.in_(people))
    if asked.auditee:
        named = select(Auditee.id).where(
            Auditee.name.ilike(_like(asked.auditee), escape="\\")
            | (Auditee.reference == asked.auditee.upper())
        )
        statement = statement.where(JournalEntry.auditee_id.in_(named))
    if asked.first is not None:
        statement = statement.where(JournalEntry.at >= _midnight(asked.first))
    if asked.last is not None:
        statement = statement.where(JournalEntry.at < _midnight(asked.last + timedelta(days=1)))
    return statement


def _names(session: Session, found: Sequence[JournalEntry]) -> tuple[dict[str, str], ...]:
    people = session.execute(
        select(Person.id, Person.name).where(
            Person.id.in_({each.actor_id for each in found if each.actor_id})
        )
    ).all()
    auditees = session.execute(
        select(Auditee.id, Auditee.name).where(
            Auditee.id.in_({each.auditee_id for each in found if each.auditee_id})
        )
    ).all()
    audits = session.execute(
        select(Assessment.id, Assessment.reference).where(
            Assessment.id.in_({each.subject_id for each in found})
        )
    ).all()
    return (
        {key: name for key, name in people},  # noqa: C416  rows are no plain pairs to dict()
        {key: name for key, name in auditees},  # noqa: C416
        {key: name for key, name in audits},  # noqa: C416
    )


def _words(value: Any, kept: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        return kept.get(value.get("#", ""), str(_("(dihapus menurut hukum)")))
    return "–" if value is None else str(value)


def _read(entry: JournalEntry) -> Mapping[str, Any]:
    """The body; one that was altered so that it cannot be read stops no page. That it was altered
    is what `journal verify` says."""
    try:
        body = json.loads(entry.body)
        fits = all(len(change) == 4 and change[1] in "+~-" for change in body["changes"])
        return {"changes": body["changes"] if fits else [], "why": body["why"]}
    except (ValueError, KeyError, TypeError):
        return _UNREADABLE


_UNREADABLE: Mapping[str, Any] = {"changes": [], "why": None}


def _changes(body: Mapping[str, Any], kept: Mapping[str, str]) -> tuple[Change, ...]:
    kinds = {"+": _("baru"), "~": _("diubah"), "-": _("dihapus")}
    secret = {"password_hash", "secret_hash"}
    return tuple(
        Change(
            where=f"{table}/{key}",
            kind=str(kinds[kind]),
            values=tuple(
                (name, "•••" if name in secret else _words(value, kept))
                for name, value in sorted(values.items())
            ),
        )
        for table, kind, key, values in body["changes"]
    )


def in_words(session: Session, found: Sequence[JournalEntry]) -> list[EntryLine]:
    """Entries as the reader sees them: four queries however many they are."""
    people, auditees, audits = _names(session, found)
    texts: dict[int, dict[str, str]] = {}
    for text in session.scalars(
        select(JournalText).where(JournalText.seq.in_([each.seq for each in found]))
    ):
        texts.setdefault(text.seq, {})[text.digest] = text.words
    lines = []
    for entry in found:
        body = _read(entry)
        kept = texts.get(entry.seq, {})
        act = ACTS.get(entry.act)
        audit = audits.get(entry.subject_id, "")
        about = " · ".join(
            part for part in (auditees.get(entry.auditee_id or "", ""), audit) if part
        )
        lines.append(
            EntryLine(
                seq=entry.seq,
                at=entry.at,
                act=say(act) if act else entry.act,
                who=people.get(entry.actor_id or "", "") or str(_("sistem")),
                about=about,
                href=url_for("assessments.page", assessment_id=entry.subject_id)
                if audit
                else url_for("auditees.page", auditee_id=entry.auditee_id)
                if entry.auditee_id in auditees
                else "",
                why=_words(body["why"], kept) if body["why"] else "",
                changes=_changes(body, kept),
                hash=entry.hash,
            )
        )
    return lines


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def as_csv(lines: Iterable[EntryLine]) -> str:
    """The entries for a spreadsheet, times in UTC."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["seq", "at_utc", "act", "who", "about", "why", "hash"])
    for line in lines:
        at = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        cells = (str(line.seq), at, line.act, line.who, line.about, line.why, line.hash)
        writer.writerow([_safe(cell) for cell in cells])
    return out.getvalue()
