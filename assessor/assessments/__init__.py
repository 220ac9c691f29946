"""One round of judging: open, score, submit, verify, seal; with its findings."""
