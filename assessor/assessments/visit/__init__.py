"""What surrounds the judging: the letter, the team, declarations, meetings, what changed since."""
