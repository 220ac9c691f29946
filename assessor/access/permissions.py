"""What can be permitted? One name per act, in the form subject:act."""

from enum import StrEnum


class Permission(StrEnum):
    """An act that a view or a service asks about."""

    public = "public:see"
    home = "home:see"
    profile = "profile:manage"
    instruments = "instruments:see"
    approve_edition = "instruments:approve"
    see_auditee = "auditee:see"
    see_assessment = "assessment:see"
    open_self_assessment = "assessment:open_self"
    open_assessment = "assessment:open"
    score = "assessment:score"
    submit = "assessment:submit"
    check = "assessment:check"
    return_assessment = "assessment:return"
    verify = "assessment:verify"
    revise = "assessment:revise"
    see_findings = "finding:see"
    answer_finding = "finding:answer"
    see_evidence = "evidence:see"
    upload_evidence = "evidence:upload"
    see_original = "evidence:see_original"
    withdraw_evidence = "evidence:withdraw"
    read_journal = "journal:read"
    keep_auditee = "auditee:keep"
    see_office = "office:see"
    arrange_offices = "office:arrange"
    manage_accounts = "accounts:manage"
