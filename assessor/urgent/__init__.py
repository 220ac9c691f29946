"""What cannot wait for a report? Grave danger seen at an auditee, told at once, hidden from it."""
