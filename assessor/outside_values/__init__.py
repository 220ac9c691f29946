"""Which values did others give an auditee (*nilai dari luar*)? Shown, never mixed into scores."""
