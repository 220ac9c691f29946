"""What must hold? Requirements, where they come from and to whom they apply."""
