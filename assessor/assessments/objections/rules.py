"""Until when may somebody object to a result?

A rule of the programme and no part of an edition: an example until the directorate approves its
own.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from assessor.auditees.models import Auditee
from assessor.journal.work import HOURS_AHEAD
from assessor.organization.working_days import after_working_days, holidays_of

WORKING_DAYS = 10
# who approved that; None: *contoh, belum disahkan*
APPROVED_BY: str | None = None


def last_day(session: Session, auditee: Auditee, sealed_at: datetime) -> date:
    """The last day on which one may object: working days of the responsible office after the
    day of the seal, in the auditee's time."""
    sealed_on = (sealed_at + timedelta(hours=HOURS_AHEAD[auditee.time_zone])).date()
    holidays = holidays_of(session, auditee.responsible_office_id)
    return after_working_days(sealed_on, WORKING_DAYS, holidays)
