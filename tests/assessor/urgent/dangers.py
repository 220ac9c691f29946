"""Urgent reports for tests, made by the real services."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from assessor.access.actor import Actor
from assessor.database.base import new_id
from assessor.journal.work import Clock
from assessor.urgent.models import UrgentReport, Verdict
from assessor.urgent.queries import content_hash
from assessor.urgent.services import Decided, Seen, decide_report, report_urgent


def seen(**more: Any) -> Seen:
    """What somebody saw: a locked room, today."""
    values: dict[str, Any] = {
        "report_id": new_id(),
        "kind": "confinement",
        "facts": "KANARI: satu ruang terkunci dari luar, 3 orang di dalamnya.",
        "affected": 3,
        "seen_on": date(2026, 11, 21),
        "seen_at": "10:30",
        "place": "bangunan belakang",
        "done": "Pintu dibuka, 3 orang dipindahkan ke ruang biasa.",
        "told": ("police", "social"),
        **more,
    }
    return Seen(**values)


def report(
    session: Session,
    actor: Actor,
    clock: Clock,
    auditee_id: str,
    *,
    assessment_id: str | None = None,
    **more: Any,
) -> str:
    """Report it; the id of the report."""
    return report_urgent(
        session,
        actor,
        clock,
        auditee_id=auditee_id,
        assessment_id=assessment_id,
        seen=seen(**more),
    )


def decide(
    session: Session,
    actor: Actor,
    clock: Clock,
    report_id: str,
    *,
    verdict: Verdict = Verdict.founded,
    hold_until: date | None = None,
    reason: str = "Sudah diperiksa bersama polisi.",
) -> None:
    """Decide it as it stands."""
    shown = content_hash(session, session.get_one(UrgentReport, report_id))
    decide_report(
        session,
        actor,
        clock,
        report_id=report_id,
        decided=Decided(verdict=verdict, reason=reason, hold_until=hold_until),
        shown_hash=shown,
    )
