"""How is the whole installation put away safely and brought back?"""
