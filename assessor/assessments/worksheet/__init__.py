"""How is a checklist filled in on a sheet, away from the system, and entered afterwards?"""
