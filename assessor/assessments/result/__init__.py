"""What came out and why."""
