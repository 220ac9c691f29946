"""Who is judged? Institutions' sites and community units, with what they are and offer."""
