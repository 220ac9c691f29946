"""Which role may do what, and how far? The one table; everything else asks it."""

from collections.abc import Mapping

from assessor.access.actor import Role
from assessor.access.permissions import Permission
from assessor.access.rules import (
    EVERYWHERE,
    EVERYWHERE_APART,
    FROM_THE_TOP,
    IN_OFFICE,
    IN_OFFICE_APART,
    ON_TEAM,
    ON_TEAM_APART,
    OVERSIGHT,
    OWN,
    OWN_SHOWN,
    OWN_WORK,
    WITNESS,
    Either,
    Rule,
)

P = Permission

# open to everybody, and to everybody who is signed in
PUBLIC = frozenset({P.public})
SIGNED_IN = frozenset({P.home, P.profile, P.second_factor, P.instruments})

_OFFICER: Mapping[P, Rule] = {
    P.see_auditee: IN_OFFICE,
    P.see_assessment: IN_OFFICE,
    P.see_findings: IN_OFFICE,
    P.see_evidence: IN_OFFICE,
    P.see_original: IN_OFFICE,
    P.see_permits: IN_OFFICE,
    P.see_outside_values: IN_OFFICE,
}

# Whoever made an urgent report goes on seeing it: its "team" is the person who made it.
_REPORTER: Mapping[P, Rule] = {P.see_urgent: ON_TEAM_APART, P.note_urgent: ON_TEAM_APART}
_REPORTER_OR_OVERSIGHT = Either(ON_TEAM_APART, OVERSIGHT)

MATRIX: Mapping[Role, Mapping[P, Rule]] = {
    Role.assessor: {
        P.see_auditee: ON_TEAM,
        P.see_assessment: ON_TEAM,
        P.see_findings: ON_TEAM,
        P.arrange: ON_TEAM,
        P.change_edition: ON_TEAM,  # of a team its lead: opening/moving.py
        P.declare: ON_TEAM,
        P.score: ON_TEAM,
        P.close: ON_TEAM,
        P.submit: ON_TEAM,
        P.see_evidence: ON_TEAM,
        P.upload_evidence: ON_TEAM,
        P.see_original: ON_TEAM,
        P.withdraw_evidence: ON_TEAM,
        P.see_quarantined: ON_TEAM,  # its "team" is who handed it in
        P.see_permits: ON_TEAM,
        P.see_outside_values: ON_TEAM,
        **_REPORTER,
        P.report_urgent: ON_TEAM_APART,
        P.see_hold: WITNESS,
    },
    Role.coach: {
        **_OFFICER,
        P.keep_auditee: IN_OFFICE,
        P.open_assessment: IN_OFFICE,
        P.arrange: IN_OFFICE,
        P.change_edition: IN_OFFICE,
        P.upload_evidence: IN_OFFICE,
        P.withdraw_evidence: IN_OFFICE,
        P.see_quarantined: ON_TEAM,
        P.answer_finding: IN_OFFICE,  # for a unit without an account; named as such
        P.keep_permits: IN_OFFICE,
        P.keep_outside_values: IN_OFFICE,
        P.object: IN_OFFICE,  # the same
        **_REPORTER,
        P.report_urgent: IN_OFFICE_APART,
        P.see_hold: OVERSIGHT,
    },
    Role.checker: {
        **_OFFICER,
        P.review: IN_OFFICE,
        P.check: IN_OFFICE,
        P.return_assessment: IN_OFFICE,
        P.report_urgent: IN_OFFICE_APART,
        P.see_urgent: _REPORTER_OR_OVERSIGHT,
        P.note_urgent: _REPORTER_OR_OVERSIGHT,
        P.receive_urgent: OVERSIGHT,
        P.see_hold: OVERSIGHT,
    },
    Role.institution: {
        P.see_auditee: OWN,
        P.see_assessment: OWN_SHOWN,
        P.open_self_assessment: OWN,
        P.score: OWN_WORK,
        P.change_edition: OWN_WORK,
        P.submit: OWN_WORK,
        P.see_findings: OWN_SHOWN,
        P.answer_finding: OWN_SHOWN,
        P.object: OWN_SHOWN,
        P.see_evidence: OWN,
        P.upload_evidence: OWN,
        P.see_original: OWN,
        P.withdraw_evidence: OWN,
        P.see_quarantined: ON_TEAM,
        P.see_permits: OWN,
        P.keep_permits: OWN,
        P.see_outside_values: OWN,
        P.keep_outside_values: OWN,
    },
    Role.unit: {
        P.see_auditee: OWN,
        P.see_assessment: OWN_SHOWN,
        P.open_self_assessment: OWN,
        P.score: OWN_WORK,
        P.change_edition: OWN_WORK,
        P.submit: OWN_WORK,
        P.see_findings: OWN_SHOWN,
        P.answer_finding: OWN_SHOWN,
        P.object: OWN_SHOWN,
        P.see_evidence: OWN,
        P.upload_evidence: OWN,
        P.see_original: OWN,
        P.withdraw_evidence: OWN,
        P.see_quarantined: ON_TEAM,
        P.see_outside_values: OWN,
        P.keep_outside_values: OWN,
    },
    Role.directorate: {
        P.see_auditee: EVERYWHERE,
        P.see_assessment: EVERYWHERE,
        P.open_assessment: EVERYWHERE,
        P.review: EVERYWHERE,
        P.arrange: EVERYWHERE,
        P.change_edition: EVERYWHERE,
        P.return_assessment: EVERYWHERE,
        P.verify: EVERYWHERE,
        P.revise: EVERYWHERE,
        P.decide_objection: EVERYWHERE,
        P.see_findings: EVERYWHERE,
        P.see_evidence: EVERYWHERE,
        P.see_original: EVERYWHERE,
        P.draft_edition: EVERYWHERE,
        P.approve_edition: EVERYWHERE,  # never what one has drafted: instruments/draft_ending.py
        P.publish_edition: EVERYWHERE,
        P.read_journal: EVERYWHERE,
        P.keep_auditee: EVERYWHERE,
        P.see_office: EVERYWHERE,
        P.see_permits: EVERYWHERE,
        P.see_outside_values: EVERYWHERE,
        P.keep_outside_values: EVERYWHERE,
        P.report_urgent: EVERYWHERE_APART,
        P.see_urgent: EVERYWHERE_APART,
        P.note_urgent: EVERYWHERE_APART,
        P.receive_urgent: EVERYWHERE_APART,
        P.decide_urgent: EVERYWHERE_APART,
        P.see_hold: EVERYWHERE_APART,
    },
    Role.privacy: {
        P.read_journal: EVERYWHERE,
        P.see_quarantined: EVERYWHERE,
        P.end_quarantine: EVERYWHERE,
    },
    Role.observer: {},
    Role.administrator: {  # who is judged and by which office, never what was judged
        P.see_auditee: IN_OFFICE,
        P.keep_auditee: IN_OFFICE,
        P.see_office: IN_OFFICE,
        P.keep_days: IN_OFFICE,
        P.arrange_offices: FROM_THE_TOP,
        P.keep_installation: FROM_THE_TOP,
        P.hand_over_work: IN_OFFICE,
        P.manage_mail: FROM_THE_TOP,
        P.manage_accounts: EVERYWHERE,  # whose, says accounts/reach.py
    },
}
