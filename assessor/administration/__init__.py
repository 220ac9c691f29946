"""How is the house run? Offices, who serves where, what passes from one officer to another."""
