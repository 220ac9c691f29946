"""What somebody outside the team looks at, remarks and corrects."""
