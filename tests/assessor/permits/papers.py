"""Permits and values from outside for tests, made by the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.database.base import new_id
from assessor.journal.work import Clock
from assessor.outside_values.services import NewValue, enter_value
from assessor.permits.services import NewPermit, enter_permit


def permit(session: Session, actor: Actor, clock: Clock, auditee_id: str, **more: Any) -> str:
    """Enter a permit that ended on 1 May 2026, unless said otherwise; its id."""
    values: dict[str, Any] = {
        "permit_id": new_id(),
        "kind": "clinic",
        "issuer": "Dinas Kesehatan KANARI",
        "number": "440/12/2024",
        "valid_from": date(2024, 5, 2),
        "expires_on": date(2026, 5, 1),
        **more,
    }
    return enter_permit(session, actor, clock, auditee_id=auditee_id, new=NewPermit(**values))


def value(session: Session, actor: Actor, clock: Clock, auditee_id: str, **more: Any) -> str:
    """Enter a value from outside; its id."""
    values: dict[str, Any] = {
        "value_id": new_id(),
        "kind": "ikr",
        "year": 2025,
        "value": "3,49",
        "scale": "",
        "source": "Surat hasil IKR KANARI",
        **more,
    }
    return enter_value(session, actor, clock, auditee_id=auditee_id, new=NewValue(**values))
