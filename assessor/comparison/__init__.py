"""Self-assessment, baseline, evaluation, earlier years of one auditee: what changed?"""
