"""How does the system write to people, and what became of it?"""
