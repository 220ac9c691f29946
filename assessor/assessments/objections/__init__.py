"""How an institution objects to a result, and who rules on it."""
