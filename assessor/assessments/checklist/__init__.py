"""How an assessment is filled in: the page, what devices send, how it is recorded."""
