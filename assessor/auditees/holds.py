"""Is an auditee on hold (*ditangguhkan*), since when and because of what?

Whatever speaks in an auditee's favour asks here first: sealing a favourable outcome today,
recommending, every list that is meant for the public (`~held(Auditee.id, today)`).
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from assessor.auditees.models import Hold
from assessor.database.base import new_id
from assessor.journal.work import Work


def _lasting(on: Any) -> ColumnElement[bool]:
    return Hold.ended_at.is_(None) & or_(Hold.until.is_(None), Hold.until >= on)


def held(auditee_id: Any, on: Any) -> ColumnElement[bool]:
    """As a condition of a query: the auditee of this column is on hold on a day, which may be
    another one where it is (`queries.today_there`)."""
    return exists(select(Hold.id).where(Hold.auditee_id == auditee_id, _lasting(on)))


def is_held(session: Session, auditee_id: str, on: date) -> bool:
    """Whether the auditee is on hold on a day where it is."""
    return bool(session.execute(select(held(auditee_id, on))).scalar_one())


def holds_on(session: Session, auditee_id: str, on: date) -> tuple[Hold, ...]:
    """The holds that last on a day, the oldest first: one query."""
    return tuple(
        session.execute(
            select(Hold)
            .where(Hold.auditee_id == auditee_id, _lasting(on))
            .order_by(Hold.begun_at, Hold.id)
        ).scalars()
    )


def held_among(session: Session, auditee_ids: Collection[str], on: date) -> frozenset[str]:
    """Those of several auditees that are on hold: one query."""
    return frozenset(
        session.execute(
            select(Hold.auditee_id).where(Hold.auditee_id.in_(auditee_ids), _lasting(on))
        ).scalars()
    )


def begin_hold(work: Work, *, auditee_id: str, cause: str, cause_kind: str) -> Hold:
    """Put an auditee on hold, as part of the work that records why."""
    hold = Hold(
        id=new_id(),
        auditee_id=auditee_id,
        cause=cause,
        cause_kind=cause_kind,
        begun_at=work.now,
        until=None,
        ended_at=None,
    )
    work.session.add(hold)
    return hold


def hold_because_of(session: Session, cause: str) -> Hold | None:
    """The hold that rests on this cause, whether it lasts or not."""
    return session.execute(select(Hold).where(Hold.cause == cause)).scalar_one_or_none()
