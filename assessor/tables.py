"""Which modules define tables? Importing this one makes every table known."""

import assessor.accounts.models
import assessor.assessments.citation_models
import assessor.assessments.models
import assessor.assessments.objection_models
import assessor.assessments.review_models
import assessor.assessments.sample_models
import assessor.assessments.visit_models
import assessor.auditees.models
import assessor.evidence.models
import assessor.evidence.scan_models
import assessor.evidence.upload_models
import assessor.installation.models
import assessor.instruments.draft_models
import assessor.instruments.models
import assessor.jobs.models
import assessor.journal.models
import assessor.organization.models
import assessor.outside_values.models
import assessor.permits.models
import assessor.reports.models
import assessor.urgent.models  # noqa: F401
