"""What may everybody see? Whether a printed report is genuine."""
