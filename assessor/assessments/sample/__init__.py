"""Client files that are drawn and looked through, and interviews: counts and positions only."""
