"""What has been arranged in the house of the demonstration: kops with a drawn logo, a contact, a
service that ends, an auditee that passed to another office?

An officer who leaves (asesor-pindah@) still holds work; somebody new (asesor-baru@) could take it.
"""

from datetime import timedelta
from io import BytesIO

from sqlalchemy import select

from assessor.access.actor import SYSTEM
from assessor.assessments.models import Kind
from assessor.auditees.models import Auditee, Handover
from assessor.auditees.services import hand_over
from assessor.demo import playing
from assessor.demo.drawing import logo
from assessor.demo.playing import Round
from assessor.demo.scoring import Manner
from assessor.demo.stage import Stage
from assessor.installation.letterheads import change_letterhead, read_logo, seen_of
from assessor.installation.settings import Name, change_setting, text_of
from assessor.organization.models import Office, ServiceArea
from assessor.organization.services import end_service

WITH_LOGO = ("centre", "33", "64", "banyumas")
CONTACT = "Direktorat PLRKM (contoh), plrkm@demo.example"
ENDING = "denpasar"
PASSED = "rsud"


def arrange(stage: Stage) -> None:
    """All of it, unless it was done before."""
    _write_kops(stage)
    if not text_of(stage.session, Name.public_contact):
        change_setting(
            stage.session,
            SYSTEM,
            stage.clock,
            name=Name.public_contact,
            value=CONTACT,
            seen="",
        )
    _end_a_service(stage)


def _write_kops(stage: Stage) -> None:
    offices = [stage.session.get_one(Office, stage.offices[key]) for key in WITH_LOGO]
    missing = [(each.id, list(each.letterhead), seen_of(each)) for each in offices]
    if all(each.logo_digest for each in offices):
        return
    drawn = read_logo(stage.store, BytesIO(logo()))
    for office_id, lines, seen in missing:
        change_letterhead(
            stage.session,
            SYSTEM,
            stage.clock,
            office_id=office_id,
            lines=lines,
            logo=drawn,
            keep_logo=True,
            seen=seen,
        )


def _end_a_service(stage: Stage) -> None:
    area = stage.session.scalars(
        select(ServiceArea).where(ServiceArea.office_id == stage.offices[ENDING])
    ).one()
    if area.valid_to is None:
        end_service(
            stage.session,
            SYSTEM,
            stage.clock,
            area_id=area.id,
            valid_to=stage.today + timedelta(days=45),
        )


def plan(stage: Stage) -> None:
    """What happens later: an auditee passes on, and somebody leaves with work undone."""
    stage.plan(60, pass_one_on, stage)
    left = Round(
        "unit-30", Kind.baseline, "pembina-kab", Manner("pindah-1", 60, 20), lead="asesor-pindah"
    )
    stage.plan(40, playing.begin, stage, left)


def pass_one_on(stage: Stage) -> None:
    """An auditee that passed to the office of its province, with the reason."""
    auditee = stage.session.get_one(Auditee, stage.auditees[PASSED])
    done = select(Handover.id).where(Handover.auditee_id == auditee.id)
    if stage.session.scalars(done).first() is None:
        hand_over(
            stage.session,
            SYSTEM,
            stage.clock,
            auditee_id=auditee.id,
            from_office_id=auditee.responsible_office_id,
            to_office_id=stage.offices[auditee.regency_code[:2]],
            reason="BNNK menutup layanan di kota ini; keputusan contoh nomor 12.",
        )
