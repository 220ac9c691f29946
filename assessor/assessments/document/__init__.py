"""What a sealed assessment says, and how it is frozen and told."""
