"""Does every route let in exactly whom it should?

The table is written here, by hand, and asked of the running application: every route and verb
must be in it, every person tries every route, on the own and on a foreign institution's things.
Nobody who is refused learns or changes anything; no GET changes anything.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from assessor.access.actor import SYSTEM, Role
from assessor.accounts.models import Position
from assessor.accounts.services import disable_person, end_position
from assessor.assessments.models import Finding, Kind
from assessor.assessments.visit.assignment import Guest, add_guest
from assessor.assessments.visit_models import GuestMember
from assessor.auditees.changing import begin_service
from assessor.evidence.declaration import CURRENT
from assessor.evidence.models import EvidenceKind
from assessor.evidence.quarantine import report_client
from assessor.evidence.services import hand_in
from assessor.evidence.uploads import begin
from assessor.installation.letterheads import change_letterhead, read_logo, seen_of
from assessor.instruments.drafting import start_from_edition
from assessor.instruments.queries import get_checklist
from assessor.jobs.models import Job, JobState
from assessor.journal.checkpoints import load_signer
from assessor.journal.models import JournalEntry
from assessor.journal.work import write
from assessor.mail.letters import send_letter
from assessor.organization.events import OfficeOpened
from assessor.organization.models import Office, OfficeKind
from assessor.organization.services import serve_area
from assessor.reports.minutes_services import issue_minutes
from assessor.reports.services import issue_report
from tests import audits, builders
from tests.assessor.permits import papers
from tests.assessor.urgent import dangers
from tests.conftest import StandingClock

NOBODY = frozenset({"anonymous", "disabled"})
NEAR = frozenset({"assessor", "coach", "checker", "verifier", "institution", "idle_assessor"})
FAR = frozenset(
    {
        "far_assessor",
        "far_coach",
        "far_checker",
        "far_institution",
        "far_unit",
        "privacy",
        "observer",
        "administrator",
    }
)
# of the centre, and of the office that is responsible for the institution
CENTRE = frozenset({"centre_administrator"})
ADMINISTRATORS = CENTRE | {"office_administrator"}
ANY_ADMINISTRATOR = ADMINISTRATORS | {"administrator"}
SIGNED_IN = NEAR | FAR | ADMINISTRATORS | {"ended"}

TEAM = frozenset({"assessor"})
OFFICERS = frozenset({"assessor", "coach", "checker", "verifier"})
WITH_OWN = OFFICERS | {"institution"}
CHECKER = frozenset({"checker"})
REVIEWERS = frozenset({"checker", "verifier"})
VERIFIER = frozenset({"verifier"})
OWN = frozenset({"institution"})
OPENERS = frozenset({"coach", "verifier", "institution"})
OWN_WORK = frozenset({"institution", "coach", "checker", "verifier"})
ARRANGERS = frozenset({"assessor", "coach", "verifier"})
JOURNAL = frozenset({"verifier", "privacy"})
READ_OFFICES = ADMINISTRATORS | {"verifier"}
KEEPERS = ADMINISTRATORS | {"coach", "verifier"}
FAR_KEEPERS = frozenset({"administrator", "far_coach"})  # of their own, not of these
KNOW_AUDITEE = WITH_OWN | ADMINISTRATORS
IN_QUARANTINE = OWN | {"privacy"}  # who handed it in, and the privacy officer
PAPER_KEEPERS = OWN | {"coach"}
# an urgent report: the coach who made it, the checkers above and the directorate
TOLD = frozenset({"coach", "checker", "verifier"})
SOMETIMES_TOLD = OFFICERS | {"idle_assessor", "far_assessor", "far_coach", "far_checker"}


@dataclass(frozen=True)
class Line:
    """A route: who gets in, who sees the thing but is refused (403); the others find nothing.

    `about` names the thing in the address; without one those who may not get in are refused.
    """

    verb: str
    path: str
    admits: frozenset[str]
    sees: frozenset[str] = frozenset()
    about: str = ""
    public: bool = False
    data: dict[str, Any] = field(default_factory=dict)


def _public(verb: str, path: str) -> Line:
    return Line(verb, path, SIGNED_IN | NOBODY, public=True)


def _open(verb: str, path: str) -> Line:
    return Line(verb, path, SIGNED_IN)


# fmt: off
TABLE = (
    _public("GET", "/"),
    _public("GET", "/health"),
    _public("GET", "/static/ui/<path:filename>"),
    _public("GET", "/sign-in"),
    _public("POST", "/sign-in"),
    _public("GET", "/sign-in/code"),
    _public("POST", "/sign-in/code"),
    _public("POST", "/preferences"),
    _public("GET", "/check"),
    _public("GET", "/check/<code>"),
    _public("GET", "/check/file"),
    _public("POST", "/check/file"),
    _public("POST", "/sign-out"),
    _open("GET", "/profile"),
    _open("GET", "/profile/password"),
    _open("POST", "/profile/password"),
    _open("GET", "/profile/second-factor"),
    _open("POST", "/profile/second-factor"),
    _open("GET", "/profile/second-factor/codes"),
    _open("POST", "/profile/second-factor/codes"),
    _open("POST", "/profile/second-factor/codes.txt"),
    _open("GET", "/profile/second-factor/off"),
    _open("POST", "/profile/second-factor/off"),
    _open("GET", "/profile/reading"),
    _open("POST", "/profile/reading"),
    _open("GET", "/profile/phone"),
    _open("POST", "/profile/phone"),
    _open("GET", "/profile/mail"),
    _open("POST", "/profile/mail"),
    _open("POST", "/profile/mail/drop"),
    _open("GET", "/profile/mail-link/<secret>"),
    _open("POST", "/profile/mail-link/<secret>"),
    Line("POST", "/profile/sign-ins/<sign_in_id>/end", frozenset(), about="strange sign-in"),
    _open("POST", "/profile/sign-ins/end-others"),
    _public("GET", "/account-link/<secret>"),
    _public("POST", "/account-link/<secret>"),
    _public("GET", "/forgotten"),
    _public("POST", "/forgotten"),
    Line("GET", "/mail", CENTRE, about="house"),
    Line("POST", "/mail/<job_id>/discard", CENTRE, about="mail"),
    Line("POST", "/mail/<job_id>/again", CENTRE, about="mail"),
    Line("GET", "/people", ANY_ADMINISTRATOR),
    Line("GET", "/people/new", ANY_ADMINISTRATOR),
    Line("POST", "/people/new", ANY_ADMINISTRATOR),
    # somebody of an institution, whose office has an administrator; and an officer there
    *(
        Line(verb, f"/people/<person_id>{path}", who, about=about)
        for who, about in ((ADMINISTRATORS, "member"), (CENTRE, "officer"))
        for verb, path in (
            ("GET", ""),
            ("GET", "/details"),
            ("POST", "/details"),
            ("GET", "/link"),
            ("POST", "/link"),
            ("POST", "/link/mail"),
            ("GET", "/positions/new"),
            ("POST", "/positions/new"),
            ("GET", "/positions/<position_id>/end"),
            ("POST", "/positions/<position_id>/end"),
            ("POST", "/try-again"),
            ("POST", "/second-factor/reset"),
            ("POST", "/sign-ins/end"),
            ("POST", "/enable"),
            ("POST", "/disable"),
        )
    ),
    _open("GET", "/auditees"),  # lists what one may see, which may be nothing
    _open("GET", "/auditees/next"),  # the same, by what is due
    Line("GET", "/auditees/<auditee_id>", KNOW_AUDITEE, about="site"),
    Line("GET", "/auditees/<auditee_id>/comparison", WITH_OWN, about="site"),
    Line("GET", "/auditees/<auditee_id>/comparison.pdf", WITH_OWN, about="site"),
    Line("GET", "/auditees/<auditee_id>/evidence", WITH_OWN, about="site"),
    Line("GET", "/auditees/<auditee_id>/evidence/hand-in", WITH_OWN, about="site"),
    Line("GET", "/auditees/<auditee_id>/evidence/to-complete", WITH_OWN, about="site"),
    Line("POST", "/auditees/<auditee_id>/evidence/hand-in", frozenset({"assessor", "coach", "institution"}), WITH_OWN, about="site"),
    Line("POST", "/auditees/<auditee_id>/evidence/uploads", frozenset({"assessor", "coach", "institution"}), WITH_OWN, about="site"),
    Line("GET", "/uploads/<upload_id>", OWN, about="upload"),
    Line("PATCH", "/uploads/<upload_id>", OWN, about="upload"),
    Line("DELETE", "/uploads/<upload_id>", OWN, about="upload"),
    Line("GET", "/evidence/<evidence_id>", WITH_OWN, about="piece"),
    Line("GET", "/evidence/<evidence_id>/thumb", WITH_OWN, about="piece"),
    Line("GET", "/evidence/<evidence_id>/page/<int:number>", WITH_OWN, about="piece"),
    Line("GET", "/evidence/<evidence_id>/original", WITH_OWN, about="piece"),
    Line("GET", "/evidence/<evidence_id>/about", frozenset({"assessor", "coach", "institution"}), WITH_OWN, about="piece"),
    Line("POST", "/evidence/<evidence_id>/about", frozenset({"assessor", "coach", "institution"}), WITH_OWN, about="piece"),
    Line("GET", "/evidence/<evidence_id>/client-visible", WITH_OWN, about="piece"),
    Line("POST", "/evidence/<evidence_id>/client-visible", WITH_OWN, about="shut soon"),
    Line("GET", "/quarantine/<evidence_id>", IN_QUARANTINE, about="shut"),
    Line("GET", "/quarantine/<evidence_id>/page/<int:number>", IN_QUARANTINE, about="shut"),
    Line("POST", "/quarantine/<evidence_id>/end", frozenset({"privacy"}), IN_QUARANTINE, about="shut"),
    Line("POST", "/evidence/<evidence_id>/withdraw", frozenset({"assessor", "institution", "coach"}), WITH_OWN, about="piece"),
    _open("GET", "/instruments"),
    _open("GET", "/instruments/<digest>"),
    _open("GET", "/instruments/<digest>/changes"),
    _open("GET", "/instruments/<digest>/download/<file_format>"),
    _open("GET", "/instruments/template"),
    _open("GET", "/instruments/<digest>/template"),
    Line("GET", "/instruments/import", VERIFIER),
    Line("POST", "/instruments/import", VERIFIER),
    Line("POST", "/instruments/import/confirm", VERIFIER),
    # drafts are the directorate's; nobody else learns that there is one
    Line("POST", "/instruments/<digest>/draft", VERIFIER, SIGNED_IN, about="edition"),
    Line("GET", "/drafts", VERIFIER),
    *(
        Line(verb, f"/drafts/<draft_id>{path}", VERIFIER, about="draft")
        for verb, path in (
            ("GET", ""),
            ("GET", "/changes"),
            ("GET", "/download"),
            ("GET", "/about"),
            ("POST", "/about"),
            ("GET", "/sections/<section>"),
            ("POST", "/sections/<section>/items"),
            ("GET", "/items/<item>"),
            ("POST", "/items/<item>"),
            ("POST", "/items/<item>/move"),
            ("POST", "/items/<item>/retire"),
            ("POST", "/items/<item>/restore"),
            ("POST", "/propose"),
            ("GET", "/return"),
            ("POST", "/return"),
            ("GET", "/withdraw"),
            ("POST", "/withdraw"),
            ("GET", "/approve"),
            ("POST", "/approve"),
            ("POST", "/publish"),
            ("GET", "/simulation"),
            ("GET", "/preview/<checklist>"),
        )
    ),
    Line("GET", "/journal", JOURNAL),
    Line("GET", "/journal/export.csv", JOURNAL),
    Line("GET", "/journal/checkpoints", JOURNAL),
    Line("GET", "/journal/checkpoints/<checkpoint_id>", JOURNAL, about="checkpoint"),
    Line("POST", "/journal/checkpoints/make", JOURNAL),
    _open("GET", "/assessments"),
    Line("GET", "/auditees/<auditee_id>/assessments/new", OPENERS, KNOW_AUDITEE, about="site"),
    Line("POST", "/auditees/<auditee_id>/assessments/new", OPENERS, KNOW_AUDITEE, about="site"),
    # an evaluation going on: its team works, officers read, the institution does not see it yet
    Line("GET", "/assessments/<assessment_id>", OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/checklist", OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/bundle", OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/bases", TEAM, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/findings", OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/findings/<item>", OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/result", OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/answers", OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/submit", TEAM, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/check", CHECKER, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/verify", VERIFIER, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/operations", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/items/<item>", TEAM, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/citations", OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/citations/<citation>", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/citations/<citation>", TEAM, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/worksheet", TEAM, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/worksheet/file", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/worksheet", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/worksheet/enter", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/bases", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/findings/<item>", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/visit", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/submit", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/seen", REVIEWERS, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/review/<item>", REVIEWERS, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/review/<item>/remark", REVIEWERS, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/review/<item>/correct", REVIEWERS, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/check", CHECKER, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/return", VERIFIER | {"checker"}, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/verify", VERIFIER, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/revise", VERIFIER, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/cancel", VERIFIER | {"coach"}, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/sample", OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/sample", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/sample/marks", TEAM, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/interviews", OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/interviews", TEAM, OFFICERS, about="going"),
    # what surrounds the judging: the team and who opens arrange it, the team declares and closes
    Line("GET", "/assessments/<assessment_id>/assignment", ARRANGERS, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/assignment", ARRANGERS, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/team", OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/team/join", VERIFIER | {"coach"}, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/team/<person_id>", VERIFIER | {"coach"}, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/guests", ARRANGERS, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/guests/<guest_id>/remove", ARRANGERS, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/edition", ARRANGERS, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/edition", ARRANGERS, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/declaration", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/declaration", TEAM, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/meetings/<kind>", ARRANGERS, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/meetings/<kind>", ARRANGERS, OFFICERS, about="going"),
    Line("GET", "/assessments/<assessment_id>/closing", OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/closing", TEAM, OFFICERS, about="going"),
    Line(
        "GET",
        "/assessments/<assessment_id>/minutes/<int:number>/paper.pdf",
        OFFICERS,
        about="going",
    ),
    Line(
        "POST",
        "/assessments/<assessment_id>/minutes/<int:number>/issue/<language>",
        OFFICERS,
        about="going",
    ),
    Line("POST", "/assessments/<assessment_id>/disputed", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/disputed/<item>/settle", TEAM, OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/minutes/<int:number>/signed", ARRANGERS, OFFICERS, about="going"),
    # the institution's own work: it scores, officers read, nobody else scores
    Line("GET", "/assessments/<assessment_id>", OWN_WORK, about="own"),
    Line("GET", "/assessments/<assessment_id>/checklist", OWN_WORK, about="own"),
    Line("POST", "/assessments/<assessment_id>/operations", OWN, OWN_WORK, about="own"),
    Line("POST", "/assessments/<assessment_id>/submit", OWN, OWN_WORK, about="own"),
    Line("POST", "/assessments/<assessment_id>/verify", VERIFIER, OWN_WORK, about="own"),
    # sealed: the institution sees it, answers its findings; only the directorate may revise
    Line("GET", "/assessments/<assessment_id>", WITH_OWN, about="sealed"),
    Line("GET", "/assessments/<assessment_id>/checklist", WITH_OWN, about="sealed"),
    Line("GET", "/assessments/<assessment_id>/result", WITH_OWN, about="sealed"),
    Line("GET", "/assessments/<assessment_id>/answers", WITH_OWN, about="sealed"),
    Line("GET", "/assessments/<assessment_id>/findings", WITH_OWN, about="sealed"),
    Line("GET", "/assessments/<assessment_id>/sample", WITH_OWN, about="sealed"),
    Line("POST", "/assessments/<assessment_id>/sample", TEAM, WITH_OWN, about="sealed"),
    Line("GET", "/assessments/<assessment_id>/interviews", WITH_OWN, about="sealed"),
    Line("POST", "/assessments/<assessment_id>/operations", TEAM, WITH_OWN, about="sealed"),
    Line("POST", "/assessments/<assessment_id>/revise", VERIFIER, WITH_OWN, about="sealed"),
    Line("GET", "/assessments/<assessment_id>/objection", OWN | {"coach"}, WITH_OWN, about="sealed"),
    Line("POST", "/assessments/<assessment_id>/objection", OWN | {"coach"}, WITH_OWN, about="sealed"),
    Line("GET", "/objections/<objection_id>", WITH_OWN, about="objection"),
    Line("POST", "/objections/<objection_id>/withdraw", OWN | {"coach"}, WITH_OWN, about="objection"),
    Line("POST", "/objections/<objection_id>/decide", VERIFIER, WITH_OWN, about="objection"),
    Line("GET", "/findings/<finding_id>/answer", WITH_OWN, about="finding"),
    Line("POST", "/findings/<finding_id>/answer", OWN | {"coach"}, WITH_OWN, about="finding"),
    Line("GET", "/assessments/<assessment_id>/report.pdf", WITH_OWN, about="sealed"),
    Line("POST", "/assessments/<assessment_id>/report/issue", WITH_OWN, about="sealed"),
    # who is judged: kept by coaches and administrators of the office, and by the directorate
    Line("GET", "/auditees/new", KEEPERS | FAR_KEEPERS),
    Line("GET", "/auditees/new/<kind>/<code>", KEEPERS | FAR_KEEPERS, SIGNED_IN, about="place"),
    Line("POST", "/auditees/new/<kind>/<code>", KEEPERS | FAR_KEEPERS, SIGNED_IN, about="place"),
    Line("GET", "/auditees/<auditee_id>/edit", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("POST", "/auditees/<auditee_id>/edit", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("GET", "/auditees/<auditee_id>/place", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("POST", "/auditees/<auditee_id>/place", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("GET", "/auditees/<auditee_id>/tags", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("POST", "/auditees/<auditee_id>/tags", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("GET", "/auditees/<auditee_id>/services", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("POST", "/auditees/<auditee_id>/services", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("GET", "/services/<service_id>/end", KEEPERS, KNOW_AUDITEE, about="service"),
    Line("POST", "/services/<service_id>/end", KEEPERS, KNOW_AUDITEE, about="service"),
    Line("GET", "/auditees/<auditee_id>/close", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("POST", "/auditees/<auditee_id>/close", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("GET", "/auditees/<auditee_id>/hand-over", KEEPERS, KNOW_AUDITEE, about="site"),
    Line("POST", "/auditees/<auditee_id>/hand-over", KEEPERS, KNOW_AUDITEE, about="site"),
    # offices: an office's administrator reads its own part, the centre's arranges
    Line("GET", "/offices", READ_OFFICES | {"administrator"}),
    Line("GET", "/service-areas", READ_OFFICES | {"administrator"}),
    Line("GET", "/offices/<office_id>", READ_OFFICES, about="office"),
    Line("GET", "/handovers", ADMINISTRATORS | {"administrator"}),
    Line("GET", "/handovers/<person_id>", ADMINISTRATORS, about="officer"),
    Line("POST", "/handovers/<person_id>", ADMINISTRATORS, about="officer"),
    Line("GET", "/settings", CENTRE),
    Line("GET", "/settings/<name>", CENTRE, SIGNED_IN, about="setting"),
    Line("POST", "/settings/<name>", CENTRE, SIGNED_IN, about="setting"),
    Line("GET", "/wellbeing", CENTRE),
    Line("GET", "/offices/new", CENTRE),
    Line("POST", "/offices/new", CENTRE),
    Line("GET", "/offices/<office_id>/letterhead", READ_OFFICES, about="office"),
    Line("POST", "/offices/<office_id>/letterhead", CENTRE, READ_OFFICES, about="office"),
    Line("GET", "/offices/<office_id>/logo", READ_OFFICES, about="office"),
    Line("GET", "/offices/<office_id>/edit", CENTRE, READ_OFFICES, about="office"),
    Line("POST", "/offices/<office_id>/edit", CENTRE, READ_OFFICES, about="office"),
    Line("GET", "/offices/<office_id>/move", CENTRE, READ_OFFICES, about="office"),
    Line("POST", "/offices/<office_id>/move", CENTRE, READ_OFFICES, about="office"),
    Line("GET", "/offices/<office_id>/close", CENTRE, READ_OFFICES, about="office"),
    Line("POST", "/offices/<office_id>/close", CENTRE, READ_OFFICES, about="office"),
    Line("GET", "/offices/<office_id>/holidays/new", ADMINISTRATORS, READ_OFFICES, about="office"),
    Line("POST", "/offices/<office_id>/holidays/new", ADMINISTRATORS, READ_OFFICES, about="office"),
    Line("GET", "/offices/<office_id>/areas/new", CENTRE, READ_OFFICES, about="office"),
    Line("POST", "/offices/<office_id>/areas/new", CENTRE, READ_OFFICES, about="office"),
    Line("GET", "/service-areas/<area_id>/end", CENTRE, READ_OFFICES, about="area"),
    Line("POST", "/service-areas/<area_id>/end", CENTRE, READ_OFFICES, about="area"),
    # permits and values from outside: kept by the institution and its coach, read by officers
    Line("GET", "/auditees/<auditee_id>/permits", WITH_OWN, about="site"),
    Line("GET", "/auditees/<auditee_id>/permits/new", PAPER_KEEPERS, WITH_OWN, about="site"),
    Line("POST", "/auditees/<auditee_id>/permits/new", PAPER_KEEPERS, WITH_OWN, about="site"),
    Line("GET", "/permits/<permit_id>", WITH_OWN, about="permit"),
    Line("POST", "/permits/<permit_id>/scan", PAPER_KEEPERS, WITH_OWN, about="permit"),
    Line("POST", "/permits/<permit_id>/withdraw", PAPER_KEEPERS, WITH_OWN, about="permit"),
    Line("GET", "/auditees/<auditee_id>/outside-values", WITH_OWN, about="site"),
    Line("GET", "/auditees/<auditee_id>/outside-values/new", PAPER_KEEPERS | VERIFIER, WITH_OWN, about="site"),
    Line("POST", "/auditees/<auditee_id>/outside-values/new", PAPER_KEEPERS | VERIFIER, WITH_OWN, about="site"),
    Line("GET", "/outside-values/<value_id>/withdraw", PAPER_KEEPERS | VERIFIER, WITH_OWN, about="value"),
    Line("POST", "/outside-values/<value_id>/withdraw", PAPER_KEEPERS | VERIFIER, WITH_OWN, about="value"),
    # urgent reports: missing for the institution, whatever it asks
    Line("GET", "/urgent-reports", SOMETIMES_TOLD, about="urgent"),
    Line("GET", "/urgent-reports/<report_id>", TOLD, about="urgent"),
    Line("POST", "/urgent-reports/<report_id>/notes", TOLD, about="urgent"),
    Line("GET", "/urgent-reports/<report_id>/decide", VERIFIER, TOLD, about="urgent"),
    Line("POST", "/urgent-reports/<report_id>/decide", VERIFIER, TOLD, about="urgent"),
    Line("POST", "/urgent-reports/<report_id>/lift-hold", VERIFIER, TOLD, about="urgent"),
    Line("GET", "/auditees/<auditee_id>/urgent-reports/new", OFFICERS, about="site"),
    Line("POST", "/auditees/<auditee_id>/urgent-reports/new", OFFICERS, about="site"),
    Line("GET", "/assessments/<assessment_id>/urgent-reports/new", OFFICERS, about="going"),
    Line("POST", "/assessments/<assessment_id>/urgent-reports/new", OFFICERS, about="going"),
)
# fmt: on


@dataclass
class World:
    """The things that addresses name, and a browser for each person."""

    ids: dict[str, dict[str, str]]
    browsers: dict[str, Any]


def _centre(session: Session) -> Office:
    """The centre above the scene's offices: the first that was opened."""
    opened = select(JournalEntry.subject_id).where(JournalEntry.act == OfficeOpened.act)
    return session.get_one(Office, session.scalars(opened.order_by(JournalEntry.seq)).first())


def _area(session: Session, clock: StandingClock, scene: audits.Scene) -> str:
    return serve_area(
        session,
        SYSTEM,
        clock,
        office_id=scene.office.id,
        territory_code="34.04",
        valid_from=clock().date(),
    ).id


def _give_logo(app: Flask, session: Session, clock: StandingClock, office: Office) -> None:
    change_letterhead(
        session,
        SYSTEM,
        clock,
        office_id=office.id,
        lines=["KANARI"],
        logo=read_logo(app.extensions["assessor_store"], _photo()),
        keep_logo=True,
        seen=seen_of(office),
    )


def _people(session: Session, clock: StandingClock, scene: audits.Scene) -> dict[str, Any]:
    bnnp = builders.make_office(session, clock, kind=OfficeKind.bnnp)
    far_site = builders.make_site(session, clock, office=bnnp, name="Rumah Jauh")
    far_unit = builders.make_unit(session, clock, office=bnnp)
    far = {
        "idle_assessor": (Role.assessor, scene.office, None),
        "far_assessor": (Role.assessor, bnnp, None),
        "far_coach": (Role.coach, bnnp, None),
        "far_checker": (Role.checker, bnnp, None),
        "far_institution": (Role.institution, None, far_site),
        "far_unit": (Role.unit, None, far_unit),
        "privacy": (Role.privacy, None, None),
        "observer": (Role.observer, None, None),
        "administrator": (Role.administrator, bnnp, None),
        "centre_administrator": (Role.administrator, _centre(session), None),
        "office_administrator": (Role.administrator, scene.office, None),
        "disabled": (Role.directorate, None, None),
        "ended": (Role.directorate, None, None),
    }
    people = {
        name: builders.make_person(
            session, clock, name=f"Orang {name}", role=role, office=office, auditee=auditee
        )
        for name, (role, office, auditee) in far.items()
    }
    return scene.people | people


def _photo(green: int = 90) -> io.BytesIO:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 48), (20, green, 140)).save(out, "JPEG")
    out.seek(0)
    return out


def _hand_in(
    app: Flask, session: Session, clock: StandingClock, scene: audits.Scene, green: int = 90
) -> str:
    return hand_in(
        session,
        scene.actor(session, clock, "institution"),
        clock,
        store=app.extensions["assessor_store"],
        limit=2_000_000,
        auditee_id=scene.site.id,
        stream=_photo(green),
        name="ruang.jpg",
        title="Foto ruang KANARI",
        stands_for=None,
        kind=EvidenceKind.photo,
        declaration=CURRENT,
    ).evidence_id


def _draft(session: Session, clock: StandingClock, edition: str) -> dict[str, str]:
    """A draft of somebody in the directorate whom the table does not know."""
    author = builders.make_person(session, clock, role=Role.directorate)
    actor = builders.actor_for(session, clock, author)
    draft = start_from_edition(session, actor, clock, fingerprint=edition)
    item = get_checklist(session, edition).items[0]
    return {
        "draft_id": draft.id,
        "section": item.section.id,
        "item": item.id,
        "checklist": draft.name,
    }


def _failed_mail(session: Session, clock: StandingClock, people: dict[str, Any]) -> str:
    with write(session, SYSTEM, clock) as work:
        job_id = send_letter(work, letter="accounts.link", person_id=people["observer"].id)
    with write(session, SYSTEM, clock):
        session.get_one(Job, job_id).state = JobState.dead
    return job_id


@pytest.fixture
def world(app: Flask, session: Session, clock: StandingClock) -> World:
    """A world in which an urgent report waits."""
    return make_world(app, session, clock, urgent=True)


def make_world(app: Flask, session: Session, clock: StandingClock, *, urgent: bool) -> World:
    """One evaluation going on, one self-assessment going on, one sealed baseline with a finding
    and its report; everything carries the word KANARI."""
    scene = audits.make_scene(session, clock, items=12)
    people = _people(session, clock, scene)
    _give_logo(app, session, clock, scene.office)
    evidence_id = _hand_in(app, session, clock, scene)
    upload = begin(
        session,
        scene.actor(session, clock, "institution"),
        clock,
        auditee_id=scene.site.id,
        name="KANARI.jpg",
        said={},
        length=10,
    )
    shut_id, shut_soon_id = (_hand_in(app, session, clock, scene, green) for green in (91, 92))
    coach = scene.actor(session, clock, "coach")
    report_client(session, coach, clock, evidence_id=shut_id, where="")
    sealed = audits.open_audit(session, clock, scene, kind=Kind.baseline)
    first = next(iter(audits.judge(session, sealed, clock().date()).asked))
    audits.score(session, clock, scene, sealed, unmet=[first], evidence_id=evidence_id)
    audits.submit(session, clock, scene, sealed)
    audits.seal(session, clock, scene, sealed)
    objection_id = audits.object_to(session, clock, scene, sealed, first).id
    finding_id = session.scalars(select(Finding.id)).first() or ""
    signer = load_signer(app.extensions["assessor_settings"].checkpoint_key)
    for language in ("id", "en"):
        issued = issue_report(
            session,
            scene.actor(session, clock, "verifier"),
            clock,
            store=app.extensions["assessor_store"],
            signer=signer,
            assessment_id=sealed.id,
            language=language,
            base_url="http://localhost",
        )
    coach = scene.actor(session, clock, "coach")
    permit_id = papers.permit(session, coach, clock, scene.site.id)
    value_id = papers.value(session, coach, clock, scene.site.id)
    going = audits.open_audit(session, clock, scene, kind=Kind.evaluation)
    add_guest(
        session,
        scene.actor(session, clock, "assessor"),
        clock,
        assessment_id=going.id,
        guest=Guest(name="Tamu KANARI", agency="Dinas Sosial", function="Pendamping"),
    )
    guest_id = session.scalars(select(GuestMember.id)).one()
    closed = audits.close(session, clock, scene, going)
    issue_minutes(
        session,
        scene.actor(session, clock, "coach"),
        clock,
        store=app.extensions["assessor_store"],
        closing_id=closed.id,
        language="id",
        base_url="http://localhost",
    )
    own = audits.open_audit(session, clock, scene, kind=Kind.self)
    common = {
        "filename": "app.css",
        "code": issued.code,
        "sign_in_id": "x",
        "number": "1",
        "language": "en",
        "secret": "x",
        "digest": going.edition.removeprefix("sha256:"),
        "file_format": "csv",
    }
    common["citation"] = "not-there"
    sealed_id, going_id, own_id, site_id = sealed.id, going.id, own.id, scene.site.id
    service_id = begin_service(
        session,
        SYSTEM,
        clock,
        auditee_id=site_id,
        tag="detoksifikasi",
        capacity=None,
        begins=clock().date(),
    ).id
    office_id, area_id = scene.office.id, _area(session, clock, scene)
    ids = {
        "": common,
        "strange sign-in": common,
        "site": common | {"auditee_id": site_id},
        "piece": common | {"evidence_id": evidence_id},
        "upload": common | {"upload_id": upload.id},
        "shut": common | {"evidence_id": shut_id},
        "shut soon": common | {"evidence_id": shut_soon_id},
        "sealed": common | {"assessment_id": sealed_id, "item": first},
        "going": common
        | {
            "assessment_id": going_id,
            "item": first,
            "person_id": people["assessor2"].id,
            "guest_id": guest_id,
            "kind": "opening",
        },
        "own": common | {"assessment_id": own_id, "item": first},
        "officer": common | {"person_id": people["assessor"].id},
        "setting": common | {"name": "backup_days"},
        "place": common | {"kind": "unit", "code": "34.04.07.2001"},
        "service": common | {"service_id": service_id},
        "office": common | {"office_id": office_id},
        "area": common | {"office_id": office_id, "area_id": area_id},
        "checkpoint": common | {"checkpoint_id": issued.checkpoint_id},
        "permit": common | {"permit_id": permit_id},
        "value": common | {"value_id": value_id},
        "objection": common | {"objection_id": objection_id},
        "edition": common,
        "draft": common | _draft(session, clock, going.edition),
        "finding": common | {"finding_id": finding_id},
    }
    ids |= {"house": common, "mail": common | {"job_id": _failed_mail(session, clock, people)}}
    for about, who in (("member", "institution"), ("officer", "idle_assessor")):
        position = session.scalars(
            select(Position).where(Position.person_id == people[who].id)
        ).one()
        ids[about] = common | {"person_id": position.person_id, "position_id": position.id}
    if urgent:
        coach = scene.actor(session, clock, "coach")
        report_id = dangers.report(session, coach, clock, site_id)
        ids["urgent"] = common | {"report_id": report_id}
    browsers: dict[str, Any] = {"anonymous": app.test_client()}
    for name, person in people.items():
        opened = builders.open_sign_in(session, clock, person=person)
        browsers[name] = app.test_client()
        browsers[name].set_cookie("sid", opened.secret)
    disable_person(session, SYSTEM, clock, person_id=people["disabled"].id)
    for position_id in session.scalars(
        text("SELECT id FROM position WHERE person_id = :id").bindparams(id=people["ended"].id)
    ).all():
        end_position(session, SYSTEM, clock, position_id=position_id)
    session.rollback()
    return World(ids, browsers)


def _address(line: Line, ids: dict[str, str]) -> str:
    path = line.path
    for name, value in ids.items():
        path = path.replace(f"<{name}>", value)
        path = path.replace(f"<int:{name}>", value).replace(f"<path:{name}>", value)
    assert "<" not in path, path
    return path


def _rules(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for verb in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield verb, rule.rule


def test_every_route_and_verb_is_in_the_table(app: Flask) -> None:
    assert sorted(_rules(app)) == sorted({(line.verb, line.path) for line in TABLE})


def test_a_route_that_declares_nothing_is_refused(app: Flask) -> None:
    """The guard's own test: plant the fault and see it caught."""
    from assessor.access.guard import UndeclaredRoute, declared

    app.view_functions["planted"] = lambda: "open to all"
    try:
        with pytest.raises(UndeclaredRoute):
            declared(app, "planted")
    finally:
        del app.view_functions["planted"]


def _verdict(response: Any) -> str:
    location = response.headers.get("Location", "")
    if response.status_code == 401 or "/sign-in?next" in location:
        return "sign in"
    return {403: "refused", 404: "nothing"}.get(response.status_code, "in")


def _expected(line: Line, who: str) -> str:
    who = "assessor" if who == "assessor2" else who  # both are on the team
    if line.public or who in line.admits:
        return "in"
    if who in {"anonymous", "disabled"}:
        return "sign in"
    if not line.about or line.about == "checkpoint":
        return "refused"
    return "refused" if who in line.sees else "nothing"


def _digest(engine: Engine) -> dict[str, list[Any]]:
    """All rows of all tables but those that a look may change."""
    from assessor.database.base import Base

    free = {"sign_in", "attempt", "evidence_access"}
    with engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table))]
            for name, table in Base.metadata.tables.items()
            if name not in free
        }


@pytest.fixture
def without_tokens(app: Flask) -> Iterator[None]:
    """Tokens have their own test; here the question is who, not from where."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    yield
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True


def _ask(world: World, line: Line, who: str) -> Any:
    address = _address(line, world.ids[line.about])
    return world.browsers[who].open(address, method=line.verb, data=line.data)


def _fault(line: Line, who: str, response: Any) -> str | None:
    expected, found = _expected(line, who), _verdict(response)
    if response.status_code >= 500 or found != expected:
        return (
            f"{line.verb} {line.path} {line.about} as {who}: {response.status_code}, not {expected}"
        )
    if expected != "in" and b"KANARI" in response.data:
        return f"{line.verb} {line.path} as {who} tells what it should not"
    return None


@pytest.mark.usefixtures("without_tokens")
def test_who_is_refused_gets_nothing_and_looking_changes_nothing(
    world: World, engine: Engine
) -> None:
    faults = []
    before = _digest(engine)
    for line in TABLE:
        for who in sorted(world.browsers):
            if _expected(line, who) == "in" and line.verb != "GET":
                continue
            with _ask(world, line, who) as response:
                if (fault := _fault(line, who, response)) is not None:
                    faults.append(fault)
        after = _digest(engine)
        if after != before:
            changed = sorted(name for name in after if after[name] != before[name])
            faults.append(f"{line.verb} {line.path} changed {changed}")
            before = after
    assert not faults, "\n".join(faults)


def _how_final(line: Line) -> int:
    return 2 if line.path == "/sign-out" else 1 if line.path.startswith("/people/<") else 0


@pytest.mark.usefixtures("without_tokens")
def test_who_may_act_gets_in(world: World) -> None:
    """Acts change the world for those who come after, so signing out comes last."""
    faults = []
    lines = [line for line in TABLE if line.verb != "GET"]
    for line in sorted(lines, key=_how_final):
        for who in sorted(world.browsers):
            if _expected(line, who) != "in":
                continue
            with _ask(world, line, who) as response:
                if (fault := _fault(line, who, response)) is not None:
                    faults.append(fault)
    assert not faults, "\n".join(faults)


def test_every_act_needs_the_token_of_its_own_page(world: World) -> None:
    faults = []
    for line in TABLE:
        if line.verb == "GET":
            continue
        for who in sorted(line.admits & {"assessor", "coach", "verifier", "institution"}):
            with _ask(world, line, who) as response:
                if response.status_code not in {400, 403}:
                    faults.append(f"{line.verb} {line.path} as {who}: {response.status_code}")
    assert not faults, "\n".join(faults)


def test_strange_origins_are_refused(world: World) -> None:
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        response = world.browsers["assessor"].post("/sign-out", headers=headers)
        assert response.status_code == 403


def test_a_view_cannot_say_two_things_about_who_may_enter():
    from assessor.access.guard import DeclaredTwice, requires
    from assessor.access.permissions import Permission

    @requires(Permission.see_auditee)
    def view() -> str:
        return ""

    with pytest.raises(DeclaredTwice):
        requires(Permission.public)(view)
