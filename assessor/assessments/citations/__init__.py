"""Does what is cited suffice? Said by the team, read and answered by the auditee."""
