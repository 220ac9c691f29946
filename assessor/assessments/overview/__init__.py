"""The lists of assessments, the page of one, and whose turn it is."""
