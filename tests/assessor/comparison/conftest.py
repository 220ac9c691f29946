"""What a page asks of the database is counted as for the pages of an assessment."""

from tests.assessor.assessments.conftest import counted

__all__ = ["counted"]
