"""What does the demonstration hold, and how does it come about? All of it is fictitious."""
