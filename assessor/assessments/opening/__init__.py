"""How an assessment begins, and how a sealed one is revised."""
