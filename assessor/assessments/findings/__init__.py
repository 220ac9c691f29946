"""What is not met: proposed, worded, issued, answered."""
